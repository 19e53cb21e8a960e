//! `smcard diff`: two versions of a card, compared by what they mean.

use serde_json::{Value, json};

use crate::random::notation;
use crate::random::{self, Dice, Fields};
use crate::session::{Folder, REPORT, Said, command};

/// A card with one of everything that is compared by itself.
fn full() -> Value {
    let mut card: Value = serde_json::from_str(REPORT).unwrap();
    card["metrics"]["measures"] = json!([
        { "name": "recall", "value": 0.93, "direction": "HigherIsBetter", "interval": [0.9, 0.96],
          "threshold": { "op": "AtLeast", "value": 0.9 } },
        { "name": "latency", "value": 30, "unit": "ms" },
    ]);
    let security = &mut card["security_considerations"];
    security["ai_class"] = json!("Predictive");
    security["threats"] = json!([
        { "id": "patches", "refs": ["NISTAML.022"], "affects": ["photos"], "scenario": "A printed patch",
          "likelihood": "Medium", "impact": "High", "status": "Open", "residual": "Medium",
          "mitigations": [{ "ref": "AML.M0015", "description": "Patches are found" }, { "description": "Staff look" }],
          "owner": "Vision", "due": "2026-12-31", "evidence": ["printed"] },
    ]);
    security["tests"] = json!([
        { "id": "printed", "kind": "AdversarialTesting", "tool": "by hand", "date": "2026-02", "result": "Inconclusive",
          "attempts": 200, "failures": 3,
          "measures": [{ "name": "attack success rate", "value": 0.015, "direction": "LowerIsBetter" }] },
    ]);
    security["objectives"] = json!({ "availability": "It is asked again.", "supply_chain": "Trained here." });
    security["reviews"] = json!([{ "by": "Security", "date": "2026-03-20", "decision": "ApprovedWithConditions" }]);
    security["vulnerabilities"] =
        json!([{ "id": "CVE-2026-1", "title": "Overflow", "status": "InTriage", "severity": "Medium" }]);
    card["system"] = json!({
        "exposure": "Partner",
        "zones": [{ "id": "hall", "trust": "Untrusted" }, { "id": "plant", "trust": "Internal" }],
        "components": [
            { "id": "camera", "kind": "Client", "zone": "hall" },
            { "id": "sorter", "kind": "Model", "zone": "plant", "files": [{ "path": "a.onnx" }] },
            { "id": "gate", "kind": "Tool", "zone": "plant", "permission": "NeedsApproval" },
        ],
        "flows": [
            { "id": "photos", "from": "camera", "to": "sorter", "encrypted": false },
            { "id": "verdict", "from": "sorter", "to": "gate", "encrypted": true },
        ],
    });
    card["extensions"] = json!({ "acme": { "residency": "EU", "tags": [1, 2] } });
    card
}

fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut card = full();
    change(&mut card);
    card
}

/// What is different, as JSON.
fn compared(old: &Value, new: &Value) -> Value {
    let folder = Folder::new().file("old.json", old.to_string()).file("new.json", new.to_string());
    let said = folder.smcard(&["diff", "old.json", "new.json", "--format", "json"]).ended(0);
    serde_json::from_str(&said.out).unwrap()
}

/// Kind, code and path of each difference.
fn found(compared: &Value) -> Vec<[&str; 3]> {
    let changes = compared["changes"].as_array().unwrap().iter();
    changes.map(|change| ["kind", "code", "path"].map(|key| change[key].as_str().unwrap())).collect()
}

fn security(card: &mut Value) -> &mut Value {
    &mut card["security_considerations"]
}

fn remove(block: &mut Value, key: &str) {
    block.as_object_mut().unwrap().remove(key).unwrap();
}

/// What a card becomes worse by, or just different.
type Edit = fn(&mut Value);

