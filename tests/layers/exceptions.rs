//! Exceptions: what is let pass is seen, and what is not needed is told.

use serde_json::json;
use smcard::tree::{Node, Value};
use smcard::{Findings, Policy, SecurityCard, rules};

use crate::common::{REPORT, report_with, report_without, summary};
use crate::{PACKAGE, layered, lines};

fn exception(rule: &str, path: &str) -> String {
    format!(
        "[[exception]]\nrule = \"{rule}\"\npath = \"{path}\"\nreason = \"Ticket 4\"\n\
         approved_by = \"Security\"\nexpires = \"2099-12-31\"\n"
    )
}

/// What the rules say of a final card under a policy for the package.
fn check(report: &str, policy: &str) -> Findings {
    let policy = Policy::from_layers(&[("smcard.toml", policy)], PACKAGE).expect("the policy is right");
    // Read without its rules: a typed card is what a build checks.
    let lenient = "[level]\nmissing-field = \"allow\"\nplaceholder = \"allow\"\ninvalid-date = \"allow\"\n\
                   owner-missing = \"allow\"\nsecret-in-card = \"warning\"\n";
    let lenient = Policy::from_toml(lenient, "smcard.toml").expect("right");
    SecurityCard::from_json_with(report, &lenient).expect("a card").check(&policy)
}

#[test]
fn the_exceptions_of_a_policy_can_be_listed() {
    let text = format!("\n{}{}", exception("placeholder", "training_data"), exception("invalid-date", "model_details"));
    let policy = Policy::from_layers(&[("smcard.toml", &text)], PACKAGE).expect("the policy is right");
    let listed: Vec<_> = policy.exceptions().iter().map(|each| (each.rule.code, &*each.path, each.line)).collect();
    assert_eq!(listed, [("placeholder", "training_data", 2), ("invalid-date", "model_details", 8)]);
}

fn open_threat(id: &str) -> serde_json::Value {
    json!({
        "id": id, "refs": ["NISTAML.022"], "scenario": "Somebody does something.",
        "likelihood": "Low", "impact": "High", "status": "Open"
    })
}

#[test]
fn an_excepted_finding_fails_nothing_and_is_seen() {
    let found = check(&report_with("training_data", "TODO"), &exception("placeholder", "training_data"));
    assert!(found.is_empty(), "{found}");
    assert_eq!(found.exceptions(), 1);
    let excepted = &found.excepted()[0];
    assert_eq!((excepted.finding.rule.code, &*excepted.finding.path), ("placeholder", "training_data"));
    assert!(excepted.finding.is_error());
    let exception = &excepted.exception;
    assert_eq!(
        (&*exception.reason, &*exception.approved_by, &*exception.expires, &*exception.file, exception.line),
        ("Ticket 4", "Security", "2099-12-31", "smcard.toml", 1)
    );
}

#[test]
fn an_exception_by_number_is_for_no_other_item_that_has_the_number_as_its_id() {
    let report = report_with("security_considerations.threats", json!([open_threat("a"), open_threat("0")]));
    let found = check(&report, &exception("owner-missing", "security_considerations.threats[0]"));
    assert_eq!(summary(&found), [("owner-missing", "security_considerations.threats[1].owner")]);
    assert_eq!(found.exceptions(), 1);
}

#[test]
fn an_exception_is_from_its_rule_at_its_path_and_beneath_alone() {
    let todo = report_with("training_data", "TODO");
    let told = |policy: &str| {
        let found = check(&todo, policy);
        summary(&found).iter().map(|(code, path)| format!("{code} {path}")).collect::<Vec<_>>()
    };
    assert_eq!(told(&exception("placeholder", "metrics")), ["placeholder training_data", "unused-exception "]);
    assert_eq!(told(&exception("empty-value", "training_data")), ["placeholder training_data", "unused-exception "]);
    // What lies beneath a path is covered by it; what only begins alike is not.
    let missing = check(&report_without("metrics.decision_thresholds"), &exception("missing-field", "metrics"));
    assert!(missing.is_empty() && missing.exceptions() == 1, "{missing}");
    let missing = check(&report_without("model_details.version"), &exception("missing-field", "model_details.type"));
    assert_eq!(missing.errors(), 1, "{missing}");
}

#[test]
fn what_one_rule_lets_pass_the_next_one_still_sees() {
    let found = check(&report_with("model_details.date", "TODO"), &exception("placeholder", "model_details.date"));
    assert_eq!(summary(&found), [("invalid-date", "model_details.date")]);
}

#[test]
fn what_a_rule_that_is_allowed_would_say_needs_no_exception() {
    let allowed = exception("placeholder", "training_data") + "[level]\nplaceholder = \"allow\"\n";
    let found = check(&report_with("training_data", "TODO"), &allowed);
    assert_eq!((summary(&found), found.exceptions()), (vec![("unused-exception", "")], 0));
    let lenient = allowed.replace("allow", "warning");
    let found = check(&report_with("training_data", "TODO"), &lenient);
    assert!(found.is_empty() && !found.excepted()[0].finding.is_error(), "{found}");
    let found = check(&report_with("model_details.date", "TODO"), "[level]\nplaceholder = \"allow\"\n");
    assert_eq!(summary(&found), [("invalid-date", "model_details.date")]);
}

