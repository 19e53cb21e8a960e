//! A component against what its files hold together.

use std::collections::BTreeMap;

use smcard_core::rules::measured::FACT_MISMATCH;
use smcard_core::{NamedFile, Problem};

use super::read::Read;
use super::say::{counted, shown};
use super::told::Told;
use crate::{Facts, Measured};

/// Tells of what the files of a component do not bear out.
pub(super) fn check(files: &[NamedFile<'_>], read: &Read<'_>, told: &mut Told) {
    let Some(first) = files.first() else { return };
    let (component, at) = (first.component.unwrap_or_default(), first.component_at());
    let measured = || files.iter().filter_map(|file| Some((file.path, read.get(file.path).ok()?)));
    if let Some(stated) = first.architecture {
        let other = measured().find_map(|(path, measured)| Some((path, other_architecture(stated, &measured.facts)?)));
        if let Some((path, found)) = other {
            let problem = Problem::new(format!(
                "`{}` of `{}` names another architecture than the card: expected `{}`, found `{}`",
                shown(path),
                shown(component),
                shown(stated),
                shown(found)
            ));
            let problem = problem.help("write the architecture as the file names it, or get the file that was meant");
            told.add(FACT_MISMATCH, &format!("{at}.architecture"), problem);
        }
    }
    if let Some(stated) = first.parameters {
        if let Some(found) = other_count(stated, measured().map(|(_, measured)| measured)) {
            let problem = Problem::new(format!(
                "the files of `{}` do not hold what the card says: expected {}, found {found}",
                shown(component),
                counted(stated, "parameter", "parameters")
            ));
            let problem = problem.help("correct `parameters` in the card, or get the files that were meant");
            told.add(FACT_MISMATCH, &format!("{at}.parameters"), problem);
        }
    }
}

/// The architecture that a file names, if it is another one. Who says more, or less, says the same: `Llama 3` and `llama`.
fn other_architecture<'m>(stated: &str, facts: &'m Facts) -> Option<&'m str> {
    let found = match facts {
        Facts::Gguf(it) => it.architecture.as_ref(),
        Facts::Safetensors(it) => it.metadata.get("modelspec.architecture"),
        _ => None,
    }?;
    let letters = |text: &str| -> String {
        text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (letters(stated), letters(found));
    (!one.contains(&other) && !other.contains(&one)).then_some(found)
}

/// How many parameters files hold, if a card states another number. A model may lie there in several formats, and in
/// several parts of each.
fn other_count<'m>(stated: u64, files: impl Iterator<Item = &'m Measured>) -> Option<u64> {
    let (mut by_format, mut counts) = (BTreeMap::<_, u64>::new(), Vec::new());
    for file in files {
        let count = parameters(&file.facts)?;
        if count == 0 {
            continue;
        }
        let sum = by_format.entry(file.format).or_default();
        *sum = sum.saturating_add(count);
        counts.push(count);
    }
    let most = by_format.values().copied().max()?;
    let is_near = |count: &u64| {
        let (count, stated) = (u128::from(*count) * 4, u128::from(stated));
        (stated * 3..=stated * 5).contains(&count)
    };
    (!by_format.values().chain(&counts).any(is_near)).then_some(most)
}

/// How many parameters a file holds: `Some(0)` if it says nothing of that, and `None` if it packs several into one value,
/// so that nobody can tell.
fn parameters(facts: &Facts) -> Option<u64> {
    /// The types of weights that are packed, and of those that were quantized, which are not told apart from them.
    const PACKED: [&str; 6] = ["U8", "I8", "U16", "I16", "U32", "I32"];
    match facts {
        Facts::Safetensors(it) if it.dtypes.keys().any(|dtype| PACKED.contains(&dtype.as_str())) => None,
        Facts::Onnx(it) if !it.custom_operators.is_empty() => None,
        Facts::Safetensors(it) => Some(it.parameters),
        Facts::Gguf(it) => Some(it.parameters),
        Facts::Onnx(it) => Some(it.parameters),
        _ => Some(0),
    }
}