/// Changes that are a regression one way and an improvement the other, each with its code and its path.
fn worse() -> Vec<(&'static str, &'static str, Edit)> {
    vec![
        ("risk", "security_considerations.threats[patches].likelihood", |card| {
            security(card)["threats"][0]["likelihood"] = json!("High");
        }),
        ("risk", "security_considerations.threats[patches].residual", |card| {
            security(card)["threats"][0]["residual"] = json!("Critical");
        }),
        ("risk", "security_considerations.vulnerabilities[CVE-2026-1].severity", |card| {
            security(card)["vulnerabilities"][0]["severity"] = json!("High");
        }),
        ("test-result", "security_considerations.tests[printed].result", |card| {
            security(card)["tests"][0]["result"] = json!("Failed");
        }),
        ("attack-success", "security_considerations.tests[printed].failures", |card| {
            // Fewer of many fewer.
            security(card)["tests"][0]["attempts"] = json!(100);
            security(card)["tests"][0]["failures"] = json!(2);
        }),
        ("figure", "metrics.measures[recall].value", |card| {
            card["metrics"]["measures"][0]["value"] = json!(0.92);
        }),
        ("figure", "security_considerations.tests[printed].measures[attack success rate].value", |card| {
            security(card)["tests"][0]["measures"][0]["value"] = json!(0.02);
        }),
        ("threshold", "metrics.measures[recall].threshold.value", |card| {
            card["metrics"]["measures"][0]["threshold"]["value"] = json!(0.8);
        }),
        ("threshold-missed", "metrics.measures[recall].value", |card| {
            // By a figure that no direction makes worse.
            remove(&mut card["metrics"]["measures"][0], "direction");
            card["metrics"]["measures"][0]["value"] = json!(0.89);
        }),
        ("objective", "security_considerations.objectives.supply_chain", |card| {
            remove(&mut security(card)["objectives"], "supply_chain");
        }),
        ("objective", "security_considerations.objectives.misuse", |card| {
            security(card)["ai_class"] = json!("Agentic");
        }),
        ("last-review", "security_considerations.reviews", |card| {
            security(card)["reviews"][0]["decision"] = json!("Rejected");
        }),
        ("exposure", "system.exposure", |card| card["system"]["exposure"] = json!("Public")),
        ("permission", "system.components[gate].permission", |card| {
            card["system"]["components"][2]["permission"] = json!("Allowed");
        }),
        ("encryption", "system.flows[verdict].encrypted", |card| {
            card["system"]["flows"][1]["encrypted"] = json!(false);
        }),
        ("boundary", "system.flows[verdict]", |card| {
            card["system"]["zones"].as_array_mut().unwrap().push(json!({ "id": "yard", "trust": "Partner" }));
            card["system"]["components"][2]["zone"] = json!("yard");
        }),
        ("boundary", "system.flows[photos]", |card| {
            security(card)["threats"][0]["affects"] = json!(["gate"]);
        }),
        ("told", "security_considerations.threats[patches]", |card| security(card)["threats"] = json!([])),
        ("told", "security_considerations.threats[patches]", |card| {
            security(card)["threats"][0]["id"] = json!("printed-patches");
        }),
        ("told", "security_considerations.threats[patches].mitigations[AML.M0015]", |card| {
            security(card)["threats"][0]["mitigations"].as_array_mut().unwrap().remove(0);
        }),
        ("told", "security_considerations.vulnerabilities[CVE-2026-1]", |card| {
            remove(security(card), "vulnerabilities");
        }),
        ("told", "security_considerations.reviews[2026-03-20, Security]", |card| remove(security(card), "reviews")),
        ("told", "metrics.measures[latency, ms]", |card| {
            card["metrics"]["measures"][1]["unit"] = json!("s");
        }),
        ("evidence", "security_considerations.threats[patches].evidence", |card| {
            remove(&mut security(card)["threats"][0], "evidence");
        }),
        ("answer", "training_data", |card| card["training_data"] = json!("Withheld: a contract")),
        ("answer", "training_data", |card| card["training_data"] = json!("Unknown: the supplier is silent")),
        ("answer", "factors.relevant_factors", |card| remove(&mut card["factors"], "relevant_factors")),
        ("answer", "factors.relevant_factors", |card| remove(card, "factors")),
        ("answer", "metrics.measures[recall].interval", |card| {
            remove(&mut card["metrics"]["measures"][0], "interval");
        }),
        ("answer", "metrics.measures[recall].threshold", |card| {
            remove(&mut card["metrics"]["measures"][0], "threshold");
        }),
        ("answer", "security_considerations.threats[patches].impact", |card| {
            remove(&mut security(card)["threats"][0], "impact");
        }),
        ("answer", "system.components[gate].permission", |card| {
            remove(&mut card["system"]["components"][2], "permission");
        }),
        ("answer", "extensions.acme.residency", |card| remove(&mut card["extensions"]["acme"], "residency")),
    ]
}

