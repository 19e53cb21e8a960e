//! Paths of files in a package, which mean the same file on every system.

use std::ops::Range;

/// What is wrong with a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) why: &'static str,
    /// Where.
    pub(super) range: Range<usize>,
}

/// Checks that a path names a file below the folder of the package.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
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
