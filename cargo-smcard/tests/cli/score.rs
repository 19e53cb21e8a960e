//! `smcard score`: how complete a card is.

use serde_json::{Value, json};

use crate::session::{Folder, REPORT, Said, TODAY};

fn score(folder: &Folder, arguments: &[&str]) -> Said {
    folder.smcard(&[&["score", "--today", TODAY], arguments].concat())
}

/// The card with everything that a reviewer expects.
fn complete() -> Value {
    let mut card: Value = serde_json::from_str(REPORT).unwrap();
    card["model_details"]["name"] = json!("parcels");
    card["model_details"]["stage"] = json!("Review");
    card["metrics"]["measures"] = json!([{ "name": "recall", "value": 0.93, "interval": [0.9, 0.96] }]);
    let security = &mut card["security_considerations"];
    security["ai_class"] = json!("Predictive");
    security["disclosure_policy"] = json!("https://parcels.example/security");
    security["threats"] = json!([
        { "id": "patches", "refs": ["NISTAML.022"], "affects": ["photos"], "scenario": "A printed patch hides an address",
          "likelihood": "Low", "impact": "High", "status": "Transferred", "evidence": ["printed"] },
        { "id": "stolen", "refs": ["NISTAML.031"], "scenario": "The weights are public anyway", "status": "NotApplicable" },
    ]);
    security["tests"] = json!([
        { "id": "printed", "kind": "AdversarialTesting", "tool": "by hand", "date": "2026-02-03", "result": "Passed",
          "attempts": 200, "failures": 3 },
    ]);
    security["objectives"] = json!({ "availability": "It is asked again.", "supply_chain": "Trained here." });
    security["reviews"] = json!([{ "by": "Security", "date": "2026-03-20", "decision": "Approved" }]);
    card["system"] = json!({
        "description": "Cameras send photographs, a gate opens.",
        "exposure": "Internal",
        "zones": [{ "id": "hall", "trust": "Untrusted" }, { "id": "plant", "trust": "Internal" }],
        "components": [
            { "id": "camera", "kind": "Client", "zone": "hall" },
            { "id": "sorter", "kind": "Model", "zone": "plant",
              "files": [{ "path": "a.onnx", "sha256": "4c40ac2fa6602de6d9eab4b9a77f440ffed91559a8b3abd23b8bc5e636b25e8e" }] },
        ],
        "flows": [{ "id": "photos", "from": "camera", "to": "sorter" }],
        "human_oversight": "The shift sees each parcel.",
        "access_control": "Two people.",
        "monitoring": "Recall by the hour.",
        "incident_response": "The gate stays open.",
        "change_management": "Each version is reviewed.",
    });
    card
}

/// What `--format json` says of one card.
fn scored(card: &Value) -> Value {
    let folder = Folder::new().file("card.json", card.to_string());
    let whole: Value = serde_json::from_str(&score(&folder, &["--format", "json", "card.json"]).ended(0).out).unwrap();
    whole["cards"][0].clone()
}

fn share(scored: &Value) -> [f64; 3] {
    ["answered", "not_stated", "missing"].map(|key| scored["share"][key].as_f64().unwrap())
}

#[test]
fn a_card_with_everything_has_everything() {
    let folder = Folder::new().file("card.json", complete().to_string());
    folder.write("a.onnx", include_bytes!("../../../examples/warehouse-agent/models/mail-topics.onnx"));
    let checked = folder.check(&["card.json"]).ended(0);
    assert_eq!(checked.err, "checked 1 card: 0 errors, 0 warnings\n");
    let scored = scored(&complete());
    assert_eq!(scored["open"], json!([]));
    assert_eq!(share(&scored), [100.0, 0.0, 0.0]);
    score(&folder, &["--min", "100", "card.json"]).ended(0);
}

