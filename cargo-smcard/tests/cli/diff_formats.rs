//! What `smcard diff` writes: for people, for a pull request, for programs.

use pulldown_cmark::{Event, Options, Parser};
use serde_json::{Value, json};

use crate::session::{Folder, REPORT, Said};

/// The card of the README, before and now.
fn readme_cards() -> Folder {
    let card = |version: &str, residual: &str, failures: u32, name: Option<&str>| {
        let mut card: Value = serde_json::from_str(REPORT).unwrap();
        card["model_details"]["version"] = json!(version);
        if let Some(name) = name {
            card["model_details"]["name"] = json!(name);
        }
        card["security_considerations"]["threats"] = json!([
            { "id": "patches", "refs": ["NISTAML.022"], "scenario": "A printed patch", "status": "Mitigated",
              "likelihood": "High", "impact": "High", "residual": residual, "evidence": ["printed-patches"] },
        ]);
        card["security_considerations"]["tests"] = json!([
            { "id": "printed-patches", "kind": "AdversarialTesting", "tool": "by hand", "date": "2026-02",
              "attempts": 200, "failures": failures },
        ]);
        card.to_string()
    };
    Folder::new()
        .file("old.json", card("2.1.0", "Low", 3, None))
        .file("new.json", card("2.2.0", "High", 9, Some("parcels")))
}

/// The block of this language in the section on `diff`.
fn block(language: &str) -> &'static str {
    let readme = include_str!("../../README.md");
    let section = readme.split_once("## `smcard diff`").unwrap().1.split("\n## ").next().unwrap();
    section.split_once(&format!("```{language}\n")).unwrap().1.split("```").next().unwrap()
}

#[test]
fn the_readme_shows_what_people_see() {
    let said = readme_cards().smcard(&["diff", "old.json", "new.json"]).ended(0);
    assert_eq!(said.out, block("text"));
    assert_eq!(said.err, "");
}

#[test]
fn the_commands_of_the_readme_work() {
    let folder = Folder::new();
    let smcard = assert_cmd::cargo::cargo_bin("smcard");
    let begin = format!(
        "set -eu; smcard() {{ '{}' \"$@\"; }}; git init -q -b main; git add card.yaml;\
         git -c user.name=a -c user.email=a@b.example commit -q -m first; cp old.yaml card.yaml\n",
        smcard.display()
    );
    folder.write("old.yaml", crate::yaml::CARD);
    folder.write("new.yaml", crate::yaml::CARD.replace("2.1.0", "2.2.0"));
    folder.write("card.yaml", crate::yaml::CARD.replace("2.1.0", "2.0.0"));
    std::fs::remove_dir(folder.path(".git")).unwrap();
    let mut shell = assert_cmd::Command::new("sh");
    let said = Said::of(shell.current_dir(folder.root()).args(["-c", &format!("{begin}{}", block("sh"))])).ended(0);
    let versions: Vec<&str> = said.out.lines().filter(|line| line.contains("`model_details.version`")).collect();
    assert_eq!(
        versions,
        [
            "  `model_details.version`: 2.1.0 → 2.2.0",
            "  `model_details.version`: 2.0.0 → 2.1.0",
            "- `model_details.version`: `2.1.0` → `2.2.0`"
        ],
        "{}",
        said.out
    );
}

#[test]
fn a_pull_request_gets_markdown() {
    let said = readme_cards().smcard(&["diff", "old.json", "new.json", "--format", "markdown"]).ended(0);
    assert_eq!(
        said.out,
        "\
## Security model card of `parcels`, `2.1.0` → `2.2.0`

2 regressions, 1 improvement, 1 other change.

### Regressions

- `residual` of threat `patches`: `Low` → `High`
- attack success of test `printed-patches`: `3 of 200 (1.50 %)` → `9 of 200 (4.50 %)`

### Improvements

- added `model_details.name`: `parcels`

### Other changes

- `model_details.version`: `2.1.0` → `2.2.0`
"
    );
    let folder = Folder::with_report();
    let said = folder.smcard(&["diff", "card.json", "card.json", "--format", "markdown"]).ended(0);
    assert_eq!(said.out, "## Security model card, `2.1.0`\n\nNo difference.\n");
}

