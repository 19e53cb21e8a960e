//! Reports that are cut off, turned, made up or without end: never numbers that are too small, and always an answer.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::reports::{FILES, counted, file, problems, report};
use crate::seeds::of;

/// By this many bytes every report of the tests is known for what it is.
const KNOWN: usize = 150;

#[test]
fn a_report_that_is_cut_off_anywhere_has_all_its_numbers_or_none() {
    for name in FILES {
        let text = file(name);
        let whole = counted(&text);
        let mut with_numbers = 0;
        for length in 0..text.len() {
            let measured = of(&text.as_bytes()[..length]);
            let Some(report) = report(&measured) else {
                assert!(length < KNOWN, "{name} cut off at {length} is {}", measured.format.name());
                assert_eq!(measured.findings, [], "{name} cut off at {length}");
                continue;
            };
            match report.counts {
                None => assert!(!measured.findings.is_empty(), "{name} cut off at {length}"),
                Some(counts) => {
                    let counts = [counts.attempts, counts.passes, counts.failures, counts.errors, counts.skips];
                    assert_eq!((counts, measured.findings.len()), (whole, 0), "{name} cut off at {length}");
                    with_numbers += 1;
                }
            }
        }
        // The last line feed; of garak also the one behind the completion of the run.
        assert!(with_numbers <= 3, "{name}: {with_numbers}");
    }
}

