//! The system of a card as a reviewer reads it: which flows cross a trust boundary, what is known of each component,
//! and what no threat affects.
//!
//! Every view of the system reads what [`SecurityCard::system_report`] gives.

use std::collections::HashMap;
use std::sync::Arc;

use crate::card::{Component, ComponentKind, Flow, SecurityCard, Threat, Trust, Zone};
use crate::order;
use crate::part::Part as _;
use crate::schema::Field;
use crate::text::Text;
use crate::tree::{Node, Value};

/// The components and flows of a card's system, each with the threats that affect it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SystemReport<'c> {
    /// The components, in the order of the card.
    pub components: Vec<ComponentReport<'c>>,
    /// The flows, in the order of the card.
    pub flows: Vec<FlowReport<'c>>,
}

/// What a card says of one component.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ComponentReport<'c> {
    /// The component.
    pub component: &'c Component<'c>,
    /// The zone in which it runs.
    pub zone: Option<&'c Zone<'c>>,
    /// The threats that affect it, in the order of the card.
    pub threats: Vec<&'c Threat<'c>>,
    /// What the card says of each of its fields, in the order of the schema.
    pub facts: Vec<(&'static Field, Fact)>,
    /// Whether each of its files has a digest; `false` if the card names no file.
    pub pinned: bool,
}

/// What a card says of one flow.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FlowReport<'c> {
    /// The flow.
    pub flow: &'c Flow<'c>,
    /// The component that sends.
    pub from: Option<&'c Component<'c>>,
    /// The component that receives.
    pub to: Option<&'c Component<'c>>,
    /// The trust boundary that it crosses: the trust in the zone of the sender and in that of the receiver, where
    /// both are known and differ.
    pub boundary: Option<(Trust, Trust)>,
    /// The threats that affect it or the component that receives, in the order of the card. Flows with the same threats
    /// share a list: thousands of flows to a component with thousands of threats would not fit the memory otherwise.
    pub threats: Arc<[&'c Threat<'c>]>,
}

/// What a card says of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// What it is.
    Stated,
    /// Why it does not apply.
    NotApplicable,
    /// Why it is not disclosed.
    Withheld,
    /// Why the author does not know it.
    Unknown,
    /// Nothing.
    Absent,
}

impl Fact {
    #[inline]
    fn of(node: Option<&Node<'_>>) -> Self {
        match node.map(|node| &node.value) {
            None => Fact::Absent,
            Some(Value::Text(Text::NotApplicable(_))) => Fact::NotApplicable,
            Some(Value::Text(Text::Withheld(_))) => Fact::Withheld,
            Some(Value::Text(Text::Unknown(_))) => Fact::Unknown,
            Some(_) => Fact::Stated,
        }
    }
}

impl<'c> SystemReport<'c> {
    /// The flows that cross a trust boundary.
    pub fn boundaries(&self) -> impl Iterator<Item = &FlowReport<'c>> {
        self.flows.iter().filter(|flow| flow.boundary.is_some())
    }

    /// The tools, each with its `permission`.
    pub fn tools(&self) -> impl Iterator<Item = &ComponentReport<'c>> {
        self.components.iter().filter(|report| report.component.kind == Some(ComponentKind::Tool))
    }

    /// The components that no threat affects.
    pub fn untouched_components(&self) -> impl Iterator<Item = &ComponentReport<'c>> {
        self.components.iter().filter(|report| report.threats.is_empty())
    }

    /// The flows that no threat affects, neither them nor the component that receives.
    pub fn untouched_flows(&self) -> impl Iterator<Item = &FlowReport<'c>> {
        self.flows.iter().filter(|report| report.threats.is_empty())
    }
}

impl SecurityCard<'_> {
    /// The system of the card: its components and flows, with the threats that affect each.
    ///
    /// What the card refers to and does not hold is left out; the rules tell of it.
    // A build does not read it: compiled where it is called.
    #[inline]
    pub fn system_report(&self) -> SystemReport<'_> {
        let system = &self.system;
        let components = by_id(&system.components, |component| component.id.as_ref());
        let zones = by_id(&system.zones, |zone| zone.id.as_ref());
        let threats = &self.security_considerations.threats;
        let mut affecting: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, threat) in threats.iter().enumerate() {
            for id in threat.affects.iter().filter_map(Text::stated) {
                affecting.entry(id.trim()).or_default().push(index);
            }
        }
        // The threats that affect any of these, in the order of the card, each once.
        let at = |ids: &[Option<&Text<'_>>]| {
            let mut indexes = Vec::new();
            for id in ids {
                indexes.extend_from_slice(affecting.get(stated(*id)).map_or(&[], Vec::as_slice));
            }
            order::sort(&mut indexes, Ord::cmp);
            indexes.dedup();
            let mut of_ids = Vec::with_capacity(indexes.len());
            for index in indexes {
                of_ids.extend(threats.get(index));
            }
            of_ids
        };
        let mut report = SystemReport { components: Vec::new(), flows: Vec::new() };
        for component in system.components.iter() {
            let node = component.node();
            let mut facts = Vec::new();
            for field in Component::SCHEMA.fields {
                facts.push((field, Fact::of(node.as_ref().and_then(|node| node.get(field.name)))));
            }
            report.components.push(ComponentReport {
                component,
                zone: zones.get(stated(component.zone.as_ref())).copied(),
                threats: at(&[component.id.as_ref()]),
                facts,
                pinned: !component.files.is_empty() && component.files.iter().all(|file| file.sha256.is_some()),
            });
        }
        // By the threats that a flow has of its own, and by its receiver.
        let mut shared: HashMap<(&[usize], &str), Arc<[&Threat<'_>]>> = HashMap::new();
        for flow in system.flows.iter() {
            let (id, receiver) = (flow.id.as_ref(), flow.to.as_ref());
            let own = affecting.get(stated(id)).map_or(&[][..], Vec::as_slice);
            let threats = shared.entry((own, stated(receiver))).or_insert_with(|| at(&[id, receiver]).into());
            let component = |id: Option<&Text<'_>>| components.get(stated(id)).copied();
            let (from, to) = (component(flow.from.as_ref()), component(flow.to.as_ref()));
            let trust = |component: Option<&Component<'_>>| zones.get(stated(component?.zone.as_ref()))?.trust;
            let boundary = trust(from).zip(trust(to)).filter(|(from, to)| from != to);
            report.flows.push(FlowReport { flow, from, to, boundary, threats: Arc::clone(threats) });
        }
        report
    }
}

/// Blocks by their ids; of two with the same id the first one.
fn by_id<T>(blocks: &[T], id: fn(&T) -> Option<&Text<'_>>) -> HashMap<&str, &T> {
    let mut by_id = HashMap::new();
    for block in blocks {
        by_id.entry(stated(id(block))).or_insert(block);
    }
    by_id.remove("");
    by_id
}

/// The id that a text states; none is empty.
fn stated<'t>(text: Option<&'t Text<'_>>) -> &'t str {
    text.and_then(Text::stated).unwrap_or_default().trim()
}
