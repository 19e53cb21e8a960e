//! The README's blocks, each used as somebody would use it who follows the README.
//!
//! Its `rust` blocks are documentation tests of the library, its policies are read in `layers`.

#![allow(clippy::expect_used, clippy::panic, reason = "what a test cannot set up ends that test")]

use std::fs;

use saphyr_parser::{Event, Parser};
use smcard::SecurityCard;
use smcard::schema::Kind;

use crate::card::Card;
use crate::project::{Project, SMCARD};

/// The card of the example, whose report the README shows.
#[path = "../../examples/defect-detector/src/card.rs"]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "an example, of which only the card is looked at")]
mod example;

const README: &str = include_str!("../../README.md");

/// The only block in this language with these words in it.
#[track_caller]
fn block(language: &str, words: &str) -> &'static str {
    let fence = format!("```{language}\n");
    let blocks = README.split(&fence).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    match blocks.filter(|block| block.contains(words)).collect::<Vec<_>>().as_slice() {
        [block] => block,
        blocks => panic!("{} blocks in {language} with {words:?}", blocks.len()),
    }
}

/// A package as the README says: a manifest with this table, and these files.
fn package(name: &str, dependencies: &str, build_script: &str, card: &str, main: &str) -> Project {
    let version = env!("CARGO_PKG_VERSION").rsplit_once('.').expect("major, minor and patch").0;
    assert!(dependencies.contains(&format!("smcard = \"{version}\"")), "{dependencies}");
    let dependencies = dependencies.replace(&format!("\"{version}\""), &format!("{{ path = '{SMCARD}' }}"));
    let package = format!("[package]\nname = \"{name}\"\nversion = \"1.2.3\"\nedition = \"2024\"\n\n[workspace]\n\n");
    let project = Project::new(name)
        .file("Cargo.toml", &format!("{package}{dependencies}"))
        .file("build.rs", build_script)
        .file("src/card.rs", card)
        .file("src/main.rs", main);
    fs::remove_file(project.root.join("src/lib.rs")).expect("the library can be removed");
    project
}

/// The package of the set-up that comes first.
fn lighter(name: &str, card: &str) -> Project {
    let manifest = README.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a manifest");
    assert!(!manifest.contains("[dependencies]"), "{manifest}");
    package(name, manifest, block("rust,ignore", "emit(&card::CARD)"), card, "fn main() {}\n")
}

#[test]
fn the_first_set_up_begins_with_an_empty_card_whose_help_is_the_card_to_fill_in() {
    let name = "readme-first";
    let empty = block("rust,ignore", "security_card! {};");
    let project = lighter(name, empty);
    let built = project.build().failed();
    let error = built.only_error();
    let (_, help) = error.split_once("help: begin with\n").unwrap_or_else(|| panic!("{error}"));
    let skeleton = help.split("       code: ").next().expect("a help");

    project.write("src/card.rs", empty.replace("{};", &format!("{{\n{skeleton}\n}};")));
    let built = project.build().failed();
    let errors = built.errors();
    assert_eq!(errors.len(), 27, "{}", built.stderr);
    assert!(errors.iter().all(|error| error.contains("contains the placeholder `…`")), "{}", built.stderr);

    project.write("src/card.rs", Card::good().source());
    let built = project.build().passed();
    assert!(built.warnings().is_empty(), "{}", built.stderr);
    assert!(project.target().join("smcard").join(name).join("security_model_card_report.json").exists());
}

#[test]
fn the_errors_that_are_shown_are_those_of_the_card_that_is_shown() {
    let card = block("rust,ignore", "licence:");
    // What the block leaves out is right, so that the errors are those of what it shows.
    let given = ["developer", "date", "version", "type", "license"];
    let rest = given.iter().fold(Card::good(), |card, field| card.without(&format!("model_details.{field}")));
    let body = rest.without("training_data").body();
    let (details, sections) = body.split_once("    },\n").expect("the end of the first section");
    let details = details.split_once("model_details: {\n").expect("the first section").1;
    let card = card.replacen("        // …\n", details, 1).replacen("    // …\n", sections, 1);
    assert!(!card.contains('…'), "{card}");

    let built = lighter("readme-errors", &card).build().failed();
    let errors: Vec<&str> = built.errors().into_iter().map(str::trim_end).collect();
    assert_eq!(errors.join("\n\n"), block("text", "error: ").trim_end());
}

