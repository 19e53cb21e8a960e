//! The report in Markdown, read as GitHub reads it: whole, and a text of the card is never markup.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;
use smcard_core::{SecurityCard, Text, Threat};
use smcard_export::Format;

use crate::cards::{WRITTEN, each, with_words};

fn text(card: &SecurityCard<'_>) -> String {
    Format::named("markdown").unwrap().write(card).unwrap()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.alerts = true;
    options
}

/// What a reader sees: the words, and what kinds of markup there are.
pub(crate) fn seen(markdown: &str) -> (String, Vec<String>) {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let (mut words, mut kinds) = (String::new(), Vec::new());
    walk(root, &mut words, &mut kinds);
    (words.split_whitespace().collect::<Vec<_>>().join(" "), kinds)
}

fn walk<'n>(node: &'n AstNode<'n>, words: &mut String, kinds: &mut Vec<String>) {
    let value = node.data.borrow().value.clone();
    match &value {
        NodeValue::Text(text) => words.push_str(text),
        NodeValue::Code(code) => words.push_str(&code.literal),
        NodeValue::CodeBlock(block) => {
            words.push_str(&block.literal);
            kinds.push(format!("code of {}", block.info));
        }
        NodeValue::Link(link) => kinds.push(format!("link to {}", link.url)),
        NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
        NodeValue::Document | NodeValue::Paragraph => words.push(' '),
        other => {
            kinds.push(format!("{other:?}").split(['(', ' ', '{']).next().unwrap_or_default().to_owned());
            words.push(' ');
        }
    }
    node.children().for_each(|child| walk(child, words, kinds));
}

/// A card that says this, and nothing else that is not the same in each.
pub(crate) fn saying(words: &str) -> SecurityCard<'static> {
    let mut card = WRITTEN[0].1.clone();
    card.training_data = Some(Text::Stated(words.to_owned().into()));
    card.caveats_and_recommendations = Some(Text::Stated(words.to_owned().into()));
    card.model_details.name = Some(Text::Stated(words.to_owned().into()));
    card.model_details.developer = Some(Text::Stated(words.to_owned().into()));
    card
}

pub(crate) const HOSTILE: &[&str] = &[
    "*",
    "_",
    "`",
    "```",
    "~~",
    "<script>",
    "</td>",
    "<!--",
    "[a](b)",
    "![a](b)",
    "[^1]",
    "[^1]: a",
    "&amp;",
    "&#35;",
    "|",
    "\\",
    "#",
    "##",
    "-",
    "+",
    "1.",
    "1)",
    "=",
    "---",
    "===",
    ">",
    "$x$",
    "https://a.example",
    "www.a.example",
    "a@b.example",
    "mailto:a@b.example",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "- [ ] a",
    "a",
    "A",
    "word. Next",
    "end.",
    "é",
    "写",
    ":tada:",
    "@name",
    "[!NOTE]",
    "x_y",
    "http\u{3a}//b.example",
    "xmpp:a@b.c",
    "<https://c.example>",
    "^a^",
    "||b||",
    "\u{a0}",
    "~a~",
    "**b**",
    "&lt;",
    "{",
    "}",
    "!",
    "(",
    ")",
    "\"",
    "'",
    ";",
    ":",
    "%",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_seen_as_it_was_written_and_makes_no_markup(parts in prop::collection::vec(prop::sample::select(HOSTILE), 1..8), spaced in any::<bool>()) {
        let words = format!("So{}{}", if spaced { " " } else { "" }, parts.join(if spaced { " " } else { "" }));
        let (plain, plain_kinds) = seen(&text(&saying("So")));
        let (hostile, kinds) = seen(&text(&saying(&words)));
        prop_assert_eq!(&kinds, &plain_kinds, "{:?}", words);
        let expected = words.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(hostile.matches(&expected).count() >= 4 , true, "{:?} in {}", expected, hostile);
        drop(plain);
    }

    #[test]
    fn a_text_that_begins_as_a_block_is_none(parts in prop::collection::vec(prop::sample::select(HOSTILE), 1..5), spaced in any::<bool>()) {
        let words = parts.join(if spaced { " " } else { "" });
        prop_assume!(!words.trim().is_empty());
        let (_, plain) = seen(&text(&saying("So")));
        let (_, kinds) = seen(&text(&saying(&words)));
        prop_assert_eq!(&kinds, &plain, "{:?}", words);
    }
}

#[test]
fn nothing_of_a_card_is_lost() {
    each(|name, card| {
        let (words, _) = seen(&text(card));
        let report: serde_json::Value = serde_json::from_str(&card.to_json()).unwrap();
        let mut missing = Vec::new();
        texts(&report, &mut |text: &str| {
            let said =
                text.split_once(": ").filter(|(prefix, _)| ["Not applicable", "Withheld", "Unknown"].contains(prefix));
            let text = said.map_or(text, |(_, reason)| reason);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            // A link is seen as its address.
            if !words.contains(&text) && !text.contains("://") && !text.starts_with("doi:") {
                missing.push(text);
            }
        });
        assert!(missing.is_empty(), "{name}: {missing:?}\n{}", text(card));
    });
}

pub(crate) fn texts(value: &serde_json::Value, with: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::Object(object) => {
            object.iter().filter(|(key, _)| *key != "$schema").for_each(|(_, value)| texts(value, with))
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, with)),
        serde_json::Value::String(text) => with(text),
        _ => {}
    }
}

#[test]
fn a_card_of_markup_has_the_structure_of_a_plain_one() {
    let of = |words: &str| {
        let report = with_words(5, words);
        seen(&text(&crate::cards::read(&report))).1
    };
    let plain = of("Some words");
    for words in [
        "Some </details><script>alert(1)</script>",
        "Some ``` words",
        "Some | a | b |",
        "Some $x$ ~~y~~ **z**",
        "Some [a](b) ![c](d)",
    ] {
        assert_eq!(of(words), plain, "{words}");
    }
}

