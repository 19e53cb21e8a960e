//! `smcard export`: what it writes, where, and what it refuses.

use crate::session::{Folder, REPORT};

const FORMATS: [&str; 13] = [
    "json",
    "yaml",
    "html",
    "markdown",
    "huggingface",
    "cyclonedx-1.6",
    "cyclonedx-1.7",
    "cyclonedx-2.0-preview",
    "spdx",
    "otm",
    "csv",
    "defectdojo",
    "in-toto",
];

#[test]
fn each_format_is_written_and_the_same_every_time() {
    let folder = Folder::with_report();
    let help = folder.smcard(&["export", "--help"]).ended(0).out;
    for format in FORMATS {
        let said = folder.smcard(&["export", "card.json", "--format", format]).ended(0);
        assert!(!said.out.is_empty() && said.err.is_empty(), "{format}: {}", said.err);
        assert_eq!(folder.smcard(&["export", "card.json", "--format", format]).ended(0).out, said.out, "{format}");
        assert!(help.contains(&format!("- {format}:")), "{format} is not in the help");
    }
}

#[test]
fn json_yaml_cyclonedx_spdx_and_a_readme_of_the_hub_are_read_back_as_the_very_card() {
    let folder = Folder::with_report();
    assert_eq!(folder.smcard(&["export", "card.json", "-f", "json"]).ended(0).out, REPORT);
    let bom = "bom.cdx.json";
    for (format, file) in [
        ("yaml", "card.yaml"),
        ("cyclonedx-1.6", bom),
        ("cyclonedx-1.7", bom),
        ("cyclonedx-2.0-preview", bom),
        ("spdx", "bom.spdx.json"),
        ("huggingface", "README.md"),
    ] {
        folder.smcard(&["export", "card.json", "-f", format, "-o", file]).ended(0);
        let back = folder.smcard(&["import", file, "--format", "json"]).ended(0).out;
        assert_eq!(back, REPORT, "{format}");
    }
}

#[test]
fn a_readme_of_the_hub_is_its_front_matter_whatever_its_text_says() {
    let folder = Folder::with_report();
    let readme = folder.smcard(&["export", "card.json", "-f", "huggingface"]).ended(0).out;
    let (front, body) = readme.split_once("\n---\n").unwrap();
    assert!(body.contains("\n- **Developed by:** "), "{body}");
    let edited = folder.file("README.md", format!("{front}\n---\n\n# Other\n\n- **Developed by:** Somebody else\n"));
    let said = edited.smcard(&["import", "README.md", "--format", "json"]).ended(0);
    assert_eq!(said.out, REPORT, "{}", said.err);
    // What is no card any more is read as far as it fits, with the reason for the rest.
    let broken = front.replacen("\n  intended_use:\n", "\n  acme: 7\n  intended_use:\n", 1);
    assert_ne!(broken, front);
    let edited = edited.file("README.md", format!("{broken}\n---\n"));
    let said = edited.smcard(&["import", "README.md", "--format", "yaml"]).ended(0);
    assert!(said.out.contains("variation_approaches: Five folds"), "{}", said.out);
    assert!(said.out.contains("#     7"), "{}", said.out);
}

#[test]
fn a_card_that_lacks_what_spdx_requires_is_told_what_to_write() {
    let report = REPORT.replace("2026-03-14", "2026-03").replace("\"2.1.0\"", "\"Unknown: Nobody wrote it down.\"");
    let folder = Folder::new().file("card.json", report);
    let said = folder.smcard(&["export", "card.json", "--format", "spdx", "--output", "bom.spdx.json"]).ended(2);
    let lines: Vec<&str> = said.err.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(
        lines,
        [
            "error: `model_details.version` states no version, and SPDX requires one (`packageVersion`): write the version \
             that the card describes",
            "error: `model_details.date` names no day, and SPDX requires the day of the release (`releaseTime`): write it as \
             `YYYY-MM-DD`",
            "error: the card lacks what `spdx` requires",
        ]
    );
    assert!(!folder.root().join("bom.spdx.json").exists());
    folder.smcard(&["export", "card.json", "--format", "cyclonedx-1.7"]).ended(0);
}

#[test]
fn what_spdx_asks_of_components_is_given_as_the_readme_shows() {
    let (_, shown) = include_str!("../../README.md").split_once("```json\n\"extensions\": ").unwrap();
    let mut card: serde_json::Value = serde_json::from_str(REPORT).unwrap();
    card["extensions"] = serde_json::from_str(shown.split("\n```").next().unwrap()).unwrap();
    card["system"]["components"] = serde_json::json!([
        { "id": "backbone", "kind": "BaseModel", "version": "1.4", "supplier": "Others" },
        { "id": "welds", "kind": "Dataset" },
    ]);
    let folder = Folder::new().file("card.json", card.to_string());
    let document = folder.smcard(&["export", "card.json", "--format", "spdx"]).ended(0).out;
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let classes: Vec<_> = document["@graph"].as_array().unwrap().iter().map(|element| &element["type"]).collect();
    assert_eq!(classes.iter().filter(|class| **class == "ai_AIPackage").count(), 2);
    assert_eq!(classes.iter().filter(|class| **class == "dataset_DatasetPackage").count(), 1);
}

