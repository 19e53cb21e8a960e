//! What a second build does, and what it leaves alone.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use crate::card::Card;
use crate::project::Project;

#[test]
fn an_unchanged_build_runs_nothing_and_one_whose_report_is_gone_writes_it_again() {
    let name = "rebuild-unchanged";
    let main = "fn main() {\n    print!(\"{}\", include_str!(env!(\"SMCARD_REPORT\")));\n}\n";
    let project =
        Project::new(name).file("smcard.toml", "[level]\nplaceholder = \"error\"\n").file("src/main.rs", main);
    let built = project.build().passed();
    let files = Files::of(&project, name, built.report_file(name));
    unchanged(&project, name, &files);

    let project = project.variable("SMCARD_OUT_DIR", "reports");
    let report = project.build().passed().report(name);
    let files = Files::of(&project, name, built.report_file(name));
    unchanged(&project, name, &files);

    for file in &files.0 {
        fs::remove_file(file).expect("removing a report");
        project.build().passed();
        assert_eq!(fs::read_to_string(file).ok(), Some(report.clone()), "{}", file.display());
        unchanged(&project, name, &files);
    }
    fs::remove_dir_all(project.root.join("reports")).expect("removing all copies");
    assert_eq!(project.cargo(&["run"]).passed().stdout, report);
    assert!(files.0.iter().all(|file| file.is_file()));
    unchanged(&project, name, &files);
}

/// Builds once more, which must run nothing.
#[track_caller]
fn unchanged(project: &Project, name: &str, files: &Files) {
    let before = files.times();
    let again = project.cargo(&["build", "--verbose"]).passed();
    assert!(again.stderr.contains(&format!("Fresh {name} v1.2.3")), "{}", again.stderr);
    for word in ["Compiling", "Running", "Dirty"] {
        assert!(!again.stderr.contains(word), "an unchanged build says {word}:\n{}", again.stderr);
    }
    assert_eq!(files.times(), before);
}

#[test]
fn a_report_in_which_nothing_changed_is_left_untouched() {
    let name = "rebuild-touched";
    let project = Project::new(name);
    let files = Files::of(&project, name, project.build().passed().report_file(name));
    let before = files.times();
    assert!(before.iter().all(Option::is_some), "{before:?}");

    project.replace("build.rs", "fn main", "// The same to a card.\nfn main");
    project.replace("src/card.rs", "pub static", "// The same to a reader.\npub static");
    let again = project.cargo(&["build", "--verbose"]).passed();
    assert!(again.stderr.contains("build-script-build`"), "the build script did not run:\n{}", again.stderr);
    assert_eq!(files.times(), before);

    project.replace("src/card.rs", "Clean the lens.", "Clean the lens daily.");
    project.build().passed();
    let after = files.times();
    assert!(before.iter().zip(&after).all(|(before, after)| before < after), "{before:?} {after:?}");
}

#[test]
fn a_card_that_is_mended_after_an_error_is_built_and_written() {
    let name = "rebuild-mended";
    let project = Project::new(name).card(&Card::good().without("training_data"));
    assert!(project.build().failed().only_error().starts_with("error: missing field `training_data`\n"));
    // Asking again gives the same answer.
    assert!(project.build().failed().only_error().starts_with("error: missing field `training_data`\n"));

    project.write("src/card.rs", Card::good().with("training_data", "concat!(\"TB\", \"D\")").source());
    let built = project.build().failed();
    assert!(built.stderr.contains("`training_data` contains the placeholder `TBD`"), "{}", built.stderr);

    project.write("src/card.rs", Card::good().source());
    assert_eq!(project.build().passed().value(name, "training_data"), "Parts of 2024 and 2025.");
}

#[test]
fn a_report_that_somebody_removed_or_changed_comes_back_with_the_next_change() {
    let name = "rebuild-restored";
    let project = Project::new(name);
    let built = project.build().passed();
    let (file, report) = (built.report_file(name), built.report(name));
    fs::write(&file, "{}").ok();

    project.replace("build.rs", "fn main", "// Touched.\nfn main");
    assert_eq!(project.build().passed().report(name), report);
    let around = file.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let around: BTreeSet<_> = around.map(|entry| entry.file_name()).collect();
    let whole = [".smcard-manifest", "security_model_card_report.json"].map(OsString::from);
    assert_eq!(around, BTreeSet::from(whole), "nothing half-written is left");
}

/// The report and its copy.
struct Files([PathBuf; 2]);

impl Files {
    fn of(project: &Project, package: &str, report: PathBuf) -> Self {
        let asked_for = project.root.join("reports");
        let folder = if asked_for.is_dir() { asked_for } else { project.target().join("smcard") };
        Files([report, folder.join(package).join("security_model_card_report.json")])
    }

    /// When each was written.
    fn times(&self) -> [Option<SystemTime>; 2] {
        self.0.each_ref().map(|file| file.metadata().and_then(|metadata| metadata.modified()).ok())
    }
}
