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
    let (word, letters) = (plain(word), Letters::of(word));
    let length = word.chars().count();
    let allowed = length.max(3) / 3;
    let mut begun: Vec<&str> = Vec::new();
    // What may be near, with the least that it can differ.
    let mut rough: Vec<(usize, &str)> = Vec::new();
    for _ in 0..CANDIDATES {
        let Some(name) = next() else { break };
        if name.len() > LONGEST {
            continue;
        }
        if word.len() > 2 && begins(name, &word) {
            begun.push(name);
        }
        let longer = name.chars().count().abs_diff(length);
        if longer <= allowed {
            let least = longer.max(letters.apart(&Letters::of(name)));
            if least <= allowed {
                rough.push((least, name));
            }
        }
    }
    match (least_apart(&word, allowed, &rough), begun.as_slice()) {
        (Some(name), _) => Some(name),
        (None, [name]) => Some(name),
        _ => None,
    }
}

/// The nearest of these names, and of several the first. Those that can be nearest are compared first, and what
/// cannot be nearer any more is not compared.
fn least_apart<'c>(word: &str, allowed: usize, rough: &[(usize, &'c str)]) -> Option<&'c str> {
    let (mut near, mut compared): (Option<(usize, usize, &str)>, usize) = (None, 0);
    for least in 0..=allowed {
        if near.is_some_and(|(distance, ..)| distance < least) {
            break;
        }
        for (index, (_, name)) in rough.iter().enumerate().filter(|(_, (of_name, _))| *of_name == least) {
            let candidate = plain(name);
            let (word, candidate) = without_same_ends(word, &candidate);
            compared += COMPARED_AT_LEAST + word.len() * candidate.len();
            if compared > COMPARED {
                return near.map(|(.., name)| name);
            }
            let distance = distance(word, candidate);
            if distance <= allowed && near.is_none_or(|(nearest, at, _)| (distance, index) < (nearest, at)) {
                near = Some((distance, index, name));
            }
        }
    }
    near.map(|(.., name)| name)
}

/// How many letters are added, dropped, exchanged, or swapped with their neighbour, if none is touched twice: the optimal
/// string alignment (Boytsov, "Indexing methods for approximate dictionary searching: comparative analysis",
/// <https://doi.org/10.1145/1963190.1963191>).
fn distance(word: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    // The distances between what has been read of the word, and each beginning of the other one; and those of one
    // letter less.
    let (mut row, mut before): (Vec<usize>, Vec<usize>) = ((0..=other.len()).collect(), Vec::new());
    let mut last = None;
    for letter in word.chars() {
        let of = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(LONGEST);
        let mut next = vec![of(&row, 0) + 1];
        let mut last_of_other = None;
        for (column, of_other) in other.iter().enumerate() {
            let exchanged = of(&row, column) + usize::from(letter != *of_other);
            let mut least = exchanged.min(of(&row, column + 1) + 1).min(of(&next, column) + 1);
            if last == Some(*of_other) && last_of_other == Some(letter) {
                least = least.min(of(&before, column.saturating_sub(1)) + 1);
            }
            next.push(least);
            last_of_other = Some(*of_other);
        }
        (before, row, last) = (row, next, Some(letter));
    }
    row.last().copied().unwrap_or_default()
}

/// Two words without what they begin and end with alike, which adds nothing to their distance.
fn without_same_ends<'w>(one: &'w str, other: &'w str) -> (&'w str, &'w str) {
    let alike = |(one, other): &(char, char)| one == other;
    let begin: usize = one.chars().zip(other.chars()).take_while(alike).map(|(char, _)| char.len_utf8()).sum();
    let (one, other) = (one.get(begin..).unwrap_or_default(), other.get(begin..).unwrap_or_default());
    let end: usize =
        one.chars().rev().zip(other.chars().rev()).take_while(alike).map(|(char, _)| char.len_utf8()).sum();
    let before = |word: &'w str| word.get(..word.len() - end).unwrap_or_default();
    (before(one), before(other))
}

/// How often each letter stands in a name, as far as five bits tell them apart, case and hyphens aside. Beyond
/// ASCII no letter is told from another.
struct Letters([u8; 32]);