#[test]
fn an_item_of_a_list_is_named_by_its_id_or_its_number() {
    let report = report_with(
        "security_considerations.threats",
        json!([open_threat("a"), open_threat("legacy.v2"), open_threat("c")]),
    );
    let at = |path: &str| {
        let found = check(&report, &exception("owner-missing", path));
        let mut paths: Vec<String> = found.iter().map(|it| it.path.clone()).collect();
        paths.retain(|path| !path.is_empty());
        paths.iter().map(|path| path.replace("security_considerations.threats", "")).collect::<Vec<_>>()
    };
    assert_eq!(at("security_considerations.threats[legacy.v2]"), ["[0].owner", "[2].owner"]);
    assert_eq!(at("security_considerations.threats[legacy.v2].owner"), ["[0].owner", "[2].owner"]);
    assert_eq!(at("security_considerations.threats[1].owner"), ["[0].owner", "[2].owner"]);
    assert_eq!(at("security_considerations.threats[other]"), ["[0].owner", "[1].owner", "[2].owner"]);
    assert_eq!(at("security_considerations.threats"), [""; 0]);
}

#[test]
fn an_exception_that_nothing_needs_is_a_warning_with_its_line() {
    let found = check(REPORT, &format!("\n\n{}", exception("placeholder", "training_data")));
    assert!(!found.has_errors());
    let lines: Vec<String> = found.iter().map(smcard::Finding::line).collect();
    assert_eq!(
        lines,
        ["smcard.toml:3:1: nothing needs the exception to `placeholder` at `training_data`; \
          help: remove it from the policy [unused-exception]"]
    );
}

#[test]
fn an_exception_that_ended_before_the_card_counts_no_more() {
    let of = |date: &str, expires: &str| {
        let todo = report_with("training_data", "TODO");
        let good = SecurityCard::from_json(REPORT).expect("good");
        let todo = todo.replace(good.model_details.date.as_ref().map_or("", |date| date.words()), date);
        check(&todo, &exception("placeholder", "training_data").replace("2099-12-31", expires))
    };
    assert!(of("2026-03-14", "2026-03-14").is_empty());
    let found = of("2026-03-14", "2026-03-13");
    assert_eq!(summary(&found), [("placeholder", "training_data"), ("unused-exception", "")]);
    assert!(found.to_string().contains("ended on 2026-03-13, before the card's own date"), "{found}");
    // A month or a year is as much of the day as the card knows.
    let counts = |date: &str, expires: &str| of(date, expires).exceptions() == 1;
    assert!(counts("2026-03", "2026-03-01") && !counts("2026-03", "2026-02-28"));
    assert!(counts("2026", "2026-01-01") && !counts("2026", "2025-12-31"));
    // What is no date at all decides nothing.
    assert!(counts("soon", "2025-12-31"));
}

#[test]
fn of_two_exceptions_for_a_place_the_one_that_ends_later_counts() {
    let until = |day: &str| exception("placeholder", "training_data").replace("2099-12-31", day);
    for days in [["2026-01-31", "2026-12-31"], ["2026-12-31", "2026-01-31"]] {
        let found = check(&report_with("training_data", "TODO"), &days.map(until).concat());
        assert!(!found.has_errors(), "{days:?}: {found}");
        assert_eq!(
            found.excepted().iter().map(|excepted| &*excepted.exception.expires).collect::<Vec<_>>(),
            ["2026-12-31"]
        );
    }
    // Of two that end on the same day it is the first.
    let by = |who: &str| exception("placeholder", "training_data").replace("Security", who);
    let found = check(&report_with("training_data", "TODO"), &[by("The board"), by("The head")].concat());
    let approved: Vec<&str> = found.excepted().iter().map(|excepted| &*excepted.exception.approved_by).collect();
    assert_eq!(approved, ["The board"]);
}

#[test]
fn an_exception_is_for_the_package_that_it_names() {
    let todo = report_with("training_data", "TODO");
    let of = |package: &str| format!("{}package = \"{package}\"\n", exception("placeholder", "training_data"));
    assert!(check(&todo, &of(PACKAGE)).is_empty());
    assert_eq!(summary(&check(&todo, &of("another"))), [("placeholder", "training_data")]);
    // A policy that is read for no package knows of none that it names.
    let nobody = Policy::from_toml(&of(PACKAGE), "smcard.toml").expect("right");
    assert_eq!(summary(&crate::common::findings(&todo, &nobody)), [("placeholder", "training_data")]);
}

