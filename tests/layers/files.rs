//! Which files are the policy of a package, and what stands in the way of reading them.

use std::fs;
use std::path::{Path, PathBuf};

use smcard::{LoadedPolicy, Policy};
use tempfile::TempDir;

/// A folder of files, removed in the end.
struct Tree(TempDir);

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let tree = Tree(TempDir::new().expect("a folder"));
        files.iter().for_each(|(path, text)| tree.write(path, text));
        tree
    }

    fn path(&self, path: &str) -> PathBuf {
        // Where the temporary folder is a link, cargo would give the folder behind it.
        self.0.path().canonicalize().expect("the folder").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    fn load(&self, package: &str) -> LoadedPolicy {
        Policy::load(&self.path(package))
    }

    /// The files that are the policy of a package, from the folder of the tree.
    fn files(&self, package: &str) -> Vec<String> {
        let loaded = self.load(package);
        assert!(loaded.findings.is_empty(), "{}", loaded.findings);
        let root = self.path("");
        loaded.files.iter().map(|file| file.strip_prefix(&root).expect("below").display().to_string()).collect()
    }

    /// What is wrong with the policy of a package, which cannot be read.
    #[track_caller]
    fn unreadable(&self, package: &str) -> String {
        let loaded = self.load(package);
        assert!(!loaded.readable && loaded.findings.has_errors(), "{loaded:?}");
        loaded.findings.to_string()
    }
}

const PACKAGE: &str = "[package]\nname = \"parcels\"\nversion = \"1.0.0\"\n";
const WORKSPACE: &str = "[workspace]\nmembers = [\"crates/*\"]\n";

#[test]
fn every_file_up_to_the_root_of_the_workspace_applies_and_none_above() {
    let tree = Tree::new(&[
        ("smcard.toml", "this is no TOML"),
        ("work/Cargo.toml", WORKSPACE),
        ("work/smcard.toml", ""),
        ("work/crates/smcard.toml", ""),
        ("work/crates/parcels/Cargo.toml", PACKAGE),
        ("work/crates/parcels/smcard.toml", ""),
        ("work/crates/parcels/src/smcard.toml", "this is no TOML"),
    ]);
    assert_eq!(
        tree.files("work/crates/parcels"),
        ["work/smcard.toml", "work/crates/smcard.toml", "work/crates/parcels/smcard.toml"]
    );
    tree.write("work/smcard.toml", "[require]\nfields = [\"model_details.name\"]\n");
    tree.write("work/crates/parcels/smcard.toml", "[optional]\nfields = [\"model_details.name\"]\n");
    let told = tree.load("work/crates/parcels").findings.to_string();
    assert!(
        told.starts_with("smcard.toml:2:11: `model_details.name` is made optional, but ../../smcard.toml:2"),
        "{told}"
    );
}

#[test]
fn the_root_is_where_package_workspace_points() {
    let pointing = format!("{PACKAGE}workspace = \"../../root\"\n");
    let tree = Tree::new(&[
        ("Cargo.toml", "[workspace]\n"),
        ("smcard.toml", "this is no TOML"),
        ("root/Cargo.toml", "[workspace]\nmembers = [\"../others/parcels\"]\n"),
        ("root/smcard.toml", ""),
        ("others/smcard.toml", ""),
        ("others/parcels/Cargo.toml", &pointing),
    ]);
    assert_eq!(tree.files("others/parcels"), ["root/smcard.toml", "others/smcard.toml"]);
}