impl Letters {
    fn of(name: &str) -> Self {
        let mut count = [0; 32];
        for byte in name.bytes().take(LONGEST) {
            let byte = if byte == b'-' { b'_' } else { byte };
            if let Some(of_letter) = count.get_mut(usize::from(byte % 32)) {
                *of_letter += u8::from(byte.is_ascii());
            }
        }
        Letters(count)
    }

    /// How many edits there are at least between two names: each of them adds a letter, drops one, or both.
    fn apart(&self, other: &Self) -> usize {
        let (mut more, mut less): (u8, u8) = (0, 0);
        for (one, other) in self.0.iter().zip(other.0) {
            more += one.saturating_sub(other);
            less += other.saturating_sub(*one);
        }
        usize::from(more.max(less))
    }
}

/// The longest name that is compared: the distance takes time in the square of the length.
const LONGEST: usize = 64;

/// How many names are looked at, and how many pairs of letters are compared; a comparison counts as some of these
/// itself. A card may hold ids by the ten thousand, and a hundred words that each ask for the nearest.
const CANDIDATES: usize = 2_000;
const COMPARED: usize = 2 * LONGEST * LONGEST;
const COMPARED_AT_LEAST: usize = 64;

/// The name without what hands and conventions disagree about.
fn plain(name: &str) -> String {
    name.to_lowercase().replace("-", "_")
}

/// Whether a name begins with a plain word.
fn begins(name: &str, word: &str) -> bool {
    let alike = |(byte, plain): (u8, u8)| if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() } == plain;
    name.len() >= word.len() && name.bytes().zip(word.bytes()).all(alike)
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
        // Names as long as can be, of the same letters and with other ends, so that each is compared whole.
        let (word, others) = ("aabb".repeat(LONGEST / 4), "ba".repeat(LONGEST / 2));
        let meant = word.replacen("ab", "ba", 1);
        let compared = COMPARED / (LONGEST * LONGEST + COMPARED_AT_LEAST);
        assert!(found(&word, &others, compared, &meant));
        assert!(!found(&word, &others, compared + 1, &meant));
    }

    #[test]
    fn names_that_begin_and_end_alike_differ_by_what_stands_between() {
        for (word, near) in [
            ("threats.ownr", "threats.owner"),
            ("a.mitigatoins.z", "a.mitigations.z"),
            ("éclaircir", "éclarcir"),
            ("aaaa", "aaa"),
            ("abab", "abba"),
        ] {
            assert_eq!(nearest(word, ["threats.note", "a.mitigated.zz", near, "xxxxxx"]), Some(near), "{word}");
        }
        assert_eq!(without_same_ends("aaa", "aaaa"), ("", "a"));
        assert_eq!(without_same_ends("éaé", "éé"), ("a", ""));
    }

    #[test]
    fn a_distance_counts_what_was_added_dropped_exchanged_or_swapped() {
        for (word, other, apart) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 2),
            ("abc", "abc", 0),
            ("abc", "axc", 1),
            ("ab", "ba", 1),
            ("abcd", "acbd", 1),
            // A letter that was swapped is not touched again.
            ("ca", "abc", 3),
            ("kitten", "sitting", 3),
            ("été", "éte", 1),
            ("abab", "baba", 2),
        ] {
            assert_eq!(distance(word, other), apart, "{word} {other}");
            assert_eq!(distance(other, word), apart, "{other} {word}");
        }
    }

    #[test]
    fn the_order_of_comparing_changes_nothing() {
        // Both hold the letters of the word; the one that comes second is nearer.
        assert_eq!(nearest("abcdef", ["fabcde", "abcdfe"]), Some("abcdfe"));
        assert_eq!(nearest("abcdef", ["bacdef", "abcdfe"]), Some("bacdef"));
        // A letter less is as near as one in another place.
        assert_eq!(nearest("abcdef", ["abcde", "abcdfe"]), Some("abcde"));
    }

    #[test]
    fn names_are_listed_as_a_sentence_has_them() {
        assert_eq!(listed([]), "");
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b"]), "`a` and `b`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
