//! What findings say: each in one line that is enough by itself, with the help that fits what stands there.

use serde_json::json;
use smcard::tree::{Node, Value};
use smcard::{List, SecurityCard, rules};

use crate::common::{REPORT, findings, part, policy, report_with, report_without};

const THREATS: &str = "security_considerations.threats";
const TESTS: &str = "security_considerations.tests";
const MEASURES: &str = "metrics.measures";

/// The good report with a list of one good part, but for these changes.
fn with(list: &str, name: &str, changes: serde_json::Value) -> String {
    report_with(list, json!([part(name, changes)]))
}

fn threat(changes: serde_json::Value) -> String {
    with(THREATS, "threat", changes)
}

/// The lines of what is wrong with a report, without the places.
fn told(report: &str) -> Vec<String> {
    let lines = findings(report, &policy("")).into_iter().map(|finding| {
        let place = finding.position.map(|position| format!("{position}: ")).unwrap_or_default();
        finding.line().strip_prefix(&place).map(str::to_owned).unwrap_or_default()
    });
    lines.collect()
}

/// One thing is wrong with each report, and this is said of it.
#[track_caller]
fn assert_told<'l>(cases: impl IntoIterator<Item = (String, &'l str)>) {
    for (report, line) in cases {
        assert_eq!(told(&report), [line], "{report}");
    }
}

#[test]
fn a_rule_is_found_by_a_code_that_is_nearly_its_own() {
    let nearest = |code: &str| rules::nearest(code).map(|rule| rule.code);
    assert_eq!(nearest("mising-field"), Some("missing-field"));
    assert_eq!(nearest("card_stale"), Some("card-stale"));
    assert_eq!(nearest("weather"), None);
}

#[test]
fn a_value_of_the_wrong_kind_is_told_what_its_place_takes() {
    let one = |path: &str, value: serde_json::Value| report_with(path, value);
    assert_told([
        (
            one("training_data", json!(null)),
            "expected a string for `training_data`, found `null`; help: remove the key, or write `\"Not applicable: \
             why\"` [wrong-kind]",
        ),
        (
            one("training_data", json!(4.5)),
            "expected a string for `training_data`, found the number 4.5; help: write `\"4.5\"` [wrong-kind]",
        ),
        (
            one("training_data", json!(true)),
            "expected a string for `training_data`, found `true`; help: write one string, in quotes [wrong-kind]",
        ),
        (
            one("factors", json!("Light")),
            "expected a block for `factors`, found a string; help: write factors: { relevant_factors: \"…\", \
             evaluation_factors: \"…\", }, [wrong-kind]",
        ),
        (
            one(THREATS, json!({ "id": "a" })),
            "expected a list for `threats` in `security_considerations`, found a block; \
             help: write `threats: [{ … }]`: brackets around the block [wrong-kind]",
        ),
        (
            one(THREATS, json!("a")),
            "expected a list for `threats` in `security_considerations`, found a string; \
             help: write `threats: [ … ]` [wrong-kind]",
        ),
        (
            one(THREATS, json!(["a"])),
            "expected a block for `threats[0]` in `security_considerations`, found a string; help: write { id: \"…\", \
             scenario: \"…\", status: /* Open, Mitigated, Accepted, Transferred or NotApplicable */, }, [wrong-kind]",
        ),
        (
            one("security_considerations.references", json!({ "a": "b" })),
            "expected a list for `references` in `security_considerations`, found a block; \
             help: write `references: [ … ]` [wrong-kind]",
        ),
        (
            one("extensions", json!("EU")),
            "expected a block for `extensions`, found a string; \
             help: write `extensions: { your_namespace: { key: \"…\" } }` [wrong-kind]",
        ),
        (
            one("extensions.parcels", json!("EU")),
            "expected a block for `parcels` in `extensions`, found a string; \
             help: write `your_namespace: { key: … }` [wrong-kind]",
        ),
        (
            one("extensions.parcels.region", json!(null)),
            "expected a string, a number, `true`, `false`, a list or a block for `region` in `parcels`, found \
             `null`; help: remove the key, or write `\"Not applicable: why\"` [wrong-kind]",
        ),
    ]);
}

