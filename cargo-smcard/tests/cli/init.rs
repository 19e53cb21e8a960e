//! Cards that are set up without a question.

use std::fs;

use crate::packages::{repository, smcard};
use crate::session::{Folder, REPORT, Said};
use crate::yaml::CARD;

const MANIFEST: &str = "# Ours.\n[package]\nname = \"parcels\" # sorts\nversion = \"2.1.0\"\nedition = \"2024\"\n";

fn package() -> Folder {
    package_of("parcels")
}

/// A package without a card; of those that are built each has a name of its own, since they are built in one folder.
fn package_of(name: &str) -> Folder {
    Folder::new()
        .file("Cargo.toml", MANIFEST.replace("parcels", name))
        .file("Cargo.lock", fs::read_to_string(repository().join("Cargo.lock")).unwrap())
        .file("src/lib.rs", "")
}

/// `smcard init` with smcard from this checkout.
fn init(folder: &Folder, arguments: &[&str]) -> Said {
    let source = format!("path = \"{}\"", repository().display());
    folder.smcard(&[&["init", "--smcard", &source], arguments].concat())
}

/// All that is in a folder, with what it holds.
fn files(folder: &Folder) -> Vec<(String, String)> {
    let mut open = vec![folder.root().to_owned()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder.root()).unwrap().display().to_string();
                files.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_package_gets_a_card_a_dependency_and_a_build_script() {
    let folder = package_of("begun");
    let said = init(&folder, &[]).ended(0);
    assert_eq!(said.out, "");
    for line in [
        "--- /dev/null\n+++ src/card.rs\n",
        "--- Cargo.toml\n+++ Cargo.toml\n",
        "+[build-dependencies]\n+smcard = { path = ",
        "--- /dev/null\n+++ build.rs\n",
        "wrote src/card.rs\nwrote Cargo.toml\nwrote build.rs\n27 required fields are open; comments in the card name each\n",
    ] {
        assert!(said.err.contains(line), "{line}\n{}", said.err);
    }
    assert!(folder.read("Cargo.toml").starts_with(&MANIFEST.replace("parcels", "begun")));
    let card = folder.read("src/card.rs");
    let comment = "    // model_details.developer is open: The person or organization that developed the model\n";
    assert!(card.contains(comment), "{card}");

    // The compiler names what is open.
    let said = smcard(folder.root(), &["build"]).ended(101);
    assert!(said.err.contains("\n                 developer: \"…\",\n"), "{}", said.err);
}

#[test]
fn a_card_that_is_taken_over_builds_beside_a_build_script_of_ones_own() {
    let script = "use std::env;\n\n// Ours.\nfn main() -> Result<(), env::VarError> {\n    println!(\"cargo::rustc-env=WHO={}\", env::var(\"HOST\")?);\n    Ok(())\n}\n";
    let folder = package_of("taken-over").file("build.rs", script).file("old.json", REPORT);
    let said = init(&folder, &["--from", "old.json"]).ended(0);
    assert!(said.err.contains("note: cargo no longer runs build.rs after every change"), "{}", said.err);
    let expected = "use std::env;\n\n#[path = \"src/card.rs\"]\nmod card;\n\n// Ours.\nfn main() -> Result<(), env::VarError> {\n    smcard::build::emit(&card::CARD);\n    println!(";
    assert!(folder.read("build.rs").starts_with(expected), "{}", folder.read("build.rs"));
    folder.write("src/lib.rs", "pub const WHO: &str = env!(\"WHO\");\n");
    let said = smcard(folder.root(), &["build"]).ended(0);
    let report = said.out.lines().nth(1).and_then(|line| line.split_whitespace().last()).unwrap();
    assert_eq!(fs::read_to_string(report).unwrap(), REPORT);
}

#[test]
fn a_dry_run_writes_nothing() {
    for arguments in [["--dry-run"].as_slice(), &["--dry-run", "--from", "old.json"]] {
        let folder = package().file("old.json", REPORT).file("build.rs", "fn main() {}\n");
        let before = files(&folder);
        let said = init(&folder, arguments).ended(0);
        assert!(said.err.contains("+++ src/card.rs") && said.err.contains("nothing is written"), "{}", said.err);
        assert_eq!(files(&folder), before);
    }
    let folder = Folder::new();
    folder.smcard(&["init", "--yaml", "--dry-run"]).ended(0);
    assert_eq!(files(&folder), []);
}

#[test]
fn a_card_that_is_there_is_never_overwritten() {
    let folder = package().file("src/card.rs", "// mine\n").file("card.yaml", "mine: 1\n").file("card.json", "{}");
    let before = files(&folder);
    for (arguments, name) in [
        (["init", "--yes"].as_slice(), "src/card.rs"),
        (&["init", "--yaml", "--yes"], "card.yaml"),
        (&["init", "--json", "card.json"], "card.json"),
    ] {
        let said = folder.smcard(arguments).ended(2);
        assert!(said.err.starts_with(&format!("error: there is a `{name}` already\nhelp: ")), "{}", said.err);
    }
    assert_eq!(files(&folder), before);
    init(&folder, &["--card", "src/model_card.rs"]).ended(0);
    assert!(folder.read("build.rs").contains("#[path = \"src/model_card.rs\"]\nmod card;\n"));
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_to_what_it_would_overwrite() {
    let folder = package();
    std::os::unix::fs::symlink("../elsewhere.rs", folder.path("src/card.rs")).unwrap();
    init(&folder, &[]).ended(2);
    assert!(!folder.path("elsewhere.rs").exists());
}

#[test]
fn a_build_script_that_cannot_be_understood_is_left_to_people() {
    let script = "#[tokio::main]\nasync fn main() {}\n";
    let folder = package().file("build.rs", script);
    let said = init(&folder, &[]).ended(2);
    assert_eq!(folder.read("build.rs"), script);
    let lines = "warning: build.rs is left as it is, since an attribute of `main` may change what it does\nadd to it:\n\n\
                 #[path = \"src/card.rs\"]\nmod card;\n\nand, first in `main`:\n\n    smcard::build::emit(&card::CARD);\n";
    assert!(said.err.ends_with(lines), "{}", said.err);
    assert!(folder.path("src/card.rs").is_file());
}

#[test]
fn a_manifest_that_wants_no_build_script_is_told_before_anything_is_written() {
    let folder = package().file("Cargo.toml", format!("{MANIFEST}build = false\n"));
    let before = files(&folder);
    let said = init(&folder, &[]).ended(2);
    assert!(said.err.starts_with("error: the package has `build = false` in Cargo.toml\n"), "{}", said.err);
    assert_eq!(files(&folder), before);
}

#[test]
fn without_a_package_it_says_what_to_do() {
    let said = Folder::new().smcard(&["init"]).ended(2);
    assert_eq!(
        said.err,
        "error: there is no Cargo.toml from here upward\n\
         help: for a project without Rust, `smcard init --yaml` or `smcard init --json`\n"
    );
    let said = Folder::new().file("Cargo.toml", "[workspace]\n").smcard(&["init"]).ended(2);
    assert!(said.err.starts_with("error: `Cargo.toml` is a workspace without a package\n"), "{}", said.err);
    let said = package().smcard(&["init", "--card", "../card.rs"]).ended(2);
    assert!(said.err.starts_with("error: the card must be in the package"), "{}", said.err);
}

#[test]
fn the_dependency_is_the_one_of_this_program_unless_it_is_named() {
    let folder = package();
    folder.smcard(&["init"]).ended(0);
    let own = format!("\n[build-dependencies]\nsmcard = \"{}\"\n", env!("CARGO_PKG_VERSION"));
    assert!(folder.read("Cargo.toml").ends_with(&own), "{}", folder.read("Cargo.toml"));
    package().smcard(&["init", "--smcard", "path = \"a\" }\n[x]\n"]).ended(2);
}

#[test]
fn input_by_pipe_is_no_answer() {
    let folder = package();
    let mut command = crate::session::command("smcard");
    let said = Said::of(command.current_dir(folder.root()).arg("init").write_stdin("Ada\n2026\n")).ended(0);
    assert!(said.err.contains("27 required fields are open"), "{}", said.err);
    assert!(!folder.read("src/card.rs").contains("Ada"));
}

#[test]
fn a_card_without_rust_is_completed_by_an_editor_and_checked() {
    let repository = Folder::new().file("pyproject.toml", "[project]\nname = \"parcels\"\nversion = \"2.1\"\n");
    let said = repository.smcard(&["init", "--yaml", "model/parcels.yaml"]).ended(0);
    assert!(said.err.contains("note: `smcard check model/parcels.yaml` checks the card\n"), "{}", said.err);
    let card = repository.read("model/parcels.yaml");
    assert!(card.starts_with("$schema: .smcard/smcard.schema.json\n# model_details.developer is open: "), "{card}");
    let schema = repository.read("model/.smcard/smcard.schema.json");
    assert_eq!(schema, repository.smcard(&["schema"]).ended(0).out);

    // What is open is an error until it is filled in; the schema is taken for no card.
    let said = repository.check(&["."]).ended(1);
    assert!(said.err.contains("missing `model_details`") || said.err.contains("`model_details`"), "{}", said.err);
    repository.write("model/parcels.yaml", CARD);
    let said = repository.check(&["."]).ended(0);
    assert!(said.err.ends_with("checked 1 card: 0 errors, 0 warnings\n"), "{}", said.err);

    // The next card finds the schema that is there.
    repository.smcard(&["init", "--json", "model/more/other.json"]).ended(0);
    let card = repository.read("model/more/other.json");
    assert_eq!(card, "{\n    \"$schema\": \"../.smcard/smcard.schema.json\"\n}\n");
}

#[test]
fn a_card_is_taken_over_in_another_notation() {
    let folder = Folder::new().file("card.json", REPORT);
    folder.smcard(&["init", "--yaml", "new.yaml", "--from", "card.json"]).ended(0);
    folder.smcard(&["init", "--json", "back.json", "--from", "new.yaml"]).ended(0);
    let back = folder.read("back.json");
    assert_eq!(back.replace("    \"$schema\": \".smcard/smcard.schema.json\",\n", ""), REPORT);
}

#[test]
fn what_is_no_card_is_told_as_check_tells_it() {
    let folder = package().file("old.json", REPORT.replacen("\"date\"", "\"dat\"", 1)).file("not.yaml", "- a\n- b\n");
    let before = files(&folder);
    let said = init(&folder, &["--from", "old.json"]).ended(1);
    assert!(said.err.starts_with("error[unknown-field]: unknown field `dat`"), "{}", said.err);
    init(&folder, &["--from", "not.yaml"]).ended(1);
    let said = init(&folder, &["--from", "nothing.yaml"]).ended(2);
    assert!(said.err.starts_with("error: `nothing.yaml` cannot be read"), "{}", said.err);
    assert_eq!(files(&folder), before);
}
