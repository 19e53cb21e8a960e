//! What a literal token says.

use litrs::Literal;
use smcard_core::Text;
use smcard_core::tree::Value;

/// The value of a literal; an expression for the compiler where a card has no such value.
pub(crate) fn value(literal: &proc_macro2::Literal) -> Value<'static> {
    match Literal::parse(literal.to_string()) {
        Ok(Literal::String(text)) if text.suffix().is_empty() => {
            Value::Text(std::borrow::Cow::<'static, str>::Owned(text.into_value()).into())
        }
        Ok(Literal::Integer(number)) if number.suffix().is_empty() => {
            // Whole numbers from 2^53 on are refused by the rules, whatever is rounded here.
            number.value::<u128>().map_or(Value::Later, |number| Value::Number(number as f64))
        }
        Ok(Literal::Float(number)) if number.suffix().is_empty() => {
            number.number_part().replace('_', "").parse().map_or(Value::Later, Value::Number)
        }
        _ => Value::Later,
    }
}

/// The words of a string literal.
pub(crate) fn text(literal: &proc_macro2::Literal) -> Option<String> {
    match value(literal) {
        Value::Text(text @ Text::Stated(_)) => Some(text.words().to_owned()),
        _ => None,
    }
}
