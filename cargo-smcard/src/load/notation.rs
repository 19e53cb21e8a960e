//! What to write instead, in the notation of the card: the rules speak Rust, in which keys need no quotes and a reason
//! is a call.

use std::path::Path;

use smcard_core::{Findings, Reason};

/// In which notation a card is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    Json,
    Yaml,
}

impl Notation {
    /// The notation that a file's name tells.
    pub(crate) fn of(file: &Path) -> Option<Self> {
        let extension = file.extension()?.to_str()?;
        if extension.eq_ignore_ascii_case("json") {
            Some(Notation::Json)
        } else if extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml") {
            Some(Notation::Yaml)
        } else {
            None
        }
    }

    /// The notation of a file whose name does not tell: what JSON is, is YAML too, but for its messages.
    pub(super) fn of_text(text: &str) -> Self {
        if text.trim_start().starts_with('{') { Notation::Json } else { Notation::Yaml }
    }
}

/// The findings in the words of a card that is not Rust.
pub(super) fn all(mut findings: Findings, notation: Notation) -> Findings {
    for finding in findings.iter_mut().filter(|finding| finding.file.is_none()) {
        for text in finding.problem.help.iter_mut().chain(&mut finding.problem.notes) {
            *text = words(text, notation);
        }
    }
    findings
}

/// What a rule says to write, in another notation than its own.
pub(crate) fn words(text: &str, notation: Notation) -> String {
    let mut text = text.to_owned();
    for reason in Reason::ALL {
        text = reasons(&text, reason);
    }
    let (first, lines) = match text.split_once('\n') {
        Some((first, lines)) => (first, lines.lines().collect()),
        None => (text.as_str(), Vec::new()),
    };
    let mut translated = match notation {
        Notation::Json => first.split('`').map(quoted).collect::<Vec<_>>().join("`"),
        Notation::Yaml => first.to_owned(),
    };
    // Whether the braces around it are left out, and whether an item of a list begins.
    let (mut whole, mut item) = (false, false);
    for (index, line) in lines.iter().enumerate() {
        let closes = |line: &str| line.trim_start().starts_with(['}', ']']);
        let line = match notation {
            Notation::Yaml if closes(line) => continue,
            // The whole card, or an item of a list, whose first field follows the dash.
            Notation::Yaml if line.trim_start() == "{" => {
                (whole, item) = (whole || index == 0, index > 0);
                continue;
            }
            Notation::Yaml => {
                let line = line.trim_end_matches(',').trim_end_matches([' ', '{', '[']);
                let line = &line.replace("/* ", "# ").replace(" */", "");
                let line = if whole { line.strip_prefix("    ").unwrap_or(line) } else { line };
                let field = line.trim_start();
                let indent = (line.len() - field.len()).saturating_sub(4);
                match std::mem::take(&mut item) {
                    true => format!("{}-   {field}", " ".repeat(indent)),
                    false => line.to_owned(),
                }
            }
            Notation::Json => {
                let last = lines.get(index + 1).is_none_or(|next| closes(next));
                let indent = line.len() - line.trim_start().len();
                let (indent, line) = line.split_at_checked(indent).unwrap_or(("", line));
                // JSON has no comments.
                let line = &line.replace("/* ", "\"<").replace(" */", ">\"");
                format!("{indent}{}", quoted(if last { line.trim_end_matches(',') } else { line }))
            }
        };
        translated.push('\n');
        translated += &line;
    }
    translated
}

/// `"Withheld: why"` for `withheld("why")`.
fn reasons(text: &str, reason: &Reason) -> String {
    let call = format!("{}(\"", reason.name);
    let mut parts = text.split(&call);
    let mut translated = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        translated += &format!("\"{}{}", reason.prefix, part.replacen("\")", "\"", 1));
    }
    translated
}

/// A key and a value, with the key in quotes.
fn quoted(text: &str) -> String {
    match text.split_once(':') {
        Some((key, value))
            if value.starts_with(' ')
                && !key.is_empty()
                && key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') =>
        {
            format!("\"{key}\":{value}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_what_a_report_puts_before_its_words() {
        let help = "write `not_applicable(\"why\")`, `withheld(\"why\")` or `unknown(\"why\")`";
        let report = "write `\"Not applicable: why\"`, `\"Withheld: why\"` or `\"Unknown: why\"`";
        assert_eq!(words(help, Notation::Json), report);
        assert_eq!(words(help, Notation::Yaml), report);
    }

    #[test]
    fn a_field_to_add_is_one_of_the_notation() {
        let help = "add `date: \"…\"`, or `date: unknown(\"why\")`";
        assert_eq!(words(help, Notation::Json), "add `\"date\": \"…\"`, or `\"date\": \"Unknown: why\"`");
        assert_eq!(words(help, Notation::Yaml), "add `date: \"…\"`, or `date: \"Unknown: why\"`");
    }

    #[test]
    fn a_block_to_add_is_one_of_the_notation() {
        let help = "add\nfactors: {\n    relevant_factors: \"…\",\n    evaluation_factors: \"…\",\n},";
        assert_eq!(
            words(help, Notation::Json),
            "add\n\"factors\": {\n    \"relevant_factors\": \"…\",\n    \"evaluation_factors\": \"…\"\n}"
        );
        assert_eq!(
            words(help, Notation::Yaml),
            "add\nfactors:\n    relevant_factors: \"…\"\n    evaluation_factors: \"…\""
        );
    }

    #[test]
    fn what_is_to_be_chosen_is_a_text_in_json_which_has_no_comments() {
        let help = "add\nfactors: {\n    trust: /* Untrusted or Internal */,\n    open: /* a number */,\n},";
        assert_eq!(
            words(help, Notation::Json),
            "add\n\"factors\": {\n    \"trust\": \"<Untrusted or Internal>\",\n    \"open\": \"<a number>\"\n}"
        );
    }

    #[test]
    fn a_whole_card_and_an_item_of_a_list_need_no_braces_in_yaml() {
        let card = "write\n{\n    factors: {\n        a: \"…\",\n    },\n    training_data: \"…\",\n},";
        assert_eq!(words(card, Notation::Yaml), "write\nfactors:\n    a: \"…\"\ntraining_data: \"…\"");
        let list = "add\nzones: [\n    {\n        id: \"…\",\n        trust: /* … */,\n    },\n],";
        assert_eq!(words(list, Notation::Yaml), "add\nzones:\n    -   id: \"…\"\n        trust: # …");
    }
}
