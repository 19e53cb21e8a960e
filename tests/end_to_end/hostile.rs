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
    let quoted = built.warnings().into_iter().find(|line| line.contains("`training_data` contains the placeholder"));
    assert!(quoted.is_some_and(|line| line.contains("rustc-env=EVIL")), "no finding quotes it:\n{}", built.stderr);
    assert_eq!(project.cargo(&["run"]).passed().stdout, "None\n");
}

#[test]
fn a_name_that_is_a_folder_and_a_variable_cannot_give_cargo_an_order() {
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
    let finding =
        "warning: hostile-name@1.2.3: card 1 of 2: src/card.rs:38:20: `training_data` contains the placeholder `TODO`";
    assert!(built.warnings().iter().any(|line| line.starts_with(finding)), "{}", built.stderr);
    assert_eq!(project.cargo(&["run"]).passed().stdout, "None\n");

    let out = built.out_dir("hostile-name").join("smcard");
    let entries = std::fs::read_dir(&out).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir()).count();
    assert_eq!(folders, 2, "each report stays in a folder of {}", out.display());

    project.replace("src/card.rs", "\"../../b\"", "EVIL");
    let built = project.build().failed();
    let error = "error: hostile-name@1.2.3: card 2 of 2 has the same name as card 1, or one that differs only in";
    assert!(built.stderr.contains(error) && !built.stderr.contains("EVIL=1"), "{}", built.stderr);
}

#[cfg(unix)]
#[test]
fn a_link_that_lies_where_a_copy_goes_is_not_followed() {
    use std::fs;
    use std::os::unix::fs::symlink;

    let name = "hostile-link";
    let project = Project::new(name)
        .file("elsewhere/victim.txt", "precious")
        .file("named/notes.txt", "own")
        .variable("SMCARD_OUT_DIR", "reports");
    let path = |path: &str| project.root.join(path);
    let link = |from: &str, to: &str| symlink(path(to), path(from)).expect("a link");
    // The folder that the user names may be a link; below it, nothing is followed.
    link("reports", "named");
    fs::create_dir(path("named").join(name)).expect("the folder of the package");
    let copy = format!("named/{name}/security_model_card_report.json");
    link(&copy, "elsewhere/victim.txt");
    project.build().passed();
    assert!(path(&copy).is_file() && !path(&copy).is_symlink());

    fs::remove_dir_all(path("named").join(name)).expect("removing the copy");
    link(&format!("named/{name}"), "elsewhere");
    let built = project.build().failed();
    let said = format!(": `{name}` is a symbolic link, which smcard does not follow; help: remove the link");
    assert!(built.stderr.contains(&said), "{}", built.stderr);
    assert_eq!(fs::read_to_string(path("elsewhere/victim.txt")).ok().as_deref(), Some("precious"));
    assert_eq!(fs::read_dir(path("elsewhere")).map(Iterator::count).ok(), Some(1));
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
