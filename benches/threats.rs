//! What a card with many threats costs the compiler, against the same card as a struct literal.

mod support;

use smcard::{List, SecurityCard, Text, Threat};
use support::card::CARD;
use support::project::Project;
use support::writing::Writing;
use support::{Result, Side, least, print};

const SIZES: [usize; 3] = [10, 100, 1_000];

fn main() -> Result<()> {
    let project = Project::new("[dependencies]\nsmcard = { path = \"{checkout}\" }\n", &[("src/lib.rs", "")])?;
    project.cargo("build")?;
    let mut of_macro = Vec::new();
    for size in SIZES {
        let rounds = if size < 1_000 { 9 } else { 5 };
        let sides = [
            crate_of(&project, None, Writing::Macro),
            crate_of(&project, Some(size), Writing::Macro),
            crate_of(&project, Some(size), Writing::Literal),
        ];
        let [empty, by_macro, literal] = least(rounds, sides)?;
        print(&format!("a card with {size} threats"), by_macro, literal, "a struct literal", Some(2.0));
        of_macro.push(by_macro - empty);
    }
    if let [_, hundred, thousand] = of_macro.as_slice() {
        print("from 100 threats to 1,000", *thousand, 10.0 * hundred, "linear growth", None);
    }
    Ok(())
}

/// A crate of one card with this many threats; each run compiles it anew, and nothing else.
fn crate_of(project: &Project, threats: Option<usize>, writing: Writing) -> Side<'_> {
    let card = threats.map(|threats| writing.item("CARD", 0, &with_threats(threats)));
    let source = card.map(|card| format!("{}{card}", writing.imports())).unwrap_or_default();
    Box::new(move || {
        project.write("src/lib.rs", &source)?;
        project.clean_itself()?;
        project.cargo("build")
    })
}

/// The card of these benchmarks with its threats over and over, each with an id of its own.
fn with_threats(count: usize) -> SecurityCard<'static> {
    let mut card = CARD.clone();
    let present: Vec<Threat<'_>> = card.security_considerations.threats.to_vec();
    let threats = present.into_iter().cycle().take(count).enumerate();
    let threats = threats.map(|(number, threat)| {
        let id = Text::Stated(format!("threat-{number}").into());
        Threat { id: Some(id), ..threat }
    });
    card.security_considerations.threats = List::Owned(threats.collect());
    card
}
