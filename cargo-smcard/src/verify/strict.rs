//! JSON in which no key stands twice: what two programs would read as two things is refused.

use std::cell::Cell;
use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use smcard_core::MAX_VALUES;

/// The value of a JSON text.
///
/// # Errors
/// Why it is none, or more than a statement may hold.
pub(super) fn json(text: &[u8]) -> Result<Value, String> {
    // A card, and what a statement and its envelope hold beside it.
    let left = Cell::new(2 * MAX_VALUES);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Strict(&left).deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| format!("not JSON: {error}"))
}

struct Strict<'l>(&'l Cell<usize>);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.0.get().checked_sub(1) {
            Some(left) => self.0.set(left),
            None => return Err(D::Error::custom(format!("more than {} values", 2 * MAX_VALUES))),
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Strict(self.0))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Strict(self.0))?;
            if object.contains_key(&key) {
                return Err(A::Error::custom("a key stands twice"));
            }
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn a_key_that_stands_twice_is_refused_at_any_depth() {
        assert!(json(br#"{"a": [{"b": 1, "c": -2.5, "d": null, "e": true}]}"#).is_ok());
        let error = json(br#"{"a": [{"b": 1, "b": 1}]}"#).unwrap_err();
        assert!(error.starts_with("not JSON: a key stands twice at line 1"), "{error}");
    }

    #[test]
    fn what_is_too_deep_or_too_much_is_refused() {
        assert!(json("[".repeat(100_000).as_bytes()).unwrap_err().contains("recursion limit"));
        let many = format!("[{}0]", "0,".repeat(200_000));
        assert!(json(many.as_bytes()).unwrap_err().contains("more than 200000 values"));
        assert!(json(b"{} {}").unwrap_err().contains("trailing characters"));
    }
}
