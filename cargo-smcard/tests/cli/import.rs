//! `smcard import` on everything that is no PDF, and what it writes.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::random::notation::json as as_json;
use crate::random::{Dice, Fields, card};
use crate::session::{Folder, REPORT, Said};

fn import(name: &str, text: &str) -> (Value, Said) {
    let folder = Folder::new().file(name, text);
    let said = folder.smcard(&["import", "--format", "json", name]).ended(0);
    (serde_json::from_str(&said.out).unwrap(), said)
}

const README: &str = "\
---
license: apache-2.0
pipeline_tag: image-classification
datasets:
- parcels
model-index:
- name: parcel-damage
  results:
  - dataset:
      name: Parcels 2024
    metrics:
    - type: recall
      value: 0.93
---

# Parcels

Words before any heading.

## Model Details

### Model Description

- **Developed by:** Parcel Vision Ltd
- **Language(s):** none, it sees
- **License:** apache-2.0

<!-- Provide the basic links. -->

- **Repository:** [code](https://parcels.example/code) and more
- **Paper:** https://parcels.example/paper.

## Uses

### Direct Use

Finding *damaged* parcels.

```sh
# Limitations
```

#### In a centre

Only by day.

### Out-of-Scope Use

[More Information Needed]

## Bias, Risks, and Limitations

{{ bias_risks_limitations | default(\"[More Information Needed]\", true)}}

## Evaluation

### Testing Data, Factors & Metrics

#### Metrics

Recall.

## Training Data

Photographs.

Release date
------------

March 14th, 2026

# Model Card Contact

Write to models@parcels.example
";

#[test]
fn a_readme_of_a_hub_is_read_by_its_front_matter_its_headings_and_its_labels() {
    let (card, said) = import("README.md", README);
    assert_eq!(
        card,
        json!({
            "model_details": {
                "name": "parcel-damage",
                "developer": "Parcel Vision Ltd",
                "date": "2026-03-14",
                "type": "image-classification",
                "resource": "https://parcels.example/code",
                "license": "Apache-2.0",
                "contact": "models@parcels.example",
            },
            "intended_use": {
                "primary_uses": "Finding *damaged* parcels.\n\n```sh\n# Limitations\n```\n\nIn a centre:\nOnly by day.",
            },
            "metrics": {
                "performance_measures": "Recall.",
                "measures": [{ "name": "recall", "value": 0.93, "dataset": "Parcels 2024" }],
            },
            "training_data": "parcels\n\nPhotographs.",
        })
    );
    for (at, what) in [
        ("line 16, title:", "    Parcels"),
        ("line 18:", "    Words before any heading."),
        ("line 25, Model Details / Model Description / Language(s):", "    none, it sees"),
        (
            "line 31, Model Details / Model Description / Paper (`model_details.resource` has a value from line 30 already):",
            "    https://parcels.example/paper.",
        ),
        (
            "line 49, Uses / Out-of-Scope Use (`out_of_scope_uses` in `intended_use` contains the placeholder `[More Information Needed]`):",
            "    [More Information Needed]",
        ),
    ] {
        let (_, after) = said.err.split_once(at).unwrap_or_else(|| panic!("{at}\n{}", said.err));
        assert_eq!(after.lines().nth(1), Some(what), "{at}\n{}", said.err);
    }
    assert!(!said.err.contains("basic links"), "{}", said.err);
    assert!(said.err.contains("found 11 fields\n"), "{}", said.err);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let (card, said) = import("README.md", README);
    let windows = format!("\u{feff}{}", README.replace('\n', "\r\n"));
    let (again, said_again) = import("README.md", &windows);
    assert_eq!(again, card);
    assert_eq!(said_again.err, said.err);
}

#[test]
fn front_matter_that_cannot_be_read_is_told_and_kept() {
    for front in ["- a list", "license: [mit", "license: mit\nlicense: : x"] {
        let text = format!("---\n{front}\n---\n## Limitations\n\nWet parcels shine.\n");
        let (card, said) = import("README.md", &text);
        assert_eq!(card, json!({ "caveats_and_recommendations": "Wet parcels shine." }), "{front}");
        assert!(said.err.contains("warning: `README.md`: the front matter cannot be read: "), "{}", said.err);
        assert!(said.err.contains(&format!("    {}", front.lines().next().unwrap())), "{}", said.err);
    }
    // Without its end it is none, and no text is lost.
    let (_, said) = import("README.md", "---\nlicense: mit\n\nwords\n");
    assert!(said.err.contains("license: mit") && said.err.contains("words"), "{}", said.err);
}

#[test]
fn a_label_that_fits_two_fields_fits_none() {
    let (card, said) = import(
        "card.json",
        r#"{ "Contact": "a@parcels.example", "Security": { "contact": "b@parcels.example" }, "other": { "contact": "c@parcels.example" } }"#,
    );
    assert_eq!(
        card,
        json!({
            "model_details": { "contact": "a@parcels.example" },
            "security_considerations": { "contact": "b@parcels.example" },
        })
    );
    assert!(said.err.contains("line 1, other / contact:\n    c@parcels.example"), "{}", said.err);
}

#[test]
fn a_bill_of_materials_gives_what_its_model_says() {
    for version in ["1.5", "1.6", "1.7"] {
        let bom = json!({
            "bomFormat": "CycloneDX",
            "specVersion": version,
            "components": [
                { "type": "library", "name": "torch", "version": "2" },
                {
                    "type": "machine-learning-model",
                    "name": "parcel-damage",
                    "version": "2.1",
                    "manufacturer": { "name": "Parcel Vision Ltd", "contact": [{ "email": "models@parcels.example" }] },
                    "licenses": [{ "license": { "id": "Apache-2.0" } }],
                    "externalReferences": [{ "type": "documentation", "url": "https://parcels.example/model" }],
                    "modelCard": {
                        "modelParameters": { "task": "image classification" },
                        "quantitativeAnalysis": { "performanceMetrics": [
                            { "type": "recall", "value": "0.93", "slice": "wet", "confidenceInterval": { "lowerBound": "0.9", "upperBound": "0.95" } },
                            { "type": "speed", "value": "fast" },
                        ] },
                        "considerations": {
                            "users": ["Who is it for?", "People in sorting centres"],
                            "useCases": ["Finding damage", "Counting damage"],
                            "ethicalConsiderations": [{ "name": "Blame", "mitigationStrategy": "No names" }],
                        },
                        "properties": [
                            { "name": "smcard:model_details:date", "value": "2026-03" },
                            { "name": "smcard:intended_use:primary_users", "value": "People in sorting centres" },
                            { "name": "smcard:security_considerations:ai_class", "value": "Predictive" },
                            { "name": "smcard:system:assumptions", "value": "[\"Cameras are sealed.\"]" },
                            { "name": "other", "value": "kept" },
                        ],
                    },
                },
            ],
        });
        let (card, said) = import("bom.json", &bom.to_string());
        assert_eq!(
            card,
            json!({
                "model_details": {
                    "name": "parcel-damage",
                    "developer": "Parcel Vision Ltd",
                    "date": "2026-03",
                    "version": "2.1",
                    "type": "image classification",
                    "resource": "https://parcels.example/model",
                    "license": "Apache-2.0",
                    "contact": "models@parcels.example",
                },
                "intended_use": {
                    "primary_uses": "Finding damage\nCounting damage",
                    "primary_users": "People in sorting centres",
                },
                "metrics": { "measures": [
                    { "name": "recall", "value": 0.93, "slice": "wet", "interval": [0.9, 0.95] },
                ] },
                "ethical_considerations": "Blame\nMitigation strategy: No names",
                "security_considerations": { "ai_class": "Predictive" },
                "system": { "assumptions": ["Cameras are sealed."] },
            })
        );
        for kept in ["Who is it for?", "kept", "\"value\":\"fast\""] {
            assert!(said.err.contains(kept), "{kept}: {}", said.err);
        }
    }
    let without = json!({ "bomFormat": "CycloneDX", "components": [] }).to_string();
    let said = Folder::new().file("bom.json", without).smcard(&["import", "bom.json"]).ended(2);
    assert!(
        said.err.contains("error: `bom.json` is no model card: it lists no machine-learning model"),
        "{}",
        said.err
    );
}

#[test]
fn both_shapes_of_the_model_card_toolkit_are_read() {
    let of = |users: Value, data: Value| {
        json!({
            "model_details": {
                "name": "parcel-damage",
                "owners": [{ "name": "Parcel Vision Ltd", "contact": "models@parcels.example" }],
                "version": { "name": "2.1", "date": "14.03.2026" },
                "licenses": [{ "identifier": "Apache-2.0" }],
                "overview": "An overview.",
            },
            "model_parameters": { "model_architecture": "A small network.", "data": data },
            "quantitative_analysis": {
                "performance_metrics": [{ "type": "recall", "value": "0.93", "threshold": "0.5" }],
                "graphics": { "collection": [{ "name": "A picture", "image": "iVBORw0KGgo=" }] },
            },
            "considerations": { "users": users, "limitations": [{ "description": "Wet parcels shine." }] },
        })
    };
    let data =
        json!([{ "name": "Training Set", "description": "Photographs." }, { "name": "Test set", "link": "Others." }]);
    let expected = json!({
        "model_details": {
            "name": "parcel-damage",
            "developer": "Parcel Vision Ltd",
            "date": "2026-03-14",
            "version": "2.1",
            "information": "A small network.",
            "license": "Apache-2.0",
            "contact": "models@parcels.example",
        },
        "intended_use": { "primary_users": "People in sorting centres" },
        "metrics": { "decision_thresholds": "0.5", "measures": [{ "name": "recall", "value": 0.93 }] },
        "evaluation_data": { "datasets": "Others." },
        "training_data": "Photographs.",
        "caveats_and_recommendations": "Wet parcels shine.",
    });
    for users in [json!([{ "description": "People in sorting centres" }]), json!(["People in sorting centres"])] {
        let (card, said) = import("card.json", &of(users, data.clone()).to_string());
        assert_eq!(card, expected);
        assert!(said.err.contains("An overview.") && !said.err.contains("iVBOR"), "{}", said.err);
    }
}

#[test]
fn a_card_of_ours_keeps_what_fits_and_what_does_not_is_told() {
    let broken = REPORT.replace("2026-03-14", "2026-02-30").replace("\"Five folds\"", "\"TODO\"").replacen(
        '{',
        "{ \"owner\": \"somebody\",",
        1,
    );
    let (card, said) = import("card.json", &broken);
    let mut expected: Value = serde_json::from_str(REPORT).unwrap();
    expected["model_details"].as_object_mut().unwrap().remove("date").unwrap();
    expected["metrics"].as_object_mut().unwrap().remove("variation_approaches").unwrap();
    assert_eq!(card, expected);
    assert!(said.err.contains("line 4, model_details.date (`date` in `model_details` has day 30"), "{}", said.err);
    assert!(said.err.contains("owner:\n    somebody"), "{}", said.err);
    assert!(
        said.err.contains("missing 2 required fields: model_details.date, metrics.variation_approaches\n"),
        "{}",
        said.err
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_card_that_is_written_and_imported_is_the_same_card(seed in any::<u64>(), all in any::<bool>()) {
        let tree = card(&mut Dice::new(seed), if all { Fields::All } else { Fields::Some });
        // As a report has it: four spaces, and a line's end.
        let report = smcard_core::SecurityCard::from_json(&as_json(&tree)).unwrap().to_json();
        let folder = Folder::new().file("card.json", &report);
        folder.smcard(&["import", "card.json", "--output", "again.json"]).ended(0);
        prop_assert_eq!(folder.read("again.json"), report.clone());
        folder.smcard(&["import", "card.json", "--output", "card.yaml"]).ended(0);
        folder.smcard(&["import", "card.yaml", "--output", "third.json"]).ended(0);
        prop_assert_eq!(folder.read("third.json"), report);
        prop_assert!(!folder.path("again.import.txt").exists());
    }
}

#[test]
fn nothing_is_overwritten_unless_somebody_asks_for_it() {
    let folder = Folder::with_report().file("src/card.rs", "// mine");
    let said = folder.smcard(&["import", "card.json", "--output", "src/card.rs"]).ended(2);
    assert!(said.err.starts_with("error: there is a `src/card.rs` already\nhelp: "), "{}", said.err);
    assert_eq!(folder.read("src/card.rs"), "// mine");
    let said = folder.smcard(&["import", "card.json", "--output", "src/card.rs", "--force"]).ended(0);
    assert!(folder.read("src/card.rs").starts_with("use smcard::"));
    assert_eq!((said.out.as_str(), said.err.lines().next()), ("", Some("wrote src/card.rs")));
}

#[test]
fn what_json_has_no_place_for_goes_into_a_file_beside_it() {
    let folder = Folder::new().file("card.md", "Words.\n\n## Limitations\n\nWet parcels shine.\n");
    let said = folder.smcard(&["import", "card.md", "-o", "card.json"]).ended(0);
    assert!(said.err.contains("unplaced 1 piece, kept in card.import.txt\n"), "{}", said.err);
    assert_eq!(folder.read("card.import.txt"), "What no field takes:\n\nline 1:\n    Words.\n");
    fs::remove_file(folder.path("card.json")).unwrap();
    let said = folder.smcard(&["import", "card.md", "-o", "card.json"]).ended(2);
    assert!(said.err.starts_with("error: there is a `card.import.txt` already"), "{}", said.err);
    assert!(!folder.path("card.json").exists(), "half of the output is none");
}

#[test]
fn several_files_make_one_card_and_the_first_counts() {
    let folder = Folder::new()
        .file("a.md", "## License\n\nMIT\n\n## Limitations\n\nFirst.\n")
        .file("b.json", r#"{ "model_details": { "license": "Apache-2.0", "version": "2" } }"#);
    let said = folder.smcard(&["import", "a.md", "b.json", "--format", "yaml"]).ended(0);
    assert!(
        said.out.contains("  # b.json, line 1\n  version: \"2\"\n")
            && said.out.contains("  # a.md, line 3\n  license: MIT\n"),
        "{}",
        said.out
    );
    assert!(said.out.contains("license: MIT\n") && !said.out.contains("license: Apache"), "{}", said.out);
    assert!(
        said.out
            .contains("# b.json, line 1, model_details.license (`model_details.license` has a value from a.md, line 3"),
        "{}",
        said.out
    );
}

#[test]
fn no_text_of_a_source_ends_a_comment_drives_a_terminal_or_shows_a_secret() {
    let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
    let mean = format!("*/ }}; fn main() {{}} \u{1b}[2J \u{202e} {token}");
    // Its lines by themselves look like any text.
    let key = ["-----BEGIN PRIVATE", " KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ\n-----END PRIVATE KEY-----"].concat();
    let mean = format!("{mean}\n{key}");
    let text = format!("# {mean}\n\n## {mean}\n\n{mean}\n\n## Limitations\n\n{mean}\n\n## Release date\n\n{mean}\n");
    let folder = Folder::new().file("card.md", text);
    for format in ["rust", "yaml", "json"] {
        let said = folder.smcard(&["import", "card.md", "--format", format]).ended(0);
        for text in [&said.out, &said.err] {
            assert!(!text.contains(&token[8..30]) && !text.contains("kqhkiG9w"), "{format}: {text}");
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format}: {text}");
        }
        if format == "rust" {
            let code: Vec<&str> = said.out.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            assert!(!code.join("\n").contains("fn main"), "{}", said.out);
        }
    }
}

#[test]
fn what_is_no_card_at_all_is_an_error_with_its_reason() {
    let folder = Folder::new();
    folder.write("list.json", "[1, 2]");
    folder.write("broken.json", "{ \"a\": ");
    folder.write("broken.yaml", "a: [1\nb: 2\n");
    folder.write("deep.json", "[".repeat(100_000));
    folder.write("empty.md", " \n");
    folder.write("latin.md", [0xe4, 0xf6]);
    for (name, why) in [
        ("list.json", "is no model card: it holds no object with keys"),
        ("broken.json", "cannot be read: "),
        ("broken.yaml", "cannot be read: not YAML: "),
        ("deep.json", "cannot be read: "),
        ("empty.md", "is empty"),
        ("latin.md", "is not UTF-8"),
        ("none.md", "cannot be read: "),
    ] {
        let said = folder.smcard(&["import", name]).ended(2);
        assert!(said.err.starts_with(&format!("error: `{name}` {why}")), "{}", said.err);
        assert_eq!(said.out, "");
    }
}
