//! Values that only the compiler knows: `env!`, `concat!`, `include_str!`, constants of the code.

use crate::card::{Card, IMPORTS};
use crate::project::Project;

#[test]
fn a_value_of_the_manifest_reaches_the_report_and_follows_the_manifest() {
    let card = Card::good()
        .with("model_details.version", "env!(\"CARGO_PKG_VERSION\")")
        .with("model_details.citation", "concat!(\"Acme Vision, version \", env!(\"CARGO_PKG_VERSION\"))");
    let project = Project::new("value-of-manifest").card(&card);

    let built = project.build().passed();
    assert_eq!(built.value("value-of-manifest", "model_details.version"), "1.2.3");
    assert_eq!(built.value("value-of-manifest", "model_details.citation"), "Acme Vision, version 1.2.3");

    project.replace("Cargo.toml", "1.2.3", "1.3.0");
    let built = project.build().passed();
    assert_eq!(built.value("value-of-manifest", "model_details.version"), "1.3.0");
}

#[test]
fn a_value_that_only_the_compiler_knows_is_checked_by_the_hook_and_leaves_no_report_when_it_is_bad() {
    let name = "value-that-is-bad";
    let card = Card::good()
        .with("model_details.information", "env!(\"CARGO_PKG_DESCRIPTION\")")
        .with("model_details.resource", "env!(\"CARGO_PKG_HOMEPAGE\")")
        .with("training_data", "concat!(\"TO\", \"DO\")");
    let project = Project::new(name).card(&card.clone().text("training_data", "Parts of 2025."));
    let described = "version = \"1.2.3\"\ndescription = \"A network.\"\nhomepage = \"https://example.com/\"";
    project.replace("Cargo.toml", "version = \"1.2.3\"", described);
    let report = project.build().passed().report_file(name);
    let copy = project.target().join("smcard").join(name).join("security_model_card_report.json");
    assert!(report.is_file() && copy.is_file());

    project.replace("Cargo.toml", described, "version = \"1.2.3\"\nhomepage = \"example.com\"");
    project.write("src/card.rs", card.source());
    let built = project.build().failed();

    // The build script sees values, and the macro has told it where they stand.
    let hook = |words: &str| format!("error: {name}@1.2.3: src/card.rs:{words}");
    for error in [
        hook("9:22: `information` in `model_details` is empty; help: state what is known"),
        hook("10:19: `resource` in `model_details` is not a URL: "),
        hook("34:20: `training_data` contains the placeholder `TODO`; help: state what is known"),
    ] {
        assert_eq!(built.errors().iter().filter(|line| line.starts_with(&error)).count(), 1, "{}", built.stderr);
    }
    let of_hook = built.errors().iter().filter(|line| line.contains(name)).count();
    assert_eq!(of_hook, 3, "{}", built.stderr);
    assert!(!report.exists() && !copy.exists(), "a report of the earlier build stayed behind");
}

#[test]
fn a_constant_of_the_code_is_in_the_card_and_both_follow_a_change() {
    let items = "\
macro_rules! threshold {
    () => {
        0.8
    };
}

/// Scores above this are defects.
pub const THRESHOLD: f64 = threshold!();

/// What the model was trained for.
pub const USES: &str = \"Sorting steel parts.\";

";
    let card = Card::good()
        .with("metrics.decision_thresholds", "concat!(\"A score above \", threshold!(), \".\")")
        .with("intended_use.primary_uses", "USES");
    let main = "fn main() {\n    println!(\"{} {}\", constants::card::THRESHOLD, constants::card::USES);\n}\n";
    let project = Project::new("constants")
        .file("src/card.rs", &format!("{IMPORTS}{items}{}", card.item("CARD")))
        .file("src/main.rs", main)
        .file("build.rs", BUILD_SCRIPT_OF_A_CARD_WITH_CONSTANTS);

    let said = |threshold: &str, uses: &str| {
        let built = project.build().passed();
        assert_eq!(built.value("constants", "metrics.decision_thresholds"), format!("A score above {threshold}."));
        assert_eq!(built.value("constants", "intended_use.primary_uses"), uses);
        assert_eq!(project.cargo(&["run"]).passed().stdout, format!("{threshold} {uses}\n"));
    };
    said("0.8", "Sorting steel parts.");
    project.replace("src/card.rs", "0.8", "0.65");
    project.replace("src/card.rs", "steel", "brass");
    said("0.65", "Sorting brass parts.");
}

#[test]
fn a_constant_of_one_letter_stands_for_a_choice_though_a_variant_may_begin_with_it() {
    let name = "value-of-one-letter";
    let card = Card::good().with("model_details.stage", "D");
    let stage = "const D: smcard::Stage = smcard::Stage::Draft;\n\n";
    let built =
        Project::new(name).file("src/card.rs", &format!("{IMPORTS}{stage}{}", card.item("CARD"))).build().passed();
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);
    assert_eq!(built.value(name, "model_details.stage"), "Draft");
}

#[test]
fn a_text_in_a_file_reaches_the_report_and_follows_the_file() {
    let card = Card::good().with("training_data", "include_str!(\"training_data.md\")");
    let text =
        "Parts of 2024 and 2025.\n\n- 10 000 images, \"good\"\n- 400 images, \u{201e}fehlerhaft\u{201c} \\ rejected\n";
    let project = Project::new("text-in-a-file").card(&card).file("src/training_data.md", text);
    assert_eq!(project.build().passed().value("text-in-a-file", "training_data"), text);

    project.write("src/training_data.md", "Parts of 2026.\n");
    assert_eq!(project.build().passed().value("text-in-a-file", "training_data"), "Parts of 2026.\n");

    project.write("src/training_data.md", "\n");
    let built = project.build().failed();
    assert!(built.stderr.contains("`training_data` is empty"), "{}", built.stderr);
}

/// As documented for a card whose file holds more than the card.
pub(crate) const BUILD_SCRIPT_OF_A_CARD_WITH_CONSTANTS: &str = "\
#[path = \"src/card.rs\"]
#[allow(dead_code)]
mod card;

fn main() {
    smcard::build::emit(&card::CARD);
}
";
