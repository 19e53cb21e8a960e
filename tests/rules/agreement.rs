//! Where a card agrees with itself just so, and where it just does not: what the rules on consistency, decisions
//! and ids read together, and that they name both places.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use smcard::{Policy, SecurityCard};

use crate::common::{self, REPORT, part, summary};

/// The good report with these fields in its security section, at this stage.
fn secured(stage: &str, fields: Value) -> String {
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    report["model_details"]["stage"] = json!(stage);
    report["security_considerations"].as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    report.to_string()
}

fn measured(changes: Value) -> String {
    common::report_with("metrics.measures", json!([part("measure", changes)]))
}

/// The codes of what is wrong with a report.
fn codes(report: &str) -> Vec<&'static str> {
    summary(&common::findings(report, &Policy::default())).into_iter().map(|(code, _)| code).collect()
}

const NONE: [&str; 0] = [];

fn review(date: &str, decision: &str) -> Value {
    part("review", json!({ "date": date, "decision": decision }))
}

#[test]
fn of_reviews_the_last_day_decides_wherever_it_stands_in_the_list() {
    let at = |stage: &str, reviews: Value| codes(&secured(stage, json!({ "reviews": reviews })));
    let (approved, rejected) = (review("2026-02-01", "Approved"), review("2026-02-02", "Rejected"));
    assert_eq!(at("Production", json!([approved, rejected])), ["rejected-in-production"]);
    assert_eq!(at("Production", json!([rejected, approved])), ["rejected-in-production"]);
    assert_eq!(at("Production", json!([review("2026-02-03", "Approved"), rejected])), NONE);
    assert_eq!(at("Production", json!([rejected, review("2026-02-03", "ApprovedWithConditions")])), NONE);
    for stage in ["Draft", "Review", "Retired"] {
        assert_eq!(at(stage, json!([rejected])), NONE, "{stage}");
    }
}

#[test]
fn of_several_reviews_on_one_day_the_one_written_last_decides() {
    let of = |first: &str, second: &str| {
        codes(&secured("Production", json!({ "reviews": [review("2026-02-01", first), review("2026-02-01", second)] })))
    };
    assert_eq!(of("Rejected", "Approved"), NONE);
    assert_eq!(of("Approved", "Rejected"), ["rejected-in-production"]);
}

#[test]
fn a_review_whose_day_is_wrong_may_be_the_last_one() {
    for day in ["2026-02-30", "soon", "Withheld: the board decides"] {
        let reviews = json!([review("2026-02-01", "Rejected"), review(day, "Approved")]);
        let found = codes(&secured("Production", json!({ "reviews": reviews })));
        assert_eq!(found.len(), 1, "{day}: {found:?}");
        assert_ne!(found, ["rejected-in-production"], "{day}");
    }
}

/// A mitigated threat whose evidence is a test for each of these results.
fn shown_by(results: &[&str], status: &str) -> Vec<&'static str> {
    let ids: Vec<String> = (0..results.len()).map(|index| format!("t{index}")).collect();
    let tests: Vec<Value> =
        ids.iter().zip(results).map(|(id, result)| part("test", json!({ "id": id, "result": result }))).collect();
    let threat =
        part("threat", json!({ "status": status, "mitigations": [{ "description": "Looked at." }], "evidence": ids }));
    codes(&secured("Review", json!({ "threats": [threat], "tests": tests })))
}

#[test]
fn evidence_of_a_mitigated_threat_has_one_test_at_least_that_did_not_fail_alone() {
    assert_eq!(shown_by(&["Passed", "Failed"], "Mitigated"), NONE);
    assert_eq!(shown_by(&["Failed", "Passed"], "Mitigated"), NONE);
    assert_eq!(shown_by(&["Inconclusive", "Inconclusive"], "Mitigated"), NONE);
    assert_eq!(shown_by(&["Failed", "Inconclusive"], "Mitigated"), ["evidence-failed"]);
    assert_eq!(shown_by(&["Failed", "Failed"], "Mitigated"), ["evidence-failed"]);
    assert_eq!(shown_by(&["Failed"], "Transferred"), NONE);
}

