//! `smcard check` on files: what it finds, against which policy, on which day, and how it ends.

use serde_json::json;

use crate::session::{Folder, REPORT, codes, findings};

#[test]
fn a_good_card_passes_in_silence_but_for_a_count() {
    let said = Folder::with_report().check(&["card.json"]).ended(0);
    assert_eq!(said.out, "");
    assert_eq!(said.err, "checked 1 card: 0 errors, 0 warnings\n");
}

#[test]
fn a_finding_is_shown_with_its_line_as_rustc_shows_it() {
    let folder = Folder::new().file("card.json", REPORT.replace("2026-03-14", "2026-02-30"));
    let said = folder.check(&["card.json"]).ended(1);
    assert_eq!(
        said.err,
        "\
error[invalid-date]: `date` in `model_details` has day 30; that month has 28
 --> card.json:4:17
  |
4 |         \"date\": \"2026-02-30\",
  |                 ^^^^^^^^^^^^
  |
  = help: write a day that exists

checked 1 card: 1 error, 0 warnings
"
    );
    assert_eq!(said.out, "", "findings for people are no output of a program");
}

#[test]
fn a_warning_does_not_fail_and_is_shown() {
    let folder = Folder::new().file("card.json", REPORT.replace("Apache-2.0", "GPL-2.0"));
    let said = folder.check(&["card.json"]).ended(0);
    assert!(said.err.starts_with("warning[deprecated-license]: "), "{}", said.err);
    assert!(said.err.contains("--> card.json:10:20"), "{}", said.err);
}

#[test]
fn what_to_write_instead_is_in_the_notation_of_the_card() {
    let folder = Folder::new().file("card.json", REPORT.replace("Five folds", "TODO"));
    let said = folder.check(&["card.json"]).ended(1);
    assert!(said.err.contains("write `\"Not applicable: why\"`"), "{}", said.err);
    assert!(!said.err.contains("not_applicable("), "{}", said.err);
}

#[test]
fn rules_of_time_compare_with_the_day_that_is_given_and_else_with_today() {
    let folder = Folder::with_report();
    let early = folder.smcard(&["check", "--today", "2026-03-01", "card.json"]).ended(1);
    assert!(early.err.starts_with("error[date-in-future]: `date` in `model_details` is 2026-03-14"), "{}", early.err);
    // In a few thousand years this card was made.
    folder.write("card.json", REPORT.replace("2026-03-14", "9998-12-31"));
    assert!(folder.smcard(&["check", "card.json"]).ended(1).err.contains("date-in-future"));
    folder.smcard(&["check", "--today", "9999-01-01", "card.json"]).ended(0);
    let wrong = folder.smcard(&["check", "--today", "2026-02-30", "card.json"]).ended(2);
    assert!(wrong.err.contains("expected a day that exists"), "{}", wrong.err);
}

#[test]
fn the_policy_is_found_from_the_folder_of_the_card_upward_to_the_repository() {
    let folder = Folder::new().file("a/b/card.json", REPORT);
    assert_eq!(codes(&folder.json(&["a"])), [""; 0]);
    folder.write("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n");
    assert_eq!(codes(&folder.json(&["a"])), ["required-by-policy"]);
    folder.write("a/smcard.toml", "[require]\nanswered = [\"training_data\"]\nfields = [\"model_details.stage\"]\n");
    assert_eq!(codes(&folder.json(&["a"])), ["required-by-policy", "required-by-policy"]);
    // What lies above the repository has no say.
    std::fs::create_dir(folder.path("a/.git")).unwrap();
    let found = folder.json(&["a"]);
    assert_eq!(codes(&found), ["required-by-policy"]);
    assert!(found["files"][0]["findings"][0]["path"] == "model_details.stage");
}

#[test]
fn a_policy_that_is_named_counts_instead_of_those_that_are_found() {
    let folder = Folder::with_report().file("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n");
    folder.write("other/strict.toml", "[require]\nfields = [\"model_details.stage\"]\n");
    let found = folder.json(&["--policy", "other/strict.toml", "card.json"]);
    assert_eq!(found["files"][0]["findings"][0]["path"], "model_details.stage");
    assert_eq!(codes(&found).len(), 1);
    let missing = folder.check(&["--policy", "none.toml", "card.json"]).ended(2);
    assert!(missing.err.contains("there is no policy `none.toml`"), "{}", missing.err);
}

#[test]
fn a_stage_that_is_given_counts_instead_of_that_of_the_card() {
    let folder = Folder::with_report();
    folder.write("smcard.toml", "[stage.production]\nrequire = [\"security_considerations.reviews\"]\n");
    assert_eq!(codes(&folder.json(&["card.json"])), [""; 0]);
    assert_eq!(codes(&folder.json(&["--stage", "production", "card.json"])), ["required-by-policy"]);
    let wrong = folder.check(&["--stage", "prod", "card.json"]).ended(2);
    assert!(wrong.err.contains("expected one of draft, review, production, retired"), "{}", wrong.err);
}