#[test]
fn a_workspace_that_excludes_the_package_is_not_its_own() {
    let package = ("work/crates/parcels/Cargo.toml", PACKAGE);
    let excluding = |manifest: &str| {
        let tree = Tree::new(&[
            ("Cargo.toml", "[workspace]\n"),
            ("smcard.toml", ""),
            ("work/Cargo.toml", manifest),
            ("work/smcard.toml", ""),
            package,
        ]);
        tree.files("work/crates/parcels")
    };
    assert_eq!(excluding("[workspace]\nexclude = [\"crates/parcels\"]\n"), ["smcard.toml", "work/smcard.toml"]);
    assert_eq!(excluding("[workspace]\nexclude = [\"crates/par\"]\n"), ["work/smcard.toml"]);
    // What is listed as a member by its path is one all the same, as in cargo.
    let both = "[workspace]\nexclude = [\"crates\"]\nmembers = [\"crates/parcels\"]\n";
    assert_eq!(excluding(both), ["work/smcard.toml"]);
    // A package that is left out and belongs to no other workspace is its own root.
    let tree = Tree::new(&[
        ("Cargo.toml", "[workspace]\nexclude = [\"a\"]\n"),
        ("smcard.toml", ""),
        ("a/Cargo.toml", PACKAGE),
    ]);
    assert_eq!(tree.files("a"), [""; 0]);
}

#[test]
fn a_manifest_that_is_too_large_hides_no_policy_above_it() {
    let huge = format!("{PACKAGE}{}", "# x\n".repeat(1_200_000));
    let above = [("Cargo.toml", "[workspace]\nmembers = [\"between/parcels\"]\n"), ("smcard.toml", "")];
    for [between, own] in [[&*huge, PACKAGE], [PACKAGE, &*huge]] {
        let tree = Tree::new(&above);
        tree.write("between/Cargo.toml", between);
        tree.write("between/smcard.toml", "");
        tree.write("between/parcels/Cargo.toml", own);
        tree.write("between/parcels/smcard.toml", "");
        let files = ["smcard.toml", "between/smcard.toml", "between/parcels/smcard.toml"];
        assert_eq!(tree.files("between/parcels"), files);
    }
}

#[test]
fn a_manifest_above_that_cannot_be_parsed_hides_no_policy() {
    let huge = format!("# {}\n[workspace]\n", "x".repeat(5 * 1024 * 1024));
    for manifest in ["this is no TOML", &*huge] {
        let tree = Tree::new(&[
            ("Cargo.toml", "[workspace]\n"),
            ("between/Cargo.toml", manifest),
            ("between/smcard.toml", ""),
            ("between/parcels/Cargo.toml", PACKAGE),
        ]);
        assert_eq!(tree.files("between/parcels"), ["between/smcard.toml"]);
        fs::remove_file(tree.path("between/smcard.toml")).expect("removing");
        tree.write("smcard.toml", "");
        assert_eq!(tree.files("between/parcels"), ["smcard.toml"]);
        // Nor where it may be the only root.
        let tree = Tree::new(&[
            ("between/Cargo.toml", manifest),
            ("between/smcard.toml", ""),
            ("between/parcels/Cargo.toml", PACKAGE),
        ]);
        assert_eq!(tree.files("between/parcels"), ["between/smcard.toml"]);
    }
}

#[test]
fn a_manifest_of_megabytes_is_read() {
    let long = format!("[workspace]\nexclude = [\"parcels\"]\n{}", "# x\n".repeat(1_000_000));
    let tree = Tree::new(&[("Cargo.toml", &long), ("smcard.toml", ""), ("parcels/Cargo.toml", PACKAGE)]);
    assert_eq!(tree.files("parcels"), [""; 0]);
}

#[test]
fn a_policy_rests_on_another_that_it_names() {
    let extends = |path: &str| format!("[policy]\nextends = \"{path}\"\n");
    let tree = Tree::new(&[
        ("work/Cargo.toml", PACKAGE),
        ("work/smcard.toml", &extends("../policies/ours.toml")),
        ("policies/ours.toml", &extends("base/all.toml")),
        ("policies/base/all.toml", "[require]\nfields = [\"model_details.name\"]\n"),
    ]);
    assert_eq!(tree.files("work"), ["policies/base/all.toml", "policies/ours.toml", "work/smcard.toml"]);

    tree.write("work/smcard.toml", &(extends("../policies/ours.toml") + "[optional]\nfields = [\"model_details\"]\n"));
    let told = tree.load("work").findings.to_string();
    assert!(
        told.contains("smcard.toml:4:11: `model_details` is made optional, but ../policies/base/all.toml:2"),
        "{told}"
    );
    tree.write("work/smcard.toml", &extends("../policies/ours.toml"));

    for (path, words) in [
        ("../ours.toml", "`../ours.toml` extends itself"),
        ("all.toml", "`all.toml` extends itself"),
        ("missing.toml", "there is no file `missing.toml`"),
        ("..", "`..` cannot be read: it is a folder"),
        ("/etc/passwd", "`policy.extends` takes a path relative to the folder of this file"),
    ] {
        tree.write("policies/base/all.toml", &extends(path));
        let told = tree.unreadable("work");
        assert!(told.contains(&format!("../policies/base/all.toml:2:11: {words}")), "{path}\n{told}");
    }
}

