//! Did you mean: the name nearest to what somebody wrote.

/// The candidate nearest to `word`, if it is near enough to be a slip of the hand.
///
/// Near enough is one edit in three characters (rustc's own measure), letter case aside, or a
/// beginning that only one candidate has.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut candidates = candidates.into_iter();
    nearest_of(word, &mut || candidates.next())
}

/// `` `a`, `b` and `c` ``.
pub(crate) fn listed<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    let mut names = names.into_iter();
    quoted(&mut || names.next(), "and")
}

/// `` `a`, `b` or `c` ``.
pub(crate) fn either<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    let mut names = names.into_iter();
    quoted(&mut || names.next(), "or")
}

// Once for all callers: a copy for each of them would be a tenth of this crate's code. Behind `dyn Iterator` stand
// all the methods of an iterator, and behind this but the one that is called.

/// Gives one name after the other.
type Next<'n, 'c> = &'n mut dyn FnMut() -> Option<&'c str>;

fn nearest_of<'c>(word: &str, next: Next<'_, 'c>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let (word, letters) = (plain(word), letters(word));
    let length = word.chars().count();
    let allowed = length.max(3) / 3;
    let (mut near, mut compared): (Option<(usize, &str)>, usize) = (None, 0);
    let mut begun: Vec<&str> = Vec::new();
    for _ in 0..CANDIDATES {
        let Some(name) = next() else { break };
        if name.len() > LONGEST {
            continue;
        }
        let far = is_far(name, length, letters, allowed);
        if word.len() > 2 && begins(name, &word) {
            begun.push(name);
        }
        if far || compared >= COMPARED {
            continue;
        }
        let candidate = plain(name);
        compared += word.len() * candidate.len();
        let distance = strsim::osa_distance(&word, &candidate);
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

/// Whether a name differs more in length or in its letters than it may differ at all, which most do: this much is seen
/// without a copy.
fn is_far(name: &str, length: usize, letters: u64, allowed: usize) -> bool {
    name.chars().count().abs_diff(length) > allowed
        || (self::letters(name) ^ letters).count_ones() as usize > 2 * allowed
}

/// The longest name that is compared: the distance takes time in the square of the length.
const LONGEST: usize = 64;

/// How many names are looked at, and how many pairs of letters are compared. A card may hold ids by the ten
/// thousand, and a hundred words that each ask for the nearest; all ids of a taxonomy are short.
const CANDIDATES: usize = 2_000;
const COMPARED: usize = 50 * LONGEST * LONGEST;

/// The name without what hands and conventions disagree about.
fn plain(name: &str) -> String {
    name.to_lowercase().replace("-", "_")
}

/// Whether a name begins with a plain word.
fn begins(name: &str, word: &str) -> bool {
    let alike = |(byte, plain): (u8, u8)| if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() } == plain;
    name.len() >= word.len() && name.bytes().zip(word.bytes()).all(alike)
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

fn quoted(next: Next<'_, '_>, conjunction: &str) -> String {
    let mut names = Vec::new();
    while let Some(name) = next() {
        names.push(format!("`{name}`"));
    }
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} {conjunction} {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_near() {
        let fields = ["license", "citation", "contact", "model_details", "date"];
        for (word, meant) in [
            ("lisence", "license"),
            ("LICENSE", "license"),
            ("licnese", "license"),
            ("Model-Details", "model_details"),
            ("date", "date"),
            ("dat", "date"),
            ("dote", "date"),
        ] {
            assert_eq!(nearest(word, fields), Some(meant), "{word}");
        }
        assert_eq!(nearest("ab-x", ["ab_c"]), Some("ab_c"));
        for word in ["colour", "l", "", "doto"] {
            assert_eq!(nearest(word, fields), None, "{word}");
        }
    }

    #[test]
    fn one_edit_in_three_characters_is_near_whatever_the_edit() {
        // Of each word one of its own length, one that is longer and one that is shorter.
        for (word, near, far) in [
            ("abc", ["abx", "xabc", "bc"], ["axy", "xyabc", "c"]),
            ("abcde", ["abcdx", "xabcde", "bcde"], ["abcxy", "xyabcde", "cde"]),
            ("abcdef", ["abcdxy", "xyabcdef", "cdef"], ["abcxyz", "xyzabcdef", "def"]),
            ("abcdefghi", ["abcdefxyz", "xyzabcdefghi", "defghi"], ["abcdewxyz", "wxyzabcdefghi", "efghi"]),
            ("éèê", ["éèx", "xéèê", "èê"], ["éxy", "xyéèê", "ê"]),
        ] {
            for candidate in near {
                assert_eq!(nearest(word, [candidate]), Some(candidate), "{word}");
            }
            for candidate in far {
                assert_eq!(nearest(word, [candidate]), None, "{word} {candidate}");
            }
        }
    }

    #[test]
    fn the_nearest_counts_and_of_two_as_near_the_first() {
        assert_eq!(nearest("metrics", ["metxxcs", "metrixs"]), Some("metrixs"));
        assert_eq!(nearest("metrics", ["metrixs", "metxxcs"]), Some("metrixs"));
        assert_eq!(nearest("metrics", ["metrixs", "metricx"]), Some("metrixs"));
    }

    #[test]
    fn a_beginning_that_only_one_has_is_near() {
        let fields = ["threat_modeling", "security_testing", "security_considerations"];
        assert_eq!(nearest("threat", fields), Some("threat_modeling"));
        assert_eq!(nearest("Thr", fields), Some("threat_modeling"));
        assert_eq!(nearest("security-t", fields), Some("security_testing"));
        assert_eq!(nearest("security", fields), None);
        assert_eq!(nearest("th", fields), None);
    }

    #[test]
    fn what_is_longer_than_any_name_is_near_to_none() {
        let name = "a".repeat(LONGEST);
        let longer = "a".repeat(LONGEST + 1);
        assert_eq!(nearest(&name, [&*name]), Some(&*name));
        assert_eq!(nearest(&longer, [&*name]), None);
        assert_eq!(nearest(&name, [&*longer]), None);
    }

    #[test]
    fn of_very_many_names_the_first_are_looked_at() {
        let found = |word: &str, others: &str, count: usize, meant: &str| {
            nearest(word, std::iter::repeat_n(others, count).chain([meant])) == Some(meant)
        };
        assert!(found("citations", "x", CANDIDATES - 1, "citation"));
        assert!(!found("citations", "x", CANDIDATES, "citation"));
        // Names as long as can be, of the same letters, so that each is compared.
        let (word, others) = ("aabb".repeat(LONGEST / 4), "ab".repeat(LONGEST / 2));
        let meant = word.replacen("bb", "ba", 1);
        let compared = COMPARED / LONGEST / LONGEST;
        assert!(found(&word, &others, compared - 1, &meant));
        assert!(!found(&word, &others, compared, &meant));
    }

    #[test]
    fn names_are_listed_as_a_sentence_has_them() {
        assert_eq!(listed([]), "");
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b"]), "`a` and `b`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