#[test]
fn a_broken_policy_is_told_once_and_no_card_is_checked_against_it() {
    let folder = Folder::new().file("smcard.toml", "[require\n");
    for card in ["a/1.json", "a/2.json", "b/c/3.json"] {
        folder.write(card, REPORT.replace("Five folds", "TODO"));
    }
    let found = folder.json(&["."]);
    assert_eq!(findings(&found), [("smcard.toml".to_owned(), "invalid-policy".to_owned(), Some(1), Some(9))]);
    assert_eq!(found["summary"], json!({ "cards": 3, "errors": 1, "warnings": 0, "excepted": 0, "unchecked": 3 }));
    // So too where folders have policies of their own.
    folder.write("a/smcard.toml", "");
    folder.write("b/smcard.toml", "[risks]\n");
    assert_eq!(codes(&folder.json(&["."])), ["invalid-policy", "unknown-policy-key"]);
    folder.write("b/smcard.toml", "");
    let said = folder.check(&["."]).ended(1);
    assert!(said.err.contains("3 cards not checked, since the policy cannot be read"), "{}", said.err);
}

const EXCEPTION: &str = "[[exception]]\nrule = \"placeholder\"\npath = \"training_data\"\nreason = \"Not counted yet.\"\n\
                         approved_by = \"The head\"\nexpires = \"2027-01-31\"\n";

#[test]
fn what_the_policy_lets_pass_is_shown_with_who_approved_it() {
    let spoilt = REPORT.replace("Photographs of 2019 to 2024 from three sorting centres", "TODO");
    let folder = Folder::new().file("card.json", spoilt).file("smcard.toml", EXCEPTION);
    let said = folder.check(&["."]).ended(0);
    assert!(
        said.err.contains("[placeholder], approved by The head until 2027-01-31 (smcard.toml:1): Not counted yet.")
    );
    assert!(said.err.ends_with("0 errors, 0 warnings, 1 finding let pass by the policy\n"), "{}", said.err);
    // From the day after on it is a finding again, and the exception is told of.
    let said = folder.smcard(&["check", "--today", "2027-02-01", "."]).ended(1);
    assert!(said.err.contains("error[placeholder]"), "{}", said.err);
    assert!(said.err.contains("warning[exception-expired]"), "{}", said.err);
    assert!(said.err.contains("--> smcard.toml:1"), "{}", said.err);
}

#[test]
fn an_exception_that_one_of_many_cards_needs_is_no_finding_for_the_others() {
    let spoilt = REPORT.replace("Photographs of 2019 to 2024 from three sorting centres", "TODO");
    let folder = Folder::new().file("smcard.toml", EXCEPTION).file("a/1.json", REPORT).file("b/2.json", spoilt);
    folder.write("c/3.json", REPORT);
    assert_eq!(codes(&folder.json(&["."])), [""; 0]);
    let found = folder.json(&["a", "c"]);
    assert_eq!(findings(&found), [("smcard.toml".to_owned(), "unused-exception".to_owned(), Some(1), Some(1))]);
}

#[test]
fn a_path_that_is_not_there_is_an_error_of_its_own_and_the_rest_is_checked() {
    let folder = Folder::new().file("card.json", REPORT.replace("Five folds", "TODO"));
    let said = folder.check(&["missing.json", "card.json"]).ended(2);
    assert!(said.err.starts_with("error: there is no `missing.json`\n"), "{}", said.err);
    assert!(said.err.contains("error[placeholder]"), "{}", said.err);
}

#[test]
fn nothing_to_check_is_no_success() {
    let folder = Folder::new().file("notes.txt", "no card");
    let said = folder.check(&["."]).ended(2);
    assert!(said.err.contains("there is no card here"), "{}", said.err);
    let said = folder.check(&[]).ended(2);
    assert!(said.err.contains("could not find `Cargo.toml`"), "{}", said.err);
    assert!(said.err.contains("help: name card files or folders"), "{}", said.err);
}

#[test]
fn the_schema_that_a_card_names_is_kept_and_not_checked() {
    let with = REPORT.replacen('{', "{\n    \"$schema\": \"../schema/smcard.schema.json\",", 1);
    Folder::new().file("card.json", &with).check(&["card.json"]).ended(0);
    let card = smcard_core::SecurityCard::from_json(&with).unwrap();
    assert_eq!(card.to_json(), with);
    let number = with.replace("\"../schema/smcard.schema.json\"", "1");
    assert_eq!(codes(&Folder::new().file("card.json", number).json(&["card.json"])), ["wrong-kind"]);
}

#[test]
fn the_help_tells_of_exit_codes() {
    let folder = Folder::new();
    for arguments in [&["--help"][..], &["check", "--help"]] {
        let help = folder.smcard(arguments).ended(0).out;
        assert!(help.contains("Exit codes:") && help.contains("2  the work could not be done"), "{help}");
    }
    folder.smcard(&[]).ended(2);
    folder.smcard(&["check", "--no-such-option"]).ended(2);
}
