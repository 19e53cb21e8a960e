//! Interviews in a terminal.

use std::fs;

use serde_json::Value;
use smcard_core::SecurityCard;
use smcard_core::schema::{Field, Kind};

use crate::packages::{repository, smcard};
use crate::pty::{DOWN, ENTER, ESC, INTERRUPT, TAB, Terminal};
use crate::session::{Folder, REPORT};

const WIDE: (u16, u16) = (40, 100);

const MANIFEST: &str = "[package]\nname = \"interviewed\"\nversion = \"2.1.0\"\nedition = \"2024\"\nlicense = \"Apache-2.0\"\n\
                        authors = [\"Ada <ada@parcels.example>\"]\nrepository = \"https://parcels.example/model\"\n";

/// A package without a card.
fn package() -> Folder {
    Folder::new()
        .file("Cargo.toml", MANIFEST)
        .file("Cargo.lock", fs::read_to_string(repository().join("Cargo.lock")).unwrap())
        .file("src/lib.rs", "")
}

/// Where smcard comes from in these tests.
fn source() -> String {
    format!("path = \"{}\"", repository().display())
}

fn init(folder: &Folder, size: (u16, u16)) -> Terminal {
    Terminal::smcard(folder, &["init", "--smcard", &source()], size)
}

/// The required texts of the good report, from a path on, by their labels.
fn texts(section: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(REPORT).unwrap();
    let Kind::Block(block) = SecurityCard::SCHEMA.field(section).unwrap().kind else {
        return vec![(section.to_owned(), report[section].as_str().unwrap().to_owned())];
    };
    let text = |field: &Field| Some((field.name.to_owned(), report[section][field.name].as_str()?.to_owned()));
    block.fields.iter().filter_map(text).collect()
}

/// Answers the required texts of a section, and leaves out what is optional.
fn section(terminal: &mut Terminal, name: &str) {
    for (label, text) in texts(name) {
        terminal.answer(&format!("{label}:"), &text);
    }
}

