//! The component of the model, with its model card.

use smcard_core::tree::Node;
use smcard_core::{ComponentKind, Measure, TestKind};

use super::parts::{Parts, begins, property, reference, version};
use super::{Version, components, exact, license, party, refs};
use crate::document::{Object, list, text, texts};
use crate::leaves::{self, figure, id, leaves, stated};
use crate::link::{self, Contact};

pub(super) fn component<'c>(parts: &Parts<'c>) -> Node<'c> {
    let details = &parts.card.model_details;
    let manufacturer = Object::new()
        .with_text("name", stated(&details.developer))
        .with("contact", stated(&details.contact).and_then(|contact| list(person(contact))));
    let supplier = parts.model.and_then(|model| party::supplier(parts, model));
    let mut component = Object::new()
        .with("type", text("machine-learning-model"))
        .with("bom-ref", text(parts.model_ref.clone()))
        .with("manufacturer", manufacturer.some().filter(|_| !parts.is_preview()))
        .with("parties", list(party::developer(parts).into_iter().chain(supplier)))
        .with("name", text(parts.name))
        .with_text("version", version(&details.version));
    if let Some(model) = parts.model {
        component = component
            .with("supplier", components::supplier(model).filter(|_| !parts.is_preview()))
            .with_text("description", stated(&model.description))
            .with_text("purl", stated(&model.purl).filter(|_| !parts.is_preview()))
            .with("identifiers", list(party::identifier(parts, model)));
    }
    let component = component
        .with("licenses", license::licenses(&details.license))
        .with("pedigree", Object::new().with("ancestors", list(ancestors(parts))).some())
        .with("externalReferences", list(references(parts)))
        .with("components", parts.model.and_then(|model| components::files(parts, model)))
        .with("releaseNotes", begins(&details.date).map(released));
    let parameters = Object::new()
        .with_text("task", stated(&details.r#type))
        .with_text("modelArchitecture", stated(&details.information))
        .with("datasets", list(datasets(parts)));
    let metrics = list(parts.card.metrics.measures.iter().map(metric));
    let model_card = Object::new()
        .with("modelParameters", parameters.some())
        .with("quantitativeAnalysis", Object::new().with("performanceMetrics", metrics).some())
        .with("considerations", considerations(parts));
    let properties = properties(parts, &component, &model_card);
    component.with("modelCard", model_card.with("properties", properties).node()).node()
}

/// All of the card that no field of the component or of its model card holds.
fn properties<'c>(parts: &Parts<'c>, component: &Object<'_>, model_card: &Object<'_>) -> Option<Node<'c>> {
    let named = property(
        "smcard:export:lossless".to_owned(),
        "What no field here holds stands in these properties, so that smcard reads the card back".to_owned(),
    );
    let here = leaves(&parts.tree).into_iter();
    let here = here.filter(|leaf| !exact::is_held(&leaf.path, &leaf.text, component, model_card));
    list(std::iter::once(named).chain(here.map(|leaf| property(leaves::name(&leaf.path), leaf.text))))
}

fn considerations<'c>(parts: &Parts<'c>) -> Option<Node<'c>> {
    let card = parts.card;
    let out_of_scope = stated(&card.intended_use.out_of_scope_uses).map(|uses| format!("Out of scope: {uses}"));
    let caveats = stated(&card.caveats_and_recommendations).map(str::to_owned);
    let risk = |concern| Object::new().with("name", text(concern)).node();
    Object::new()
        .with("users", texts(stated(&card.intended_use.primary_users)))
        .with("useCases", texts(stated(&card.intended_use.primary_uses)))
        .with("technicalLimitations", texts(out_of_scope.into_iter().chain(caveats)))
        .with("performanceTradeoffs", texts(stated(&card.metrics.decision_thresholds)))
        .with("ethicalConsiderations", list(stated(&card.ethical_considerations).map(risk)))
        .some()
}