#[test]
fn what_a_reader_cannot_see_is_shown() {
    let markdown = text(&saying("a\u{202e}b\u{1b}[31mc\u{200b}"));
    assert!(!markdown.contains(['\u{202e}', '\u{1b}', '\u{200b}']));
    assert!(seen(&markdown).0.contains("a\\u{202e}b\\u{1b}[31mc\\u{200b}"), "{markdown}");
}

#[test]
fn each_sentence_stands_on_a_line_of_its_own() {
    let markdown = text(&saying("One is here. Two (with e.g. this) follows! Three."));
    assert!(markdown.contains("\n\nOne is here.\nTwo (with e.g. this) follows!\nThree.\n"), "{markdown}");
    assert!(
        markdown.contains("- **Developer:** One is here.\n  Two (with e.g. this) follows!\n  Three.\n"),
        "{markdown}"
    );
}

#[test]
fn the_report_reads_from_the_answers_to_the_sections() {
    let (_, card) = WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap();
    let markdown = text(card);
    for part in [
        "# warehouse-agent\n\n| At a glance | |\n| --- | --- |\n",
        "| Highest risk that is left | Low: goal-hijack, tool-misuse, price-leak, spent-budget, changed-model |",
        "| Open threats | 1: spent-budget (owner: Logistics systems, due 2027-02-28) |",
        "| Objectives of an adversary answered | 5 of 5 |",
        "| Security tests | 1 passed |",
        "| Last review | none is stated |",
        "\n## Model details\n\n- **Name:** warehouse-agent\n",
        "- **Citation:** _Not applicable:_ An internal system.\n",
        "| mail-in | supplier-mailbox | mail-store | no |",
        "    - **Value:** 0.05\n",
        "- **Resource:** <https://git.fjord.example/logistics/warehouse-agent>\n",
        "\n### Objectives of an adversary\n",
        "| Integrity | threats |",
        "\n#### goal-hijack\n\n- **Title:** A mail gives the agent another goal\n- **References:**\n  - ASI01 Agent Goal Hijack\n",
        "  - AML.T0051.001 LLM Prompt Injection: Indirect\n",
        "- **Mitigations:**\n  - **Description:** Orders go to known suppliers only",
        "\n```mermaid\nflowchart LR\n    subgraph z0 [\"internet (Untrusted)\"]\n        n0([\"supplier-mailbox<br/>Client\"])\n",
        "    n0 -->|\"1\"| n10\n",
        "    linkStyle 0 stroke-width:4px,stroke-dasharray:6 4\n",
        "| 1 | mail-in | supplier-mailbox | mail-store | Untrusted to Internal | goal-hijack, price-leak |",
    ] {
        assert!(markdown.contains(part), "{part}\n---\n{markdown}");
    }
}

#[test]
fn a_diagram_is_drawn_up_to_a_bound_and_says_so_beyond() {
    let component = |number: usize| serde_json::json!({ "id": format!("c{number}"), "kind": "Library" });
    let of = |count: usize| {
        let mut report: serde_json::Value = serde_json::from_str(&WRITTEN[0].1.to_json()).unwrap();
        report["system"] = serde_json::json!({ "components": (0..count).map(component).collect::<Vec<_>>() });
        for threat in report["security_considerations"]["threats"].as_array_mut().unwrap() {
            threat.as_object_mut().unwrap().remove("affects");
        }
        report["security_considerations"].as_object_mut().unwrap().remove("vulnerabilities");
        text(&crate::cards::read(&report.to_string()))
    };
    assert!(of(40).contains("```mermaid") && of(40).contains("n39["));
    assert!(!of(41).contains("```mermaid") && of(41).contains("More than 40 components"));
}

#[test]
fn a_name_in_the_diagram_is_no_code() {
    let mut card = saying("So");
    let mut component = card.system.components[0].clone();
    component.name =
        Some(Text::Stated("\"]; click n0 \"javascript:a\" <b>`c` ```\n%% #quot; end $$x$$ fa:fa-car \\n".into()));
    card.system.components = [component].into_iter().collect();
    let markdown = text(&card);
    let line = markdown.lines().find(|line| line.contains("n0(") || line.contains("n0[")).unwrap();
    assert!(line.contains("#34;#93;#59; click n0 #34;javascript#58;#8203;a#34; #60;b#62;#96;c#96; #96;#96;#96; #37;#37; #35;quot#59; end "), "{line}");
    // What Mermaid looks for once it has read the numbers is not found there.
    assert!(line.contains("#36;#8203;#36;#8203;x#36;#8203;#36;#8203; fa#58;#8203;fa-car #92;#8203;n<br/>"), "{line}");
}

#[test]
fn a_flow_names_its_first_threats_and_counts_the_rest() {
    let card = WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap().1.clone();
    let flow = card.system.flows[0].id.clone().unwrap();
    let threat = |number: usize| Threat {
        id: Some(Text::Stated(format!("threat-{number}").into())),
        affects: [flow.clone()].into_iter().collect(),
        ..Threat::EMPTY
    };
    let row = |threats: usize| {
        let mut card = card.clone();
        card.security_considerations.threats = (1..=threats).map(threat).collect();
        text(&card).lines().find(|line| line.starts_with("| 1 |")).unwrap().to_owned()
    };
    assert!(row(12).contains("threat-12 |") && !row(12).contains("more"), "{}", row(12));
    assert!(row(40).contains("threat-12, and 28 more |") && !row(40).contains("threat-13"), "{}", row(40));
}
