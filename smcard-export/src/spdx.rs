//! SPDX 3.0.1 with its AI and Dataset profiles, as JSON-LD: the model of the card is an `ai_AIPackage`, what it is made
//! of and was trained on are packages and files, what is known to be wrong are vulnerabilities.
//!
//! The whole card stands in an annotation, from which [`card`] reads it back; all else is a view of it for programs that
//! know SPDX.
//!
//! # What the profiles require
//!
//! The profiles require more than validators look at. A card that lacks it is refused, with a sentence for each fact;
//! nothing is invented, and a reason (withheld, unknown, not applicable) stands in no property that has a meaning. What
//! a card does not state, by what the model of SPDX knows for "no assertion":
//!
//! | required | from the card | not stated |
//! |---|---|---|
//! | `suppliedBy`, `originatedBy` | `supplier` of the component, or `developer` | refused: an agent is somebody, and the model has no individual for nobody in particular |
//! | `releaseTime`, `builtTime` | `date`, as the beginning of the day | refused, a month or a year as well: a moment has no value for "unknown" |
//! | `packageVersion` | `version` | refused: a text would be taken for a version |
//! | declared and concluded licence, exactly one of each | `license` | the individual `NoAssertionLicense` |
//! | `downloadLocation` | `download_url` or `vcs_url` of the component's package URL; a page that describes is no download | `NOASSERTION`: any URI may stand there, and so does this word in other documents |
//! | `primaryPurpose` | the kind of the component | never missing: `model`, `data` |
//! | `datasetType` | the extension below | `noAssertion`, a word of the vocabulary |
//!
//! A licence that is no expression of SPDX is refused.
//!
//! # Components
//!
//! A component of a card has no date, so it cannot be what the profiles call an AI package or a dataset package: it is
//! a `software_Package` with its purpose, and claims no more. The same holds of what the card says of evaluation and
//! training data in words, which may be of several datasets. A card that knows the facts gives them in an extension,
//! and then the profile is required of the component as of the model:
//!
//! ```text
//! extensions: { spdx: { packages: [
//!     { id: "backbone", released: "2026-01-15" },
//!     { id: "welds", built: "2026-03-01", released: "2026-03-20", type: "image", use: "training" },
//! ] } },
//! ```
//!
//! Who made a component that names no `supplier` is the developer of the model, as the schema of a card has it. Zones,
//! flows, services, tools, stores and clients are no software that somebody hands out: they stand in the annotation.
//! Nothing in a card is an assessment of safety by the classes of the EU, or a claim to comply with a standard, and how
//! evaluation data was prepared says nothing of training data: these properties are left out.
//!
//! # Time
//!
//! `created` is the last day of which the card speaks as past: that of the model, a test, a review, or the finding of a
//! vulnerability. No card was written before it, and the same card has the same everywhere; SPDX itself recommends the
//! day of the last change over that of the export. IRIs follow from the content: a UUID of the card, and its own ids.

mod annotations;
mod download;
mod facts;
mod files;
mod graph;
mod model;
mod packages;
mod references;
mod vulnerabilities;

use serde_json::Value;
use smcard_core::tree::Node;
use smcard_core::{Day, SecurityCard};

use crate::document::{Object, text, texts, write};
use crate::leaves::{self, leaves, stated};
use crate::{Format, naming};
use graph::Graph;
use vulnerabilities::Targets;

pub(crate) const SPDX: Format = Format {
    name: "spdx",
    extension: "spdx.json",
    doc: "SPDX 3.0.1 with the AI and Dataset profiles, for programs that read bills of materials.",
    write: |card, _| document(card),
};

