//! What the CI of other people runs: the action, and the hook of pre-commit.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::session::{Folder, Said, TODAY};
use crate::yaml::CARD;

const ACTION: &str = include_str!("../../../action.yml");
const HOOKS: &str = include_str!("../../../.pre-commit-hooks.yaml");
const README: &str = include_str!("../../README.md");

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

/// The step of the action with this name.
fn step(name: &str) -> Value {
    let action = yaml(ACTION);
    let steps = action["runs"]["steps"].as_array().unwrap();
    steps.iter().find(|step| step["name"] == name).unwrap().clone()
}

/// Runs a step as a runner does: its script in a file, by bash, with what its expressions stand for in its environment.
fn run(folder: &Folder, name: &str, inputs: &[(&str, &str)]) -> Said {
    let (action, step) = (yaml(ACTION), step(name));
    let script = folder.path("temporary/step.sh");
    folder.write("temporary/step.sh", step["run"].as_str().unwrap());
    let mut command = assert_cmd::Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(script).current_dir(folder.root());
    command.env("RUNNER_TEMP", folder.path("temporary"));
    for (variable, expression) in step["env"].as_object().into_iter().flatten() {
        let input = expression.as_str().unwrap().strip_prefix("${{ inputs.").unwrap().strip_suffix(" }}").unwrap();
        let declared = action["inputs"][input]["default"].as_str().unwrap();
        let given = inputs.iter().find(|(name, _)| *name == input).map_or(declared, |(_, value)| value);
        command.env(variable, given);
    }
    Said::of(&mut command)
}

