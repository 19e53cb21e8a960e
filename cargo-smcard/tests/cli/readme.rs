//! What the README shows of the command line works as it stands there.

use crate::session::{Folder, Said};
use crate::yaml::CARD;

const README: &str = include_str!("../../../README.md");

/// The section of this heading.
fn section(heading: &str) -> &'static str {
    let (_, section) = README.split_once(&format!("\n## {heading}\n")).unwrap();
    section.split("\n## ").next().unwrap()
}

/// The blocks of a section in this language.
fn blocks(section: &'static str, language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    section.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn the_commands_without_rust_work_in_the_order_in_which_they_are_shown() {
    let section = section("Without Rust");
    let commands = blocks(section, "sh");
    assert_eq!(commands[0], "cargo install --path cargo-smcard\n");
    let begun = blocks(section, "yaml")[0];
    // The card that is begun, with the rest of a good one, and with what the starting policy asks for.
    let sections = CARD.split_once("intended_use:").unwrap().1;
    let rest = "  stage: Draft\n  type: Image classification\n  information: A network\n  \
                resource: \"https://northwind.example/model\"\n  citation: \"Not applicable: not published\"\n  \
                license: MIT\n  contact: vision@northwind.example\n";
    let (details, training) = begun.split_once("training_data:").unwrap();
    let sections = sections.replace("training_data: Photographs of 2019 to 2024 from three sorting centres\n", "");
    let classed = sections.replace("  threats:\n", "  ai_class: Predictive\n  objectives:\n    availability: It is asked again.\n    privacy: \"Not applicable: no person is shown.\"\n    supply_chain: Trained here.\n  threats:\n");
    let card = format!("{details}{rest}intended_use:{classed}training_data:{training}");
    let folder = Folder::new().file("cards/weld-defect-detector.yaml", &card);
    let smcard = assert_cmd::cargo::cargo_bin("smcard");
    let script = format!("set -eu; smcard() {{ '{}' \"$@\"; }}\n{}", smcard.display(), commands[1]);
    let mut shell = assert_cmd::Command::new("sh");
    let said = Said::of(shell.current_dir(folder.root()).args(["-c", &script])).ended(0);
    assert!(said.err.ends_with("checked 1 card: 0 errors, 0 warnings\n"), "{}", said.err);
    assert!(folder.read("smcard.schema.json").contains("\"$defs\""));

    // The finding is the one of that card without its contact.
    folder.write("cards/weld-defect-detector.yaml", card.replace("  contact: vision@northwind.example\n", ""));
    let said = folder.check(&["cards/"]).ended(1);
    let shown = blocks(section, "text")[0];
    assert!(said.err.contains(shown.trim_end()), "{}\n{shown}", said.err);
}

#[test]
fn a_card_is_begun_as_the_readme_of_the_command_line_shows() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("\n## Beginning a card\n").unwrap();
    let commands = section.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = Folder::new().file("Cargo.toml", "[package]\nname = \"parcels\"\n").file("src/lib.rs", "");
    let smcard = assert_cmd::cargo::cargo_bin("smcard");
    let script = format!("set -eu; smcard() {{ '{}' \"$@\"; }}\n{commands}", smcard.display());
    let mut shell = assert_cmd::Command::new("sh");
    Said::of(shell.current_dir(folder.root()).args(["-c", &script])).ended(0);
    for file in ["src/card.rs", "build.rs", "cards/parcels.yaml"] {
        assert!(folder.path(file).is_file(), "{file}");
    }
    // Every option of the table is one, and none is missing.
    let help = folder.smcard(&["init", "--help"]).ended(0).out;
    let table = section.split("\n## ").next().unwrap();
    for option in ["--yes", "--from", "--dry-run", "--smcard", "--card"] {
        assert!(table.contains(&format!("`{option}")) && help.contains(option), "{option}");
    }
}

#[test]
fn every_command_of_the_table_is_one() {
    let table = section("Command line");
    let commands = table.split("`smcard ").skip(1).map(|rest| rest.split(['`', ' ']).next().unwrap());
    let mut known = 0;
    for command in commands.filter(|command| !command.starts_with('-')) {
        Folder::new().smcard(&[command, "--help"]).ended(0);
        known += 1;
    }
    assert!(known >= 8, "{known}");
    let help = Folder::new().smcard(&["--help"]).ended(0).out;
    let listed = help.split_once("Commands:\n").unwrap().1.split("\n\n").next().unwrap().lines();
    for command in listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|word| !word.is_empty())
    {
        assert!(table.contains(&format!("`smcard {command}")), "{command} is not in the table");
    }
}

#[test]
fn a_readme_becomes_the_card_that_is_shown() {
    let readme = include_str!("../../README.md");
    let block = |language: &str| {
        let (_, rest) = readme.split_once(&format!("\n```{language}\n")).unwrap();
        rest.split_once("\n```").unwrap().0
    };
    let folder = Folder::new().file("README.md", block("markdown").to_owned() + "\n");
    std::fs::create_dir(folder.path("src")).unwrap();
    let (_, command) = readme.split_once("smcard import ").unwrap();
    let arguments: Vec<&str> = command.lines().next().unwrap().split(' ').collect();
    folder.smcard(&[&["import"], arguments.as_slice()].concat()).ended(0);
    let card = folder.read("src/card.rs");
    assert!(card.starts_with(block("rust")), "{card}");
    assert!(card.ends_with("// What no field takes:\n//\n// line 15, Authors:\n//     Ada and Bob\n"), "{card}");
}
