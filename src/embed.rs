//! [`embed!`](crate::embed): the report that the build hook wrote, in the program itself.

use std::borrow::Cow;

use smcard_core::{MAX_BYTES, ModelDetails, SecurityCard, Text};

/// Puts the checked report into the program, from which `smcard extract` takes it byte for byte.
///
/// It stands once, beside the functions of a program:
///
/// ```ignore
/// smcard::embed!();
///
/// fn main() {
///     // …
/// }
/// ```
///
/// What is embedded is always the file that the build hook has written after it checked the card, never a value of the
/// program; without the hook, the program does not compile. Where the card is a module of the crate, `embed!(card::CARD)`
/// makes sure that this is the card: the program does not compile if the report has another name, developer, date or
/// version. With several cards, name the variable of one: `embed!("SMCARD_REPORT_DETECTOR")`, or
/// `embed!(card::DETECTOR, "SMCARD_REPORT_DETECTOR")`.
///
/// It is for programs and shared libraries. In a library of Rust, every program that uses the library would carry its
/// report, and on WebAssembly only some would.
///
/// No code of the program reads the report, and nothing else of smcard ends up in the program. The crate may
/// `#![forbid(unsafe_code)]`. The page `docs/embedding.md` of the repository says how the report is stored, how to read it
/// in other languages, and what it proves.
#[macro_export]
macro_rules! embed {
    () => {
        $crate::embed!(@record "SMCARD_REPORT");
    };
    ($variable:literal $(,)?) => {
        $crate::embed!(@record $variable);
    };
    ($card:path $(,)?) => {
        $crate::embed!(@record "SMCARD_REPORT", $card);
    };
    ($card:path, $variable:literal $(,)?) => {
        $crate::embed!(@record $variable, $card);
    };
    (@record $variable:literal $(, $card:path)?) => {
        // Items have no hygiene: these names must not be those of a card.
        const _: () = {
            const __SMCARD_REPORT: &[u8] = ::core::include_bytes!(::core::env!(
                $variable,
                "`smcard::embed!` found no report: the build script must call `smcard::build::emit(&card::CARD)`; of \
                 several cards, name the variable of one, such as `smcard::embed!(\"SMCARD_REPORT_DETECTOR\")`"
            ));
            $( const _: () = ::core::assert!(
                $crate::embedded::is_of(__SMCARD_REPORT, &$card),
                "this is not the card whose report the build script has written: name, developer, date or version differ"
            ); )?

            #[cfg(not(any(windows, target_os = "uefi", target_vendor = "apple", target_family = "wasm")))]
            #[used]
            #[unsafe(link_section = ".note.smcard")]
            static __SMCARD_NOTE: $crate::embedded::Note<{ __SMCARD_REPORT.len() }> =
                $crate::embedded::Note::new(__SMCARD_REPORT);

            #[cfg(any(windows, target_os = "uefi", target_vendor = "apple", target_family = "wasm"))]
            // What is a section of its own on WebAssembly is in the memory of the program too if it is used there.
            #[cfg_attr(not(target_family = "wasm"), used)]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__smcard"))]
            #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".smcard"))]
            static __SMCARD_RECORD: $crate::embedded::Record<{ __SMCARD_REPORT.len() }> =
                $crate::embedded::Record::new(__SMCARD_REPORT);

            // GNU ld drops a section of Windows that nothing points at, except those of unwinding and a few that run.
            #[cfg(all(windows, target_env = "gnu"))]
            #[used]
            #[unsafe(link_section = ".xdata$smcard")]
            static __SMCARD_ANCHOR: &$crate::embedded::Record<{ __SMCARD_REPORT.len() }> = &__SMCARD_RECORD;
        };
    };
}

/// A report as it stands in a program: found by its first bytes, as long as it says.
///
/// The sections of several crates are joined, so each record has its length. Bytes alone, so there is no padding.
#[derive(Debug)]
#[repr(C)]
pub struct Record<const N: usize> {
    magic: [u8; 16],
    version: [u8; 4],
    length: [u8; 8],
    report: [u8; N],
}

