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
    if word.len() > LONGEST {
        return None;
    }
    let (word, letters) = (plain(word), letters(word));
    let length = word.chars().count();
    let allowed = length.max(3) / 3;
    let (mut near, mut compared): (Option<(usize, &str)>, usize) = (None, 0);
    let mut begun: Vec<&str> = Vec::new();
    for name in candidates.take(CANDIDATES).filter(|name| name.len() <= LONGEST) {
        // A name that differs more in length or in its letters than it may differ at all is far,
        // which is most of them: this much is seen without a copy.
        let far = name.chars().count().abs_diff(length) > allowed
            || (self::letters(name) ^ letters).count_ones() as usize > 2 * allowed;
        let may_begin = word.len() > 2 && name.len() >= word.len() && self::letters(name) & letters == letters;
        if far && !may_begin {
            continue;
        }
        let candidate = plain(name);
        if may_begin && candidate.starts_with(&word) {
            begun.push(name);
        }
        if far || compared >= COMPARED {
            continue;
        }
        compared += word.len() * candidate.len();
        let distance = strsim::damerau_levenshtein(&word, &candidate);
        if distance <= allowed && near.is_none_or(|(nearest, _)| distance < nearest) {
            near = Some((distance, name));
        }
    }
    match (near, begun.as_slice()) {
        (Some((_, name)), _) => Some(name),
        (None, [name]) => Some(name),
        _ => None,
    }
}

/// The longest name that is compared: the distance takes time in the square of the length.
const LONGEST: usize = 64;

/// How many names are looked at, and how many pairs of letters are compared. A card may hold ids by the ten
/// thousand, and a hundred words that each ask for the nearest; all ids of a taxonomy are short.
const CANDIDATES: usize = 2_000;
const COMPARED: usize = 50 * LONGEST * LONGEST;

/// The name without what hands and conventions disagree about.
fn plain(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// Which letters a name holds, as far as 64 bits tell them apart, case and hyphens aside. Beyond
/// ASCII no letter is told from another.
fn letters(name: &str) -> u64 {
    name.bytes().fold(0, |letters, byte| match byte {
        b'-' => letters | 1 << (b'_' % 64),
        0x80.. => letters,
        byte => letters | 1 << (byte.to_ascii_lowercase() % 64),
    })
}

fn listed_of(names: &mut dyn Iterator<Item = &str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