#[test]
fn a_program_gets_one_object() {
    let said = readme_cards().smcard(&["diff", "old.json", "new.json", "--format", "json"]).ended(0);
    let mut whole: Value = serde_json::from_str(&said.out).unwrap();
    let changes = whole["changes"].take();
    assert_eq!(
        whole,
        json!({
            "version": 1,
            "old": { "file": "old.json", "name": null, "version": "2.1.0" },
            "new": { "file": "new.json", "name": "parcels", "version": "2.2.0" },
            "summary": { "regressions": 2, "improvements": 1, "changes": 1 },
            "changes": null,
        })
    );
    assert_eq!(
        changes[3],
        json!({
            "kind": "regression",
            "code": "attack-success",
            "path": "security_considerations.tests[printed-patches].failures",
            "label": "attack success of test `printed-patches`",
            "old": { "attempts": 200, "failures": 3 },
            "new": { "attempts": 200, "failures": 9 },
        })
    );
    // Its keys are those that the README lists.
    for key in whole.as_object().unwrap().keys().chain(changes[0].as_object().unwrap().keys()) {
        assert!(include_str!("../../README.md").contains(&format!("`{key}`")), "{key}");
    }
}

/// What a rating says by not being there.
#[test]
fn a_risk_that_is_not_rated_is_not_assessed() {
    let folder = readme_cards();
    let rated = folder.read("new.json");
    folder.write("new.json", rated.replace("\"residual\":\"High\",", ""));
    let said = folder.smcard(&["diff", "old.json", "new.json"]).ended(0);
    assert!(said.out.contains("`residual` of threat `patches`: Low → not assessed\n"), "{}", said.out);
}

/// Every text of a card is one that means something to a terminal or to a code host.
const HOSTILE: &str = "</code>`` ` ```\n\n# @owner #1 <img src=x onerror=alert(1)> [a](javascript:b) https://evil.example | \\| **b** &lt; \u{1b}[2J\u{202e} ::error::x";

fn hostile(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(hostile),
        Value::Object(fields) => {
            for (key, value) in fields {
                if !["status", "kind", "likelihood", "impact", "residual", "op"].contains(&key.as_str()) {
                    hostile(value);
                }
            }
        }
        Value::String(text) => *text = format!("{text} {HOSTILE}"),
        _ => {}
    }
}

#[test]
fn no_text_of_a_card_is_markup_or_drives_a_terminal() {
    let folder = readme_cards();
    let mut card: Value = serde_json::from_str(&folder.read("new.json")).unwrap();
    card["extensions"] = json!({ HOSTILE: { HOSTILE: HOSTILE } });
    hostile(&mut card);
    folder.write("new.json", card.to_string());
    for format in ["human", "markdown", "json"] {
        for arguments in [["old.json", "new.json"], ["new.json", "old.json"], ["new.json", "new.json"]] {
            let said = folder.smcard(&[&["diff", "--format", format], &arguments[..]].concat()).ended(0);
            let driving = |char: &char| char.is_control() && *char != '\n' || *char == '\u{202e}';
            assert_eq!(said.out.chars().find(driving), None, "{format}: {}", said.out);
            if format == "markdown" {
                markup(&said.out);
            }
        }
    }
}