#[test]
fn whatever_byte_is_another_there_is_an_answer_and_numbers_only_without_findings() {
    for name in FILES {
        let mut content = file(name).into_bytes();
        for at in 0..content.len() {
            let original = content[at];
            let others = [0, b'"', b'<', b'9', original ^ 0x20, 0xff];
            for other in [others[at % 6], others[(at / 6 + 3) % 6]] {
                content[at] = other;
                let measured = of(&content);
                if let Some(report) = report(&measured) {
                    assert_eq!(report.counts.is_some(), measured.findings.is_empty(), "{name}, byte {at} is {other}");
                }
            }
            content[at] = original;
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_behind_the_beginning_of_a_report_are_no_panic(
        name in 0..FILES.len(), length in 0_usize..400, bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let text = file(FILES[name]);
        let start = &text.as_bytes()[..length.min(text.len())];
        let measured = of(&[start, &bytes].concat());
        if let Some(report) = report(&measured) {
            prop_assert_eq!(report.counts.is_some(), measured.findings.is_empty());
        }
    }

    #[test]
    fn random_text_of_what_reports_are_made_of_is_no_panic(
        start in "[{<]", rest in r#"[{}\[\]<>/"':,= 0-9a-z\\&;!-]{0,200}"#,
    ) {
        of((start + &rest).as_bytes());
    }
}

#[test]
fn a_number_that_is_too_large_is_no_number() {
    let garak = file("garak.report.jsonl");
    for number in ["18446744073709551615", "18446744073709551616", "1e3", "7.0", "1e999", "-0", "\"7\"", "[7]", "true"]
    {
        let said = problems(&garak.replacen("\"passed\": 7,", &format!("\"passed\": {number},"), 1));
        assert!(!said.is_empty(), "{number}");
    }
    let junit = file("junit.xml");
    for number in ["99999999999999999999", "+6", "6.0", "0x6", "", "-1", "٦"] {
        let said = problems(&junit.replacen("tests=\"6\"", &format!("tests=\"{number}\""), 1));
        assert_eq!(said, ["`tests` of a suite is not a count"], "{number}");
    }
    let half = u64::MAX / 2 + 1;
    let line = |probe: &str| {
        format!(
            "{{\"entry_type\": \"eval\", \"probe\": \"{probe}\", \"detector\": \"d\", \"passed\": {half}, \"fails\": 0}}\n"
        )
    };
    let said = problems(&(line("a") + &line("b") + "{\"entry_type\": \"completion\"}"));
    assert_eq!(said, ["its numbers are too large to be added up"]);
}

#[test]
fn what_is_nested_without_end_is_an_answer() {
    let (deep, shallow) = ("[".repeat(200_000), "]".repeat(200_000));
    let promptfoo = file("promptfoo.json");
    let whole = counted(&promptfoo);
    // Where nothing is read, any JSON may stand.
    let ignored = promptfoo.replacen("\"shareableUrl\": null", &format!("\"shareableUrl\": {deep}{shallow}"), 1);
    assert_eq!(counted(&ignored), whole);
    for key in ["\"success\": true", "\"errors\": 1", "\"error\": null"] {
        let name = key.split(':').next().unwrap();
        let said = problems(&promptfoo.replacen(key, &format!("{name}: {deep}{shallow}"), 1));
        assert!(said[0].starts_with("it is not JSON at line "), "{said:?}");
    }
    let suites = "<testsuite>".repeat(100_000) + &"</testsuite>".repeat(100_000);
    assert_eq!(problems(&suites), ["more than 256 elements stand in each other"]);
    for start in ["{\"runs\": [", "{\"a\": ", "{\"entry_type\": "] {
        of((start.to_owned() + &deep).as_bytes());
    }
}

#[test]
fn mistakes_without_end_are_told_to_the_hundredth() {
    let text = "{\"entry_type\": \"eval\"}\n".repeat(5000);
    let said = problems(&text);
    assert_eq!(said.len(), 2, "the same is told once, beside the end that is missing");
    let text: String = (0..5000).map(|number| format!("{{\"entry_type\": \"{number}\"}}\n")).collect();
    let said = problems(&text);
    assert_eq!((said.len(), said[99].as_str()), (100, "there are 4902 more reasons not to rely on it"));
}

/// Reports of so many results.
fn large(results: usize) -> [(&'static str, String); 4] {
    let garak: String = (0..results)
        .map(|number| {
            format!("{{\"entry_type\": \"attempt\", \"uuid\": \"{number}\", \"outputs\": [{{\"text\": \"no\"}}]}}\n")
        })
        .collect();
    let of =
        |number| format!("{{\"ruleId\": \"r{number}\", \"properties\": {{\"tags\": [\"t\"]}}, \"message\": {{}}}}");
    let sarif: Vec<String> = (0..results).map(of).collect();
    let rules: Vec<String> = (0..results).map(|number| format!("{{\"id\": \"r{number}\"}}")).collect();
    let modelscan: Vec<String> = (0..results).map(|number| format!("\"{number}.pkl\"")).collect();
    let cases: String = (0..results).map(|number| format!("<testcase name=\"{number}\" a{number}=\"\"/>")).collect();
    [
        ("garak", garak + "{\"entry_type\": \"completion\"}"),
        (
            "SARIF",
            format!(
                "{{\"version\": \"2.1.0\", \"runs\": [{{\"results\": [{}], \"tool\": {{\"driver\": {{\"name\": \"x\", \"rules\": [{}]}}}}}}]}}",
                sarif.join(","),
                rules.join(",")
            ),
        ),
        (
            "ModelScan",
            format!(
                "{{\"summary\": {{\"total_issues_by_severity\": {{}}, \"scanned\": {{\"scanned_files\": [{}]}}}}, \"issues\": [], \"errors\": []}}",
                modelscan.join(",")
            ),
        ),
        ("JUnit", format!("<testsuite>{cases}</testsuite>")),
    ]
}

#[test]
fn ten_times_the_results_take_about_ten_times_as_long() {
    let time = |text: &str| {
        let once = || {
            let started = Instant::now();
            counted(text);
            started.elapsed()
        };
        (0..3).map(|_| once()).min().unwrap_or_default()
    };
    for ((name, small), (_, large)) in large(3000).into_iter().zip(large(30_000)) {
        let (small, large) = (time(&small), time(&large));
        assert!(large < small * 40 + Duration::from_millis(50), "{name}: {small:?} and {large:?}");
    }
}
