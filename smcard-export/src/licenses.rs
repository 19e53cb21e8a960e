//! Licences by their id, or by their full name.

use spdx::identifiers::LICENSES;

/// The id of the licence of SPDX that has this id or this full name.
pub(crate) fn id(license: &str) -> Option<&'static str> {
    let known = |by: fn(&spdx::License) -> &'static str| {
        LICENSES.iter().filter(move |known| by(known) == license).map(|known| known.name)
    };
    // SPDX has renamed some ids: the present one is the one that is not deprecated.
    known(|license| license.name)
        .next()
        .or_else(|| known(|license| license.full_name).min_by_key(|name| is_deprecated(name)))
}

fn is_deprecated(name: &str) -> bool {
    spdx::license_id(name).is_none_or(|id| id.is_deprecated())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_stands_for_the_id_that_is_not_deprecated() {
        assert_eq!(id("GNU General Public License v2.0 only"), Some("GPL-2.0-only"));
        assert_eq!(id("GPL-2.0"), Some("GPL-2.0"));
        assert_eq!(id("MIT OR Apache-2.0"), None);
    }
}
