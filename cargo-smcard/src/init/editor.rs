//! A text of several lines, written in the editor that the user has chosen.

use std::env;
use std::io::{Read, Write};
use std::process::Command;

use tempfile::Builder;

/// The largest text that is read back.
const LARGEST: u64 = 1 << 20;

/// What is run: `$VISUAL`, `$EDITOR`, or what nearly every system has.
fn command(variable: impl Fn(&str) -> Option<String>) -> String {
    let chosen = ["VISUAL", "EDITOR"].into_iter().filter_map(variable).find(|command| !command.trim().is_empty());
    chosen.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// How people call the editor: the program, without its folder and arguments.
pub(super) fn name(variable: impl Fn(&str) -> Option<String>) -> String {
    let command = command(variable);
    let program = shlex::split(&command).and_then(|words| words.into_iter().next()).unwrap_or(command);
    let name = program.rsplit(['/', '\\']).next().unwrap_or(&program);
    smcard_core::source::visible(name)
}

/// Opens the editor with a text; gives what was saved, or why there is none.
pub(super) fn edit(name: &str, begun: &str) -> Result<String, String> {
    let command = command(|name| env::var(name).ok());
    let failed = |error: std::io::Error| format!("the editor `{command}` cannot be run: {error}");
    let words = shlex::split(&command).filter(|words| !words.is_empty());
    let Some((program, arguments)) = words.as_deref().and_then(<[String]>::split_first) else {
        return Err(format!("`{command}` is no command: set `EDITOR` to one"));
    };
    let mut file = Builder::new().prefix(&format!("{name}-")).suffix(".md").tempfile().map_err(failed)?;
    writeln!(file, "{begun}").map_err(failed)?;
    let path = file.into_temp_path();
    let status = Command::new(program).args(arguments).arg(&path).status().map_err(failed)?;
    if !status.success() {
        return Err(format!("the editor `{command}` failed: {status}"));
    }
    let mut text = String::new();
    let saved = std::fs::File::open(&path).and_then(|file| file.take(LARGEST).read_to_string(&mut text));
    saved.map_err(|error| format!("what the editor saved cannot be read: {error}"))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editor_is_the_one_that_is_chosen() {
        let with = |variables: &'static [(&str, &str)]| {
            name(move |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(with(&[("VISUAL", "/usr/bin/code --wait"), ("EDITOR", "nano")]), "code");
        assert_eq!(with(&[("VISUAL", " "), ("EDITOR", "'/opt/my editor/ed' -p")]), "ed");
        assert_eq!(with(&[]), if cfg!(windows) { "notepad" } else { "vi" });
    }
}
