//! The lists of SPDX as smcard-core carries them, from the crate `spdx`.

use spdx::flags::{IS_DEPRECATED, IS_GNU};
use spdx::identifiers::{EXCEPTIONS, LICENSES, VERSION};

/// The files, each with its text.
pub(crate) fn files() -> [(&'static str, String); 3] {
    [("licenses.txt", licenses()), ("exceptions.txt", exceptions()), ("version.txt", format!("{VERSION}\n"))]
}

/// A line for each licence: its id, its name, and `d` if it is deprecated, `g` if it is one of GNU.
fn licenses() -> String {
    sorted(LICENSES.iter().map(|license| {
        let deprecated = if license.flags & IS_DEPRECATED != 0 { "d" } else { "" };
        let gnu = if license.flags & IS_GNU != 0 { "g" } else { "" };
        format!("{}\t{}\t{deprecated}{gnu}\n", license.name, license.full_name)
    }))
}

fn exceptions() -> String {
    sorted(EXCEPTIONS.iter().map(|exception| format!("{}\n", exception.name)))
}

fn sorted(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = lines.collect();
    lines.sort_by(|one, other| one.split(['\t', '\n']).next().cmp(&other.split(['\t', '\n']).next()));
    lines.concat()
}