#[test]
fn the_policy_of_a_card_file_is_what_lies_around_its_folder() {
    let around = |tree: &Tree, folder: &str| {
        let loaded = Policy::load_around(&tree.path(folder));
        assert!(loaded.findings.is_empty() && loaded.readable, "{}", loaded.findings);
        let root = tree.path("");
        let files = loaded.files.iter().map(|file| file.strip_prefix(&root).expect("below").display().to_string());
        files.collect::<Vec<_>>()
    };
    // A repository without a cargo package: up to the folder that holds `.git`.
    let tree = Tree::new(&[
        ("smcard.toml", "this is no TOML"),
        ("work/.git/HEAD", ""),
        ("work/smcard.toml", ""),
        ("work/cards/new/card.yaml", ""),
        ("work/cards/smcard.toml", ""),
    ]);
    assert_eq!(around(&tree, "work/cards/new"), ["work/smcard.toml", "work/cards/smcard.toml"]);
    // Within a package: up to the root of its workspace.
    tree.write("work/Cargo.toml", WORKSPACE);
    tree.write("work/crates/parcels/Cargo.toml", PACKAGE);
    tree.write("work/crates/parcels/cards/card.yaml", "");
    tree.write("work/crates/smcard.toml", "");
    assert_eq!(around(&tree, "work/crates/parcels/cards"), ["work/smcard.toml", "work/crates/smcard.toml"]);
    // A repository within the package is one by itself.
    tree.write("work/crates/parcels/cards/.git/HEAD", "");
    tree.write("work/crates/parcels/cards/smcard.toml", "");
    assert_eq!(around(&tree, "work/crates/parcels/cards"), ["work/crates/parcels/cards/smcard.toml"]);
}

#[test]
fn a_policy_may_be_one_file_that_somebody_names() {
    let tree = Tree::new(&[("strict.toml", "[policy]\nextends = \"base.toml\"\n")]);
    tree.write("base.toml", "");
    tree.write("smcard.toml", "this is no TOML");
    let loaded = Policy::load_file(&tree.path("strict.toml"));
    assert!(loaded.findings.is_empty() && loaded.readable, "{}", loaded.findings);
    assert_eq!(loaded.files, [tree.path("base.toml"), tree.path("strict.toml")]);
    let loaded = Policy::load_file(&tree.path("smcard.toml"));
    assert!(!loaded.readable && loaded.findings.to_string().starts_with("smcard.toml:1:"), "{}", loaded.findings);
    // One thing is wrong with what is not there, and with what is no file.
    tree.write("folder.toml/smcard.toml", "");
    for (name, why) in [("none.toml", "there is no such file"), ("folder.toml", "is a folder")] {
        let loaded = Policy::load_file(&tree.path(name));
        assert_eq!((loaded.readable, loaded.findings.errors()), (false, 1), "{}", loaded.findings);
        assert!(loaded.findings.to_string().contains(why), "{}", loaded.findings);
    }
}

#[test]
fn a_chain_of_policies_ends() {
    let tree = Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml", "[policy]\nextends = \"0.toml\"\n")]);
    for index in 0..20 {
        tree.write(&format!("{index}.toml"), &format!("[policy]\nextends = \"{}.toml\"\n", index + 1));
    }
    assert!(tree.unreadable("").contains("more than 8 policies extend each other"));
}

