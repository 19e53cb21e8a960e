//! Wherever the sources and the outputs lie, the report is the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::project::Project;

#[test]
fn a_path_with_spaces_and_other_scripts_is_a_path_like_any_other() {
    let name = "folder-with-spaces";
    let main = "fn main() {\n    print!(\"{}\", include_str!(env!(\"SMCARD_REPORT\")));\n}\n";
    let project = Project::new(name)
        .file("smcard.toml", "[require]\nfields = []\n")
        .file("src/main.rs", main)
        .moved_to("Prüf \"stand\" ☃/モデル 1")
        .with_own_target();
    let built = project.build().passed();
    assert!(built.out_dir(name).starts_with(&project.root), "{}", built.out_dir(name).display());
    assert_eq!(project.cargo(&["run"]).passed().stdout, built.report(name));

    let again = project.cargo(&["build", "--verbose"]).passed();
    assert!(!again.stderr.contains("Running"), "an unchanged build ran something:\n{}", again.stderr);

    project.write("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n");
    assert!(project.build().failed().only_error().contains("required by smcard.toml:2"));
}

#[cfg(unix)]
#[test]
fn a_line_break_in_a_path_is_no_line_for_cargo() {
    let name = "folder-with-line-break";
    let main = "fn main() {\n    println!(\"{:?}\", option_env!(\"EVIL\"));\n}\n";
    let project = Project::new(name)
        .file("src/main.rs", main)
        .moved_to("x\ncargo::rustc-env=EVIL=1\n/project")
        .variable("SMCARD_OUT_DIR", "reports");
    let built = project.build().passed();
    assert!(built.warnings().is_empty(), "{}", built.stderr);
    let again = project.cargo(&["build", "--verbose"]).passed();
    assert!(!again.stderr.contains("Running"), "an unchanged build ran something:\n{}", again.stderr);

    // What lies below such a folder is watched all the same.
    let copy = project.root.join("reports").join(name).join("security_model_card_report.json");
    fs::remove_file(&copy).expect("removing the copy");
    project.build().passed();
    assert_eq!(fs::read_to_string(&copy).ok(), Some(built.report(name)));

    project.write("smcard.toml", "[require]\nfields = []\n");
    project.replace("src/card.rs", "Clean the lens.", "Clean the lens daily.");
    assert_eq!(project.cargo(&["run"]).passed().stdout, "None\n");
}

#[test]
fn a_build_for_a_named_target_writes_the_report() {
    let name = "folder-of-a-target";
    let project = Project::new(name);
    let host = host();
    let built = project.cargo(&["build", "--target", &host]).passed();
    let plain = project.build().passed();
    assert_ne!(built.out_dir(name), plain.out_dir(name));
    assert_eq!(built.report(name), plain.report(name));
    let copies = [project.target().to_owned(), project.target().join(&host)];
    for folder in copies {
        let copy = folder.join("smcard").join(name).join("security_model_card_report.json");
        assert_eq!(fs::read_to_string(&copy).ok(), Some(plain.report(name)), "{}", copy.display());
    }
}

#[test]
fn a_build_folder_apart_from_the_target_folder_holds_the_report_and_the_copy() {
    let name = "folder-apart";
    let project = Project::new(name).with_own_target();
    let apart = project.root.join("elsewhere/build");
    let setting = format!("build.build-dir='{}'", apart.display());
    let built = project.cargo(&["build", "--config", &setting]).passed();

    assert!(built.out_dir(name).starts_with(&apart), "{}", built.out_dir(name).display());
    assert!(built.report(name).contains("Acme Vision"));
    let copy = apart.join("smcard").join(name).join("security_model_card_report.json");
    assert_eq!(fs::read_to_string(&copy).ok(), Some(built.report(name)), "{}", copy.display());
}

#[test]
fn a_build_changes_nothing_among_the_sources() {
    let project = Project::new("folder-of-sources")
        .file("smcard.toml", "[level]\nplaceholder = \"warning\"\n")
        .file("README.md", "A package.\n");
    // The lock file is cargo's to write, so it is written before.
    project.cargo(&["metadata", "--format-version=1"]).passed();
    let before = listing(&project.root);
    assert!(before.len() >= 7, "{before:#?}");

    project.cargo(&["build", "--locked"]).passed();
    assert_eq!(listing(&project.root), before);

    project.replace("src/card.rs", "Clean the lens.", "TBD");
    let before = listing(&project.root);
    assert!(project.build().passed().report("folder-of-sources").contains("TBD"));
    assert_eq!(listing(&project.root), before);
}

#[test]
fn the_same_sources_in_two_folders_give_the_same_bytes() {
    let there = Project::new("folder-there").moved_to("quite/another/place");
    let there = there.build().passed().report("folder-there");
    let here = Project::new("folder-here").build().passed().report("folder-here");
    assert_eq!(here, there);
    assert!(here.ends_with("}\n") && !here.contains("folder"), "{here}");
}

/// Every file and folder, with its time and content.
fn listing(folder: &Path) -> BTreeMap<PathBuf, (Option<SystemTime>, Option<Vec<u8>>)> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        open.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        let changed = path.metadata().and_then(|metadata| metadata.modified()).ok();
        let content = fs::read(&path).ok();
        found.insert(path, (changed, content));
    }
    found
}

/// The target that this machine is.
fn host() -> String {
    let rustc = Command::new("rustc").arg("-vV").output();
    let said = rustc.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    assert!(!host.is_empty(), "rustc names no host: {said}");
    host.to_owned()
}