#[test]
fn an_acceptance_may_end_on_the_day_of_the_card_and_not_before() {
    let ends = |expires: &str| {
        let acceptance = part("acceptance", json!({ "expires": expires }));
        let threat = part("threat", json!({ "status": "Accepted", "acceptance": acceptance }));
        codes(&secured("Review", json!({ "threats": [threat] })))
    };
    assert_eq!(ends("2026-03-13"), ["acceptance-before-card"]);
    assert_eq!(ends("2026-03-14"), NONE);
    assert_eq!(ends("0999-12-31"), ["acceptance-before-card"]);
}

#[test]
fn an_acceptance_is_not_compared_with_a_card_that_states_no_day() {
    let acceptance = part("acceptance", json!({ "expires": "1999-12-31" }));
    let threat = part("threat", json!({ "status": "Accepted", "acceptance": acceptance }));
    let mut report: Value = serde_json::from_str(&secured("Review", json!({ "threats": [threat] }))).unwrap();
    report["model_details"]["date"] = json!("Withheld: the contract says so");
    assert_eq!(codes(&report.to_string()), NONE);
}

#[test]
fn a_residual_risk_needs_a_mitigation_only_where_it_is_lower_and_we_bear_it() {
    let of = |status: &str, residual: &str, more: Value| {
        let mut changes = json!({
            "status": status, "likelihood": "High", "impact": "High", "residual": residual, "owner": "The team",
            "acceptance": part("acceptance", json!({}))
        });
        changes.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        codes(&secured("Review", json!({ "threats": [part("threat", changes)] })))
    };
    for status in ["Open", "Accepted"] {
        assert_eq!(of(status, "Medium", json!({})), ["residual-unexplained"], "{status}");
        assert_eq!(of(status, "High", json!({})), NONE, "{status}");
        assert_eq!(of(status, "Critical", json!({})), NONE, "{status}");
        assert_eq!(of(status, "Low", json!({ "mitigations": [{ "description": "Done." }] })), NONE, "{status}");
    }
    for status in ["Transferred", "NotApplicable"] {
        assert_eq!(of(status, "Low", json!({})), NONE, "{status}");
    }
}

#[test]
fn an_interval_holds_its_value_with_both_ends() {
    for (value, wrong) in [(0.9, false), (0.95, false), (0.93, false), (0.899, true), (0.951, true)] {
        let found = codes(&measured(json!({ "value": value, "interval": [0.9, 0.95] })));
        assert_eq!(found == ["interval-excludes-value"], wrong, "{value}: {found:?}");
        assert_eq!(found.is_empty(), !wrong, "{value}: {found:?}");
    }
    assert_eq!(codes(&measured(json!({ "value": 0.9, "interval": [0.9, 0.9] }))), NONE);
}

#[test]
fn a_figure_from_0_to_1_needs_no_unit_and_any_other_does() {
    for (value, needs) in [(0.0, false), (-0.0, false), (1.0, false), (1.001, true), (-0.001, true), (97.0, true)] {
        assert_eq!(codes(&measured(json!({ "value": value }))) == ["unit-missing"], needs, "{value}");
        assert_eq!(codes(&measured(json!({ "value": value, "unit": "points" }))), NONE, "{value}");
    }
}

#[test]
fn of_no_attempts_none_can_fail() {
    let of = |attempts: u64, failures: u64| {
        let test = part("test", json!({ "attempts": attempts, "failures": failures }));
        codes(&secured("Review", json!({ "tests": [test] })))
    };
    assert_eq!(of(0, 0), NONE);
    assert_eq!(of(0, 1), ["failures-exceed-attempts"]);
    let alone = |key: &str| codes(&secured("Review", json!({ "tests": [part("test", json!({ key: 5 }))] })));
    assert_eq!((alone("attempts"), alone("failures")), (vec![], vec![]));
}

