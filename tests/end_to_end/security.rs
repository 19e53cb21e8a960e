//! The security section in a whole project: as Rust, as JSON, with constants, and when it is wrong.

use crate::card::{Card, item, source};
use crate::project::{Built, Project};

/// The fields of a good threat, as Rust source.
const THREAT: &str =
    "id: \"a\", refs: [\"NISTAML.022\"], scenario: \"In.\", likelihood: Low, impact: High, status: Transferred";

/// Threats as Rust source, each with every kind of value that a threat holds.
fn threats(count: usize) -> String {
    let threat = |index: usize| {
        let id = format!("\"threat-{index}\"");
        let way = format!("\"Way {index} in.\"");
        let threat = THREAT.replace("\"a\"", &id).replace("\"In.\"", &way).replace("Transferred", "Accepted");
        format!(
            "            {{ {threat}, residual: Low, mitigations: [{{ ref: \"AML.M0015\", description: \"Looked at.\" }}], \
             acceptance: {{ by: \"A head\", reason: \"Small.\", expires: \"2027-01-31\" }}, evidence: [\"patches\"] }},\n"
        )
    };
    format!("[\n{}        ]", (0..count).map(threat).collect::<String>())
}

const TESTS: &str = "[{ id: \"patches\", kind: AdversarialTesting, tool: \"by hand\", date: \"2026-01-31\", \
                     result: Passed, attempts: 200, failures: 0 }]";

fn secured(threat_count: usize) -> Card {
    Card::good()
        .with("security_considerations.threats", &threats(threat_count))
        .with("security_considerations.tests", TESTS)
}

#[test]
fn a_card_with_a_thousand_threats_compiles_and_its_json_is_the_same_card() {
    let typed = Project::new("thousand-typed").card(&secured(1000)).build().passed().report("thousand-typed");
    assert_eq!(typed.matches("\"scenario\": \"Way ").count(), 1000);

    let pasted = Project::new("thousand-pasted").file("src/card.rs", &source(&typed));
    assert_eq!(pasted.build().passed().report("thousand-pasted"), typed);
}

#[test]
fn a_number_is_a_constant_that_the_code_uses_too() {
    let measures = "[{ name: \"recall\", value: RECALL, unit: \"1\", threshold: { op: AtLeast, value: LEAST }, interval: [0.8, HIGH], \
                    baseline: -1 }]";
    let card = Card::good().with("metrics.measures", measures);
    let constants = "pub const RECALL: f64 = 0.95;\npub const LEAST: f64 = 0.9;\npub const HIGH: f64 = 1.0 - 0.03;\n";
    let project = Project::new("numbers").file("src/card.rs", &format!("{constants}{}", card.source()));
    let report: String = project.build().passed().report("numbers").split_whitespace().collect();
    assert!(
        report.contains(
            r#""value":0.95,"unit":"1","interval":[0.8,0.97],"threshold":{"op":"AtLeast","value":0.9},"baseline":-1"#
        ),
        "{report}"
    );

    // The macro cannot see what a constant is; the build script can.
    project.replace("src/card.rs", "RECALL: f64 = 0.95", "RECALL: f64 = 0.85");
    let built = project.build().failed();
    assert_hook_says(&built, "numbers", "`recall` is 0.85, which misses its own threshold");
}

#[test]
fn a_word_and_a_whole_threat_may_be_constants_or_paths() {
    let card = Card::good()
        .with("security_considerations.ai_class", "CLASS")
        .with(
            "security_considerations.objectives",
            "{ availability: \"It stops.\", integrity: \"It errs.\", privacy: \"It tells.\" }",
        )
        .with("model_details.stage", "smcard::Stage::Review");
    let constant = "pub const CLASS: smcard::AiClass = smcard::AiClass::Predictive;\n";
    let project = Project::new("words").file("src/card.rs", &format!("{constant}{}", card.source()));
    let built = project.build().failed();
    assert_hook_says(&built, "words", "nothing covers supply chain, which applies to `Predictive`");
    project.replace("src/card.rs", "privacy: ", "supply_chain: \"Pinned.\", privacy: ");
    assert_eq!(project.build().passed().value("words", "model_details.stage"), "Review");
}

