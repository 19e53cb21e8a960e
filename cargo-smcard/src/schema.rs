//! `smcard schema`: the JSON Schema of a card, made from the one declaration of its fields.

use crate::exit::{Outcome, Status};
use crate::output;

mod generate;

/// The schema as a file holds it.
pub(crate) fn text() -> String {
    generate::text()
}

/// Print the JSON Schema of a card (2020-12)
///
/// Editors complete and check a JSON or YAML card by it, and a language model can be asked for
/// output of this shape. It says which fields there are, of which kind and which form; what a
/// schema cannot say, such as whether an id refers to a test, `smcard check` says.
#[derive(clap::Args)]
pub(crate) struct Args {}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        output::print(&text())?;
        Ok(Status::Good)
    }
}