fn metric<'c>(measure: &'c Measure<'_>) -> Node<'c> {
    let unit = stated(&measure.unit);
    let with_unit = |value: f64| match unit {
        Some(unit) => format!("{} {unit}", figure(value)),
        None => figure(value),
    };
    let interval = match &*measure.interval {
        [low, high] => Object::new().with("lowerBound", text(figure(*low))).with("upperBound", text(figure(*high))),
        _ => Object::new(),
    };
    Object::new()
        .with_text("type", stated(&measure.name))
        .with_text("value", measure.value.map(with_unit))
        .with_text("slice", stated(&measure.slice))
        .with("confidenceInterval", interval.some())
        .node()
}

/// The data that the model was trained and evaluated on, wherever it is described.
fn datasets<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let card = parts.card;
    let mut refs = Vec::new();
    refs.extend(stated(&card.evaluation_data.datasets).map(|_| refs::EVALUATION_DATA.to_owned()));
    refs.extend(stated(&card.training_data).map(|_| refs::TRAINING_DATA.to_owned()));
    for component in card.system.components.iter().filter(|one| one.kind == Some(ComponentKind::Dataset)) {
        refs.extend(parts.ref_of(id(&component.id)).map(str::to_owned));
    }
    refs.into_iter().map(|name| Object::new().with("ref", text(name)).node()).collect()
}

/// The models that this one builds on, whole, since they stand as components of their own as well.
fn ancestors<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    // An agent calls its base model, and is none that was made from it.
    if parts.card.security_considerations.ai_class == Some(smcard_core::AiClass::Agentic) {
        return Vec::new();
    }
    let blocks = parts.blocks("system", "components");
    let components = parts.card.system.components.iter().zip(blocks);
    let bases = components.filter(|(component, _)| component.kind == Some(ComponentKind::BaseModel));
    bases.map(|(component, block)| components::ancestor(parts, component, block)).collect()
}

fn released<'c>(moment: Node<'c>) -> Node<'c> {
    // Of which type a release is, no card says.
    Object::new().with("type", text("other")).with("timestamp", moment).node()
}

/// Where a reader finds more of the model.
fn references<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let details = &parts.card.model_details;
    let security = &parts.card.security_considerations;
    let mut found = Vec::new();
    found.extend(stated(&details.resource).map(|url| reference("documentation", link::of_url(url), None)));
    if let Some(citation) = stated(&details.citation) {
        let sort = if parts.version == Version::V1_6 { "other" } else { "citation" };
        found.extend(link::first(citation).map(|url| reference(sort, url, Some(citation))));
    }
    let contact = stated(&security.contact).or_else(|| stated(&details.contact));
    found.extend(contact.map(|contact| reference("security-contact", Contact::of(contact).url(), None)));
    let policy = stated(&security.disclosure_policy);
    found.extend(policy.map(|url| reference("other", link::of_url(url), Some("Policy for reporting weaknesses"))));
    for text in security.references.iter().filter_map(smcard_core::Text::stated) {
        found.extend(link::first(text).map(|url| reference("other", url, Some(text))));
    }
    for test in security.tests.iter() {
        let report = stated(&test.report).and_then(link::in_text);
        found.extend(report.map(|url| reference(report_of(test.kind), url, stated(&test.id))));
    }
    if let Some(model) = parts.model {
        found.extend(stated(&model.url).map(|url| reference("website", link::of_url(url), None)));
    }
    found
}

/// What CycloneDX calls the report of such a test.
fn report_of(kind: Option<TestKind>) -> &'static str {
    match kind {
        Some(TestKind::PenetrationTest) => "pentest-report",
        Some(TestKind::ModelScan) => "static-analysis-report",
        Some(TestKind::VulnerabilityScan) => "component-analysis-report",
        Some(TestKind::AdversarialTesting | TestKind::PrivacyTesting | TestKind::RedTeaming | TestKind::Benchmark) => {
            "dynamic-analysis-report"
        }
        _ => "evidence",
    }
}

/// Whom a contact reaches.
fn person(contact: &str) -> Option<Node<'_>> {
    let person = match Contact::of(contact) {
        Contact::Mail { name, address } => Object::new().with_text("name", name).with("email", text(address)),
        Contact::Phone(number) => Object::new().with("phone", text(number)),
        // It has no place here, and stands among the references.
        Contact::Web(_) => Object::new(),
    };
    person.some()
}
