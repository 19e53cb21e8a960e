//! The elements of a document: each has an IRI of its own, and they refer to each other by it.

use std::collections::HashMap;

use smcard_core::SecurityCard;
use smcard_core::tree::Node;

use crate::cyclonedx::uuid;
use crate::document::{Object, list, text, texts};
use crate::leaves::stated;
use crate::licenses;
use crate::measured::Measured;

/// What every element says of its creation.
const CREATION: &str = "_:creation";

/// The licence of which the document says nothing: an individual of the model.
const NO_ASSERTION: &str = "expandedlicensing_NoAssertionLicense";

pub(super) struct Graph<'c> {
    /// What every IRI begins with. It follows from the card.
    namespace: String,
    elements: Vec<Node<'c>>,
    iris: Vec<String>,
    /// How often an IRI was asked for.
    taken: HashMap<String, usize>,
    agents: HashMap<&'c str, String>,
    expressions: HashMap<String, String>,
    /// What the profiles require and the card does not say, a sentence each.
    pub(super) lacks: Vec<String>,
    /// What the build measured of files.
    pub(super) measured: Measured<'c>,
}

impl<'c> Graph<'c> {
    pub(super) fn new(card: &'c SecurityCard<'_>) -> Self {
        Graph {
            namespace: format!("urn:uuid:{}#", uuid("SPDX 3.0.1", &card.to_json())),
            elements: Vec::new(),
            iris: Vec::new(),
            taken: HashMap::new(),
            agents: HashMap::new(),
            expressions: HashMap::new(),
            lacks: Vec::new(),
            measured: Measured::of(card),
        }
    }

    /// An IRI that nothing else has. It says of what kind the element is, and what the card calls it.
    pub(super) fn iri(&mut self, kind: &str, id: &str) -> String {
        let local = if id.is_empty() { kind.to_owned() } else { format!("{kind}:{}", encoded(id)) };
        let count = self.taken.entry(local.clone()).or_default();
        *count += 1;
        match count {
            1 => format!("{}{local}", self.namespace),
            // An encoded id holds no colon, so no other IRI is this one.
            count => format!("{}{local}:{count}", self.namespace),
        }
    }

    /// Adds the element of this IRI, of this type and with these properties.
    pub(super) fn add(&mut self, iri: &str, class: &'static str, properties: Object<'c>) {
        let element = Object::new()
            .with("type", text(class))
            .with("spdxId", text(iri.to_owned()))
            .with("creationInfo", text(CREATION));
        self.elements.push(element.and(properties).node());
        self.iris.push(iri.to_owned());
    }

    /// Adds that an element stands in a relation to others.
    pub(super) fn relate(&mut self, from: &str, relation: &'static str, to: &[String]) {
        self.relate_as("Relationship", from, relation, to, Object::new());
    }

    /// The same, of a class of its own and with more properties.
    pub(super) fn relate_as(
        &mut self,
        class: &'static str,
        from: &str,
        relation: &'static str,
        to: &[String],
        properties: Object<'c>,
    ) {
        if to.is_empty() {
            return;
        }
        let iri = self.iri("relationship", relation);
        let relationship = Object::new()
            .with("from", text(from.to_owned()))
            .with("relationshipType", text(relation))
            .with("to", texts(to.iter().cloned()));
        self.add(&iri, class, relationship.and(properties));
    }

    /// Who has this name. Whether that is a person or an organization, no card says.
    pub(super) fn agent(&mut self, name: &'c str) -> String {
        self.agent_with(name, Object::new())
    }

    pub(super) fn agent_with(&mut self, name: &'c str, properties: Object<'c>) -> String {
        if let Some(iri) = self.agents.get(name) {
            return iri.clone();
        }
        let iri = self.iri("agent", &(self.agents.len() + 1).to_string());
        self.add(&iri, "Agent", Object::new().with("name", text(name)).and(properties));
        self.agents.insert(name, iri.clone());
        iri
    }

    /// Says under which licence something is: what the card states is what was declared, and what is concluded.
    /// Without one, nothing is asserted.
    pub(super) fn license(&mut self, of: &str, license: Option<String>) {
        let license = match license {
            Some(expression) => self.expression(expression),
            None => NO_ASSERTION.to_owned(),
        };
        for relation in ["hasDeclaredLicense", "hasConcludedLicense"] {
            self.relate(of, relation, std::slice::from_ref(&license));
        }
    }

    fn expression(&mut self, expression: String) -> String {
        if let Some(iri) = self.expressions.get(&expression) {
            return iri.clone();
        }
        let iri = self.iri("license", &(self.expressions.len() + 1).to_string());
        let stated = Object::new().with("simplelicensing_licenseExpression", text(expression.clone()));
        self.add(&iri, "simplelicensing_LicenseExpression", stated);
        self.expressions.insert(expression, iri.clone());
        iri
    }

    /// The licence expression that a text of the card is; nothing for a reason in its place.
    pub(super) fn expression_of(&mut self, license: &Option<smcard_core::Text<'_>>, path: &str) -> Option<String> {
        let license = stated(license)?.trim();
        match licenses::id(license) {
            Some("NOASSERTION") => return None,
            Some(id) => return Some(id.to_owned()),
            None => {}
        }
        if ::spdx::Expression::parse(license).is_err() {
            self.lacks.push(format!(
                "`{path}` is no licence expression of SPDX: write one, such as `Apache-2.0`, or `LicenseRef-` and a name"
            ));
            return None;
        }
        Some(license.to_owned())
    }

    pub(super) fn iris(&self) -> &[String] {
        &self.iris
    }

    /// Whether the document has an element of this class.
    pub(super) fn has(&self, class: &str) -> bool {
        self.elements.iter().any(|element| element.get("type").and_then(Node::words) == Some(class))
    }

    /// The document, with these first.
    pub(super) fn document(self, creation: Object<'c>, document: Object<'c>) -> Node<'c> {
        let first = [
            Object::new().with("type", text("CreationInfo")).with("@id", text(CREATION)).and(creation).node(),
            Object::new()
                .with("type", text("SpdxDocument"))
                .with("spdxId", text(format!("{}document", self.namespace)))
                .with("creationInfo", text(CREATION))
                .and(document)
                .node(),
        ];
        Object::new()
            .with("@context", text("https://spdx.org/rdf/3.0.1/spdx-context.jsonld"))
            .with("@graph", list(first.into_iter().chain(self.elements)))
            .node()
    }
}

/// The id of a card as a part of an IRI.
fn encoded(id: &str) -> String {
    let mut encoded = String::with_capacity(id.len());
    for char in id.chars() {
        if char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | '~') {
            encoded.push(char);
        } else {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}