/// Asserts that all that a card says stands in code.
fn markup(text: &str) {
    let mut in_code = 0;
    for event in Parser::new_ext(text, Options::ENABLE_GFM | Options::ENABLE_TABLES) {
        match event {
            Event::Code(code) => in_code += usize::from(code.contains("@owner")),
            Event::Text(words) => {
                let said: Vec<&str> = ["@", "#", "<", "evil", "|", "**", "onerror"]
                    .into_iter()
                    .filter(|part| words.contains(part))
                    .collect();
                assert_eq!(said, [""; 0], "{words}");
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(tag) => {
                let tag = format!("{tag:?}");
                let ours = ["Heading", "Paragraph", "List", "Item"].iter().any(|name| tag.starts_with(name));
                assert!(ours, "{tag}");
            }
            _ => {}
        }
    }
    assert!(in_code > 0 || text.contains("No difference"), "{text}");
}

#[test]
fn no_secret_is_shown_in_any_format() {
    let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
    let key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----";
    let long = "word ".repeat(80);
    let folder = Folder::with_report();
    for secret in [&token, key] {
        for text in [
            secret.to_owned(),
            format!("{long}{secret} {long}"),
            format!("{long}{secret}"),
            format!("It is said in some words: {secret}"),
        ] {
            let card = REPORT
                .replace("\"Five folds\"", &json!(text).to_string())
                .replace("\"version\"", "\"name\": \"x\", \"version\"");
            let mut card: Value = serde_json::from_str(&card).unwrap();
            let threat = json!({ "id": "t", "scenario": "s", "status": "Open" });
            let mut countered = threat.clone();
            countered["mitigations"] = json!([{ "description": text }]);
            let secret = json!({ "id": text, "scenario": text, "status": "Open", "refs": [text] });
            card["security_considerations"]["threats"] = json!([threat]);
            folder.write("card.json", card.to_string().replace(&json!(text).to_string(), "\"Five folds\""));
            card["security_considerations"]["threats"] = json!([countered, secret]);
            folder.write("secret.json", card.to_string());
            for format in ["human", "markdown", "json"] {
                for files in [["card.json", "secret.json"], ["secret.json", "card.json"]] {
                    let said = folder.smcard(&[&["diff", "--format", format], &files[..]].concat()).ended(0);
                    for part in [&token[6..13], "MIIEvQ", "BADANB"] {
                        assert!(!said.out.contains(part), "{format}\n{}", said.out);
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_long_is_shown_in_part_to_people_and_as_it_is_to_programs() {
    let words = |last: &str| format!("{}{last} {}", "same ".repeat(100), "same ".repeat(100));
    let card = |last: &str| REPORT.replace("\"Five folds\"", &json!(words(last)).to_string());
    let folder = Folder::new().file("old.json", card("one")).file("new.json", card("two"));
    let said = folder.smcard(&["diff", "old.json", "new.json"]).ended(0);
    assert!(
        said.out.contains("    - … same same same one same same same …\n    + … same same same two same same same …\n"),
        "{}",
        said.out
    );
    let said = folder.smcard(&["diff", "old.json", "new.json", "--format", "json"]).ended(0);
    let whole: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(whole["changes"][0]["new"], words("two"));
}

#[test]
fn a_comment_has_an_end() {
    let mut card: Value = serde_json::from_str(REPORT).unwrap();
    let threat = |index: usize| json!({ "id": format!("t{index}"), "scenario": "s", "status": "Open" });
    card["security_considerations"]["threats"] = (0..300).map(threat).collect();
    let folder = Folder::with_report().file("many.json", card.to_string());
    let said = folder.smcard(&["diff", "card.json", "many.json", "--format", "markdown"]).ended(0);
    assert_eq!(said.out.matches("- added threat ").count(), 100);
    assert!(said.out.contains("- and 200 more\n"), "{}", said.out);
    assert!(said.out.starts_with("## Security model card, `2.1.0`\n\n0 regressions, 300 improvements, "));

    // However long the texts and the names are.
    let long = "long ".repeat(100);
    let measure = |index: usize| json!({ "name": format!("{long}{index}"), "value": 1, "slice": long });
    card["metrics"]["measures"] = (0..300).map(measure).collect();
    card["extensions"] = json!({ "acme": (0..300).map(|index| (format!("{long}{index}"), json!(long))).collect::<serde_json::Map<_, _>>() });
    folder.write("many.json", card.to_string());
    let said = folder.smcard(&["diff", "card.json", "many.json", "--format", "markdown"]).ended(0);
    assert!(said.out.len() < 61_000 && said.out.contains(" more\n"), "{}", said.out.len());
}
