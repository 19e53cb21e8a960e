//! A card that the build script alone compiles: smcard under `[build-dependencies]` and nowhere else.

#![allow(clippy::expect_used, reason = "what a test cannot set up ends that test")]

use std::fs;

use crate::card::Card;
use crate::project::{Project, SMCARD};

/// A program that carries its report, and names nothing of smcard.
const MAIN: &str = "\
#![deny(warnings)]

fn main() {
    print!(\"{}\", include_str!(env!(\"SMCARD_REPORT\")));
}
";

/// A package whose program has no dependency.
fn lighter(name: &str) -> Project {
    let project = Project::new(name).file("src/main.rs", MAIN);
    project.replace("Cargo.toml", &format!("[dependencies]\nsmcard = {{ path = '{SMCARD}' }}\n\n"), "");
    fs::remove_file(project.root.join("src/lib.rs")).expect("the library can be removed");
    project
}

#[test]
fn a_package_with_build_dependencies_alone_builds_without_a_warning_and_its_program_carries_the_report() {
    let name = "lighter";
    let project = lighter(name);
    let built = project.build().passed();
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);
    let report = built.report(name);
    assert!(report.contains("\"developer\": \"Acme Vision\""), "{report}");
    assert_eq!(project.cargo(&["run"]).passed().stdout, report);

    project.replace("src/card.rs", "Acme Vision", "Acme Optics");
    let printed = project.cargo(&["run"]).passed().stdout;
    assert!(printed.contains("\"developer\": \"Acme Optics\""), "{printed}");

    let tree = project.cargo(&["tree", "--edges", "normal"]).passed().stdout;
    assert_eq!(tree.lines().count(), 1, "the program has a dependency:\n{tree}");
}

#[test]
fn items_beside_the_card_that_the_card_uses_are_no_dead_code() {
    let card = Card::good().with("training_data", "TRAINING_DATA");
    let source = card.source().replace("pub static", "const TRAINING_DATA: &str = \"Parts of 2025.\";\n\npub static");
    let built = lighter("lighter-constant").file("src/card.rs", &source).build().passed();
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);
    assert_eq!(built.value("lighter-constant", "training_data"), "Parts of 2025.");
}

#[test]
fn a_mistake_is_an_error_at_its_place_in_the_card() {
    let card = Card::good().text("model_details.date", "2026-02-30");
    let line = 1 + card.source().lines().position(|line| line.contains("2026-02-30")).expect("the line of the date");
    let built = lighter("lighter-mistake").card(&card).build().failed();
    let error = built.only_error();
    assert!(error.contains("`date` in `model_details`") && error.contains("code: invalid-date"), "{error}");
    assert!(error.contains(&format!("--> src/card.rs:{line}:")), "{error}");
}

#[test]
fn a_mistake_in_a_final_value_fails_the_build_and_leaves_no_report() {
    let name = "lighter-final-value";
    let project = lighter(name);
    let report = project.build().passed().report_file(name);
    project.write("src/card.rs", Card::good().with("training_data", "concat!(\"TO\", \"DO\")").source());
    let built = project.build().failed();
    let at_its_place = |line: &&&str| {
        line.starts_with(&format!("error: {name}@1.2.3: src/card.rs:"))
            && line.contains("`training_data` contains the placeholder `TODO`")
    };
    assert_eq!(built.errors().iter().filter(at_its_place).count(), 1, "{}", built.stderr);
    assert!(!report.exists(), "a report of the earlier build stayed behind");
}
