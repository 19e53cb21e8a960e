//! What messages call a card, where there are several.

use crate::card::SecurityCard;
use crate::characters;
use crate::secret;
use crate::text::Text;

/// Longer names would hide the message behind them.
const MAX_BYTES: usize = 100;

/// The card's name; its number where it has none, or one that must not be shown.
pub(super) fn label(card: &SecurityCard<'_>, index: usize, count: usize) -> String {
    let name = card.model_details.name.as_ref().and_then(Text::stated).filter(|name| can_be_shown(name));
    name.map_or_else(|| number(index, count), str::to_owned)
}

/// Which card it is, by its place in the build script.
pub(super) fn number(index: usize, count: usize) -> String {
    format!("card {} of {count}", index + 1)
}

fn can_be_shown(name: &str) -> bool {
    let visible = characters::first(name).is_none() && !name.contains(['\n', '\r', '\t']);
    visible && !name.trim().is_empty() && name.len() <= MAX_BYTES && secret::find(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::ModelDetails;

    #[test]
    fn a_name_that_must_not_be_shown_is_a_number() {
        let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
        let label = |name: Option<Text<'static>>| {
            let model_details = ModelDetails { name, ..ModelDetails::EMPTY };
            label(&SecurityCard { model_details, ..SecurityCard::EMPTY }, 1, 3)
        };
        assert_eq!(label(Some(Text::new("Ranker 2"))), "Ranker 2");
        assert_eq!(label(None), "card 2 of 3");
        assert_eq!(label(Some(Text::withheld("why"))), "card 2 of 3");
        for name in ["a\ncargo::error=b", "a\u{202e}b", "a\tb", "a\rb", " ", "\u{1b}[31m"] {
            assert_eq!(label(Some(Text::new(name))), "card 2 of 3", "{name:?}");
        }
        for name in [token.clone(), format!("for {token}"), "x".repeat(101)] {
            assert_eq!(label(Some(Text::Stated(name.into()))), "card 2 of 3");
        }
    }
}