#[test]
fn what_is_no_file_is_an_error_and_no_silence() {
    let tree = Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml/inner", "")]);
    assert!(tree.unreadable("").starts_with("smcard.toml: the policy cannot be read: it is a folder"));

    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;

        let tree = Tree::new(&[("Cargo.toml", PACKAGE)]);
        let file = tree.path("smcard.toml");
        let remove = || fs::remove_file(&file).expect("removing");
        symlink("nowhere.toml", &file).expect("a link");
        assert!(tree.unreadable("").contains("the policy cannot be read: "));
        remove();
        symlink("smcard.toml", &file).expect("a link");
        assert!(tree.unreadable("").contains("the policy cannot be read: "));
        remove();
        let _listener = UnixListener::bind(&file).expect("a socket");
        assert!(tree.unreadable("").contains("it is not a regular file"));
        remove();
        let made = std::process::Command::new("mkfifo").arg(&file).status().expect("mkfifo runs");
        assert!(made.success());
        assert!(tree.unreadable("").contains("it is not a regular file"));
        remove();
        // A link to a file is as good as the file.
        tree.write("policy.toml", "");
        symlink("policy.toml", &file).expect("a link");
        assert_eq!(tree.files(""), ["smcard.toml"]);
    }
}

#[test]
fn another_letter_case_is_an_error_and_no_silence() {
    for name in ["Smcard.toml", "SMCARD.TOML"] {
        let tree = Tree::new(&[("Cargo.toml", WORKSPACE), (name, ""), ("crates/a/Cargo.toml", PACKAGE)]);
        let told = tree.unreadable("crates/a");
        assert!(told.contains(&format!("../../{name}: a policy is named `smcard.toml`, in lower case")), "{told}");
    }
}

#[test]
fn a_secret_of_a_policy_reaches_no_finding_of_a_card() {
    let secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    let extension = format!("[[extension]]\npath = \"acme.key\"\nrequired = true\ndoc = \"{secret}\"\n");
    let loaded = Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml", &extension)]).load("");
    let found = crate::common::findings(crate::common::REPORT, &loaded.policy);
    assert!(loaded.findings.has_errors() && found.has_errors());
    assert!(!found.to_string().contains(secret), "{found}");
}

#[test]
fn a_file_may_be_as_large_as_a_policy_and_no_larger() {
    let table = "\n[require]";
    let text = |bytes: usize| "#".repeat(bytes - table.len()) + table;
    let of = |bytes: usize| Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml", &text(bytes))]);
    assert_eq!(of(262_144).files(""), ["smcard.toml"]);
    assert!(of(262_145).unreadable("").contains("the policy has 262145 bytes"));
}

#[test]
fn a_file_of_another_encoding_is_refused_where_it_begins_to_be_one() {
    let tree = Tree::new(&[("Cargo.toml", PACKAGE)]);
    fs::write(tree.path("smcard.toml"), b"[risk]\n# \xe9").expect("a file");
    let told = tree.unreadable("");
    assert!(told.starts_with("smcard.toml:2:3: ") && told.contains("not UTF-8"), "{told}");
}

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    let tree = Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml", "")]);
    let file = fs::OpenOptions::new().write(true).open(tree.path("smcard.toml")).expect("the file");
    file.set_len(1 << 30).expect("a file with a hole");
    let started = std::time::Instant::now();
    assert!(tree.unreadable("").contains("the policy has 1073741824 bytes, more than the 262144 of a policy"));
    assert!(started.elapsed() < std::time::Duration::from_millis(500), "{:?}", started.elapsed());
}

#[test]
fn an_exception_is_for_the_package_of_the_manifest() {
    let exception = "[[exception]]\npackage = \"parcels\"\nrule = \"placeholder\"\npath = \"training_data\"\n\
                     reason = \"Ticket 4\"\napproved_by = \"Security\"\nexpires = \"2099-12-31\"\n";
    let tree = Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml", exception)]);
    let report = crate::common::report_with("training_data", "TODO");
    let lenient = Policy::from_toml("[level]\nplaceholder = \"allow\"\n", "smcard.toml").expect("right");
    let card = smcard::SecurityCard::from_json_with(&report, &lenient).expect("a card");
    assert_eq!(card.check(&tree.load("").policy).exceptions(), 1);
    tree.write("Cargo.toml", &PACKAGE.replace("parcels", "others"));
    assert_eq!(card.check(&tree.load("").policy).errors(), 1);
}

