//! Packages of cargo: `smcard build`, and `smcard check` without a path.

use std::path::{Path, PathBuf};

use crate::random::notation::json as as_json;
use crate::random::{Dice, Fields, card as random_card};
use crate::schema::{errors, validator};
use crate::session::{Folder, Said, TODAY, command};

/// The folder of smcard itself.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A workspace of one package with a card, and one without; built where other tests of whole projects are.
pub(crate) struct Workspace {
    pub(crate) folder: Folder,
    pub(crate) target: PathBuf,
}

/// Where all of these are built, so that smcard is compiled once.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages")
}

/// Runs `smcard` in a folder.
pub(crate) fn smcard(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = command("smcard");
    // Cargo's own variables are about the package of this test.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_")) {
        if name != "CARGO_HOME" {
            command.env_remove(name);
        }
    }
    command.current_dir(folder).args(arguments);
    Said::of(command.args(["--offline", "--target-dir"]).arg(target()))
}

pub(crate) fn workspace(name: &str, card: &str) -> Workspace {
    let smcard = repository().display();
    let folder = Folder::new()
        .file("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"with-card\", \"without\"]\n")
        .file("Cargo.lock", std::fs::read_to_string(repository().join("Cargo.lock")).unwrap())
        .file(
            "with-card/Cargo.toml",
            format!(
                "[package]\nname = \"{name}\"\nversion = \"1.2.3\"\nedition = \"2024\"\n\n[build-dependencies]\n\
                 smcard = {{ path = \"{smcard}\" }}\n"
            ),
        )
        .file(
            "with-card/build.rs",
            "#[path = \"src/card.rs\"]\nmod card;\n\nfn main() {\n    smcard::build::emit(&card::CARD);\n}\n",
        )
        .file("with-card/src/lib.rs", "")
        .file("with-card/src/card.rs", card)
        .file("without/Cargo.toml", "[package]\nname = \"without\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
        .file("without/src/lib.rs", "");
    Workspace { folder, target: target() }
}

impl Workspace {
    pub(crate) fn smcard(&self, arguments: &[&str]) -> Said {
        smcard(self.folder.root(), arguments)
    }
}

/// A card that passes until a day, and whose version only the compiler knows.
pub(crate) fn card() -> String {
    let report = include_str!("../../../tests/common/report.json");
    let body = report.replace("\"2.1.0\"", "env!(\"CARGO_PKG_VERSION\")").replacen(
        "\"model_details\": {",
        "\"model_details\": {\n        \"name\": \"parcels\",",
        1,
    );
    let reviews = "\"reviews\": [{ \"by\": \"Security\", \"date\": \"2026-03-20\", \"decision\": \"Approved\",\n            \
                   \"next_due\": \"2026-09-20\" }],\n        \"threat_modeling\"";
    let body = body.replace("\"threat_modeling\"", reviews);
    format!("use smcard::{{SecurityCard, security_card}};\n\npub static CARD: SecurityCard = security_card! {body};\n")
}

#[test]
fn build_collects_the_report_of_each_package_and_prints_a_table() {
    let workspace = workspace("collected", &card());
    let said = workspace.smcard(&["build", "--workspace"]).ended(0);
    let lines: Vec<Vec<&str>> = said.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["package", "model", "version", "threats", "report"]);
    assert_eq!(lines[1][..4], ["collected", "parcels", "1.2.3", "0"]);
    assert_eq!(lines.len(), 2, "{}", said.out);
    let report = workspace.target.join("smcard/collected/security_model_card_report.json");
    assert_eq!(Path::new(lines[1][4]), report);
    let text = std::fs::read_to_string(&report).unwrap();
    assert!(text.contains("\"version\": \"1.2.3\""), "{text}");

    // A build in which nothing is new finds it all the same, and one that is gone is there again.
    std::fs::remove_dir_all(report.parent().unwrap()).unwrap();
    workspace.smcard(&["build", "--workspace"]).ended(0);
    assert!(report.is_file());

    let nothing = workspace.smcard(&["build", "-p", "without"]).ended(2);
    assert!(nothing.err.contains("no package of the workspace has a card"), "{}", nothing.err);
}

#[test]
fn build_tells_of_a_card_that_its_own_policy_alone_accepts() {
    let reviewed = card().replace("\"Parcel", "\"TODO: Parcel");
    let workspace = workspace("lenient", &reviewed);
    workspace.folder.write("with-card/smcard.toml", "[level]\nplaceholder = \"warning\"\n");
    let said = workspace.smcard(&["build", "--workspace"]).ended(0);
    assert!(said.err.contains("contains the placeholder `TODO`"), "{}", said.err);
    let row: Vec<&str> = said.out.lines().nth(1).unwrap_or_default().split_whitespace().collect();
    assert_eq!(row[..4], ["lenient", "parcels", "1.2.3", "0"], "{}", said.out);
}

