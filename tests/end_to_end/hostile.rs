//! A card's text is data: whatever it says, it is no word to cargo.

use crate::card::{Card, IMPORTS};
use crate::project::Project;

/// Words that set a variable of the build, where they stand on a line of their own.
const DIRECTIVES: &str = "x>\\ncargo::rustc-env=EVIL=1\\r\\ncargo:rustc-env=EVIL=1\\u{2028}cargo::rustc-env=EVIL=1\\n";

/// A program that says whether they were obeyed.
const MAIN: &str = "fn main() {\n    println!(\"{:?}\", option_env!(\"EVIL\"));\n}\n";

/// Findings that quote the card are warnings, so that the build goes on and would obey.
const POLICY: &str = "[level]\nplaceholder = \"warning\"\ncontrol-characters = \"allow\"\n";

#[test]
fn a_text_that_a_finding_quotes_cannot_give_cargo_an_order() {
    let evil = format!("const EVIL: &str = \"<{DIRECTIVES}>\";\n\n");
    let card = Card::good().with("training_data", "EVIL");
    let project = Project::new("hostile-text")
        .file("src/card.rs", &format!("{IMPORTS}{evil}{}", card.item("CARD")))
        .file("smcard.toml", POLICY)
        .file("src/main.rs", MAIN);

    let built = project.build().passed();
    let quoted = built.warnings().into_iter().find(|line| line.contains("`training_data` holds the placeholder"));
    assert!(quoted.is_some_and(|line| line.contains("rustc-env=EVIL")), "no finding quotes it:\n{}", built.stderr);
    assert_eq!(project.cargo(&["run"]).passed().stdout, "None\n");
}

#[test]
fn a_name_that_stands_before_findings_and_in_variables_cannot_give_cargo_an_order() {
    let evil = format!("const EVIL: &str = \"a{DIRECTIVES}\";\nconst BAD: &str = concat!(\"TO\", \"DO\");\n\n");
    let first = Card::good().with("model_details.name", "EVIL").with("training_data", "BAD").item("FIRST");
    let second = Card::good().text("model_details.name", "../../b").item("SECOND");
    let script = "#[path = \"src/card.rs\"]\nmod card;\n\nfn main() {\n    \
                  smcard::build::Build::new().card(&card::FIRST).card(&card::SECOND).emit();\n}\n";
    let project = Project::new("hostile-name")
        .file("src/card.rs", &format!("{IMPORTS}{evil}{first}\n{second}"))
        .file("smcard.toml", POLICY)
        .file("build.rs", script)
        .file("src/main.rs", MAIN);

    let built = project.build().passed();
    let quoted = built.warnings().into_iter().find(|line| line.contains("`training_data` holds the placeholder"));
    assert!(quoted.is_some_and(|line| line.contains("rustc-env=EVIL")), "no finding quotes it:\n{}", built.stderr);
    assert_eq!(project.cargo(&["run"]).passed().stdout, "None\n");

    let out = built.out_dir("hostile-name").join("smcard");
    let folders = std::fs::read_dir(&out).map(|entries| entries.flatten().count()).ok();
    assert_eq!(folders, Some(2), "each report stays in a folder of {}", out.display());

    // Two of one name: the error quotes the name as well.
    project.replace("src/card.rs", "\"../../b\"", "EVIL");
    let built = project.build().failed();
    let error = "error: hostile-name@1.2.3: two cards have the name `ax>\\ncargo::rustc-env=EVIL=1";
    assert!(built.stderr.contains(error), "{}", built.stderr);
}

#[test]
fn a_secret_is_refused_and_never_shown() {
    let halves = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"];
    let token = halves.concat();
    let card = Card::good().text("security_considerations.security_testing", &format!("Run with {token} as a token."));
    let project = Project::new("hostile-secret").card(&card);
    let built = project.build().failed();
    assert!(built.only_error().contains("code: secret-in-card"), "{}", built.stderr);

    let [first, second] = halves;
    let expression = format!("concat!(\"Run with \", \"{first}\", \"{second}\")");
    let card = Card::good().with("security_considerations.security_testing", &expression);
    project.write("src/card.rs", card.source());
    let built = project.build().failed();
    assert!(built.stderr.contains("[secret-in-card]"), "{}", built.stderr);
    assert!(!built.stderr.contains(&token), "{}", built.stderr);
}
