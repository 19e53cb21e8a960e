//! ONNX: who made it, which operators it needs, and where its data is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::broken::Broken;
use crate::facts::Facts;
use crate::input::Input;
use crate::protobuf::{Field, Message, Value};
use crate::scan::{Scan, text};
use crate::{Code, limits, member};

/// A graph of ONNX.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Onnx {
    /// The version of the format.
    pub ir_version: u64,
    /// The tool that wrote it.
    pub producer: String,
    /// The version of that tool.
    pub producer_version: String,
    /// The version of each set of operators; the standard one has an empty name.
    pub opsets: BTreeMap<String, u64>,
    /// How many nodes all graphs have.
    pub nodes: u64,
    /// How many numbers the initializers have.
    pub parameters: u64,
    /// Operators of other domains, as `domain::operator`.
    pub custom_operators: BTreeSet<String>,
    /// Files that hold the data.
    pub external_data: BTreeSet<String>,
}

/// The domains that come with ONNX itself.
const STANDARD: &[&str] =
    &["", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview", "ai.onnx.preview.training"];

/// Which fields a model has, and of which kind each is.
const MODEL: &[(u64, u64)] =
    &[(1, 0), (2, 2), (3, 2), (4, 2), (5, 0), (6, 2), (7, 2), (8, 2), (14, 2), (20, 2), (25, 2), (26, 2)];

/// What a graph can begin with: the keys of its fields.
const GRAPH: &[u8] = b"\x0a\x12\x2a\x52\x5a\x62\x6a\x72\x7a\x82";

/// How many fields of a model a text must seem to have: each takes no more than 127 of its characters, so these go through
/// nearly all that is looked at.
const OF_TEXT: u64 = 7;

/// Whether these may be the first bytes of a model, up to its graph or as far as they go.
///
/// Its own fields alone, as a rule. Readers skip others; where there is one, only a graph that begins as graphs do tells a
/// model from any bytes. Text can be read as fields too, for some words.
pub(crate) fn may_be(head: &[u8]) -> bool {
    let (is_text, is_whole) = (is_text(head), head.len() < limits::HEAD);
    let mut bytes = head;
    let mut input = Input::new(&mut bytes);
    let message = Message::whole(None);
    let (mut known, mut foreign, mut graphs) = (0, false, 0);
    loop {
        let field = match message.next(&mut input) {
            Ok(Some(field)) => field,
            Ok(None) if graphs > 0 => return known > 1,
            Ok(None) => return known > 1 && !foreign && !is_whole,
            Err(broken) => return broken.code == Code::TruncatedFile && known > 1 && !foreign && !is_whole,
        };
        let kind = if matches!(field.value, Value::Bytes(_)) { 2 } else { 0 };
        if field.value == Value::Fixed || !MODEL.contains(&(field.number, kind)) {
            foreign = true;
            if is_text {
                return false;
            }
        } else {
            known += 1;
        }
        match (field.number, field.value) {
            (1, Value::Number(version)) if version > 0xff => return false,
            // The graph, behind the version that the format puts before it.
            (7, Value::Bytes(length)) if !is_text => {
                let begins = input.peek(1).is_ok_and(|key| key.iter().all(|key| GRAPH.contains(key)));
                return known > 1 && length > 0 && (begins || !foreign);
            }
            (7, Value::Bytes(_)) => graphs += 1,
            _ => {}
        }
        if field.skip(&mut input).is_err() {
            // A long text, a producer perhaps.
            return !foreign && if is_text { known >= OF_TEXT } else { known > 1 };
        }
    }
}

fn is_text(head: &[u8]) -> bool {
    let is_utf8 = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    is_utf8 && head.iter().all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
}

pub(crate) fn look(input: &mut Input<'_>, size: Option<u64>, scan: &mut Scan) -> Facts {
    let mut reader = Reader { facts: Onnx::default(), scan, depth: 0, graphs: 0 };
    match reader.model(Message::whole(size), input) {
        Err(broken) => reader.scan.broken(broken, input.at()),
        // Both are asked for by the format.
        Ok(()) if reader.graphs == 0 || reader.facts.opsets.is_empty() => {
            reader.scan.broken(Broken::truncated(), input.at())
        }
        Ok(()) => {}
    }
    let Reader { facts, scan, .. } = reader;
    for operator in &facts.custom_operators {
        scan.tell(Code::CustomOperator, format!("it needs the operator `{operator}`"));
    }
    Facts::Onnx(facts)
}

struct Reader<'s> {
    facts: Onnx,
    scan: &'s mut Scan,
    depth: usize,
    /// How many graphs there were.
    graphs: u64,
}

type Read = Result<(), Broken>;

