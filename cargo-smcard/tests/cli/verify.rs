//! `smcard verify`: a report and a statement belong together, or each thing that does not is told.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::session::{Folder, REPORT, Said};

const WEIGHTS: &str = "models/v1/weights.safetensors";

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A folder with a report that names two files, one of them there, and its statement.
fn folder() -> Folder {
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    report["system"] = json!({ "components": [{
        "id": "model", "kind": "Model", "version": "2.0", "files": [
            { "path": WEIGHTS, "sha256": sha256("weights") },
            { "path": "models/tokenizer.json", "sha256": sha256("tokenizer") },
            { "path": "models/notes.txt" },
        ],
    }] });
    let folder = Folder::new().file("card.json", report.to_string()).file(WEIGHTS, "weights");
    // As the hook writes it.
    folder.smcard(&["export", "card.json", "-f", "json", "-o", "report.json"]).ended(0);
    folder.smcard(&["export", "report.json", "-f", "in-toto", "-o", "statement.json"]).ended(0);
    folder
}

fn verify(folder: &Folder) -> Said {
    folder.smcard(&["verify", "report.json", "statement.json"])
}

/// What `--format json` gives.
fn verdict(folder: &Folder, code: i32) -> Value {
    let said = folder.smcard(&["verify", "report.json", "statement.json", "--format", "json"]).ended(code);
    assert_eq!(said.err, "");
    serde_json::from_str(&said.out).unwrap()
}

/// Each problem of a verdict: its code, what it is about, what was expected and what was found.
fn problems(verdict: &Value) -> Vec<(String, String, Option<String>, Option<String>)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let of =
        |it: &Value| (text(&it["code"]).unwrap(), text(&it["at"]).unwrap(), text(&it["expected"]), text(&it["found"]));
    verdict["problems"].as_array().unwrap().iter().map(of).collect()
}

fn problem(
    code: &str,
    at: &str,
    expected: Option<&str>,
    found: Option<&str>,
) -> (String, String, Option<String>, Option<String>) {
    (code.to_owned(), at.to_owned(), expected.map(str::to_owned), found.map(str::to_owned))
}

/// Changes the statement.
fn edit(folder: &Folder, change: impl FnOnce(&mut Value)) {
    let mut statement: Value = serde_json::from_str(&folder.read("statement.json")).unwrap();
    change(&mut statement);
    folder.write("statement.json", statement.to_string());
}

#[test]
fn a_report_and_its_statement_belong_together_and_what_was_not_checked_is_said() {
    let folder = folder();
    let said = verify(&folder).ended(0);
    let digest = sha256(folder.read("report.json"));
    assert_eq!(said.err, "");
    assert_eq!(
        said.out,
        format!(
            "`report.json` and `statement.json` belong together\n  \
             report     SHA-256 {digest}\n  \
             card       2.1.0\n  \
             files      1 as stated, 1 not checked\n  \
             unchecked  `models/tokenizer.json` is not in `.`\n  \
             signatures none: the statement is not signed\n"
        )
    );
    let verdict = verdict(&folder, 0);
    assert_eq!((&verdict["version"], &verdict["belong_together"]), (&json!(1), &json!(true)));
    assert_eq!(verdict["report"], json!({ "file": "report.json", "sha256": digest }));
    assert_eq!(verdict["statement"]["signatures_checked"], json!(false));
    assert_eq!(
        verdict["files"],
        json!([
            { "name": WEIGHTS, "state": "as-stated" },
            { "name": "models/tokenizer.json", "state": "unchecked" },
        ])
    );
    // The report is somewhere else, as it is in the folder of a build.
    folder.write("target/report.json", folder.read("report.json"));
    let said = folder.smcard(&["verify", "target/report.json", "statement.json"]).ended(0);
    assert!(said.out.contains("  files      2 not checked\n"), "{}", said.out);
    let said = folder.smcard(&["verify", "target/report.json", "statement.json", "--root", "."]).ended(0);
    assert!(said.out.contains("  files      1 as stated, 1 not checked\n"), "{}", said.out);
}

