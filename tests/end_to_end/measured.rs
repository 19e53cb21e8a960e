//! The feature `evidence`: files and reports that the build measures, and what it refuses.

#![allow(clippy::expect_used, clippy::panic, reason = "what a test cannot set up ends that test")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::card::Card;
use crate::project::{Built, Project, SMCARD};

/// A model of two numbers.
const MODEL: &[u8] =
    b"\x40\0\0\0\0\0\0\0{\"head\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}       \0\0\0\0\0\0\x80\x3f";
const MODEL_SHA256: &str = "500fe07994cdce15260a7ed917f8227a9d1e9844941225240cb5f5ff3163b60d";

/// The feature of the build script.
const EVIDENCE: &str = "\"evidence\"";

/// Three cases: one passes, one fails, one is skipped.
const REPORT: &str = "<testsuite name=\"patches\"><testcase name=\"a\"/><testcase name=\"b\"><failure/></testcase>\
                      <testcase name=\"c\"><skipped/></testcase></testsuite>\n";
const REPORT_SHA256: &str = "b3e9df754c5c340d5cbe22e5c7b316121be381816153b1597ca147c20250bad3";

/// A card that names the model and the report, and says what they bear out.
fn card(name: &str) -> Card {
    Card::good()
        .with("model_details.name", &format!("{name:?}"))
        .with(
            "security_considerations.tests",
            &format!(
                "[{{ id: \"patches\", kind: AdversarialTesting, tool: \"pytest\", date: \"2026-09\", attempts: 2, failures: 1, \
                 report: \"reports/patches.xml\", report_sha256: \"{REPORT_SHA256}\" }}]"
            ),
        )
        .with(
            "system.components",
            &format!(
                "[{{ id: \"detector\", kind: Model, files: [{{ path: \"models/head.safetensors\", sha256: \"{MODEL_SHA256}\" }}] }}]"
            ),
        )
}

/// A project whose build script measures.
fn project(name: &str) -> Project {
    let project = Project::new(name).card(&card(name));
    project.write("models/head.safetensors", MODEL);
    project.write("reports/patches.xml", REPORT);
    with_features(&project, EVIDENCE);
    project
}

/// Turns features on for the build script.
fn with_features(project: &Project, features: &str) {
    let manifest = fs::read_to_string(project.root.join("Cargo.toml")).expect("the manifest");
    let (before, after) = manifest.split_once("[build-dependencies]").expect("build dependencies");
    let plain = format!("smcard = {{ path = '{SMCARD}' }}");
    let with = after.replace(&plain, &format!("smcard = {{ path = '{SMCARD}', features = [{features}] }}"));
    project.write("Cargo.toml", format!("{before}[build-dependencies]{with}"));
}

/// The errors that smcard tells of; cargo has one of its own.
fn told(built: &Built) -> Vec<&str> {
    built.errors().into_iter().filter(|error| !error.contains("build script logged errors")).collect()
}

/// The only one.
#[track_caller]
fn only(built: &Built) -> &str {
    match told(built).as_slice() {
        [error] => error,
        errors => panic!("{} errors in place of one:\n{}", errors.len(), built.stderr),
    }
}

/// The same file with one byte changed.
fn tampered(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    *bytes.last_mut().expect("a file that is not empty") ^= 1;
    bytes
}

#[test]
fn what_was_measured_stands_beside_what_is_claimed_and_one_changed_byte_or_count_fails_the_build() {
    let name = "measured-files";
    let project = project(name);
    let built = project.build().passed();
    let report: Value = serde_json::from_str(&built.report(name)).expect("JSON");
    assert_eq!(
        report["measured"],
        json!({
            "files": [{
                "component": "detector", "path": "models/head.safetensors", "sha256": MODEL_SHA256, "size": 80,
                "format": "safetensors", "tensors": 1, "parameters": 2, "dtypes": ["F32"],
            }],
            "reports": [{
                "test": "patches", "path": "reports/patches.xml", "sha256": REPORT_SHA256, "size": REPORT.len(),
                "format": "JUnit", "attempts": 2, "passes": 1, "failures": 1, "errors": 0, "skips": 1,
            }],
        })
    );
    assert_eq!(report["system"]["components"][0]["files"][0]["sha256"], MODEL_SHA256, "the claim stays");
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);

    // Nothing is read again until a file changes.
    let again = project.cargo(&["build", "--verbose"]).passed();
    assert!(again.stderr.contains(&format!("Fresh {name} v1.2.3")), "{}", again.stderr);

    for (file, whole, expected) in
        [("models/head.safetensors", MODEL, MODEL_SHA256), ("reports/patches.xml", REPORT.as_bytes(), REPORT_SHA256)]
    {
        let mut changed = tampered(whole);
        if file.ends_with("xml") {
            // As another line break, the report says what it said.
            *changed.last_mut().expect("a byte") = b' ';
        }
        project.write(file, changed);
        let failed = project.build().failed();
        let error = only(&failed);
        assert!(error.contains(&format!("`{file}`")) && error.contains("[digest-mismatch]"), "{error}");
        assert!(error.contains(&format!("expected SHA-256 {expected}, found ")), "{error}");
        assert!(!built.report_file(name).exists(), "no report of an earlier build looks like this one's");
        project.write(file, whole);
        project.build().passed();
    }

    project.replace("src/card.rs", "failures: 1", "failures: 0");
    let failed = project.build().failed();
    let error = only(&failed);
    for part in [
        "`reports/patches.xml` does not bear out `failures` of `patches`: expected 0, found 1",
        "the report counts 1 pass, 1 failure, 0 errors and 1 skip",
        "[count-mismatch]",
    ] {
        assert!(error.contains(part), "{error}");
    }
    // What was skipped is no attempt.
    project.replace("src/card.rs", "failures: 0", "failures: 1");
    project.replace("src/card.rs", "attempts: 2", "attempts: 3");
    let failed = project.build().failed();
    assert!(only(&failed).contains("`attempts` of `patches`: expected 3, found 2"), "{}", failed.stderr);
}

