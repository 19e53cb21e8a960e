//! `smcard diff OLD NEW`.

use std::path::{Path, PathBuf};

use smcard_core::source::visible;
use smcard_core::{Policy, SecurityCard, Text};

use crate::exit::{Failure, Outcome, Status};
use crate::load::{CardText, Files};
use crate::told::Checked;
use crate::{check, output};
use matter::Kind;

mod change;
mod compare;
mod figures;
mod format;
mod items;
mod matter;
mod orders;
mod views;

/// Compare two versions of a card by what they mean: risks, tests, boundaries, answers
///
/// Each difference is a regression (the model is less secure, or the card tells less), an
/// improvement, or another change. The cards are JSON or YAML files; `-` reads one from standard
/// input, so that a version control system can give the old one:
/// `git show main:card.yaml | smcard diff - card.yaml`
#[derive(clap::Args)]
#[command(after_help = Status::HELP, after_long_help = matter::help())]
pub(crate) struct Args {
    /// The card as it was, or `-`
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The card as it is, or `-`
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The format of what is different
    #[arg(long, value_enum, default_value_t)]
    format: format::Format,
    /// End with exit code 1 if there is such a difference
    #[arg(long, value_name = "KIND", value_enum)]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum FailOn {
    /// A regression
    Regression,
    /// Any change
    Change,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let input = Path::new("-");
        if self.old == input && self.new == input {
            return Err(Failure::new("`-` can be one of the two cards, not both"));
        }
        let (old, new) = (read(&self.old)?, read(&self.new)?);
        let (old, new) = (Version::of(&old)?, Version::of(&new)?);
        let changes = compare::compare(&old.card, &new.card);
        output::print(&self.format.write(&[old, new], &changes))?;
        let fails = match self.fail_on {
            None => false,
            Some(FailOn::Regression) => changes.iter().any(|change| change.kind == Kind::Regression),
            Some(FailOn::Change) => !changes.is_empty(),
        };
        Ok(if fails { Status::Bad } else { Status::Good })
    }
}

/// A card with what it is called.
struct Version<'t> {
    /// The file, as it may be shown.
    file: &'t str,
    card: SecurityCard<'t>,
}

fn read(file: &Path) -> Result<CardText, Failure> {
    let text = if file == Path::new("-") { CardText::read_input() } else { CardText::read(file) };
    text.map_err(|checked| refused(&checked))
}

impl<'t> Version<'t> {
    /// The card that a text states, whatever is wrong with it but its shape: what is no field of a card cannot be
    /// compared.
    fn of(text: &'t CardText) -> Result<Self, Failure> {
        match text.card().filter(|stated| stated.whole) {
            Some(stated) => Ok(Version { file: &text.file, card: stated.card }),
            None => Err(refused(&text.check(&Policy::default(), check::today()?, Files::Unread))),
        }
    }

    fn name(&self) -> Option<String> {
        self.card.model_details.name.as_ref().and_then(Text::stated).map(visible)
    }

    fn version(&self) -> Option<String> {
        self.card.model_details.version.as_ref().and_then(Text::stated).map(visible)
    }
}

/// Tells of a card that cannot be compared, as a check does.
fn refused(checked: &Checked) -> Failure {
    eprint!("{}", check::Format::Human.card(checked, output::colours()));
    Failure::new(format!("`{}` cannot be compared", checked.file))
}
