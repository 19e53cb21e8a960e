//! `smcard policy`: what is in force, and a file to start with.

use crate::session::{Folder, REPORT, codes};

#[test]
fn each_line_in_force_is_shown_with_the_file_that_says_it() {
    let folder = Folder::new()
        .file("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n\n[review]\nmax_age_days = 180\n")
        .file("cards/smcard.toml", "[review]\nmax_age_days = 90\n[level]\nboundary-without-threat = \"error\"\n");
    let said = folder.smcard(&["policy", "cards"]).ended(0);
    assert_eq!(
        said.out,
        "\
# the files in force, the outermost first
smcard.toml
cards/smcard.toml

# what they ask
require.fields = \"model_details.name\"      # ../smcard.toml:2
review.max_age_days = 90                   # smcard.toml:2
level.boundary-without-threat = \"error\"    # smcard.toml:4
"
        .replace("      # ../", "    # ../")
        .replace("                   # smcard.toml:2", "                 # smcard.toml:2")
        .replace("    # smcard.toml:4", "  # smcard.toml:4")
    );
    assert!(folder.smcard(&["policy", "none"]).ended(2).err.contains("there is no folder `none`"));
    let nothing = Folder::new();
    assert!(nothing.smcard(&["policy"]).ended(0).out.starts_with("no policy is in force"));
}

#[test]
fn exceptions_are_shown_with_their_end() {
    let exception = "[[exception]]\nrule = \"placeholder\"\npath = \"training_data\"\nreason = \"Not counted yet.\"\n\
                     approved_by = \"The head\"\nexpires = \"2027-01-31\"\n";
    let said = Folder::new().file("smcard.toml", exception).smcard(&["policy"]).ended(0);
    let line =
        "`placeholder` at `training_data` until 2027-01-31, approved by The head: Not counted yet.  # smcard.toml:1";
    assert!(said.out.contains(line), "{}", said.out);
}

#[test]
fn a_policy_that_is_wrong_fails() {
    let folder = Folder::new().file("smcard.toml", "[requires]\n");
    let said = folder.smcard(&["policy"]).ended(1);
    assert!(
        said.err.contains("unknown key `requires`") && said.err.contains("did you mean `require`?"),
        "{}",
        said.err
    );
}

#[test]
fn a_nearer_file_may_only_lower_the_age() {
    let folder = Folder::new()
        .file("smcard.toml", "[review]\nmax_age_days = 90\n")
        .file("cards/smcard.toml", "[review]\nmax_age_days = 180\n")
        .file("cards/card.json", REPORT);
    let said = folder.smcard(&["policy", "cards"]).ended(1);
    assert!(
        said.err.contains("`max_age_days` is raised to 180, but ../smcard.toml:2 allows 90 at most"),
        "{}",
        said.err
    );
    folder.write("smcard.toml", "[review]\nmax_age_days = 90\n[policy]\ndelegate = [\"review\"]\n");
    folder.smcard(&["policy", "cards"]).ended(0);
    for wrong in ["0", "-1", "1.5", "\"90\"", "99999999999"] {
        folder.write("cards/smcard.toml", format!("[review]\nmax_age_days = {wrong}\n"));
        assert_eq!(codes(&folder.json(&["cards"])), ["invalid-policy"], "{wrong}");
    }
}

#[test]
fn the_starting_file_is_written_once_and_never_over_another() {
    let folder = Folder::with_report();
    folder.smcard(&["policy", "init"]).ended(0);
    let written = folder.read("smcard.toml");
    assert!(written.contains("[require]"));
    folder.smcard(&["policy"]).ended(0);
    assert_eq!(codes(&folder.json(&["card.json"])), ["required-by-policy"; 3]);
    folder.write("smcard.toml", "# ours\n");
    let said = folder.smcard(&["policy", "init"]).ended(2);
    assert!(said.err.contains("there is a `./smcard.toml` already"), "{}", said.err);
    assert_eq!(folder.read("smcard.toml"), "# ours\n");
}

#[test]
fn the_policy_of_a_package_is_the_one_that_its_build_finds() {
    let package = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.2.3\"\nedition = \"2024\"\n");
    let folder = Folder::new()
        .file("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"models/a\", \"models/b\"]\n")
        .file("smcard.toml", "[review]\nmax_age_days = 90\n")
        .file("models/a/Cargo.toml", package("sorter"))
        .file("models/a/src/lib.rs", "")
        .file("models/a/smcard.toml", "[require]\nfields = [\"system\"]\n")
        .file("models/b/Cargo.toml", package("reader"))
        .file("models/b/src/lib.rs", "");
    let of_folder = folder.smcard(&["policy", "models/a"]).ended(0).out;
    assert!(of_folder.contains("require.fields = \"system\"") && of_folder.contains("max_age_days = 90"));
    for arguments in [
        &["policy", "-p", "sorter"][..],
        &["policy", "--package", "sorter@1.2.3"],
        &["policy", "-p", "sorter", "--manifest-path", "models/b/Cargo.toml"],
    ] {
        assert_eq!(folder.smcard(arguments).ended(0).out, of_folder, "{arguments:?}");
    }
    let other = folder.smcard(&["policy", "-p", "reader"]).ended(0).out;
    assert!(other.contains("max_age_days = 90") && !other.contains("system"), "{other}");
    for unknown in ["sort", "sorter@2.0.0", "sorter@"] {
        let said = folder.smcard(&["policy", "-p", unknown]).ended(2);
        assert_eq!(
            said.err,
            format!("error: the workspace has no package `{unknown}`\nhelp: it has `reader`, `sorter`\n")
        );
    }
    folder.smcard(&["policy", "-p", "sorter", "models/a"]).ended(2);
}
