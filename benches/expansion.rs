//! What the macro costs the compiler, against the same cards as struct literals.

mod support;

use support::project::Project;
use support::writing::Writing;
use support::{Result, Side, least, print};

const SIZES: [usize; 3] = [10, 100, 1_000];

/// Both commands: checking is what editors wait for, and building adds the same code to both sides.
const COMMANDS: [&str; 2] = ["check", "build"];

fn main() -> Result<()> {
    let project = Project::new("[dependencies]\nsmcard = { path = \"{checkout}\" }\n", &[("src/lib.rs", "")])?;
    for command in COMMANDS {
        project.cargo(command)?;
        let mut of_macro = Vec::new();
        for size in SIZES {
            let rounds = if size < 1_000 { 7 } else { 3 };
            let sides = [
                crate_of(&project, 0, Writing::Macro, command),
                crate_of(&project, size, Writing::Macro, command),
                crate_of(&project, size, Writing::Literal, command),
            ];
            let [empty, by_macro, literal] = least(rounds, sides)?;
            print(&format!("cargo {command}, {size} cards"), by_macro, literal, "struct literals", Some(2.0));
            of_macro.push(by_macro - empty);
        }
        if let [_, hundred, thousand] = of_macro.as_slice() {
            let what = format!("cargo {command}, from 100 cards to 1,000");
            print(&what, *thousand, 10.0 * hundred, "linear growth", None);
        }
    }
    Ok(())
}

/// A crate of this many cards; each run compiles it anew, and nothing else.
fn crate_of<'p>(project: &'p Project, cards: usize, writing: Writing, command: &'p str) -> Side<'p> {
    let imports = if cards == 0 { "" } else { writing.imports() };
    let cards: String = (0..cards).map(|number| writing.card(&format!("CARD_{number}"), number)).collect();
    let source = format!("{imports}{cards}");
    Box::new(move || {
        project.write("src/lib.rs", &source)?;
        project.clean_itself()?;
        project.cargo(command)
    })
}
