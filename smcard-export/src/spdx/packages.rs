//! What the model is made of, was trained on and measured with: packages, each with its files.

use std::collections::HashMap;

use smcard_core::{AiClass, Component, ComponentKind, Day, SecurityCard, Sensitivity, Text};

use super::facts::{Facts, facts};
use super::graph::Graph;
use super::{download, files, model};
use crate::document::{Object, text, texts};
use crate::leaves::{id, stated};
use crate::link;
use crate::naming;

/// Adds the packages, and returns the IRI of each component that has one, by its id.
pub(super) fn add<'c>(graph: &mut Graph<'c>, card: &'c SecurityCard<'_>, model: &str) -> HashMap<&'c str, String> {
    let mut iris = HashMap::new();
    let mut facts = facts(card, &mut graph.lacks);
    let of_card = naming::model(card);
    for (index, component) in card.system.components.iter().enumerate() {
        let own = id(&component.id);
        if of_card.is_some_and(|of_card| std::ptr::eq(of_card, component)) {
            iris.entry(own).or_insert_with(|| model.to_owned());
            if let Some(Facts { path, .. }) = facts.remove(own) {
                graph.lacks.push(format!("`{path}.id` is the model of the card: write its facts in `model_details`"));
            }
            continue;
        }
        let Some(purpose) = purpose(component.kind) else { continue };
        let iri = graph.iri("component", own);
        iris.entry(own).or_insert_with(|| iri.clone());
        let facts = facts.remove(own);
        let place = Place { component, path: format!("system.components[{index}]"), iri: &iri };
        place.add(graph, card, purpose, facts.as_ref());
        place.relate(graph, card, model, facts.as_ref());
    }
    described(graph, card, model);
    iris
}

/// What a component is for, if it is a package: what answers over a network or is a client is none.
fn purpose(kind: Option<ComponentKind>) -> Option<&'static str> {
    Some(match kind {
        Some(ComponentKind::Model | ComponentKind::BaseModel | ComponentKind::Adapter | ComponentKind::Guardrail) => {
            "model"
        }
        Some(ComponentKind::Dataset) => "data",
        Some(ComponentKind::Prompt) => "configuration",
        Some(ComponentKind::Library) => "library",
        Some(_) => return None,
        None => "other",
    })
}

/// A component, and where it stands in the card and in the document.
struct Place<'p, 'c, 'a> {
    component: &'c Component<'a>,
    path: String,
    iri: &'p str,
}

impl<'c> Place<'_, 'c, '_> {
    fn add(&self, graph: &mut Graph<'c>, card: &'c SecurityCard<'_>, purpose: &'static str, facts: Option<&Facts<'c>>) {
        let (component, path) = (self.component, &self.path);
        let is_data = component.kind == Some(ComponentKind::Dataset);
        let license = graph.expression_of(&component.license, &format!("{path}.license"));
        let version = stated(&component.version);
        let location = download::location(&component.purl);
        let day = |day: Option<Day>| day.map(|day| format!("{day}T00:00:00Z"));
        let supplier = stated(&component.supplier).map(|name| graph.agent(name));
        let mut package = Object::new()
            .with("name", text(stated(&component.name).unwrap_or_else(|| id(&component.id))))
            .with_text("description", stated(&component.description))
            .with("software_primaryPurpose", text(purpose))
            .with_text("software_packageVersion", version)
            .with_text("software_packageUrl", stated(&component.purl))
            .with_text("software_homePage", stated(&component.url).map(link::of_url));
        let (class, maker, location) = match facts {
            None => ("software_Package", supplier, location),
            Some(facts) => {
                let maker = model::maker(graph, card, component);
                if maker.is_none() {
                    let (who, property) = if is_data {
                        ("whom the data comes from", "originatedBy")
                    } else {
                        ("who supplies the model", "suppliedBy")
                    };
                    graph.lacks.push(format!(
                        "`{path}.supplier` names nobody, and SPDX requires {who} (`{property}`): write who made it, or \
                         leave the component out of `extensions.spdx.packages`"
                    ));
                }
                if version.is_none() && !is_data {
                    graph.lacks.push(format!(
                        "`{path}.version` states no version, and SPDX requires one (`packageVersion`): write it, or leave \
                         the component out of `extensions.spdx.packages`"
                    ));
                }
                package =
                    package.with_text("releaseTime", day(facts.released)).with_text("builtTime", day(facts.built));
                if is_data {
                    let types = if facts.types.is_empty() { vec!["noAssertion"] } else { facts.types.clone() };
                    package = package
                        .with("originatedBy", texts(maker.clone()))
                        .with("dataset_datasetType", texts(types))
                        .with_text("dataset_confidentialityLevel", confidentiality(component.sensitivity));
                }
                let class = if is_data { "dataset_DatasetPackage" } else { "ai_AIPackage" };
                (class, maker, Some(location.unwrap_or_else(|| download::NO_ASSERTION.to_owned())))
            }
        };
        package = package.with_text("suppliedBy", maker).with_text("software_downloadLocation", location);
        graph.add(self.iri, class, package);
        if license.is_some() || facts.is_some() {
            graph.license(self.iri, license);
        }
        files::add(graph, component, self.iri);
    }

