//! Texts that stand in the way of any notation.

use std::borrow::Cow;

use smcard_core::Text;
use smcard_core::tree::{Node, Value};

use super::dice::Dice;

/// What begins or ends something in some notation, or looks like a value of another kind.
const PARTS: &[&str] = &[
    "\"",
    "'",
    "\\",
    "\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\n\n",
    "{",
    "}",
    "[",
    "]",
    "*/",
    "/*",
    "//",
    "#",
    " # ",
    ": ",
    ":",
    "- ",
    "? ",
    "| ",
    "> ",
    "&a",
    "*a",
    "!",
    "%",
    "@",
    "`",
    "~",
    "---",
    "...",
    "=",
    "<<",
    ",",
    "\0",
    "\u{7}",
    "\u{1b}[2J",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{feff}",
    "\u{e0041}",
    "\u{301}",
    "👩‍💻",
    "🦀",
    "é",
    "א",
    "写",
    "\u{10ffff}",
    "true",
    "no",
    "null",
    "1",
    "-1.5e3",
    "0x1f",
    "1_000",
    "2026-09-14",
    "12:30:45",
    ".inf",
    "${x}",
    "{{y}}",
    "word",
    "a longer run of words that goes on and on",
    "r#\"",
    "\"#",
    "\\u{41}",
    "\\n",
    "$",
];

/// Puts such a text in the place of every text, and whitespace around some.
pub(crate) fn hostile(node: &mut Node<'static>, dice: &mut Dice) {
    match &mut node.value {
        Value::Text(text) => {
            let words: Cow<'static, str> = words(dice).into();
            *text = match text.reason() {
                Some(reason) => reason.text(words),
                None => Text::from(words),
            };
        }
        Value::List(items) => items.iter_mut().for_each(|item| hostile(item, dice)),
        Value::Block(entries) => entries.iter_mut().for_each(|entry| hostile(&mut entry.node, dice)),
        _ => {}
    }
}

fn words(dice: &mut Dice) -> String {
    let length = match dice.below(8) {
        0 => 1,
        1..=5 => dice.below(8),
        _ => dice.below(80),
    };
    (0..length).map(|_| *dice.pick(PARTS)).collect()
}
