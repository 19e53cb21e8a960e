//! Programs that carry the reports of their cards: what is taken out of them is what the hook wrote.

#![allow(clippy::expect_used, clippy::panic, reason = "what a test cannot set up ends that test")]

use std::fs;
use std::path::Path;
use std::process::Command;

use smcard_extract::extract;

use crate::card::{Card, IMPORTS};
use crate::project::Project;

/// The reports that a program carries, in the order of their texts: linkers have one of their own.
fn carried(program: &Path) -> Vec<String> {
    let found = extract(program).unwrap_or_else(|problem| panic!("{} {problem}", program.display()));
    let text = |bytes| String::from_utf8(bytes).expect("a report is UTF-8");
    let mut reports: Vec<_> = found.reports.into_iter().map(|report| text(report.bytes)).collect();
    reports.sort();
    reports
}

/// The program that docs/embedding.md shows.
fn python() -> &'static str {
    let (_, block) = include_str!("../../docs/embedding.md").split_once("```python\n").expect("a program in Python");
    let program = block.split("```").next().expect("its end");
    assert_eq!(program.lines().count(), 10);
    program
}

#[test]
fn a_stripped_program_carries_its_report_and_those_of_its_libraries_byte_for_byte() {
    let [app, library] = ["embed-app", "embed-library"];
    let named = |name: &str| Card::good().text("model_details.name", name);
    // A developer whom JSON writes otherwise.
    let second = named("Ranker 2").text("model_details.developer", "Acme \"Optics\" \\ S\u{f6}hne");
    let cards = format!("{IMPORTS}{}\n{}", named("detector").item("FIRST"), second.item("SECOND"));
    let script = "#[path = \"src/card.rs\"]\nmod card;\n\nfn main() {\n    \
                  smcard::build::Build::new().card(&card::FIRST).card(&card::SECOND).emit();\n}\n";
    let main = "#![forbid(unsafe_code)]\n#![deny(warnings, clippy::all, missing_docs)]\n//! A program.\n\nmod card;\n\n\
                smcard::embed!(card::CARD);\n\nfn main() {\n    println!(\"{}\", embed_library::answer());\n}\n";
    let lib = "#![forbid(unsafe_code)]\n#![deny(warnings, missing_docs)]\n//! A library.\n\n#[allow(dead_code)]\nmod card;\n\n\
               smcard::embed!(\"SMCARD_REPORT_DETECTOR\");\n\
               smcard::embed!(card::SECOND, \"SMCARD_REPORT_RANKER_2\");\n\n\
               /// What it is for.\npub fn answer() -> u32 {\n    42\n}\n";
    let project = Project::workspace(&[app, library])
        .file(&format!("{library}/src/card.rs"), &cards)
        .file(&format!("{library}/build.rs"), script)
        .file(&format!("{library}/src/lib.rs"), lib)
        .file(&format!("{app}/src/main.rs"), main)
        .variable("CARGO_PROFILE_DEV_STRIP", "true");
    fs::remove_file(project.root.join(app).join("src/lib.rs")).expect("the library can be removed");
    // A macro expands by the edition of whoever calls it.
    project.replace(&format!("{library}/Cargo.toml"), "edition = \"2024\"", "edition = \"2021\"");
    let manifest = format!("{app}/Cargo.toml");
    project.replace(
        &manifest,
        "[dependencies]\n",
        &format!("[dependencies]\n{library} = {{ path = '../{library}' }}\n"),
    );
    let built = project.build().passed();
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);

    let out = built.out_dir(library).join("smcard");
    let read = |folder: &str| {
        fs::read_to_string(out.join(folder).join("security_model_card_report.json")).expect("the report of a card")
    };
    let mut written = vec![built.report(app), read("detector"), read("Ranker-2")];
    written.sort();
    let program = project.target().join("debug").join(app);
    assert_eq!(carried(&program), written);
    assert_eq!(project.cargo(&["run", "--package", app]).passed().stdout, "42\n");

    let file = project.root.join("read.py");
    fs::write(&file, python()).expect("the program can be written");
    let output = Command::new("python3").arg(&file).arg(&program).output().expect("Python");
    let printed = String::from_utf8(output.stdout).expect("reports are UTF-8");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(printed.len(), written.iter().map(String::len).sum::<usize>());
    assert!(written.iter().all(|report| printed.contains(report)), "{printed}");

    // What is embedded is what the last build has checked.
    project.replace(&format!("{app}/src/card.rs"), "Acme Vision", "Acme Optics");
    let changed = project.build().passed().report(app);
    assert!(changed.contains("Acme Optics") && carried(&program).contains(&changed));
}

#[test]
fn without_the_hook_nothing_is_embedded_and_the_error_says_what_to_do() {
    let project = Project::new("embed-no-hook").file("src/lib.rs", "smcard::embed!();\n");
    fs::remove_file(project.root.join("build.rs")).expect("the build script can be removed");
    fs::remove_file(project.root.join("src/card.rs")).expect("the card can be removed");
    let built = project.build().failed();
    let error = built.only_error();
    for words in ["`smcard::embed!` found no report", "`smcard::build::emit(&card::CARD)`", "src/lib.rs:1:1"] {
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn the_report_of_another_card_is_not_embedded() {
    let lib = "mod card;\nmod other;\n\nsmcard::embed!(other::CARD);\n";
    let project = Project::new("embed-other").file("src/lib.rs", lib);
    for (field, value) in [
        ("model_details.name", "another"),
        ("model_details.developer", "Acme Visio"),
        ("model_details.date", "2026-08"),
        ("model_details.version", "9"),
        ("model_details.version", "Unknown: nobody numbers it"),
    ] {
        project.write("src/other.rs", Card::good().text(field, value).source());
        // To rustc, an assertion that does not hold is a panic.
        let built = project.build();
        let words = "this is not the card whose report the build script has written";
        assert!(built.only_error().contains(words), "{field}: {}", built.stderr);
    }
    // What else a card says tells it from no other.
    project.write("src/other.rs", Card::good().text("training_data", "Parts of 2025.").source());
    project.build().passed();
}
