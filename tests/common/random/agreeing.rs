//! Makes a random card agree with itself, as the rules on consistency and decisions ask.

use smcard_core::schema::Block;
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Acceptance, Measure, Objective, Objectives, Risk, SecurityConsiderations, Threat};

use super::card::{entry, node, stated};
use super::dice::Dice;
use super::system::system_agrees;

/// Changes no more than a rule would speak of.
pub(super) fn agree(card: &mut Node<'static>, dice: &mut Dice) {
    let details = get_mut(card, "model_details").expect("a required section");
    let production = details.get("stage").and_then(Node::word) == Some("Production");
    if details.get("date").and_then(Node::stated).is_some() {
        let date = *dice.pick(&["2009-12-31", "2009-12", "2009"]);
        set(details, smcard_core::ModelDetails::SCHEMA, "date", stated(date));
    }
    for measure in items_mut(get_mut(card, "metrics"), "measures") {
        measure_agrees(measure, dice);
    }
    let security = get_mut(card, "security_considerations").expect("a required section");
    for test in items_mut(Some(security), "tests") {
        for measure in items_mut(Some(test), "measures") {
            measure_agrees(measure, dice);
        }
        let count = |key: &str| test.get(key).and_then(Node::number);
        if let (Some(attempts), Some(failures)) = (count("attempts"), count("failures")) {
            set(test, smcard_core::Test::SCHEMA, "failures", number(failures % (attempts + 1.0)));
        }
    }
    let tests: Vec<String> = words(items_mut(Some(security), "tests"), "id");
    let mut shown: Vec<String> = Vec::new();
    for threat in items_mut(Some(security), "threats") {
        shown.extend(threat_agrees(threat, &tests, production, dice));
    }
    for test in items_mut(Some(security), "tests") {
        if test.get("id").and_then(Node::stated).is_some_and(|id| shown.iter().any(|shown| shown == id)) {
            set(test, smcard_core::Test::SCHEMA, "result", word("Passed"));
        }
    }
    if production {
        let days = words(items_mut(Some(security), "reviews"), "date");
        let last = days.iter().enumerate().max_by_key(|(index, day)| (*day, *index)).map(|(index, _)| index);
        for (index, review) in items_mut(Some(security), "reviews").iter_mut().enumerate() {
            if Some(index) == last {
                set(review, smcard_core::Review::SCHEMA, "decision", word("Approved"));
            }
        }
    }
    if security.get("ai_class").is_some() {
        objectives_agree(security, dice);
    }
    system_agrees(card, dice);
}

fn measure_agrees(measure: &mut Node<'static>, dice: &mut Dice) {
    let value = measure.get("value").and_then(Node::number).unwrap_or_default() % 1e9;
    let beside = 1.0 + value.abs() / 2.0;
    set(measure, Measure::SCHEMA, "value", number(value));
    if measure.get("interval").is_some() {
        let bounds = [value - beside, value + if dice.once_in(2) { 0.0 } else { beside }];
        set(measure, Measure::SCHEMA, "interval", node(Value::List(bounds.map(number).into())));
    }
    if let Some(threshold) = get_mut(measure, "threshold") {
        let most = threshold.get("op").and_then(Node::word).is_some_and(|op| op == "AtMost" || op == "LessThan");
        let bound = if most { value + beside } else { value - beside };
        set(threshold, smcard_core::Threshold::SCHEMA, "value", number(bound));
        if measure.get("direction").is_some() {
            let better = if most { "LowerIsBetter" } else { "HigherIsBetter" };
            set(measure, Measure::SCHEMA, "direction", word(better));
        }
    }
    let within = |block: &str| measure.get(block)?.get("value")?.number();
    let bounds = measure.get("interval").map(Node::items).unwrap_or_default().iter().filter_map(Node::number);
    let figures =
        [Some(value), measure.get("baseline").and_then(Node::number), within("threshold"), within("comparator")];
    if figures.into_iter().flatten().chain(bounds).any(|figure| !(0.0..=1.0).contains(&figure))
        && measure.get("unit").is_none()
    {
        set(measure, Measure::SCHEMA, "unit", stated("points"));
    }
}

