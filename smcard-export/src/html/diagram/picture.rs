//! What is to be drawn: zones in their order, cards in them, and arrows between the cards.

use std::collections::{BTreeMap, HashMap};
use std::ptr;

use smcard_core::{Component, ComponentKind, Permission, Text, Trust, Zone};

use super::super::{Report, words};

/// How many components, or zones, are drawn one by one.
pub(super) const CARDS: usize = 40;
/// How many arrows are drawn.
pub(super) const ARROWS: usize = 120;

/// A picture of a system.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) detail: Detail,
    pub(super) zones: Vec<ZoneFrame>,
    pub(super) cards: Vec<Card>,
    pub(super) arrows: Vec<Arrow>,
    /// What a screen reader says of it.
    pub(super) description: String,
}

/// What a card stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// A component.
    Components,
    /// A zone with all its components.
    Zones,
}

/// A frame around the cards of a zone.
#[derive(Debug)]
pub(super) struct ZoneFrame {
    pub(super) trust: String,
    pub(super) name: String,
    pub(super) class: &'static str,
}

/// A component, or a zone that stands for its components.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) shape: Shape,
    /// The index of its frame.
    pub(super) zone: Option<usize>,
    pub(super) untouched: bool,
    pub(super) link: String,
}

/// The outline of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Plain,
    /// The models themselves, which the card is about.
    Model,
    /// Data at rest, open at the sides.
    Store,
    /// Who uses the system, rounded.
    Client,
    Tool,
}

/// One or several flows from one card to another that are alike.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    /// What stands on it: the numbers of its flows, or how many they are.
    pub(super) label: String,
    pub(super) crossing: bool,
    pub(super) unencrypted: bool,
    /// Whether no threat affects its flows, or one of those between two zones.
    pub(super) untouched: bool,
}

/// What makes flows between the same two cards differ: whether they cross a boundary, are unencrypted, have no threat.
type Likeness = (usize, usize, bool, bool, bool);

impl Picture {
    /// The picture of a system; nothing where it would be too large to be read.
    pub(super) fn new(report: &Report<'_>) -> Option<Self> {
        let order = Order::new(report);
        if report.system.components.len() <= CARDS {
            let picture = of_components(report, &order);
            if picture.arrows.len() <= ARROWS {
                return Some(picture);
            }
        }
        let picture = of_zones(report, &order);
        (picture.cards.len() <= CARDS && picture.arrows.len() <= ARROWS).then_some(picture)
    }
}

/// The zones that have components, from the least trusted to the most.
struct Order<'r> {
    zones: Vec<&'r Zone<'r>>,
    /// The place of each zone, by its address.
    place: HashMap<*const Zone<'r>, usize>,
}

impl<'r> Order<'r> {
    fn new(report: &'r Report<'_>) -> Self {
        let mut seen = HashMap::new();
        let mut zones: Vec<&Zone<'_>> = Vec::new();
        for zone in report.system.components.iter().filter_map(|one| one.zone) {
            if seen.insert(ptr::from_ref(zone), ()).is_none() {
                zones.push(zone);
            }
        }
        // In the order of the card, which is that of their addresses, where the trust is the same.
        zones.sort_by_key(|zone| (zone.trust, ptr::from_ref(*zone)));
        let place = zones.iter().enumerate().map(|(index, zone)| (ptr::from_ref(*zone), index)).collect();
        Order { zones, place }
    }

    fn of(&self, zone: Option<&Zone<'_>>) -> Option<usize> {
        self.place.get(&ptr::from_ref(zone?).cast()).copied()
    }
}

fn trust(trust: Option<Trust>) -> String {
    trust.map_or_else(|| "Trust not stated".to_owned(), |trust| words::titled(trust.name()))
}

fn class(trust: Option<Trust>) -> &'static str {
    match trust {
        Some(Trust::Untrusted) | None => "untrusted",
        Some(Trust::Partner) => "partner",
        Some(Trust::Internal) => "internal",
        Some(_) => "privileged",
    }
}

fn of_components(report: &Report<'_>, order: &Order<'_>) -> Picture {
    let mut zones = Vec::new();
    for zone in &order.zones {
        zones.push(ZoneFrame {
            trust: trust(zone.trust),
            name: words::name(zone.id.as_ref()),
            class: class(zone.trust),
        });
    }
    let mut cards = Vec::new();
    let mut index_of = HashMap::new();
    for (index, (one, anchor)) in report.system.components.iter().zip(&report.anchors.components).enumerate() {
        index_of.insert(ptr::from_ref(one.component), index);
        cards.push(Card {
            kind: one.component.kind.map_or_else(|| "Kind not stated".to_owned(), |kind| words::titled(kind.name())),
            name: name(one.component),
            note: one.component.permission.map_or_else(String::new, permission),
            shape: shape(one.component.kind),
            zone: order.of(one.zone),
            untouched: one.threats.is_empty(),
            link: format!("#{anchor}"),
        });
    }
    let mut alike: BTreeMap<Likeness, Vec<usize>> = BTreeMap::new();
    for (index, one) in report.system.flows.iter().enumerate() {
        let card = |component: Option<&Component<'_>>| index_of.get(&ptr::from_ref(component?).cast()).copied();
        if let (Some(from), Some(to)) = (card(one.from), card(one.to)) {
            let likeness =
                (from, to, one.boundary.is_some(), one.flow.encrypted == Some(false), one.threats.is_empty());
            alike.entry(likeness).or_default().push(index + 1);
        }
    }
    let mut arrows = Vec::new();
    for ((from, to, crossing, unencrypted, untouched), numbers) in alike {
        arrows.push(Arrow { from, to, label: numbered(&numbers), crossing, unencrypted, untouched });
    }
    let description = format!(
        "{} in {}, {} between them, {} of which cross a trust boundary.",
        words::count(cards.len(), "component", "components"),
        words::count(zones.len(), "trust zone", "trust zones"),
        words::count(report.system.flows.len(), "data flow", "data flows"),
        report.system.boundaries().count()
    );
    Picture { detail: Detail::Components, zones, cards, arrows, description }
}

