//! What a literal token says.

use std::borrow::Cow;

use proc_macro2::Literal;
use smcard_core::tree::Value;

/// The value of a literal; an expression for the compiler where a card has no such value.
pub(crate) fn value(literal: &Literal) -> Value<'static> {
    let spelt = literal.to_string();
    if let Some(text) = unescaped(&spelt) {
        return Value::Text(Cow::<str>::Owned(text).into());
    }
    match Number::of(&spelt) {
        Some(number) if number.suffix.is_empty() => number.value().map_or(Value::Later, Value::Number),
        _ => Value::Later,
    }
}

/// The words of a string literal.
pub(crate) fn text(literal: &Literal) -> Option<String> {
    unescaped(&literal.to_string())
}

/// A number as it is spelt, and what stands behind it: a type, or a unit that no number has.
pub(crate) fn number_and_suffix(literal: &Literal) -> Option<(String, String)> {
    let spelt = literal.to_string();
    let suffix = Number::of(&spelt)?.suffix;
    spelt.strip_suffix(suffix).map(|number| (number.to_owned(), suffix.to_owned()))
}

/// The words of a string literal, raw or not; nothing for a literal of another kind, or with a suffix.
fn unescaped(spelt: &str) -> Option<String> {
    if let Some(escaped) = spelt.strip_prefix('"') {
        let mut text = String::with_capacity(escaped.len());
        let mut is_whole = true;
        rustc_literal_escaper::unescape_str(escaped.strip_suffix('"')?, |_, char| match char {
            Ok(char) => text.push(char),
            Err(error) => is_whole &= !error.is_fatal(),
        });
        return is_whole.then_some(text);
    }
    let raw = spelt.strip_prefix('r')?;
    let hashes = raw.find('"')?;
    raw.get(hashes..raw.len().checked_sub(hashes)?)?.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

/// A number as it is spelt.
///
/// Source: The Rust Reference, "Number literals".
struct Number<'l> {
    base: u32,
    digits: &'l str,
    suffix: &'l str,
}

impl<'l> Number<'l> {
    fn of(spelt: &'l str) -> Option<Self> {
        let (base, rest) = match spelt.split_at_checked(2) {
            Some(("0x", rest)) => (16, rest),
            Some(("0o", rest)) => (8, rest),
            Some(("0b", rest)) => (2, rest),
            // One that a macro made may have a sign.
            _ if spelt.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => (10, spelt),
            _ => return None,
        };
        // No suffix begins with the letter of an exponent.
        let is_digit = |char: char| match char {
            '_' => true,
            '.' | 'e' | 'E' | '+' | '-' if base == 10 => true,
            char => char.is_digit(base),
        };
        let (digits, suffix) = rest.split_at(rest.find(|char| !is_digit(char)).unwrap_or(rest.len()));
        Some(Number { base, digits, suffix })
    }

    /// The nearest number, however long it is. Whole numbers from 2^53 on are refused by the rules.
    fn value(&self) -> Option<f64> {
        if self.base == 10 {
            return self.digits.replace('_', "").parse().ok();
        }
        let digits = self.digits.chars().filter_map(|digit| digit.to_digit(self.base));
        Some(digits.fold(0.0, |value, digit| value * f64::from(self.base) + f64::from(digit)))
    }
}
