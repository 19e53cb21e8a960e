//! What a literal token says.

use std::borrow::Cow;

use litrs::{IntegerLit, Literal as Decoded};
use proc_macro2::Literal;
use smcard_core::tree::Value;

/// The value of a literal; an expression for the compiler where a card has no such value.
pub(crate) fn value(literal: &Literal) -> Value<'static> {
    if let Some(number) = plain_number(literal) {
        return Value::Number(number);
    }
    match Decoded::parse(literal.to_string()) {
        Ok(Decoded::String(text)) if text.suffix().is_empty() => {
            Value::Text(Cow::<str>::Owned(text.into_value()).into())
        }
        Ok(Decoded::Integer(number)) if number.suffix().is_empty() => Value::Number(in_base(&number)),
        _ => Value::Later,
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

/// A whole number in another base than ten, however large it is.
fn in_base(number: &IntegerLit<String>) -> f64 {
    let base = number.base().value();
    let digits = number.raw_main_part().chars().filter_map(|digit| digit.to_digit(base.into()));
    digits.fold(0.0, |value, digit| value * f64::from(base) + f64::from(digit))
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
    match Decoded::parse(literal.to_string()).ok()? {
        Decoded::Integer(number) => Some((number.value::<u128>()?.to_string(), number.suffix().to_owned())),
        Decoded::Float(number) => Some((number.number_part().replace('_', ""), number.suffix().to_owned())),
        _ => None,
    }
}
