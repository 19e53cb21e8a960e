//! What a build script tells cargo, a line each
//! (<https://doc.rust-lang.org/cargo/reference/build-scripts.html>).

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::characters::escape;
use crate::secret;

/// A line for cargo.
#[derive(Debug, PartialEq)]
pub(super) enum Directive {
    /// Shows an error and fails the build.
    Error(String),
    /// Shows a warning.
    Warning(String),
    /// Runs the script again when this file changes.
    RerunIfChanged(String),
    /// Runs the script again when this environment variable changes.
    RerunIfEnvChanged(&'static str),
    /// Sets an environment variable for the crate's compilation.
    Env(String, String),
}

impl Directive {
    /// Watches a file that is there: one that is not reruns the script at every build.
    pub(super) fn watch(file: &Path, package: &Path) -> Self {
        if let Some(line) = line(file) {
            return Directive::RerunIfChanged(line.to_owned());
        }
        // What ends the line may lie above the package.
        match from(package, file).filter(|relative| package.join(relative).exists()) {
            Some(relative) => Directive::RerunIfChanged(relative),
            None => Directive::Warning(format!("cargo cannot watch {}, whose path {UNPRINTABLE}", shown(file))),
        }
    }

    /// Watches what a report rests on. A file that is missing reruns the script at every build, until it is there.
    pub(super) fn watch_anyway(file: &Path, package: &Path) -> Self {
        match file.symlink_metadata() {
            Ok(_) => Directive::watch(file, package),
            Err(_) => line(file)
                .map_or_else(|| Directive::watch(file, package), |line| Directive::RerunIfChanged(line.to_owned())),
        }
    }

    /// Tells the crate where a file is.
    pub(super) fn env(variable: &str, file: &Path) -> Self {
        match line(file) {
            Some(line) => Directive::Env(variable.to_owned(), line.to_owned()),
            None => Directive::Warning(format!(
                "`{variable}` is not set for the crate, since the path {} {UNPRINTABLE}; help: build in another folder",
                shown(file)
            )),
        }
    }
}

const UNPRINTABLE: &str = "contains a line break, begins or ends with whitespace, or is not valid UTF-8";

/// A path that cargo reads back as it is printed: it reads lines of UTF-8, without the white space
/// at both ends.
fn line(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| !text.contains('\n') && text.trim() == *text)
}

/// The path of a file as seen from the package's folder.
fn from(package: &Path, file: &Path) -> Option<String> {
    let (up, rest) = package
        .ancestors()
        .enumerate()
        .find_map(|(up, folder)| file.strip_prefix(folder).ok().map(|rest| (up, rest)))?;
    let relative = PathBuf::from("../".repeat(up)).join(rest);
    line(&relative).map(str::to_owned)
}

/// A path in a message. What looks like a secret must not reach a log.
pub(super) fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    match secret::find(&text) {
        Some(secret::Secret { what, .. }) => format!("(a path that contains {what})"),
        None => escape(&text),
    }
}

/// Prints the lines. A card's text is data: escaped, it can never become a line of its own.
pub(super) fn print(directives: &[Directive]) {
    let mut text = String::new();
    for directive in directives {
        text += &match directive {
            Directive::Error(message) => format!("cargo::error={}\n", escape(message)),
            Directive::Warning(message) => format!("cargo::warning={}\n", escape(message)),
            Directive::RerunIfChanged(path) => format!("cargo::rerun-if-changed={path}\n"),
            Directive::RerunIfEnvChanged(name) => format!("cargo::rerun-if-env-changed={name}\n"),
            Directive::Env(name, path) => format!("cargo::rustc-env={name}={path}\n"),
        };
    }
    // Where nobody reads what a script says, there is nobody to tell.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_cargo_cannot_read_back_is_never_printed() {
        let evil = Path::new("/tmp/x\ncargo::rustc-env=EVIL=1/report.json");
        let directives = [Directive::watch(evil, Path::new("/home")), Directive::env("SMCARD_REPORT", evil)];
        for directive in directives {
            let Directive::Warning(message) = directive else { panic!("{directive:?}") };
            assert!(!message.contains('\n') && message.contains("x\\ncargo::"), "{message}");
        }
        let trimmed = Path::new("/tmp/report.json ");
        assert!(matches!(Directive::env("SMCARD_REPORT", trimmed), Directive::Warning(_)));
        let plain = Path::new("/tmp/モデル 1/report.json");
        let text = plain.to_str().unwrap().to_owned();
        assert_eq!(Directive::watch(plain, Path::new("/home")), Directive::RerunIfChanged(text.clone()));
        assert_eq!(Directive::env("SMCARD_REPORT", plain), Directive::Env("SMCARD_REPORT".to_owned(), text));
    }

    #[test]
    fn a_file_near_the_package_is_seen_from_there() {
        let package = Path::new("/a\nb/workspace/package");
        for (file, relative) in [
            ("/a\nb/workspace/package/smcard.toml", Some("smcard.toml")),
            ("/a\nb/workspace/smcard.toml", Some("../smcard.toml")),
            ("/a\nb/workspace/target/x\ny", None),
        ] {
            assert_eq!(from(package, Path::new(file)).as_deref(), relative, "{file:?}");
        }
    }

    #[test]
    fn a_secret_in_a_path_is_not_shown() {
        let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
        let path = shown(Path::new(&format!("/tmp/{token}/reports")));
        assert!(!path.contains(&token) && path.contains("GitHub"), "{path}");
    }
}