#[test]
fn the_report_begins_as_is_shown() {
    let here = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let report = example::CARD.to_json().replacen(&here, "\"version\": \"2.4.0\"", 1);
    let shown = block("json", "model_details");
    assert!(shown.lines().count() > 4 && report.starts_with(shown), "{shown}");
}

#[test]
fn code_that_shares_a_constant_with_the_card_builds_without_a_warning() {
    let manifest = block("toml", "[dependencies]\n");
    let lines = block("rust,ignore", "allow(dead_code)");
    let script = block("rust,ignore", "emit(&card::CARD)");
    let script = script.replace("#[path = \"src/card.rs\"]\nmod card;\n", lines);
    assert!(script.contains("allow(dead_code)"), "{script}");
    let card = format!("{}\npub const THRESHOLD: f64 = 0.82;\n", Card::good().source());
    let used = "mod card;\n\nfn main() {\n    print!(\"{} {}\", card::THRESHOLD, card::CARD.to_json().len());\n}\n";
    let project = package("readme-shared", manifest, &script, &card, used);
    let built = project.build().passed();
    assert!(built.warnings().is_empty(), "{}", built.stderr);

    // Of code that does not use the card, the README says to allow that as well.
    let main = "#[allow(dead_code)]\nmod card;\n\nfn main() {\n    print!(\"{}\", card::THRESHOLD);\n}\n";
    project.write("src/main.rs", main);
    let built = project.build().passed();
    assert!(built.warnings().is_empty(), "{}", built.stderr);
}

#[test]
fn the_security_section_that_is_shown_passes_in_a_good_card() {
    let fragment = block("rust,ignore", "threat_modeling:");
    let paths = ["threat_modeling", "security_testing"].map(|field| format!("security_considerations.{field}"));
    let card = paths.iter().fold(Card::good(), |card, path| card.without(path));
    let source = crate::card::source(&format!("{}{fragment}", card.body()));
    let name = "readme-security";
    let built = lighter(name, &source).build().passed();
    assert!(built.warnings().is_empty(), "{}", built.stderr);
    assert!(built.report(name).contains("\"id\": \"evasion-by-patch\""));
}

#[test]
fn the_system_that_is_shown_gives_the_warning_that_is_shown_until_a_threat_affects_the_flow() {
    let fragment = block("rust,ignore", "system: {");
    let body = Card::good().body();
    let name = "readme-system";
    let source = crate::card::source(&format!("{body}{fragment}"));
    let project = lighter(name, &source);
    let built = project.build().passed();
    let warnings = built.warnings();
    let told: Vec<&str> = warnings.iter().filter_map(|warning| warning.lines().next()).collect();
    let shown = block("text", "warning: ").split_whitespace().collect::<Vec<_>>().join(" ");
    let (shown_place, shown) = shown.split_once(": `").expect("a place and a message");
    let [told] = told.as_slice() else { panic!("{told:?}") };
    let (place, told) = told.split_once(": `").expect("a place and a message");
    assert_eq!(told, shown);

    // The card that is shown is a fragment, so that the place is of the card that it stands in.
    assert!(shown_place.starts_with("warning: my-model@1.2.3: src/card.rs:"), "{shown_place}");
    let mut numbers = place.split(':').rev().map(|number| number.parse::<usize>().expect("a line and a column"));
    let (column, line) = (numbers.next().expect("a column"), numbers.next().expect("a line"));
    let line = source.lines().nth(line - 1).expect("a line of the card");
    assert!(line.get(column - 1..).is_some_and(|rest| rest.starts_with("id: \"crops\"")), "{place}: {line}");

    let (_, answer) = README.split_once("A threat with `").expect("how to answer it");
    let affects = answer.split_once('`').expect("what to write").0;
    let threat = format!(
        "threats: [{{ id: \"patch\", objectives: [Integrity], {affects}, scenario: \"A patch hides a bad weld.\", \
         status: Open, owner: \"Vision team\" }}],"
    );
    let body = body.replacen("security_considerations: {", &format!("security_considerations: {{ {threat}"), 1);
    project.write("src/card.rs", crate::card::source(&format!("{body}{fragment}")));
    let built = project.build().passed();
    assert!(built.warnings().is_empty(), "{}", built.stderr);
}

