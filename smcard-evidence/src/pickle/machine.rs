//! The machine of pickle, by opcodes of the protocols 0 to 5, on values that are known only as far as they can become
//! names. It runs nothing.

use std::rc::Rc;

use super::call;
use super::joblib;
use super::number;
use super::seen::Seen;
use super::stack::{Memo, Stack};
use super::value::{Name, Value};
use crate::Code;
use crate::broken::Broken;
use crate::input::Input;
use crate::limits;

/// One pickle under way.
pub(super) struct Machine<'s> {
    pub(super) stack: Stack,
    memo: Memo,
    pub(super) seen: &'s mut Seen,
    /// Where the opcode stands that is being carried out.
    pub(super) at: u64,
    /// How deep this pickle stands in others.
    depth: u8,
    /// Whether the last number was the one that PyTorch's old format begins with.
    magic: bool,
}

/// What PyTorch's old format begins with, as the bytes of a long number.
const TORCH_MAGIC: [u8; 10] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

impl<'s> Machine<'s> {
    pub(super) fn new(seen: &'s mut Seen, depth: u8) -> Self {
        Machine { stack: Stack::default(), memo: Memo::default(), seen, at: 0, depth, magic: false }
    }

    /// Walks to `STOP`; says whether PyTorch's magic number was pickled.
    pub(super) fn walk(mut self, input: &mut Input<'_>) -> Result<bool, Broken> {
        loop {
            self.at = input.at();
            let opcode = input.byte()?;
            if opcode == b'.' {
                self.stack.pop()?;
                return Ok(self.magic);
            }
            self.step(opcode, input)?;
        }
    }

    fn step(&mut self, opcode: u8, input: &mut Input<'_>) -> Result<(), Broken> {
        match opcode {
            b'(' => self.stack.mark(),
            b'0' => self.stack.drop_top(),
            b'1' => self.stack.pop_mark().map(drop),
            b'2' => self.stack.top().and_then(|top| self.stack.push(top)),
            b'N' | 0x88 | 0x89 => self.push(Value::Other),
            b']' | 0x8f => self.push(Value::Other),
            b')' => self.push(Value::tuple(Vec::new())),
            b'}' => self.push(Value::Dict(Rc::default())),
            b'F' | b'I' | b'L' | b'J' | b'K' | b'M' | b'G' | 0x8a | 0x8b => self.number(opcode, input),
            b'S' | b'V' | b'T' | b'U' | b'X' | 0x8c | 0x8d => self.text(opcode, input),
            b'B' | b'C' | 0x8e | 0x96 => {
                let length = length(opcode, input)?;
                input.skip(length)?;
                self.push(Value::Other)
            }
            b'g' | b'h' | b'j' | b'p' | b'q' | b'r' | 0x94 => self.memo(opcode, input),
            b'a' | b'e' | b's' | b'u' | b'd' | b'l' | 0x90 | 0x91 => self.collect(opcode),
            b't' => {
                let items = self.stack.pop_mark()?;
                self.push(items.map_or(Value::Other, Value::tuple))
            }
            0x85..=0x87 => {
                let mut items = Vec::new();
                for _ in 0x85..=opcode {
                    items.push(self.stack.pop()?);
                }
                items.reverse();
                self.push(Value::tuple(items))
            }
            b'c' => {
                let name = self.named(input)?;
                self.push(Value::Global(name))
            }
            0x93 => self.stack_global(),
            b'R' | 0x81 | 0x92 | b'i' | b'o' => self.call(opcode, input),
            b'b' => self.build(input),
            0x82..=0x84 => {
                let code = match opcode {
                    0x82 => u32::from(input.byte()?),
                    0x83 => u32::from(u16::from_le_bytes(input.array()?)),
                    _ => input.u32()?,
                };
                self.seen.tell(
                    Code::ExtensionCode,
                    format!("imports what the extension code {code} stands for"),
                    self.at,
                );
                self.push(Value::Other)
            }
            b'P' => {
                input.line(0)?;
                self.persistent(&Value::Other)
            }
            b'Q' => {
                let id = self.stack.pop()?;
                self.persistent(&id)
            }
            0x80 => {
                let protocol = input.byte()?;
                self.seen.protocol(protocol, self.at);
                Ok(())
            }
            // A frame is how much to read ahead; readers do not hold it against what stands in it.
            0x95 => input.u64().map(drop),
            0x97 => self.push(Value::Other),
            0x98 => self.stack.top().map(drop),
            _ => Err(Broken::file(format!("there is no opcode 0x{opcode:02x}"))),
        }
    }

