//! What smcard costs in a cold build, against serde with its derive doing the same by hand.
//!
//! The dependencies are downloaded already, and nothing is built. The floor is what somebody
//! would write without smcard: structs that derive `Serialize`, written by the build script.

mod support;

use support::project::{EMIT, Project};
use support::{Result, Side, least, print};

const ROUNDS: usize = 8;

const CARD: &str = include_str!("support/card.rs");
const SERDE_CARD: &str = include_str!("support/serde_card.rs");

const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
const SMCARD: &str = "smcard = { path = \"{checkout}\" }\n";

/// The build script that writes a card by serde alone.
const WRITE: &str = r#"#[path = "src/card.rs"]
mod card;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let report = std::path::Path::new(&std::env::var_os("OUT_DIR").unwrap()).join("report.json");
    std::fs::write(report, serde_json::to_string_pretty(&card::CARD).unwrap()).unwrap();
}
"#;

/// A program that uses its card.
const MAIN: &str = "mod card;\n\nfn main() {\n    println!(\"{:?}\", card::CARD.model_details.version);\n}\n";

fn main() -> Result<()> {
    let smcard = builds(SMCARD, EMIT, CARD)?;
    let floor = builds(SERDE, WRITE, SERDE_CARD)?;
    let both = builds(&format!("{SERDE}{SMCARD}"), EMIT, CARD)?;
    let [smcard, floor, both] = least(ROUNDS, [smcard, floor, both])?;
    print("cold build", smcard, floor, "serde with derive", Some(1.35));
    print("cold build where serde with derive is there already", both, floor, "serde with derive", None);
    Ok(())
}

/// A project of one card; each run builds it from nothing.
fn builds(dependencies: &str, script: &str, card: &str) -> Result<Side<'static>> {
    let dependencies = format!("[dependencies]\n{dependencies}\n[build-dependencies]\n{dependencies}");
    let project = Project::new(&dependencies, &[("build.rs", script), ("src/card.rs", card), ("src/main.rs", MAIN)])?;
    Ok(Box::new(move || {
        project.clean()?;
        project.cargo("build")
    }))
}