#[test]
fn one_byte_of_a_file_is_told_with_what_was_expected_and_found() {
    let folder = folder().file(WEIGHTS, "weightz").file("models/tokenizer.json", "tokenizer");
    let said = verify(&folder).ended(1);
    let (expected, found) = (sha256("weights"), sha256("weightz"));
    assert_eq!(
        said.err,
        format!("error: `{WEIGHTS}` is not the one of the statement: expected `{expected}`, found `{found}`\n")
    );
    assert!(said.out.starts_with("`report.json` and `statement.json` do not belong together\n"), "{}", said.out);
    assert!(said.out.contains("  files      1 as stated, 1 with another digest\n"), "{}", said.out);
    assert_eq!(problems(&verdict(&folder, 1)), [problem("file-differs", WEIGHTS, Some(&expected), Some(&found))]);
}

#[test]
fn one_byte_of_the_report_is_told_by_its_digest_and_by_what_it_changed() {
    let folder = folder();
    let before = folder.read("report.json");
    let after = before.replacen("Five folds", "Nine folds", 1);
    folder.write("report.json", &after);
    let digests = problem("report-differs", "report", Some(&sha256(&before)), Some(&sha256(&after)));
    let field = "predicate.card.metrics.variation_approaches";
    assert_eq!(
        problems(&verdict(&folder, 1)),
        [digests, problem("card-differs", field, Some("Nine folds"), Some("Five folds"))]
    );
    // A byte that means nothing still makes another report.
    folder.write("report.json", format!("{before}\n"));
    let told = problems(&verdict(&folder, 1));
    assert_eq!(
        told,
        [problem("report-differs", "report", Some(&sha256(&before)), Some(&sha256(format!("{before}\n"))))]
    );
    // One that makes it no card at all.
    for broken in [before.replacen('{', "[", 1).into_bytes(), [before.as_bytes(), b"\xff"].concat(), Vec::new()] {
        folder.write("report.json", &broken);
        let told = problems(&verdict(&folder, 1));
        assert_eq!(told[0], problem("report-differs", "report", Some(&sha256(&before)), Some(&sha256(&broken))));
        assert_eq!((told[1].0.as_str(), told.len()), ("report-invalid", 2), "{told:?}");
    }
}

#[test]
fn what_is_changed_in_the_statement_is_told_all_at_once() {
    let folder = folder();
    let digest = sha256(folder.read("report.json"));
    edit(&folder, |statement| {
        statement["_type"] = json!("https://in-toto.io/Statement/v0.1");
        statement["predicateType"] = json!("https://slsa.dev/provenance/v1");
        statement["subject"][0]["digest"]["sha256"] = json!("0".repeat(64));
        statement["subject"][1]["digest"]["sha256"] = json!("1".repeat(64));
        statement["subject"][2]["name"] = json!("models/other.json");
        statement["predicate"]["card"]["model_details"]["version"] = json!("2.0.1");
        statement["predicate"]["card"]["training_data"] = Value::Null;
        statement["predicate"]["card"]["extra"] = json!({ "a": 1 });
    });
    assert_eq!(
        problems(&verdict(&folder, 1)),
        [
            problem(
                "statement-type",
                "_type",
                Some("https://in-toto.io/Statement/v1"),
                Some("https://in-toto.io/Statement/v0.1")
            ),
            problem(
                "predicate-type",
                "predicateType",
                Some(smcard_export::in_toto::PREDICATE_V1),
                Some("https://slsa.dev/provenance/v1")
            ),
            problem("report-differs", "report", Some(&"0".repeat(64)), Some(&digest)),
            problem("card-differs", "predicate.card.model_details.version", Some("2.1.0"), Some("2.0.1")),
            problem(
                "card-differs",
                "predicate.card.training_data",
                Some(serde_json::from_str::<Value>(REPORT).unwrap()["training_data"].as_str().unwrap()),
                Some("null")
            ),
            problem("card-differs", "predicate.card.extra", Some("nothing"), Some("{\"a\":1}")),
            problem("subject-differs", WEIGHTS, Some(&sha256("weights")), Some(&"1".repeat(64))),
            problem("subject-missing", "models/tokenizer.json", None, None),
            problem("subject-unknown", "models/other.json", None, None),
            problem("file-differs", WEIGHTS, Some(&"1".repeat(64)), Some(&sha256("weights"))),
        ]
    );
    let said = verify(&folder).ended(1);
    assert_eq!(said.err.lines().count(), 10, "{}", said.err);
    assert!(said.err.lines().all(|line| line.starts_with("error: ")), "{}", said.err);
}

