//! The tensors that stand behind the pickles of PyTorch's old format: how long they are follows from the references to
//! them.

use std::collections::HashMap;

use super::value::Value;
use crate::Code;
use crate::broken::Broken;
use crate::input::Input;
use crate::limits;

/// The tensors that are referred to.
#[derive(Default)]
pub(super) struct Tensors {
    /// How many references there are.
    pub(super) references: u64,
    /// How many bytes each takes, by its key.
    sizes: HashMap<String, u64>,
    /// Whether the size of one cannot be told.
    unknown: bool,
}

/// How many bytes an item has, by the storage that holds it.
const ITEMS: &[(&str, u64)] = &[
    ("FloatStorage", 4),
    ("DoubleStorage", 8),
    ("HalfStorage", 2),
    ("BFloat16Storage", 2),
    ("LongStorage", 8),
    ("IntStorage", 4),
    ("ShortStorage", 2),
    ("CharStorage", 1),
    ("ByteStorage", 1),
    ("BoolStorage", 1),
    ("ComplexFloatStorage", 8),
    ("ComplexDoubleStorage", 16),
    ("QInt8Storage", 1),
    ("QUInt8Storage", 1),
    ("QInt32Storage", 4),
];

impl Tensors {
    /// A reference: `("storage", type, key, place, items, …)`.
    pub(super) fn add(&mut self, reference: &[Value]) {
        self.references += 1;
        if let [_, Value::Global(kind), Value::Text(key), _, Value::Int(items), ..] = reference {
            let item = ITEMS.iter().find(|(name, _)| *name == kind.name).map(|(_, bytes)| *bytes);
            let size = u64::try_from(*items).ok().zip(item).and_then(|(items, item)| items.checked_mul(item));
            let room = self.sizes.len() < limits::STACK;
            if let (Some(size), true) = (size, room) {
                self.sizes.insert(key.to_string(), size);
                return;
            }
        }
        self.unknown = true;
    }

    /// Reads over the tensors, each behind its length, to the end.
    pub(super) fn follow(&self, input: &mut Input<'_>) -> Result<(), Broken> {
        let start = input.at();
        std::io::copy(input, &mut std::io::sink())?;
        let found = input.at() - start;
        let expected = self.sizes.values().fold(0_u64, |all, size| all.saturating_add(8).saturating_add(*size));
        match found {
            _ if self.unknown => Ok(()),
            found if found < expected => Err(Broken::truncated()),
            found if found > expected => {
                Err(Broken::new(Code::TrailingData, format!("{} bytes stand behind its tensors", found - expected)))
            }
            _ => Ok(()),
        }
    }
}