#[test]
fn a_document_of_spdx_without_a_card_is_told_apart() {
    let context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
    let other = format!("{{\"@context\": \"{context}\", \"@graph\": [{{\"type\": \"Tool\", \"name\": \"other\"}}]}}");
    let folder = Folder::new().file("other.spdx.json", other);
    let said = folder.smcard(&["import", "other.spdx.json"]).ended(2);
    assert!(said.err.contains("`other.spdx.json` is no model card: no export of smcard"), "{}", said.err);
}

#[test]
fn a_page_says_by_which_policy_the_card_was_checked() {
    let policy = "[[exception]]\nrule = \"placeholder\"\npath = \"training_data\"\nreason = \"Ticket 4\"\n\
                  approved_by = \"Security\"\nexpires = \"2099-12-31\"\n";
    let folder = Folder::new().file("smcard.toml", policy).file("cards/card.json", REPORT);
    let page = |folder: &Folder, arguments: &[&str]| {
        folder.smcard(&[&["export", "cards/card.json", "-f", "html"], arguments].concat()).ended(0).out
    };
    let shown = page(&folder, &["--revision", "3f2a9c1"]);
    // `sha256sum smcard.toml`
    let digest = "36d19930a3cd81ebb007323a1b77306cc24e227bef10029ab4f6b9a23a7c6ee2";
    for words in ["smcard.toml", digest, "3f2a9c1", "Ticket 4", "2099-12-31"] {
        assert!(shown.contains(words), "{words}");
    }
    assert!(!shown.contains(&folder.root().display().to_string()), "no page names a folder of a machine");
    assert!(!page(&Folder::new().file("cards/card.json", REPORT), &[]).contains("smcard.toml"));
}

#[test]
fn an_export_is_the_same_on_every_day() {
    let reviewed = REPORT.replacen(
        "\"security_considerations\": {",
        "\"security_considerations\": {\"reviews\": [{\"date\": \"2026-03-15\", \"by\": \"Ada\", \"decision\": \"Approved\", \
         \"next_due\": \"2026-03-16\"}],",
        1,
    );
    let folder = Folder::new().file("card.json", reviewed);
    let said = folder.smcard(&["check", "card.json", "--today", "2026-03-17"]).ended(1);
    assert!(said.err.starts_with("error[review-overdue]"), "{}", said.err);
    folder.smcard(&["export", "card.json", "-f", "csv"]).ended(0);
}

#[test]
fn several_formats_go_into_a_folder() {
    let folder = Folder::with_report();
    let said = folder.smcard(&["export", "card.json", "-f", "html,otm"]).ended(2);
    assert!(
        said.err.starts_with("error: several formats need a folder\nhelp: name it with `--output`"),
        "{}",
        said.err
    );
    let said = folder.smcard(&["export", "card.json", "-f", "html", "-f", "otm", "--output", "out"]).ended(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
    assert!(folder.read("out/card.html").starts_with("<!DOCTYPE html>"));
    assert!(folder.read("out/card.otm.json").contains("\"otmVersion\": \"0.2.0\""));
    let said = folder.smcard(&["export", "card.json", "-f", "cyclonedx-1.6,cyclonedx-1.7", "-o", "out"]).ended(2);
    assert!(said.err.starts_with("error: two formats would both be `out/card.cdx.json`"), "{}", said.err);
}

#[test]
fn a_committed_export_that_is_stale_is_told_with_what_is_different() {
    let folder = Folder::with_report();
    let check = ["export", "card.json", "-f", "otm", "-o", "card.otm.json", "--check"];
    let said = folder.smcard(&check).ended(1);
    assert_eq!(said.err, "error: there is no `card.otm.json` yet\n");
    folder.smcard(&check[..6]).ended(0);
    let said = folder.smcard(&check).ended(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
    let before = folder.read("card.otm.json");
    folder.write("card.json", REPORT.replacen("Five folds", "Ten folds", 1));
    let said = folder.smcard(&check).ended(1);
    assert!(
        said.err.starts_with("error: `card.otm.json` is not what the card gives now; export it again\n"),
        "{}",
        said.err
    );
    for line in ["-            \"smcard:metrics:variation_approaches\": \"Five folds\"", "Ten folds"] {
        assert!(said.err.contains(line), "{}", said.err);
    }
    assert_eq!(folder.read("card.otm.json"), before, "a check writes nothing");
}

#[test]
fn a_card_with_errors_is_shown_as_a_check_shows_it_and_not_exported() {
    let folder = Folder::new().file("card.json", REPORT.replacen("Five folds", "TODO", 1));
    let said = folder.smcard(&["export", "card.json", "-f", "csv", "-o", "card.csv"]).ended(1);
    assert!(said.err.starts_with("error[placeholder]: "), "{}", said.err);
    assert!(!folder.path("card.csv").exists());
    let folder = folder.file("not.json", "[]");
    folder.smcard(&["export", "not.json", "-f", "csv"]).ended(1);
    let said = folder.smcard(&["export", "none.json", "-f", "csv"]).ended(2);
    assert!(said.err.contains("`none.json` is no card"), "{}", said.err);
    // Where a policy is wrong, nobody knows what it asks.
    let folder = Folder::with_report().file("smcard.toml", "[requires]\n");
    let said = folder.smcard(&["export", "card.json", "-f", "csv"]).ended(2);
    assert!(said.err.ends_with("error: the policy has errors\n"), "{}", said.err);
}