const MARKS: [&str; 3] = [".cargo-ok", ".cargo-checksum.json", "Cargo.toml.orig"];

#[test]
fn a_mark_that_somebody_plants_switches_no_policy_off() {
    for mark in MARKS {
        let tree = Tree::new(&[
            ("Cargo.toml", WORKSPACE),
            ("Cargo.lock", "version = 4\n[[package]]\nname = \"parcels\"\nversion = \"1.0.0\"\n"),
            ("smcard.toml", ""),
            ("crates/parcels/Cargo.toml", PACKAGE),
        ]);
        tree.write(&format!("crates/parcels/{mark}"), "{\"files\":{}}");
        assert!(!tree.load("crates/parcels").foreign, "{mark}");
        assert_eq!(tree.files("crates/parcels"), ["smcard.toml"], "{mark}");
        // Nor does one beside the policy itself.
        let tree = Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml", ""), (mark, "{\"files\":{}}")]);
        assert!(!tree.load("").foreign, "{mark}");
        // Nor does one where cargo verifies packages, if the package says that it belongs to the workspace.
        let pointing = format!("{PACKAGE}workspace = \"../../..\"\n");
        let tree = Tree::new(&[
            ("Cargo.toml", "[workspace]\nmembers = [\"target/package/parcels\"]\n"),
            ("smcard.toml", ""),
            ("target/package/parcels/Cargo.toml", &pointing),
        ]);
        tree.write(&format!("target/package/parcels/{mark}"), "{\"files\":{}}");
        assert!(!tree.load("target/package/parcels").foreign, "{mark}");
        assert_eq!(tree.files("target/package/parcels"), ["smcard.toml"], "{mark}");
        // Nor does a lock file that knows the package from both places, or only another version.
        for packages in [
            "[[package]]\nname = \"parcels\"\nversion = \"1.0.0\"\n[[package]]\nname = \"parcels\"\nversion = \"1.0.0\"\nsource = \"x\"\n",
            "[[package]]\nname = \"parcels\"\nversion = \"1.0.0\"\nsource = \"x\"\n[[package]]\nname = \"parcels\"\nversion = \"1.0.0\"\n",
            "[[package]]\nname = \"parcels\"\nversion = \"2.0.0\"\nsource = \"x\"\n",
        ] {
            let tree = Tree::new(&[("Cargo.toml", WORKSPACE), ("Cargo.lock", packages), ("smcard.toml", "")]);
            tree.write("crates/parcels/Cargo.toml", PACKAGE);
            tree.write(&format!("crates/parcels/{mark}"), "{\"files\":{}}");
            assert!(!tree.load("crates/parcels").foreign, "{mark} {packages}");
        }
    }
}

#[test]
fn a_package_of_somebody_else_fails_no_build() {
    // Unpacked where there is no policy at all.
    for mark in MARKS {
        let tree = Tree::new(&[("Cargo.toml", PACKAGE), (mark, "{\"files\":{}}")]);
        assert!(tree.load("").foreign, "{mark}");
    }
    assert!(!Tree::new(&[("Cargo.toml", PACKAGE)]).load("").foreign);
    // Vendored into a workspace with a policy, with one of its own.
    let locked = "version = 4\n[[package]]\nname = \"parcels\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n";
    let tree = Tree::new(&[
        ("Cargo.toml", WORKSPACE),
        ("Cargo.lock", locked),
        ("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n"),
        ("vendor/parcels/Cargo.toml", PACKAGE),
        ("vendor/parcels/smcard.toml", "[requires]\n"),
        ("vendor/parcels/.cargo-checksum.json", "{\"files\":{}}"),
    ]);
    let loaded = tree.load("vendor/parcels");
    assert!(loaded.foreign && loaded.readable && loaded.findings.is_empty() && loaded.files.is_empty());
    // Unpacked by `cargo package` to see whether it builds.
    let tree = Tree::new(&[
        ("Cargo.toml", WORKSPACE),
        ("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n"),
        ("target/package/parcels-1.0.0/Cargo.toml", PACKAGE),
        ("target/package/parcels-1.0.0/smcard.toml", ""),
        ("target/package/parcels-1.0.0/Cargo.toml.orig", PACKAGE),
    ]);
    assert!(tree.load("target/package/parcels-1.0.0").foreign);
}

