//! Where the report of each card goes.

use std::path::PathBuf;

use crate::build::folder_name::{MAX_BYTES, folder_name};
use crate::build::label::number;
use crate::build::{Card, REPORT_FILE_NAME};
use crate::json;
use crate::names::Names;
use crate::secret;
use crate::text::Text;

/// A report with its place.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder of the card, where there are several, below one that holds the reports of a package.
    pub(super) folder: Option<String>,
    /// The environment variable that holds the report's path while the crate is compiled.
    pub(super) variable: String,
    /// The report, and behind it what the card is exported to: each by the name of its file, with its text.
    pub(super) files: Vec<(String, String)>,
}

impl Place {
    fn new(folder: Option<String>, variable: String, card: &Card<'_>) -> Self {
        Place { folder, variable, files: vec![(REPORT_FILE_NAME.to_owned(), json::report(&card.tree))] }
    }

    /// A file, below a folder that holds the reports of a package.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        PathBuf::from_iter(self.folder.as_deref().into_iter().chain([file]))
    }

    /// Adds the card in another format. Gives `false` where a format with such a file is there already.
    pub(super) fn add(&mut self, extension: &str, text: String) -> bool {
        let file = format!("{STEM}{extension}");
        let free = !self.files.iter().any(|(other, _)| *other == file);
        if free {
            self.files.push((file, text));
        }
        free
    }
}

/// What the names of all files begin with.
const STEM: &str = "security_model_card_report.";

/// Whether a file can have this name that the hook writes.
pub(super) fn is_ours(file: &str) -> bool {
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    file.strip_prefix(STEM).is_some_and(|extension| extension.split('.').all(plain))
}

/// The places of all cards of a package, or why there are none.
///
/// One card needs no name. Several have a folder each, so they need names that differ in more
/// than letter case and punctuation, which not every file system and no variable tells apart.
pub(super) fn of(cards: &[Card<'_>]) -> Result<Vec<Place>, Vec<String>> {
    if let [card] = cards {
        return Ok(vec![Place::new(None, "SMCARD_REPORT".to_owned(), card)]);
    }
    let mut places = Vec::new();
    let mut taken = Names::default();
    let mut errors = Vec::new();
    if cards.is_empty() {
        errors.push("there is no card to write: call `card(&CARD)` before `emit()`".to_owned());
    }
    for (index, card) in cards.iter().enumerate() {
        let number = number(index, cards.len());
        let name = card.source.model_details.name.as_ref().and_then(Text::stated).unwrap_or_default();
        // Paths are shown by cargo, by editors, and by whatever reads the reports.
        if let Some(secret::Secret { what, .. }) = secret::find(name) {
            errors.push(format!(
                "the name of {number} contains {what}; help: remove it, since the card's folder is named after it"
            ));
            continue;
        }
        let folder = folder_name(name);
        if folder.is_empty() {
            errors
                .push(format!("{number} has no name; help: add `model_details.name`, after which its folder is named"));
            continue;
        }
        let variable = variable(&folder);
        let first = taken.get(&variable);
        taken.set(variable.clone().into(), index);
        if let Some(first) = first {
            errors.push(format!(
                "{number} has the same name as card {}, or one that differs only in letter case, in punctuation, or \
                 after {MAX_BYTES} bytes; help: give each card a `model_details.name` of its own",
                first + 1
            ));
            continue;
        }
        places.push(Place::new(Some(folder), variable, card));
    }
    if errors.is_empty() { Ok(places) } else { Err(errors) }
}

/// The environment variable of a folder.
fn variable(folder: &str) -> String {
    let plain = |char: char| if char.is_alphanumeric() { char } else { '_' };
    format!("SMCARD_REPORT_{}", folder.chars().map(plain).collect::<String>().to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{ModelDetails, SecurityCard};

    fn of_names(names: &[&str]) -> Result<Vec<Place>, Vec<String>> {
        let card = |name: &&str| {
            let model_details =
                ModelDetails { name: Some(Text::Stated((*name).to_owned().into())), ..ModelDetails::EMPTY };
            SecurityCard { model_details, ..SecurityCard::EMPTY }
        };
        let cards: Vec<SecurityCard<'static>> = names.iter().map(card).collect();
        of(&cards.iter().map(Card::unmeasured).collect::<Vec<_>>())
    }

    #[test]
    fn names_that_some_file_system_takes_for_one_are_an_error() {
        let long = "検".repeat(100);
        for [first, second] in [
            ["ranker", "RANKER"],
            ["ranker 2", "ranker-2"],
            ["straße", "STRASSE"],
            ["CON", "card-con"],
            [&long, &format!("{long}x")],
        ] {
            let errors = of_names(&["other", first, second]).unwrap_err();
            assert!(
                matches!(errors.as_slice(), [error] if error.starts_with("card 3 of 3 has the same name as card 2")),
                "{errors:?}"
            );
        }
        assert!(of_names(&["caf\u{e9}", "cafe\u{301}", "nul", "CON", &long]).is_ok_and(|places| places.len() == 5));
    }

    #[test]
    fn a_name_with_a_secret_is_neither_a_folder_nor_shown() {
        let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
        let errors = of_names(&["other", &token]).unwrap_err();
        assert!(errors.len() == 1 && errors[0].contains("card 2 of 2") && !errors[0].contains(&token), "{errors:?}");
    }
}