#[test]
fn a_decision_takes_no_reason_of_any_kind() {
    for reason in smcard::Reason::ALL {
        let reason = format!("{}nobody knows", reason.prefix);
        let security = [
            json!({ "threats": [part("threat", json!({ "owner": reason }))] }),
            json!({ "threats": [part("threat", json!({ "due": reason }))] }),
            json!({ "threats": [part("threat", json!({ "mitigations": [{ "description": reason }] }))] }),
            json!({ "threats": [part("threat", json!({ "acceptance": part("acceptance", json!({ "by": reason })) }))] }),
            json!({ "reviews": [part("review", json!({ "by": reason }))] }),
        ];
        for fields in security {
            assert_eq!(codes(&secured("Review", fields.clone())), ["answer-required"], "{fields}");
        }
    }
}

#[test]
fn what_looks_like_a_reason_is_no_answer_either() {
    let owned =
        |owner: &str| codes(&secured("Review", json!({ "threats": [part("threat", json!({ "owner": owner }))] })));
    for reason in
        ["not applicable: nobody knows", "NOT APPLICABLE: nobody knows", "Withheld:by contract", " Unknown : so far"]
    {
        assert_eq!(owned(reason), ["answer-required"], "{reason}");
    }
    for name in ["Unknown Pleasures Ltd: the vision team", "The team: all of it", "Withheld & Sons"] {
        assert_eq!(owned(name), NONE, "{name}");
    }
}

#[test]
fn an_acceptance_is_whole_whatever_the_status() {
    let part_of = part("acceptance", json!({ "reason": null }));
    for status in ["Open", "Transferred", "NotApplicable"] {
        let threat = part("threat", json!({ "status": status, "owner": "The team", "acceptance": part_of }));
        assert_eq!(codes(&secured("Review", json!({ "threats": [threat] }))), ["acceptance-incomplete"], "{status}");
    }
}

#[test]
fn ids_are_of_letters_and_digits_of_any_script_and_unique_with_the_spaces_around_them_aside() {
    let ids = |ids: &[&str]| {
        let threats: Vec<Value> = ids.iter().map(|id| part("threat", json!({ "id": id }))).collect();
        codes(&secured("Review", json!({ "threats": threats })))
    };
    assert_eq!(ids(&["a.b-c_D9", "写真", "é"]), NONE);
    assert_eq!(ids(&["a", "A"]), NONE);
    assert_eq!(ids(&["a/b"]), ["invalid-id"]);
    assert_eq!(ids(&["a", "a", "a"]), ["duplicate-id", "duplicate-id"]);
    assert_eq!(ids(&[&"x".repeat(128)]), NONE);
    assert_eq!(ids(&[&"x".repeat(129)]), ["invalid-id"]);
}

#[test]
fn what_cannot_stand_in_an_id_is_underlined() {
    let report = secured("Review", json!({ "threats": [part("threat", json!({ "id": "写 x/y" }))] }));
    let finding = SecurityCard::from_json(&report).err().unwrap().to_string();
    assert!(finding.contains("| 写 x/y\n|  ^\n"), "{finding}");
}

#[test]
fn ids_are_one_name_space_over_the_whole_card() {
    let fields = json!({ "threats": [part("threat", json!({ "id": "t" }))], "tests": [part("test", json!({}))] });
    let report = secured("Review", fields);
    assert_eq!(codes(&report), ["duplicate-id"]);
    assert_names(&report, "duplicate-id", &["duplicate id `t`", "[0]` has it already"]);
}

#[test]
fn what_refers_to_a_block_of_another_kind_is_told_where_that_is() {
    let threat = part("threat", json!({ "evidence": ["patches"] }));
    let report = secured("Review", json!({ "threats": [threat] }));
    assert_eq!(codes(&report), ["dangling-evidence"]);
    assert_names(
        &report,
        "dangling-evidence",
        &[
            "`patches` in `evidence[0]` in `threats[0]` is not a test of this card",
            "`security_considerations.threats[0]` has this id",
        ],
    );
}

