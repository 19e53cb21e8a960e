//! Writes what `scripts/screenshots` looks at into a folder: `pages FOLDER [REPORT PACKAGE]…`.
//!
//! The page and the Markdown of each report with the policy of its package, of an empty card, of large systems, of more
//! zones than are drawn, and of components with hostile names; and beside each the names that a diagram of it shows.

#![allow(clippy::expect_used, reason = "what cannot be read or written ends it")]

use std::path::Path;
use std::{env, fs};

use smcard_core::{Component, ComponentKind, Flow, Policy, SecurityCard, Text, Trust, Zone};
use smcard_export::Format;

#[path = "../tests/common/large_system.rs"]
mod large_system;

/// Names that would do something in Markdown, in Mermaid or in HTML, were they taken for anything but text.
const HOSTILE: [&str; 20] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</foreignObject></svg><iframe>",
    "end",
    "]] --> n1[\"x\"]",
    "%%{init: {\"securityLevel\": \"loose\"}}%%",
    "```\n\n# heading",
    "#quot; #35; &amp;lt; &#60;b&#62;",
    "`**bold** _it_`",
    "**bold** [a](javascript:alert(1))",
    "$$\\href{javascript:alert(1)}{x}$$",
    "click n0 \"javascript:alert(1)\"",
    "classDef default fill:#f00; linkStyle 0",
    "subgraph one; graph TD; A-->B",
    "fa:fa-car fab:fa-github",
    "1. first",
    "- item",
    "=1+1 | pipe \\| \\n \\",
    "بسم 写 😀 ſ ＜b＞",
    "{{7*7}} ${x} @{shape: icon}",
];

fn main() {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().expect("the folder to write to");
    while let (Some(report), Some(package)) = (arguments.next(), arguments.next()) {
        let package = Path::new(&package);
        let text = fs::read_to_string(report).expect("a report that a build has written");
        let policy = Policy::load(package).policy;
        let card = SecurityCard::from_json_with(&text, &policy).expect("a card without errors");
        write(&folder, &package.file_name().unwrap_or_default().to_string_lossy(), &card);
    }
    write(&folder, "empty", &SecurityCard::EMPTY);
    write(&folder, "large-system", &large_system::card(30, 45));
    write(&folder, "largest-system", &large_system::card(40, 80));
    write(&folder, "too-large-system", &large_system::card(60, 90));
    let names: Vec<String> = (0..45).map(|number| format!("component {number}")).collect();
    write(&folder, "too-many-zones", &of_names(names.iter().map(String::as_str), true));
    write(&folder, "hostile", &of_names(HOSTILE.into_iter(), false));
}

/// A card of components with these names, each in a zone of its own or all in one, and with a flow to the next.
fn of_names<'c>(names: impl Iterator<Item = &'c str>, zones: bool) -> SecurityCard<'c> {
    let mut card = SecurityCard::EMPTY;
    let names: Vec<&str> = names.collect();
    let id = |kind: &str, number: usize| Some(Text::Stated(format!("{kind}{number}").into()));
    let zone = |number: usize| id("z", if zones { number } else { 0 });
    let each = || 0..names.len();
    card.system.zones = (if zones { each() } else { 0..1 })
        .map(|number| Zone { id: zone(number), trust: Some(Trust::Internal), ..Zone::EMPTY })
        .collect();
    card.system.components = names
        .iter()
        .enumerate()
        .map(|(number, name)| Component {
            id: id("c", number),
            name: Some(Text::new(name)),
            kind: Some(ComponentKind::Service),
            zone: zone(number),
            ..Component::EMPTY
        })
        .collect();
    card.system.flows = each()
        .map(|number| Flow {
            id: id("f", number),
            from: id("c", number),
            to: id("c", (number + 1) % names.len()),
            ..Flow::EMPTY
        })
        .collect();
    card
}

fn write(folder: &str, name: &str, card: &SecurityCard<'_>) {
    for format in ["html", "markdown"].into_iter().filter_map(Format::named) {
        let text = format.write(card).expect("a page of any card");
        let file = Path::new(folder).join(name).with_extension(format.extension);
        fs::write(file, text).expect("the folder can be written to");
    }
    let name_of = |component: &Component<'_>| component.name.as_ref().or(component.id.as_ref()).map(Text::to_string);
    let names: Vec<String> = card.system.components.iter().filter_map(name_of).collect();
    let names = serde_json::to_string(&names).expect("names");
    fs::write(Path::new(folder).join(name).with_extension("names.json"), names).expect("the folder can be written to");
}
