//! Safetensors: a header of JSON that says where each tensor is, then the tensors. It can run nothing, but lie.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io::Read;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::broken::Broken;
use crate::facts::Facts;
use crate::input::Input;
use crate::scan::{Scan, cut};
use crate::{Code, limits};

/// Tensors of safetensors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Safetensors {
    /// How many tensors there are.
    pub tensors: u64,
    /// How many numbers they have.
    pub parameters: u64,
    /// How many numbers there are of each type.
    pub dtypes: BTreeMap<String, u64>,
    /// What the header says of the model, as it has it.
    pub metadata: BTreeMap<String, String>,
}

/// The types, and how many bits an item has.
const DTYPES: &[(&str, u64)] = &[
    ("BOOL", 8),
    ("U8", 8),
    ("I8", 8),
    ("F8_E5M2", 8),
    ("F8_E4M3", 8),
    ("F8_E8M0", 8),
    ("F4", 4),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("I16", 16),
    ("U16", 16),
    ("F16", 16),
    ("BF16", 16),
    ("I32", 32),
    ("U32", 32),
    ("F32", 32),
    ("F64", 64),
    ("I64", 64),
    ("U64", 64),
    ("C64", 64),
    ("C128", 128),
    ("F8_E5M2FNUZ", 8),
    ("F8_E4M3FNUZ", 8),
];

pub(crate) fn look(input: &mut Input<'_>, size: Option<u64>, scan: &mut Scan) -> Facts {
    let mut header = Header::default();
    if let Err(broken) = read(input, size, &mut header) {
        scan.broken(broken, None);
    }
    for lie in header.lies {
        scan.tell(Code::LyingHeader, lie);
    }
    Facts::Safetensors(header.facts)
}

#[derive(Default)]
struct Header {
    facts: Safetensors,
    /// From where to where each tensor goes.
    ranges: Vec<(u64, u64)>,
    names: HashSet<u64>,
    hasher: RandomState,
    lies: Vec<String>,
}

fn read(input: &mut Input<'_>, size: Option<u64>, header: &mut Header) -> Result<(), Broken> {
    let length = input.u64()?;
    let lies = |message: String| Broken::new(Code::LyingHeader, message);
    if length > limits::SAFETENSORS_HEADER {
        return Err(lies(format!("the header claims {length} bytes; {} are allowed", limits::SAFETENSORS_HEADER)));
    }
    if let Some(left) = size.map(|size| size.saturating_sub(8)).filter(|left| length > *left) {
        return Err(lies(format!("the header claims {length} bytes, and {left} follow")));
    }
    let mut limited = input.take(length);
    let mut json = serde_json::Deserializer::from_reader(&mut limited);
    let read = HeaderSeed(header).deserialize(&mut json).and_then(|()| json.end());
    read.map_err(|error| {
        if error.is_eof() { Broken::truncated() } else { Broken::file(format!("the header cannot be read: {error}")) }
    })?;
    let left = limited.limit();
    input.skip(left)?;
    let data = match size {
        Some(size) => size - 8 - length,
        None => {
            let start = input.at();
            std::io::copy(input, &mut std::io::sink())?;
            input.at() - start
        }
    };
    header.check(data);
    Ok(())
}

impl Header {
    fn lie(&mut self, message: String) {
        if self.lies.len() < limits::FINDINGS {
            self.lies.push(message);
        }
    }

    fn tensor(&mut self, name: &str, tensor: &Tensor) {
        let name = cut(name.to_owned(), limits::TEXT);
        let items = tensor.shape.iter().try_fold(1_u64, |all, length| all.checked_mul(*length));
        let Some(items) = items else {
            return self.lie(format!("the shape of the tensor `{name}` is none"));
        };
        let [start, end] = tensor.data_offsets;
        let bits = DTYPES.iter().find(|(dtype, _)| *dtype == tensor.dtype).map(|(_, bits)| *bits);
        match bits {
            None => self.lie(format!("the tensor `{name}` has the unknown type `{}`", tensor.dtype)),
            Some(bits) => {
                let bytes = items.checked_mul(bits).filter(|bits| bits % 8 == 0).map(|bits| bits / 8);
                if end.checked_sub(start) != bytes {
                    self.lie(format!("the tensor `{name}` goes from {start} to {end}, which does not fit its shape"));
                }
            }
        }
        self.facts.tensors += 1;
        self.facts.parameters = self.facts.parameters.saturating_add(items);
        if self.facts.dtypes.len() < limits::LISTED {
            let of_type = self.facts.dtypes.entry(cut(tensor.dtype.clone(), limits::TEXT)).or_default();
            *of_type = of_type.saturating_add(items);
        }
        self.ranges.push((start, end));
    }

    /// Tensors must cover the data from its beginning to its end, each byte once.
    fn check(&mut self, data: u64) {
        let mut ranges = std::mem::take(&mut self.ranges);
        ranges.sort_unstable();
        let mut reached = 0;
        for (start, end) in ranges {
            if end > data {
                self.lie(format!("a tensor goes to byte {end} of the data, which has {data}"));
                return;
            }
            if start < reached {
                self.lie(format!("two tensors overlap at byte {start} of the data"));
            } else if start > reached {
                self.lie(format!("the data from byte {reached} up to byte {start} belongs to no tensor"));
            }
            reached = reached.max(end);
        }
        if reached < data {
            self.lie(format!("the data from byte {reached} up to byte {data} belongs to no tensor"));
        }
    }
}

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<u64>,
    data_offsets: [u64; 2],
}

struct HeaderSeed<'h>(&'h mut Header);

impl<'de> DeserializeSeed<'de> for HeaderSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for HeaderSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the tensors by their names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let header = self.0;
        while let Some(name) = map.next_key::<String>()? {
            let hash = header.hasher.hash_one(&name);
            if !header.names.insert(hash) {
                header.lie(format!("two tensors are named `{}`", cut(name.clone(), limits::TEXT)));
            }
            if name == "__metadata__" {
                map.next_value_seed(Metadata(&mut header.facts.metadata))?;
            } else {
                let tensor: Tensor = map.next_value()?;
                header.tensor(&name, &tensor);
            }
        }
        Ok(())
    }
}

struct Metadata<'m>(&'m mut BTreeMap<String, String>);

impl<'de> DeserializeSeed<'de> for Metadata<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Metadata<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts by their names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if self.0.len() < limits::LISTED {
                let value: String = map.next_value()?;
                self.0.insert(cut(key, limits::TEXT), cut(value, limits::TEXT));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
