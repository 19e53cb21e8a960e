//! GGUF: what model it is, how it is quantized, and its chat templates, which programs render.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::broken::Broken;
use crate::facts::Facts;
use crate::input::Input;
use crate::scan::{Scan, text};
use crate::{Code, limits, template};

/// A model of llama.cpp and its kin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Gguf {
    /// The version of the format.
    pub version: u32,
    /// The architecture, such as `llama`.
    pub architecture: Option<String>,
    /// The name that the model gives itself.
    pub name: Option<String>,
    /// How most of it is quantized, by the name that is usual, such as `Q4_K_M`.
    pub quantization: Option<String>,
    /// How many tensors there are.
    pub tensors: u64,
    /// How many numbers they have.
    pub parameters: u64,
    /// How many numbers there are of each type.
    pub types: BTreeMap<String, u64>,
    /// The licence, as the file names it.
    pub license: Option<String>,
    /// The keys of the chat templates.
    pub chat_templates: Vec<String>,
}

/// The types of tensors: number, name, items in a block, bytes of a block.
const TYPES: &[(u32, &str, u64, u64)] = &[
    (0, "F32", 1, 4),
    (1, "F16", 1, 2),
    (2, "Q4_0", 32, 18),
    (3, "Q4_1", 32, 20),
    (6, "Q5_0", 32, 22),
    (7, "Q5_1", 32, 24),
    (8, "Q8_0", 32, 34),
    (9, "Q8_1", 32, 40),
    (10, "Q2_K", 256, 84),
    (11, "Q3_K", 256, 110),
    (12, "Q4_K", 256, 144),
    (13, "Q5_K", 256, 176),
    (14, "Q6_K", 256, 210),
    (15, "Q8_K", 256, 292),
    (16, "IQ2_XXS", 256, 66),
    (17, "IQ2_XS", 256, 74),
    (18, "IQ3_XXS", 256, 98),
    (19, "IQ1_S", 256, 50),
    (20, "IQ4_NL", 32, 18),
    (21, "IQ3_S", 256, 110),
    (22, "IQ2_S", 256, 82),
    (23, "IQ4_XS", 256, 136),
    (24, "I8", 1, 1),
    (25, "I16", 1, 2),
    (26, "I32", 1, 4),
    (27, "I64", 1, 8),
    (28, "F64", 1, 8),
    (29, "IQ1_M", 256, 56),
    (30, "BF16", 1, 2),
    (34, "TQ1_0", 256, 54),
    (35, "TQ2_0", 256, 66),
    (39, "MXFP4", 32, 17),
];

/// What `general.file_type` stands for.
const FILE_TYPES: &[(u64, &str)] = &[
    (0, "F32"),
    (1, "F16"),
    (2, "Q4_0"),
    (3, "Q4_1"),
    (7, "Q8_0"),
    (8, "Q5_0"),
    (9, "Q5_1"),
    (10, "Q2_K"),
    (11, "Q3_K_S"),
    (12, "Q3_K_M"),
    (13, "Q3_K_L"),
    (14, "Q4_K_S"),
    (15, "Q4_K_M"),
    (16, "Q5_K_S"),
    (17, "Q5_K_M"),
    (18, "Q6_K"),
    (19, "IQ2_XXS"),
    (20, "IQ2_XS"),
    (21, "Q2_K_S"),
    (22, "IQ3_XS"),
    (23, "IQ3_XXS"),
    (24, "IQ1_S"),
    (25, "IQ4_NL"),
    (26, "IQ3_S"),
    (27, "IQ3_M"),
    (28, "IQ2_S"),
    (29, "IQ2_M"),
    (30, "IQ4_XS"),
    (31, "IQ1_M"),
    (32, "BF16"),
    (36, "TQ1_0"),
    (37, "TQ2_0"),
    (38, "MXFP4_MOE"),
];

pub(crate) fn look(input: &mut Input<'_>, size: Option<u64>, scan: &mut Scan) -> Facts {
    let mut reader = Reader { facts: Gguf::default(), size, alignment: 32, big_endian: false, scan };
    if let Err(broken) = reader.read(input) {
        reader.scan.broken(broken, input.at());
    }
    Facts::Gguf(reader.facts)
}

struct Reader<'s> {
    facts: Gguf,
    size: Option<u64>,
    alignment: u64,
    big_endian: bool,
    scan: &'s mut Scan,
}

/// A value of the header, as far as anything is made of it.
enum Value {
    Number(u64),
    Text(Vec<u8>),
    Other,
}

