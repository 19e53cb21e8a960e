//! Where the report of each card goes.

use std::path::{Path, PathBuf};

use crate::build::REPORT_FILE_NAME;
use crate::card::SecurityCard;
use crate::text::Text;

/// A report with its place.
#[derive(Debug)]
pub(super) struct Place {
    /// The file, below a folder that holds the reports of one package.
    pub(super) file: PathBuf,
    /// The environment variable that holds the file's path while the crate is compiled.
    pub(super) variable: String,
    pub(super) report: String,
}

/// The places of all cards of a package, or why there are none.
///
/// One card needs no name. Several have a folder each, so they need names that differ in more
/// than letter case and punctuation, which not every file system and no variable tells apart.
pub(super) fn of(cards: &[&SecurityCard<'_>]) -> Result<Vec<Place>, Vec<String>> {
    if let [card] = cards {
        let file = PathBuf::from(REPORT_FILE_NAME);
        return Ok(vec![Place { file, variable: "SMCARD_REPORT".to_owned(), report: card.to_json() }]);
    }
    let mut places: Vec<Place> = Vec::new();
    let mut errors = Vec::new();
    if cards.is_empty() {
        errors.push("there is no card to write: call `card(&CARD)` before `emit()`".to_owned());
    }
    for (index, card) in cards.iter().enumerate() {
        let name = card.model_details.name.as_ref().and_then(Text::stated).unwrap_or_default();
        let folder = folder(name);
        if folder.is_empty() {
            errors.push(format!(
                "card {} of {} has no name: give `model_details.name`, of which its folder is made",
                index + 1,
                cards.len()
            ));
            continue;
        }
        let variable = format!("SMCARD_REPORT_{}", variable(name));
        let file = Path::new(&folder).join(REPORT_FILE_NAME);
        if places.iter().any(|place| place.variable == variable) {
            errors.push(format!(
                "two cards have the name `{name}`, or one that differs from it only in letter case or punctuation: \
                 give each card a `model_details.name` of its own"
            ));
        }
        places.push(Place { file, variable, report: card.to_json() });
    }
    if errors.is_empty() { Ok(places) } else { Err(errors) }
}

/// A name as a folder of every file system: no separators, no hidden or relative folder.
fn folder(name: &str) -> String {
    let plain = |char: char| if char.is_alphanumeric() || "-_.".contains(char) { char } else { '-' };
    let folder: String = name.chars().map(plain).take(100).collect();
    folder.trim_matches(['.', '-']).to_owned()
}

/// A name as a part of an environment variable.
fn variable(name: &str) -> String {
    let plain = |char: char| if char.is_alphanumeric() { char } else { '_' };
    folder(name).chars().map(plain).collect::<String>().to_uppercase()
}
