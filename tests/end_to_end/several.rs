//! Several cards in one package.

use std::fs;
use std::path::{Path, PathBuf};

use crate::card::{Card, IMPORTS};
use crate::project::Project;

/// A build script that writes these cards.
fn script(cards: &[&str]) -> String {
    let cards: String = cards.iter().map(|card| format!(".card(&card::{card})")).collect();
    format!(
        "#[path = \"src/card.rs\"]\n#[allow(dead_code)]\nmod card;\n\n\
         fn main() {{\n    smcard::build::Build::new(){cards}.emit();\n}}\n"
    )
}

/// A package with two cards of these names.
fn two_cards(package: &str, names: [&str; 2]) -> Project {
    let [first, second] = names.map(|name| Card::good().text("model_details.name", name));
    let second = second.text("training_data", "Clicks of 2025.");
    let source = format!("{IMPORTS}{}\n{}", first.item("FIRST"), second.item("SECOND"));
    Project::new(package).file("src/card.rs", &source).file("build.rs", &script(&["FIRST", "SECOND"]))
}

/// The files below a folder, by their paths from there, but for the hook's own list.
fn reports(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        open.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        if path.is_file() && path.file_name().is_some_and(|name| name != ".smcard-manifest") {
            found.push(path.strip_prefix(folder).unwrap_or(&path).to_owned());
        }
    }
    found.sort();
    found
}

#[test]
fn each_card_has_a_folder_and_a_variable_of_its_name() {
    let package = "several-cards";
    let main = "fn main() {\n    \
                print!(\"{}\", include_str!(env!(\"SMCARD_REPORT_DEFECT_DETECTOR\")));\n    \
                print!(\"{}\", include_str!(env!(\"SMCARD_REPORT_RANKER_2\")));\n    \
                assert!(option_env!(\"SMCARD_REPORT\").is_none());\n}\n";
    let project = two_cards(package, ["defect-detector", "Ranker 2"]).file("src/main.rs", main);
    let built = project.build().passed();

    let files: Vec<PathBuf> = ["Ranker-2", "defect-detector"]
        .map(|folder| Path::new(folder).join("security_model_card_report.json"))
        .into_iter()
        .collect();
    let out = built.out_dir(package).join("smcard");
    assert_eq!(reports(&out), files);
    assert_eq!(reports(&project.target().join("smcard").join(package)), files);

    let report = |folder: &str| fs::read_to_string(out.join(folder).join("security_model_card_report.json")).ok();
    let (detector, ranker) = (report("defect-detector").unwrap_or_default(), report("Ranker-2").unwrap_or_default());
    assert!(detector.contains("\"name\": \"defect-detector\"") && detector.contains("Parts of 2024"), "{detector}");
    assert!(ranker.contains("\"name\": \"Ranker 2\"") && ranker.contains("Clicks of 2025."), "{ranker}");
    assert_eq!(project.cargo(&["run"]).passed().stdout, format!("{detector}{ranker}"));
}

#[test]
fn two_cards_of_one_name_or_of_none_are_an_error_that_says_what_to_give() {
    let project = two_cards("several-of-one-name", ["Ranker 2", "ranker-2"]);
    let built = project.build().failed();
    let error = "error: several-of-one-name@1.2.3: card 2 of 2 has the same name as card 1, or one that differs only \
                 in letter case, in punctuation, or after 120 bytes; help: give each card a `model_details.name` of \
                 its own";
    assert!(built.stderr.contains(error), "{}", built.stderr);

    let source = format!("{IMPORTS}{}\n{}", Card::good().item("FIRST"), Card::good().item("SECOND"));
    project.write("src/card.rs", source);
    let built = project.build().failed();
    for card in ["card 1 of 2", "card 2 of 2"] {
        let error = format!("error: several-of-one-name@1.2.3: {card} has no name; help: add `model_details.name`");
        assert!(built.stderr.contains(&error), "{}", built.stderr);
    }
}

