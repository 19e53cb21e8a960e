//! CSV: the same columns for every card, and no cell that a spreadsheet would calculate.

use smcard_core::{SecurityCard, Text};
use smcard_export::Format;

use crate::cards::{WRITTEN, each, random_tree};
use crate::random::notation::json;

fn text(card: &SecurityCard<'_>) -> String {
    Format::named("csv").unwrap().write(card).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn cell(card: &SecurityCard<'_>, column: &str) -> String {
    let rows = rows(&text(card));
    let [headings, cells] = rows.as_slice() else { panic!("{rows:?}") };
    let index = headings.iter().position(|heading| heading == column).unwrap_or_else(|| panic!("no column {column}"));
    cells[index].clone()
}

#[test]
fn every_card_is_one_row_under_the_same_headings() {
    let headings = rows(&text(WRITTEN[0].1))[0].clone();
    assert!(headings.iter().any(|heading| heading == "security_considerations.threats"));
    each(|name, card| {
        let rows = rows(&text(card));
        assert_eq!(rows.len(), 2, "{name}");
        assert_eq!(rows[0], headings, "{name}");
    });
}

#[test]
fn a_cell_holds_what_the_card_says() {
    let (_, card) = WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap();
    assert_eq!(cell(card, "model_details.name"), "warehouse-agent");
    assert_eq!(cell(card, "model_details.citation"), "Not applicable: An internal system.");
    assert_eq!(cell(card, "model_details.stage"), "Review");
    assert_eq!(cell(card, "extensions"), "");
    let threats: serde_json::Value = serde_json::from_str(&cell(card, "security_considerations.threats")).unwrap();
    assert_eq!(threats[3]["owner"], "Logistics systems");
}

#[test]
fn nothing_of_a_card_is_lost() {
    for seed in 0..20 {
        let tree = random_tree(seed, true);
        let report = json(&tree);
        let card = SecurityCard::from_json(&report).unwrap();
        let table = rows(&text(&card));
        for (column, cell) in table[0].iter().zip(&table[1]) {
            let path = format!("/{}", column.replace('.', "/"));
            let value: serde_json::Value = serde_json::from_str(&card.to_json()).unwrap();
            let expected = match value.pointer(&path) {
                None => String::new(),
                Some(serde_json::Value::String(text)) => text.clone(),
                Some(other) => {
                    // Numbers beyond what this reader holds exactly are compared as texts.
                    let read: serde_json::Value = serde_json::from_str(cell).unwrap();
                    assert_eq!(&read, other, "{column}");
                    continue;
                }
            };
            let given = cell.strip_prefix('\'').unwrap_or(cell);
            assert_eq!(given, expected, "{column}");
        }
    }
}

#[test]
fn no_cell_begins_as_a_formula_does() {
    let hostile = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u{feff}=1",
        "'=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "=HYPERLINK(\"http://a.example\",\"b\")",
        "\",=1,\"",
        "x\",\n\"=1",
    ];
    for text in hostile {
        let mut card = WRITTEN[0].1.clone();
        card.training_data = Some(Text::Stated(text.into()));
        let cell = cell(&card, "training_data");
        let first = cell.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}').chars().next();
        assert!(!first.is_some_and(|char| "=+-@＝＋－＠".contains(char)), "{cell:?}");
        // One apostrophe less is the text.
        assert_eq!(cell.strip_prefix('\'').unwrap_or(&cell), text);
    }
}
