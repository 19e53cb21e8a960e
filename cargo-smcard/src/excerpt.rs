//! Long texts in short: the part in which two differ, with a few words around it.

/// Up to how many characters a text is shown whole.
const WHOLE: usize = 80;

/// How many characters of a part are shown.
const LONGEST: usize = 240;

/// How many words are shown on each side of what differs.
const CONTEXT: usize = 3;

/// The beginning of a text.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
            format!("{shown}… ({} more characters)", rest.chars().count())
        }
        None => text.to_owned(),
    }
}

/// The parts in which two texts differ.
pub(crate) fn difference(old: &str, new: &str) -> [String; 2] {
    let short = |text: &str| text.chars().nth(WHOLE).is_none();
    if short(old) && short(new) {
        return [old, new].map(str::to_owned);
    }
    // Words with the space behind them, so that together they are the text.
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive(' ').collect(), new.split_inclusive(' ').collect());
    let begin = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let left = old.len().min(new.len()) - begin;
    let end = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(old, new)| old == new).count();
    let from = begin.saturating_sub(CONTEXT);
    [old, new].map(|words| {
        let to = (words.len() - end + CONTEXT).min(words.len());
        let shown = words.get(from..to).unwrap_or_default().concat();
        let before = if from > 0 { "… " } else { "" };
        let after = if to < words.len() { "…" } else { "" };
        format!("{before}{}{after}", shortened(&shown))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_long_texts_the_part_is_shown_in_which_they_differ() {
        let words = |from: usize, to: usize| (from..to).map(|word| format!("word{word} ")).collect::<String>();
        let (old, new) =
            (format!("{}one {}", words(0, 20), words(20, 40)), format!("{}two {}", words(0, 20), words(20, 40)));
        let [one, two] = difference(&old, &new);
        assert_eq!(one, "… word17 word18 word19 one word20 word21 word22 …");
        assert_eq!(two, "… word17 word18 word19 two word20 word21 word22 …");
        let [less, more] = difference(&words(0, 20), &words(0, 40));
        assert_eq!(less, "… word17 word18 word19 ");
        assert!(more.starts_with("… word17 word18 word19 word20 ") && more.ends_with("word39 "), "{more}");
        // The same words twice over are no common end of a text that has them once.
        assert_eq!(difference("a a", "a a a"), ["a a", "a a a"]);
    }

    #[test]
    fn a_part_is_never_longer_than_it_is_said_to_be() {
        let [old, new] = difference(&"é".repeat(10_000), "short");
        assert!(old.ends_with("… (9760 more characters)"), "{old}");
        assert_eq!(new, "short");
    }
}
