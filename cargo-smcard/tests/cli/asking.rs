//! The commands that answer questions: rules, taxonomies, completions, the manual.

use crate::session::{Folder, Said, command};

#[test]
fn a_rule_is_explained_by_its_code() {
    let folder = Folder::new();
    let said = folder.smcard(&["explain", "placeholder"]).ended(0);
    assert!(said.out.starts_with("placeholder: A text is an answer, not a placeholder for one.\n\n"), "{}", said.out);
    assert!(said.out.contains("`placeholder = \"…\"` in `[level]`"), "{}", said.out);
    assert!(folder.smcard(&["explain", "wrong-kind"]).ended(0).out.contains("No policy sets another level."));
    let said = folder.smcard(&["explain", "placehodler"]).ended(2);
    assert_eq!(said.err, "error: there is no rule `placehodler`\nhelp: did you mean `placeholder`?\n");
}

#[test]
fn every_rule_is_listed_and_explained() {
    let folder = Folder::new();
    let list = folder.smcard(&["explain"]).ended(0).out;
    assert_eq!(list.lines().count(), smcard_core::rules::all().count());
    for rule in smcard_core::rules::all().step_by(9) {
        assert!(folder.smcard(&["explain", rule.code]).ended(0).out.contains(rule.explanation));
    }
}

#[test]
fn an_entry_is_found_by_its_id_its_name_or_a_part_of_it() {
    let folder = Folder::new();
    let found = |search: &[&str]| folder.smcard(&[&["taxonomy"], search].concat()).ended(0).out;
    assert!(found(&["aml.t0015"]).starts_with("AML.T0015  Evade AI Model (ATLAS, technique)\n"));
    let editions = found(&["LLM06"]);
    assert!(editions.contains("LLM06:2023") && editions.contains("LLM06:2025") && editions.contains("LLM06:2026"));
    assert!(editions.contains("superseded; now: LLM03:2026 Excessive Agency"), "{editions}");
    assert!(
        found(&["Evasion"]).starts_with("NISTAML.022  Evasion (NIST AI 100-2, attack)\n    objectives: Integrity\n")
    );
    assert!(found(&["excessive", "agency"]).contains("LLM06:2025"));
    assert!(found(&[]).contains("MITRE ATLAS"));
    let said = folder.smcard(&["taxonomy", "no such thing"]).ended(2);
    assert!(said.err.starts_with("error: no taxonomy has an entry with `no such thing`"), "{}", said.err);
}

#[test]
fn what_took_the_place_of_a_retired_id_is_told() {
    use smcard_core::taxonomy::{Standing, concepts};

    let retired = concepts().iter().find(|it| it.standing == Standing::Retired && !it.replaced_by.is_empty()).unwrap();
    let said = Folder::new().smcard(&["taxonomy", retired.id]).ended(0);
    assert!(said.out.contains(&format!("retired; now: {}", retired.current()[0].id)), "{}", said.out);
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let folder = Folder::new();
    let commands = ["init", "check", "build", "explain", "policy", "taxonomy", "schema", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = folder.smcard(&["completions", shell]).ended(0).out;
        assert!(commands.iter().all(|command| text.contains(command)), "{shell}");
        assert!(!text.contains("read-pdf"), "{shell} offers what help hides");
    }
    let page = folder.smcard(&["man"]).ended(0).out;
    assert!(page.contains(".TH smcard 1") && commands.iter().all(|command| page.contains(command)), "{page}");
    for command in commands {
        let page = folder.smcard(&["man", command]).ended(0).out;
        assert!(page.contains(&format!(".TH smcard-{command} 1")), "{page}");
    }
    folder.smcard(&["man", "nothing"]).ended(2);
}

#[cfg(unix)]
#[test]
fn bash_reads_the_completions() {
    let folder = Folder::new();
    let completions = folder.smcard(&["completions", "bash"]).ended(0).out;
    folder.write("smcard.bash", completions);
    let script = "source ./smcard.bash && COMP_WORDS=(smcard che) COMP_CWORD=1 && _smcard smcard che smcard && echo \"${COMPREPLY[@]}\"";
    let mut bash = assert_cmd::Command::new("bash");
    let said = Said::of(bash.current_dir(folder.root()).args(["-c", script])).ended(0);
    assert_eq!(said.out, "check\n");
}

#[test]
fn cargo_smcard_is_smcard() {
    let folder = Folder::with_report();
    let said = Said::of(command("cargo-smcard").current_dir(folder.root()).args(["smcard", "check", "card.json"]));
    assert_eq!(said.code, 0, "{}", said.err);
    let said = Said::of(command("cargo-smcard").args(["smcard", "--version"])).ended(0);
    assert_eq!(said.out, format!("cargo smcard {}\n", env!("CARGO_PKG_VERSION")));
    let said = Said::of(command("smcard").arg("--version")).ended(0);
    assert_eq!(said.out, format!("smcard {}\n", env!("CARGO_PKG_VERSION")));
    let help = Said::of(command("cargo-smcard").args(["smcard", "check", "--help"])).ended(0).out;
    assert!(help.contains("Usage: cargo smcard check"), "{help}");
}
