//! Which `smcard.toml` a package is checked against, and what follows when it changes.

use crate::card::Card;
use crate::project::Project;

#[test]
fn every_policy_up_to_the_workspace_root_counts() {
    let project = Project::workspace(&["policy-of-its-own", "policy-of-the-root"])
        .file("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n")
        .file("policy-of-its-own/smcard.toml", "[require]\nfields = [\n    \"model_details.stage\",\n]\n");
    let built = project.cargo(&["build", "--keep-going"]).failed();

    assert_eq!(built.errors().len(), 3, "{}", built.stderr);
    for (words, place, file) in [
        ("missing field `stage` in `model_details`", "required by smcard.toml:3\n", "policy-of-its-own/src/card.rs:"),
        ("missing field `name` in `model_details`", "required by ../smcard.toml:2\n", "policy-of-its-own/src/card.rs:"),
        (
            "missing field `name` in `model_details`",
            "required by ../smcard.toml:2\n",
            "policy-of-the-root/src/card.rs:",
        ),
    ] {
        let says = |error: &&str| error.contains(words) && error.contains(place) && error.contains(file);
        assert_eq!(built.errors().into_iter().filter(says).count(), 1, "{words}\n{}", built.stderr);
    }
}

#[test]
fn a_policy_that_loosens_the_one_of_the_root_fails_the_build_until_it_may() {
    let project = Project::workspace(&["policy-that-loosens"])
        .file("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n")
        .file("policy-that-loosens/smcard.toml", "[optional]\nfields = [\"model_details.name\"]\n");
    let built = project.build().failed();
    let first = "error: smcard.toml:2:11: `model_details.name` is made optional, but ../smcard.toml:2 requires it\n";
    assert!(built.errors().iter().any(|error| error.starts_with(first)), "{}", built.stderr);
    assert!(built.stderr.contains("code: policy-loosened"), "{}", built.stderr);

    // A change to the outer file alone is seen.
    project.write("smcard.toml", "[policy]\ndelegate = [\"optional\"]\n[require]\nfields = [\"model_details.name\"]\n");
    project.build().passed();
    project.write("smcard.toml", "[require]\nfields = [\"model_details.stage\"]\n");
    project.build().failed();
}

#[test]
fn a_changed_file_that_a_policy_rests_on_is_seen() {
    let project = Project::new("policy-at-rest")
        .file("smcard.toml", "[policy]\nextends = \"../base.toml\"\n")
        .file("../base.toml", "");
    project.build().passed();
    project.write("../base.toml", "[require]\nfields = [\"model_details.name\"]\n");
    assert!(project.build().failed().only_error().contains("required by ../base.toml:2\n"));
}

#[test]
fn an_excepted_finding_fails_no_build_in_macro_and_hook() {
    let exception = |path: &str| {
        format!(
            "[[exception]]\npackage = \"policy-with-exception\"\nrule = \"placeholder\"\npath = \"{path}\"\n\
             reason = \"Ticket 4\"\napproved_by = \"Security\"\nexpires = \"2099-12-31\"\n"
        )
    };
    let name = "policy-with-exception";
    let card = Card::good().text("training_data", "TODO").with("ethical_considerations", "concat!(\"TO\", \"DO\")");
    let both = exception("training_data") + &exception("ethical_considerations");
    let project = Project::new(name).card(&card).file("smcard.toml", &both);
    let built = project.build().passed();
    assert!(built.warnings().is_empty(), "{}", built.stderr);
    assert!(built.report(name).contains("TODO"));

    // What is not needed any more is told, and fails nothing.
    project.write("src/card.rs", Card::good().text("training_data", "TODO").source());
    let built = project.build().passed();
    let warning = format!("warning: {name}@1.2.3: smcard.toml:8:1: nothing needs the exception to `placeholder` at ");
    assert!(built.warnings().iter().any(|line| line.starts_with(&warning)), "{}", built.stderr);

    project.write("smcard.toml", exception("ethical_considerations"));
    project.build().failed();
}

#[test]
fn a_vendored_crate_whose_policy_stayed_behind_breaks_no_build() {
    let name = "policy-left-behind";
    // At its author's the policy of the root does without the one and allows the other.
    let card = Card::good().without("metrics.variation_approaches").text("training_data", "TODO");
    let card = card.with("ethical_considerations", "concat!(\"TO\", \"DO\")");
    let others = "sparse+https://registry.example/index/";
    let project = Project::new("policy-of-a-consumer");
    let manifest = crate::project::manifest("policy-of-a-consumer").replace(
        "[dependencies]\n",
        &format!("[dependencies]\n{name} = {{ version = \"1\", registry = \"others\" }}\n"),
    );
    let smcard = format!("smcard = {{ path = '{}' }}\n", crate::project::SMCARD);
    project.write("Cargo.toml", manifest + &format!("\n[workspace]\n\n[patch.crates-io]\n{smcard}"));
    project.write("src/lib.rs", "pub mod card;\npub use policy_left_behind::card::CARD;\n");
    // The consumer has a policy, which is none of the crate's.
    project.write("smcard.toml", "[require]\nfields = [\"model_details.version\"]\n");
    project.write(
        ".cargo/config.toml",
        format!(
            "[registries.others]\nindex = \"{others}\"\n\n[source.others]\nregistry = \"{others}\"\n\
             replace-with = \"vendored\"\n\n[source.vendored]\ndirectory = \"vendor\"\n"
        ),
    );
    let project =
        project.package(&format!("vendor/{name}/"), name).file(&format!("vendor/{name}/src/card.rs"), &card.source());
    let published = crate::project::manifest(name).replace(&smcard, "smcard = \"0.1\"\n");
    project.write(&format!("vendor/{name}/Cargo.toml"), &published);
    project.write(&format!("vendor/{name}/Cargo.toml.orig"), &published);
    project.write(&format!("vendor/{name}/.cargo-checksum.json"), "{\"files\":{}}");

    let built = project.build().passed();
    assert!(built.report(name).contains("TODO"), "{}", built.stderr);
    assert!(!built.report(name).contains("variation_approaches"), "{}", built.stderr);

    // The same files in the workspace itself are the workspace's own, whatever lies beside them.
    let entry = format!("{name} = {{ version = \"1\", registry = \"others\" }}");
    project.replace("Cargo.toml", &entry, &format!("{name} = {{ path = \"vendor/{name}\" }}"));
    let built = project.build().failed();
    assert!(built.stderr.contains("missing field `variation_approaches` in `metrics`"), "{}", built.stderr);
}