impl<const N: usize> Record<N> {
    /// The record of a report of this length.
    ///
    /// # Panics
    /// Where it is none, while compiling.
    #[expect(clippy::panic, reason = "it runs while compiling, and is an error there")]
    pub const fn new(report: &[u8]) -> Self {
        assert!(report.len() <= MAX_BYTES, "a report has at most 16 MiB");
        let (Some(b'{'), Some(report)) = (report.first(), report.first_chunk::<N>()) else {
            panic!("the variable names a file that is no report")
        };
        // No line ending survives where a transfer takes the program for text.
        Record {
            magic: *b"\x7fsmcard-report\r\n",
            version: 1u32.to_le_bytes(),
            length: (N as u64).to_le_bytes(),
            report: *report,
        }
    }
}

/// A record as a note of ELF: what every linker keeps although nothing points at it, and `readelf --notes` shows.
#[derive(Debug)]
#[repr(C, align(4))]
pub struct Note<const N: usize> {
    name_length: u32,
    length: u32,
    kind: u32,
    name: [u8; 8],
    record: Record<N>,
}

impl<const N: usize> Note<N> {
    /// The note of a report of this length.
    ///
    /// # Panics
    /// Where it is none, while compiling.
    pub const fn new(report: &[u8]) -> Self {
        let record = Record::new(report);
        let length = size_of::<Record<N>>() as u32;
        Note { name_length: 7, length, kind: 1, name: *b"smcard\0\0", record }
    }
}

/// Whether a report is that of a card, by what tells a card from another.
pub const fn is_of(report: &[u8], card: &SecurityCard<'_>) -> bool {
    let ModelDetails { name, developer, date, version, .. } = &card.model_details;
    let Some(rest) = after(report, b"{\n    ") else { return false };
    let Some(rest) = field(rest, b"\"$schema\": ", &card.schema, b",\n    ") else { return false };
    let Some(rest) = after(rest, b"\"model_details\": {\n        ") else { return false };
    let Some(rest) = field(rest, b"\"name\": ", name, NEXT) else { return false };
    let Some(rest) = field(rest, b"\"developer\": ", developer, NEXT) else { return false };
    let Some(rest) = field(rest, b"\"date\": ", date, NEXT) else { return false };
    // The type of the model follows, which every card has.
    field(rest, b"\"version\": ", version, NEXT).is_some()
}

/// What stands between two fields of a section.
const NEXT: &[u8] = b",\n        ";

/// What follows a field, if it has this value.
const fn field<'r>(report: &'r [u8], key: &[u8], value: &Option<Text<'_>>, next: &[u8]) -> Option<&'r [u8]> {
    let Some(value) = value else {
        // Absent in both.
        return if after(report, key).is_some() { None } else { Some(report) };
    };
    let Some(rest) = after(report, key) else { return None };
    let Some(mut rest) = after(rest, b"\"") else { return None };
    let words = match value {
        Text::Stated(words) => words,
        Text::NotApplicable(words) | Text::Withheld(words) | Text::Unknown(words) => {
            // Which reason it is stands before its words.
            let Some(behind) = behind(rest, b": ") else { return None };
            rest = behind;
            words
        }
    };
    // A card that is a static owns nothing.
    let Cow::Borrowed(words) = words else { return None };
    let Some(rest) = text(rest, words.as_bytes()) else { return None };
    let Some(rest) = after(rest, b"\"") else { return None };
    after(rest, next)
}

/// What follows a text, written as JSON.
const fn text<'r>(mut report: &'r [u8], words: &[u8]) -> Option<&'r [u8]> {
    let mut words = words;
    while let Some((byte, more)) = words.split_first() {
        words = more;
        let written: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\t' => b"\\t",
            _ => &[*byte],
        };
        let Some(rest) = after(report, written) else { return None };
        report = rest;
    }
    Some(report)
}

/// `slice::strip_prefix`, which no `const fn` may call yet.
const fn after<'r>(report: &'r [u8], prefix: &[u8]) -> Option<&'r [u8]> {
    let (mut rest, mut wanted) = (report, prefix);
    while let Some((byte, more)) = wanted.split_first() {
        match rest.split_first() {
            Some((found, behind)) if *found == *byte => (rest, wanted) = (behind, more),
            _ => return None,
        }
    }
    Some(rest)
}

/// What follows the first place where these bytes stand.
const fn behind<'r>(mut report: &'r [u8], wanted: &[u8]) -> Option<&'r [u8]> {
    loop {
        if let Some(rest) = after(report, wanted) {
            return Some(rest);
        }
        let Some((_, rest)) = report.split_first() else { return None };
        report = rest;
    }
}
