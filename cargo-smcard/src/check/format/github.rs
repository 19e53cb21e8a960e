//! Annotations of GitHub Actions
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use super::{level, omitted, words};
use crate::told::{Checked, Told};

pub(super) fn card(checked: &Checked) -> String {
    let mut text: String = checked.told.iter().map(annotation).collect();
    if let Some(omitted) = omitted(checked) {
        text += &format!("::notice file={}::{}\n", property(&checked.file), data(&omitted));
    }
    text
}

fn annotation(told: &Told) -> String {
    let mut properties = format!("file={}", property(&told.file));
    if let Some(position) = told.position {
        properties += &format!(",line={},col={}", position.line, position.column);
        if let Some(end) = told.end_column {
            properties += &format!(",endColumn={end}");
        }
    }
    properties += &format!(",title={}", property(told.rule.code));
    format!("::{} {properties}::{}\n", level(told), data(&words(told)))
}

/// What a message must not hold as it is.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What the value of a property must not hold either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