/// Each word from which a threat, a vulnerability or a test gets worse, and each to which it does.
fn worse_words() -> Vec<(&'static str, &'static str, Value, Value)> {
    let (threat, vulnerability) = (
        "security_considerations.threats[patches].status",
        "security_considerations.vulnerabilities[CVE-2026-1].status",
    );
    let mut all = Vec::new();
    for settled in ["Mitigated", "NotApplicable"] {
        for open in ["Open", "Accepted", "Transferred"] {
            let card = |word| with(|card| security(card)["threats"][0]["status"] = json!(word));
            all.push(("threat-status", threat, card(settled), card(open)));
        }
    }
    for settled in ["Fixed", "NotAffected"] {
        for open in ["Open", "InTriage", "Accepted"] {
            let card = |word| with(|card| security(card)["vulnerabilities"][0]["status"] = json!(word));
            all.push(("vulnerability-status", vulnerability, card(settled), card(open)));
        }
    }
    let test = "security_considerations.tests[printed].result";
    for (good, bad) in [("Passed", "Inconclusive"), ("Passed", "Failed")] {
        let card = |word| with(|card| security(card)["tests"][0]["result"] = json!(word));
        all.push(("test-result", test, card(good), card(bad)));
    }
    all
}

#[test]
fn what_is_a_regression_one_way_is_an_improvement_the_other() {
    let changed = worse().into_iter().map(|(code, path, change)| (code, path, full(), with(change)));
    let mut codes = Vec::new();
    for (code, path, old, new) in changed.chain(worse_words()) {
        let forth = compared(&old, &new);
        assert!(found(&forth).contains(&["regression", code, path]), "{code} {path}\n{forth:#}");
        let back = compared(&new, &old);
        assert!(found(&back).contains(&["improvement", code, path]), "{code} {path}\n{back:#}");
        codes.push(code);
    }
    // The table of the README has no other row.
    let readme = include_str!("../../README.md");
    let rows = readme.split_once("| code | what is compared |").unwrap().1.split("\n\n").next().unwrap();
    for row in rows.lines().filter(|row| row.starts_with("| `") && !row.contains("| never |")) {
        let code = row.split('`').nth(1).unwrap();
        assert!(codes.contains(&code), "no case for `{code}`");
    }
}

#[test]
fn what_is_neither_is_another_change() {
    let cases: [(&str, &str, Edit); 14] = [
        ("field", "model_details.version", |card| card["model_details"]["version"] = json!("3")),
        ("field", "training_data", |card| card["training_data"] = json!("Not applicable: it has none")),
        ("threat-status", "security_considerations.threats[patches].status", |card| {
            security(card)["threats"][0]["status"] = json!("Accepted");
        }),
        ("field", "security_considerations.threats[patches].owner", |card| {
            remove(&mut security(card)["threats"][0], "owner");
        }),
        ("field", "security_considerations.threats[patches].refs", |card| {
            security(card)["threats"][0]["refs"] = json!(["NISTAML.022", "AML.T0015"]);
        }),
        ("field", "security_considerations.threats[patches].mitigations[Staff look twice].description", |card| {
            security(card)["threats"][0]["mitigations"][1]["description"] = json!("Staff look twice");
        }),
        ("attack-success", "security_considerations.tests[printed].failures", |card| {
            security(card)["tests"][0]["attempts"] = json!(400);
            security(card)["tests"][0]["failures"] = json!(6);
        }),
        ("figure", "metrics.measures[latency, ms].value", |card| {
            card["metrics"]["measures"][1]["value"] = json!(20);
        }),
        ("objective", "security_considerations.objectives.supply_chain", |card| {
            security(card)["objectives"]["supply_chain"] = json!("Not applicable: trained here");
        }),
        ("boundary", "system.flows[photos]", |card| card["system"]["zones"][0]["trust"] = json!("Partner")),
        ("part", "system.components[printer]", |card| {
            card["system"]["components"].as_array_mut().unwrap().push(json!({ "id": "printer", "kind": "Client" }));
        }),
        ("part", "system.components[sorter].files[b.onnx]", |card| {
            card["system"]["components"][1]["files"][0]["path"] = json!("b.onnx");
        }),
        ("field", "system.components[sorter].kind", |card| {
            card["system"]["components"][1]["kind"] = json!("BaseModel");
        }),
        ("field", "extensions.acme.tags", |card| card["extensions"]["acme"]["tags"] = json!([2, 1])),
    ];
    for (code, path, change) in cases {
        let (forth, back) = (compared(&full(), &with(change)), compared(&with(change), &full()));
        assert!(found(&forth).contains(&["change", code, path]), "{code} {path}\n{forth:#}");
        for compared in [forth, back] {
            assert_eq!(compared["summary"]["regressions"], 0, "{compared:#}");
            assert_eq!(compared["summary"]["improvements"], 0, "{compared:#}");
        }
    }
}

