//! The ways in which a card can be written, all of which mean the same.

use crate::card::{Card, IMPORTS, source};
use crate::project::Project;

#[test]
fn a_card_with_type_names_in_parentheses_gives_the_same_report_as_one_without() {
    let mut named = Card::good().body().replace("r#type", "type");
    for (section, name) in [
        ("model_details", "ModelDetails"),
        ("intended_use", "IntendedUse"),
        ("factors", "smcard::Factors"),
        ("metrics", "::smcard::Metrics"),
        ("evaluation_data", "EvaluationData"),
        ("quantitative_analyses", "QuantitativeAnalyses"),
        ("security_considerations", "SecurityConsiderations"),
    ] {
        named = named.replace(&format!("{section}: {{"), &format!("{section}: {name} {{"));
    }
    let named = format!("{IMPORTS}pub static CARD: SecurityCard = security_card!(SecurityCard {{\n{named}}});\n");
    assert_eq!(named.matches(" {\n").count(), 8, "every section has its type's name before it");

    let project = Project::workspace(&["written-plainly", "written-with-names"]);
    project.write("written-with-names/src/card.rs", named);
    let built = project.build().passed();
    assert_eq!(built.report("written-with-names"), built.report("written-plainly"));
}

#[test]
fn comments_raw_strings_and_missing_or_trailing_commas_are_read_as_rust_reads_them() {
    let card = Card::good()
        .with("model_details.information", "r#\"A \"deep\" network, C:\\models\\new\"#")
        .with("training_data", "\"Parts of 2024 \\\n     and 2025, 90\\u{b0} turned.\"")
        .with("ethical_considerations", "r\"None: no people\"");
    let body = card
        .body()
        .replace("        type:", "        // What it is.\n        r#type:")
        .replace("    factors: {", "    /* What matters, /* nested */ here. */\n    factors: {")
        .replace("\"Camera and material\",", "\"Camera and material\" // the last one has no comma");
    let without_last_comma = body.trim_end().strip_suffix(',').map(str::to_owned);
    assert!(
        without_last_comma
            .as_ref()
            .is_some_and(|body| ["r#type", "nested", "no comma"].iter().all(|part| body.contains(part)))
    );

    let project = Project::new("written-freely").file("src/card.rs", &source(&without_last_comma.unwrap_or_default()));
    let built = project.build().passed();
    let value = |path| built.value("written-freely", path);
    assert_eq!(value("model_details.type"), "Image classification");
    assert_eq!(value("model_details.information"), "A \"deep\" network, C:\\models\\new");
    assert_eq!(value("training_data"), "Parts of 2024 and 2025, 90\u{b0} turned.");
    assert_eq!(value("ethical_considerations"), "None: no people");
    assert_eq!(value("factors.evaluation_factors"), "Camera and material");
}

#[test]
fn a_reason_in_place_of_a_text_is_in_the_report_with_its_kind() {
    let card = Card::good()
        .with("training_data", "withheld(\"Under contract 118; see the data register\")")
        .with("factors.relevant_factors", "not_applicable(\"The camera is in a closed box\")");
    let project = Project::new("written-reasons").card(&card);
    let built = project.build().passed();
    assert_eq!(built.value("written-reasons", "training_data"), "Withheld: Under contract 118; see the data register");
    assert_eq!(
        built.value("written-reasons", "factors.relevant_factors"),
        "Not applicable: The camera is in a closed box"
    );
}

#[test]
fn what_an_organization_adds_is_in_the_report_as_it_was_given() {
    let extensions = "{ acme: { data_residency: \"EU\", sites: [1, 2.5, -3], audited: true, owner: { team: TEAM } } }";
    let card = Card::good().with("extensions", extensions).with("model_details.stage", "Production");
    let team = "const TEAM: &str = \"Vision\";\n\n";
    let project =
        Project::new("written-extensions").file("src/card.rs", &format!("{IMPORTS}{team}{}", card.item("CARD")));
    let report = project.build().passed().report("written-extensions");
    let extensions = "    \"extensions\": {
        \"acme\": {
            \"data_residency\": \"EU\",
            \"sites\": [
                1,
                2.5,
                -3
            ],
            \"audited\": true,
            \"owner\": {
                \"team\": \"Vision\"
            }
        }
    }\n}\n";
    assert!(report.ends_with(extensions), "{report}");
    assert!(report.contains("        \"stage\": \"Production\"\n"), "{report}");
}