#[test]
fn each_part_that_is_expected_adds_its_weight() {
    let rows = include_str!("../../README.md").split_once("| what | weight | why |").unwrap().1;
    let mut known = 0;
    for row in rows.split("\n\n").next().unwrap().lines().filter(|row| row.starts_with("| `")) {
        let mut cells = row.split(" | ");
        let (path, each) = cells.next().unwrap().trim_start_matches("| `").split_once('`').unwrap();
        let weight: f64 = cells.next().unwrap().parse().unwrap();
        let mut card = complete();
        let without = |card: &mut Value, pointer: &str, keys: &[&str]| {
            let block = card.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
            keys.iter().for_each(|key| drop(block.remove(*key).unwrap()));
        };
        let security = "/security_considerations";
        match each {
            "" => {
                let (above, key) = path.split_once('.').unwrap();
                without(&mut card, &format!("/{above}"), &[key]);
            }
            ", each with an `interval`" => without(&mut card, "/metrics/measures/0", &["interval"]),
            ", each with a risk: `likelihood` and `impact`, or `residual`" => {
                without(&mut card, &format!("{security}/threats/0"), &["likelihood", "impact"]);
            }
            ", each with `evidence`: a test" => without(&mut card, &format!("{security}/threats/0"), &["evidence"]),
            ", each with a threat, a text or a reason" => {
                without(&mut card, security, &["objectives"]);
            }
            ", each with `attempts` and `failures`, or `measures`" => {
                without(&mut card, &format!("{security}/tests/0"), &["failures"]);
            }
            ", each with a `result`" => without(&mut card, &format!("{security}/tests/0"), &["result"]),
            ", each with a digest of its files, if it is a model" => {
                without(&mut card, "/system/components/1/files/0", &["sha256"]);
            }
            ", each with a threat, if it crosses a trust boundary" => {
                without(&mut card, &format!("{security}/threats/0"), &["affects"]);
            }
            other => panic!("no case for {path}{other}"),
        }
        let scored = scored(&card);
        let open = scored["open"].as_array().unwrap();
        let gap = open.iter().find(|gap| gap["path"] == path && gap["each"].is_string() != each.is_empty()).unwrap();
        // Of two threats one lacks it, and of four objectives two.
        let parts =
            if path.ends_with("threats") && !each.is_empty() || path.ends_with("objectives") { 2.0 } else { 1.0 };
        assert_eq!(gap["adds"], json!(weight / parts), "{path}{each}\n{gap}");
        assert!(each.is_empty() || !gap["lacking"].as_array().unwrap().is_empty(), "{gap}");
        assert!(share(&scored)[0] <= 100.0 - weight / parts);
        known += 1;
    }
    assert!(known > 20);
}

#[test]
fn a_reason_is_an_answer_only_where_it_says_that_nothing_applies() {
    for (text, wanted) in [
        ("Not applicable: it has none", [100.0, 0.0, 0.0]),
        ("Withheld: a contract", [98.0, 2.0, 0.0]),
        ("Unknown: the supplier is silent", [98.0, 2.0, 0.0]),
        ("TODO", [98.0, 0.0, 2.0]),
        ("", [98.0, 0.0, 2.0]),
    ] {
        let mut card = complete();
        card["training_data"] = json!(text);
        assert_eq!(share(&scored(&card)), wanted, "{text}");
    }
    let mut card = complete();
    card.as_object_mut().unwrap().remove("training_data");
    assert_eq!(share(&scored(&card)), [98.0, 0.0, 2.0]);
    card["security_considerations"]["objectives"]["availability"] = json!("Withheld: to attackers");
    assert_eq!(share(&scored(&card)), [97.0, 1.0, 2.0]);
    // What a policy lets pass is a placeholder all the same.
    let mut card = complete();
    card["training_data"] = json!("TODO");
    let folder =
        Folder::new().file("smcard.toml", "[level]\nplaceholder = \"warning\"\n").file("card.json", card.to_string());
    let said = score(&folder, &["card.json"]).ended(0);
    assert!(said.out.starts_with("card.json: 98 % answered, 0 % not stated, 2 % missing\n"), "{}", said.out);
    assert!(said.out.contains("   +2.0  `training_data`: TODO is no answer\n"), "{}", said.out);
}

#[test]
fn a_class_to_which_misuse_does_not_apply_is_not_asked_about_it() {
    let lacking = |class: &str| {
        let mut card = complete();
        card["security_considerations"]["ai_class"] = json!(class);
        scored(&card)["open"].as_array().unwrap().iter().map(|gap| gap["lacking"].clone()).collect::<Vec<_>>()
    };
    assert!(lacking("Predictive").is_empty());
    assert!(lacking("Generative").iter().any(|names| names.as_array().unwrap().contains(&json!("misuse"))));
}

