//! A page that was written and parsed.

use random::notation::json;
use random::{Dice, Fields, card};
use scraper::{ElementRef, Html, Selector};
use smcard_core::tree::Node;
use smcard_core::{Policy, SecurityCard, rules};
use smcard_export::Format;

use crate::random;

pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) parsed: Html,
}

impl Page {
    pub(crate) fn new(card: &SecurityCard<'_>) -> Self {
        Page::of_text(Format::named("html").expect("the format").write(card).expect("every card has a page"))
    }

    pub(crate) fn of_text(text: String) -> Self {
        Page { parsed: Html::parse_document(&text), text }
    }

    /// The page of a tree that need not be a good card: any rule that a policy may switch off is off.
    pub(crate) fn of_tree(tree: &Node<'_>) -> Self {
        let report = json(tree);
        let policy = lenient();
        let card = SecurityCard::from_json_with(&report, &policy).expect("nothing is wrong that cannot be let pass");
        Page::new(&card)
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.parsed.select(&Selector::parse(selector).expect("a selector")).collect()
    }

    /// All that a reader sees, in one line.
    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        for element in self.all("body, title, desc") {
            for node in element.descendants() {
                match node.value() {
                    scraper::Node::Text(text) => words.push_str(text),
                    // What is in a line by itself is parted from what stands before it.
                    scraper::Node::Element(element) if matches!(element.name(), "br" | "p" | "li") => words.push(' '),
                    _ => {}
                }
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A policy that lets everything pass that a typed card can hold.
fn lenient() -> Policy {
    let mut text = "[level]\n".to_owned();
    for rule in rules::all().filter(|rule| rule.adjustable) {
        let level = if rule.code == "secret-in-card" { "warning" } else { "allow" };
        text += &format!("{} = \"{level}\"\n", rule.code);
    }
    Policy::from_toml(&text, "smcard.toml").expect("the policy is right")
}

/// A random card with every field.
pub(crate) fn any_tree(seed: u64) -> Node<'static> {
    card(&mut Dice::new(seed), Fields::All)
}