impl Reader<'_> {
    fn read(&mut self, input: &mut Input<'_>) -> Result<(), Broken> {
        input.skip(4)?;
        let version = input.u32()?;
        // The highest bytes of a small number are zero.
        self.big_endian = version & 0xffff == 0 && version != 0;
        self.facts.version = if self.big_endian { version.swap_bytes() } else { version };
        if !(1..=3).contains(&self.facts.version) {
            return Err(Broken::file(format!("there is no version {} of it", self.facts.version)));
        }
        let tensors = self.count(input)?;
        let pairs = self.count(input)?;
        // A key has 8 bytes of length, 4 of type and a value; a tensor more.
        for (count, least, what) in [(tensors, 24, "tensors"), (pairs, 13, "keys")] {
            if self.size.is_some_and(|size| count > size / least) {
                return Err(Broken::new(Code::LyingHeader, format!("the header claims {count} {what}")));
            }
        }
        for _ in 0..pairs {
            self.pair(input)?;
        }
        let mut end = 0;
        for _ in 0..tensors {
            end = end.max(self.tensor(input)?);
        }
        let start = input.at().next_multiple_of(self.alignment);
        if let Some(size) = self.size.filter(|size| tensors > 0 && start.saturating_add(end) > *size) {
            let message = format!("the tensors go to byte {}, and the file has {size}", start.saturating_add(end));
            return Err(Broken::new(Code::LyingHeader, message));
        }
        Ok(())
    }

    fn u32(&self, input: &mut Input<'_>) -> Result<u32, Broken> {
        let number = input.u32()?;
        Ok(if self.big_endian { number.swap_bytes() } else { number })
    }

    fn u64(&self, input: &mut Input<'_>) -> Result<u64, Broken> {
        let number = input.u64()?;
        Ok(if self.big_endian { number.swap_bytes() } else { number })
    }

    /// A length: the first version had shorter ones.
    fn count(&self, input: &mut Input<'_>) -> Result<u64, Broken> {
        if self.facts.version == 1 { self.u32(input).map(u64::from) } else { self.u64(input) }
    }

    fn bytes(&self, input: &mut Input<'_>, kept: usize) -> Result<Vec<u8>, Broken> {
        let length = self.count(input)?;
        if self.size.is_some_and(|size| length > size) {
            return Err(Broken::new(Code::LyingHeader, format!("a text claims {length} bytes")));
        }
        input.bytes(length, kept)
    }

    fn pair(&mut self, input: &mut Input<'_>) -> Result<(), Broken> {
        let key = text(&self.bytes(input, limits::TEXT)?);
        let kind = self.u32(input)?;
        let is_template = key == "tokenizer.chat_template" || key.starts_with("tokenizer.chat_template.");
        let value = self.value(kind, 0, if is_template { limits::TEMPLATE + 1 } else { limits::TEXT }, input)?;
        match (key.as_str(), value) {
            (_, Value::Text(source)) if is_template => {
                if self.facts.chat_templates.len() < limits::LISTED {
                    self.facts.chat_templates.push(key.clone());
                }
                template::check(&key, &source, self.scan);
            }
            ("general.architecture", Value::Text(value)) => self.facts.architecture = Some(text(&value)),
            ("general.name", Value::Text(value)) => self.facts.name = Some(text(&value)),
            ("general.license", Value::Text(value)) => self.facts.license = Some(text(&value)),
            ("general.file_type", Value::Number(number)) => {
                let known = FILE_TYPES.iter().find(|(known, _)| *known == number);
                self.facts.quantization = Some(known.map_or(format!("type {number}"), |(_, name)| (*name).to_owned()));
            }
            ("general.alignment", Value::Number(number)) if number.is_power_of_two() && number <= 1 << 20 => {
                self.alignment = number;
            }
            _ => {}
        }
        Ok(())
    }

    fn value(&self, kind: u32, depth: usize, kept: usize, input: &mut Input<'_>) -> Result<Value, Broken> {
        let length = match kind {
            0 | 1 | 7 => 1,
            2 | 3 => 2,
            4..=6 => 4,
            10..=12 => 8,
            8 => return self.bytes(input, kept).map(Value::Text),
            9 => {
                if depth >= limits::DEPTH {
                    return Err(Broken::new(Code::TooDeep, "lists of the header stand in each other without end"));
                }
                let kind = self.u32(input)?;
                let count = self.count(input)?;
                if self.size.is_some_and(|size| count > size) {
                    return Err(Broken::new(Code::LyingHeader, format!("a list claims {count} items")));
                }
                for _ in 0..count {
                    self.value(kind, depth + 1, 0, input)?;
                }
                return Ok(Value::Other);
            }
            _ => return Err(Broken::file(format!("a value of the header has the unknown type {kind}"))),
        };
        match kind {
            4 => self.u32(input).map(|number| Value::Number(u64::from(number))),
            10 => self.u64(input).map(Value::Number),
            _ => input.skip(length).map(|()| Value::Other),
        }
    }

    /// Where the tensor ends, from the beginning of all of them.
    fn tensor(&mut self, input: &mut Input<'_>) -> Result<u64, Broken> {
        let name = text(&self.bytes(input, limits::TEXT)?);
        let lies = || Broken::new(Code::LyingHeader, format!("the tensor `{name}` has a size that is none"));
        let dimensions = self.u32(input)?;
        let mut items = Some(1_u64);
        // The format allows four.
        if dimensions > 8 {
            return Err(lies());
        }
        for _ in 0..dimensions {
            let length = self.count(input)?;
            items = items.and_then(|items| items.checked_mul(length));
        }
        let kind = self.u32(input)?;
        let start = self.u64(input)?;
        let items = items.ok_or_else(lies)?;
        self.facts.tensors += 1;
        self.facts.parameters = self.facts.parameters.saturating_add(items);
        let known = TYPES.iter().find(|(number, ..)| *number == kind);
        let of_type = known.map_or(format!("type {kind}"), |(_, name, ..)| (*name).to_owned());
        if self.facts.types.len() < limits::LISTED {
            let count = self.facts.types.entry(of_type).or_default();
            *count = count.saturating_add(items);
        }
        let (block, bytes) = known.map_or((1, 0), |(_, _, block, bytes)| (*block, *bytes));
        items.div_ceil(block).checked_mul(bytes).and_then(|length| start.checked_add(length)).ok_or_else(lies)
    }
}