/// The block of this language in the section on `score`.
fn block(language: &str) -> &'static str {
    let readme = include_str!("../../README.md");
    let section = readme.split_once("## `smcard score`").unwrap().1.split("\n## ").next().unwrap();
    section.split_once(&format!("```{language}\n")).unwrap().1.split("```").next().unwrap()
}

#[test]
fn the_readme_shows_what_people_see() {
    let mut card = complete();
    card["model_details"]["date"] = json!("2026-02-30");
    card["training_data"] = json!("Withheld: under contract 118");
    card["security_considerations"]["threats"][0].as_object_mut().unwrap().remove("evidence");
    card["system"].as_object_mut().unwrap().remove("monitoring");
    let folder = Folder::new().file("card.json", card.to_string());
    let said = score(&folder, &["card.json"]).ended(0);
    assert_eq!(said.out, block("text"), "{}", said.out);
    assert!(said.err.starts_with("error[invalid-date]: "), "{}", said.err);
}

#[test]
fn the_exit_code_says_whether_a_card_has_enough() {
    let mut card = complete();
    card["system"].as_object_mut().unwrap().remove("monitoring");
    let folder = Folder::new().file("card.json", card.to_string());
    score(&folder, &["card.json"]).ended(0);
    score(&folder, &["--min", "99", "card.json"]).ended(0);
    let said = score(&folder, &["--min", "99.1%", "card.json"]).ended(1);
    assert_eq!(said.err, "error: `card.json` is 99 % answered, less than 99.1 %\n");
    card["model_details"]["date"] = json!("2026-02-30");
    folder.write("card.json", card.to_string());
    score(&folder, &["card.json"]).ended(0);
    let said = score(&folder, &["--min", "10", "card.json"]).ended(1);
    assert!(said.err.ends_with("error: `card.json` has errors, whatever is answered\n"), "{}", said.err);
    for wrong in ["101", "-1", "NaN", "most"] {
        score(&folder, &[&format!("--min={wrong}"), "card.json"]).ended(2);
    }
}

#[test]
fn each_card_is_scored_whatever_is_beside_it() {
    let folder = Folder::new()
        .file("a.yaml", crate::yaml::CARD)
        .file("b.json", "{")
        .file("c.json", complete().to_string())
        .file("d.yaml", "- a list\n")
        .file("e.json", "{}");
    let said = score(&folder, &["--format", "json", "."]).ended(2);
    let whole: Value = serde_json::from_str(&said.out).unwrap();
    let files: Vec<&str> =
        whole["cards"].as_array().unwrap().iter().map(|card| card["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["a.yaml", "c.json", "e.json"]);
    assert_eq!(share(&whole["cards"][2])[0], 0.0);
    assert!(said.err.contains("error: `b.json` is no card\n") && said.err.contains("error: `d.yaml` is no card\n"));
    assert!(score(&folder, &["none.json"]).ended(2).err.contains("there is no `none.json`"));
    assert!(score(&Folder::new(), &["."]).ended(2).err.contains("there is no card here"));
    // What cannot be done at all is still one object to a program.
    let said = score(&Folder::new(), &["--format", "json"]).ended(2);
    assert_eq!(serde_json::from_str::<Value>(&said.out).unwrap(), json!({ "version": 1, "cards": [] }));
    folder.write("smcard.toml", "[requires]\n");
    let said = score(&folder, &["c.json"]).ended(1);
    assert!(said.err.contains("unknown key `requires`") && said.out.contains("c.json: 100 % answered"), "{}", said.err);
}

#[test]
fn no_text_of_a_card_drives_a_terminal_and_no_secret_is_shown() {
    let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
    let mean = format!("Withheld: \u{1b}[2J {token} \u{202e}");
    let mut card = complete();
    card["training_data"] = json!(mean);
    card["model_details"]["name"] = json!(mean);
    card["security_considerations"]["threats"][0]["id"] = json!(mean);
    card["security_considerations"]["threats"][0].as_object_mut().unwrap().remove("evidence");
    let folder = Folder::new().file("card.json", card.to_string());
    for format in ["human", "json"] {
        let said = score(&folder, &["--format", format, "card.json"]).ended(0);
        for text in [said.out, said.err] {
            let driving = |char: &char| char.is_control() && *char != '\n' || *char == '\u{202e}';
            assert_eq!(text.chars().find(driving), None, "{text}");
            assert!(!text.contains(&token[8..20]), "{text}");
        }
    }
}