#[test]
fn a_whole_interview_ends_in_a_project_that_builds() {
    let folder = package();
    let mut terminal = init(&folder, WIDE);
    terminal.sees("section 1 of 12 · model details");
    // What is known is offered, and taken by a key.
    terminal.asked("developer:");
    terminal.sees("Ada (Cargo.toml)");
    terminal.answer("developer:", TAB);
    terminal.answer("date:", "2026-03");
    terminal.answer("version:", TAB);
    terminal.answer("type:", "Image classification");
    terminal.answer("information:", "A residual network");
    terminal.answer("resource:", TAB);
    terminal.instead("citation:", "Not");
    terminal.answer("Not applicable, why:", "not published");
    terminal.answer("license:", TAB);
    terminal.answer("contact:", TAB);
    terminal.asked("More about the model details:");
    terminal.press(" ");
    terminal.answer("More about the model details:", "");
    terminal.answer("name:", "parcel sorter");
    for name in ["intended_use", "factors"] {
        section(&mut terminal, name);
    }
    section(&mut terminal, "metrics");
    terminal.answer("More about the metrics:", "");
    for name in ["evaluation_data", "training_data", "quantitative_analyses", "ethical_considerations"] {
        section(&mut terminal, name);
    }
    terminal.sees("section 8 of 12 · ethical considerations");
    section(&mut terminal, "caveats_and_recommendations");
    terminal.answer("threat_modeling:", "Labels that are tampered with");
    terminal.answer("security_testing:", "By hand");
    terminal.answer("More about the security considerations:", "");
    terminal.answer("ai_class", "Predictive");
    terminal.answer("About the system:", "");
    for (id, trust) in [("yard", "Untrusted"), ("plant", "Internal")] {
        terminal.answer("id:", id);
        terminal.answer("trust", trust);
        terminal.answer(&format!("More about `{id}`:"), "");
    }
    terminal.sees("zones 3");
    terminal.answer("id:", "");
    for (id, kind, zone) in [("scanner", "Client", "yard"), ("sorter", "Model", "plant")] {
        terminal.answer("id:", id);
        terminal.answer("kind", kind);
        terminal.answer(&format!("More about `{id}`:"), "");
        terminal.answer("zone", zone);
    }
    terminal.sees("components 3");
    terminal.answer("id:", "");
    terminal.answer("id:", "images");
    terminal.answer("from", "scanner");
    terminal.answer("to", "sorter");
    terminal.answer("More about `images`:", "");
    terminal.sees("flows 2");
    terminal.answer("id:", "");
    // The flow out of an untrusted zone is what a threat may be about.
    terminal.asked("The first threat");
    terminal.sees("AML.T0043 Craft Adversarial Data: `images` comes from an untrusted zone");
    terminal.answer("The first threat", "AML.T0043");
    terminal.answer("id:", TAB);
    terminal.answer("scenario:", "A printed label makes a parcel go elsewhere");
    terminal.answer("status", "Mitigated");
    // What the answers so far ask for: what the adversary is after, and what counters it.
    terminal.sees("does not say what the adversary is after");
    terminal.asked("objectives");
    terminal.press(DOWN);
    terminal.press(" ");
    terminal.answer("objectives", "");
    terminal.sees("mitigations 1");
    terminal.answer("description:", "Labels are read twice");
    terminal.answer("More about `Labels are read twice`:", "");
    terminal.sees("mitigations 2");
    terminal.answer("description:", "");
    terminal.answer("More about `craft-adversarial-data`:", "");
    terminal.answer("The next threat", "");
    terminal.sees("vulnerabilities 1");
    terminal.answer("id:", "");
    // Each objective that no threat covers.
    terminal.answer("availability:", "A person sorts when it does not answer");
    terminal.answer("privacy:", "Not applicable: parcels show no people");
    terminal.answer("supply_chain:", "The weights are trained here");
    terminal.sees("That was all");
    assert!(!terminal.words().contains("The rules find"), "{}", terminal.screen());
    terminal.answer("What now?", "");
    terminal.answer("Write these 3 files?", "");
    terminal.ended(0);
    assert!(!folder.path(".smcard-draft").exists());

    let said = smcard(folder.root(), &["build"]).ended(0);
    assert!(!said.err.contains("warning"), "{}", said.err);
    let row: Vec<&str> = said.out.lines().nth(1).unwrap_or_default().split_whitespace().collect();
    assert_eq!(row[..5], ["interviewed", "parcel", "sorter", "2.1.0", "1"], "{}", said.out);
    let report: Value = serde_json::from_str(&fs::read_to_string(row[5]).unwrap()).unwrap();
    assert_eq!(report["model_details"]["citation"], "Not applicable: not published");
    let threat = &report["security_considerations"]["threats"][0];
    assert_eq!(threat["affects"][0], "images");
    assert_eq!(threat["objectives"][0], "Integrity");
    assert_eq!(report["factors"], serde_json::from_str::<Value>(REPORT).unwrap()["factors"]);
}

#[test]
fn an_answer_is_checked_by_the_rules_as_one_types() {
    let folder = package();
    let mut terminal = init(&folder, WIDE);
    terminal.answer("developer:", "Ada");
    terminal.asked("date:");
    terminal.press("2026-02-31");
    terminal.sees("✗ `date` in `model_details` has day 31; that month has 28");
    terminal.press(ENTER);
    terminal.sees("✗ this cannot stand as it is");
    terminal.asked("date: 2026-02-31");
    terminal.press("\u{7f}\u{7f}28");
    terminal.wait_until_gone("has day 31");
    terminal.press(ENTER);
    terminal.answer("version:", "");
    terminal.answer("type:", "");
    terminal.asked("information:");
    terminal.press("TODO");
    terminal.sees("✗ `information` in `model_details` contains the placeholder `TODO`");
}

#[test]
fn going_back_asks_again_with_what_was_answered() {
    let folder = package();
    let mut terminal = init(&folder, WIDE);
    terminal.answer("developer:", "Grace");
    terminal.answer("date:", "2025");
    terminal.instead("version:", "go back");
    terminal.asked("date: 2025");
    terminal.instead("date:", "go back");
    terminal.asked("developer: Grace");
    terminal.press(" Hopper");
    terminal.press(ENTER);
    terminal.asked("date: 2025");
    terminal.press(ENTER);
    terminal.asked("version:");
    terminal.instead("version:", "save");
    terminal.ended(0);
    let draft = folder.read(".smcard-draft");
    assert!(draft.contains("Grace Hopper") && draft.contains("2025"), "{draft}");
}

