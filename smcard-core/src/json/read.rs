//! Reading a report into a tree that knows where everything stands.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::excerpt::draw;
use crate::finding::{Finding, Position, Problem};
use crate::json::tree::Str;
use crate::node::{Entry, Node, Value};
use crate::rules::INVALID_SYNTAX;

/// The largest report that is read, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How many blocks and lists may stand in each other. The schema itself needs no more than 5; the
/// rest is for extensions.
pub const MAX_DEPTH: usize = 32;

/// The tree of a report; each place in it is a byte offset of the text.
pub(super) fn tree(text: &str) -> Result<Node<'_>, Box<Finding>> {
    let reader = Reader { text };
    if text.len() > MAX_BYTES {
        let problem =
            Problem::new(format!("the report has {} bytes, more than the {MAX_BYTES} that are read", text.len()));
        return Err(reader.refuse(0, problem));
    }
    if text.trim().is_empty() {
        return Err(reader.refuse(0, Problem::new("the report is empty").help("a report is a JSON object")));
    }
    let raw = serde_json::from_str(text).map_err(|error| reader.syntax(0, &error))?;
    reader.node(raw, 0)
}

struct Reader<'a> {
    text: &'a str,
}

impl<'a> Reader<'a> {
    /// Reads one level of a value. serde_json has checked the syntax of all that lies within, so
    /// what is deeper is only split here, and never recursed into beyond [`MAX_DEPTH`].
    fn node(&self, raw: &'a RawValue, depth: usize) -> Result<Node<'a>, Box<Finding>> {
        let raw = raw.get();
        let at = self.offset(raw);
        if depth > MAX_DEPTH {
            let problem = Problem::new(format!("more than {MAX_DEPTH} blocks and lists stand in each other"));
            return Err(self.refuse(at, problem));
        }
        let value = match raw.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = self.parse(raw)?;
                let entries = members.into_iter().map(|(key, value)| {
                    let at = self.key_offset(&key, value);
                    Ok(Entry { key: key.0, at, node: self.node(value, depth + 1)? })
                });
                Value::Block(entries.collect::<Result<_, Box<Finding>>>()?)
            }
            Some(b'[') => {
                let values: Vec<&RawValue> = self.parse(raw)?;
                Value::List(
                    values.into_iter().map(|value| self.node(value, depth + 1)).collect::<Result<_, Box<Finding>>>()?,
                )
            }
            Some(b'"') => Value::Text(self.parse::<Str<'a>>(raw)?.0.into()),
            Some(b't' | b'f') => Value::Bool(self.parse(raw)?),
            Some(b'n') => Value::Null,
            // serde_json rounds a number of many digits to a neighbour; every number of JSON is one of Rust.
            _ => Value::Number(raw.parse().unwrap_or(f64::NAN)),
        };
        Ok(Node { at, value })
    }

    fn parse<T: Deserialize<'a>>(&self, raw: &'a str) -> Result<T, Box<Finding>> {
        serde_json::from_str(raw).map_err(|error| self.syntax(self.offset(raw), &error))
    }

    /// Where a part of the text begins.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// Where the key of a value begins. A key with escapes is no part of the text; the value then
    /// says where it is.
    fn key_offset(&self, key: &Str<'a>, value: &RawValue) -> usize {
        match &key.0 {
            Cow::Borrowed(key) => self.offset(key).saturating_sub(1),
            Cow::Owned(_) => self.offset(value.get()),
        }
    }

    fn syntax(&self, start: usize, error: &serde_json::Error) -> Box<Finding> {
        // serde_json counts lines and columns from the part that it was given.
        let part = self.text.get(start..).unwrap_or_default();
        let line_start: usize = part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = start + line_start + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        self.refuse(at, Problem::new(format!("not JSON: {message}")))
    }

    fn refuse(&self, at: usize, problem: Problem) -> Box<Finding> {
        let at = (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let position = Position::of(self.text, at);
        let width = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let problem = problem.excerpt(draw(self.text, at..at + width, Some(position.line)));
        Box::new(Finding { position: Some(position), ..Finding::new(&INVALID_SYNTAX, "", at, problem) })
    }
}

/// The keys and values of an object in their order, repeated keys included.
struct Members<'a>(Vec<(Str<'a>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
