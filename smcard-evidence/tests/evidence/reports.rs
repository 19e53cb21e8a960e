//! Reports of tests and scanners: what is counted in them, and what they name.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use smcard_evidence::{Counts, Facts, Measured, Report};

use crate::seeds::of;

pub(crate) const FILES: [&str; 9] = [
    "garak.report.jsonl",
    "garak-before-0.13.report.jsonl",
    "modelscan.json",
    "results.sarif",
    "nulls.sarif",
    "promptfoo.json",
    "junit.xml",
    "junit-nested.xml",
    "googletest.xml",
];

pub(crate) fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evidence/reports");
    fs::read_to_string(folder.join(name)).unwrap()
}

pub(crate) fn report(measured: &Measured) -> Option<&Report> {
    match &measured.facts {
        Facts::Report(report) => Some(report),
        _ => None,
    }
}

/// The numbers of a report, as attempts, passes, failures, errors and skips.
#[track_caller]
pub(crate) fn counted(text: &str) -> [u64; 5] {
    let measured = of(text.as_bytes());
    let report = report(&measured).unwrap_or_else(|| panic!("it is {}: {text:.300}", measured.format.name()));
    assert_eq!(measured.findings, [], "{text:.300}");
    let Counts { attempts, passes, failures, errors, skips, .. } = report.counts.unwrap();
    [attempts, passes, failures, errors, skips]
}

/// What is said against a report, which then has no numbers.
#[track_caller]
pub(crate) fn problems(text: &str) -> Vec<String> {
    let measured = of(text.as_bytes());
    let report = report(&measured).unwrap_or_else(|| panic!("it is {}: {text:.300}", measured.format.name()));
    assert_eq!((report.counts, report.severities.len()), (None, 0), "{text:.300}");
    assert!(measured.findings.iter().all(|finding| finding.code.name() == "report-unreadable"));
    measured.findings.into_iter().map(|finding| finding.message).collect()
}

/// What is said of a report of the tests in which one thing is another.
#[track_caller]
fn changed(name: &str, original: &str, change: &str) -> Vec<String> {
    let text = file(name);
    assert!(text.contains(original), "{name} has no {original}");
    problems(&text.replacen(original, change, 1))
}

fn facts(name: &str) -> Value {
    serde_json::to_value(of(file(name).as_bytes()).facts).unwrap()
}

#[test]
fn garak_is_counted_by_its_eval_lines_and_by_nothing_else() {
    assert_eq!(
        facts("garak.report.jsonl"),
        json!({
            "kind": "garak",
            "tools": [{ "name": "garak", "version": "0.17.1" }],
            "counts": { "attempts": 31, "passes": 28, "failures": 2, "errors": 0, "skips": 1 },
            "severities": {},
            // Of the one probe by the tags that the report has, of the other by those that it is known to have.
            "refs": ["CWE-1427", "CWE-79", "LLM01:2023", "LLM02:2023", "LLM06:2023"],
            "other_refs": { "AVID": ["S0301", "S0403"] },
            "unmapped": ["own.Probe"],
            "omitted_refs": 0,
        })
    );
    assert_eq!(counted(&file("garak-before-0.13.report.jsonl")), [840, 830, 10, 0, 0]);
}