fn document(card: &SecurityCard<'_>) -> Result<String, Vec<String>> {
    let mut graph = Graph::new(card);
    let model = model::add(&mut graph, card);
    let components = packages::add(&mut graph, card, &model);
    vulnerabilities::add(&mut graph, card, &Targets { model: &model, components: &components });
    annotations::add(&mut graph, card, &model);
    // The developer may be nobody that has a name, so the program says that it wrote the document.
    let program = format!("smcard {}", env!("CARGO_PKG_VERSION"));
    let [agent, tool] = [("SoftwareAgent", "writer"), ("Tool", "tool")].map(|(class, kind)| {
        let iri = graph.iri(kind, "");
        graph.add(&iri, class, Object::new().with("name", text(program.clone())));
        iri
    });
    // A card without any day lacks that of the model as well.
    let created = last_day(card).map(|day| format!("{day}T00:00:00Z"));
    if !graph.lacks.is_empty() {
        return Err(graph.lacks);
    }
    let creation = Object::new()
        .with("specVersion", text("3.0.1"))
        .with_text("created", created)
        .with("createdBy", texts([agent]))
        .with("createdUsing", texts([tool]))
        .with("comment", text("Created: the last day of which the card speaks as past, not that of the export"));
    let profiles = [
        ("core", true),
        ("software", true),
        ("ai", true),
        ("simpleLicensing", graph.has("simplelicensing_LicenseExpression")),
        ("dataset", graph.has("dataset_DatasetPackage")),
        ("security", graph.has("security_Vulnerability")),
    ];
    let document = Object::new()
        .with("name", text(naming::name(card)))
        .with("profileConformance", texts(profiles.into_iter().filter(|(_, has)| *has).map(|(name, _)| name)))
        .with("rootElement", texts([model]))
        .with("element", texts(graph.iris().to_vec()));
    Ok(write(&graph.document(creation, document)))
}

/// The last day on which something happened that the card tells of.
fn last_day(card: &SecurityCard<'_>) -> Option<Day> {
    let security = &card.security_considerations;
    let days = std::iter::once(&card.model_details.date)
        .chain(security.tests.iter().map(|test| &test.date))
        .chain(security.reviews.iter().map(|review| &review.date))
        .chain(security.vulnerabilities.iter().map(|vulnerability| &vulnerability.found));
    days.filter_map(|day| Day::parse(stated(day)?)).max()
}

/// The card of an export to SPDX, as the tree that every rule reads.
///
/// It is read from its annotation alone, whatever was done to the elements that show parts of it.
///
/// # Errors
/// Why the text is no export of a card to SPDX, in a sentence.
pub fn card(document: &str) -> Result<Node<'static>, String> {
    let document: Value = serde_json::from_str(document).map_err(|error| format!("not JSON: {error}"))?;
    if !is_spdx(document.get("@context")) {
        return Err("not SPDX 3: `@context` is not that of SPDX".to_owned());
    }
    let elements = document.get("@graph").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let is = |element: &Value, key: &str, value: &str| element.get(key).and_then(Value::as_str) == Some(value);
    let mut cards =
        elements.iter().filter(|element| is(element, "type", "Annotation") && is(element, "name", annotations::CARD));
    let (Some(annotation), None) = (cards.next(), cards.next()) else {
        return Err(format!("no export of smcard: there is not one annotation named `{}`", annotations::CARD));
    };
    let Some(statement) = annotation.get("statement").and_then(Value::as_str) else {
        return Err(format!("the annotation `{}` has no statement", annotations::CARD));
    };
    let tree = SecurityCard::tree_of_json(statement).map_err(|findings| {
        let first = findings.iter().next().map(|finding| finding.problem.message.clone());
        format!("the statement of the annotation `{}` is no card: {}", annotations::CARD, first.unwrap_or_default())
    })?;
    // Every value by its path, so that each is of the kind that the schema has there.
    leaves::read(leaves(&tree).into_iter().map(|leaf| (leaf.path, leaf.text)))
}

/// Whether a context is that of SPDX 3, alone or with those that others add.
fn is_spdx(context: Option<&Value>) -> bool {
    let is = |context: &Value| context.as_str().is_some_and(|context| context.starts_with("https://spdx.org/rdf/3."));
    match context {
        Some(Value::Array(contexts)) => contexts.iter().any(is),
        Some(context) => is(context),
        None => false,
    }
}
