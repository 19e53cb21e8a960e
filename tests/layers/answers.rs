//! What a policy asks of texts and of the items of lists.

use serde_json::json;

use crate::common::{findings, policy, report_with, summary};

#[test]
fn an_answer_that_the_policy_wants_is_no_reason_in_its_place() {
    let text = "[require]\nanswered = [\n  \"training_data\",\n  \"model_details\",\n]\n";
    for reason in ["Withheld: a contract", "Not applicable: no data"] {
        let found = findings(&report_with("training_data", reason), &policy(text));
        assert_eq!(summary(&found), [("answer-required", "training_data")], "{reason}");
        assert!(found.to_string().contains("note: required by smcard.toml:3"), "{found}");
        assert_eq!(summary(&findings(&report_with("training_data", reason), &policy(""))), []);
    }
    let found = findings(&report_with("model_details.citation", "Withheld: a contract"), &policy(text));
    assert_eq!(summary(&found), [("answer-required", "model_details.citation")]);
    assert_eq!(summary(&findings(&report_with("training_data", "Images."), &policy(text))), []);
}

#[test]
fn an_answer_may_be_wanted_of_all_that_an_organization_adds() {
    let card = report_with("extensions.acme.sites", json!(["Gent", "Withheld: a contract"]));
    let found = findings(&card, &policy("[require]\nanswered = [\"extensions\"]\n"));
    assert_eq!(summary(&found), [("answer-required", "extensions.acme.sites[1]")]);
    assert_eq!(summary(&findings(&card, &policy(""))), []);
}

#[test]
fn a_stage_wants_answers_of_cards_that_have_reached_it() {
    let policy = policy("[stage.production]\nanswered = [\"training_data\"]\n");
    let at = |stage: &str| {
        report_with("training_data", "Withheld: a contract").replacen(
            "\"model_details\": {",
            &format!("\"model_details\": {{ \"stage\": \"{stage}\","),
            1,
        )
    };
    assert_eq!(summary(&findings(&at("Production"), &policy)), [("answer-required", "training_data")]);
    assert_eq!(summary(&findings(&at("Draft"), &policy)), []);
}

fn threats(threats: serde_json::Value) -> String {
    report_with("security_considerations.threats", threats)
}

fn threat(id: &str) -> serde_json::Value {
    json!({
        "id": id, "refs": ["NISTAML.022"], "scenario": "Somebody does something.",
        "likelihood": "Low", "impact": "High", "status": "Transferred"
    })
}

fn with(mut threat: serde_json::Value, key: &str, value: serde_json::Value) -> serde_json::Value {
    threat[key] = value;
    threat
}

#[test]
fn a_path_through_a_list_asks_of_each_item() {
    let policy = policy("[require]\nfields = [\"security_considerations.threats.owner\"]\n");
    let card = threats(json!([threat("a"), with(threat("b"), "owner", json!("Team")), threat("c")]));
    let found = findings(&card, &policy);
    assert_eq!(
        summary(&found),
        [
            ("required-by-policy", "security_considerations.threats[0].owner"),
            ("required-by-policy", "security_considerations.threats[2].owner"),
        ]
    );
    assert!(found.to_string().contains("missing field `owner` in `threats[0]`"), "{found}");
    assert!(found.to_string().contains("required by smcard.toml:2"), "{found}");
    // Where there is no item, none lacks anything.
    assert_eq!(summary(&findings(crate::common::REPORT, &policy)), []);
}

#[test]
fn a_block_that_is_not_there_lacks_the_field_that_is_asked_of_it() {
    let policy = policy("[require]\nfields = [\"security_considerations.objectives.misuse\"]\n");
    let found = findings(crate::common::REPORT, &policy);
    assert_eq!(summary(&found), [("required-by-policy", "security_considerations.objectives.misuse")]);
    assert!(found.to_string().contains("missing field `misuse` in `objectives`"), "{found}");
    let card = report_with("security_considerations.objectives.misuse", "It writes no texts.");
    assert_eq!(summary(&findings(&card, &policy)), []);
}

#[test]
fn a_field_that_is_asked_for_and_misspelt_is_one_finding() {
    let policy = policy("[require]\nfields = [\"model_details.name\"]\n");
    assert_eq!(
        summary(&findings(&report_with("model_details.nmae", "Parcels"), &policy)),
        [("unknown-field", "model_details.nmae")]
    );
}

#[test]
fn a_field_of_each_item_may_be_optional_or_want_an_answer() {
    let mut bare = threat("a");
    bare.as_object_mut().expect("a block").remove("scenario");
    let optional = policy("[optional]\nfields = [\"security_considerations.threats.scenario\"]\n");
    assert_eq!(summary(&findings(&threats(json!([bare])), &optional)), []);

    let answered = policy("[require]\nanswered = [\"security_considerations.threats.scenario\"]\n");
    let card = threats(json!([threat("a"), with(threat("b"), "scenario", json!("Withheld: secret"))]));
    let found = findings(&card, &answered);
    assert_eq!(summary(&found), [("answer-required", "security_considerations.threats[1].scenario")]);
}

#[test]
fn two_missing_extensions_are_one_block_to_add() {
    let text = "[[extension]]\npath = \"acme.region\"\nrequired = true\ndoc = \"Where it is.\"\n\
                [[extension]]\npath = \"acme.data.days\"\nrequired = true\n\
                [[extension]]\npath = \"other.key\"\nrequired = true\n";
    let found = findings(&report_with("extensions.acme.data.kind", "Images"), &policy(text));
    assert_eq!(summary(&found), [("extension-missing", "extensions")]);
    let told = found.to_string();
    for words in [
        "missing extensions `acme.region`, `acme.data.days` and `other.key`",
        "help: add `extensions: { acme: { region: \"…\", data: { days: \"…\" } }, other: { key: \"…\" } }`",
        "Where it is.",
        "required by smcard.toml:2",
        "required by smcard.toml:9",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn an_extension_with_a_slip_in_its_name_is_told_what_was_meant() {
    let text = "[[extension]]\npath = \"acme.data_residency\"\nrequired = true\n";
    for (path, help) in [
        ("extensions.acme.data_residenci", "did you mean `acme.data_residency`? The card has `acme.data_residenci`"),
        ("extensions.acmee.data_residency", "did you mean `acme`? The card has `acmee`"),
    ] {
        let found = findings(&report_with(path, "EU"), &policy(text));
        assert!(found.to_string().contains(help), "{found}");
    }
    let found = findings(&report_with("extensions.acme.owner", "EU"), &policy(text));
    assert!(found.to_string().contains("missing extension `acme.data_residency`\n"), "{found}");
    assert!(!found.to_string().contains("did you mean"), "{found}");
}

#[test]
fn an_extension_may_have_the_longest_key_that_a_card_takes() {
    let key = "k".repeat(64);
    let policy = policy(&format!("[[extension]]\npath = \"acme.{key}\"\nrequired = true\n"));
    assert_eq!(summary(&findings(&report_with(&format!("extensions.acme.{key}"), "EU"), &policy)), []);
}
