//! What a card names that can be measured, and what was measured of it.
//!
//! Who measures stands in `smcard-evidence`; what it finds is told as the findings of the rules are.

use std::path::PathBuf;

use crate::card::{
    Component, ComponentKind, File, ModelDetails, SecurityCard, SecurityConsiderations, System, Test, TestKind,
    TestResult,
};
use crate::extensions::Extensions;
use crate::finding::Finding;
use crate::package_path as path;
use crate::tree::Node;

/// What was measured of the files that a card names.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The facts, as `measured` in the report gives them.
    pub facts: Extensions<'static>,
    /// What speaks against the files, or against what the card says of them: each at a path of the card, such as
    /// `system.components[0].files[0]`.
    pub findings: Vec<Finding>,
    /// What this rests on: a file that is there, or the nearest folder to one that is not.
    pub watched: Vec<PathBuf>,
}

impl Evidence {
    /// Nothing was measured.
    pub const NONE: Evidence = Evidence { facts: Extensions::EMPTY, findings: Vec::new(), watched: Vec::new() };
}

/// The keys of `measured` that one crate writes and others read.
pub mod fact {
    /// The files of components.
    pub const FILES: &str = "files";
    /// The reports of tests.
    pub const REPORTS: &str = "reports";
    /// The path of a file, as the card spells it.
    pub const PATH: &str = "path";
    /// Its SHA-256.
    pub const SHA256: &str = "sha256";
    /// Its size in bytes.
    pub const SIZE: &str = "size";
    /// Its format, by its content.
    pub const FORMAT: &str = "format";
    /// How many parameters a model has.
    pub const PARAMETERS: &str = "parameters";
    /// What speaks against a file.
    pub const FINDINGS: &str = "findings";
    /// How many more findings there are than are listed.
    pub const MORE_FINDINGS: &str = "more_findings";
    /// How many attempts of a report were judged.
    pub const ATTEMPTS: &str = "attempts";
    /// How many of them succeeded.
    pub const FAILURES: &str = "failures";
    /// How many ended in an error.
    pub const ERRORS: &str = "errors";
    /// How many were skipped.
    pub const SKIPS: &str = "skips";
}

/// What a card names that can be measured. What is no path of a file in the package is not in it: either a rule refuses
/// it, or it says where else a report is kept.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Named<'c> {
    /// The files of components.
    pub files: Vec<NamedFile<'c>>,
    /// The reports of tests.
    pub reports: Vec<NamedReport<'c>>,
}

/// A file of a component, and what the card says of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct NamedFile<'c> {
    /// Where the card names it: `system.components[0].files[0]`.
    pub at: String,
    /// The id of the component.
    pub component: Option<&'c str>,
    /// Its path in the package.
    pub path: &'c str,
    /// The digest by which the card pins it.
    pub sha256: Option<&'c str>,
    /// The licence of the component, and where the card says it.
    pub license: Option<(&'c str, String)>,
    /// The architecture of the component.
    pub architecture: Option<&'c str>,
    /// How many parameters the component has.
    pub parameters: Option<u64>,
}

/// A report of a test, and what the card says of the test.
#[derive(Debug)]
#[non_exhaustive]
pub struct NamedReport<'c> {
    /// Where the card says it: `security_considerations.tests[0]`.
    pub at: String,
    /// The id of the test.
    pub test: Option<&'c str>,
    /// Its path in the package.
    pub path: &'c str,
    /// The digest by which the card pins it.
    pub sha256: Option<&'c str>,
    /// What kind of test it is.
    pub kind: Option<TestKind>,
    /// How it ended.
    pub result: Option<TestResult>,
    /// How many attempts were judged.
    pub attempts: Option<u64>,
    /// How many of them succeeded.
    pub failures: Option<u64>,
}

/// A file or a report where the card names it.
pub(crate) struct Spot<'c> {
    /// Its component, or its test.
    owner: &'c Node<'c>,
    /// Where that stands: `system.components[0]`.
    owner_at: String,
    /// The file of a component, and its number there.
    file: Option<(&'c Node<'c>, usize)>,
    /// Its path in the package.
    pub(crate) path: &'c str,
}

impl Spot<'_> {
    /// Where the card names it: of a report, where the test stands.
    pub(crate) fn at(&self) -> String {
        match self.file {
            Some((_, number)) => format!("{}.{}[{number}]", self.owner_at, Component::files()),
            None => self.owner_at.clone(),
        }
    }
}

