//! Words that come from a file, in messages and in the report.

use smcard_core::source::visible;

use crate::scan::cut;

/// The longest text of a file that is repeated, in bytes.
const LONGEST: usize = 200;

/// A text as it may be shown: of characters that a reader sees, without secrets, and not without end.
pub(super) fn shown(text: &str) -> String {
    cut(visible(text), LONGEST)
}

/// `1 pass`, `2 passes`.
pub(super) fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
