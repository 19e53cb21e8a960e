//! What the card says is text, whatever it says.

use std::borrow::Cow;
use std::collections::BTreeSet;

use smcard_core::Text;
use smcard_core::tree::{Entry, Node, Value};

use crate::page::{Page, any_tree};

/// What would do something, were it taken for anything but text.
const POISON: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style></title></svg><b>",
    "<!-- --><![CDATA[ ]]>",
    "=HYPERLINK(\"x\")",
    "\u{1b}[31m\u{7}",
    "\u{202e}gpj.exe\u{202c}\u{2066}\u{200b}\u{feff}\u{e0041}",
    "javascript:alert(1)//",
    "&lt;i&gt; &amp; &#60;i&#62;",
    "{{7*7}} ${x} <%= x %>",
    "url(https://example.org) \u{0}",
];

/// The tree with each text changed; reasons stay reasons.
fn changed(node: &Node<'static>, change: &dyn Fn(&str) -> String) -> Node<'static> {
    let value = match &node.value {
        Value::Text(text) => {
            let words = Cow::Owned(change(text.words()));
            Value::Text(
                text.reason()
                    .map_or_else(|| Text::Stated(words), |reason| reason.text(Cow::Owned(change(text.words())))),
            )
        }
        Value::List(items) => Value::List(items.iter().map(|item| changed(item, change)).collect()),
        Value::Block(entries) => Value::Block(
            entries
                .iter()
                .map(|entry| Entry { key: entry.key.clone(), at: entry.at, node: changed(&entry.node, change) })
                .collect(),
        ),
        other => other.clone(),
    };
    Node { at: node.at, value }
}

/// Every element of a page, and every attribute with its element.
fn kinds(page: &Page) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    for element in page.all("*") {
        let name = element.value().name();
        kinds.insert(name.to_owned());
        kinds.extend(element.value().attrs().map(|(attribute, _)| format!("{name}[{attribute}]")));
    }
    kinds
}

#[test]
fn no_text_becomes_an_element_an_attribute_or_a_link_that_runs_something() {
    for seed in 0..1 {
        let tree = any_tree(seed);
        let benign = kinds(&Page::of_tree(&tree));
        for poison in POISON {
            for hostile in [
                changed(&tree, &|words| format!("{poison}{words}")),
                changed(&tree, &|words| format!("{words}{poison}")),
                changed(&tree, &|_| poison.to_owned()),
            ] {
                let page = Page::of_tree(&hostile);
                let more: Vec<_> = kinds(&page).difference(&benign).cloned().collect();
                assert!(more.is_empty(), "{poison:?} makes {more:?}");
                assert!(page.parsed.errors.is_empty(), "{poison:?}: {:?}", page.parsed.errors);
                for link in page.all("[href]") {
                    let href = link.value().attr("href").unwrap_or_default();
                    let safe = ["#", "https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
                    assert!(safe, "{poison:?} makes a link to {href:?}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_seen_is_written_out() {
    let tree = any_tree(1);
    for poison in POISON {
        let page = Page::of_tree(&changed(&tree, &|words| format!("{words} {poison}")));
        let unseen = |char: char| {
            (char.is_control() && char != '\n' && char != '\t')
                || matches!(char, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        };
        assert_eq!(page.text.chars().find(|char| unseen(*char)), None, "{poison:?}");
    }
    let page = Page::of_tree(&changed(&tree, &|_| "a\u{202e}b\u{1b}c".to_owned()));
    assert!(page.words().contains("a\\u{202e}b\\u{1b}c"));
}

#[test]
fn a_text_of_markup_reads_as_it_was_written() {
    let page = Page::of_tree(&changed(&any_tree(2), &|_| "<b>5 > 3 & \"4\"</b>".to_owned()));
    assert!(page.words().contains("<b>5 > 3 & \"4\"</b>"), "{}", page.words());
}

#[test]
fn a_secret_is_masked_wherever_it_stands() {
    let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
    for seed in 0..4 {
        let page = Page::of_tree(&changed(&any_tree(seed), &|words| format!("{words} {token}")));
        assert!(!page.text.contains(&token));
        assert!(page.words().contains("ghp_…"));
    }
}