#[test]
fn what_is_true_or_false_has_no_quotes_and_no_reason() {
    let flow = |encrypted: serde_json::Value| {
        let component = |id: &str| json!({ "id": id, "kind": "Service" });
        let flow = json!({ "id": "crops", "from": "camera", "to": "gate", "data": "Pictures", "encrypted": encrypted });
        report_with("system", json!({ "components": [component("camera"), component("gate")], "flows": [flow] }))
    };
    let expected = "expected `true` or `false` for `encrypted` in `flows[0]`, found";
    for (value, said) in [
        (json!("true"), "a string; help: write `true`, without quotes"),
        (json!("false"), "a string; help: write `false`, without quotes"),
        (json!("TLS 1.3"), "a string; help: write `true` or `false`, without quotes"),
        (json!(1), "the number 1; help: write `true` or `false`"),
        (
            json!("Unknown: nobody said"),
            "`unknown(…)`; help: only a text takes a reason: remove the field, or give the reason in a text",
        ),
    ] {
        assert_eq!(told(&flow(value)), [format!("{expected} {said} [wrong-kind]")]);
    }
    // A word without quotes is no JSON: the macro meets it.
    fn say(node: &mut Node<'_>) {
        match &mut node.value {
            Value::Bool(_) => node.value = Value::Word("yes".into()),
            Value::List(items) => items.iter_mut().for_each(say),
            Value::Block(entries) => entries.iter_mut().for_each(|entry| say(&mut entry.node)),
            _ => {}
        }
    }
    let report = flow(json!(true));
    let card = SecurityCard::from_json(&report).expect("a card");
    let mut card = card.tree();
    say(&mut card);
    let found = SecurityCard::check_tree(&card, &policy(""), None);
    let lines: Vec<String> = found.iter().map(smcard::Finding::line).collect();
    let help = "help: write `true` or `false`, or `{ yes }` for a constant";
    assert_eq!(lines, [format!("{expected} the word `yes`; {help} [wrong-kind]")]);
}

#[test]
fn a_field_of_another_section_in_an_item_is_told_its_place_and_what_the_item_takes() {
    let report = report_without("model_details.developer");
    let mut card: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    card["security_considerations"]["threats"] = json!([part("threat", json!({ "developer": "Parcel Vision Ltd" }))]);
    let lines = told(&card.to_string());
    assert_eq!(lines.len(), 1, "{lines:?}");
    let begin = "unknown field `developer` in `threats[0]` in `security_considerations`; \
                 help: `developer` belongs in `model_details`; \
                 help: `threats[0]` in `security_considerations` takes `id`, `title`, ";
    assert!(lines[0].starts_with(begin), "{lines:?}");
}

#[test]
fn fields_that_another_section_lacks_are_told_their_place_each() {
    let mut card: serde_json::Value = serde_json::from_str(REPORT).expect("JSON");
    let details = card["model_details"].as_object_mut().expect("a block");
    let (developer, version) = (details.remove("developer"), details.remove("version"));
    card["factors"] = json!({ "developer": developer, "version": version });
    let lines = told(&card.to_string());
    for field in ["developer", "version"] {
        let begin = format!("unknown field `{field}` in `factors`; help: `{field}` belongs in `model_details`");
        assert!(lines.iter().any(|line| line.starts_with(&begin)), "{lines:#?}");
    }
}

#[test]
fn an_empty_card_is_told_how_one_begins() {
    let told = told("{}");
    let [line] = told.as_slice() else { panic!("{told:?}") };
    assert!(line.starts_with("the card is empty; help: begin with model_details: {"), "{line}");
}

#[test]
fn a_key_is_called_a_name() {
    let told = told(&report_with("extensions.parcels", json!({ "AKIATHISISNOSECRETID": 1 })));
    let [line] = told.as_slice() else { panic!("{told:?}") };
    assert!(line.starts_with("the name `AKIA…` in `parcels` contains an AWS access key"), "{line}");
}

#[test]
fn a_card_that_is_no_block_is_told_how_one_begins() {
    for (report, found) in [("[]", "a list"), ("null", "`null`")] {
        let told = told(report);
        let [line] = told.as_slice() else { panic!("{told:?}") };
        let begins = format!("expected a block for the card, found {found}; help: write {{ model_details: {{");
        assert!(line.starts_with(&begins), "{line}");
    }
}

