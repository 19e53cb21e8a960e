//! What the card says is in the page: all of it.

use smcard_core::schema::{Block, Form, Kind};
use smcard_core::taxonomy::Reference;
use smcard_core::tree::{Node, Value};
use smcard_core::{Policy, SecurityCard, Text};
use smcard_export::{Format, PolicyFile, Provenance};

use crate::large_system;
use crate::page::{Page, any_tree};

/// What the page must show of a value.
fn said(path: &str, node: &Node<'_>, kind: Kind, form: Form, said_so_far: &mut Vec<(String, String)>) {
    let mut push = |text: String| said_so_far.push((path.to_owned(), text));
    match (kind, &node.value) {
        (Kind::Block(block), Value::Block(_)) => said_in(path, node, block, said_so_far),
        (Kind::List(of), Value::List(items)) => {
            items.iter().for_each(|item| said(path, item, *of, form, said_so_far));
        }
        (Kind::Choice(_), _) => {
            let word = node.word().expect("a choice is a word");
            let mut spaced = String::new();
            for char in word.chars() {
                if char.is_uppercase() && !spaced.is_empty() {
                    spaced.push(' ');
                }
                spaced.extend(char.to_lowercase());
            }
            push(spaced);
        }
        (_, Value::Text(Text::Stated(text))) if form == Form::Reference => {
            let id = Reference::new(text).concept().map_or(Reference::new(text).id, |concept| concept.id);
            push(id.to_owned());
        }
        (_, Value::Text(text)) => push(text.to_string()),
        (_, Value::Number(number)) => push(number.to_string()),
        (_, Value::List(items)) => items.iter().for_each(|item| said(path, item, Kind::Extensions, form, said_so_far)),
        (_, Value::Block(entries)) => {
            for entry in entries {
                said_so_far.push((path.to_owned(), entry.key.to_string()));
                said(path, &entry.node, Kind::Extensions, form, said_so_far);
            }
        }
        _ => {}
    }
}

fn said_in(path: &str, node: &Node<'_>, block: &'static Block, said_so_far: &mut Vec<(String, String)>) {
    for entry in node.entries() {
        let field = block.field(&entry.key).expect("a good card has no other fields");
        said(&format!("{path}.{}", field.name), &entry.node, field.kind, field.form, said_so_far);
    }
}

#[test]
fn everything_that_a_card_says_is_in_its_page() {
    for seed in 0..24 {
        let tree = any_tree(seed);
        let words = Page::of_tree(&tree).words().to_lowercase();
        let mut all = Vec::new();
        said_in("", &tree, SecurityCard::SCHEMA, &mut all);
        for (path, text) in all {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            assert!(words.contains(&text), "{text:?}, {path}, is not in the page of card {seed}");
        }
    }
}

#[test]
fn what_a_reviewer_asks_first_is_told_in_words() {
    let page = Page::new(&SecurityCard::EMPTY);
    let glance: Vec<String> = page.all(".glance li").iter().map(|fact| fact.text().collect()).collect();
    assert_eq!(glance.len(), 6);
    for (fact, expected) in glance.iter().zip([
        "Highest residual risk Needs actionNo threat stated",
        "Open threats0 of 0",
        "Objectives covered Needs action0 of 5",
        "Boundaries without a threat Needs actionNot stated",
        "Security tests Needs actionNone stated",
        "Last review Needs actionNone",
    ]) {
        assert!(fact.starts_with(expected), "{fact}");
    }
}

#[test]
fn every_flow_of_a_diagram_has_its_number_in_the_table_and_on_an_arrow() {
    let page = Page::new(&large_system::card(30, 45));
    let labels: String = page
        .all("svg.flow .label text")
        .iter()
        .map(|label| format!(" {} ", label.text().collect::<String>().replace(['!', ','], " ")))
        .collect();
    let labels: Vec<&str> = labels.split_whitespace().collect();
    for number in 1..=45usize {
        assert!(labels.contains(&number.to_string().as_str()), "{number} is on no arrow: {labels:?}");
    }
    assert_eq!(page.all("tr[id^=flow-]").len(), 45);
}

#[test]
fn a_system_that_is_too_large_is_drawn_by_zones_and_says_so() {
    let page = Page::new(&large_system::card(300, 500));
    let caption: String = page.all("figcaption").iter().flat_map(|caption| caption.text()).collect();
    assert!(caption.contains("zones stand for their components"), "{caption}");
    assert_eq!(page.all("svg.flow g.card").len(), 6);
    assert_eq!(page.all("tr[id^=flow-]").len(), 500);
}

#[test]
fn how_a_card_was_checked_is_told_as_far_as_it_is_known() {
    let policy = Policy::from_toml(
        "[[exception]]\nrule = \"missing-objective\"\npath = \"security_considerations\"\nreason = \"<i>Later</i>\"\n\
         approved_by = \"CISO\"\nexpires = \"2027-03-31\"\n",
        "smcard.toml",
    )
    .expect("the policy is right");
    let provenance = Provenance {
        policy: vec![PolicyFile { name: "smcard.toml".to_owned(), sha256: "0a1b".repeat(16) }],
        exceptions: policy.exceptions().iter().collect(),
        revision: Some("4f2c1d9".to_owned()),
    };
    let html = Format::named("html").expect("the format");
    let words =
        Page::of_text(html.write_with(&SecurityCard::EMPTY, &provenance).expect("every card has a page")).words();
    for expected in [
        "missing-objective at security_considerations: <i>Later</i>, approved by CISO until 2027-03-31",
        "4f2c1d9",
        &"0a1b".repeat(16),
    ] {
        assert!(words.contains(expected), "{words}");
    }
    assert!(Page::new(&SecurityCard::EMPTY).words().contains("not known to this page"));
}
