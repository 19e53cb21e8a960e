//! Real cards, which lie beside the repository where the project is developed: what import finds in them, against the
//! XML that says the same.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::session::Folder;

const CARDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/cards");

/// The fields that the elements of a twin are for; of several elements the values one after the other.
const FIELDS: &[(&str, &[&str])] = &[
    ("model_details.name", &["ModelName"]),
    ("model_details.developer", &["ModelDeveloper"]),
    ("model_details.contact", &["DeveloperContact"]),
    ("model_details.date", &["ReleaseDate"]),
    ("model_details.version", &["ReleaseVersion"]),
    ("model_details.type", &["ModelType"]),
    ("intended_use.primary_uses", &["IntendedUseAndWorkflow"]),
    ("intended_use.primary_users", &["PrimaryIntendedUsers"]),
    ("intended_use.out_of_scope_uses", &["CautionedOutOfScopeSettings"]),
    ("evaluation_data.datasets", &["TestingDataDescription"]),
    ("training_data", &["DevelopmentDataCharacterization"]),
    ("quantitative_analyses.unitary_results", &["Result"]),
    ("ethical_considerations", &["KnownBiasesOrEthicalConsiderations", "BiasMitigationApproaches"]),
    ("caveats_and_recommendations", &["KnownRisksAndLimitations"]),
];

/// The cards' dates, as a card of ours writes them.
const DATES: &[(&str, &str)] = &[("June 2024", "2024-06"), ("08/23/2024", "2024-08-23")];

/// The folder of the cards, or a word on standard error that it is not there.
fn cards() -> Option<&'static Path> {
    let folder = Path::new(CARDS);
    if folder.is_dir() {
        return Some(folder);
    }
    // Not `eprintln`, which a test that passes does not show.
    writeln!(std::io::stderr(), "SKIPPED: there is no {CARDS}, so nothing was compared with real cards")
        .expect("standard error can be written");
    None
}

/// What import makes of a file: the card, and what no field takes.
fn imported(file: &Path) -> (Value, String) {
    let folder = Folder::new();
    let said = folder.smcard(&["import", file.to_str().unwrap(), "--output", "card.json"]).ended(0);
    assert!(said.err.contains("found "), "{}", said.err);
    let kept = fs::read_to_string(folder.path("card.import.txt")).unwrap_or_default();
    (serde_json::from_str(&folder.read("card.json")).unwrap(), kept)
}

/// Letters, digits and signs alone: spaces, marks of lists and of emphasis are another matter.
fn bare(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim().trim_start_matches(['-', '\u{200b}']));
    let plain = lines.collect::<String>();
    plain
        .chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '*' | '\u{200b}'))
        .collect::<String>()
        .to_lowercase()
}

/// The texts of a card with their paths.
fn texts(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                texts(value, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, path, found)),
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        other => found.push((path.to_owned(), other.to_string())),
    }
}

/// The elements of a twin that say something.
fn elements(twin: &str) -> Vec<(String, String)> {
    let document = roxmltree::Document::parse(twin).unwrap();
    let leaves =
        document.descendants().filter(|node| node.is_element() && !node.children().any(|child| child.is_element()));
    let named = leaves.map(|node| (node.tag_name().name().to_owned(), node.text().unwrap_or_default().to_owned()));
    named.filter(|(_, text)| !bare(text).is_empty() && bare(text) != "n/a").collect()
}

