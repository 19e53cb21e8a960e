//! The card of the benchmarks with as many parts as one wants.

use smcard::{Component, ComponentKind, Flow, List, SecurityCard, Text, Threat, Trust, Zone};

use super::card::CARD;

/// The card of these benchmarks with its threats over and over, each with an id of its own.
pub(crate) fn with_threats(count: usize) -> SecurityCard<'static> {
    let mut card = CARD.clone();
    let present: Vec<Threat<'_>> = card.security_considerations.threats.to_vec();
    let threats = present.into_iter().cycle().take(count).enumerate();
    let threats = threats.map(|(number, threat)| Threat { id: text(format!("threat-{number}")), ..threat });
    card.security_considerations.threats = List::Owned(threats.collect());
    card
}

/// The card of these benchmarks with so many components more, each with a flow to the next one that a threat affects.
pub(crate) fn with_components_and_flows(count: usize) -> SecurityCard<'static> {
    let mut card = CARD.clone();
    let flow = |number: usize| text(format!("flow-{number}"));
    let component = |number: usize| text(format!("component-{}", number % count));
    let zone = Zone { id: text("many".to_owned()), trust: Some(Trust::Untrusted), ..Zone::EMPTY };
    add(&mut card.system.zones, [zone]);
    add(
        &mut card.system.components,
        (0..count).map(|number| Component {
            id: component(number),
            kind: Some(ComponentKind::Service),
            zone: text("many".to_owned()),
            ..Component::EMPTY
        }),
    );
    add(
        &mut card.system.flows,
        (0..count).map(|number| Flow {
            id: flow(number),
            from: component(number),
            to: component(number + 1),
            encrypted: Some(true),
            ..Flow::EMPTY
        }),
    );
    let mut threats = card.security_considerations.threats.to_vec();
    if let Some(threat) = threats.first_mut() {
        add(&mut threat.affects, (0..count).filter_map(flow));
    }
    card.security_considerations.threats = List::Owned(threats);
    card
}

/// The card of these benchmarks with so many threats that affect one component, and as many flows to it.
pub(crate) fn with_threats_and_flows_of_one_component(count: usize) -> SecurityCard<'static> {
    let mut card = with_threats(count);
    let threats = card.security_considerations.threats.iter().cloned();
    let affects = || List::Owned(vec![Text::Stated("reader".into())]);
    card.security_considerations.threats = threats.map(|threat| Threat { affects: affects(), ..threat }).collect();
    add(
        &mut card.system.flows,
        (0..count).map(|number| Flow {
            id: text(format!("flow-{number}")),
            from: text("uploads".to_owned()),
            to: text("reader".to_owned()),
            ..Flow::EMPTY
        }),
    );
    card
}

fn text(words: String) -> Option<Text<'static>> {
    Some(Text::Stated(words.into()))
}

/// Adds to what the card has already.
fn add<T: Clone>(list: &mut List<'static, T>, more: impl IntoIterator<Item = T>) {
    let present = list.iter().cloned();
    *list = List::Owned(present.chain(more).collect());
}
