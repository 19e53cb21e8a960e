//! What a pickle can import, and how serious each is: how the one table of `table.rs` is read.

use serde::Serialize;

/// What it means that a pickle imports something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Known to hold data, and to do no more when it is made.
    Harmless,
    /// Not known here.
    Unknown,
    /// It can lead to files, other code or other pickles.
    Suspicious,
    /// It runs code, or reaches files, processes or the network.
    Dangerous,
}

use Risk::{Dangerous, Harmless, Suspicious};
use table::{ALWAYS, DOTS, ESCAPES, TABLE, TELLING};

mod table;

/// How serious it is to import `name` of `module`. A name can have dots: then it is an attribute of an attribute.
pub(crate) fn risk(module: &str, name: &str) -> Risk {
    if name.matches('.').count() > DOTS {
        return Dangerous;
    }
    let whole = format!("{module}.{name}");
    let mut worst = None;
    for start in starts(module, name) {
        let from = whole.get(start..).unwrap_or_default();
        // A function may have the name of a module: `numpy.select`.
        let may_be_function = start > 0 && !from.contains('.') && !ALWAYS.contains(&from);
        let found = listed(from).map(|risk| if may_be_function { risk.min(Suspicious) } else { risk });
        worst = worst.max(found);
    }
    if let Some(worst) = worst {
        return worst;
    }
    if harmless(module, name) {
        return Harmless;
    }
    let mut segments = name.split('.');
    if segments.clone().any(|segment| ESCAPES.contains(&segment)) {
        return Dangerous;
    }
    if segments.any(|segment| TELLING.contains(&segment)) { Suspicious } else { Risk::Unknown }
}

/// The places in `module.name` from which on it may be what the table has: the beginning, and each part of the name,
/// since a module holds what it has imported itself.
fn starts(module: &str, name: &str) -> impl Iterator<Item = usize> {
    let first = module.len() + 1;
    let dots = name.match_indices('.').map(move |(at, _)| first + at + 1);
    [0, first].into_iter().chain(dots)
}

/// What the table says of a path by its worst entry, the harmless ones apart.
fn listed(path: &str) -> Option<Risk> {
    let rows = TABLE.iter().filter(|(risk, ..)| *risk != Harmless);
    rows.filter(|(_, modules, names)| modules.split_whitespace().any(|module| covers(module, names, path)))
        .map(|(risk, ..)| *risk)
        .max()
}

fn covers(module: &str, names: &str, path: &str) -> bool {
    let (module, below) = match module.strip_suffix(".*") {
        Some(module) => (module, true),
        None => (module, false),
    };
    let Some(rest) = path.strip_prefix(module) else { return false };
    if rest.is_empty() {
        // The module itself.
        return names == "*";
    }
    let Some(rest) = rest.strip_prefix('.') else { return false };
    if names == "*" {
        return true;
    }
    names.split_whitespace().any(|name| {
        let begins = rest.strip_prefix(name).is_some_and(|more| more.is_empty() || more.starts_with('.'));
        let deeper =
            || rest.rsplit_once('.').is_some_and(|(_, last)| last == name) || rest.ends_with(&format!(".{name}"));
        begins || below && deeper()
    })
}

fn harmless(module: &str, name: &str) -> bool {
    TABLE.iter().any(|(risk, modules, names)| {
        *risk == Harmless
            && modules.split_whitespace().any(|known| known == module)
            && names.split_whitespace().any(|known| known == name)
    })
}

#[cfg(test)]
mod tests {
    use super::{Risk, risk};

    #[test]
    fn a_global_is_as_serious_as_the_worst_that_it_leads_to() {
        for (module, name, expected) in [
            ("os", "system", Risk::Dangerous),
            ("posix", "system", Risk::Dangerous),
            ("os.path", "join", Risk::Dangerous),
            ("asyncio.unix_events", "_UnixSubprocessTransport._start", Risk::Dangerous),
            ("torch.serialization", "os.system", Risk::Dangerous),
            ("torch.serialization", "os", Risk::Dangerous),
            ("collections", "OrderedDict.__init__.__globals__", Risk::Dangerous),
            ("numpy", "ctypeslib.load_library", Risk::Dangerous),
            ("keras.src.utils.file_utils", "get_file", Risk::Dangerous),
            ("torch._utils", "_rebuild_tensor_v2", Risk::Harmless),
            ("collections", "OrderedDict", Risk::Harmless),
            ("collections", "namedtuple", Risk::Unknown),
            ("OS", "system", Risk::Suspicious),
            ("mine.runner", "run", Risk::Suspicious),
            ("mine.os", "Model", Risk::Unknown),
            ("oslo", "Config", Risk::Unknown),
        ] {
            assert_eq!(risk(module, name), expected, "{module}.{name}");
        }
    }
}