    /// In what relation the model stands to the component.
    fn relate(&self, graph: &mut Graph<'c>, card: &SecurityCard<'_>, model: &str, facts: Option<&Facts<'c>>) {
        let own = [self.iri.to_owned()];
        let other = |graph: &mut Graph<'c>, comment| {
            let comment = Object::new().with("comment", text(comment));
            graph.relate_as("Relationship", model, "other", &own, comment);
        };
        // An agent calls its base model, and is none that was made from it.
        let is_agent = card.security_considerations.ai_class == Some(AiClass::Agentic);
        match self.component.kind {
            Some(ComponentKind::BaseModel) if !is_agent => graph.relate(model, "descendantOf", &own),
            Some(ComponentKind::Dataset) => match facts.and_then(|facts| facts.relation) {
                Some(relation) => graph.relate(model, relation, &own),
                None => {
                    other(graph, "Data for training, tuning or evaluation: for which of these, the card does not say")
                }
            },
            Some(ComponentKind::Prompt) => graph.relate(self.iri, "configures", &[model.to_owned()]),
            Some(ComponentKind::Model) => other(graph, "A model that the card is about as well, or one beside it"),
            _ => graph.relate(model, "dependsOn", &own),
        }
    }
}

/// How confidential data is, where a word of SPDX means the same as that of the card. What is open to a whole
/// organization and to nobody else has no such word.
fn confidentiality(sensitivity: Option<Sensitivity>) -> Option<&'static str> {
    match sensitivity? {
        Sensitivity::Public => Some("clear"),
        Sensitivity::Confidential => Some("amber"),
        Sensitivity::Restricted => Some("red"),
        _ => None,
    }
}

/// Adds the data that the card describes in words alone. These may be of several datasets, and name neither a day nor
/// whom they come from, so they are no dataset packages.
fn described<'c>(graph: &mut Graph<'c>, card: &'c SecurityCard<'_>, model: &str) {
    let evaluation = &card.evaluation_data;
    let more = [("Motivation", &evaluation.motivation), ("Preprocessing", &evaluation.preprocessing)];
    let more: Vec<String> =
        more.into_iter().filter_map(|(label, words)| Some(format!("{label}: {}", stated(words)?))).collect();
    let more = (!more.is_empty()).then(|| more.join("\n\n"));
    let mut add = |name, relation, words: &'c Option<Text<'_>>, comment: Option<String>| {
        let Some(words) = stated(words) else { return };
        let iri = graph.iri("data", name);
        let data = Object::new()
            .with("name", text(format!("{name} data")))
            .with("description", text(words))
            .with_text("comment", comment)
            .with("software_primaryPurpose", text("data"));
        graph.add(&iri, "software_Package", data);
        graph.relate(model, relation, &[iri]);
    };
    add("evaluation", "testedOn", &evaluation.datasets, more);
    add("training", "trainedOn", &card.training_data, None);
}