#[test]
fn a_word_or_a_number_in_another_shape_is_told_how_it_is_written() {
    let stage = |value: serde_json::Value| report_with("model_details.stage", value);
    let attempts = |value: serde_json::Value| with(TESTS, "test", json!({ "attempts": value }));
    assert_told([
        (
            stage(json!(3)),
            "expected one of `Draft`, `Review`, `Production` or `Retired` for `stage` in `model_details`, found a \
             number; help: write one of them, without quotes [wrong-kind]",
        ),
        (
            stage(json!("Withheld: it is secret")),
            "expected one of `Draft`, `Review`, `Production` or `Retired` for `stage` in `model_details`, found \
             `withheld(…)`; help: only a text takes a reason: remove the field, or give the reason in a text \
             [wrong-kind]",
        ),
        (
            stage(json!("Prodction")),
            "unknown value `Prodction` for `stage` in `model_details`; expected `Draft`, `Review`, `Production` or \
             `Retired`; help: did you mean `Production`? [wrong-kind]",
        ),
        (
            stage(json!("Sleeping")),
            "unknown value `Sleeping` for `stage` in `model_details`; expected `Draft`, `Review`, `Production` or \
             `Retired` [wrong-kind]",
        ),
        (
            with(MEASURES, "measure", json!({ "value": "0.93" })),
            "expected a number for `value` in `measures[0]`, found a string; help: write the number without quotes \
             and without a unit [wrong-kind]",
        ),
        (
            with(MEASURES, "measure", json!({ "value": "Withheld: it is secret" })),
            "expected a number for `value` in `measures[0]`, found `withheld(…)`; help: only a text takes a reason: \
             remove the number, or give the reason in a text [wrong-kind]",
        ),
        (
            attempts(json!(4.5)),
            "expected a whole number, 0 or more for `attempts` in `tests[0]`, found the number 4.5; help: write the \
             count itself; a rate belongs in `metrics.measures`, with its name and interval [wrong-kind]",
        ),
        (
            attempts(json!(-4)),
            "expected a whole number, 0 or more for `attempts` in `tests[0]`, found the number -4 [wrong-kind]",
        ),
    ]);
}

#[test]
fn a_number_that_is_not_finite_is_not_called_a_whole_one() {
    let report = with(MEASURES, "measure", json!({}));
    let mut card = SecurityCard::from_json(&report).expect("the card is right");
    let mut measures = card.metrics.measures.to_vec();
    for (value, words) in [
        (f64::INFINITY, "`value` in `measures[0]` is not a finite number; help: write a number below 1.8e308"),
        (1e300, "too large to be exact in 64-bit floating point"),
    ] {
        measures[0].value = Some(value);
        card.metrics.measures = List::Owned(measures.clone());
        let findings = card.check(&policy(""));
        assert!(findings.iter().next().is_some_and(|it| it.line().contains(words)), "{findings}");
    }
}

#[test]
fn a_key_that_is_no_field_is_told_which_there_are() {
    let factors = |value: serde_json::Value| report_with("factors", value);
    let takes = "help: `factors` takes `relevant_factors` and `evaluation_factors`; \
                 note: fields that your organization adds go under `extensions` [unknown-field]";
    assert_told([
        (
            factors(json!({ "a": 1, "b": 2, "c": 3, "d": 4 })),
            &*format!("unknown fields `a`, `b` and `c` and 1 more in `factors`; {takes}"),
        ),
        (factors(json!({ "a": 1, "b": 2 })), &*format!("unknown fields `a` and `b` in `factors`; {takes}")),
        (factors(json!({ "a": 1 })), &*format!("unknown field `a` in `factors`; {takes}")),
        (report_with("factors.colour", "Red"), &*format!("unknown field `colour` in `factors`; {takes}")),
        (
            report_with("factors.relevant_factor", "Light"),
            "unknown field `relevant_factor` in `factors`; help: did you mean `relevant_factors`? it is already \
             there [unknown-field]",
        ),
        (
            REPORT.replace("\"0.7\",", "\"0.7\", \"decision_thresholds\": \"0.8\","),
            "duplicate field `decision_thresholds` in `metrics`; help: keep one of the two [duplicate-field]",
        ),
        (
            REPORT.replace("\"citation\"", "\"citations\""),
            "unknown field `citations` in `model_details`; help: did you mean `citation`? [unknown-field]",
        ),
    ]);
}

