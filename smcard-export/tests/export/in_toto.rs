//! in-toto: the subjects are the report and the files by their digests, and the predicate is the card and how it was
//! checked.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use smcard_core::{Policy, SecurityCard, taxonomy};
use smcard_export::{Format, PolicyFile, Provenance, in_toto};

use crate::cards::{WRITTEN, each, random_report, read, with_words};

fn statement(card: &SecurityCard<'_>) -> Value {
    serde_json::from_str(&Format::named("in-toto").unwrap().write(card).unwrap()).unwrap()
}

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_first_subject_is_the_report_that_the_hook_writes() {
    each(|name, card| {
        let statement = statement(card);
        assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1", "{name}");
        let report = json!({
            "name": "security_model_card_report.json",
            "digest": { "sha256": sha256(card.to_json()) },
        });
        assert_eq!(statement["subject"][0], report, "{name}");
        assert_eq!(statement["predicateType"], in_toto::PREDICATE_V1, "{name}");
    });
}

#[test]
fn every_file_with_a_digest_is_a_subject_once() {
    let mut files = 0;
    each(|name, card| {
        let pair = |path: &str, digest: &str| (path.trim().to_owned(), digest.trim().to_lowercase());
        let report: Value = serde_json::from_str(&card.to_json()).unwrap();
        let components = report["system"]["components"].as_array().cloned().unwrap_or_default();
        let all = components.iter().filter_map(|component| component["files"].as_array()).flatten();
        let mut stated: BTreeSet<_> =
            all.filter_map(|file| Some(pair(file["path"].as_str()?, file["sha256"].as_str()?))).collect();
        // A report that is kept elsewhere is no file of the package.
        let tests = report["security_considerations"]["tests"].as_array().cloned().unwrap_or_default();
        let is_file = |path: &str| path.starts_with("reports/");
        stated.extend(tests.iter().filter_map(|test| {
            let path = test["report"].as_str().filter(|path| is_file(path))?;
            Some(pair(path, test["report_sha256"].as_str()?))
        }));
        let statement = statement(card);
        let subjects = statement["subject"].as_array().unwrap();
        let given: Vec<_> = subjects[1..]
            .iter()
            .map(|subject| pair(subject["name"].as_str().unwrap(), subject["digest"]["sha256"].as_str().unwrap()))
            .collect();
        assert_eq!(given.iter().cloned().collect::<BTreeSet<_>>(), stated, "{name}");
        assert_eq!(given.len(), stated.len(), "{name}: a file stands twice");
        files += given.len();
    });
    assert!(files > 20, "{files}");
}

#[test]
fn the_card_of_the_predicate_is_the_report() {
    let hostile = ["\"}], \"predicateType\": \"x\", \"subject\": [", "$(touch x)\n\n```", "</script>"];
    let hostile = hostile.map(|words| with_words(3, &format!("As it was seen: {words}")));
    for report in (0..20).map(|seed| random_report(seed, seed % 2 == 0)).chain(hostile) {
        let card = read(&report);
        let statement = statement(&card);
        let card: Value = serde_json::from_str(&card.to_json()).unwrap();
        assert_eq!(statement["predicate"]["card"], card);
    }
}

#[test]
fn the_predicate_says_by_what_the_card_was_checked() {
    let text = "[[exception]]\npackage = \"parcels\"\nrule = \"placeholder\"\npath = \"training_data\"\n\
                reason = \"Ticket 4\"\napproved_by = \"Security\"\nexpires = \"2099-12-31\"\n";
    let policy = Policy::from_layers(&[("smcard.toml", text)], "parcels").unwrap();
    let provenance = Provenance {
        policy: vec![PolicyFile::new("../smcard.toml", text.as_bytes())],
        exceptions: policy.exceptions().iter().collect(),
        revision: Some("3f2a9c1".to_owned()),
    };
    let (_, card) = WRITTEN[0];
    let format = Format::named("in-toto").unwrap();
    let written = format.write_with(card, &provenance).unwrap();
    let predicate = serde_json::from_str::<Value>(&written).unwrap()["predicate"].clone();
    assert_eq!(
        predicate["policy"],
        json!({
            "files": [{ "name": "../smcard.toml", "digest": { "sha256": sha256(text) } }],
            "exceptions": [{
                "rule": "placeholder", "package": "parcels", "path": "training_data", "reason": "Ticket 4",
                "approvedBy": "Security", "expires": "2099-12-31",
            }],
        })
    );
    assert_eq!(predicate["source"], json!({ "revision": "3f2a9c1" }));
    let version = json!({ "version": env!("CARGO_PKG_VERSION") });
    assert_eq!((&predicate["smcard"], &predicate["schema"]), (&version, &version));
    let editions: Vec<Value> = taxonomy::all()
        .iter()
        .map(|it| json!({ "name": it.label, "version": it.version, "complete": it.complete }))
        .collect();
    assert_eq!(predicate["taxonomies"], json!(editions));

    // Whatever is handed over, no secret is handed on.
    let token = format!("{}{}", "ghp_16C7e42F292c69", "12E7710c838347Ae178B4a");
    let leaking = Provenance { revision: Some(token.clone()), ..Provenance::default() };
    assert!(!format.write_with(card, &leaking).unwrap().contains(&token));

    // The default policy is one that is known; without any word of it, nothing is claimed.
    let default = format.write_with(card, &Provenance::default()).unwrap();
    let default = serde_json::from_str::<Value>(&default).unwrap()["predicate"].clone();
    assert_eq!((&default["policy"], &default["source"]), (&json!({ "files": [], "exceptions": [] }), &Value::Null));
    assert_eq!(statement(card)["predicate"]["policy"], Value::Null);
}

#[test]
fn a_digest_that_is_none_is_refused_with_its_place() {
    let mut report: Value = serde_json::from_str(&WRITTEN[0].1.to_json()).unwrap();
    report["system"]["components"][1]["files"] = json!([
        { "path": "a.bin", "sha256": "ABC" },
        { "path": "b.bin", "sha256": "g".repeat(64) },
        { "path": "c.bin", "sha256": "A".repeat(64) },
        { "path": "d.bin" },
    ]);
    let text = report.to_string();
    let (card, _) = SecurityCard::fitting(SecurityCard::tree_of_json(&text).unwrap()).unwrap();
    let lacks = Format::named("in-toto").unwrap().write(&card).unwrap_err();
    let id = report["system"]["components"][1]["id"].as_str().unwrap();
    let told = [0, 1].map(|index| {
        format!(
            "`system.components[{id}].files[{index}].sha256` is not a SHA-256 digest; write its 64 hexadecimal digits"
        )
    });
    assert_eq!(lacks, told);
    report["system"]["components"][1]["files"] = json!([
        { "path": "c.bin", "sha256": "A".repeat(64) },
        { "path": "c.bin", "sha256": "a".repeat(64) },
        { "path": "c.bin", "sha256": "b".repeat(64) },
    ]);
    let text = report.to_string();
    let (card, _) = SecurityCard::fitting(SecurityCard::tree_of_json(&text).unwrap()).unwrap();
    let files: Vec<_> = in_toto::files(&card).unwrap().into_iter().filter(|file| file.name == "c.bin").collect();
    // The same twice is once; what contradicts itself stands as the card says it.
    assert_eq!(files.iter().map(|file| file.sha256.clone()).collect::<Vec<_>>(), ["a".repeat(64), "b".repeat(64)]);
}