    fn push(&mut self, value: Value) -> Result<(), Broken> {
        self.stack.push(value)
    }

    fn number(&mut self, opcode: u8, input: &mut Input<'_>) -> Result<(), Broken> {
        let value = match opcode {
            b'K' => Value::Int(i64::from(input.byte()?)),
            b'M' => Value::Int(i64::from(u16::from_le_bytes(input.array()?))),
            b'J' => Value::Int(i64::from(i32::from_le_bytes(input.array()?))),
            b'G' => {
                input.skip(8)?;
                Value::Other
            }
            0x8a | 0x8b => {
                let length = if opcode == 0x8a { u64::from(input.byte()?) } else { length(opcode, input)? };
                let bytes = input.bytes(length, TORCH_MAGIC.len())?;
                self.magic = length == bytes.len() as u64 && bytes == TORCH_MAGIC;
                if length <= 8 { number::little(&bytes).map_or(Value::Other, Value::Int) } else { Value::Other }
            }
            _ => {
                let (line, cut) = input.line(limits::NAME)?;
                self.seen.sure(number::of_line(opcode, &line, cut), None).map_or(Value::Other, Value::Int)
            }
        };
        self.push(value)
    }

    fn text(&mut self, opcode: u8, input: &mut Input<'_>) -> Result<(), Broken> {
        if matches!(opcode, b'S' | b'V') {
            let (line, cut) = input.line(limits::NAME)?;
            let text = match opcode {
                b'S' => self.seen.sure(number::quoted(&line, cut), String::new()),
                _ => number::raw_unicode(&line),
            };
            return self.push(if cut { Value::Other } else { Value::text(&text) });
        }
        let length = length(opcode, input)?;
        let bytes = input.bytes(length, if length > limits::NAME as u64 { 0 } else { limits::NAME })?;
        self.push(match std::str::from_utf8(&bytes) {
            Ok(text) if length <= limits::NAME as u64 => Value::text(text),
            _ => Value::Other,
        })
    }

    fn memo(&mut self, opcode: u8, input: &mut Input<'_>) -> Result<(), Broken> {
        let at = match opcode {
            0x94 => {
                let top = self.stack.top()?;
                return self.memo.memoize(top);
            }
            b'h' | b'q' => u64::from(input.byte()?),
            b'j' | b'r' => u64::from(input.u32()?),
            _ => number::index(&input.line(limits::DIGITS)?.0)?,
        };
        if matches!(opcode, b'g' | b'h' | b'j') {
            let value = self.memo.get(at);
            return self.push(value);
        }
        let top = self.stack.top()?;
        self.memo.put(at, top);
        Ok(())
    }

    /// What fills lists, sets and mappings.
    fn collect(&mut self, opcode: u8) -> Result<(), Broken> {
        match opcode {
            b'a' => {
                self.stack.pop()?;
                self.stack.top().map(drop)
            }
            b'e' | 0x90 => {
                self.stack.pop_mark()?;
                self.stack.top().map(drop)
            }
            b's' => {
                let value = self.stack.pop()?;
                let key = self.stack.pop()?;
                self.fill(vec![key, value])
            }
            b'u' => {
                let items = self.stack.pop_mark()?;
                self.fill(items.unwrap_or_default())
            }
            b'd' => {
                let items = self.stack.pop_mark()?;
                self.push(Value::Dict(Rc::default()))?;
                self.fill(items.unwrap_or_default())
            }
            _ => {
                self.stack.pop_mark()?;
                self.push(Value::Other)
            }
        }
    }