/// The only error of the build script is this one, at its place in the card.
#[track_caller]
fn assert_hook_says(built: &Built, package: &str, words: &str) {
    let of_hook = |line: &&&str| line.starts_with(&format!("error: {package}@1.2.3: "));
    let hook: Vec<&str> = built.errors().iter().filter(of_hook).copied().collect();
    let expected = |line: &str| line.contains(" src/card.rs:") && line.contains(&format!(": {words}; help: "));
    assert!(matches!(hook.as_slice(), [only] if expected(only)), "{}", built.stderr);
}

#[test]
fn each_mistake_in_a_threat_is_one_error_at_its_place() {
    let cases: &[(&str, &str, &str)] = &[
        ("Low", "Lo", "unknown value `Lo` for `likelihood` in `threats[0]`"),
        ("scenario:", "scenaro:", "unknown field `scenaro` in `threats[0]`"),
        ("scenario: \"In.\", ", "", "missing field `scenario` in `threats[0]`"),
        ("likelihood: Low", "likelihood: ", "`likelihood` has no value"),
        ("likelihood: Low", "likelihood", "`likelihood` has no value"),
        ("Transferred", "Open", "`a` is open and has no owner"),
        ("Transferred", "Mitigated", "`a` is mitigated, but names no mitigation"),
        ("Transferred", "Accepted", "`a` is accepted, but nobody accepted it"),
        (
            "\"NISTAML.022\"",
            "\"AML.T0045\", \"NISTAML.022\"",
            "`AML.T0045` (ML Intellectual Property Theft) in `refs[0]`",
        ),
        ("[\"NISTAML.022\"]", "\"NISTAML.022\"", "expected a list for `refs` in `threats[0]`, found a string"),
        (
            "[\"NISTAML.022\"]",
            "[\"AML.T0015\"]",
            "`a` does not say what the adversary is after; its `refs` do not decide it",
        ),
        (
            "status: Transferred",
            "status: Transferred, evidence: [\"t\"]",
            "`t` in `evidence[0]` in `threats[0]` is not a test",
        ),
        (
            "status: Transferred",
            "status: Transferred, residual: 3",
            "expected one of `Low`, `Medium`, `High` or `Critical` for `residual` in `threats[0]`, found a number",
        ),
        (
            "status: Transferred",
            "status: Transferred, mitigations: [\"Done.\"]",
            "expected a block for `mitigations[0]` in `threats[0]`",
        ),
        (
            "status: Transferred",
            "status: Transferred, mitigations: [{}]",
            "missing field `description` in `mitigations[0]`",
        ),
        ("status: Transferred", "status: Transferred, due: \"2026-02-30\"", "`due` in `threats[0]` has day 30"),
    ];
    let project = Project::new("wrong-threats");
    let mut modules = String::new();
    for (index, (from, to, _)) in cases.iter().enumerate() {
        let card =
            Card::good().with("security_considerations.threats", &format!("[{{ {} }}]", THREAT.replacen(from, to, 1)));
        modules += &format!("pub mod case_{index};\n");
        project.write(
            &format!("src/case_{index}.rs"),
            format!("use smcard::{{SecurityCard, security_card}};\n{}", item("CARD", &card.body())),
        );
    }
    project.write("src/lib.rs", modules);
    let checked = project.cargo(&["check"]).failed();
    assert_eq!(checked.errors().len(), cases.len(), "{}", checked.stderr);
    assert_eq!(checked.warnings(), [""; 0]);
    for (index, (_, _, expected)) in cases.iter().enumerate() {
        let place = format!("src/case_{index}.rs:");
        let found = checked.errors().into_iter().find(|error| error.contains(&place)).map(str::to_owned);
        assert!(
            found.as_ref().is_some_and(|error| error.starts_with(&format!("error: {expected}"))),
            "case {index}: {found:?}"
        );
    }
}
