//! in-toto Statement v1: what a card was checked by, and the digests of what it speaks of, for signing.
//!
//! The subjects are the report, and each file of the system's components and each report of a test
//! that the card pins by a digest or the build measured; the predicate is the card with all that is known of how it was checked ([`PREDICATE_V1`]).
//! The statement is unsigned: cosign signs it as it stands. It says what was so when it was written
//! and has no date of its own, so the same card gives the same bytes.

use std::collections::HashSet;

use smcard_core::source::without_secrets;
use smcard_core::tree::{Node, Value};
use smcard_core::{Exception, Named, REPORT_FILE_NAME, SecurityCard, schema, taxonomy};

use crate::document::{Object, flag, list, text, write};
use crate::leaves::{id, stated};
use crate::measured::Measured;
use crate::{Format, PolicyFile, Provenance, digest};

/// The type of a statement.
pub const STATEMENT_V1: &str = "https://in-toto.io/Statement/v1";

/// The type of the predicate of a statement of smcard: the address of this page.
///
/// A number at its end that is higher stands for a predicate that is read in another way. Keys may
/// be added without one, so whoever reads a predicate leaves unknown keys alone.
///
/// | key | what it holds |
/// |---|---|
/// | `smcard` | `version` of the program that wrote the statement |
/// | `schema` | `version` of the schema of the card: that of the smcard that declares its fields |
/// | `taxonomies` | of each taxonomy that references were checked against: `name`, `version` (its newest edition), and whether it is `complete` |
/// | `policy` | `files`, the outermost first: `name`, and `digest` with `sha256`; and `exceptions` in force: `rule`, `path`, `reason`, `approvedBy`, `expires`, and `package` if it is for one. Both are empty where the default policy applies; without the key, whoever wrote the statement knew no policy |
/// | `source` | `revision` of the source, if whoever wrote the statement was told |
/// | `card` | the card: the report's JSON |
pub const PREDICATE_V1: &str = "https://docs.rs/smcard-export/latest/smcard_export/in_toto/constant.PREDICATE_V1.html";

pub(crate) const IN_TOTO: Format = Format {
    name: "in-toto",
    extension: "intoto.json",
    doc: "in-toto Statement v1 with the digests of the report and of the files, to be signed by cosign.",
    write: document,
};

/// What a statement speaks of, by name and SHA-256 digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The name of the report, or the path of a file from the folder of the package.
    pub name: String,
    /// The digest, in 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// The files of a card that a statement has as subjects, those of components and then the reports of tests: each once,
/// in the order of the card, with the digest that the card pins or else the one that the build measured. A path with two
/// digests is two of them, since the card says both.
///
/// # Errors
/// The digests that are none: a sentence each.
pub fn files(card: &SecurityCard<'_>) -> Result<Vec<Subject>, Vec<String>> {
    let (mut files, mut lacks) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let measured = Measured::of(card);
    for component in card.system.components.iter() {
        for (index, file) in component.files.iter().enumerate() {
            let Some(path) = stated(&file.path).map(str::trim) else { continue };
            let Some(sha256) = measured.digest(path, stated(&file.sha256)) else { continue };
            if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                let place = format!("system.components[{}].files[{index}].sha256", id(&component.id));
                lacks.push(format!("`{place}` is not a SHA-256 digest; write its 64 hexadecimal digits"));
            } else if seen.insert((path.to_owned(), sha256.clone())) {
                files.push(Subject { name: path.to_owned(), sha256 });
            }
        }
    }
    let tree = card.tree();
    for report in Named::of(&tree).reports {
        let digest = report.sha256.or_else(|| measured.report(report.path)?.sha256());
        if let Some(sha256) = digest.map(str::to_lowercase) {
            if seen.insert((report.path.to_owned(), sha256.clone())) {
                files.push(Subject { name: report.path.to_owned(), sha256 });
            }
        }
    }
    if lacks.is_empty() { Ok(files) } else { Err(lacks) }
}

fn document(card: &SecurityCard<'_>, provenance: Option<&Provenance<'_>>) -> Result<String, Vec<String>> {
    let report = Subject { name: REPORT_FILE_NAME.to_owned(), sha256: digest::sha256(card.to_json()) };
    let subjects = std::iter::once(report).chain(files(card)?);
    let document = Object::new()
        .with("_type", text(STATEMENT_V1))
        .with("subject", list(subjects.map(|subject| named(subject.name, subject.sha256))))
        .with("predicateType", text(PREDICATE_V1))
        .with("predicate", predicate(card, provenance));
    Ok(write(&document.node()))
}

fn predicate<'c>(card: &'c SecurityCard<'c>, provenance: Option<&Provenance<'_>>) -> Node<'c> {
    let version = |version: &'static str| Object::new().with("version", text(version)).node();
    let revision = provenance.and_then(|known| Some(without_secrets(known.revision.as_deref()?).into_owned()));
    Object::new()
        .with("smcard", version(env!("CARGO_PKG_VERSION")))
        .with("schema", version(schema::VERSION))
        .with("taxonomies", list(taxonomy::all().iter().map(edition)))
        .with("policy", provenance.map(policy))
        .with("source", Object::new().with_text("revision", revision).some())
        .with("card", card.tree())
        .node()
}

fn edition<'c>(taxonomy: &'static taxonomy::Taxonomy) -> Node<'c> {
    Object::new()
        .with("name", text(taxonomy.label))
        .with("version", text(taxonomy.version))
        .with("complete", flag(taxonomy.complete))
        .node()
}

/// By what a card was checked; empty lists say that there was nothing beside the default policy.
fn policy<'c>(known: &Provenance<'_>) -> Node<'c> {
    let all = |nodes: Vec<Node<'c>>| Node { at: 0, value: Value::List(nodes) };
    let file = |file: &PolicyFile| named(without_secrets(&file.name).into_owned(), file.sha256.clone());
    Object::new()
        .with("files", all(known.policy.iter().map(file).collect()))
        .with("exceptions", all(known.exceptions.iter().map(|exception| excepted(exception)).collect()))
        .node()
}

fn excepted<'c>(exception: &Exception) -> Node<'c> {
    let words = |words: &str| without_secrets(words).into_owned();
    Object::new()
        .with("rule", text(exception.rule.code))
        .with_text("package", exception.package.as_deref().map(words))
        .with("path", text(words(&exception.path)))
        .with("reason", text(words(&exception.reason)))
        .with("approvedBy", text(words(&exception.approved_by)))
        .with("expires", text(words(&exception.expires)))
        .node()
}

fn named<'c>(name: String, sha256: String) -> Node<'c> {
    let digest = Object::new().with("sha256", text(sha256)).node();
    Object::new().with("name", text(name)).with("digest", digest).node()
}