    fn fill(&mut self, items: Vec<Value>) -> Result<(), Broken> {
        let top = self.stack.top()?;
        if let Value::Global(name) = &top {
            self.seen.changed(name, self.at);
        }
        let Value::Dict(fields) = top else { return Ok(()) };
        let mut fields = fields.borrow_mut();
        let mut items = items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            if let (Value::Text(key), true) = (key, fields.len() < limits::ITEMS) {
                fields.retain(|(known, _)| *known != key);
                fields.push((key, value.fixed()));
            }
        }
        Ok(())
    }

    /// What `GLOBAL` and `INST` name on two lines.
    fn named(&mut self, input: &mut Input<'_>) -> Result<Rc<Name>, Broken> {
        let (module, module_cut) = input.line(limits::NAME)?;
        let (name, name_cut) = input.line(limits::NAME)?;
        let name = Name::new(String::from_utf8_lossy(&module), String::from_utf8_lossy(&name));
        if module_cut || name_cut {
            self.seen.tell(Code::ComputedGlobal, "imports by a name that is too long to be one", self.at);
        }
        self.seen.global(&name, self.at);
        Ok(name)
    }

    fn stack_global(&mut self) -> Result<(), Broken> {
        let name = self.stack.pop()?;
        let module = self.stack.pop()?;
        let value = match (module.as_text(), name.as_text()) {
            (Some(module), Some(name)) => {
                let name = Name::new(module, name);
                self.seen.global(&name, self.at);
                Value::Global(name)
            }
            (module, name) => {
                let known = module.map(|module| format!("from `{module}`"));
                let known = known.or(name.map(|name| format!("by the name `{name}`"))).unwrap_or_default();
                let message = format!("imports {known} what is only known when it is loaded").replace("  ", " ");
                self.seen.tell(Code::ComputedGlobal, message, self.at);
                Value::Other
            }
        };
        self.push(value)
    }

    fn call(&mut self, opcode: u8, input: &mut Input<'_>) -> Result<(), Broken> {
        let (callable, arguments) = match opcode {
            b'R' | 0x81 => {
                let arguments = self.stack.pop()?;
                (self.stack.pop()?, arguments)
            }
            0x92 => {
                self.stack.pop()?;
                let arguments = self.stack.pop()?;
                (self.stack.pop()?, arguments)
            }
            b'i' => {
                let name = self.named(input)?;
                let arguments = self.stack.pop_mark()?;
                (Value::Global(name), arguments.map_or(Value::Other, Value::tuple))
            }
            _ => {
                let class = self.stack.first_of_mark().ok_or_else(|| Broken::file("`OBJ` has no class"))?;
                let arguments = self.stack.pop_mark()?.map(|items| items.into_iter().skip(1).collect());
                (class, arguments.map_or(Value::Other, Value::tuple))
            }
        };
        let result = call::call(&callable, arguments, self.seen, self.at);
        self.push(result)
    }

    fn build(&mut self, input: &mut Input<'_>) -> Result<(), Broken> {
        let state = self.stack.pop()?;
        let object = self.stack.top()?;
        match &object {
            Value::Global(name) => self.seen.changed(name, self.at),
            Value::Called(called) if joblib::is_wrapper(called) => {
                self.seen.joblib = true;
                if joblib::skip_array(&state, input)? == joblib::Array::Pickled {
                    if self.depth > 0 {
                        return Err(Broken::new(Code::TooDeep, "an array of objects stands in another"));
                    }
                    Machine::new(self.seen, self.depth + 1).walk(input)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// PyTorch refers to its tensors so.
    fn persistent(&mut self, id: &Value) -> Result<(), Broken> {
        let of_torch = id.items().and_then(|items| items.first()?.as_text()).is_some_and(|kind| kind == "storage");
        if of_torch {
            self.seen.tensors.add(id.items().unwrap_or_default());
        } else {
            self.seen.tell(Code::PersistentId, "refers to what only its own loader knows", self.at);
        }
        self.push(Value::Other)
    }
}

/// The length that stands behind an opcode.
fn length(opcode: u8, input: &mut Input<'_>) -> Result<u64, Broken> {
    Ok(match opcode {
        b'U' | b'C' | 0x8c => u64::from(input.byte()?),
        b'X' | b'B' => u64::from(input.u32()?),
        b'T' | 0x8b => {
            let length = i32::from_le_bytes(input.array()?);
            u64::try_from(length).map_err(|_| Broken::new(Code::LyingHeader, format!("a length is {length}")))?
        }
        _ => input.u64()?,
    })
}