#[test]
fn an_imported_card_builds_as_it_is_and_its_report_says_what_its_source_said() {
    // Whatever characters stand in the way of notations, and every field.
    let mut tree = random_card(&mut Dice::new(11), Fields::All);
    // What was measured is no card's to say, and the build writes it anew.
    if let smcard_core::tree::Value::Block(entries) = &mut tree.value {
        entries.retain(|entry| entry.key != "measured");
    }
    let report = smcard_core::SecurityCard::from_json(&as_json(&tree)).unwrap().to_json();
    let workspace = workspace("imported", "");
    workspace.folder.write("parcels.json", &report);
    let import = ["import", "parcels.json", "--output", "with-card/src/card.rs", "--force"];
    workspace.folder.smcard(&import).ended(0);
    workspace.smcard(&["build", "--workspace"]).ended(0);
    let built = workspace.target.join("smcard/imported/security_model_card_report.json");
    assert_eq!(std::fs::read_to_string(built).unwrap(), report);

    // What was not found, the compiler names.
    workspace.folder.write("parcels.md", "## Limitations\n\nWet parcels \"shine\".\n\n## Contact\n\n*/ }; nobody\n");
    workspace.folder.smcard(&["import", "parcels.md", "--output", "with-card/src/card.rs", "--force"]).ended(0);
    let said = workspace.smcard(&["build", "--workspace"]).ended(101);
    assert!(said.err.contains("error: missing section `model_details`"), "{}", said.err);
    assert!(!said.err.contains("caveats_and_recommendations"), "{}", said.err);
}

#[test]
fn check_points_into_the_source_of_a_card_and_compares_with_the_day() {
    let workspace = workspace("placed", &card());
    workspace.smcard(&["check", "--today", TODAY]).ended(0);
    let said = workspace.smcard(&["check", "--today", "2026-09-21"]).ended(1);
    let line = card().lines().position(|line| line.contains("next_due")).unwrap() + 1;
    assert!(said.err.contains("error[review-overdue]: the next review was due on 2026-09-20"), "{}", said.err);
    assert!(said.err.contains(&format!("--> with-card/src/card.rs:{line}:25")), "{}", said.err);
    assert!(said.err.contains("\"next_due\": \"2026-09-20\" }],"), "{}", said.err);
}

#[test]
fn score_builds_the_packages_and_counts_what_their_cards_hold() {
    let workspace = workspace("scored", &card());
    let said = workspace.smcard(&["score", "--today", "2026-09-21"]).ended(0);
    assert!(
        said.out
            .starts_with("with-card/src/card.rs: 57 % answered, 0 % not stated, 43 % missing\nmend first: 1 error\n"),
        "{}",
        said.out
    );
    // What is overdue is told where the source says it.
    assert!(said.err.contains("--> with-card/src/card.rs:"), "{}", said.err);
    workspace.smcard(&["score", "--today", TODAY, "--min", "50"]).ended(0);
    workspace.smcard(&["score", "--today", TODAY, "--min", "70"]).ended(1);
    let said = workspace.smcard(&["score", "-p", "without"]).ended(2);
    assert!(said.err.contains("no package of the workspace has a card"), "{}", said.err);
}

#[test]
fn a_card_with_an_error_fails_as_cargo_says() {
    let workspace = workspace("failing", &card().replace("\"Five folds\"", "\"TODO\""));
    let said = workspace.smcard(&["check", "--today", TODAY]).ended(1);
    assert!(said.err.contains("contains the placeholder `TODO`"), "{}", said.err);
    let said = workspace.smcard(&["build"]).ended(101);
    assert!(said.err.contains("contains the placeholder `TODO`"), "{}", said.err);
    assert_eq!(said.out, "");
}

#[test]
fn the_cards_of_the_examples_are_valid_by_the_schema() {
    let examples = std::fs::read_dir(repository().join("examples")).unwrap();
    let mut names: Vec<String> = examples.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let packages = names.iter().flat_map(|name| ["--package", name]);
    let arguments: Vec<&str> = ["build", "--locked"].into_iter().chain(packages).collect();
    let said = smcard(repository(), &arguments).ended(0);
    let validator = validator();
    let built: Vec<&str> = said.out.lines().skip(1).map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(built, names);
    for line in said.out.lines().skip(1) {
        let report = repository().join(line.split_whitespace().last().unwrap());
        let card = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
        assert_eq!(errors(&validator, &card), [""; 0], "{}", report.display());
    }
}

#[test]
fn the_card_of_a_package_is_exported() {
    let workspace = workspace("exported", &card());
    let said = workspace.smcard(&["export", "--format", "csv"]).ended(0);
    assert_eq!(said.out.lines().count(), 2, "{}", said.out);
    assert!(said.out.contains("\"Five folds\""), "{}", said.out);
    workspace.smcard(&["export", "-p", "exported", "--format", "html", "--output", "a page.html"]).ended(0);
    let said = workspace.smcard(&["export", "-p", "without", "--format", "csv"]).ended(2);
    assert!(said.err.contains("error: expected one card; the packages have none or several\n"), "{}", said.err);
}
