//! What a literal token says.

use std::borrow::Cow;

use proc_macro2::Literal;
use smcard_core::tree::Value;
use syn::Lit;

/// The longest number that is decoded, in characters: decoding takes a time that grows with the
/// square of the digits, and no number of a card has as many.
const LONGEST_NUMBER: usize = 100;

/// The value of a literal; an expression for the compiler where a card has no such value.
pub(crate) fn value(literal: &Literal) -> Value<'static> {
    if let Some(number) = plain_number(literal) {
        return Value::Number(number);
    }
    match decoded(literal) {
        Some(Lit::Str(text)) if text.suffix().is_empty() => Value::Text(Cow::<str>::Owned(text.value()).into()),
        Some(Lit::Int(number)) if number.suffix().is_empty() => {
            number.base10_digits().parse().map_or(Value::Later, Value::Number)
        }
        Some(Lit::Float(number)) if number.suffix().is_empty() => {
            number.base10_digits().parse().map_or(Value::Later, Value::Number)
        }
        Some(_) => Value::Later,
        None => Value::Number(f64::INFINITY),
    }
}

/// A number that Rust spells as every other language does, whatever its length. Whole numbers from
/// 2^53 on are refused by the rules, whatever is rounded here.
fn plain_number(literal: &Literal) -> Option<f64> {
    let spelt = literal.to_string();
    let is_plain = spelt.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'_' | b'.' | b'e' | b'E' | b'+' | b'-'));
    match is_plain {
        true if spelt.contains('_') => spelt.replace('_', "").parse().ok(),
        true => spelt.parse().ok(),
        false => None,
    }
}

/// The words of a string literal.
pub(crate) fn text(literal: &Literal) -> Option<String> {
    match value(literal) {
        // As a report spells it: what begins as a reason does is a text here.
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// A number with what stands behind its digits: a type, or a unit that no number has.
pub(crate) fn number_and_suffix(literal: &Literal) -> Option<(String, String)> {
    match decoded(literal)? {
        Lit::Int(number) => Some((number.base10_digits().to_owned(), number.suffix().to_owned())),
        Lit::Float(number) => Some((number.base10_digits().to_owned(), number.suffix().to_owned())),
        _ => None,
    }
}

/// Nothing for a number that is too long.
fn decoded(literal: &Literal) -> Option<Lit> {
    let spelt = literal.to_string();
    let is_number = spelt.starts_with(|char: char| char.is_ascii_digit() || char == '-');
    (!is_number || spelt.len() <= LONGEST_NUMBER).then(|| Lit::new(literal.clone()))
}