#[test]
fn what_is_wrong_with_a_card_of_somebody_else_is_a_warning() {
    let tree = Tree::new(&[("Cargo.toml", PACKAGE), (".cargo-ok", "")]);
    let loaded = tree.load("");
    let found = smcard::SecurityCard::EMPTY.check(&loaded.policy);
    let errors = found.errors();
    assert!(errors > 0);
    let weighed = loaded.weigh(found.clone(), |_| false);
    assert!(!weighed.has_errors() && weighed.len() == found.len(), "{weighed}");
    // What its rule holds on to stays.
    assert_eq!(loaded.weigh(found.clone(), |_| true).errors(), errors);
    assert_eq!(LoadedPolicy::default().weigh(found, |_| false).errors(), errors);
}

#[test]
fn a_list_of_licences_that_is_wrong_is_told_once_and_measures_no_card() {
    for (text, told) in [
        ("\n\n[license]\nallow = []\n", "smcard.toml:3:1: `allow` is empty"),
        ("[license]\nallow = [\"BSD-3-Clause\", \"a licence of ours\"]\n", "smcard.toml:2:26: "),
    ] {
        let loaded = Tree::new(&[("Cargo.toml", PACKAGE), ("smcard.toml", text)]).load("");
        assert!(loaded.findings.errors() == 1 && loaded.findings.to_string().starts_with(told), "{}", loaded.findings);
        let found = crate::common::findings(crate::common::REPORT, &loaded.policy);
        assert!(found.is_empty(), "{found}");
    }
}

#[test]
fn a_file_in_place_of_a_folder_has_no_policy() {
    let tree = Tree::new(&[("Cargo.toml", PACKAGE), ("parcels", "no folder")]);
    assert_eq!(tree.files("parcels"), [""; 0]);
}

#[test]
fn a_folder_that_is_not_there_has_no_policy() {
    let loaded = Policy::load(Path::new("/nowhere/at/all"));
    assert!(loaded.files.is_empty() && loaded.findings.is_empty() && !loaded.foreign);
}

#[test]
fn every_policy_of_the_readme_and_the_examples_is_right() {
    let readme = include_str!("../../README.md");
    let blocks = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```")).map(|(block, _)| block);
    let policies: Vec<&str> = blocks.filter(|block| !block.contains("dependencies]")).collect();
    assert_eq!(policies.len(), 3, "{policies:#?}");
    for text in policies {
        Policy::from_toml(text, "smcard.toml").unwrap_or_else(|findings| panic!("{text}\n{findings}"));
    }
    let examples = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).expect("the examples");
    let mut read = 0;
    for example in examples.flatten() {
        let loaded = Policy::load(&example.path());
        assert!(loaded.findings.is_empty() && !loaded.foreign, "{}", loaded.findings);
        read += loaded.files.len();
    }
    assert_eq!(read, 2);
}

#[test]
fn the_policy_of_the_readme_asks_for_what_its_tables_are_about() {
    let readme = include_str!("../../README.md");
    let block = readme.split("```toml\n").find(|block| block.starts_with("[require]")).expect("the policy");
    let text = block.split("```").next().expect("a block ends");
    let policy = Policy::from_toml(text, "smcard.toml").expect("right");
    let found = crate::common::findings(crate::common::REPORT, &policy);
    let missing: Vec<&str> = found.iter().map(|finding| finding.path.as_str()).collect();
    for path in ["model_details.stage", "security_considerations.ai_class"] {
        assert!(missing.contains(&path), "{missing:?}");
    }
}
