//! A card is as large as a card may be whichever way it comes: as a report, through serde, or typed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::borrow::Cow;
use std::time::{Duration, Instant};

use common::{REPORT, part, report_with};
use serde_json::{Value, json};
use smcard::{
    Extension, ExtensionValue, Extensions, Findings, List, MAX_BYTES, MAX_DEPTH, MAX_VALUES, Policy, SecurityCard, Text,
};

/// The good card with this value among its extensions.
fn typed(value: ExtensionValue<'static>) -> SecurityCard<'static> {
    let block =
        |key: &'static str, value| ExtensionValue::Block(List::Owned(vec![Extension { key: key.into(), value }]));
    let mut card = SecurityCard::from_json(REPORT).unwrap();
    let parcels = Extension { key: "parcels".into(), value: block("site", value) };
    card.extensions = Extensions(List::Owned(vec![parcels]));
    card
}

/// Whether each way in takes a card: checking the typed one, reading its report, and serde.
#[track_caller]
fn taken(card: &SecurityCard<'_>) -> bool {
    let report = card.to_json();
    let findings = card.check(&Policy::default());
    let (typed, read) = (!findings.has_errors(), SecurityCard::from_json(&report).is_ok());
    let by_serde = serde_json::from_str::<SecurityCard<'_>>(&report).is_ok();
    assert_eq!((typed, by_serde), (read, read), "typed, serde; read: {read}");
    assert!(findings.iter().all(|finding| finding.rule.code == "card-too-large"), "{findings}");
    assert!(findings.len() <= 1, "{findings}");
    read
}

fn nested(lists: usize) -> ExtensionValue<'static> {
    (0..lists).fold(ExtensionValue::Bool(true), |inner, _| ExtensionValue::List(List::Owned(vec![inner])))
}

#[test]
fn all_ways_in_take_the_same_depth() {
    let around = ["the card", "extensions", "parcels"].len();
    assert!(taken(&typed(nested(MAX_DEPTH - around))));
    assert!(!taken(&typed(nested(MAX_DEPTH - around + 1))));
    assert!(!taken(&typed(nested(MAX_DEPTH + 1))));
}

/// How many values the report holds, blocks and lists counted.
fn values(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(values).sum(),
        Value::Object(entries) => entries.values().map(values).sum(),
        _ => 0,
    }
}

#[test]
fn all_ways_in_take_the_same_number_of_values() {
    let of = |items: usize| typed(ExtensionValue::List(List::Owned(vec![ExtensionValue::Bool(true); items])));
    let around = values(&serde_json::to_value(of(1)).unwrap()) - 1;
    assert!(taken(&of(MAX_VALUES - around)));
    assert!(!taken(&of(MAX_VALUES - around + 1)));
    // The last value that a card may have is looked at, as all before it.
    let mut items = vec![ExtensionValue::Bool(true); MAX_VALUES - around];
    items[MAX_VALUES - around - 1] = text("TODO".to_owned());
    let found = typed(ExtensionValue::List(List::Owned(items))).check(&Policy::default());
    let codes: Vec<&str> = found.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["placeholder"]);
}

fn text(text: String) -> ExtensionValue<'static> {
    ExtensionValue::Text(owned(text))
}

/// A card whose report has this many bytes: its texts by themselves, without what JSON puts around them, are fewer.
fn of_bytes(bytes: usize) -> SecurityCard<'static> {
    let of = |texts: usize, last: usize| {
        let mut list = vec![text("x".repeat(200_000)); texts];
        list.push(text("x".repeat(last)));
        list.push(text("x".repeat(last)));
        typed(ExtensionValue::List(List::Owned(list)))
    };
    let around = of(0, 1).to_json().len() - 2;
    let each = of(1, 1).to_json().len() - 2 - around;
    let texts = (bytes - around) / each;
    let left = bytes - around - texts * each;
    let mut card = of(texts, left / 2);
    if left % 2 == 1 {
        card.model_details.developer = card.model_details.developer.map(|text| text.to_string() + "x").map(owned);
    }
    card
}

fn owned(text: String) -> Text<'static> {
    Text::from(Cow::<str>::Owned(text))
}

