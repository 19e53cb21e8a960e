//! What a pickle can import, and how serious each is: how the one table of `table.rs` is read.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

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

/// A row of the table, for one of its modules.
struct Row {
    risk: Risk,
    /// Whether what is below the module counts too.
    below: bool,
    /// `None`: everything.
    names: Option<HashSet<&'static str>>,
}

/// The rows of each module.
static ROWS: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut rows: HashMap<_, Vec<Row>> = HashMap::new();
    for (risk, modules, names) in TABLE {
        for module in modules.split_whitespace() {
            let (module, below) = module.strip_suffix(".*").map_or((module, false), |module| (module, true));
            let names = (*names != "*").then(|| names.split_whitespace().collect());
            rows.entry(module).or_default().push(Row { risk: *risk, below, names });
        }
    }
    rows
});

/// What the table says of a path by its worst row, the harmless ones apart.
fn listed(path: &str) -> Option<Risk> {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    let split = ends.filter_map(|end| Some((path.get(..end)?, path.get(end..)?.trim_start_matches('.'))));
    split
        .flat_map(|(module, rest)| ROWS.get(module).into_iter().flatten().map(move |row| (row, rest)))
        .filter(|(row, rest)| row.risk != Harmless && row.covers(rest))
        .map(|(row, _)| row.risk)
        .max()
}

impl Row {
    /// Whether it speaks of what stands behind its module: of that itself, or of what it holds.
    fn covers(&self, rest: &str) -> bool {
        let Some(names) = &self.names else { return true };
        let dots = || rest.match_indices('.').map(|(at, _)| at);
        let begins = dots().chain([rest.len()]).any(|end| names.contains(rest.get(..end).unwrap_or_default()));
        begins || self.below && dots().any(|dot| names.contains(rest.get(dot + 1..).unwrap_or_default()))
    }
}

fn harmless(module: &str, name: &str) -> bool {
    let mut rows = ROWS.get(module).into_iter().flatten();
    rows.any(|row| row.risk == Harmless && row.names.as_ref().is_some_and(|names| names.contains(name)))
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
            // As many dots as classes in classes have, and one more.
            ("mine", "A.B.C.D.E.F.G.H.I", Risk::Unknown),
            ("mine", "A.B.C.D.E.F.G.H.I.J", Risk::Dangerous),
            // A function may have the name of a module.
            ("numpy", "select", Risk::Suspicious),
        ] {
            assert_eq!(risk(module, name), expected, "{module}.{name}");
        }
    }
}
