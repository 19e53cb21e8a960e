//! The model of the card: an AI package.

use smcard_core::tree::Node;
use smcard_core::{Component, Day, Measure, SecurityCard};

use super::graph::Graph;
use super::{download, files, references};
use crate::document::{Object, list, text, texts};
use crate::leaves::{figure, id, stated};
use crate::link::{self, Contact};
use crate::naming;

/// Adds the model, with what it consists of, and returns its IRI.
pub(super) fn add<'c>(graph: &mut Graph<'c>, card: &'c SecurityCard<'_>) -> String {
    let details = &card.model_details;
    let component = naming::model(card);
    let iri = match component {
        Some(component) => graph.iri("component", id(&component.id)),
        None => graph.iri("model", ""),
    };
    let developer = developer(graph, card);
    let supplier = component.and_then(|component| stated(&component.supplier)).map(|name| graph.agent(name));
    let supplier = supplier.or_else(|| developer.clone());
    if supplier.is_none() {
        graph.lacks.push(
            "`model_details.developer` names nobody, and SPDX requires who supplies the model (`suppliedBy`): write who \
             developed it, or the `supplier` of its component"
                .to_owned(),
        );
    }
    let version = stated(&details.version).or_else(|| stated(&component?.version));
    if version.is_none() {
        graph.lacks.push(
            "`model_details.version` states no version, and SPDX requires one (`packageVersion`): write the version that \
             the card describes"
                .to_owned(),
        );
    }
    let released = stated(&details.date).and_then(Day::parse);
    if released.is_none() {
        graph.lacks.push(
            "`model_details.date` names no day, and SPDX requires the day of the release (`releaseTime`): write it as \
             `YYYY-MM-DD`"
                .to_owned(),
        );
    }
    let license = graph.expression_of(&details.license, "model_details.license");
    let (purl, location) = match component {
        Some(component) => (stated(&component.purl), download::location(&component.purl)),
        None => (None, None),
    };
    let limitation = [&card.intended_use.out_of_scope_uses, &card.caveats_and_recommendations];
    let application = [&card.intended_use.primary_uses, &card.intended_use.primary_users];
    let joined = |parts: [&'c Option<smcard_core::Text<'_>>; 2], labels: [&str; 2]| {
        let parts = parts.into_iter().zip(labels);
        let parts: Vec<String> =
            parts.filter_map(|(part, label)| Some(format!("{label}: {}", stated(part)?))).collect();
        (!parts.is_empty()).then(|| parts.join("\n\n"))
    };
    let package = Object::new()
        .with("name", text(naming::name(card)))
        .with_text("description", component.and_then(|component| stated(&component.description)))
        .with("externalRef", references::of_model(card))
        .with_text("releaseTime", released.map(|day| format!("{day}T00:00:00Z")))
        .with_text("suppliedBy", supplier)
        .with("originatedBy", texts(developer))
        .with("software_primaryPurpose", text("model"))
        .with("software_attributionText", texts(stated(&details.citation)))
        .with_text("software_packageVersion", version)
        .with("software_downloadLocation", text(location.unwrap_or_else(|| download::NO_ASSERTION.to_owned())))
        .with_text("software_packageUrl", purl)
        .with_text("software_homePage", stated(&details.resource).map(link::of_url))
        .with("ai_typeOfModel", texts(stated(&details.r#type)))
        .with_text("ai_informationAboutTraining", stated(&details.information))
        .with_text("ai_informationAboutApplication", joined(application, ["Primary uses", "Primary users"]))
        .with_text("ai_limitation", joined(limitation, ["Out of scope", "Caveats and recommendations"]))
        .with("ai_metric", list(metrics(card)))
        .with("ai_metricDecisionThreshold", list(thresholds(card)));
    graph.add(&iri, "ai_AIPackage", package);
    graph.license(&iri, license);
    if let Some(component) = component {
        files::add(graph, component, &iri);
    }
    iri
}

/// Who developed the model, with the mail address that the card gives.
fn developer<'c>(graph: &mut Graph<'c>, card: &'c SecurityCard<'_>) -> Option<String> {
    let name = stated(&card.model_details.developer)?;
    let mail = stated(&card.model_details.contact).map(Contact::of).and_then(|contact| match contact {
        Contact::Mail { address, .. } => Some(address),
        _ => None,
    });
    let mail = mail.map(|address| {
        Object::new()
            .with("type", text("ExternalIdentifier"))
            .with("externalIdentifierType", text("email"))
            .with("identifier", text(address))
            .node()
    });
    Some(graph.agent_with(name, Object::new().with("externalIdentifier", list(mail))))
}

/// Who made a component: its supplier, or the developer of the model, since a card names a supplier only if somebody
/// else made it.
pub(super) fn maker<'c>(
    graph: &mut Graph<'c>,
    card: &'c SecurityCard<'_>,
    component: &'c Component<'_>,
) -> Option<String> {
    match &component.supplier {
        Some(supplier) => supplier.stated().map(|name| graph.agent(name)),
        None => stated(&card.model_details.developer).map(|name| graph.agent(name)),
    }
}

/// What the model was measured by, and the figures, each with the part of the data that it is about.
fn metrics<'c>(card: &'c SecurityCard<'_>) -> Vec<Node<'c>> {
    let results = &card.quantitative_analyses;
    let words = [
        ("performance measures", &card.metrics.performance_measures),
        ("unitary results", &results.unitary_results),
        ("intersectional results", &results.intersectional_results),
    ];
    let words = words.into_iter().filter_map(|(key, words)| Some(word(key, stated(words)?)));
    words.chain(card.metrics.measures.iter().filter_map(measure)).collect()
}

fn measure<'c>(measure: &'c Measure<'_>) -> Option<Node<'c>> {
    let name = stated(&measure.name)?;
    let key = match stated(&measure.slice) {
        Some(slice) => format!("{name}[{slice}]"),
        None => name.to_owned(),
    };
    let mut value = figure(measure.value?);
    if let Some(unit) = stated(&measure.unit) {
        value += &format!(" {unit}");
    }
    if let [low, high] = &*measure.interval {
        value += &format!(" ({} to {})", figure(*low), figure(*high));
    }
    Some(word(key, value))
}

/// The thresholds at which an output becomes a decision. What a figure must reach is another thing.
fn thresholds<'c>(card: &'c SecurityCard<'_>) -> Option<Node<'c>> {
    stated(&card.metrics.decision_thresholds).map(|words| word("decision thresholds", words))
}

fn word<'c>(key: impl Into<std::borrow::Cow<'c, str>>, value: impl Into<std::borrow::Cow<'c, str>>) -> Node<'c> {
    Object::new().with("type", text("DictionaryEntry")).with("key", text(key)).with("value", text(value)).node()
}