#[test]
fn a_key_in_another_section_is_told_where_it_belongs() {
    let moved = |from: &str, to: &str, value: &str| {
        let without: serde_json::Value = serde_json::from_str(&report_without(from)).expect("a report");
        let mut report = without;
        report[to][from.rsplit('.').next().expect("a key")] = json!(value);
        report.to_string()
    };
    let license = moved("model_details.license", "factors", "MIT");
    assert_told([
        (license, "unknown field `license` in `factors`; help: `license` belongs in `model_details` [unknown-field]"),
        (
            moved("training_data", "factors", "Photographs"),
            "unknown field `training_data` in `factors`; help: `training_data` belongs at the top level of the card \
             [unknown-field]",
        ),
        (
            report_with("factors.developer", "Somebody"),
            "unknown field `developer` in `factors`; help: `factors` takes `relevant_factors` and \
             `evaluation_factors`; note: fields that your organization adds go under `extensions` [unknown-field]",
        ),
    ]);
}

#[test]
fn unknown_keys_are_told_apart_where_nothing_has_a_place() {
    let card = SecurityCard::from_json(REPORT).expect("the good report");
    let mut tree = card.tree();
    let Value::Block(sections) = &mut tree.value else { panic!("a card is a block") };
    let Value::Block(details) = &mut sections[0].node.value else { panic!("a section is a block") };
    for entry in details.iter_mut().filter(|entry| ["citation", "contact"].contains(&&*entry.key)) {
        entry.key += "s";
    }
    let told: Vec<String> = rules::check(&tree, &policy("")).iter().map(|finding| finding.line()).collect();
    assert_eq!(
        told,
        ["citation", "contact"].map(|key| format!(
            "unknown field `{key}s` in `model_details`; help: did you mean `{key}`? [unknown-field]"
        ))
    );
}

#[test]
fn what_is_missing_is_shown_as_it_would_be_written() {
    assert_told([
        (
            with("security_considerations.reviews", "review", json!({ "by": null })),
            "missing field `by` in `reviews[0]` in `security_considerations`; help: add `by: \"…\"`; \
             note: The person or body that reviewed [missing-field]",
        ),
        (
            threat(json!({ "scenario": null })),
            "missing field `scenario` in `threats[0]` in `security_considerations`; help: add `scenario: \"…\"`, or \
             `scenario: not_applicable(\"why\")`; note: How it would happen: who does what, with what access, to what \
             effect [missing-field]",
        ),
        (
            threat(json!({ "status": null })),
            "missing field `status` in `threats[0]` in `security_considerations`; help: add `status: …`, one of \
             `Open`, `Mitigated`, `Accepted`, `Transferred` or `NotApplicable`; note: What was decided about it \
             [missing-field]",
        ),
        (
            report_without("training_data"),
            "missing field `training_data`; help: add `training_data: \"…\"`, or `training_data: \
             not_applicable(\"why\")`; note: What the model was trained on: sources, size, period, consent, known gaps [missing-field]",
        ),
        (
            report_without("factors"),
            "missing section `factors`; help: add factors: { relevant_factors: \"…\", evaluation_factors: \"…\", },; \
             note: What the model's results depend on [missing-field]",
        ),
        (
            with(MEASURES, "measure", json!({ "value": null })),
            "missing field `value` in `measures[0]` in `metrics`; help: add `value: …`, a number; note: The figure \
             [missing-field]",
        ),
    ]);
}