#[test]
fn a_file_that_is_missing_leads_out_or_is_forbidden_fails_the_build() {
    let name = "measured-refused";
    let project = project(name).file("smcard.toml", "");
    let model = project.root.join("models/head.safetensors");
    fs::remove_file(&model).expect("removing the model");
    let failed = project.build().failed();
    assert!(
        only(&failed)
            .contains("`models/head.safetensors` of the component `detector` cannot be read: there is no such file"),
        "{}",
        failed.stderr
    );
    project.write("../elsewhere.safetensors", MODEL);
    link(&project.root.join("../elsewhere.safetensors"), &model);
    let failed = project.build().failed();
    assert!(only(&failed).contains("[path-outside-package]"), "{}", failed.stderr);

    fs::remove_file(&model).expect("removing the link");
    project.write("models/head.safetensors", b"cos\nsystem\n(S'id'\ntR.");
    project.write("smcard.toml", "[files]\nforbid = [\"pickle\"]\n[level]\ndigest-mismatch = \"allow\"\n");
    let failed = project.build().failed();
    let errors = told(&failed).join("");
    for part in [
        "is dangerous to load: imports `os.system`",
        "ends in `.safetensors`: expected safetensors, found pickle",
        "is of the format `pickle`, and the policy forbids `pickle`",
        "forbidden by smcard.toml:2",
    ] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
    assert_eq!(told(&failed).len(), 3, "{errors}");
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) {
    std::os::unix::fs::symlink(to, at).expect("a link");
}

#[cfg(windows)]
fn link(to: &Path, at: &Path) {
    std::os::windows::fs::symlink_file(to, at).expect("a link");
}

#[test]
fn without_the_feature_the_build_says_what_to_write_and_a_card_without_files_is_the_same_to_the_byte() {
    let name = "measured-off";
    let project = Project::new(name);
    let plain = project.build().passed().report(name);
    with_features(&project, EVIDENCE);
    let measured = project.build().passed();
    assert_eq!(measured.report(name), plain);
    assert!(!measured.stderr.contains("warning"), "{}", measured.stderr);

    // A pasted report says what somebody measured once: a claim, which is not emitted.
    let pasted = card(name).with("measured", "{ files: [{ path: \"models/head.safetensors\", sha256: \"00\" }] }");
    let project = Project::new("measured-not").card(&pasted).file("smcard.toml", "");
    let built = project.build().passed();
    let warnings = built.warnings();
    let says = warnings.iter().find(|warning| warning.contains("[not-measured]")).expect("a warning");
    assert!(says.contains("the card names `models/head.safetensors` and 1 more file"), "{says}");
    assert!(says.contains("features = [\"evidence\"]"), "{says}");
    assert!(!built.report("measured-not").contains("\"measured\""));

    project.write("smcard.toml", "[evidence]\nmax_unjudged_rate = 0.1\n");
    let failed = project.build().failed();
    assert!(only(&failed).contains("smcard.toml:2 asks for what only a measured file can show"), "{}", failed.stderr);
}

#[test]
fn what_was_measured_reaches_what_is_exported() {
    let name = "measured-exported";
    let project = project(name).file("smcard.toml", "[emit]\nformats = [\"in-toto\", \"html\"]\n");
    // Nothing is pinned: what was measured is all that is known.
    project.replace("src/card.rs", &format!(", sha256: \"{MODEL_SHA256}\""), "");
    project.write("Cargo.toml", crate::project::manifest(name) + "[workspace]\n");
    with_features(&project, "\"evidence\", \"export\"");
    let built = project.build().passed();
    let beside = |end: &str| {
        let file = built.report_file(name).with_file_name(format!("security_model_card_report.{end}"));
        fs::read_to_string(file).expect("an export beside the report")
    };
    let statement: Value = serde_json::from_str(&beside("intoto.json")).expect("JSON");
    let subjects = statement["subject"].as_array().expect("subjects");
    let named = |name: &str| subjects.iter().find(|subject| subject["name"] == name).map(|it| &it["digest"]["sha256"]);
    assert_eq!(named("models/head.safetensors"), Some(&json!(MODEL_SHA256)));
    assert_eq!(named("reports/patches.xml"), Some(&json!(REPORT_SHA256)));
    assert!(beside("html").contains("Measured by the build"));
}