#[test]
fn of_the_same_text_twice_over_one_may_be_gone() {
    let two = with(|card| card["system"]["assumptions"] = json!(["Sealed", "Sealed", "Dry"]));
    let one = with(|card| card["system"]["assumptions"] = json!(["Dry", "Sealed"]));
    let compared = compared(&two, &one);
    assert_eq!(found(&compared), [["change", "field", "system.assumptions"]]);
    assert_eq!((&compared["changes"][0]["old"], &compared["changes"][0]["new"]), (&json!("Sealed"), &Value::Null));
}

#[test]
fn the_last_review_is_the_one_of_the_latest_day() {
    let review = |date: &str, decision: &str| json!({ "by": "Security", "date": date, "decision": decision });
    let (first, last) = (review("2026-03-20", "Approved"), review("2026-06-20", "Rejected"));
    let approved = with(|card| security(card)["reviews"] = json!([first]));
    let rejected = with(|card| security(card)["reviews"] = json!([last, first]));
    let compared = compared(&approved, &rejected);
    let last = &["regression", "last-review", "security_considerations.reviews"];
    assert!(found(&compared).contains(last), "{compared:#}");
    let words = compared["changes"].as_array().unwrap().iter().find(|change| change["code"] == "last-review").unwrap();
    assert_eq!((&words["old"], &words["new"]), (&json!("Approved on 2026-03-20"), &json!("Rejected on 2026-06-20")));
}

#[test]
fn the_order_and_the_notation_say_nothing() {
    let moved = with(|card| {
        security(card)["threats"][0]["mitigations"].as_array_mut().unwrap().reverse();
        card["metrics"]["measures"].as_array_mut().unwrap().reverse();
        card["system"]["components"].as_array_mut().unwrap().reverse();
    });
    assert_eq!(found(&compared(&full(), &moved)), [[""; 3]; 0]);
    let folder = Folder::new().file("card.json", REPORT);
    let yaml: String =
        crate::yaml::CARD.lines().filter(|line| !line.contains("chema")).map(|line| format!("{line}\n")).collect();
    let (yaml, _) = yaml.split_once("  threats:").unwrap();
    let yaml = yaml.replace("  measures:\n    - name: recall\n      value: 0.93\n", "");
    folder.write("card.yaml", yaml);
    assert_eq!(folder.smcard(&["diff", "card.json", "card.yaml"]).ended(0).out, "no difference\n");
}

/// A card in which some of what one says is replaced by what another one says.
fn mixed(one: &Value, other: &Value, dice: &mut Dice) -> Value {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let mut mixed = serde_json::Map::new();
            for (key, value) in one {
                // What identifies an item stays in most, or no two would be compared.
                let identifies =
                    ["id", "name", "unit", "slice", "dataset", "path", "ref", "date", "by"].contains(&key.as_str());
                match other.get(key) {
                    Some(of_other) if !identifies => {
                        drop(mixed.insert(key.clone(), self::mixed(value, of_other, dice)))
                    }
                    None if dice.once_in(4) => {}
                    _ => drop(mixed.insert(key.clone(), value.clone())),
                }
            }
            for (key, value) in other.iter().filter(|(key, _)| !one.contains_key(*key)) {
                if dice.once_in(2) {
                    mixed.insert(key.clone(), value.clone());
                }
            }
            Value::Object(mixed)
        }
        (Value::Array(one), Value::Array(other)) if one.iter().any(Value::is_object) => {
            let mut both: Vec<Value> = one.iter().zip(other).map(|(one, other)| mixed(one, other, dice)).collect();
            both.extend(other.iter().filter(|_| dice.once_in(4)).cloned());
            both.reverse();
            Value::Array(both)
        }
        (one, other) => {
            if dice.once_in(2) {
                one.clone()
            } else {
                other.clone()
            }
        }
    }
}

