//! The day of a team without Rust: a card in YAML, checked in CI.

use crate::session::{Folder, REPORT};
use crate::yaml::CARD;

#[test]
fn a_missing_field_fails_ci_with_file_and_line_and_passes_once_it_is_there() {
    let repository = Folder::new()
        .file("pyproject.toml", "[project]\nname = \"parcels\"\nversion = \"2.1.0\"\n")
        .file("model/train.py", "print('trained')\n")
        .file("model/cards/parcels.yaml", CARD.replace("  contact: models@parcels.example\n", ""));
    let said = repository.check(&["model/cards"]).ended(1);
    assert_eq!(
        said.err,
        "\
error[missing-field]: missing field `contact` in `model_details`
 --> model/cards/parcels.yaml:3:1
  |
3 | model_details:
  | ^^^^^^^^^^^^^
  |
  = help: add `contact: \"…\"`, or `contact: \"Not applicable: why\"`
  = note: Where to send questions and reports: an email address, a telephone number or a web page

checked 1 card: 1 error, 0 warnings
"
    );
    let annotated = repository.check(&["--format", "github", "model/cards"]).ended(1);
    assert!(
        annotated
            .out
            .starts_with("::error file=model/cards/parcels.yaml,line=3,col=1,endColumn=14,title=missing-field::")
    );

    repository.write("model/cards/parcels.yaml", CARD);
    repository.check(&["model/cards"]).ended(0);

    // The security team asks for more, and the same card no longer passes.
    repository.smcard(&["policy", "init"]).ended(0);
    let said = repository.check(&["model/cards"]).ended(1);
    assert!(said.err.contains("required by smcard.toml:"), "{}", said.err);
    let named = CARD
        .replace("model_details:\n", "model_details:\n  name: parcels\n  stage: Draft\n")
        .replace("  threats:\n", "  ai_class: Predictive\n  objectives:\n    availability: It is asked again.\n    privacy: \"Not applicable: no person is shown.\"\n    supply_chain: Trained here.\n  threats:\n");
    repository.write("model/cards/parcels.yaml", named);
    repository.check(&["model/cards"]).ended(0);

    // The pull request shows what that changes.
    repository.write("before.yaml", CARD);
    let arguments =
        ["diff", "--format", "markdown", "--fail-on", "regression", "before.yaml", "model/cards/parcels.yaml"];
    let said = repository.smcard(&arguments).ended(0);
    assert!(said.out.starts_with("## Security model card of `parcels`, `2.1.0`\n\n0 regressions, "), "{}", said.out);
    assert!(said.out.contains("- objective `availability`: `open` → `answered by a text`\n"), "{}", said.out);
}

#[test]
fn the_same_card_in_yaml_and_in_json_is_told_the_same() {
    let yaml = CARD.lines().filter(|line| !line.contains("contact:")).collect::<Vec<_>>().join("\n");
    let json = REPORT.lines().filter(|line| !line.contains("\"contact\"")).collect::<Vec<_>>().join("\n");
    let json = json.replace("\"license\": \"Apache-2.0\",", "\"license\": \"Apache-2.0\"");
    let folder = Folder::new().file("a.yaml", yaml).file("b.json", json);
    let found = folder.json(&["."]);
    let of = |file: usize| {
        let finding = &found["files"][file]["findings"][0];
        (finding["code"].clone(), finding["path"].clone(), finding["message"].clone())
    };
    assert_eq!(of(0), of(1));
    assert_eq!(of(0).0, "missing-field");
}
