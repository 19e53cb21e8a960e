//! Paths of files in a package, which mean the same file on every system.

use std::ops::Range;

/// What is wrong with a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) why: &'static str,
    /// Where.
    pub(crate) range: Range<usize>,
}

/// Checks that a path names a file below the folder of the package.
pub(crate) fn check(text: &str) -> Result<(), Wrong> {
    let whole = 0..text.len();
    if text.starts_with('/') {
        return Err(Wrong { why: "it begins at the root", range: 0..1 });
    }
    for (at, char) in text.char_indices() {
        let why = match char {
            '\\' => "`\\` separates folders on Windows alone",
            // A drive, a scheme, or another stream of the same file.
            ':' => "`:` has a meaning of its own on some systems",
            _ => continue,
        };
        return Err(Wrong { why, range: at..at + 1 });
    }
    let mut at = 0;
    for part in text.split('/') {
        let range = at..at + part.len();
        match part {
            ".." => return Err(Wrong { why: "`..` leads out of it", range }),
            "." => return Err(Wrong { why: "`.` says nothing", range }),
            "" => return Err(Wrong { why: "a folder or the file has no name", range: whole }),
            _ => at = range.end + 1,
        }
    }
    Ok(())
}

/// Whether what says where something is kept is meant as a path, and not as a URL or in words.
pub(crate) fn is_meant(text: &str) -> bool {
    // A DOI is written without its scheme, too.
    let elsewhere = text.contains(':') || text.starts_with("10.");
    !elsewhere && !text.contains(char::is_whitespace) && text.contains(['/', '\\', '.'])
}

/// Whether what says where something is kept names a file of the package.
pub(crate) fn is_file(text: &str) -> bool {
    is_meant(text) && check(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_the_package_are_taken() {
        for text in
            ["model.onnx", "models/detector.safetensors", "weights/v1..2/a b.bin", ".hidden/x", "模型/权重.gguf"]
        {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_url_and_words_are_meant_as_no_path() {
        for text in
            ["https://example.com/a", "doi:10.1/x", "10.48550/arXiv.2401.1", "The register, 4.2", "vault", "C:\\a"]
        {
            assert!(!is_meant(text), "{text}");
        }
        for text in ["reports/garak.jsonl", "garak.jsonl", "../a", "/etc/passwd", "reports\\a.json"] {
            assert!(is_meant(text), "{text}");
        }
    }

    #[test]
    fn what_is_elsewhere_or_elsewhere_on_another_system_is_refused() {
        for (text, why, range) in [
            ("/etc/passwd", "it begins at the root", 0..1),
            ("models/../../secret", "`..` leads out of it", 7..9),
            ("..", "`..` leads out of it", 0..2),
            ("./model.onnx", "`.` says nothing", 0..1),
            ("models//a", "a folder or the file has no name", 0..9),
            ("models/", "a folder or the file has no name", 0..7),
            ("models\\a", "`\\` separates folders on Windows alone", 6..7),
            ("C:/models/a", "`:` has a meaning of its own on some systems", 1..2),
            ("https://example.com/a", "`:` has a meaning of its own on some systems", 5..6),
        ] {
            assert_eq!(check(text), Err(Wrong { why, range }), "{text}");
        }
    }
}
