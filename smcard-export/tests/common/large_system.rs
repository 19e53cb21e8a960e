//! Systems of any size, the same each time: components in five zones, and flows between them.

use std::borrow::Cow;

use smcard_core::{Component, ComponentKind, Flow, List, SecurityCard, System, Text, Threat, Trust, Zone};

const KINDS: [ComponentKind; 7] = [
    ComponentKind::Client,
    ComponentKind::Service,
    ComponentKind::Guardrail,
    ComponentKind::Model,
    ComponentKind::Tool,
    ComponentKind::DataStore,
    ComponentKind::Library,
];

const NAMES: [&str; 7] = [
    "Browser of a customer",
    "gateway",
    "prompt-injection-classifier",
    "ticket_summarizer_v2",
    "Refund tool",
    "Vector index of manuals and of the answers of three years",
    "tokenizer",
];

const ZONES: [(&str, Trust); 5] = [
    ("vault", Trust::Privileged),
    ("internet", Trust::Untrusted),
    ("supplier", Trust::Partner),
    ("cluster", Trust::Internal),
    ("back-office-network-of-the-head-office", Trust::Internal),
];

/// A card with so many components and flows.
pub(crate) fn card(components: usize, flows: usize) -> SecurityCard<'static> {
    // Numbers that look random and are not (Knuth's multiplicative generator).
    let mut state = 1u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % end as u64).unwrap_or_default()
    };
    let text = |text: String| Some(Text::Stated(Cow::Owned(text)));
    let zones = ZONES.iter().map(|(id, trust)| Zone { id: Some(Text::new(id)), trust: Some(*trust), ..Zone::EMPTY });
    let mut system = System { zones: zones.collect(), ..System::EMPTY };
    let component = |index: usize, zone: usize| Component {
        id: text(format!("c{index}")),
        kind: KINDS.get(index % KINDS.len()).copied(),
        name: NAMES.get(index % NAMES.len()).map(|name| Text::new(name)),
        // One in ten stands in no zone.
        zone: ZONES.get(zone).filter(|_| index % 10 != 9).map(|(id, _)| Text::new(id)),
        ..Component::EMPTY
    };
    system.components = (0..components).map(|index| component(index, below(ZONES.len()))).collect();
    let flow = |index: usize, from: usize, to: usize| Flow {
        id: text(format!("f{index}")),
        from: text(format!("c{from}")),
        to: text(format!("c{to}")),
        data: Some(Text::new("Questions and answers")),
        encrypted: Some(index % 4 != 0),
        ..Flow::EMPTY
    };
    system.flows = (0..flows).map(|index| flow(index, below(components), below(components))).collect();
    let mut card = SecurityCard { system, ..SecurityCard::EMPTY };
    card.security_considerations.threats = List::Owned(vec![Threat {
        id: Some(Text::new("prompt-injection")),
        affects: (0..components / 2).map(|index| Text::Stated(Cow::Owned(format!("c{index}")))).collect(),
        ..Threat::EMPTY
    }]);
    card
}
