//! What a changed text costs in a build, against the same change in a struct literal.

mod support;

use support::project::Project;
use support::writing::Writing;
use support::{Result, Side, least, print};

const ROUNDS: usize = 20;

fn main() -> Result<()> {
    let [by_macro, literal] = least(ROUNDS, [edits(Writing::Macro)?, edits(Writing::Literal)?])?;
    print("edit and build", by_macro, literal, "a struct literal", Some(1.3));
    Ok(())
}

/// A project whose card is written in this way; each run changes one text of it and builds.
fn edits(writing: Writing) -> Result<Side<'static>> {
    let card = writing.imports().to_owned() + &writing.card("CARD", 0);
    let edited = move |number: u32| card.replacen("Measure again", &format!("Measure {number} times"), 1);
    let project = Project::with_card(&edited(0))?;
    project.cargo("build")?;
    let mut number = 0;
    Ok(Box::new(move || {
        number += 1;
        project.write("src/card.rs", &edited(number))?;
        project.cargo("build")
    }))
}
