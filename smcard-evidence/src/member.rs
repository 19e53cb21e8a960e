//! Where the name of a member, or a path in a file, leads to.

/// How a path leaves its folder, if it does: on any system.
pub(crate) fn leaves(path: &[u8]) -> Option<&'static str> {
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    if path.first().is_some_and(is_separator) || matches!(path, [letter, b':', ..] if letter.is_ascii_alphabetic()) {
        return Some("is an absolute path");
    }
    let up = path.split(|byte| is_separator(byte)).any(|part| part == b"..");
    up.then_some("leads out of its folder")
}