/// Gives what a card names that can be measured: files, then reports.
pub(crate) fn each<'c>(card: &'c Node<'c>, give: &mut dyn FnMut(Spot<'c>)) {
    for (index, owner) in components(card).iter().enumerate() {
        let files = owner.get(Component::files()).map(Node::items).unwrap_or_default();
        for (number, file) in files.iter().enumerate() {
            if let Some(path) = text(file, File::path()).filter(|path| path::check(path).is_ok()) {
                let owner_at = format!("{}.{}[{index}]", SecurityCard::system(), System::components());
                give(Spot { owner, owner_at, file: Some((file, number)), path });
            }
        }
    }
    let (security, tests) = (SecurityCard::security_considerations(), SecurityConsiderations::tests());
    let items = card.get(security).and_then(|security| security.get(tests)).map(Node::items).unwrap_or_default();
    for (index, owner) in items.iter().enumerate() {
        if let Some(path) = text(owner, Test::report()).filter(|path| path::is_file(path)) {
            give(Spot { owner, owner_at: format!("{security}.{tests}[{index}]"), file: None, path });
        }
    }
}

fn components<'c>(card: &'c Node<'c>) -> &'c [Node<'c>] {
    let components = card.get(SecurityCard::system()).and_then(|system| system.get(System::components()));
    components.map(Node::items).unwrap_or_default()
}

impl NamedFile<'_> {
    /// Where the card names its component: `system.components[0]`.
    #[inline]
    pub fn component_at(&self) -> &str {
        self.at.rsplit_once('.').map_or(&self.at, |(component, _)| component)
    }
}

impl<'c> Named<'c> {
    /// What the card names.
    // A build that measures nothing does not ask for it: compiled where it is called.
    #[inline]
    pub fn of(card: &'c Node<'c>) -> Self {
        let mut named = Named::default();
        let is_model = |component: &Node<'_>| {
            component.get(Component::kind()).and_then(Node::word) == Some(ComponentKind::Model.name())
        };
        // Of several models, nobody can tell which the licence of the card is about.
        let only_model = components(card).iter().filter(|component| is_model(component)).count() == 1;
        each(card, &mut |spot| {
            let (owner, path, at) = (spot.owner, spot.path, spot.at());
            if let Some((file, _)) = spot.file {
                let own = text(owner, Component::license());
                let license = match own {
                    Some(license) => Some((license, format!("{}.{}", spot.owner_at, Component::license()))),
                    None if only_model && is_model(owner) => {
                        let details = card.get(SecurityCard::model_details());
                        details.and_then(|details| text(details, ModelDetails::license())).map(|license| {
                            (license, format!("{}.{}", SecurityCard::model_details(), ModelDetails::license()))
                        })
                    }
                    None => None,
                };
                let (component, sha256) = (text(owner, Component::id()), digest(file, File::sha256()));
                let architecture = text(owner, Component::architecture());
                let parameters = owner.get(Component::parameters()).and_then(Node::count);
                named.files.push(NamedFile { at, component, path, sha256, license, architecture, parameters });
            } else {
                let word = |key| owner.get(key).and_then(Node::word);
                named.reports.push(NamedReport {
                    at,
                    test: text(owner, Test::id()),
                    path,
                    sha256: digest(owner, Test::report_sha256()),
                    kind: word(Test::kind()).and_then(TestKind::from_name),
                    result: word(Test::result()).and_then(TestResult::from_name),
                    attempts: owner.get(Test::attempts()).and_then(Node::count),
                    failures: owner.get(Test::failures()).and_then(Node::count),
                });
            }
        });
        named
    }

    /// Whether there is nothing to measure.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.reports.is_empty()
    }
}

fn text<'c>(block: &'c Node<'_>, key: &str) -> Option<&'c str> {
    block.get(key)?.stated()
}

/// A digest; one that is none has its finding.
#[inline]
fn digest<'c>(block: &'c Node<'_>, key: &str) -> Option<&'c str> {
    text(block, key).filter(|digest| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl TestKind {
    /// Whether such a test tries attacks, so that the share of those that succeed says something of the model. What
    /// looks for weaknesses finds some or none.
    pub const fn tries_attacks(self) -> bool {
        !matches!(self, TestKind::ModelScan | TestKind::VulnerabilityScan | TestKind::ManualReview)
    }
}