/// A program that writes down its arguments, one a line.
#[cfg(unix)]
fn stand_in(folder: &Folder, program: &str) {
    use std::os::unix::fs::PermissionsExt;

    folder.write(program, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"${0%/*}/arguments\"\npwd > \"${0%/*}/folder\"\n");
    std::fs::set_permissions(folder.path(program), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_action_puts_no_input_into_a_script() {
    let action = yaml(ACTION);
    for step in action["runs"]["steps"].as_array().unwrap() {
        assert_eq!(step["shell"], "bash");
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step:#}");
    }
    // Each input is used, and each that is used is declared.
    let check = step("Check");
    let mut used: Vec<String> =
        check["env"].as_object().unwrap().values().map(|value| value.as_str().unwrap().to_owned()).collect();
    used.sort();
    let declared: Vec<String> =
        action["inputs"].as_object().unwrap().keys().map(|name| format!("${{{{ inputs.{name} }}}}")).collect();
    assert_eq!(used, declared);
}

#[cfg(unix)]
#[test]
fn whatever_an_input_holds_is_one_argument() {
    let folder = Folder::new();
    stand_in(&folder, "temporary/smcard/bin/smcard");
    let mean = "$(touch a)\n`touch b`\r\n; touch c\n\n* ?\n--today=1\n\"'\\ $HOME";
    let said = run(
        &folder,
        "Check",
        &[("paths", mean), ("stage", "draft; touch d"), ("policy", "$(touch e)"), ("manifest-path", "a b")],
    );
    said.ended(0);
    let arguments = folder.read("temporary/smcard/bin/arguments");
    let wanted = "check\n--format=github\n--stage=draft; touch d\n--policy=$(touch e)\n--manifest-path=a b\n--\n$(touch a)\n\
                  `touch b`\n; touch c\n* ?\n--today=1\n\"'\\ $HOME\n";
    assert_eq!(arguments, wanted);
    for file in ["a", "b", "c", "d", "e"] {
        assert!(!folder.path(file).exists(), "{file}");
    }
    // Without inputs, the packages are checked.
    run(&folder, "Check", &[]).ended(0);
    assert_eq!(folder.read("temporary/smcard/bin/arguments"), "check\n--format=github\n--\n");
}

#[cfg(unix)]
fn with_smcard(folder: &Folder) {
    std::fs::create_dir_all(folder.path("temporary/smcard/bin")).unwrap();
    std::os::unix::fs::symlink(assert_cmd::cargo::cargo_bin("smcard"), folder.path("temporary/smcard/bin/smcard"))
        .unwrap();
}

#[cfg(unix)]
#[test]
fn the_action_annotates_the_line_and_fails() {
    let folder = Folder::new().file("cards/parcels.yaml", CARD.replace("  contact: models@parcels.example\n", ""));
    with_smcard(&folder);
    let said = run(&folder, "Check", &[("paths", "cards\n")]).ended(1);
    assert!(
        said.out.starts_with("::error file=cards/parcels.yaml,line=3,col=1,endColumn=14,title=missing-field::"),
        "{}",
        said.out
    );
    folder.write("cards/parcels.yaml", CARD);
    run(&folder, "Check", &[("paths", "cards\n")]).ended(0);
    run(&folder, "Check", &[("paths", "cards"), ("format", "xml")]).ended(2);
}

#[cfg(unix)]
#[test]
fn a_line_of_a_card_is_no_command_to_the_runner() {
    let folder =
        Folder::new().file("cards/parcels.yaml", CARD.replace("Recall of damaged parcels", "TODO ##[add-mask]a"));
    with_smcard(&folder);
    let tokens: Vec<String> = (0..2)
        .map(|_| {
            let said = run(&folder, "Check", &[("paths", "cards"), ("format", "human")]).ended(1);
            assert!(said.err.contains("##[add-mask]a"), "{}", said.err);
            let token = said.out.lines().next().unwrap().strip_prefix("::stop-commands::").unwrap().to_owned();
            assert!(token.len() == 32 && said.out.ends_with(&format!("::{token}::\n")), "{}", said.out);
            token
        })
        .collect();
    assert_ne!(tokens[0], tokens[1]);

    run(&folder, "Check", &[("paths", "cards"), ("format", "sarif"), ("output", "found.sarif")]).ended(1);
    let sarif: Value = serde_json::from_str(&folder.read("found.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "placeholder");
}

/// The folder of smcard itself.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[cfg(unix)]
#[test]
fn the_action_installs_the_program_of_its_own_version() {
    let folder = Folder::new();
    stand_in(&folder, "cargo");
    let path = format!("{}:{}", folder.root().display(), std::env::var("PATH").unwrap());
    let step = step("Install smcard");
    assert_eq!(step["working-directory"], "${{ github.action_path }}");
    let mut command = assert_cmd::Command::new("bash");
    command.args(["-eo", "pipefail", "-c", step["run"].as_str().unwrap()]).env("RUNNER_TEMP", "/t e").env("PATH", path);
    Said::of(command.current_dir(repository())).ended(0);
    let arguments = folder.read("arguments");
    assert_eq!(arguments, "install\n--path\ncargo-smcard\n--bin\nsmcard\n--locked\n--quiet\n--root\n/t e/smcard\n");
    assert!(repository().join("cargo-smcard/Cargo.toml").is_file());
}

#[cfg(unix)]
#[test]
fn the_hook_builds_smcard_once_and_checks_what_is_named() {
    let hooks = yaml(HOOKS);
    let entry = hooks[0]["entry"].as_str().unwrap();
    let script = std::fs::read_to_string(repository().join(entry)).unwrap();
    use std::os::unix::fs::PermissionsExt;
    assert!(std::fs::metadata(repository().join(entry)).unwrap().permissions().mode() & 0o100 != 0);

    let folder = Folder::new()
        .file("hook/scripts/pre-commit", &script)
        .file("mine/cards/a b.yaml", CARD.replace("0.93", "1e400"));
    stand_in(&folder, "bin/cargo");
    let path = format!("{}:{}", folder.path("bin").display(), std::env::var("PATH").unwrap());
    let hook = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::new("bash");
        command.arg(folder.path("hook/scripts/pre-commit")).args(arguments).env("PATH", &path);
        Said::of(command.current_dir(folder.path("mine")))
    };
    // The stand-in installs nothing.
    hook(&[]).ended(127);
    assert_eq!(
        folder.read("bin/arguments"),
        "install\n--path\ncargo-smcard\n--bin\nsmcard\n--locked\n--quiet\n--root\ntarget/pre-commit\n"
    );
    assert_eq!(folder.read("bin/folder").trim_end(), folder.path("hook").canonicalize().unwrap().display().to_string());

    std::fs::remove_file(folder.path("bin/arguments")).unwrap();
    std::fs::create_dir_all(folder.path("hook/target/pre-commit/bin")).unwrap();
    std::os::unix::fs::symlink(
        assert_cmd::cargo::cargo_bin("smcard"),
        folder.path("hook/target/pre-commit/bin/smcard"),
    )
    .unwrap();
    let said = hook(&["--today", TODAY, "cards/a b.yaml"]).ended(1);
    assert!(said.err.contains("--> cards/a b.yaml:"), "{}", said.err);
    folder.write("mine/cards/a b.yaml", CARD);
    hook(&["--today", TODAY, "cards/a b.yaml"]).ended(0);
    assert!(!folder.path("bin/arguments").exists());
}

#[test]
fn the_readme_shows_workflows_that_name_what_is_there() {
    let blocks: Vec<Value> = README
        .split("\n## In CI\n")
        .nth(1)
        .unwrap()
        .split("```yaml\n")
        .skip(1)
        .map(|rest| yaml(rest.split("```").next().unwrap()))
        .collect();
    let [workflow, hooks] = blocks.as_slice() else { panic!("{blocks:?}") };
    let uses =
        workflow["jobs"]["cards"]["steps"].as_array().unwrap().iter().find(|step| step["with"].is_object()).unwrap();
    let action = yaml(ACTION);
    for input in uses["with"].as_object().unwrap().keys() {
        assert!(action["inputs"][input].is_object(), "{input}");
    }
    for input in action["inputs"].as_object().unwrap().keys() {
        assert!(README.contains(&format!("`{input}`")), "{input}");
    }
    assert_eq!(hooks["repos"][0]["hooks"][0]["id"], yaml(HOOKS)[0]["id"]);
}
