//! JUnit XML: a suite for each file, a failed test for each error, and a test that passed where there is none.

use super::{omitted, words};
use crate::told::{Checked, Told};

pub(super) fn begin() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smcard\">\n".to_owned()
}

pub(super) fn card(checked: &Checked) -> String {
    let file = text(&checked.file);
    let errors = checked.told.iter().filter(|told| super::level(told) == "error");
    let mut tests: Vec<String> = errors.map(|told| failed(told, &file)).collect();
    let failures = tests.len();
    if tests.is_empty() {
        tests.push(format!("    <testcase classname=\"{file}\" name=\"card\"/>\n"));
    }
    let mut warnings: Vec<String> =
        checked.told.iter().filter(|told| super::level(told) == "warning").map(warning).collect();
    warnings.extend(omitted(checked));
    let mut suite =
        format!("  <testsuite name=\"{file}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\">\n", tests.len());
    suite += &tests.concat();
    if !warnings.is_empty() {
        suite += &format!("    <system-out>{}</system-out>\n", text(&warnings.join("\n")));
    }
    suite + "  </testsuite>\n"
}

fn failed(told: &Told, file: &str) -> String {
    let at = if told.path.is_empty() { String::new() } else { format!(" at {}", told.path) };
    format!(
        "    <testcase classname=\"{file}\" name=\"{}\">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    \
         </testcase>\n",
        text(&format!("{}{at}", told.rule.code)),
        told.rule.code,
        text(&super::escaped(&told.problem.message)),
        text(&format!("{}{}", place(told), words(told))),
    )
}

fn warning(told: &Told) -> String {
    format!("warning[{}]: {}{}", told.rule.code, place(told), words(told))
}

fn place(told: &Told) -> String {
    match told.position {
        Some(position) => format!("{}:{position}: ", told.file),
        None => format!("{}: ", told.file),
    }
}

/// A text within XML. No control character is left in it; line ends would not survive in an attribute.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' => escaped += "&#10;",
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            char => escaped.push(char),
        }
    }
    escaped
}

pub(super) fn end() -> String {
    "</testsuites>\n".to_owned()
}