#[test]
fn a_statement_without_its_parts_is_told_what_is_missing() {
    let folder = folder();
    edit(&folder, |statement| {
        *statement = json!({ "_type": statement["_type"], "predicateType": statement["predicateType"], "subject": 1 });
    });
    let told: Vec<String> = problems(&verdict(&folder, 1)).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(told, ["report-missing", "card-missing", "subject-missing", "subject-missing"]);
}

#[test]
fn no_name_of_a_statement_leads_out_of_the_folder() {
    let folder = folder().file("outside.bin", "outside");
    let inside = folder.path("package");
    std::fs::create_dir(&inside).unwrap();
    let hostile = ["../outside.bin", "/etc/hostname", "a/../../outside.bin", "", "..", "c:\\x", "models\\..\\x"];
    edit(&folder, |statement| {
        let subjects = statement["subject"].as_array_mut().unwrap();
        // With the digest of what is there, so that it is not another digest that keeps them apart.
        subjects.extend(hostile.map(|name| json!({ "name": name, "digest": { "sha256": sha256("outside") } })));
    });
    let said = folder.smcard(&["verify", "report.json", "statement.json", "--root", "package", "--format", "json"]);
    let verdict: Value = serde_json::from_str(&said.ended(1).out).unwrap();
    for name in hostile {
        let shown = smcard_core::source::visible(name);
        let refused = problem("file-refused", &shown, None, None);
        assert!(problems(&verdict).contains(&refused), "{name}: {verdict:#}");
    }
    assert!(verdict["files"].as_array().unwrap().iter().all(|file| file["state"] != "as-stated"), "{verdict:#}");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_only_within_the_folder_and_a_pipe_is_not_opened() {
    use std::os::unix::fs::symlink;

    let folder = folder();
    folder.write("elsewhere/weights", "weights");
    folder.write("package/real/weights", "weights");
    std::fs::create_dir_all(folder.path("package/models")).unwrap();
    let run = |folder: &Folder| {
        let arguments = ["verify", "report.json", "statement.json", "--root", "package", "--format", "json"];
        let said = folder.smcard(&arguments);
        (said.code, serde_json::from_str::<Value>(&said.out).unwrap()["files"].clone())
    };
    let files = |weights: &str| json!([{ "name": WEIGHTS, "state": weights }, { "name": "models/tokenizer.json", "state": "unchecked" }]);
    symlink("../real", folder.path("package/models/v1")).unwrap();
    folder.write("package/real/weights.safetensors", "weights");
    assert_eq!(run(&folder), (0, files("as-stated")));
    std::fs::remove_file(folder.path("package/real/weights.safetensors")).unwrap();
    symlink("../../elsewhere/weights", folder.path("package/real/weights.safetensors")).unwrap();
    assert_eq!(run(&folder), (1, files("refused")), "a link out of the folder");
    std::fs::remove_file(folder.path("package/real/weights.safetensors")).unwrap();
    symlink("nowhere", folder.path("package/real/weights.safetensors")).unwrap();
    assert_eq!(run(&folder), (0, files("unchecked")), "a link to nothing");
    std::fs::remove_file(folder.path("package/real/weights.safetensors")).unwrap();
    nix::unistd::mkfifo(&folder.path("package/real/weights.safetensors"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    assert_eq!(run(&folder), (1, files("refused")), "a pipe");
    let pipe = folder.smcard(&["verify", "package/real/weights.safetensors", "statement.json"]).ended(2);
    assert_eq!(pipe.err, "error: `package/real/weights.safetensors` is not a regular file\n");
}

#[test]
fn an_envelope_and_a_bundle_are_opened_and_their_signatures_are_not_checked() {
    let folder = folder();
    let statement = folder.read("statement.json");
    let envelope = |payload: String| {
        json!({
            "payloadType": "application/vnd.in-toto+json", "payload": payload,
            "signatures": [{ "sig": "bm8gc2lnbmF0dXJl" }],
        })
    };
    let dsse = envelope(Base64::encode_string(statement.as_bytes()));
    let url = envelope(Base64UrlUnpadded::encode_string(statement.as_bytes()));
    let bundle = json!({
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {}, "dsseEnvelope": dsse,
    });
    for (wrapped, kind) in [(&dsse, "dsse"), (&url, "dsse"), (&bundle, "sigstore-bundle")] {
        folder.write("statement.json", wrapped.to_string());
        let verdict = verdict(&folder, 0);
        assert_eq!(verdict["statement"]["envelope"], kind);
        assert_eq!(
            (&verdict["statement"]["signatures"], &verdict["statement"]["signatures_checked"]),
            (&json!(1), &json!(false))
        );
        let said = verify(&folder).ended(0);
        assert!(
            said.out.ends_with("  signatures 1, not checked: `cosign verify-blob-attestation` does that\n"),
            "{}",
            said.out
        );
    }
    let changed = envelope(Base64::encode_string(statement.replacen("Five folds", "Nine folds", 1).as_bytes()));
    folder.write("statement.json", changed.to_string());
    let field = "predicate.card.metrics.variation_approaches";
    assert_eq!(
        problems(&verdict(&folder, 1)),
        [problem("card-differs", field, Some("Five folds"), Some("Nine folds"))]
    );
}

#[test]
fn what_is_no_statement_is_told_and_ends_with_2() {
    let folder = folder();
    let statement = folder.read("statement.json");
    let twice = statement.replacen("\"subject\":", "\"subject\": [], \"subject\":", 1);
    let dsse = |kind: &str, payload: &str| json!({ "payloadType": kind, "payload": payload }).to_string();
    for (text, why) in [
        ("", "not JSON: "),
        ("[]", "it has no `_type`"),
        ("{\"bomFormat\": \"CycloneDX\"}", "it has no `_type`"),
        (&twice, "not JSON: a key stands twice"),
        (&"[".repeat(10_000), "not JSON: recursion limit"),
        (&dsse("text/plain", "e30="), "the envelope holds `text/plain`; expected `application/vnd.in-toto+json`"),
        (&dsse("application/vnd.in-toto+json", "e30*"), "the payload of the envelope is not base64"),
        (&dsse("application/vnd.in-toto+json", "e30="), "it has no `_type`"),
        ("{\"messageSignature\": {}}", "the bundle holds a signature of a file, and no statement"),
    ] {
        folder.write("statement.json", text);
        let said = verify(&folder).ended(2);
        let begins = format!("error: `statement.json` is no statement: {why}");
        assert!(said.err.starts_with(&begins) && said.out.is_empty(), "{why}: {}", said.err);
    }
    folder.write("statement.json", statement);
    folder.smcard(&["verify", "report.json", "none.json"]).ended(2);
    folder.smcard(&["verify", "none.json", "statement.json"]).ended(2);
    let said = folder.smcard(&["verify", "report.json", "statement.json", "--root", "none"]).ended(2);
    assert_eq!(said.err, "error: there is no folder `none`\n");
    // Sparse: nothing of it is on the disk.
    std::fs::File::create(folder.path("large.json")).unwrap().set_len(65 * 1024 * 1024).unwrap();
    let said = folder.smcard(&["verify", "report.json", "large.json"]).ended(2);
    assert_eq!(said.err, "error: `large.json` has more than 67108864 bytes\n");
    let said = folder.smcard(&["verify", "large.json", "statement.json"]).ended(2);
    assert_eq!(said.err, "error: `large.json` has more than 16777216 bytes\n");
}

#[test]
fn nothing_of_a_statement_reaches_the_terminal_as_it_stands() {
    let folder = folder();
    edit(&folder, |statement| {
        statement["predicate"]["card"]["model_details"]["name"] = json!("\u{1b}]0;title\u{7}");
        statement["predicate"]["card"]["\u{1b}[2J"] = json!("x");
        statement["subject"][2]["name"] = json!("\u{202e}txt.\u{1b}[31m");
    });
    let said = verify(&folder).ended(1);
    for text in [said.err, said.out] {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    }
}

#[test]
fn more_problems_than_anybody_reads_are_counted() {
    let folder = folder();
    edit(&folder, |statement| {
        let more = (0..500).map(|number| json!({ "name": format!("more/{number}"), "digest": {} }));
        statement["subject"].as_array_mut().unwrap().extend(more);
    });
    let verdict = verdict(&folder, 1);
    assert_eq!((verdict["problems"].as_array().unwrap().len(), &verdict["omitted"]), (100, &json!(400)));
    let said = verify(&folder).ended(1);
    assert!(said.err.ends_with("error: and 400 more\n"), "{}", said.err);
}

#[test]
fn the_commands_of_the_page_on_signing_work_in_the_order_in_which_they_are_shown() {
    let page = include_str!("../../../docs/signing.md");
    let folder = folder();
    let yaml = folder.smcard(&["export", "report.json", "-f", "yaml"]).ended(0).out;
    folder.write("card.yaml", yaml);
    let blocks: Vec<&str> = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let ours = blocks.iter().filter(|block| block.starts_with("smcard ")).copied().collect::<String>();
    assert_eq!(ours.lines().count(), 3, "{ours}");
    // What cosign would make of the statement, and what git would say.
    let others = "git() { echo 3f2a9c1; }; cosign() { printf '{\"dsseEnvelope\":{\"payloadType\":\"application/vnd.in-toto+json\",\
                  \"payload\":\"%s\"}}' \"$(base64 -w0 \"$3\")\" > \"$5\"; }";
    let sign = blocks.iter().find(|block| block.starts_with("cosign attest-blob --statement ")).unwrap();
    let script = ours.replacen("smcard verify", &format!("{sign}smcard verify"), 1);
    let smcard = assert_cmd::cargo::cargo_bin("smcard");
    let script = format!("set -eu; smcard() {{ '{}' \"$@\"; }}\n{others}\n{script}", smcard.display());
    let said = Said::of(assert_cmd::Command::new("sh").current_dir(folder.root()).args(["-c", &script])).ended(0);
    assert!(said.out.contains("belong together\n"), "{}", said.out);
    assert!(folder.read("report.intoto.json").contains("\"revision\": \"3f2a9c1\""));
    assert!(page.contains(&format!("--type {} ", smcard_export::in_toto::PREDICATE_V1)));
}

#[test]
fn the_readme_names_every_code_and_state() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("\n## `smcard verify`").unwrap();
    let sources = [
        include_str!("../../src/verify/compare.rs"),
        include_str!("../../src/verify/files.rs"),
        include_str!("../../src/verify/problem.rs"),
    ];
    let mut codes = 0;
    for text in sources.concat().split('"') {
        let begins = ["statement-", "predicate-", "report-", "card-", "subject-", "file-"];
        if begins.iter().any(|begin| text.starts_with(begin)) && !text.contains(' ') {
            assert!(section.contains(&format!("`{text}`")), "{text} is not in the README");
            codes += 1;
        }
    }
    assert!(codes >= 10, "{codes}");
}