#[test]
fn an_exception_stands_in_the_outermost_file_unless_it_leaves_that() {
    let nearer = exception("placeholder", "training_data");
    let told = lines(layered("", &nearer));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].starts_with("smcard.toml:1:1: an exception to `placeholder` at `training_data`, but ../smcard.toml"),
        "{told:#?}"
    );
    assert!(told[0].ends_with("[policy-loosened]"), "{told:#?}");
    assert!(layered("[policy]\ndelegate = [\"exception\"]\n", &nearer).is_ok());
    assert!(layered(&nearer, "").is_ok());
    // Every file that it may be an exception from has a say.
    let files = [("a.toml", "[policy]\ndelegate = [\"exception\"]\n"), ("b.toml", ""), ("c.toml", &*nearer)];
    assert!(lines(Policy::from_layers(&files, PACKAGE))[0].contains("but b.toml does not delegate exceptions"));
}

#[test]
fn what_is_wrong_with_an_exception_is_told() {
    let told = |text: &str| lines(Policy::from_layers(&[("smcard.toml", text)], PACKAGE)).join("\n");
    let good = exception("placeholder", "training_data");
    assert_eq!(told(&good), "");
    assert_eq!(told(&exception("placeholder", "extensions.acme.sites[0]")), "");
    for (from, to, words) in [
        ("reason = \"Ticket 4\"\n", "", "`[[exception]]` has no `reason`; help: write reason = \"…\""),
        ("Ticket 4", " ", "an exception needs an approver and a reason, found an empty string"),
        ("2099-12-31", "2099-02-30", "`2099-02-30` is not a day that exists"),
        ("\"placeholder\"", "\"placeholders\"", "unknown rule `placeholders`; help: did you mean `placeholder`?"),
        ("\"placeholder\"", "\"secret-in-card\"", "no exception can be made to `secret-in-card`"),
        ("\"placeholder\"", "\"wrong-kind\"", "no exception can be made to `wrong-kind`"),
        (
            "\"training_data\"",
            "\"training_dat\"",
            "a card has no value at `training_dat`; help: did you mean `training_data`?",
        ),
        ("\"training_data\"", "\"training_data[0]\"", "a card has no value at `training_data[0]`"),
        ("\"training_data\"", "\"extensions.acme.sites[a]\"", "a card has no value at `extensions.acme.sites[a]`"),
        ("\"training_data\"", "\"extensions..sites\"", "a card has no value at `extensions..sites`"),
        (
            "\"training_data\"",
            "\"security_considerations.threats[a[b]\"",
            "a card has no value at `security_considerations.threats[a[b]`",
        ),
        ("\"training_data\"", "\"threats[a]\"", "a card has no value at `threats[a]`; help: "),
        (
            "\"training_data\"",
            "\"security_considerations.threats.owner\"",
            "help: name the item: `security_considerations.threats[its-id]`, or by number",
        ),
        ("approved_by", "aproved_by", "did you mean `approved_by`?"),
    ] {
        let told = told(&good.replace(from, to));
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn an_extension_that_is_let_pass_is_missing_no_more_and_the_others_are() {
    let policy = "[[extension]]\npath = \"acme.region\"\nrequired = true\n[[extension]]\npath = \"acme.owner\"\nrequired = true\n";
    let found = check(REPORT, &format!("{policy}{}", exception("extension-missing", "extensions.acme.region")));
    assert_eq!(summary(&found), [("extension-missing", "extensions.acme.owner")]);
    assert_eq!(found.excepted()[0].finding.path, "extensions.acme.region");
}

#[test]
fn what_only_the_build_script_knows_may_still_need_an_exception() {
    let policy = Policy::from_layers(&[("smcard.toml", &exception("placeholder", "training_data"))], PACKAGE);
    let policy = policy.expect("the policy is right");
    let report = report_with("security_considerations.references", json!(["A paper", "https://parcels.example"]));
    let card = SecurityCard::from_json(&report).expect("the card is right");
    let told = |change: fn(&mut Node<'_>)| {
        let mut tree = card.tree();
        change(&mut tree);
        summary(&rules::check(&tree, &policy)).iter().map(|(code, _)| *code).collect::<Vec<_>>()
    };
    assert_eq!(told(|_| {}), ["unused-exception"]);
    assert_eq!(told(|card| entry(card, "training_data").value = Value::Later), [""; 0]);
    assert_eq!(told(|card| entry(entry(card, "model_details"), "type").value = Value::Later), [""; 0]);
    let in_list = |card: &mut Node<'_>| {
        let list = entry(entry(card, "security_considerations"), "references");
        let Value::List(items) = &mut list.value else { panic!("`references` is a list") };
        items[1].value = Value::Later;
    };
    assert_eq!(told(in_list), [""; 0]);
}

fn entry<'n, 'a>(node: &'n mut Node<'a>, key: &str) -> &'n mut Node<'a> {
    let Value::Block(entries) = &mut node.value else { panic!("a block holds `{key}`") };
    &mut entries.iter_mut().find(|entry| entry.key == key).expect("a field of the card").node
}