#[test]
fn a_finding_says_which_of_the_cards_it_is_about() {
    let project = two_cards("several-with-a-finding", ["detector", "ranker"]);
    project.replace("src/card.rs", "\"Clicks of 2025.\"", "concat!(\"TB\", \"D\")");
    let built = project.build().failed();
    let error = "error: several-with-a-finding@1.2.3: ranker: src/card.rs:80:20: `training_data` contains the placeholder `TBD`";
    assert!(built.stderr.contains(error), "{}", built.stderr);
    assert!(!built.stderr.contains("detector: "), "{}", built.stderr);
}

#[test]
fn a_card_whose_name_must_not_be_shown_is_called_by_its_number() {
    let package = "several-with-a-secret";
    let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"];
    let name = format!("concat!(\"{}\", \"{}\")", token[0], token[1]);
    let second = Card::good().with("model_details.name", &name).with("training_data", "concat!(\"TB\", \"D\")");
    let first = Card::good().text("model_details.name", "detector");
    let source = format!("{IMPORTS}{}\n{}", first.item("FIRST"), second.item("SECOND"));
    let project = Project::new(package).file("src/card.rs", &source).file("build.rs", &script(&["FIRST", "SECOND"]));
    let built = project.build().failed();
    for error in [
        "the name of card 2 of 2 contains a GitHub token",
        "card 2 of 2: src/card.rs:80:20: `training_data` contains the placeholder `TBD`",
    ] {
        let error = format!("error: {package}@1.2.3: {error}");
        assert!(built.stderr.contains(&error), "{}", built.stderr);
    }
    assert!(!built.stderr.contains(&token.concat()) && !built.stdout.contains(&token.concat()), "{}", built.stderr);
}

#[test]
fn a_long_name_and_one_that_windows_keeps_for_itself_are_folders_too() {
    let package = "several-odd-names";
    let project = two_cards(package, [&"検".repeat(100), "nul.txt"]);
    let main = "fn main() {\n    print!(\"{}\", include_str!(env!(\"SMCARD_REPORT_CARD_NUL_TXT\")).len());\n}\n";
    project.write("src/main.rs", main);
    let built = project.build().passed();
    let copies = project.target().join("smcard").join(package);
    let folders = ["card-nul.txt".to_owned(), "検".repeat(40)];
    let files = folders.map(|folder| Path::new(&folder).join("security_model_card_report.json"));
    assert_eq!(reports(&copies), files);
    let length = fs::metadata(copies.join(&files[0])).map(|file| file.len()).unwrap_or_default();
    assert_eq!(project.cargo(&["run"]).passed().stdout, length.to_string(), "{}", built.stderr);
}

#[test]
fn a_card_that_is_removed_leaves_no_report_behind() {
    let package = "several-then-one";
    let project = two_cards(package, ["detector", "ranker"]);
    let out = project.build().passed().out_dir(package).join("smcard");
    let copies = project.target().join("smcard").join(package);
    assert_eq!((reports(&out).len(), reports(&copies).len()), (2, 2));
    let archive = PathBuf::from("2025/security_model_card_report.json");
    let leftover = copies.join(format!(".smcard-{}.tmp", "0123456789abcdef".repeat(2)));
    fs::create_dir(copies.join("2025")).expect("a folder of somebody's own");
    fs::write(copies.join(&archive), "{}").expect("a report of somebody's own");
    fs::write(&leftover, "{").expect("what a killed build leaves");

    project.write("build.rs", script(&["SECOND"]));
    project.build().passed();
    let only = PathBuf::from("security_model_card_report.json");
    assert_eq!(reports(&out), std::slice::from_ref(&only));
    assert_eq!(reports(&copies), [archive.clone(), only], "what the hook did not write stays");
    assert!(!out.join("detector").exists(), "the folder of a card that is gone is gone");

    project.write("build.rs", script(&["FIRST", "SECOND"]));
    project.build().passed();
    assert_eq!((reports(&out).len(), reports(&copies).len()), (2, 3));

    // A card that fails takes its own reports along.
    project.replace("src/card.rs", "\"Clicks of 2025.\"", "concat!(\"TB\", \"D\")");
    project.build().failed();
    assert_eq!((reports(&out), reports(&copies)), (vec![], vec![archive]));
}
