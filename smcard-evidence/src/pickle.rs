//! Pickle: what it imports and calls, found by walking its opcodes without running anything.

use serde::Serialize;

use crate::broken::Broken;
use crate::input::Input;
use crate::limits;
use crate::scan::Scan;
use crate::seek_read::SeekRead;
use crate::{Code, Facts};
pub use globals::Risk;
pub(crate) use globals::risk;
use machine::Machine;
pub use seen::Global;
use seen::Seen;

mod call;
mod globals;
mod joblib;
mod machine;
pub(crate) mod number;
mod seen;
mod stack;
mod tensors;
mod value;

/// What the pickles of a file are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pickle {
    /// The highest protocol that is named; 0 where none is.
    pub protocol: u8,
    /// How many pickles stand one after the other.
    pub pickles: u64,
    /// What is imported, each once, in the order of the file.
    pub globals: Vec<Global>,
    /// How many references to tensors of PyTorch.
    pub storages: u64,
}

/// How many pickles PyTorch's old format begins with; tensors follow.
const OF_TORCH: u64 = 5;

/// Whether it is sure from the first bytes that this is a pickle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sure {
    /// It begins as protocols from 2 on do, or what it stands in says so.
    Yes,
    /// Protocols 0 and 1 begin as any text may.
    No,
    /// It would begin with a reference that only a loader of its own understands, as every zip does: `PK`. What is harmless
    /// behind that is none.
    Hardly,
}

/// Tells of a pickle at the beginning of a file that is something else: readers of pickle need no more than that.
pub(crate) fn at_the_start(file: &mut dyn SeekRead, scan: &mut Scan) {
    if file.rewind().is_err() {
        return;
    }
    scan.within("(pickle at the start)", |scan| {
        let mut input = Input::seeking(file);
        let sure = if input.peek(1).is_ok_and(|first| first == b"P") { Sure::Hardly } else { Sure::No };
        if look(&mut input, sure, scan).is_some() {
            scan.tell(Code::TwoFormats, "it can be read as a pickle too");
        }
    });
}

/// Walks all pickles to the end; `None` if this is none.
pub(crate) fn look(input: &mut Input<'_>, sure: Sure, scan: &mut Scan) -> Option<Facts> {
    let mut seen = Seen::default();
    let (mut pickles, mut of_torch) = (0, false);
    let trouble = loop {
        let (start, before, told) = (input.at(), seen.globals.len(), seen.told());
        match Machine::new(&mut seen, 0).walk(input) {
            Ok(magic) => of_torch |= magic && pickles == 0,
            Err(broken) if pickles > 0 && seen.globals.len() == before && broken.code != Code::TooMuch => {
                seen.forget_since(told);
                break Some((Broken::new(Code::TrailingData, "what follows the pickle is none"), start));
            }
            Err(broken) => break Some((broken, input.at())),
        }
        pickles += 1;
        if of_torch && pickles == OF_TORCH {
            break seen.tensors.follow(input).err().map(|broken| (broken, input.at()));
        }
        match input.is_at_end() {
            Ok(false) if pickles < limits::STREAMS => {}
            Ok(false) => {
                break Some((Broken::new(Code::TooMuch, "more pickles follow than are looked at"), input.at()));
            }
            Ok(true) => break of_torch.then(|| (Broken::truncated(), input.at())),
            Err(error) => break Some((error.into(), input.at())),
        }
    };
    let is_pickle = match sure {
        Sure::Yes => true,
        Sure::No => {
            let walked = pickles > 0 && !seen.doubtful && (trouble.is_none() || !seen.globals.is_empty());
            seen.is_telling() || seen.is_plausible() && (seen.calls > 0 || walked)
        }
        Sure::Hardly => seen.is_dangerous(),
    };
    if !is_pickle {
        return None;
    }
    seen.report(scan);
    if seen.doubtful {
        scan.tell(Code::BrokenFile, "a line of it is neither a number nor a text in quotes");
    }
    if let Some((broken, at)) = trouble {
        scan.broken(broken, at);
    }
    let facts = Pickle { protocol: seen.highest, pickles, globals: seen.globals, storages: seen.tensors.references };
    Some(match (of_torch, seen.joblib) {
        (true, _) => Facts::PyTorchLegacy(facts),
        (false, true) => Facts::Joblib(facts),
        (false, false) => Facts::Pickle(facts),
    })
}
