//! Did you mean: the name nearest to what somebody wrote.

/// The candidate nearest to `word`, if it is near enough to be a slip of the hand.
///
/// Near enough is one edit in three characters (rustc's own measure), letter case aside, or a
/// beginning that only one candidate has.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest_of(word, &mut candidates.into_iter())
}

/// `` `a`, `b` and `c` ``.
pub(crate) fn listed<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    listed_of(&mut names.into_iter())
}

// Once for all callers: a copy for each of them would be a tenth of this crate's code.

fn nearest_of<'c>(word: &str, candidates: &mut dyn Iterator<Item = &'c str>) -> Option<&'c str> {
    // The distance takes time in the square of the length, and no name is that long.
    if word.len() > 64 {
        return None;
    }
    let plain = |name: &str| name.to_lowercase().replace('-', "_");
    let word = plain(word);
    let length = word.chars().count();
    let allowed = length.max(3) / 3;
    let candidates: Vec<(String, &str)> = candidates.map(|name| (plain(name), name)).collect();
    // Names that differ more in length than they may differ at all are most of them.
    let alike = candidates.iter().filter(|(plain, _)| plain.chars().count().abs_diff(length) <= allowed);
    let distances = alike.map(|(plain, name)| (strsim::damerau_levenshtein(&word, plain), *name));
    let near = distances.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance);
    let begun = candidates.iter().filter(|(plain, _)| word.len() > 2 && plain.starts_with(&word));
    let mut begun = begun.map(|(_, name)| *name);
    match (near, begun.next(), begun.next()) {
        (Some((_, name)), _, _) | (None, Some(name), None) => Some(name),
        _ => None,
    }
}

fn listed_of(names: &mut dyn Iterator<Item = &str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
