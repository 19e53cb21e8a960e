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

/// What a card names that can be measured. What is no path of a file in the package is not in it: either a rule refuses
/// it, or it says where else a report is kept.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Named<'c> {
    /// The files of components.
    pub files: Vec<NamedFile<'c>>,
    /// The reports of tests.
    pub reports: Vec<NamedReport<'c>>,
}

/// A file of a component, and what the card says of it.
#[derive(Debug, Clone, PartialEq)]
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
}

/// A report of a test, and what the card says of the test.
#[derive(Debug, Clone, PartialEq)]
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

impl<'c> Named<'c> {
    /// What the card names.
    pub fn of(card: &'c Node<'_>) -> Self {
        let mut named = Named::default();
        let components = card.get(SecurityCard::system()).and_then(|system| system.get(System::components()));
        let components = components.map(Node::items).unwrap_or_default();
        let is_model = |component: &Node<'_>| {
            component.get(Component::kind()).and_then(Node::word) == Some(ComponentKind::Model.name())
        };
        // Of several models, nobody can tell which the licence of the card is about.
        let only_model = components.iter().filter(|component| is_model(component)).count() == 1;
        for (index, component) in components.iter().enumerate() {
            let at = format!("{}.{}[{index}]", SecurityCard::system(), System::components());
            let own = text(component, Component::license());
            let license = match own {
                Some(license) => Some((license, format!("{at}.{}", Component::license()))),
                None if only_model && is_model(component) => {
                    let details = card.get(SecurityCard::model_details());
                    details.and_then(|details| text(details, ModelDetails::license())).map(|license| {
                        (license, format!("{}.{}", SecurityCard::model_details(), ModelDetails::license()))
                    })
                }
                None => None,
            };
            let files = component.get(Component::files()).map(Node::items).unwrap_or_default();
            for (number, file) in files.iter().enumerate() {
                let Some(path) = text(file, File::path()).filter(|path| path::check(path).is_ok()) else { continue };
                named.files.push(NamedFile {
                    at: format!("{at}.{}[{number}]", Component::files()),
                    component: text(component, Component::id()),
                    path,
                    sha256: digest(file, File::sha256()),
                    license: license.clone(),
                });
            }
        }
        let security = card.get(SecurityCard::security_considerations());
        let tests = security.and_then(|security| security.get(SecurityConsiderations::tests()));
        for (index, test) in tests.map(Node::items).unwrap_or_default().iter().enumerate() {
            let Some(path) = text(test, Test::report()).filter(|path| path::is_file(path)) else { continue };
            let word = |key| test.get(key).and_then(Node::word);
            named.reports.push(NamedReport {
                at: format!("{}.{}[{index}]", SecurityCard::security_considerations(), SecurityConsiderations::tests()),
                test: text(test, Test::id()),
                path,
                sha256: digest(test, Test::report_sha256()),
                kind: word(Test::kind()).and_then(TestKind::from_name),
                result: word(Test::result()).and_then(TestResult::from_name),
                attempts: test.get(Test::attempts()).and_then(Node::count),
                failures: test.get(Test::failures()).and_then(Node::count),
            });
        }
        named
    }

    /// Whether there is nothing to measure.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.reports.is_empty()
    }
}

fn text<'c>(block: &'c Node<'_>, key: &str) -> Option<&'c str> {
    block.get(key)?.stated()
}

/// A digest; one that is none has its finding.
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