#[test]
fn a_month_or_a_year_is_a_date_but_no_day_of_a_decision() {
    for date in ["2026-03", "2026"] {
        assert_eq!(codes(&common::report_with("model_details.date", date)), NONE, "{date}");
        assert_eq!(codes(&secured("Review", json!({ "tests": [part("test", json!({ "date": date }))] }))), NONE);
        assert_eq!(codes(&secured("Review", json!({ "reviews": [review(date, "Approved")] }))), ["invalid-date"]);
        for (name, changes) in [("due", json!(date)), ("acceptance", part("acceptance", json!({ "expires": date })))] {
            let threat = part("threat", json!({ name: changes }));
            assert_eq!(codes(&secured("Review", json!({ "threats": [threat] }))), ["invalid-date"], "{name} {date}");
        }
    }
    assert_names(
        &secured("Review", json!({ "reviews": [review("2026-03", "Approved")] })),
        "invalid-date",
        &["`date` in `reviews[0]` is not a day", "a decision has one"],
    );
}

#[test]
fn an_acceptance_that_ended_before_the_month_of_the_card_ended_before_the_card() {
    let accepted = |expires: &str, date: &str| {
        let acceptance = part("acceptance", json!({ "expires": expires }));
        let threat = part("threat", json!({ "status": "Accepted", "acceptance": acceptance }));
        let mut report: Value = serde_json::from_str(&secured("Review", json!({ "threats": [threat] }))).unwrap();
        report["model_details"]["date"] = json!(date);
        codes(&report.to_string())
    };
    assert_eq!(accepted("2026-02-28", "2026-03"), ["acceptance-before-card"]);
    assert_eq!(accepted("2026-03-01", "2026-03"), NONE);
    assert_eq!(accepted("2025-12-31", "2026"), ["acceptance-before-card"]);
    assert_eq!(accepted("2026-01-01", "2026"), NONE);
}

#[test]
fn a_risk_may_be_left_open_until_somebody_asks_for_it() {
    let threat = |changes: Value| {
        let mut unrated = json!({ "likelihood": null, "impact": null, "status": "Open", "owner": "The team" });
        unrated.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        json!({ "threats": [part("threat", unrated)] })
    };
    let under = |policy: &str, fields: Value| {
        let policy = common::policy(policy);
        let found = common::findings(&secured("Review", fields), &policy);
        summary(&found).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&secured("Review", threat(json!({})))), NONE);
    assert_eq!(codes(&secured("Production", threat(json!({})))), ["risk-not-assessed"]);
    assert_eq!(under("[risk]\nmax_open = \"low\"", threat(json!({}))), ["risk-not-assessed"]);
    assert_eq!(under("[risk]\nmax_residual = \"low\"", threat(json!({}))), ["risk-not-assessed"]);
    assert_eq!(under("[stage.production]\nmax_open = \"low\"", threat(json!({}))), NONE);
    // What is left of it was assessed, and what cannot happen has no risk.
    assert_eq!(codes(&secured("Production", threat(json!({ "residual": "Low" })))), NONE);
    assert_eq!(codes(&secured("Production", threat(json!({ "status": "NotApplicable" })))), NONE);
    for half in ["likelihood", "impact"] {
        assert_eq!(codes(&secured("Review", threat(json!({ half: "Low" })))), ["risk-not-assessed"], "{half}");
    }
}