#[test]
fn all_ways_in_take_the_same_number_of_bytes() {
    let (largest, larger) = (of_bytes(MAX_BYTES), of_bytes(MAX_BYTES + 1));

    assert_eq!((largest.to_json().len(), larger.to_json().len()), (MAX_BYTES, MAX_BYTES + 1));
    assert!(taken(&largest));
    assert!(!taken(&larger));
}

#[test]
fn what_is_escaped_counts_as_the_report_writes_it() {
    let of = |texts: usize| typed(ExtensionValue::List(List::Owned(vec![text("\"".repeat(200_000)); texts])));
    assert!(taken(&of(MAX_BYTES / 400_100)));
    assert!(!taken(&of(MAX_BYTES / 400_000 + 1)));
}

/// Much longer than anything linear takes here, in a debug build on a busy machine.
const LONG: Duration = Duration::from_secs(10);

#[test]
fn what_is_indented_counts_as_the_report_writes_it() {
    let block = |entries| ExtensionValue::Block(List::Owned(entries));
    let of = |count: usize| {
        let key = |index: usize| format!("{index:_>64}").into();
        let entries =
            (0..count).map(|index| Extension { key: key(index), value: ExtensionValue::Bool(true) }).collect();
        let deep = (0..MAX_DEPTH - 4)
            .fold(block(entries), |inner, _| block(vec![Extension { key: "k".into(), value: inner }]));
        typed(deep)
    };
    let each = of(2).to_json().len() - of(1).to_json().len();
    let card = of(MAX_BYTES / each + 1);
    assert!(card.to_json().len() > MAX_BYTES);
    // Nor may a report be longer than that because it is indented anew.
    let compact = serde_json::to_string(&card).unwrap();
    assert!(compact.len() < MAX_BYTES / 2);
    assert_eq!(counted(&SecurityCard::check_json(&compact, &Policy::default(), None), "card-too-large"), 1);
    let codes: Vec<&str> = card.check(&Policy::default()).iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["card-too-large"]);
}

fn findings(report: &str) -> Findings {
    SecurityCard::from_json(report).unwrap_err()
}

/// How many findings there are, and that no more are kept than are shown.
#[track_caller]
fn counted(findings: &Findings, code: &str) -> usize {
    let kept = findings.iter().count();
    assert!(kept <= 2 * Findings::SHOWN, "{kept} are kept");
    assert_eq!(kept + findings.omitted(), findings.len());
    assert!(findings.iter().any(|finding| finding.rule.code == code), "{findings}");
    findings.errors()
}

#[test]
fn of_four_megabytes_of_empty_threats_a_hundred_are_told_and_the_card_is_too_large() {
    let threats = "{},".repeat(4_000_000 / 3);
    let report = format!("{{\"security_considerations\":{{\"threats\":[{}{{}}]}}}}", threats);
    assert_eq!(counted(&findings(&report), "card-too-large"), 1);
}

#[test]
fn of_as_many_empty_threats_as_a_card_may_hold_each_is_counted() {
    let count = 20_000;
    let report = report_with("security_considerations.threats", vec![json!({}); count]);
    let found = counted(&findings(&report), "missing-field");
    assert_eq!(found % count, 0, "{found}");
    assert!(found >= count, "{found}");
}

#[test]
fn ten_thousand_dangling_evidences_are_counted_in_little_time() {
    let tests: Vec<Value> = (0..5_000).map(|index| part("test", json!({ "id": format!("test-{index}") }))).collect();
    let evidence: Vec<String> = (0..10_000).map(|index| format!("tset-{index}")).collect();
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    report["security_considerations"]["threats"] = json!([part("threat", json!({ "evidence": evidence }))]);
    report["security_considerations"]["tests"] = json!(tests);

    let begun = Instant::now();
    assert_eq!(counted(&findings(&report.to_string()), "dangling-evidence"), 10_000);
    assert!(begun.elapsed() < LONG, "{:?}", begun.elapsed());
}

#[test]
fn twenty_thousand_unknown_references_are_counted_in_little_time() {
    let refs: Vec<String> = (0..20_000).map(|index| format!("AML.T{}", 100_000 + index)).collect();
    let threat = part("threat", json!({ "refs": refs, "objectives": ["Integrity"] }));

    let begun = Instant::now();
    let report = report_with("security_considerations.threats", json!([threat]));
    assert_eq!(counted(&findings(&report), "unknown-reference"), 20_000);
    assert!(begun.elapsed() < LONG, "{:?}", begun.elapsed());
}
