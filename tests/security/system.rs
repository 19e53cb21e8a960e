//! The report of the system that a reviewer reads.

use serde_json::{Value, json};
use smcard::{Fact, Permission, SecurityCard, SystemReport, Text, Trust};

use crate::{card, threat};

/// A shop whose assistant reads what customers write, and can pay money back.
fn shop(affects: &[(&str, &[&str])]) -> String {
    let threats: Vec<Value> = affects.iter().map(|(id, ids)| threat(id, json!({ "affects": ids }))).collect();
    let security = if threats.is_empty() { json!({}) } else { json!({ "threats": threats }) };
    let mut card: Value = serde_json::from_str(&card(security)).expect("the card is JSON");
    card["system"] = json!({
        "zones": [
            { "id": "web", "trust": "Untrusted" },
            { "id": "shop", "trust": "Internal" },
            { "id": "office", "trust": "Internal" },
        ],
        "components": [
            { "id": "browser", "kind": "Client", "zone": "web" },
            { "id": "assistant", "kind": "Model", "zone": "shop", "files": [{ "path": "a.gguf", "sha256": "0f".repeat(32) }] },
            {
                "id": "base", "kind": "BaseModel", "supplier": "Unknown: it was found on a disk",
                "license": "Withheld: under a contract", "url": "Not applicable: it is nowhere to be had",
                "files": [{ "path": "b.gguf", "sha256": "0f".repeat(32) }, { "path": "c.gguf" }],
            },
            { "id": "refund", "kind": "Tool", "zone": "office", "permission": "NeedsApproval" },
        ],
        "flows": [
            { "id": "question", "from": "browser", "to": "assistant", "encrypted": true },
            { "id": "answer", "from": "assistant", "to": "browser" },
            { "id": "payment", "from": "assistant", "to": "refund", "encrypted": false },
            { "id": "weights", "from": "base", "to": "assistant" },
        ],
    });
    card.to_string()
}

fn with<R>(affects: &[(&str, &[&str])], look: impl FnOnce(&SystemReport<'_>) -> R) -> R {
    let text = shop(affects);
    let card = SecurityCard::from_json(&text).expect("the card is right");
    look(&card.system_report())
}

fn id<'t>(text: &'t Option<Text<'_>>) -> &'t str {
    text.as_ref().and_then(Text::stated).unwrap_or_default()
}

#[test]
fn the_flows_that_cross_a_trust_boundary_are_told_with_its_two_sides() {
    with(&[], |report| {
        let crossed: Vec<_> = report.boundaries().map(|flow| (id(&flow.flow.id).to_owned(), flow.boundary)).collect();
        assert_eq!(
            crossed,
            [
                ("question".to_owned(), Some((Trust::Untrusted, Trust::Internal))),
                ("answer".to_owned(), Some((Trust::Internal, Trust::Untrusted))),
            ]
        );
        let ends: Vec<_> = report
            .flows
            .iter()
            .map(|flow| (flow.from.map(|from| id(&from.id).to_owned()), flow.to.map(|to| id(&to.id).to_owned())))
            .collect();
        assert_eq!(ends[3], (Some("base".to_owned()), Some("assistant".to_owned())));
    });
}

#[test]
fn a_flow_has_the_threats_to_it_and_to_what_receives_it_in_the_order_of_the_card() {
    let affects: &[(&str, &[&str])] =
        &[("a", &["assistant"]), ("b", &["refund", "question"]), ("c", &["assistant", "question"])];
    with(affects, |report| {
        let of = |index: usize| {
            report.flows[index].threats.iter().map(|threat| id(&threat.id)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!([of(0), of(1), of(2), of(3)], ["a b c", "", "b", "a c"]);
        let of = |index: usize| {
            report.components[index].threats.iter().map(|threat| id(&threat.id)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!([of(0), of(1), of(2), of(3)], ["", "a c", "", "b"]);
    });
}

#[test]
fn what_no_threat_affects_is_told() {
    with(&[("a", &["assistant", "answer"])], |report| {
        let components: Vec<&str> = report.untouched_components().map(|report| id(&report.component.id)).collect();
        assert_eq!(components, ["browser", "base", "refund"]);
        let flows: Vec<&str> = report.untouched_flows().map(|report| id(&report.flow.id)).collect();
        assert_eq!(flows, ["payment"]);
    });
}

#[test]
fn of_each_component_it_is_told_where_it_runs_and_what_is_known_of_it() {
    with(&[], |report| {
        let zones: Vec<_> = report.components.iter().map(|component| component.zone.map(|zone| id(&zone.id))).collect();
        assert_eq!(zones, [Some("web"), Some("shop"), None, Some("office")]);
        let pinned: Vec<bool> = report.components.iter().map(|component| component.pinned).collect();
        assert_eq!(pinned, [false, true, false, false]);
        let fact =
            |name: &str| report.components[2].facts.iter().find(|(field, _)| field.name == name).map(|(_, fact)| *fact);
        assert_eq!(fact("kind"), Some(Fact::Stated));
        assert_eq!(fact("files"), Some(Fact::Stated));
        assert_eq!(fact("supplier"), Some(Fact::Unknown));
        assert_eq!(fact("license"), Some(Fact::Withheld));
        assert_eq!(fact("url"), Some(Fact::NotApplicable));
        assert_eq!(fact("version"), Some(Fact::Absent));
        assert_eq!(fact("no such field"), None);
    });
}

#[test]
fn tools_are_told_with_their_permission() {
    with(&[], |report| {
        let tools: Vec<_> = report.tools().map(|tool| (id(&tool.component.id), tool.component.permission)).collect();
        assert_eq!(tools, [("refund", Some(Permission::NeedsApproval))]);
    });
}

#[test]
fn a_card_that_was_not_checked_has_a_report_of_what_it_holds() {
    let text = shop(&[]);
    let mut card = SecurityCard::from_json(&text).expect("the card is right");
    card.system.components = card.system.components.iter().skip(1).cloned().collect();
    let report = card.system_report();
    assert_eq!(report.flows[0].from, None);
    assert_eq!(report.flows[0].boundary, None);
    assert!(SecurityCard::EMPTY.system_report().components.is_empty());
}

#[test]
fn flows_with_the_same_threats_share_a_list_and_others_do_not() {
    with(&[("injection", &["assistant"])], |report| {
        let [question, answer, _, weights] = report.flows.as_slice() else { panic!("four flows") };
        assert!(std::sync::Arc::ptr_eq(&question.threats, &weights.threats));
        assert_eq!((question.threats.len(), answer.threats.len()), (1, 0));
    });
    with(&[("injection", &["assistant"]), ("back-door", &["weights"])], |report| {
        let [question, _, _, weights] = report.flows.as_slice() else { panic!("four flows") };
        assert_eq!((question.threats.len(), weights.threats.len()), (1, 2));
    });
}
