//! The report whose text a card must reproduce, and each of its 27 fields that must not be missing.

use std::fs;
use std::path::Path;

use crate::card::{Card, IMPORTS, source};
use crate::project::{Project, SMCARD};

/// The text of the report, which lies beside the repository where it may lie at all.
fn seed() -> Option<String> {
    let file = Path::new(SMCARD).join("../shared/seed/sample-report.json");
    let text = fs::read_to_string(&file);
    if let Err(error) = &text {
        eprintln!("SKIPPED: nothing is compared with the sample report, {}: {error}", file.display());
    }
    text.ok()
}

fn parsed(seed: &str) -> Result<Card, serde_json::Error> {
    Ok(Card::of_report(&serde_json::from_str(seed)?))
}

#[test]
fn the_sample_report_comes_back_from_its_own_json_and_from_its_values_typed_in_rust() -> Result<(), serde_json::Error> {
    let Some(seed) = seed() else { return Ok(()) };
    let typed = parsed(&seed)?;
    assert_eq!(typed.paths().len(), 27);
    let project = Project::workspace(&["seed-pasted", "seed-typed"]);
    project.write("seed-pasted/src/card.rs", source(&seed));
    project.write("seed-typed/src/card.rs", typed.source());

    let built = project.build().passed();
    let expected = format!("{}\n", seed.trim_end());
    assert_eq!(built.report("seed-pasted"), expected);
    assert_eq!(built.report("seed-typed"), expected);
    Ok(())
}

#[test]
fn each_missing_field_of_the_sample_report_is_one_error_that_names_it_and_its_section() -> Result<(), serde_json::Error>
{
    let Some(seed) = seed() else { return Ok(()) };
    let whole = parsed(&seed)?;
    let cards: Vec<(&str, String, Card)> = whole
        .paths()
        .into_iter()
        .map(|path| (path, path.replace('.', "_without_"), whole.clone().without(path)))
        .collect();
    let modules: String = cards.iter().map(|(_, module, _)| format!("pub mod {module};\n")).collect();
    let project = Project::new("seed-with-a-gap").file("src/lib.rs", &modules);
    for (_, module, card) in &cards {
        project.write(&format!("src/{module}.rs"), card.source());
    }

    let checked = project.cargo(&["check"]).failed();
    assert_eq!(checked.errors().len(), 27, "{}", checked.stderr);
    for (path, module, _) in &cards {
        let first_line = format!("error: {}\n", missing(path));
        let place = format!(" src/{module}.rs:");
        let names = |error: &&&str| error.starts_with(&first_line) && error.contains(&place);
        assert_eq!(checked.errors().iter().filter(names).count(), 1, "{first_line}{place}\n{}", checked.stderr);
    }
    Ok(())
}

#[test]
fn five_missing_fields_are_five_errors_of_one_build() -> Result<(), serde_json::Error> {
    let Some(seed) = seed() else { return Ok(()) };
    let gone = [
        "model_details.license",
        "intended_use.out_of_scope_uses",
        "training_data",
        "quantitative_analyses.unitary_results",
        "security_considerations.security_testing",
    ];
    let card = gone.iter().fold(parsed(&seed)?, |card, path| card.without(path));
    let project = Project::new("seed-with-five-gaps").card(&card);

    let built = project.build().failed();
    assert_eq!(built.errors().len(), 5, "{}", built.stderr);
    for path in gone {
        let first_line = format!("error: {}\n", missing(path));
        assert!(built.errors().iter().any(|error| error.starts_with(&first_line)), "{first_line}\n{}", built.stderr);
    }
    Ok(())
}

#[test]
fn an_empty_section_is_told_apart_from_a_missing_one() {
    let body = Card::good().body();
    let factors = body.split("    factors: {").nth(1).and_then(|rest| rest.split("    },\n").next());
    let factors = format!("    factors: {{{}    }},\n", factors.unwrap_or_default());
    assert!(body.contains(&factors));
    let project = Project::new("sections").file("src/lib.rs", "pub mod without;\npub mod empty;\n");
    project.write("src/without.rs", source(&body.replace(&factors, "")));
    project.write(
        "src/empty.rs",
        format!("{IMPORTS}{}", crate::card::item("CARD", &body.replace(&factors, "    factors: {},\n"))),
    );

    let checked = project.cargo(&["check"]).failed();
    let of = |file: &str| checked.errors().into_iter().filter(|error| error.contains(file)).collect::<Vec<_>>();
    assert!(of("src/without.rs").concat().starts_with("error: missing section `factors`\n"), "{}", checked.stderr);
    assert_eq!(of("src/without.rs").len(), 1, "{}", checked.stderr);
    assert_eq!(of("src/empty.rs").len(), 2, "{}", checked.stderr);
    for field in ["relevant_factors", "evaluation_factors"] {
        let first_line = format!("error: missing field `{field}` in `factors`\n");
        assert!(of("src/empty.rs").iter().any(|error| error.starts_with(&first_line)), "{}", checked.stderr);
    }
}

/// What is said of the missing field at a path.
fn missing(path: &str) -> String {
    match path.split_once('.') {
        Some((section, field)) => format!("missing field `{field}` in `{section}`"),
        None => format!("missing field `{path}`"),
    }
}