#[test]
fn a_text_that_says_nothing_is_told_what_to_say() {
    let text = |text: &str| report_with("training_data", text);
    let reasons =
        "help: state what is known, or write `not_applicable(\"why\")`, `withheld(\"why\")` or `unknown(\"why\")`";
    assert_told([
        (text(""), &*format!("`training_data` is empty; {reasons} [empty-value]")),
        (text("Withheld: "), "`training_data` gives no reason; help: say why in a sentence [empty-value]"),
        (
            report_with("security_considerations.objectives", json!({})),
            "`objectives` in `security_considerations` is empty; help: fill it in, or remove it [empty-value]",
        ),
        (
            report_with(THREATS, json!([])),
            "`threats` in `security_considerations` is empty; help: fill it in, or remove it [empty-value]",
        ),
        (text("See TODO"), &*format!("`training_data` contains the placeholder `TODO`; {reasons} [placeholder]")),
        (
            text("Withheld: TODO"),
            "`training_data` contains the placeholder `TODO`; help: say why in a sentence [placeholder]",
        ),
    ]);
}

#[test]
fn a_threat_is_told_what_its_status_asks_for() {
    assert_told([
        (
            threat(json!({ "status": "Open" })),
            "`patches` is open and has no owner; help: add `owner: \"…\"` to say who answers for it, or change \
             `status` [owner-missing]",
        ),
        (
            threat(json!({ "status": "Mitigated" })),
            "`patches` is mitigated, but names no mitigation; help: add `mitigations: [{ description: \"…\" }]` \
             [mitigation-missing]",
        ),
        (
            threat(json!({ "status": "Accepted" })),
            "`patches` is accepted, but nobody accepted it; help: add `acceptance: { by: \"…\", reason: \"…\", \
             expires: \"…\" }` [acceptance-incomplete]",
        ),
        (
            threat(json!({ "status": "Accepted", "acceptance": { "by": "The head" } })),
            "the acceptance of `patches` lacks `reason` and `expires`; help: add `reason: \"…\", expires: \"…\",` \
             [acceptance-incomplete]",
        ),
        (
            threat(json!({ "status": "Open", "owner": "Withheld: nobody knows" })),
            "`owner` in `threats[0]` needs an answer, found `withheld(…)`; help: write the answer, or leave the field \
             out; note: Who answers for it [answer-required]",
        ),
    ]);
}

#[test]
fn a_reference_that_means_nothing_is_told_what_may_be_meant() {
    let refs = |reference: &str| threat(json!({ "refs": [reference, "NISTAML.022"] }));
    assert_told([
        (
            refs("CVE-2026-1234"),
            "`CVE-2026-1234` in `refs[0]` in `threats[0]` is not an id of a known taxonomy; help: `refs` say what kind \
             of attack or weakness it is; name the vulnerability itself in `scenario`; note: CWE has an id for most \
             kinds of weakness, such as `CWE-502` [unknown-reference]",
        ),
        (
            refs("Evade AI Model"),
            "`Evade AI Model` in `refs[0]` in `threats[0]` is not an id of a known taxonomy; help: write the id of \
             this name: `AML.T0015`; note: `AML.T0015` (Evade AI Model) [unknown-reference]",
        ),
        (
            refs("Something else entirely"),
            "`Something else entirely` in `refs[0]` in `threats[0]` is not an id of a known taxonomy; help: write an \
             id such as `AML.T0015`, `NISTAML.022`, `LLM01:2026`, `ML01:2023`, `ASI01` or `CWE-1039`; help: declare \
             an id of your own in the policy: `[[taxonomy.extra]]` with `id` and `name` [unknown-reference]",
        ),
        (
            refs("AML.T0015 Phishing"),
            "`AML.T0015` in `refs[0]` in `threats[0]` is not named `Phishing`; help: it is `AML.T0015` (Evade AI \
             Model); help: `AML.T0052` (Phishing) has that name [name-mismatch]",
        ),
        (
            refs("LLM06"),
            "`LLM06` in `refs[0]` in `threats[0]` has no edition; help: write `LLM06:2023`, `LLM06:2025` or \
             `LLM06:2026`; note: `LLM06:2026` (Unbounded Consumption); note: `LLM06:2025` (Excessive Agency); \
             note: `LLM06:2023` (Sensitive Information Disclosure) [ambiguous-edition]",
        ),
    ]);
    let superseded = told(&refs("LLM06:2025"));
    assert_eq!(
        superseded,
        ["`LLM06:2025` (Excessive Agency) in `refs[0]` in `threats[0]` is of an older edition; help: in the 2026 \
          edition it is `LLM03:2026` (Excessive Agency) [superseded-edition]"]
    );
}
