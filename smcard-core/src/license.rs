//! Licences, by the SPDX list that the `spdx` crate carries.

use std::ops::Range;

use spdx::error::Reason;
use spdx::identifiers::{LICENSES, VERSION};
use spdx::{Expression, ParseMode};

use crate::suggest::nearest;

/// What is wrong with a licence, where, and what was probably meant.
pub(crate) struct Wrong {
    pub(crate) why: String,
    pub(crate) range: Range<usize>,
    pub(crate) nearest: Option<&'static str>,
}

/// Reads a licence: an SPDX expression, or the full name of an SPDX licence word for word.
pub(crate) fn parse(text: &str) -> Result<Expression, Wrong> {
    let known = ParseMode { allow_deprecated: true, ..ParseMode::STRICT };
    let text = id_of_name(text).unwrap_or(text);
    Expression::parse_mode(text, known).map_err(|error| {
        let range = error.span.start.min(text.len())..error.span.end.min(text.len());
        let why = match error.reason {
            Reason::UnknownLicense | Reason::UnknownTerm => format!("SPDX {VERSION} lists no such licence"),
            Reason::UnknownException => format!("SPDX {VERSION} lists no such exception"),
            Reason::UnclosedParens => "a parenthesis is not closed".to_owned(),
            Reason::UnopenedParens => "a parenthesis was not opened".to_owned(),
            Reason::Unexpected(_) | Reason::Empty => "the expression is not complete".to_owned(),
            Reason::GnuNoPlus | Reason::GnuPlusWithSuffix => {
                "a GNU licence takes `-or-later` in place of `+`".to_owned()
            }
            _ => "it is no licence expression".to_owned(),
        };
        let term = text.get(range.clone()).unwrap_or(text);
        let names = || LICENSES.iter().filter(|license| license.flags & spdx::flags::IS_DEPRECATED == 0);
        // A name of several words is compared as a whole: its first word alone may be an id's
        // first part, and a guess from that would be wrong.
        let nearest = nearest(text, names().flat_map(|license| [license.name, license.full_name]))
            .or_else(|| nearest(term, names().map(|license| license.name)));
        Wrong { why, range, nearest }
    })
}

/// The ids in an expression that SPDX has deprecated.
pub(crate) fn deprecated(expression: &Expression) -> Vec<&'static str> {
    let ids = expression.requirements().filter_map(|term| term.req.license.id());
    ids.filter(|id| id.is_deprecated()).map(|id| id.name).collect()
}

/// The id of the licence of this full name, the present one where SPDX has renamed it.
fn id_of_name(name: &str) -> Option<&'static str> {
    let named = LICENSES.iter().filter(|license| license.full_name == name);
    named.min_by_key(|license| license.flags & spdx::flags::IS_DEPRECATED).map(|license| license.name)
}