#[test]
fn a_file_above_the_workspace_root_is_not_read() {
    let project = Project::new("policy-above").file("../smcard.toml", "this is no TOML");
    project.build().passed();

    let project = Project::workspace(&["policy-above-member"]).file("../smcard.toml", "this is no TOML");
    project.build().passed();
}

#[test]
fn a_changed_policy_makes_a_passing_card_fail_and_pass_again() {
    let name = "policy-that-changes";
    let project = Project::new(name).file("smcard.toml", "[require]\nfields = []\n");
    let report = project.build().passed().report_file(name);

    project.write("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n");
    let built = project.build().failed();
    assert!(built.only_error().starts_with("error: missing field `name` in `model_details`\n"), "{}", built.stderr);

    project.write("smcard.toml", "[require]\nfields = []\n");
    project.build().passed();
    assert!(report.is_file());

    // What only the hook sees follows the policy as well.
    project.write("src/card.rs", Card::good().with("training_data", "concat!(\"TO\", \"DO\")").source());
    project.build().failed();
    assert!(!report.exists());
    project.write("smcard.toml", "[level]\nplaceholder = \"warning\"\n");
    let built = project.build().passed();
    let warning = format!("warning: {name}@1.2.3: src/card.rs:34:20: `training_data` contains the placeholder `TODO`");
    assert!(built.warnings().iter().any(|line| line.starts_with(&warning)), "{}", built.stderr);
    assert!(report.is_file());
}

#[test]
fn a_card_that_the_build_script_reads_from_json_follows_the_policy_as_well() {
    let name = "policy-of-a-read-card";
    let script = "\
fn main() {
    let card = smcard::SecurityCard::from_json(include_str!(\"card.json\")).expect(\"a card\");
    smcard::build::emit(&card);
}
";
    let report = Project::new("policy-of-a-card-to-read").build().passed().report("policy-of-a-card-to-read");
    let project = Project::new(name)
        .file("card.json", &report)
        .file("build.rs", script)
        .file("src/lib.rs", "")
        .file("smcard.toml", "[license]\nallow = [\"Apache-2.0\"]\n");
    assert_eq!(project.build().passed().report(name), report);

    project.write("smcard.toml", "[license]\nallow = [\"MIT\"]\n");
    let built = project.build().failed();
    let error = format!("error: {name}@1.2.3: `license` in `model_details` is not allowed: `Apache-2.0`; ");
    assert!(built.errors().iter().any(|line| line.starts_with(&error)), "{}", built.stderr);
}

#[test]
fn a_policy_that_is_taken_away_relaxes_nothing_any_more() -> std::io::Result<()> {
    let project = Project::new("policy-taken-away")
        .file("smcard.toml", "[optional]\nfields = [\"factors\"]\n")
        .card(&Card::good().without("factors.relevant_factors"));
    project.build().passed();

    std::fs::remove_file(project.root.join("smcard.toml"))?;
    let built = project.build().failed();
    assert!(built.stderr.contains("missing field `relevant_factors` in `factors`"), "{}", built.stderr);
    Ok(())
}

#[test]
fn a_draft_may_lack_what_the_policy_says_a_draft_may_lack() {
    let draft = "[stage.draft]\noptional = [\"metrics\"]\n\n[stage.production]\nrequire = [\"model_details.name\"]\n";
    let card = Card::good()
        .without("metrics.performance_measures")
        .without("metrics.decision_thresholds")
        .without("metrics.variation_approaches")
        .with("model_details.stage", "Draft");
    let project = Project::new("policy-of-stages").file("smcard.toml", draft).card(&card);
    assert!(!project.build().passed().report("policy-of-stages").contains("metrics"));

    project.replace("src/card.rs", "Draft", "Production");
    let built = project.build().failed();
    assert_eq!(built.errors().len(), 2, "{}", built.stderr);
    assert!(built.stderr.contains("missing section `metrics`"), "{}", built.stderr);
    assert!(built.stderr.contains("missing field `name` in `model_details`"), "{}", built.stderr);
}