#[test]
fn any_card_equals_itself_and_what_one_card_gains_the_other_loses() {
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let [one, other] = [(); 2].map(|()| {
            let card = random::card(&mut dice, if seed % 2 == 0 { Fields::All } else { Fields::Some });
            serde_json::from_str::<Value>(&notation::json(&card)).unwrap()
        });
        assert_eq!(found(&compared(&one, &one)), [[""; 3]; 0], "{one}");
        let new = mixed(&one, &other, &mut dice);
        let (forth, back) = (compared(&one, &new), compared(&new, &one));
        let sorted = |compared: &Value, mirrored: bool| {
            let changes = compared["changes"].as_array().unwrap().iter();
            let mut all: Vec<String> = changes
                .map(|change| {
                    let (mut kind, mut sides) = (change["kind"].as_str().unwrap(), [&change["old"], &change["new"]]);
                    if mirrored {
                        sides.reverse();
                        kind = match kind {
                            "regression" => "improvement",
                            "improvement" => "regression",
                            kind => kind,
                        };
                    }
                    format!("{kind} {} {sides:?}", change["code"])
                })
                .collect();
            all.sort();
            all
        };
        assert_eq!(sorted(&forth, false), sorted(&back, true), "seed {seed}\n{one}\n{new}");
        assert!(one == new || !forth["changes"].as_array().unwrap().is_empty());
    }
}

#[test]
fn the_exit_code_says_whether_something_got_worse_only_where_it_is_asked() {
    let worse = with(|card| card["system"]["exposure"] = json!("Public")).to_string();
    let folder = Folder::new().file("old.json", full().to_string()).file("new.json", worse);
    folder.smcard(&["diff", "old.json", "new.json"]).ended(0);
    folder.smcard(&["diff", "old.json", "new.json", "--fail-on", "regression"]).ended(1);
    folder.smcard(&["diff", "new.json", "old.json", "--fail-on", "regression"]).ended(0);
    folder.smcard(&["diff", "new.json", "old.json", "--fail-on", "change"]).ended(1);
    folder.smcard(&["diff", "old.json", "old.json", "--fail-on", "change"]).ended(0);
}

#[test]
fn one_card_may_come_through_standard_input() {
    let folder = Folder::new().file("card.yaml", crate::yaml::CARD);
    let said = Said::of(
        command("smcard")
            .current_dir(folder.root())
            .args(["diff", "-", "card.yaml"])
            .write_stdin(crate::yaml::CARD.replace("2.1.0", "2.0.0")),
    )
    .ended(0);
    assert!(said.out.contains("`model_details.version`: 2.0.0 → 2.1.0"), "{}", said.out);
    let said = folder.smcard(&["diff", "-", "-"]).ended(2);
    assert_eq!(said.err, "error: `-` can be one of the two cards, not both\n");
}

#[test]
fn what_is_no_card_is_told_as_a_check_tells_it() {
    let folder = Folder::with_report()
        .file("broken.json", "{")
        .file("list.yaml", "- a\n")
        .file("more.json", REPORT.replace("\"license\"", "\"licence\""));
    for (file, code) in [
        ("broken.json", "error[invalid-syntax]: not JSON: "),
        ("list.yaml", "error[wrong-kind]: "),
        ("more.json", "error[unknown-field]: unknown field `licence`"),
        ("missing.json", "error[invalid-syntax]: the card cannot be read: "),
        (".", "error[invalid-syntax]: the card cannot be read: it is a folder"),
    ] {
        for arguments in [["diff", file, "card.json"], ["diff", "card.json", file]] {
            let said = folder.smcard(&arguments).ended(2);
            assert!(said.err.contains(code), "{}", said.err);
            assert!(said.err.ends_with(&format!("error: `{file}` cannot be compared\n")), "{}", said.err);
            assert_eq!(said.out, "");
        }
    }
    // A card that lacks something, or has a placeholder, can be compared.
    folder.write("less.json", REPORT.replace("\"Five folds\"", "\"TODO\""));
    let said = folder.smcard(&["diff", "card.json", "less.json"]).ended(0);
    assert!(said.out.contains("`metrics.variation_approaches`: Five folds → TODO"), "{}", said.out);
}
