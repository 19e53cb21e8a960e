//! Reports that are made up of outcomes give these outcomes; with a sum that is another, nothing.

use proptest::prelude::*;

use crate::reports::{counted, problems};

/// Passes, failures, errors and skips, in any order.
fn outcomes() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0_usize..4, 0..60)
}

fn numbers(outcomes: &[usize]) -> [u64; 5] {
    let of = |kind| outcomes.iter().filter(|outcome| **outcome == kind).count() as u64;
    [outcomes.len() as u64, of(0), of(1), of(2), of(3)]
}

fn junit(outcomes: &[usize], said: [u64; 5], suites: usize) -> String {
    let cases = |outcomes: &[usize]| -> String {
        let inner = ["", "<failure/>", "<error type=\"x\">y</error>", "<skipped/>"];
        outcomes.iter().map(|outcome| format!("<testcase name=\"t\">{}</testcase>", inner[*outcome])).collect()
    };
    let parts: String = outcomes
        .chunks(outcomes.len().div_ceil(suites).max(1))
        .map(|part| {
            let [tests, _, failures, ..] = numbers(part);
            format!("<testsuite tests=\"{tests}\" failures=\"{failures}\">{}</testsuite>", cases(part))
        })
        .collect();
    let [tests, _, failures, errors, skipped] = said;
    format!(
        "<testsuites tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">{parts}</testsuites>"
    )
}

fn promptfoo(outcomes: &[usize], said: [u64; 5]) -> String {
    let result = |outcome: &usize| match outcome {
        0 => "{\"success\": true, \"failureReason\": 0}",
        1 => "{\"success\": false, \"failureReason\": 1, \"error\": \"no\"}",
        _ => "{\"success\": false, \"failureReason\": 2, \"error\": \"no\"}",
    };
    let results: Vec<&str> = outcomes.iter().map(result).collect();
    let [_, passes, failures, errors, _] = said;
    format!(
        "{{\"evalId\": null, \"results\": {{\"version\": 3, \"results\": [{}], \"stats\": {{\"successes\": {passes}, \"failures\": {failures}, \"errors\": {errors}}}}}}}",
        results.join(",")
    )
}

fn sarif(outcomes: &[usize]) -> String {
    let kinds = ["\"kind\": \"pass\"", "\"level\": \"error\"", "", "\"kind\": \"notApplicable\""];
    let of = |outcome: &&usize| **outcome != 2;
    let results: Vec<String> = outcomes.iter().filter(of).map(|outcome| format!("{{{}}}", kinds[*outcome])).collect();
    let errors = vec!["{\"level\": \"error\"}"; outcomes.len() - results.len()].join(",");
    format!(
        "{{\"runs\": [{{\"tool\": {{\"driver\": {{\"name\": \"x\"}}}}, \"invocations\": [{{\"executionSuccessful\": true, \"toolExecutionNotifications\": [{errors}]}}], \"results\": [{}]}}], \"version\": \"2.1.0\"}}",
        results.join(",")
    )
}

fn modelscan(outcomes: &[usize], more: usize) -> String {
    let list = |kind, of: &dyn Fn(usize) -> String| -> String {
        let files = outcomes.iter().enumerate().filter(|(_, outcome)| **outcome == kind);
        files.map(|(number, _)| of(number)).collect::<Vec<_>>().join(",")
    };
    let about = |number| format!("{{\"source\": \"{number}.pkl\"}}");
    let issue = |number| {
        let one = format!("{{\"severity\": \"HIGH\", \"source\": \"{number}.pkl\"}}");
        vec![one; more].join(",")
    };
    let [attempts, passes, failures, _, skips] = numbers(outcomes);
    let scanned: Vec<String> =
        (0..outcomes.len()).filter(|at| outcomes[*at] < 2).map(|number| format!("\"{number}.pkl\"")).collect();
    assert!(attempts >= passes);
    format!(
        "{{\"errors\": [{}], \"issues\": [{}], \"summary\": {{\"total_issues\": {}, \"total_issues_by_severity\": {{\"HIGH\": {}}}, \"scanned\": {{\"total_scanned\": {}, \"scanned_files\": [{}]}}, \"skipped\": {{\"total_skipped\": {skips}, \"skipped_files\": [{}]}}}}}}",
        list(2, &about),
        list(1, &issue),
        failures * more as u64,
        failures * more as u64,
        passes + failures,
        scanned.join(","),
        list(3, &about),
    )
}

/// Each part is what one detector judged; its errors count as what has no verdict.
fn garak(parts: &[Vec<usize>], wrong: u64) -> String {
    let mut text = "{\"entry_type\": \"init\", \"garak_version\": \"0.17.1\"}\n".to_owned();
    for (at, part) in parts.iter().enumerate() {
        let [attempts, passes, failures, errors, skips] = numbers(part);
        text += &format!(
            "{{\"entry_type\": \"eval\", \"probe\": \"p.P\", \"detector\": \"d.{at}\", \"passed\": {passes}, \"fails\": {failures}, \"nones\": {}, \"total_evaluated\": {}, \"total_processed\": {}}}\n",
            errors + skips,
            passes + failures,
            attempts + wrong,
        );
    }
    text + "{\"entry_type\": \"completion\"}\n"
}

proptest! {
    #[test]
    fn reports_that_are_made_up_are_counted(outcomes in outcomes(), suites in 1_usize..5, more in 1_usize..4) {
        let numbers = numbers(&outcomes);
        prop_assert_eq!(counted(&junit(&outcomes, numbers, suites)), numbers);
        prop_assert_eq!(counted(&sarif(&outcomes)), numbers);
        prop_assert_eq!(counted(&modelscan(&outcomes, more)), numbers);
        let [attempts, passes, failures, errors, skips] = numbers;
        // Here nothing is skipped.
        let promptfoo = promptfoo(&outcomes, [attempts, passes, failures, errors + skips, 0]);
        prop_assert_eq!(counted(&promptfoo), [attempts, passes, failures, errors + skips, 0]);
    }

    #[test]
    fn evaluations_that_are_made_up_are_counted(parts in prop::collection::vec(outcomes(), 0..8)) {
        let [attempts, passes, failures, errors, skips] = numbers(&parts.concat());
        prop_assert_eq!(counted(&garak(&parts, 0)), [attempts, passes, failures, 0, errors + skips]);
    }

    #[test]
    fn a_sum_that_is_another_is_never_taken(outcomes in outcomes(), at in 0_usize..5, by in 1_u64..5) {
        let mut said = numbers(&outcomes);
        said[at] += by;
        if at != 1 {
            prop_assert_eq!(problems(&junit(&outcomes, said, 2)).len(), 1);
        }
        let [_, _, _, errors, skips] = numbers(&outcomes);
        let [attempts, passes, failures, ..] = said;
        if at == 1 || at == 2 {
            let text = promptfoo(&outcomes, [attempts, passes, failures, errors + skips, 0]);
            prop_assert_eq!(problems(&text).len(), 1);
        }
        prop_assert_eq!(problems(&garak(&[outcomes], by)).len(), 1);
    }
}
