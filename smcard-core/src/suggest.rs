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
    let allowed = word.chars().count().max(3) / 3;
    let candidates: Vec<&str> = candidates.collect();
    let distances = candidates.iter().map(|name| (strsim::damerau_levenshtein(&word, &plain(name)), *name));
    let near = distances.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance);
    let mut begun = candidates.iter().copied().filter(|name| word.len() > 2 && plain(name).starts_with(&word));
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
