//! The arrays that joblib writes right into a pickle, behind the object that says how long each is.

use super::value::{Called, Value};
use crate::Code;
use crate::broken::Broken;
use crate::input::Input;

/// How an array stands behind its wrapper.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Array {
    /// As bytes, which are behind us now.
    Bytes,
    /// As a pickle of its own, since it holds objects.
    Pickled,
}

pub(super) fn is_wrapper(called: &Called) -> bool {
    called.callable.is(&["joblib.numpy_pickle"], "NumpyArrayWrapper")
}

/// Leaves out the bytes of an array, given what its wrapper says.
pub(super) fn skip_array(state: &Value, input: &mut Input<'_>) -> Result<Array, Broken> {
    let unknown = || Broken::file("the size of an array of joblib cannot be seen");
    let Value::Dict(fields) = state else { return Err(unknown()) };
    let fields = fields.borrow();
    let field = |key: &str| fields.iter().find(|(known, _)| &**known == key).map(|(_, value)| value);
    let size = match field("dtype") {
        Some(Value::Called(called)) if called.callable.name == "dtype" => {
            called.arguments.items().and_then(|items| item_size(items.first()?.as_text()?))
        }
        _ => None,
    };
    let Size { bytes, objects } = size.ok_or_else(unknown)?;
    if objects {
        return Ok(Array::Pickled);
    }
    let shape = field("shape").and_then(Value::items).ok_or_else(unknown)?;
    let lies = || Broken::new(Code::LyingHeader, "the shape of an array of joblib is none");
    let mut total = bytes;
    for length in shape {
        let Value::Int(length) = length else { return Err(lies()) };
        total = u64::try_from(*length).ok().and_then(|length| total.checked_mul(length)).ok_or_else(lies)?;
    }
    if let Some(Value::Int(_)) = field("numpy_array_alignment_bytes") {
        let padding = input.byte()?;
        input.skip(u64::from(padding))?;
    }
    input.skip(total)?;
    Ok(Array::Bytes)
}

struct Size {
    bytes: u64,
    objects: bool,
}

/// The size of an item by NumPy's short name of its type, such as `f8`.
fn item_size(name: &str) -> Option<Size> {
    let name = name.trim_start_matches(['<', '>', '=', '|']);
    let kind = name.chars().next()?;
    let count: u64 = name.get(1..)?.parse().ok()?;
    let bytes = match kind {
        'U' => count.checked_mul(4)?,
        'b' | 'i' | 'u' | 'f' | 'c' | 'S' | 'a' | 'V' | 'm' | 'M' | 'O' => count,
        _ => return None,
    };
    Some(Size { bytes, objects: kind == 'O' })
}
