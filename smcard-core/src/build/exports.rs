//! What the hook writes beside the report: the card in the formats that the policy or the build script asks for.

use std::fs;

use crate::build::Card;
use crate::build::directive::Directive;
use crate::build::label;
use crate::build::place::Place;
use crate::card::SecurityCard;
use crate::excerpt::shown;
use crate::extensions::Extensions;
use crate::policy::Policy;
use crate::policy_file::LoadedPolicy;
use crate::suggest::{either, nearest};

/// Writes cards in other formats than JSON. `smcard-export` has one that knows all of its formats, and `smcard`
/// hands it to the hook with the feature `export`.
pub trait Exporter {
    /// The formats, each with the end of the name of its files, such as `cdx.json`: words of ASCII letters, digits
    /// and `-` between dots.
    fn formats(&self) -> Vec<(&'static str, &'static str)>;

    /// The card in one of the formats, with what was measured in place of what its source says of that: the same text
    /// for the same card, everywhere.
    ///
    /// # Errors
    /// What the format requires and the card lacks: a sentence each.
    fn export(
        &self,
        format: &str,
        card: &SecurityCard<'_>,
        measured: &Extensions<'_>,
        checked: &Checked<'_>,
    ) -> Result<String, Vec<String>>;
}

/// How a card that is exported was checked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checked<'p> {
    /// The policy of its package.
    pub policy: &'p Policy,
    /// The files of the policy, the outermost first: each by what messages call it, with its bytes.
    pub files: Vec<(&'p str, Vec<u8>)>,
    /// The revision of the source: what `SMCARD_REVISION` says in the environment.
    pub revision: Option<String>,
}

impl<'p> Checked<'p> {
    /// Reads the files once, whatever is exported; if one can no longer be read, why.
    pub(super) fn by(policy: &'p LoadedPolicy, revision: Option<String>) -> Result<Self, Directive> {
        let mut files = Vec::new();
        for (name, file) in policy.named_files() {
            match fs::read(file) {
                Ok(bytes) => files.push((name, bytes)),
                Err(error) => return Err(Directive::Error(format!("the policy {name} cannot be read: {error}"))),
            }
        }
        Ok(Checked { policy: &policy.policy, files, revision })
    }
}

/// The [`Exporter`] that has no format: the report is all that is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct JsonAlone;

impl Exporter for JsonAlone {
    fn formats(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    fn export(
        &self,
        format: &str,
        _: &SecurityCard<'_>,
        _: &Extensions<'_>,
        _: &Checked<'_>,
    ) -> Result<String, Vec<String>> {
        Err(vec![format!("there is no format `{}`", shown(format))])
    }
}

/// The environment variable with the revision of the source.
pub(super) const REVISION_VARIABLE: &str = "SMCARD_REVISION";

/// A format that is asked for.
pub(super) struct Asked<'a> {
    pub(super) name: &'a str,
    /// The line of the policy that asks for it; `None` of the build script.
    pub(super) place: Option<String>,
}

/// The formats that the policy and the build script ask for, each once. The report is written without being asked for.
pub(super) fn asked<'a>(policy: &'a LoadedPolicy, script: &'a [String]) -> Vec<Asked<'a>> {
    let mut asked: Vec<Asked<'a>> = Vec::new();
    let of_policy = policy.policy.formats.iter().map(|format| (format.name.as_str(), Some(format.place.to_string())));
    for (name, place) in of_policy.chain(script.iter().map(|name| (name.as_str(), None))) {
        if name != "json" && !asked.iter().any(|known| known.name == name) {
            asked.push(Asked { name, place });
        }
    }
    asked
}

