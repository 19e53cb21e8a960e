//! What smcard costs in a cold build, against serde with its derive doing the same by hand.
//!
//! The dependencies are downloaded already, and nothing is built. The floor is what somebody
//! would write without smcard: structs that derive `Serialize`, written by the build script.

mod support;

use support::project::{EMIT, Project};
use support::{Result, Side, print, ratio};

const ROUNDS: usize = 9;

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
    println!("cargo::rustc-env=SMCARD_REPORT={}", report.display());
    std::fs::write(report, serde_json::to_string_pretty(&card::CARD).unwrap()).unwrap();
}
"#;

/// A program that carries its report, and leaves the card to the build script.
const CARRIES: &str = "fn main() {\n    println!(\"{}\", include_str!(env!(\"SMCARD_REPORT\")));\n}\n";

/// A program that uses its card.
const USES: &str = "mod card;\n\nfn main() {\n    println!(\"{:?}\", card::CARD.model_details.version);\n}\n";

fn main() -> Result<()> {
    let lighter = builds(["", SMCARD], EMIT, CARD, CARRIES)?;
    let lighter_floor = builds(["", SERDE], WRITE, SERDE_CARD, CARRIES)?;
    let shared = builds([SMCARD, SMCARD], EMIT, CARD, USES)?;
    let floor = builds([SERDE, SERDE], WRITE, SERDE_CARD, USES)?;
    let beside = builds([SERDE, SMCARD], EMIT, CARD, CARRIES)?;
    let beside_floor = builds([SERDE, SERDE], WRITE, SERDE_CARD, CARRIES)?;
    for (what, sides, bound) in [
        ("cold build, card in the build script alone", [lighter, lighter_floor], 1.35),
        ("cold build, card in the program too", [shared, floor], 1.35),
        ("cold build where the program has serde with derive already", [beside, beside_floor], 1.5),
    ] {
        print(what, ratio(ROUNDS, sides)?, 1.0, "serde with derive", Some(bound));
    }
    Ok(())
}

/// A project of one card, with what its program and its build script depend on; each run builds it from nothing.
fn builds([program, build]: [&str; 2], script: &str, card: &str, main: &str) -> Result<Side<'static>> {
    let dependencies = format!("[dependencies]\n{program}\n[build-dependencies]\n{build}");
    let project = Project::new(&dependencies, &[("build.rs", script), ("src/card.rs", card), ("src/main.rs", main)])?;
    Ok(Box::new(move || {
        project.clean()?;
        project.cargo("build")
    }))
}
