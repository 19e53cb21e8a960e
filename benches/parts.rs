//! What a card of many parts costs the compiler, against the same card as a struct literal: one with many threats, and
//! one with a system of many components and flows.

mod support;

use smcard::SecurityCard;
use support::many::{with_components_and_flows, with_threats};
use support::project::Project;
use support::writing::Writing;
use support::{Result, Side, least, print};

const SIZES: [usize; 3] = [10, 100, 1_000];

/// What a card has many of, and such a card.
const PARTS: [(&str, Make); 2] = [("threats", with_threats), ("components and flows", with_components_and_flows)];

/// Makes a card with so many parts.
type Make = fn(usize) -> SecurityCard<'static>;

fn main() -> Result<()> {
    let project = Project::new("[dependencies]\nsmcard = { path = \"{checkout}\" }\n", &[("src/lib.rs", "")])?;
    project.cargo("build")?;
    for (parts, make) in PARTS {
        let mut of_macro = Vec::new();
        for size in SIZES {
            let rounds = if size < 1_000 { 9 } else { 5 };
            let card = make(size);
            let sides = [
                crate_of(&project, None, Writing::Macro),
                crate_of(&project, Some(&card), Writing::Macro),
                crate_of(&project, Some(&card), Writing::Literal),
            ];
            let [empty, by_macro, literal] = least(rounds, sides)?;
            print(&format!("a card with {size} {parts}"), by_macro, literal, "a struct literal", Some(2.0));
            of_macro.push(by_macro - empty);
        }
        if let [_, hundred, thousand] = of_macro.as_slice() {
            print(&format!("from 100 {parts} to 1,000"), *thousand, 10.0 * hundred, "linear growth", None);
        }
    }
    Ok(())
}

/// A crate of this card; each run compiles it anew, and nothing else.
fn crate_of<'p>(project: &'p Project, card: Option<&SecurityCard<'_>>, writing: Writing) -> Side<'p> {
    let card = card.map(|card| writing.item("CARD", 0, card));
    let source = card.map(|card| format!("{}{card}", writing.imports())).unwrap_or_default();
    Box::new(move || {
        project.write("src/lib.rs", &source)?;
        project.clean_itself()?;
        project.cargo("build")
    })
}
