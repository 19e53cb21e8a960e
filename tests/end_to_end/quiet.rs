//! A project in order hears nothing from smcard.

use crate::card::{Card, IMPORTS};
use crate::project::Project;
use crate::values::BUILD_SCRIPT_OF_A_CARD_WITH_CONSTANTS;

#[test]
fn a_card_beside_items_that_only_the_crate_uses_builds_without_a_warning() {
    let items = "\
/// Scores above this are defects.
pub const THRESHOLD: f64 = 0.8;

/// Whether a part is defect.
pub fn is_defect(score: f64) -> bool {
    score > THRESHOLD
}

";
    let card = Card::good()
        .with("model_details.version", "env!(\"CARGO_PKG_VERSION\")")
        .with("model_details.name", "\"defect-detector\"")
        .with("extensions", "{ acme: { sites: [\"Ulm\", \"Graz\"] } }");
    let main = "\
#![deny(warnings, clippy::all)]
#![forbid(unsafe_code)]

mod card;

fn main() {
    println!(\"{} {}\", card::is_defect(0.9), card::CARD.model_details.name.is_some());
}
";
    let project = Project::new("quiet-card")
        .file("src/card.rs", &format!("{IMPORTS}{items}{}", card.item("CARD")))
        .file("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n")
        .file("build.rs", BUILD_SCRIPT_OF_A_CARD_WITH_CONSTANTS)
        .file("src/main.rs", main);
    let built = project.build().passed();
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);
    assert_eq!(project.cargo(&["run"]).passed().stdout, "true true\n");
}