#[test]
fn the_table_of_fields_is_the_schema() {
    let (_, table) = README.split_once("| section | required | optional |").expect("the table");
    let rows: Vec<Vec<String>> = table.lines().skip(2).take_while(|line| line.starts_with('|')).map(cells).collect();
    let shown: Vec<(String, Vec<String>, Vec<String>)> = rows
        .iter()
        .flat_map(|row| {
            let [sections, required, optional] = row.as_slice() else { panic!("{row:?}") };
            let named = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
            named(sections).into_iter().map(move |section| (section, named(required), named(optional)))
        })
        .collect();
    // `$schema` is no section: it stands in front of them, for editors.
    let sections = SecurityCard::SCHEMA.fields.iter().filter(|section| section.name != "$schema");
    let declared = sections.map(|section| {
        let fields = if let Kind::Block(block) = section.kind { block.fields } else { &[] };
        let of = |required: bool| {
            fields
                .iter()
                .filter(|field| field.required == required)
                .map(|field| field.name.to_owned())
                .collect::<Vec<_>>()
        };
        (section.name.to_owned(), of(true), of(false))
    });
    assert_eq!(shown, declared.collect::<Vec<_>>());
}

#[test]
fn a_row_about_a_choice_has_all_its_words() {
    let rows = [
        ("| `status` |", "security_considerations.threats.status"),
        ("| `ai_class` |", "security_considerations.ai_class"),
        ("| `kind` of a test |", "security_considerations.tests.kind"),
        ("| `knowledge` of a test |", "security_considerations.tests.knowledge"),
        ("| `vulnerabilities` |", "security_considerations.vulnerabilities.status"),
        ("| `exposure` |", "system.exposure"),
        ("| `components` |", "system.components.kind"),
        ("| `permission` of a tool |", "system.components.permission"),
        ("| `sensitivity` of data |", "system.components.sensitivity"),
    ];
    for (start, path) in rows {
        let row = README.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no row {start}"));
        let Some(Kind::Choice(choice)) = SecurityCard::SCHEMA.at(path).map(|field| field.kind) else {
            panic!("{path}")
        };
        let shown: Vec<&str> =
            row.split('`').skip(3).step_by(2).filter(|word| word.starts_with(char::is_uppercase)).collect();
        assert_eq!(shown, choice.variants.iter().map(|variant| variant.name).collect::<Vec<_>>(), "{row}");
    }
}

/// The cells of a row of a table.
fn cells(row: &str) -> Vec<String> {
    row.trim_matches('|').split('|').map(str::to_owned).collect()
}

#[test]
fn the_job_for_github_is_yaml_that_runs_the_commands_that_are_shown() {
    let texts: Vec<String> = Parser::new_from_str(block("yaml", "actions/checkout"))
        .map(|event| event.expect("YAML").0)
        .filter_map(|event| match event {
            Event::Scalar(text, ..) => Some(text.into_owned()),
            _ => None,
        })
        .collect();
    for text in
        [block("sh", "cargo check --package my-model").trim(), "SMCARD_OUT_DIR", "${{ github.workspace }}/reports"]
    {
        assert!(texts.iter().any(|it| it == text), "{text}: {texts:?}");
    }
}
