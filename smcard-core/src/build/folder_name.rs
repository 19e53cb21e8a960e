//! The name of a card as the name of a folder that every file system takes, and keeps apart from
//! that of another card.

use std::ops::RangeInclusive;

/// File systems take 255 bytes, and some that encrypt names 143.
pub(super) const MAX_BYTES: usize = 120;

/// Letters beyond ASCII that stay as they are.
///
/// macOS takes two spellings for one name where Unicode calls them equivalent. No text of these
/// letters alone is equivalent to another one, since what they could be composed of is not among
/// them.
const LETTERS: &[RangeInclusive<char>] = &[
    '\u{c0}'..='\u{24f}',  // Latin
    '\u{386}'..='\u{386}', // Greek, without the signs between
    '\u{388}'..='\u{3ff}',
    '\u{400}'..='\u{481}', // Cyrillic, without its combining marks
    '\u{48a}'..='\u{52f}',
    '\u{5d0}'..='\u{5ea}',   // Hebrew
    '\u{620}'..='\u{64a}',   // Arabic
    '\u{3041}'..='\u{3096}', // Hiragana
    '\u{30a1}'..='\u{30fa}', // Katakana
    '\u{30fc}'..='\u{30fc}',
    '\u{3400}'..='\u{4dbf}', // Han
    '\u{4e00}'..='\u{9fff}',
    '\u{ac00}'..='\u{d7a3}', // Hangul syllables
];

/// Names that Windows keeps for devices, whatever ending they have; `COM` and `LPT` with a digit.
const DEVICES: &[&str] = &["CON", "PRN", "AUX", "NUL"];

/// The name as a folder: no separators, no hidden, relative or reserved folder; empty where
/// nothing is left of it.
pub(super) fn folder_name(name: &str) -> String {
    let mut folder = String::new();
    for char in name.chars() {
        let letter = match char {
            _ if char.is_ascii_alphanumeric() || "-_.".contains(char) => char.to_string(),
            _ if !char.is_alphanumeric() => "-".to_owned(),
            _ if LETTERS.iter().any(|letters| letters.contains(&char)) => char.to_string(),
            _ => format!("u{:x}", u32::from(char)),
        };
        if folder.len() + letter.len() > MAX_BYTES {
            break;
        }
        folder += &letter;
    }
    let folder = folder.trim_matches(['.', '-']);
    // Cut again, as any other name.
    if is_device(folder) { folder_name(&format!("card-{folder}")) } else { folder.to_owned() }
}

fn is_device(folder: &str) -> bool {
    let stem = folder.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    DEVICES.contains(&stem.as_str())
        || port.is_some_and(|port| port.len() == 1 && port.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_folder_that_every_file_system_takes() {
        for (name, folder) in [
            ("Ranker 2", "Ranker-2"),
            ("defect_detector-v1.2", "defect_detector-v1.2"),
            ("../../b", "b"),
            (".hidden", "hidden"),
            ("dots and spaces. . ", "dots-and-spaces"),
            ("a/b\\c:d*e\nf\u{202e}g", "a-b-c-d-e-f-g"),
            ("CON", "card-CON"),
            ("nul.txt", "card-nul.txt"),
            ("Com1", "card-Com1"),
            ("lpt0.tar.gz", "card-lpt0.tar.gz"),
            ("com\u{b9}", "comub9"),
            ("COM10", "COM10"),
            ("console", "console"),
            ("検出器 モデル", "検出器-モデル"),
            ("Prüfstand", "Prüfstand"),
            ("ᄀ", "u1100"),
            ("...", ""),
            ("", ""),
        ] {
            assert_eq!(folder_name(name), folder, "{name}");
        }
        assert_eq!(folder_name(&"検".repeat(100)), "検".repeat(40));
        assert_eq!(folder_name(&format!("{}. x", "a".repeat(119))), "a".repeat(119));
    }

    #[test]
    fn the_name_of_a_folder_stays_what_it_is() {
        let long = ["検", "x", "ก", "a.", "é-", "nul."].map(|part| part.repeat(130));
        let names = ["CON", "nul.txt", "ᄀ", "a b", "-a-", "card-CON"].map(str::to_owned);
        for name in names.iter().chain(&long) {
            let folder = folder_name(name);
            assert!(folder.len() <= MAX_BYTES && folder_name(&folder) == folder, "{name}: {folder}");
        }
    }

    #[test]
    fn spellings_that_macos_takes_for_one_name_give_different_folders() {
        for (composed, folder, equivalent, other) in [
            ("caf\u{e9}", "caf\u{e9}", "cafe\u{301}", "cafe"),
            ("\u{c5}ngstrom", "\u{c5}ngstrom", "\u{212b}ngstrom", "u212bngstrom"),
            ("\u{3a9}", "\u{3a9}", "\u{2126}", "u2126"),
            ("\u{3ac}", "\u{3ac}", "\u{1f71}", "u1f71"),
            ("\u{ac00}", "\u{ac00}", "\u{1100}\u{1161}", "u1100u1161"),
            ("\u{8c48}", "\u{8c48}", "\u{f900}", "uf900"),
            ("\u{9cb}", "u9cb", "\u{9c7}\u{9be}", "u9c7u9be"),
            ("\u{30ac}", "\u{30ac}", "\u{30ab}\u{3099}", "\u{30ab}"),
        ] {
            assert_eq!([folder_name(composed), folder_name(equivalent)], [folder, other]);
        }
    }
}