/// Adds the exports of each card to its place, and gives what is wrong.
pub(super) fn add(
    places: &mut [Place],
    cards: &[Card<'_>],
    asked: &[Asked<'_>],
    exporter: &dyn Exporter,
    checked: &Checked<'_>,
) -> Vec<Directive> {
    let formats = exporter.formats();
    if formats.is_empty() {
        return without_exporter(asked).into_iter().collect();
    }
    let mut errors = Vec::new();
    for format in asked {
        let Some((_, extension)) = formats.iter().find(|(name, _)| *name == format.name) else {
            errors.push(unknown(format, &formats));
            continue;
        };
        for (index, (place, card)) in places.iter_mut().zip(cards).enumerate() {
            let label = match cards.len() {
                1 => "the card".to_owned(),
                count => label::label(card.source, index, count),
            };
            match exporter.export(format.name, card.source, card.measured, checked) {
                Ok(text) => {
                    if !place.add(extension, text) {
                        errors.push(format!(
                            "the format `{}` is written to the same file as another one; help: ask for one of them",
                            format.name
                        ));
                        break;
                    }
                }
                Err(lacks) => {
                    for lack in lacks {
                        errors.push(format!("{label} cannot be exported to `{}`: {}", format.name, shown(&lack)));
                    }
                }
            }
        }
    }
    errors.into_iter().map(Directive::Error).collect()
}

/// What is said where nothing can write what is asked for.
fn without_exporter(asked: &[Asked<'_>]) -> Option<Directive> {
    let first = asked.first()?;
    let names: Vec<String> = asked.iter().map(|format| format!("`{}`", shown(format.name))).collect();
    Some(Directive::Error(format!(
        "{} asks for {}, which smcard writes with its feature `export`; help: add it under [build-dependencies]: \
         smcard = {{ version = \"{}\", features = [\"export\"] }}",
        asking(first),
        names.join(", "),
        env!("CARGO_PKG_VERSION"),
    )))
}

fn unknown(format: &Asked<'_>, formats: &[(&'static str, &'static str)]) -> String {
    let known = || formats.iter().map(|(name, _)| *name);
    let help = match nearest(format.name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected {}", either(known())),
    };
    format!("{} asks for an unknown format `{}`; help: {help}", asking(format), shown(format.name))
}

fn asking<'a>(format: &'a Asked<'_>) -> &'a str {
    format.place.as_deref().unwrap_or("the build script")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::place;

    /// Knows two formats; one wants a developer.
    struct Two;

    impl Exporter for Two {
        fn formats(&self) -> Vec<(&'static str, &'static str)> {
            vec![("page", "html"), ("bill", "cdx.json"), ("bill-2", "cdx.json")]
        }

        fn export(
            &self,
            format: &str,
            card: &SecurityCard<'_>,
            _: &Extensions<'_>,
            checked: &Checked<'_>,
        ) -> Result<String, Vec<String>> {
            match (format, &card.model_details.developer) {
                ("page", None) => Err(vec!["there is no developer".to_owned(), "there\nis no name".to_owned()]),
                _ => Ok(format!("{format} of {:?}", checked.revision)),
            }
        }
    }

    /// What is exported beside the report of an empty card, and what is told.
    fn exported(exporter: &dyn Exporter, policy: &str, script: &[&str]) -> (Vec<(String, String)>, Vec<String>) {
        let policy = Policy::from_toml(policy, "smcard.toml").unwrap();
        let policy = LoadedPolicy { policy, ..LoadedPolicy::default() };
        let script: Vec<String> = script.iter().map(|name| (*name).to_owned()).collect();
        let checked = Checked::by(&policy, Some("r7".to_owned())).unwrap();
        let card = SecurityCard::EMPTY;
        let cards = [Card::unmeasured(&card)];
        let mut places = place::of(&cards).unwrap();
        let told = add(&mut places, &cards, &asked(&policy, &script), exporter, &checked);
        let told = told.into_iter().map(|directive| match directive {
            Directive::Error(told) => told,
            other => panic!("{other:?}"),
        });
        (places.remove(0).files.split_off(1), told.collect())
    }

    const ASKS: &str = "[emit]\nformats = [\"bill\", \"json\", \"bill\"]\n";

    #[test]
    fn what_the_policy_and_the_script_ask_for_is_written_once() {
        let bill = [("security_model_card_report.cdx.json".to_owned(), "bill of Some(\"r7\")".to_owned())];
        assert_eq!(exported(&Two, ASKS, &["bill"]), (bill.to_vec(), Vec::new()));
        assert_eq!(exported(&JsonAlone, "", &["json"]), (Vec::new(), Vec::new()));
    }

    #[test]
    fn without_the_feature_it_is_said_who_asks_and_what_to_write() {
        let (files, told) = exported(&JsonAlone, ASKS, &["page"]);
        assert_eq!(files, []);
        assert_eq!(
            told,
            [format!(
                "smcard.toml:2 asks for `bill`, `page`, which smcard writes with its feature `export`; help: add it under \
                 [build-dependencies]: smcard = {{ version = \"{}\", features = [\"export\"] }}",
                env!("CARGO_PKG_VERSION")
            )]
        );
    }

    #[test]
    fn everything_that_cannot_be_written_is_told_at_once() {
        let (_, told) = exported(&Two, "[emit]\nformats = [\"pages\", \"x\"]\n", &["page", "bill", "bill-2"]);
        assert_eq!(
            told,
            [
                "smcard.toml:2 asks for an unknown format `pages`; help: did you mean `page`?",
                "smcard.toml:2 asks for an unknown format `x`; help: expected `page`, `bill` or `bill-2`",
                "the card cannot be exported to `page`: there is no developer",
                "the card cannot be exported to `page`: there\\nis no name",
                "the format `bill-2` is written to the same file as another one; help: ask for one of them",
            ]
        );
    }
}