#[test]
fn every_figure_of_a_measure_has_its_unit() {
    for (field, value) in [
        ("baseline", json!(97.09)),
        ("interval", json!([0.5, 1.5])),
        ("threshold", json!({ "op": "AtMost", "value": 2 })),
        ("comparator", json!({ "name": "version 1.3", "value": -0.1 })),
    ] {
        assert_eq!(codes(&measured(json!({ field: value }))), ["unit-missing"], "{field}");
        assert_eq!(codes(&measured(json!({ field: value, "unit": "1" }))), NONE, "{field}");
    }
    assert_names(
        &measured(json!({ "baseline": 97.09 })),
        "unit-missing",
        &["`recall` is compared with 97.09 and has no unit"],
    );
    assert_names(&measured(json!({ "value": 97.09 })), "unit-missing", &["`recall` is 97.09 and has no unit"]);
    let within = json!({ "baseline": 1, "interval": [0, 1], "comparator": { "name": "version 1.3", "value": 0 } });
    assert_eq!(codes(&measured(within)), NONE);
}

#[test]
fn a_threshold_lies_on_the_side_on_which_the_figure_gets_worse() {
    let of = |direction: &str, op: &str| {
        let value = if op.starts_with('A') {
            0.93
        } else if op == "MoreThan" {
            0.9
        } else {
            0.95
        };
        codes(&measured(json!({ "direction": direction, "threshold": { "op": op, "value": value } })))
    };
    for op in ["AtLeast", "MoreThan"] {
        assert_eq!(of("HigherIsBetter", op), NONE, "{op}");
        assert_eq!(of("LowerIsBetter", op), ["direction-contradicted"], "{op}");
    }
    for op in ["AtMost", "LessThan"] {
        assert_eq!(of("LowerIsBetter", op), NONE, "{op}");
        assert_eq!(of("HigherIsBetter", op), ["direction-contradicted"], "{op}");
    }
}

/// The finding of this code says all of this, in message, help or notes.
#[track_caller]
fn assert_names(report: &str, code: &str, words: &[&str]) {
    let card = SecurityCard::from_json(report);
    let findings = card.err().unwrap();
    let finding = findings.iter().find(|finding| finding.rule.code == code).unwrap();
    for word in words {
        assert!(finding.to_string().contains(word), "no {word} in\n{finding}");
    }
}

#[test]
fn a_disagreement_names_both_places() {
    let acceptance = part("acceptance", json!({ "expires": "2026-03-13" }));
    let accepted = part("threat", json!({ "status": "Accepted", "acceptance": acceptance }));
    assert_names(
        &secured("Review", json!({ "threats": [accepted] })),
        "acceptance-before-card",
        &["`patches`", "2026-03-13", "`model_details.date` is 2026-03-14"],
    );
    assert_names(
        &secured("Production", json!({ "reviews": [review("2026-02-01", "Rejected")] })),
        "rejected-in-production",
        &["2026-02-01", "`model_details.stage` is `Production`"],
    );
    let mitigated = json!({ "status": "Mitigated", "mitigations": [{ "description": "Done." }], "evidence": ["t"] });
    let tests = json!([part("test", json!({ "result": "Failed" }))]);
    assert_names(
        &secured("Review", json!({ "threats": [part("threat", mitigated)], "tests": tests })),
        "evidence-failed",
        &["`patches`", "its evidence is `t`"],
    );
    let open =
        part("threat", json!({ "status": "Open", "owner": "The team", "impact": "Critical", "residual": "Low" }));
    assert_names(
        &secured("Review", json!({ "threats": [open] })),
        "residual-unexplained",
        &["`patches`", "likelihood `Low` and impact `Critical` make the risk `Medium`", "`residual` is `Low`"],
    );
    assert_names(
        &measured(json!({ "value": 0.5, "interval": [0.6, 0.7] })),
        "interval-excludes-value",
        &["`recall`", "[0.6, 0.7]", "`value` is 0.5"],
    );
    assert_names(
        &measured(json!({ "value": 0.5, "threshold": { "op": "AtLeast", "value": 0.6 } })),
        "threshold-missed",
        &["`recall` is 0.5", "`threshold` is `AtLeast` 0.6"],
    );
    let counts = part("test", json!({ "attempts": 3, "failures": 4 }));
    assert_names(
        &secured("Review", json!({ "tests": [counts] })),
        "failures-exceed-attempts",
        &["`t` has 4 failures in 3 attempts"],
    );
}
