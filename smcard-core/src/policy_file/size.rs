//! How large a policy may be: in bytes, and in what it consists of.
//!
//! What a text becomes when it is parsed takes memory by the part, not by the byte: a file of empty
//! lines or of `a.b.c = 1` would take hundreds of bytes for each of its own. So the parts are
//! counted before anything is made of them.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::finding::Problem;

/// The largest policy file, in bytes: 256 KiB.
pub(super) const LARGEST: usize = 256 * 1024;

/// How many parts any policy may have, however small it is, and for how many bytes one more. Each takes
/// some 60 bytes, and at most 90 where the text is not even TOML.
const PARTS: usize = 8_500;
const BYTES_PER_PART: usize = 8;

/// How many parts a table counts as: room for eleven keys is made at once, and a key with dots is
/// a table for each of them.
const OF_TABLE: usize = 20;
const ROOM: usize = 11;

/// How many more parts a key counts as for which there is no such room, and an item of a list.
const OF_KEY: usize = 5;
const OF_ITEM: usize = 3;

/// What is said of a file that nobody would read.
pub(super) fn too_large(bytes: u64) -> Problem {
    Problem::new(format!("the policy has {bytes} bytes, more than the {LARGEST} of a policy"))
}

/// Where a text has more parts than a policy of its size, if it does.
pub(super) fn too_dense(text: &str) -> Option<Range<usize>> {
    let most = PARTS + text.len() / BYTES_PER_PART;
    let mut counted = Counted { parts: 0, keys: 0, depth: 0, before: TokenKind::Newline };
    for token in Source::new(text).lex() {
        counted.add(token.kind());
        if counted.parts > most {
            return Some(token.span().start()..token.span().end());
        }
    }
    None
}

/// The parts of what has been read so far.
struct Counted {
    parts: usize,
    /// The keys since the last table.
    keys: usize,
    /// In how many brackets this is.
    depth: usize,
    /// What stands before, as far as it matters.
    before: TokenKind,
}

impl Counted {
    fn add(&mut self, kind: TokenKind) {
        use TokenKind as Kind;
        self.parts += 1;
        match kind {
            Kind::LeftSquareBracket => {
                self.depth += 1;
                // The second one of `[[` is no table of its own.
                if self.before != Kind::LeftSquareBracket {
                    self.table();
                }
            }
            Kind::RightSquareBracket => self.depth = self.depth.saturating_sub(1),
            Kind::LeftCurlyBracket | Kind::Dot => self.table(),
            Kind::Equals => {
                self.keys += 1;
                self.parts += if self.keys > ROOM { OF_KEY } else { 0 };
            }
            Kind::Comma | Kind::RightCurlyBracket => self.parts += OF_ITEM,
            Kind::Whitespace | Kind::Comment | Kind::Eof => return,
            Kind::Newline if self.depth > 0 => return,
            Kind::Newline => {}
            _ => match self.before {
                Kind::Equals | Kind::Comma | Kind::Dot | Kind::LeftSquareBracket | Kind::Newline => {}
                // A value behind another one is an item, although there is no comma.
                _ => self.parts += OF_ITEM,
            },
        }
        self.before = kind;
    }

    fn table(&mut self) {
        self.parts += OF_TABLE;
        self.keys = 0;
    }
}

/// What is said of such a text.
pub(super) fn dense(bytes: usize) -> Problem {
    Problem::new("the policy has too many small parts for its size")
        .help("remove blank lines, empty tables and keys with dots that say nothing")
        .note(format!(
            "a policy of {bytes} bytes may have {} parts; a table counts as {OF_TABLE}",
            PARTS + bytes / BYTES_PER_PART
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_as_somebody_writes_it_may_have_two_hundred_tables() {
        let exception = "[[exception]]\nrule = \"owner-missing\"\npath = \"security_considerations.threats[a-threat]\"\n\
                         reason = \"x y\"\napproved_by = \"x\"\nexpires = \"2099-12-31\"\n\n";
        assert_eq!(too_dense(&exception.repeat(200)), None);
        let extension = "[[extension]]\npath = \"acme.key_of_ours\"\nrequired = true\ndoc = \"What it is for\"\n";
        assert_eq!(too_dense(&extension.repeat(200)), None);
        assert_eq!(
            too_dense(&format!("[require]\nfields = [\n{}]", "    \"model_details.name\",\n".repeat(1_000))),
            None
        );
    }

    #[test]
    fn what_takes_many_times_its_own_size_is_refused_where_it_does() {
        for piece in
            ["a.a.a.a.a.a.a.a = 1\n", "[a.a.a.a]\n", "\n", "#\n", "a=1\n", "1,", "{},", "{a=1},", "[],", "[[a]]\n"]
        {
            let text = piece.repeat(200_000 / piece.len());
            let at = too_dense(&text).map(|range| range.start);
            assert!(at.is_some_and(|at| at < text.len() / 2 + 40_000), "{piece:?}: {at:?}");
        }
    }

    #[test]
    fn a_part_counts_as_what_becomes_of_it() {
        let parts = |text: &str| {
            let mut counted = Counted { parts: 0, keys: 0, depth: 0, before: TokenKind::Newline };
            Source::new(text).lex().for_each(|token| counted.add(token.kind()));
            counted.parts
        };
        // Each token is a part, and so is the end.
        assert_eq!(parts("a = 1 # why\nb=2\n"), 13);
        assert_eq!(parts("a=1\nb=2\n"), 9);
        for (text, tokens, more) in [
            ("[a]\n", 5, OF_TABLE),
            ("[[a]]\n", 7, OF_TABLE),
            ("a.b=1\n", 7, OF_TABLE),
            ("a={b=1}\n", 9, OF_TABLE + 2 * OF_ITEM),
            ("a=[[1]]\n", 9, OF_TABLE),
            ("a=[1,2]\n", 9, OF_TABLE + OF_ITEM),
            // Without a comma it is an item all the same.
            ("a=[1 2]\n", 9, OF_TABLE + OF_ITEM),
            ("a=[1\n2]\n", 9, OF_TABLE + OF_ITEM),
            // So is what stands between two of them, if only nothing.
            ("a=[,,]\n", 8, OF_TABLE + 2 * OF_ITEM),
            ("a=[1]\nb=2\n", 11, OF_TABLE),
        ] {
            assert_eq!(parts(text), tokens + more, "{text}");
        }
        let keys = |count: usize| "k=1\n".repeat(count);
        for (count, without_room) in [(ROOM, 0), (ROOM + 1, 1), (ROOM + 3, 3)] {
            assert_eq!(parts(&keys(count)), count * 4 + 1 + without_room * OF_KEY, "{count} keys");
        }
        let tables = format!("{}[t]\n{}", keys(ROOM), keys(ROOM));
        assert_eq!(parts(&tables), 2 * ROOM * 4 + 4 + OF_TABLE + 1, "each table has room");
    }

    #[test]
    fn a_policy_may_have_as_many_parts_as_it_says() {
        let lines = |count: usize| "\n".repeat(count);
        // 9,713 lines and the end are 8,500 and an eighth of 9,713.
        assert_eq!(too_dense(&lines(9_713)), None);
        assert_eq!(too_dense(&lines(9_714)), Some(9_714..9_714));
    }

    #[test]
    fn dots_and_brackets_in_strings_and_comments_are_none() {
        for quoted in ["\"", "'", "\"\"\"", "'''", "#"] {
            let end = if quoted == "#" { "" } else { quoted };
            assert_eq!(too_dense(&format!("a = {quoted}{}{end}\n", ".[{=,".repeat(40_000))), None, "{quoted}");
        }
    }
}
