//! Makes the system of a random card refer to what is there, and its threats cover what a reviewer would ask about.

use smcard_core::schema::Block;
use smcard_core::tree::{Node, Value};
use smcard_core::{Component, Flow, Threat, Vulnerability, Zone};

use super::agreeing::{get_mut, items_mut, remove, set, word, words};
use super::card::{node, stated};
use super::dice::Dice;

/// Changes no more than a rule would speak of.
pub(super) fn system_agrees(card: &mut Node<'static>, dice: &mut Dice) {
    let mut system = get_mut(card, "system");
    let zones = words(items_mut(system.as_deref_mut(), "zones"), "id");
    for component in items_mut(system.as_deref_mut(), "components") {
        if component.get("zone").is_some_and(|zone| zone.stated().is_some()) {
            match zones.as_slice() {
                [] => remove(component, "zone"),
                zones => set(component, Component::SCHEMA, "zone", stated(dice.pick(zones).clone())),
            }
        }
    }
    let components = words(items_mut(system.as_deref_mut(), "components"), "id");
    if let (Some(system), true) = (system.as_deref_mut(), components.is_empty()) {
        remove(system, "flows");
    }
    for flow in items_mut(system.as_deref_mut(), "flows") {
        for end in ["from", "to"] {
            set(flow, Flow::SCHEMA, end, stated(dice.pick(&components).clone()));
        }
    }
    if system.is_some_and(|system| system.entries().is_empty()) {
        remove(card, "system");
    }
    let mut assets = words(items_mut(get_mut(card, "system"), "flows"), "id");
    assets.extend(components);
    let security = get_mut(card, "security_considerations").expect("a required section");
    for vulnerability in items_mut(Some(security), "vulnerabilities") {
        refer(vulnerability, Vulnerability::SCHEMA, &assets, dice);
    }
    for threat in items_mut(Some(security), "threats") {
        refer(threat, Threat::SCHEMA, &assets, dice);
    }
    let threats = items_mut(get_mut(card, "security_considerations"), "threats").len();
    if threats == 0 { reassure(card) } else { cover(card, dice.below(threats)) }
}

/// Lets a list of what is affected name what is there.
fn refer(block: &mut Node<'static>, of: &Block, assets: &[String], dice: &mut Dice) {
    if block.get("affects").is_none() {
        return;
    }
    if assets.is_empty() {
        return remove(block, "affects");
    }
    let affected = (0..=dice.below(3)).map(|_| stated(dice.pick(assets).clone())).collect();
    set(block, of, "affects", node(Value::List(affected)));
}

/// Makes a system of which nobody asks for a threat.
fn reassure(card: &mut Node<'static>) {
    for zone in items_mut(get_mut(card, "system"), "zones") {
        set(zone, Zone::SCHEMA, "trust", word("Internal"));
    }
    for component in items_mut(get_mut(card, "system"), "components") {
        set(component, Component::SCHEMA, "kind", word("Service"));
        remove(component, "sensitivity");
    }
}

/// Lets one threat affect all that is asked about: the flows out of zones that nobody trusts, and every component of
/// which more could be known.
fn cover(card: &mut Node<'static>, threat: usize) {
    let untrusted = |node: &Node<'_>| node.get("trust").and_then(Node::word) == Some("Untrusted");
    let zones = items_mut(get_mut(card, "system"), "zones");
    let crossed = zones.iter().any(untrusted);
    let mut asked = if crossed { words(items_mut(get_mut(card, "system"), "flows"), "id") } else { Vec::new() };
    let doubtful = |component: &&Node<'_>| {
        let is = |key: &str, words: &[&str]| {
            component.get(key).and_then(Node::word).is_some_and(|word| words.contains(&word))
        };
        is("kind", &["Model", "BaseModel", "Adapter", "Guardrail"])
            || is("permission", &["Allowed"])
            || is("sensitivity", &["Confidential", "Restricted"])
    };
    let components = items_mut(get_mut(card, "system"), "components");
    asked.extend(
        components.iter().filter(doubtful).filter_map(|component| component.get("id")?.stated().map(str::to_owned)),
    );
    let security = get_mut(card, "security_considerations");
    let Some(threat) = items_mut(security, "threats").get_mut(threat) else { return };
    let mut affects = threat.get("affects").map(|list| list.items().to_vec()).unwrap_or_default();
    affects.extend(asked.into_iter().map(stated));
    if !affects.is_empty() {
        set(threat, Threat::SCHEMA, "affects", node(Value::List(affects)));
    }
}