#[test]
fn nine_values_of_ten_are_found_and_none_is_wrong() {
    let Some(folder) = cards() else { return };
    let mut twins: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    twins.retain(|file| file.extension().is_some_and(|extension| extension == "xml"));
    twins.sort();
    assert!(!twins.is_empty());
    let (mut all, mut found_in_all) = (0, 0);
    for twin in twins {
        let file = twin.with_extension("pdf");
        let elements = elements(&fs::read_to_string(&twin).unwrap());
        let (card, kept) = imported(&file);
        let mut given = Vec::new();
        texts(&card, "", &mut given);
        let kept = bare(&kept);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();

        let (mut wrong, mut placed) = (Vec::new(), 0);
        for (path, text) in &given {
            let names = FIELDS.iter().find(|(known, _)| known == path).map(|(_, names)| *names).unwrap_or_default();
            let of_field = names.iter().flat_map(|name| elements.iter().filter(move |(known, _)| known == name));
            let expected: String = of_field.map(|(_, text)| as_ours(text)).collect();
            if bare(text) == bare(&expected) { placed += 1 } else { wrong.push(format!("{path}: {text}")) }
        }
        let in_card = |text: &str| given.iter().any(|(_, given)| bare(given).contains(&bare(&as_ours(text))));
        let missing: Vec<&(String, String)> =
            elements.iter().filter(|(_, text)| !in_card(text) && !kept.contains(&bare(text))).collect();
        let found = elements.len() - missing.len();
        println!("{name}: {found} of {} values found, {placed} fields right, {} wrong", elements.len(), wrong.len());
        missing.iter().for_each(|(name, text)| println!("  missing {name}: {text}"));
        wrong.iter().for_each(|wrong| println!("  wrong {wrong}"));

        assert_eq!(wrong, [""; 0], "{name}");
        assert!(found * 10 >= elements.len() * 9, "{name}: {missing:?}");
        // Of the values that a card has a field for, too.
        let fields = FIELDS.iter().filter(|(_, names)| elements.iter().any(|(name, _)| names.contains(&name.as_str())));
        assert!(placed * 10 >= fields.count() * 9, "{name}: {given:?}");
        all += elements.len();
        found_in_all += found;
    }
    println!("in all: {found_in_all} of {all} values found");
}

fn as_ours(text: &str) -> String {
    DATES.iter().find(|(written, _)| *written == text.trim()).map_or(text, |(_, date)| date).to_owned()
}

#[test]
fn a_template_that_nobody_has_filled_in_gives_no_value() {
    let Some(folder) = cards() else { return };
    for name in ["chai_template_empty.pdf", "rt_ai_model_card.pdf"] {
        let (card, _) = imported(&folder.join(name));
        assert_eq!(card, serde_json::json!({}), "{name}");
    }
}

#[test]
fn what_other_cards_say_is_found() {
    let Some(folder) = cards() else { return };
    for (name, expected) in [
        (
            "salesforce_ctrl.pdf",
            &[
                ("/model_details/developer", "Salesforce Research"),
                ("/model_details/date", "2019-09-10"),
                ("/model_details/type", "Language model"),
                ("/model_details/license", "BSD-3-Clause"),
                ("/model_details/resource", "https://arxiv.org/abs/1909.05858"),
            ][..],
        ),
        (
            "whisper.md",
            &[
                ("/model_details/name", "Whisper"),
                ("/model_details/resource", "https://arxiv.org/abs/2212.04356"),
                (
                    "/model_details/type",
                    "Sequence-to-sequence ASR (automatic speech recognition) and speech translation model",
                ),
            ],
        ),
        (
            "clip.md",
            &[("/model_details/date", "2021-01"), ("/model_details/contact", "https://forms.gle/Uv7afRH5dvY34ZEs9")],
        ),
        ("granite_geospatial.md", &[("/model_details/license", "Apache-2.0")]),
        (
            "mct_cats_vs_dogs_v0_0_2.json",
            &[
                ("/model_details/developer", "Model Cards Team"),
                ("/model_details/contact", "model-cards@google.com"),
                ("/model_details/date", "2020-08-28"),
                ("/metrics/measures/1/slice", "cat"),
                ("/intended_use/primary_users", "Fans of dogs and cats."),
            ],
        ),
        (
            "cdx_valid_ml_1.6.json",
            &[("/model_details/name", "stable-diffusion"), ("/model_details/developer", "Acme Inc")],
        ),
        ("hf_sample_windows_line_breaks.md", &[("/model_details/license", "MIT")]),
        ("hf_sample_invalid_model_index.md", &[("/metrics/measures/0/name", "acc")]),
    ] {
        let (card, _) = imported(&folder.join(name));
        for (pointer, text) in expected {
            assert_eq!(card.pointer(pointer).and_then(Value::as_str), Some(*text), "{name}: {card:#}");
        }
    }
}