/// Gives the tests that must have passed.
fn threat_agrees(threat: &mut Node<'static>, tests: &[String], production: bool, dice: &mut Dice) -> Option<String> {
    let status = threat.get("status").and_then(Node::word).unwrap_or_default().to_owned();
    if status == "Open" && threat.get("owner").is_none() {
        set(threat, Threat::SCHEMA, "owner", stated("The team"));
    }
    let mitigation = || node(Value::List(vec![node(Value::Block(vec![entry("description", stated("Looked at."))]))]));
    if status == "Mitigated" && threat.get("mitigations").is_none() {
        set(threat, Threat::SCHEMA, "mitigations", mitigation());
    }
    if status == "Accepted" || threat.get("acceptance").is_some() {
        let whole = Acceptance::SCHEMA.fields.iter().map(|field| {
            (
                field.name,
                match field.name {
                    "expires" => stated(format!("21{}-01-31", 10 + dice.below(80))),
                    _ => stated("By whom and why"),
                },
            )
        });
        let whole = whole.map(|(name, value)| entry(name, value)).collect();
        set(threat, Threat::SCHEMA, "acceptance", node(Value::Block(whole)));
    }
    for (one, other) in [("likelihood", "impact"), ("impact", "likelihood")] {
        if threat.get(other).is_none() && (production || threat.get(one).is_some()) {
            set(threat, Threat::SCHEMA, other, word(dice.pick(Risk::SCHEMA.variants).name));
        }
    }
    let risk = |key: &str| threat.get(key).and_then(Node::word).and_then(Risk::from_name);
    let before = risk("likelihood").zip(risk("impact")).map(|(likelihood, impact)| Risk::of(likelihood, impact));
    if let (Some(before), Some(residual)) = (before, risk("residual")) {
        if residual < before && threat.get("mitigations").is_none() {
            set(threat, Threat::SCHEMA, "residual", word(before.name()));
        }
    }
    if threat.get("objectives").is_none() {
        // This one decides it, whatever the class.
        let mut refs = threat.get("refs").map(|refs| refs.items().to_vec()).unwrap_or_default();
        refs.push(stated("NISTAML.024"));
        set(threat, Threat::SCHEMA, "refs", node(Value::List(refs)));
    }
    threat.get("evidence")?;
    if tests.is_empty() {
        remove(threat, "evidence");
        return None;
    }
    let evidence: Vec<&String> = (0..=dice.below(2)).map(|_| dice.pick(tests)).collect();
    let shown = (status == "Mitigated").then(|| (*dice.pick(&evidence)).clone());
    let evidence = evidence.into_iter().map(|id| stated(id.clone())).collect();
    set(threat, Threat::SCHEMA, "evidence", node(Value::List(evidence)));
    shown
}

/// Every objective has a text, or a threat that serves it.
fn objectives_agree(security: &mut Node<'static>, dice: &mut Dice) {
    let threats = items_mut(Some(security), "threats");
    let stated_by: Vec<&Node<'_>> = threats.iter().filter_map(|threat| threat.get("objectives")).collect();
    let decided = stated_by.len() < threats.len();
    let served = |objective: Objective| {
        stated_by.iter().flat_map(|list| list.items()).any(|stated| stated.word() == Some(objective.name()))
    };
    let mut texts = Vec::new();
    for (field, objective) in Objectives::SCHEMA.fields.iter().zip(Objective::ALL) {
        let threatened = served(objective) || (decided && objective == Objective::Integrity);
        // At least the last one has a text, so that there is a block to make mistakes in.
        let last = texts.is_empty() && objective == Objective::SupplyChain;
        if !threatened || last || dice.once_in(3) {
            texts.push(entry(field.name, stated("It was looked at.")));
        }
    }
    set(security, SecurityConsiderations::SCHEMA, "objectives", node(Value::Block(texts)));
}

fn number(number: f64) -> Node<'static> {
    node(Value::Number(number))
}

pub(super) fn word(word: &'static str) -> Node<'static> {
    node(Value::Word(word.into()))
}

/// The words of a choice or a text of each block.
pub(super) fn words(blocks: &[Node<'_>], key: &str) -> Vec<String> {
    blocks.iter().filter_map(|block| block.get(key)?.word().map(str::to_owned)).collect()
}

pub(super) fn get_mut<'n>(block: &'n mut Node<'static>, key: &str) -> Option<&'n mut Node<'static>> {
    let Value::Block(entries) = &mut block.value else { return None };
    entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node)
}

pub(super) fn items_mut<'n>(block: Option<&'n mut Node<'static>>, key: &str) -> &'n mut [Node<'static>] {
    match block.and_then(|block| get_mut(block, key)).map(|list| &mut list.value) {
        Some(Value::List(items)) => items,
        _ => &mut [],
    }
}

/// Puts a value under a key, which stands where the schema has it.
pub(super) fn set(block: &mut Node<'static>, of: &Block, key: &'static str, value: Node<'static>) {
    if let Some(node) = get_mut(block, key) {
        *node = value;
        return;
    }
    let Value::Block(entries) = &mut block.value else { return };
    let rank = |key: &str| of.fields.iter().position(|field| field.name == key);
    let at = entries.iter().position(|entry: &Entry<'_>| rank(&entry.key) > rank(key)).unwrap_or(entries.len());
    entries.insert(at, entry(key, value));
}

pub(super) fn remove(block: &mut Node<'static>, key: &str) {
    if let Value::Block(entries) = &mut block.value {
        entries.retain(|entry| entry.key != key);
    }
}
