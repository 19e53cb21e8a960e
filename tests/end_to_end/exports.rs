//! Formats beside the report: `[emit] formats` in the policy.

#![allow(clippy::expect_used, reason = "what a test cannot set up ends that test")]

use std::fs;

use crate::project::{Project, SMCARD};

/// What lies beside the copy of the report, in its order.
fn copies(project: &Project, name: &str) -> Vec<String> {
    let entries = fs::read_dir(project.target().join("smcard").join(name)).expect("the folder of the copies");
    let mut files: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    files.retain(|file| !file.starts_with('.'));
    files.sort();
    files
}

#[test]
fn formats_that_the_policy_asks_for_are_built_with_the_feature_and_go_when_it_no_longer_does() {
    let name = "exports";
    let project = Project::new(name).variable("SMCARD_REVISION", "0f3a9c1");
    project.write("smcard.toml", "[emit]\nformats = [\"html\", \"cyclonedx-1.7\", \"yaml\", \"json\"]\n");
    let asked = project.build().failed();
    assert_eq!(
        asked.stderr.lines().filter(|line| line.contains("smcard.toml:2 asks for")).count(),
        1,
        "{}",
        asked.stderr
    );
    assert!(asked.stderr.contains("`html`, `cyclonedx-1.7`, `yaml`, which smcard writes with its feature `export`"));

    let plain = format!("smcard = {{ path = '{SMCARD}' }}");
    let manifest = fs::read_to_string(project.root.join("Cargo.toml")).expect("the manifest");
    let (before, after) = manifest.split_once("[build-dependencies]").expect("build dependencies");
    let with = after.replace(&plain, &format!("smcard = {{ path = '{SMCARD}', features = [\"export\"] }}"));
    project.write("Cargo.toml", format!("{before}[build-dependencies]{with}"));
    project.build().passed();
    let report = "security_model_card_report";
    assert_eq!(
        copies(&project, name),
        ["cdx.json", "html", "json", "yaml"].map(|extension| format!("{report}.{extension}"))
    );
    let page = project.target().join("smcard").join(name).join(format!("{report}.html"));
    let page = fs::read_to_string(page).expect("the page");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Acme Vision"), "{page}");
    // How it was checked, for an auditor.
    assert!(page.contains("smcard.toml") && page.contains("0f3a9c1"));

    project.write("smcard.toml", "[emit]\nformats = [\"htm\"]\n");
    let unknown = project.build().failed();
    assert!(unknown.stderr.contains("unknown format `htm`; help: did you mean `html`?"), "{}", unknown.stderr);

    project.write("smcard.toml", "");
    project.build().passed();
    assert_eq!(copies(&project, name), [format!("{report}.json")]);

    project.replace(
        "build.rs",
        "smcard::build::emit(&card::CARD);",
        "smcard::build::Build::new().card(&card::CARD).format(\"csv\").emit();",
    );
    project.build().passed();
    assert_eq!(copies(&project, name), [format!("{report}.csv"), format!("{report}.json")]);
}