/// The numbers of flows as a label: a few, then how many more.
fn numbered(numbers: &[usize]) -> String {
    match numbers {
        [first, second, _, rest @ ..] if !rest.is_empty() => format!("{first}, {second} +{}", rest.len() + 1),
        numbers => numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
    }
}

fn name(component: &Component<'_>) -> String {
    let stated = |text: &Option<Text<'_>>| text.as_ref().filter(|text| text.stated().is_some()).map(words::plain);
    stated(&component.name).or_else(|| stated(&component.id)).unwrap_or_else(|| "–".to_owned())
}

fn permission(permission: Permission) -> String {
    match permission {
        Permission::Allowed => "used freely".to_owned(),
        Permission::NeedsApproval => "needs approval".to_owned(),
        Permission::Denied => "use denied".to_owned(),
        other => words::spaced(other.name()),
    }
}

fn shape(kind: Option<ComponentKind>) -> Shape {
    match kind {
        Some(ComponentKind::Model) => Shape::Model,
        Some(ComponentKind::Dataset | ComponentKind::DataStore) => Shape::Store,
        Some(ComponentKind::Client) => Shape::Client,
        Some(ComponentKind::Tool) => Shape::Tool,
        _ => Shape::Plain,
    }
}

/// Zones in place of their components, in a frame for each level of trust.
fn of_zones(report: &Report<'_>, order: &Order<'_>) -> Picture {
    // The last place is for the components without a zone.
    let outside = order.zones.len();
    let mut members = vec![0; outside + 1];
    let mut untouched = vec![true; outside + 1];
    let mut place_of = HashMap::new();
    for one in &report.system.components {
        let place = order.of(one.zone).unwrap_or(outside);
        place_of.insert(ptr::from_ref(one.component), place);
        if let (Some(count), Some(untouched)) = (members.get_mut(place), untouched.get_mut(place)) {
            *count += 1;
            *untouched &= one.threats.is_empty();
        }
    }
    let mut zones: Vec<ZoneFrame> = Vec::new();
    let mut cards = Vec::new();
    for (place, count) in members.iter().enumerate().filter(|(_, count)| **count > 0) {
        let zone = order.zones.get(place);
        if let Some(zone) = zone {
            let trust = trust(zone.trust);
            if zones.last().is_none_or(|last| last.trust != trust) {
                zones.push(ZoneFrame { trust, name: "Zones".to_owned(), class: class(zone.trust) });
            }
        }
        cards.push(Card {
            kind: if zone.is_some() { "Zone" } else { "Outside" }.to_owned(),
            name: zone.map_or_else(|| "No zone stated".to_owned(), |zone| words::name(zone.id.as_ref())),
            note: words::count(*count, "component", "components"),
            shape: Shape::Plain,
            zone: zone.and(zones.len().checked_sub(1)),
            untouched: untouched.get(place).copied().unwrap_or_default(),
            link: report
                .anchors
                .link_to(zone.and_then(|zone| zone.id.as_ref()))
                .unwrap_or_else(|| "#components".to_owned()),
        });
    }
    let card_of: HashMap<usize, usize> =
        members.iter().enumerate().filter(|(_, count)| **count > 0).map(|(place, _)| place).zip(0..).collect();
    let mut between: BTreeMap<(usize, usize), (usize, bool, bool, bool)> = BTreeMap::new();
    for one in &report.system.flows {
        let card =
            |component: Option<&Component<'_>>| card_of.get(place_of.get(&ptr::from_ref(component?).cast())?).copied();
        if let (Some(from), Some(to)) = (card(one.from), card(one.to)) {
            if from != to {
                let (count, crossing, unencrypted, untouched) =
                    between.entry((from, to)).or_insert((0, false, false, false));
                *count += 1;
                *crossing |= one.boundary.is_some();
                *unencrypted |= one.flow.encrypted == Some(false);
                *untouched |= one.threats.is_empty();
            }
        }
    }
    let mut arrows = Vec::new();
    for ((from, to), (count, crossing, unencrypted, untouched)) in between {
        arrows.push(Arrow { from, to, label: format!("×{count}"), crossing, unencrypted, untouched });
    }
    let description = format!(
        "{} as boxes, with {} between them.",
        words::count(cards.len(), "zone", "zones"),
        words::count(arrows.len(), "arrow", "arrows")
    );
    Picture { detail: Detail::Zones, zones, cards, arrows, description }
}
