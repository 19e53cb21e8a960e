//! What no entry shows by itself: ids that stand twice, and links that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Entry, Taxonomy};

/// Refuses what would make the table say something wrong.
pub(crate) fn check(taxonomies: &[Taxonomy]) -> Result<(), String> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for Taxonomy { file, entries, .. } in taxonomies {
        let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        for entry in entries {
            let refused = |what: String| Err(format!("{file}: entry `{}`: {what}", entry.id));
            for id in entry.ids() {
                if let Some(other) = seen.insert(id, file) {
                    return refused(format!("the id stands twice, here and in {other}"));
                }
            }
            if !entry.replaced_by.is_empty() && !entry.deprecated {
                return refused("has `replaced_by` and is not deprecated".to_owned());
            }
            for (key, links) in links(entry) {
                if let Some(dangling) = links.iter().find(|link| !ids.contains(link.as_str())) {
                    return refused(format!("`{key}` names `{dangling}`, which is no entry of the file"));
                }
            }
        }
    }
    Ok(())
}

/// The links of an entry to others of its file, by their keys.
fn links(entry: &Entry) -> [(&'static str, &[String]); 7] {
    [
        ("replaced_by", &entry.replaced_by),
        ("parent", entry.parent.as_slice()),
        ("parents", &entry.parents),
        ("parents_pred", &entry.parents_pred),
        ("parents_gen", &entry.parents_gen),
        ("tactics", &entry.tactics),
        ("mitigates", &entry.mitigates),
    ]
}
