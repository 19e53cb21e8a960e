//! Chat templates: Jinja, which a program renders that may not keep it in a sandbox. What is looked for is what leads
//! out of one.

use crate::pickle::number::unescape;
use crate::scan::{Scan, text};
use crate::{Code, limits};

/// Attributes that lead from any object to Python itself, besides those between double underscores.
const ESCAPES: &[&str] = &[
    "mro",
    "gi_frame",
    "gi_code",
    "cr_frame",
    "cr_code",
    "ag_frame",
    "ag_code",
    "f_globals",
    "f_locals",
    "f_builtins",
    "f_back",
    "f_code",
    "tb_frame",
    "func_globals",
    "func_code",
    "im_func",
    "im_self",
    "co_code",
];

/// Names that are there in some programs and lead out of templates.
const REACHING: &[&str] = &[
    "popen",
    "subprocess",
    "importlib",
    "lipsum",
    "cycler",
    "joiner",
    "request",
    "application",
    "eval",
    "exec",
    "system",
    "getattr",
    "builtins",
    "attr",
    "format_map",
    "include",
    "import",
    "extends",
    "os",
];

/// Tells what in a template leaves the sandbox, or reaches for it.
pub(crate) fn check(key: &str, source: &[u8], scan: &mut Scan) {
    if source.len() > limits::TEMPLATE {
        scan.tell(Code::TooMuch, format!("`{key}` is longer than {} bytes", limits::TEMPLATE));
        return;
    }
    let mut rest = source;
    // Only between these is anything evaluated.
    while let Some(start) = memchr::memchr(b'{', rest) {
        let after = rest.get(start + 1..).unwrap_or_default();
        rest = match after {
            [b'{', inner @ ..] => expression(inner, b"}}", key, scan),
            [b'%', inner @ ..] => expression(inner, b"%}", key, scan),
            [b'#', inner @ ..] => {
                memchr::memmem::find(inner, b"#}").and_then(|end| inner.get(end..)).unwrap_or_default()
            }
            _ => after,
        };
    }
}

/// Goes through an expression to its end; what stands behind it is left.
fn expression<'t>(mut rest: &'t [u8], end: &[u8], key: &str, scan: &mut Scan) -> &'t [u8] {
    let mut filter = false;
    loop {
        if rest.starts_with(end) {
            return rest.get(end.len()..).unwrap_or_default();
        }
        let Some(first) = rest.first() else { return rest };
        let length = match first {
            b'\'' | b'"' => {
                let length = quoted(rest, *first);
                let inner = rest.get(1..(length - 1).max(1)).unwrap_or_default();
                literal(&unescape(inner), key, scan);
                length
            }
            byte if byte.is_ascii_alphabetic() || *byte == b'_' => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
                let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
                word(&text(rest.get(..length).unwrap_or_default()), filter, key, scan);
                length
            }
            _ => 1,
        };
        filter = *first == b'|' || filter && first.is_ascii_whitespace();
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// How long a text in quotes is, with them.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut escaped = false;
    let end = rest.iter().skip(1).position(|byte| {
        let ends = *byte == quote && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |end| end + 2)
}

/// A name, an attribute or a filter.
fn word(word: &str, filter: bool, key: &str, scan: &mut Scan) {
    if is_dunder(word) || ESCAPES.contains(&word) {
        scan.tell(Code::TemplateEscape, format!("`{key}` uses `{word}`"));
    } else if REACHING.contains(&word) && (word != "attr" || filter) {
        scan.tell(Code::TemplateReach, format!("`{key}` uses `{word}`"));
    }
}

/// A text, which may become an attribute: by `|attr`, by `[…]`, or after being put together.
fn literal(literal: &str, key: &str, scan: &mut Scan) {
    let shown = text(literal.as_bytes());
    if is_dunder(literal.trim()) || ESCAPES.contains(&literal) {
        scan.tell(Code::TemplateEscape, format!("`{key}` has the text `{shown}`"));
    } else if literal.contains("__") {
        scan.tell(Code::TemplateReach, format!("`{key}` has the text `{shown}`"));
    }
}

fn is_dunder(word: &str) -> bool {
    word.len() > 4 && word.starts_with("__") && word.ends_with("__")
}
