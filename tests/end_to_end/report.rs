//! How the report is reached: from the crate itself, and by people.

use std::fs;
use std::path::Path;

use crate::card::Card;
use crate::project::Project;

const FILE: &str = "security_model_card_report.json";

#[test]
fn the_crate_holds_its_report_and_prints_it_after_every_change() {
    let name = "report-printed";
    let main = "fn main() {\n    print!(\"{}\", include_str!(env!(\"SMCARD_REPORT\")));\n}\n";
    let project = Project::new(name).file("src/main.rs", main);
    let built = project.build().passed();
    let printed = project.cargo(&["run"]).passed().stdout;
    assert!(printed.contains("\"developer\": \"Acme Vision\""), "{printed}");
    assert_eq!(printed, built.report(name));

    project.replace("src/card.rs", "Acme Vision", "Acme Optics");
    let printed = project.cargo(&["run"]).passed().stdout;
    assert!(printed.contains("\"developer\": \"Acme Optics\""), "{printed}");
}

#[test]
fn a_copy_for_people_lies_in_the_build_folder_under_the_name_of_the_package() {
    let name = "report-copied";
    let project = Project::new(name);
    let report = project.build().passed().report(name);
    assert_eq!(read(&project.target().join("smcard").join(name)), Some(report));
}

#[test]
fn the_copy_goes_where_smcard_out_dir_says_and_follows_it() {
    let name = "report-elsewhere";
    let project = Project::new(name).variable("SMCARD_OUT_DIR", "reports");
    let report = project.build().passed().report(name);
    let elsewhere = project.root.join("reports").join(name);
    assert_eq!(read(&elsewhere), Some(report.clone()));
    assert_eq!(read(&project.target().join("smcard").join(name)), None);

    // Another value is another build, though no source has changed.
    let absolute = project.root.join("audit");
    let project = project.variable("SMCARD_OUT_DIR", &absolute.display().to_string());
    project.build().passed();
    assert_eq!(read(&absolute.join(name)), Some(report));

    // A card that fails leaves none of its reports behind.
    project.write("src/card.rs", Card::good().with("training_data", "concat!(\"TB\", \"D\")").source());
    project.build().failed();
    assert_eq!(read(&absolute.join(name)), None);
}

#[test]
fn the_copy_goes_where_the_build_script_says_unless_the_environment_says_otherwise() {
    let name = "report-of-a-script";
    let script = "#[path = \"src/card.rs\"]\nmod card;\n\nfn main() {\n    \
                  smcard::build::Build::new().card(&card::CARD).copy_to(\"../reviewed\").emit();\n}\n";
    let project = Project::new(name).file("build.rs", script);
    let report = project.build().passed().report(name);
    assert_eq!(read(&project.root.join("../reviewed").join(name)), Some(report.clone()));
    assert_eq!(read(&project.target().join("smcard").join(name)), None);

    let project = project.variable("SMCARD_OUT_DIR", "reports");
    project.build().passed();
    assert_eq!(read(&project.root.join("reports").join(name)), Some(report));
}

#[test]
fn a_copy_that_somebody_asked_for_and_that_cannot_be_written_is_an_error() {
    let name = "report-in-the-way";
    let project = Project::new(name).file("reports", "a file").variable("SMCARD_OUT_DIR", "reports");
    let built = project.build().failed();
    let error = format!("error: {name}@1.2.3: the copy cannot be written to ");
    assert!(built.errors().iter().any(|line| line.starts_with(&error)), "{}", built.stderr);
}

#[cfg(unix)]
#[test]
fn a_report_for_which_the_disk_has_no_room_leaves_no_older_copy() {
    let name = "report-too-large";
    let long = "A long text. ".repeat(10_000);
    let project = Project::new(name).card(&Card::good().text("caveats_and_recommendations", &long));
    let project = project.variable("SMCARD_OUT_DIR", "reports");
    let built = project.build().passed();
    let (file, copies) = (built.report_file(name), project.root.join("reports").join(name));
    assert_eq!(read(&copies), Some(built.report(name)));

    // Only the script runs again, so that cargo itself writes little.
    fs::remove_file(&file).expect("removing the report");
    let failed = project.cargo_with_small_files(&["b"]).failed();
    let error = format!("error: {name}@1.2.3: the report cannot be written to ");
    assert!(failed.errors().iter().any(|line| line.starts_with(&error)), "{}", failed.stderr);
    for folder in [file.parent().unwrap_or(&file), &copies] {
        let left: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
        assert!(left.is_empty(), "{left:?}");
    }
    assert_eq!(read(&copies), None);

    project.build().passed();
    assert_eq!(read(&copies), Some(built.report(name)));
}

/// The report in a folder, if there is one.
fn read(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join(FILE)).ok()
}
