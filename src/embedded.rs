//! [`embed!`](crate::embed): the report that the build hook wrote, in the program itself.

// Nothing of another crate or of `std`: `scripts/embed-matrix` builds this file alone for targets without either.

/// The length of the longest report, as whoever reads it limits it.
const LONGEST: usize = 16 << 20;

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
/// What is embedded is always the file that the build hook has written after it checked the card, never a value of
/// the program; without the hook, the program does not compile. Where the card is a module of the crate,
/// `embed!(card::CARD)` makes sure that this is the card: the program does not compile if the report has another
/// name, developer, date or version. With several cards, name the variable of one:
/// `embed!("SMCARD_REPORT_DETECTOR")`, or `embed!(card::DETECTOR, "SMCARD_REPORT_DETECTOR")`.
///
/// It is for programs and shared libraries. In a library of Rust, every program that uses the library would carry its
/// report, and on WebAssembly only some would.
///
/// No code of the program reads the report, and nothing else of smcard ends up in the program. The crate may
/// `#![forbid(unsafe_code)]`. The page `docs/embedding.md` of the repository says how the report is stored, how to
/// read it in other languages, and what it proves.
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
            // To Rust 1.85, a card that only a constant without a name uses is dead code.
            $( #[used] static __SMCARD_CARD: () = ::core::assert!(
                $crate::same_card::is_of(__SMCARD_REPORT, &$card),
                "this is not the card whose report the build script has written: its name, developer, date or version \
                 is another"
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
        assert!(report.len() <= LONGEST, "a report has at most 16 MiB");
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

#[cfg(test)]
mod tests {
    #[test]
    fn what_can_be_embedded_can_be_read() {
        assert_eq!(super::LONGEST, smcard_core::MAX_BYTES);
    }
}