impl Reader<'_> {
    /// Reads each field of a message by what is known of it, and leaves out the others.
    fn fields(
        &mut self,
        message: Message,
        input: &mut Input<'_>,
        mut read: impl FnMut(&mut Self, Field, Message, &mut Input<'_>) -> Result<bool, Broken>,
    ) -> Read {
        while let Some(field) = message.next(input)? {
            let inner = match field.value {
                Value::Bytes(length) => Message::of(length, input),
                Value::Number(_) | Value::Fixed => message,
            };
            if !read(self, field, inner, input)? {
                field.skip(input)?;
            }
        }
        Ok(())
    }

    fn model(&mut self, message: Message, input: &mut Input<'_>) -> Read {
        self.fields(message, input, |reader, field, inner, input| {
            match (field.number, field.value) {
                (1, Value::Number(version)) => reader.facts.ir_version = version,
                (2, Value::Bytes(_)) => reader.facts.producer = field.text(input)?,
                (3, Value::Bytes(_)) => reader.facts.producer_version = field.text(input)?,
                (7, Value::Bytes(_)) => reader.graph(inner, input)?,
                (8, Value::Bytes(_)) => reader.opset(inner, input)?,
                // What trains it: two graphs.
                (20, Value::Bytes(_)) => reader.fields(inner, input, |reader, field, inner, input| {
                    let is_graph = matches!((field.number, field.value), (1 | 2, Value::Bytes(_)));
                    if is_graph {
                        reader.graph(inner, input)?;
                    }
                    Ok(is_graph)
                })?,
                // Functions: their nodes.
                (25, Value::Bytes(_)) => reader.fields(inner, input, |reader, field, inner, input| {
                    let is_node = matches!((field.number, field.value), (7, Value::Bytes(_)));
                    if is_node {
                        reader.node(inner, input)?;
                    }
                    Ok(is_node)
                })?,
                _ => return Ok(false),
            }
            Ok(true)
        })
    }

    fn opset(&mut self, message: Message, input: &mut Input<'_>) -> Read {
        let (mut domain, mut version) = (String::new(), 0);
        self.fields(message, input, |_, field, _, input| {
            match (field.number, field.value) {
                (1, Value::Bytes(_)) => domain = field.text(input)?,
                (2, Value::Number(number)) => version = number,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if self.facts.opsets.len() < limits::LISTED {
            self.facts.opsets.insert(domain, version);
        }
        Ok(())
    }

    fn graph(&mut self, message: Message, input: &mut Input<'_>) -> Read {
        if self.depth >= limits::GRAPHS {
            return Err(Broken::new(Code::TooDeep, format!("more than {} graphs stand in each other", limits::GRAPHS)));
        }
        self.depth += 1;
        self.graphs += 1;
        self.fields(message, input, |reader, field, inner, input| {
            match (field.number, field.value) {
                (1, Value::Bytes(_)) => reader.node(inner, input)?,
                (5, Value::Bytes(_)) => reader.tensor(inner, input, true)?,
                (15, Value::Bytes(_)) => reader.sparse(inner, input)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        self.depth -= 1;
        Ok(())
    }

    fn node(&mut self, message: Message, input: &mut Input<'_>) -> Read {
        self.facts.nodes += 1;
        let (mut operator, mut domain) = (String::new(), String::new());
        self.fields(message, input, |reader, field, inner, input| {
            match (field.number, field.value) {
                (4, Value::Bytes(_)) => operator = field.text(input)?,
                (7, Value::Bytes(_)) => domain = field.text(input)?,
                (5, Value::Bytes(_)) => reader.attribute(inner, input)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if !STANDARD.contains(&domain.as_str()) && self.facts.custom_operators.len() < limits::LISTED {
            self.facts.custom_operators.insert(format!("{domain}::{operator}"));
        }
        Ok(())
    }

    /// An attribute may be a tensor, or a graph: the branches of an `If`.
    fn attribute(&mut self, message: Message, input: &mut Input<'_>) -> Read {
        self.fields(message, input, |reader, field, inner, input| {
            match (field.number, field.value) {
                (5 | 10, Value::Bytes(_)) => reader.tensor(inner, input, false)?,
                (6 | 11, Value::Bytes(_)) => reader.graph(inner, input)?,
                (22 | 23, Value::Bytes(_)) => reader.sparse(inner, input)?,
                _ => return Ok(false),
            }
            Ok(true)
        })
    }

    fn sparse(&mut self, message: Message, input: &mut Input<'_>) -> Read {
        self.fields(message, input, |reader, field, inner, input| {
            let is_tensor = matches!((field.number, field.value), (1 | 2, Value::Bytes(_)));
            if is_tensor {
                reader.tensor(inner, input, field.number == 1)?;
            }
            Ok(is_tensor)
        })
    }

    fn tensor(&mut self, message: Message, input: &mut Input<'_>, counts: bool) -> Read {
        let mut items = 1_u64;
        self.fields(message, input, |reader, field, inner, input| {
            match (field.number, field.value) {
                (1, Value::Number(length)) => items = items.saturating_mul(length),
                (1, Value::Bytes(_)) => {
                    // All lengths in a row.
                    while !inner.is_over(input)? {
                        items = items.saturating_mul(crate::protobuf::varint(input)?);
                    }
                }
                (13, Value::Bytes(_)) => reader.external(inner, input)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if counts {
            self.facts.parameters = self.facts.parameters.saturating_add(items);
        }
        Ok(())
    }

    fn external(&mut self, message: Message, input: &mut Input<'_>) -> Read {
        let at = input.at();
        let (mut key, mut value) = (String::new(), Vec::new());
        self.fields(message, input, |_, field, _, input| {
            match (field.number, field.value) {
                (1, Value::Bytes(_)) => key = field.text(input)?,
                (2, Value::Bytes(length)) => value = input.bytes(length, limits::PATH + 1)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if key == "location" {
            let why = member::leaves(&value).or((value.len() > limits::PATH).then_some("is longer than a path can be"));
            let value = text(&value);
            if let Some(why) = why {
                self.scan.tell_at(Code::PathOutside, format!("it takes data from `{value}`, which {why}"), at);
            }
            if self.facts.external_data.len() < limits::LISTED {
                self.facts.external_data.insert(value);
            }
        }
        Ok(())
    }
}