#[test]
fn an_interrupted_interview_goes_on_where_it_was() {
    let folder = package();
    let mut terminal = init(&folder, WIDE);
    terminal.answer("developer:", "Grace");
    terminal.answer("date:", "2025-07");
    terminal.asked("version:");
    terminal.press("3.");
    terminal.press(INTERRUPT);
    terminal.ended(130);
    terminal.sees("saved in .smcard-draft; `smcard init` goes on from there");
    assert!(!folder.path("src/card.rs").exists() && !folder.path("build.rs").exists());

    // Whoever has no terminal is told so, and nothing is lost.
    let said = folder.smcard(&["init"]).ended(2);
    assert!(said.err.contains("an interview is under way: `.smcard-draft`"), "{}", said.err);

    let mut terminal = init(&folder, WIDE);
    terminal.sees("An interview for src/card.rs is under way: 2 answers.");
    terminal.answer("What now?", "");
    terminal.answer("version:", TAB);
    // A terminal that is closed is an interruption, too.
    terminal.asked("type:");
    drop(terminal);
    assert!(folder.read(".smcard-draft").contains("2.1.0"));

    let mut terminal = init(&folder, WIDE);
    terminal.sees("3 answers");
    terminal.answer("What now?", "begin");
    terminal.asked("developer:");
}

#[test]
fn a_draft_that_is_none_is_told_and_may_be_left_behind() {
    let folder = package().file(".smcard-draft", "{\"replies\": 1}");
    let mut terminal = init(&folder, WIDE);
    terminal.sees(".smcard-draft holds no interview");
    terminal.answer("Begin anew?", "n");
    terminal.ended(0);
    assert_eq!(folder.read(".smcard-draft"), "{\"replies\": 1}");
}

#[test]
fn a_narrow_terminal_shows_whole_words() {
    let folder = package();
    let mut terminal = init(&folder, (30, 40));
    terminal.sees("Enter leaves a field open, Esc shows what else there is");
    terminal.sees("The person or organization that developed the model");
    terminal.answer("developer:", "Ada");
    terminal.sees("A date exists in the calendar and is written `YYYY-MM-DD`");
    terminal.asked("date:");
    terminal.press(ESC);
    terminal.asked("What instead?");
    terminal.sees("Unknown: the author does not have the answer, for example because somebody else trained the model");
    terminal.press("Unknown");
    terminal.press(ENTER);
    terminal.asked("Unknown, why:");
    // What is longer than a line goes on in the next one.
    terminal.press("the supplier publishes neither a date nor a changelog for it");
    terminal.press(ENTER);
    terminal.asked("version:");
    assert!(folder.read(".smcard-draft").contains("Unknown: the supplier publishes neither"));
}

#[test]
fn a_text_of_several_lines_is_written_in_the_editor() {
    let folder = package();
    folder.write("edit.sh", "#!/bin/sh\nprintf 'first line\\n\\nTODO' > \"$2\"\n[ -e again ] && printf 'one\\n\\ntwo\\n' > \"$2\"\ntouch again\n");
    let editor = format!("sh {} -n", folder.path("edit.sh").display());
    let mut terminal = Terminal::with(&folder, &["init", "--smcard", &source()], WIDE, &[("EDITOR", editor.as_str())]);
    terminal.instead("developer:", "write it in sh");
    terminal.sees("contains the placeholder `TODO`");
    terminal.answer("What now?", "edit");
    terminal.asked("date:");
    assert!(folder.read(".smcard-draft").contains("one\\n\\ntwo"), "{}", folder.read(".smcard-draft"));
}

#[test]
fn what_is_open_is_asked_again_at_the_end() {
    let folder = Folder::new();
    let mut terminal = Terminal::smcard(&folder, &["init", "--yaml", "cards/parcels.yaml"], WIDE);
    fs::create_dir_all(folder.path("cards")).unwrap();
    terminal.skip_to("What now?");
    terminal.sees("27 fields are open");
    terminal.answer("What now?", "answer");
    terminal.answer("developer:", "Ada");
    terminal.skip_to("What now?");
    terminal.sees("26 fields are open");
    terminal.answer("What now?", "change");
    terminal.answer("Which answer?", "developer");
    terminal.asked("developer: Ada");
    terminal.press(" Lovelace");
    terminal.press(ENTER);
    terminal.answer("What now?", "write");
    terminal.answer("Write these 2 files?", "");
    terminal.ended(0);
    assert!(folder.read("cards/parcels.yaml").contains("  developer: Ada Lovelace\n"));
}