#[test]
fn a_report_of_garak_that_contradicts_itself_has_no_numbers() {
    let name = "garak.report.jsonl";
    let of = "the `eval` of `dan.Dan_11_0` by `mitigation.MitigationBypass`";
    assert_eq!(
        changed(name, r#""passed": 7, "#, r#""passed": 8, "#),
        [format!("{of}: `total_evaluated` is 9, and its parts add up to 10")]
    );
    assert_eq!(
        changed(name, r#""total_processed": 10"#, r#""total_processed": 11"#),
        [format!("{of}: `total_processed` is 11, and its parts add up to 10")]
    );
    assert_eq!(changed(name, r#""fails": 2"#, r#""fails": null"#), [format!("{of}: `fails` is not a count")]);
    assert_eq!(changed(name, r#""fails": 2"#, r#""fails": -2"#), [format!("{of}: `fails` is not a count")]);
    assert_eq!(changed(name, r#""passed": 7, "#, ""), [format!("{of}: `passed` is missing")]);
    assert_eq!(
        changed(name, r#""passed": 7, "#, r#""passed": 7, "passed": 7, "#),
        ["`passed` stands twice in an object, at line 6, column 113"]
    );
    let again = r#"{"entry_type": "eval", "probe": "own.Probe", "detector": "own.Detector", "passed": 1, "fails": 0}"#;
    assert_eq!(
        changed(name, r#"{"entry_type": "completion""#, &format!("{again}\n{}", r#"{"entry_type": "completion""#)),
        ["the `eval` of `own.Probe` by `own.Detector` stands twice"]
    );
    assert_eq!(
        changed(name, r#""entry_type": "completion""#, r#""entry_type": "summary""#),
        [
            "it has an entry of the unknown type `summary`",
            "it has no `completion`: the run ended early, or the report is cut off"
        ]
    );
    assert_eq!(
        changed("garak-before-0.13.report.jsonl", "\"total\": 840", "\"total\": 829"),
        ["the `eval` of `encoding.InjectBase64` by `detector.encoding.DecodeMatch`: 830 passed of no more than 829"]
    );
    assert_eq!(
        changed("garak-before-0.13.report.jsonl", r#"{"entry_type": "completion""#, r#"["eval", "x"]{"#),
        ["what ends at line 4, column 1 is not what a report of garak has there"]
    );
}

#[test]
fn modelscan_is_counted_by_file_and_its_issues_by_severity() {
    assert_eq!(
        facts("modelscan.json"),
        json!({
            "kind": "modelscan",
            "tools": [{ "name": "ModelScan", "version": "0.8.5" }],
            // Two files with issues, one without, one that was not read and an error of its own, one that was skipped.
            "counts": { "attempts": 6, "passes": 1, "failures": 2, "errors": 2, "skips": 1 },
            "severities": { "critical": 2, "medium": 1 },
            "refs": [], "other_refs": {}, "unmapped": [], "omitted_refs": 0,
        })
    );
    let name = "modelscan.json";
    assert_eq!(
        changed(name, r#""total_issues": 3"#, r#""total_issues": 2"#),
        ["`total_issues` is 2, and 3 can be counted"]
    );
    assert_eq!(changed(name, r#""CRITICAL": 2"#, r#""CRITICAL": 1"#), ["`CRITICAL` is 1, and 2 can be counted"]);
    assert_eq!(
        changed(name, r#""total_scanned": 4"#, r#""total_scanned": 40"#),
        ["`total_scanned` is 40, and 4 can be counted"]
    );
    assert_eq!(
        changed(name, r#""severity": "MEDIUM""#, r#""severity": "MINOR""#),
        ["the severity `MINOR` is unknown", "`MEDIUM` is 1, and 0 can be counted"]
    );
    assert_eq!(changed(name, r#""issues": ["#, r#""others": ["#).len(), 1, "no issues is not the same as none");
}

#[test]
fn sarif_counts_what_failed_apart_from_what_was_not_judged_and_from_errors_of_the_tool() {
    assert_eq!(
        facts("results.sarif"),
        json!({
            "kind": "sarif",
            "tools": [{ "name": "Analyzer", "version": "2.3.0" }, { "name": "Other", "version": null }],
            "counts": { "attempts": 10, "passes": 1, "failures": 4, "errors": 2, "skips": 3 },
            // By the result, by its rule, and by the standard where neither says.
            "severities": { "error": 2, "note": 1, "warning": 1 },
            "refs": ["AML.T0051", "CWE-532", "CWE-94", "LLM05:2025"],
            "other_refs": {}, "unmapped": [], "omitted_refs": 0,
        })
    );
    assert_eq!(counted(&file("nulls.sarif")), [2, 1, 1, 0, 0]);
}

#[test]
fn what_sarif_does_not_say_is_no_pass() {
    let name = "results.sarif";
    assert_eq!(
        changed(name, "\"results\": []", "\"results\": null"),
        ["a run has no results, so that it does not say what was found"]
    );
    assert_eq!(changed(name, "\"results\": []", "\"results\": [null]"), ["a result is null"]);
    assert_eq!(changed(name, "\"kind\": \"pass\"", "\"kind\": \"ok\""), ["the kind `ok` of a result is unknown"]);
    assert_eq!(changed(name, "\"kind\": \"pass\"", "\"kind\": 1"), ["the kind of a result is not a text"]);
    for (level, of) in [
        ("\"level\": \"error\", \"message\": {\"text\": \"a file", "a notification"),
        ("\"level\": \"error\", \"message\": {\"text\": \"x", "a result"),
    ] {
        assert_eq!(changed(name, level, &level.replace("error", "fatal")), ["the level `fatal` is unknown"], "{of}");
    }
    assert_eq!(
        changed(name, "\"executionSuccessful\": false", "\"executionSuccessful\": null"),
        ["an invocation does not say whether it was successful"]
    );
    assert_eq!(changed(name, "\"2.1.0\"", "\"2.0.0\""), ["its version is not 2.1.0"]);
    assert_eq!(changed(name, "{\"name\": \"Other\"}", "{}"), ["a run does not say of which tool it is"]);
}

/// SARIF of one run.
fn sarif(rules: &Value, results: &Value, invocation: &Value) -> String {
    let tool = json!({ "driver": { "name": "t", "rules": rules } });
    json!({ "version": "2.1.0", "runs": [{ "tool": tool, "results": results, "invocations": [invocation] }] })
        .to_string()
}

#[test]
fn what_sarif_compares_with_an_earlier_run_is_judged_if_it_is_in_this_one() {
    let good = json!({ "executionSuccessful": true });
    let of = |state: &str| sarif(&json!([]), &json!([{ "message": {}, "baselineState": state }]), &good);
    for state in ["new", "unchanged", "updated"] {
        assert_eq!(counted(&of(state)), [1, 0, 1, 0, 0], "{state}");
    }
    assert_eq!(counted(&of("absent")), [1, 0, 0, 0, 1]);
    assert_eq!(problems(&of("gone")), ["the baseline state of a result is unknown"]);
}

#[test]
fn a_result_of_sarif_without_a_level_has_that_of_its_rule() {
    let rules = json!([
        { "id": "a", "defaultConfiguration": { "level": "note" } },
        { "id": "b", "defaultConfiguration": { "level": "error" } },
    ]);
    let severities = |result: Value| {
        let text = sarif(&rules, &json!([result]), &json!({ "executionSuccessful": true }));
        let measured = of(text.as_bytes());
        let severities = report(&measured).unwrap().severities.clone();
        severities.keys().cloned().collect::<Vec<String>>()
    };
    assert_eq!(severities(json!({ "message": {}, "ruleIndex": 1 })), ["error"]);
    assert_eq!(severities(json!({ "message": {}, "ruleId": "a" })), ["note"]);
    assert_eq!(severities(json!({ "message": {}, "ruleId": "other" })), ["warning"]);
    assert_eq!(severities(json!({ "message": {}, "ruleIndex": 1, "level": "none" })), ["none"]);
}

#[test]
fn a_notification_of_sarif_is_an_error_if_it_says_so() {
    let of = |notification: Value| {
        let invocation = json!({ "executionSuccessful": true, "toolExecutionNotifications": [notification] });
        sarif(&json!([]), &json!([]), &invocation)
    };
    assert_eq!(counted(&of(json!({ "message": {}, "level": "error" }))), [1, 0, 0, 1, 0]);
    for fine in
        [json!({ "message": {} }), json!({ "message": {}, "level": null }), json!({ "message": {}, "level": "note" })]
    {
        assert_eq!(counted(&of(fine)), [0, 0, 0, 0, 0]);
    }
    for wrong in [json!(1), json!("fatal")] {
        let problems = problems(&of(json!({ "message": {}, "level": wrong })));
        assert!(problems.iter().any(|problem| problem.starts_with("the level `")), "{problems:?}");
    }
}

#[test]
fn promptfoo_passes_what_was_defended_and_tells_errors_from_failures() {
    let facts = facts("promptfoo.json");
    assert_eq!(facts["tools"], json!([{ "name": "promptfoo", "version": "0.121.20" }]));
    assert_eq!(facts["counts"], json!({ "attempts": 5, "passes": 2, "failures": 2, "errors": 1, "skips": 0 }));
    // Its numbers of OWASP are those of 2025; `harmful` is meant with all that stands under it.
    let expected = json!([
        "AML.TA0004",
        "AML.TA0005",
        "AML.TA0011",
        "AML.TA0012",
        "AML.TA0014",
        "ASI05",
        "LLM01:2025",
        "LLM04:2025",
        "LLM05:2025",
        "LLM06:2025"
    ]);
    assert_eq!(facts["refs"], expected);
    assert_eq!(facts["other_refs"], json!({ "NIST AI RMF": ["MEASURE 2.11", "MEASURE 2.7"] }));
    assert_eq!(facts["unmapped"], json!(["own:plugin"]));
}

#[test]
fn a_result_of_promptfoo_that_is_not_understood_is_no_pass() {
    let name = "promptfoo.json";
    let passed = r#""success": true, "failureReason": 0, "score": 1, "error": null"#;
    for (change, why) in [
        (r#""success": null, "failureReason": 0"#, "`success` is neither true nor false"),
        (r#""success": 1, "failureReason": 0"#, "`success` is neither true nor false"),
        (r#""failureReason": 0"#, "`success` is neither true nor false"),
        (r#""success": true, "failureReason": 2"#, "it has a reason to fail although it is a success"),
        (r#""success": true, "failureReason": 3"#, "`failureReason` is neither 0, 1 nor 2"),
        (r#""success": true, "error": "no answer""#, "it has an error although it is a success"),
    ] {
        let said = changed(name, passed, change);
        assert_eq!(said[0], format!("{why}, in a result behind 0 others"), "{change}");
    }
    assert_eq!(changed(name, r#""successes": 2"#, r#""successes": 3"#), ["`successes` is 3, and 2 can be counted"]);
    assert_eq!(changed(name, r#""stats""#, r#""sums""#), ["it has no `stats` to compare its results with"]);
    let unanswered = file(name).replacen("\"output\": \"I will not.\"", "\"output\": null", 1);
    assert_eq!(counted(&unanswered), [5, 1, 2, 1, 1], "an attack without an answer was not judged");
    let before = file(name).replace(r#""failures": 2, "errors": 1,"#, r#""failures": 3,"#);
    assert_eq!(counted(&before), [5, 2, 2, 1, 0], "errors that the sums have no number for");
}

#[test]
fn junit_is_counted_by_its_cases_and_compared_with_its_suites() {
    let facts = facts("junit.xml");
    assert_eq!(facts["counts"], json!({ "attempts": 6, "passes": 2, "failures": 1, "errors": 1, "skips": 2 }));
    assert_eq!(facts["refs"], json!(["AML.T0051", "CWE-502"]));
    assert_eq!(counted(&file("junit-nested.xml")), [5, 3, 2, 0, 0]);
    assert_eq!(counted(&file("googletest.xml")), [3, 1, 1, 0, 1], "a test that is disabled has not passed");
}

#[test]
fn junit_that_contradicts_itself_or_is_not_understood_has_no_numbers() {
    let name = "junit.xml";
    assert_eq!(changed(name, "failures=\"1\"", "failures=\"0\""), ["`failures` of a suite is 0, and 1 can be counted"]);
    assert_eq!(changed(name, "tests=\"6\"", "tests=\"60\""), ["`tests` of a suite is 60, and 6 can be counted"]);
    assert_eq!(changed(name, "tests=\"6\"", "tests=\"&six;\""), ["`tests` of a suite is not a count"]);
    assert_eq!(changed(name, "tests=\"6\"", "tests=\"6\" tests=\"6\""), ["a suite has `tests` twice"]);
    assert_eq!(
        changed(name, "<error message=\"failed on setup\">timeout</error>", "<broken/>")[0],
        "`broken` stands where a report of JUnit does not have it"
    );
    assert_eq!(
        changed(name, "name=\"test_refuses\"", "name=\"test_refuses\" status=\"failed\"")[0],
        "a test case says that it failed, and has neither `failure` nor `error`"
    );
    assert_eq!(
        changed(name, "<system-out><![CDATA[<error/> & more]]></system-out>", "<system-out><testcase/></system-out>"),
        ["`testcase` stands where a report of JUnit does not have it"]
    );
    assert_eq!(problems(&(file(name) + "<testsuite/>")), ["an element stands behind its root"]);
    assert_eq!(problems(&(file(name) + "more")), ["text stands outside its root"]);
    assert_eq!(
        changed("junit-nested.xml", "<testsuites tests=\"5\" failures=\"2\"", "<testsuites tests=\"5\" failures=\"0\""),
        ["`failures` of a suite is 0, and 2 can be counted"]
    );
}

#[test]
fn what_stands_where_junit_does_not_have_it_is_told() {
    for (text, problem) in [
        ("<testsuites><testcase name='a'/></testsuites>", "`testcase` stands where"),
        ("<testsuite><case name='a'/></testsuite>", "`case` stands where"),
        ("<testsuite><testcase name='a'><result/></testcase></testsuite>", "`result` stands where"),
        ("<testsuite><system-out><testcase name='a'/></system-out></testsuite>", "`testcase` stands where"),
        ("<testsuite><testcase name='a'/></testsuite><testsuite/>", "an element stands behind its root"),
        ("<testsuite><testcase name='a'/></testsuite>words", "text stands outside its root"),
        ("<testsuite><testcase name='a'/></testsuite><![CDATA[words]]>", "text stands outside its root"),
        ("<testsuite><testcase name='a'/></testsuite><!DOCTYPE a>", "it has a document type in its middle"),
        ("<testsuite errors='1'><testcase name='a'/></testsuite>", "errors"),
    ] {
        let problems = problems(text);
        assert!(problems.iter().any(|told| told.contains(problem)), "{text}: {problems:?}");
    }
    for text in ["<html></html>", "<html><testsuite/></html>", "<!-- nothing -->"] {
        assert_eq!(report(&of(text.as_bytes())), None, "{text}");
    }
}

#[test]
fn the_numbers_of_a_suite_are_those_of_its_cases() {
    let suite = |numbers: &str| {
        let cases = "<testcase name='a'/><testcase name='b'><skipped/></testcase>\
                     <testcase name='c'><error/></testcase><testcase name='d'><error/></testcase>";
        format!("<testsuite {numbers}>{cases}</testsuite>")
    };
    for right in ["", "tests='4' failures='0' errors='2' skipped='1'", "errors=' 2 '", "skips='1'", "disabled='1'"] {
        assert_eq!(counted(&suite(right)), [4, 1, 0, 2, 1], "{right}");
    }
    for (wrong, problem) in [
        ("errors='1'", "`errors` of a suite is 1, and 2 can be counted"),
        ("skipped='2'", "`skipped` of a suite is 2, and 1 can be counted"),
        ("skips='2'", "`skipped` of a suite is 2, and 1 can be counted"),
        ("tests='3'", "`tests` of a suite is 3, and 4 can be counted"),
        ("failures='4'", "`failures` of a suite is 4, and 0 can be counted"),
        ("tests='+4'", "`tests` of a suite is not a count"),
        ("tests=''", "`tests` of a suite is not a count"),
        ("tests='4' tests='4'", "a suite has `tests` twice"),
    ] {
        assert!(problems(&suite(wrong)).contains(&problem.to_owned()), "{wrong}: {:?}", problems(&suite(wrong)));
    }
}

#[test]
fn a_tag_is_a_weakness_in_whatever_way_tools_write_it() {
    let refs = |tags: Vec<String>| {
        let rule = json!({ "id": "r", "properties": { "tags": tags } });
        let run = json!({
            "tool": { "driver": { "name": "t", "rules": [rule] } },
            "results": [{ "ruleId": "r", "message": { "text": "m" } }],
        });
        let measured = of(json!({ "version": "2.1.0", "runs": [run] }).to_string().as_bytes());
        let refs = &report(&measured).unwrap().refs;
        (refs.refs.iter().cloned().collect::<Vec<_>>(), refs.omitted_refs)
    };
    let tags = |tags: &[&str]| refs(tags.iter().map(|tag| (*tag).to_owned()).collect()).0;
    assert_eq!(
        tags(&["CWE-79", "cwe:89", "external/cwe/cwe-094", "Cwe-00502", "CWE-99999"]),
        ["CWE-502", "CWE-79", "CWE-89", "CWE-94", "CWE-99999"]
    );
    let other = ["CWE-0", "CWE-", "CWE-123456", "CWE-7x", "CWE-+7", "CVE-79", "cwe79", "xcwe-79"];
    assert_eq!(tags(&other), [""; 0]);
    let (listed, omitted) = refs((1..=1000).map(|number| format!("CWE-{number}")).collect());
    assert_eq!(listed.len() as u64 + omitted, 1000);
    assert!(omitted > 0 && !listed.is_empty(), "{omitted}");
}

#[test]
fn a_document_type_is_not_read_and_nothing_is_expanded() {
    let bomb =
        "<!DOCTYPE testsuite [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let text = format!("{bomb}<testsuite tests=\"1\"><testcase name=\"&b;\">&x;</testcase></testsuite>");
    assert_eq!(problems(&text), ["it has a document type, which is not read"]);
}

#[test]
fn what_is_no_report_is_unknown_and_nothing_is_said_against_it() {
    for text in [
        "{}",
        "{\"version\": \"1.0\", \"truncation\": null, \"model\": {\"vocab\": {\"a\": 0}}}",
        "{\"version\": \"2.1.0\"}",
        "{\"results\": 5}",
        "{\"results\": {\"results\": []}}",
        "{\"summary\": {\"total\": 1}, \"issues\": [], \"errors\": []}",
        "{ this is no JSON",
        "{\"entry\": 1",
        "<html><body><testcase/></body></html>",
        "<testsuites",
        "<!DOCTYPE html><testsuit/>",
        "< >",
    ] {
        let measured = of(text.as_bytes());
        assert_eq!((measured.format.name(), measured.findings.len()), ("unknown", 0), "{text}");
    }
}

#[test]
fn each_kind_of_report_is_known_by_any_of_its_marks() {
    let kind = |text: Value| report(&of(text.to_string().as_bytes())).map(|report| report.kind.name());
    for (expected, text) in [
        ("SARIF", json!({ "$schema": "https://json.schemastore.org/sarif-2.1.0.json" })),
        ("SARIF", json!({ "runs": [{ "tool": {} }] })),
        ("SARIF", json!({ "version": "2.1.0", "runs": [] })),
        ("ModelScan", json!({ "summary": { "modelscan_version": "0.8.5" } })),
        ("ModelScan", json!({ "summary": { "total_issues_by_severity": {} } })),
        ("promptfoo", json!({ "evalId": "eval-1" })),
        ("promptfoo", json!({ "results": { "version": 3, "results": [] } })),
    ] {
        assert_eq!(kind(text.clone()), Some(expected), "{text}");
    }
    for text in [
        json!({ "version": "3.0", "runs": [] }),
        json!({ "version": "2.1.0" }),
        json!({ "results": { "results": [] } }),
        json!({ "results": { "version": 3 } }),
    ] {
        assert_eq!(kind(text.clone()), None, "{text}");
    }
}

#[test]
fn what_is_no_count_in_a_line_of_garak_is_told() {
    let line = |nones: Value| {
        let eval = json!({
            "entry_type": "eval", "probe": "dan.Dan_11_0", "detector": "dan.DAN", "passed": 1, "fails": 0, "nones": nones,
        });
        format!("{}\n{eval}\n", json!({ "entry_type": "start_run setup", "_config.version": "0.13.0" }))
    };
    for wrong in [json!(1.5), json!(-1), json!({}), json!([]), json!("1"), json!(true), json!(null)] {
        let problems = problems(&line(wrong.clone()));
        assert!(problems.iter().any(|problem| problem.contains("`nones` is not a count")), "{wrong}: {problems:?}");
    }
    let more: String = (0..200).map(|number| line(json!(-1)).replace("dan.DAN", &format!("dan.{number}"))).collect();
    let problems = problems(&more);
    let more = problems.last().unwrap();
    // The line before each is another beginning, which is told once.
    assert_eq!((problems.len(), more.as_str()), (100, "there are 102 more reasons not to rely on it"));
}

#[test]
fn a_report_that_is_laid_out_as_two_is_neither() {
    let text = file("promptfoo.json").replacen('{', "{\"version\": \"2.1.0\", \"runs\": [], ", 1);
    assert_eq!(problems(&text), ["it is laid out as a report of SARIF and of promptfoo"]);
}

#[test]
fn nothing_stands_behind_the_end_of_a_report() {
    for name in ["modelscan.json", "nulls.sarif", "promptfoo.json"] {
        let said = problems(&(file(name) + "{}"));
        assert!(said.len() == 1 && said[0].starts_with("it is not JSON at line "), "{name}: {said:?}");
    }
    assert_eq!(problems(&(file("garak.report.jsonl") + "{}")), ["it has an entry without a type"]);
}

#[test]
fn a_mark_of_utf_8_and_blank_lines_before_a_report_are_read_over() {
    for name in FILES {
        let text = file(name);
        // An XML declaration stands at the very beginning.
        let blank = if text.starts_with("<?xml") { "" } else { "\n \n" };
        assert_eq!(counted(&format!("\u{feff}{blank}{text}")), counted(&text), "{name}");
    }
}

#[test]
fn no_secret_of_a_report_is_shown() {
    let secret = concat!("ghp", "_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5");
    for (name, original) in [
        ("garak.report.jsonl", "0.17.1"),
        ("garak.report.jsonl", "own.Probe"),
        ("garak.report.jsonl", "own.Detector"),
        ("garak.report.jsonl", "start_run setup"),
        ("garak.report.jsonl", "7, \"fails\""),
        ("garak.report.jsonl", "owasp:llm01"),
        ("modelscan.json", "MEDIUM"),
        ("modelscan.json", "0.8.5"),
        ("results.sarif", "Analyzer"),
        ("results.sarif", "AML.T0051"),
        ("results.sarif", "notApplicable"),
        ("promptfoo.json", "own:plugin"),
        ("promptfoo.json", "0.121.20"),
        ("junit.xml", "system-out"),
        ("junit.xml", "AML.T0051"),
    ] {
        let text = file(name);
        assert!(text.contains(original), "{name} has no {original}");
        let with = match original {
            "owasp:llm01" => format!("owasp:llm/{secret}"),
            "7, \"fails\"" => format!("\"{secret}\", \"fails\""),
            _ => secret.to_owned(),
        };
        let said = serde_json::to_string(&of(text.replace(original, &with).as_bytes())).unwrap();
        assert!(!said.contains("aB3dE5fG7hJ9kL1m"), "{name} with a secret in place of {original}: {said}");
    }
}
