//! The licences and exceptions that SPDX lists.
//!
//! Each list is a text, a line for each id, sorted by it, which costs nothing to compile. `taxonomies` makes them.

use std::sync::LazyLock;

static LICENSES: LazyLock<Vec<&str>> = LazyLock::new(|| lines(include_str!("licenses.txt")));
static EXCEPTIONS: LazyLock<Vec<&str>> = LazyLock::new(|| lines(include_str!("exceptions.txt")));

fn lines(text: &'static str) -> Vec<&'static str> {
    let mut lines = Vec::new();
    for line in text.lines() {
        lines.push(line);
    }
    lines
}

/// The version of the lists.
pub(super) const VERSION: &str = include_str!("version.txt").trim_ascii();

/// A licence of SPDX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// SPDX has another id in its place.
    pub(super) deprecated: bool,
    /// A licence of GNU, which takes no `+`.
    pub(super) gnu: bool,
}

impl Listed {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let (id, name, marks) = (columns.next()?, columns.next()?, columns.next()?);
        Some(Listed { id, name, deprecated: marks.contains('d'), gnu: marks.contains('g') })
    }
}

/// Every licence.
pub(super) fn licenses() -> impl Iterator<Item = Listed> {
    LICENSES.iter().copied().filter_map(Listed::read)
}

/// The licence with this id.
pub(super) fn license(id: &str) -> Option<Listed> {
    line(&LICENSES, id).and_then(Listed::read)
}

/// Whether there is an exception with this id.
pub(super) fn is_exception(id: &str) -> bool {
    line(&EXCEPTIONS, id).is_some()
}

/// The line whose first column is this key: as a tab comes before whatever an id is made of, it is the first that does
/// not come before the key.
fn line(lines: &[&'static str], key: &str) -> Option<&'static str> {
    let line = lines.get(lines.partition_point(|line| *line < key))?;
    let rest = line.strip_prefix(key)?;
    (rest.is_empty() || rest.starts_with('\t')).then_some(line)
}

#[cfg(test)]
mod tests {
    use spdx::flags::{IS_DEPRECATED, IS_GNU};
    use spdx::identifiers::{EXCEPTIONS, LICENSES};

    use super::*;

    #[test]
    fn every_id_of_spdx_is_found_and_nothing_between() {
        for known in LICENSES {
            let listed = Listed {
                id: known.name,
                name: known.full_name,
                deprecated: known.flags & IS_DEPRECATED != 0,
                gnu: known.flags & IS_GNU != 0,
            };
            assert_eq!(license(known.name), Some(listed), "{}", known.name);
            assert_eq!(license(&format!("{}!", known.name)), None);
            let within = known.name.strip_prefix(|_: char| true).unwrap_or_default();
            assert_eq!(license(within).is_some(), spdx::license_id(within).is_some());
        }
        for known in EXCEPTIONS {
            assert!(is_exception(known.name), "{}", known.name);
            assert!(!is_exception(&format!("{}!", known.name)));
        }
        assert_eq!(licenses().count(), LICENSES.len());
        assert_eq!(super::EXCEPTIONS.len(), EXCEPTIONS.len());
        for beyond in ["", "!", "~", "\u{ff}"] {
            assert!(license(beyond).is_none() && !is_exception(beyond));
        }
    }
}
