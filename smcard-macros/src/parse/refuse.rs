//! What no value is, whatever its field takes: each mistake is told once, here, where it stands.

use proc_macro2::{Delimiter, TokenTree};
use smcard_core::Problem;
use smcard_core::schema::Kind;

use super::expected::Expected;
use super::split::{Among, End, split};
use super::tokens::{ident_of, is_group, is_path, is_punct, is_reason, reason_of, within};
use crate::literal;

/// Why tokens are no value: the ones that are wrong, and the words.
pub(super) struct Refusal {
    pub(super) tokens: Vec<TokenTree>,
    pub(super) problem: Problem,
}

impl Refusal {
    fn new(tokens: &[TokenTree], message: impl Into<String>, help: impl Into<String>) -> Self {
        let problem = Problem::new(message).help(help);
        Refusal { tokens: tokens.to_vec(), problem }
    }

    fn note(mut self, note: &str) -> Self {
        self.problem.notes.push(note.to_owned());
        self
    }
}

/// The first thing that is wrong with the tokens of a value.
///
/// What the compiler would say more than once, or in words that are not those of a card, is said here.
pub(super) fn refusal(
    tokens: &[TokenTree],
    expected: Expected,
    among: Among,
    in_build_script: bool,
) -> Option<Refusal> {
    unit(tokens, expected)
        .or_else(|| closure(tokens))
        .or_else(|| second_value(tokens, among))
        .or_else(|| unfinished(tokens))
        .or_else(|| reason_among_others(tokens))
        .or_else(|| words_of_reason(tokens))
        .or_else(|| in_build_script.then(|| of_one_crate(tokens)).flatten())
}

/// `4.8%`, `12 ms` and `12ms`, where a number stands.
fn unit(tokens: &[TokenTree], expected: Expected) -> Option<Refusal> {
    let (number, behind) = match tokens {
        [TokenTree::Literal(number), behind @ ..] => (number, behind),
        [minus, TokenTree::Literal(number), behind @ ..] if is_punct(minus, '-') => (number, behind),
        _ => return None,
    };
    let takes_number = matches!(expected, Expected::Field(Kind::Number | Kind::Count));
    if behind.is_empty() && !takes_number {
        return None;
    }
    let (digits, suffix) = literal::number_and_suffix(number)?;
    let has_unit = match behind {
        [] => takes_number && !suffix.is_empty() && !TYPES.contains(&suffix.as_str()),
        [percent] if is_punct(percent, '%') => true,
        [TokenTree::Ident(unit)] => takes_number && unit != "as",
        _ => false,
    };
    let help = match expected {
        Expected::Field(Kind::Text) => "write it in quotes".to_owned(),
        _ => format!("write the number without the unit: `{digits}`"),
    };
    has_unit.then(|| Refusal::new(tokens, "expected a value, found a number with a unit", help))
}

/// The types that may stand behind a number.
const TYPES: &[&str] =
    &["f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];

fn closure(tokens: &[TokenTree]) -> Option<Refusal> {
    let opens = match tokens {
        [first, ..] if is_punct(first, '|') => true,
        [first, second, ..] => ident_of(first).is_some_and(|word| word == "move") && is_punct(second, '|'),
        _ => false,
    };
    opens.then(|| Refusal::new(tokens, "expected a value, found a closure", "write the value itself"))
}

/// The second of two values that stand side by side, which no expression has.
fn second_value(tokens: &[TokenTree], among: Among) -> Option<Refusal> {
    let is_word = |token: &TokenTree, before: Option<&TokenTree>| match token {
        TokenTree::Literal(_) => true,
        TokenTree::Ident(word) => {
            // The name of a lifetime is none.
            !BETWEEN_VALUES.iter().any(|between| word == between) && !before.is_some_and(|it| is_punct(it, '\''))
        }
        _ => false,
    };
    // Between `if` and its braces stands a condition, behind which they are no second value.
    let mut in_condition = false;
    let mut before = None;
    for pair in tokens.windows(2) {
        let [first, second] = pair else { continue };
        in_condition |= ident_of(first).is_some_and(|word| OPEN_CONDITION.contains(&word.to_string().as_str()));
        let opens_branch = in_condition && is_group(second, Delimiter::Brace);
        let is_second = match second {
            TokenTree::Group(_) if opens_branch => false,
            TokenTree::Group(_) => {
                matches!(first, TokenTree::Literal(_))
                    || is_group(first, Delimiter::Brace) && is_group(second, Delimiter::Brace)
            }
            second => is_word(second, Some(first)) && (is_word(first, before) || matches!(first, TokenTree::Group(_))),
        };
        if is_second {
            let help = match second {
                _ if among == Among::Items => "write a comma between them",
                TokenTree::Group(_) => "write one of them",
                _ => "write one of them, or join texts with `concat!(…)`",
            };
            let message = "expected one value, found a second one after it";
            return Some(Refusal::new(std::slice::from_ref(second), message, help));
        }
        in_condition &= !opens_branch;
        before = Some(first);
    }
    None
}

/// The words of Rust that may stand beside a value in a constant expression.
const BETWEEN_VALUES: &[&str] = &[
    "as", "break", "const", "dyn", "else", "fn", "for", "if", "impl", "in", "let", "loop", "match", "move", "mut",
    "ref", "return", "static", "unsafe", "while",
];

/// The words of Rust behind which braces follow a value.
const OPEN_CONDITION: &[&str] = &["for", "if", "match", "while"];

fn unfinished(tokens: &[TokenTree]) -> Option<Refusal> {
    let end = tokens.last().filter(|end| matches!(end, TokenTree::Punct(_)))?;
    let help = "finish the value, or remove this";
    Some(Refusal::new(std::slice::from_ref(end), "the value is not finished", help))
}

/// A reason with something before or behind it, which would be lost with it or without it.
fn reason_among_others(tokens: &[TokenTree]) -> Option<Refusal> {
    if reason_of(tokens).is_some() {
        return None;
    }
    let called = |at: usize| match tokens.get(at..)? {
        [TokenTree::Ident(name), words, ..] if is_group(words, Delimiter::Parenthesis) => Some(name),
        _ => None,
    };
    let (name, at) = (0..tokens.len()).find_map(|at| {
        let name = called(at).filter(|name| is_reason(name))?;
        // Of another module or another type, this is a function like any other.
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let of_another = before.is_some_and(|before| is_punct(before, ':') || is_punct(before, '.'));
        (!of_another).then_some((name, at))
    })?;
    let words = tokens.get(at..at + 2).unwrap_or_default();
    let message = format!("`{name}(…)` must be the whole value, but here it is part of one");
    Some(Refusal::new(words, message, format!("write either the value or `{name}(\"why\")`")))
}

/// Something else than one text in the parentheses of a reason.
fn words_of_reason(tokens: &[TokenTree]) -> Option<Refusal> {
    let (name, words) = reason_of(tokens)?;
    let words = within(words);
    let first = split(&words, Among::Items);
    let second = match &first.end {
        End::Nothing => None,
        End::Semicolon(token, _) => Some(*token),
        End::Comma(rest) | End::Next(rest) => rest.first(),
    };
    if let Some(second) = second {
        let message = format!("`{name}(…)` takes one text, found more after it");
        return Some(Refusal::new(std::slice::from_ref(second), message, format!("write `{name}(\"why\")`")));
    }
    closure(first.tokens).or_else(|| second_value(first.tokens, Among::Entries)).or_else(|| unfinished(first.tokens))
}

/// What means something else in the package than in its build script, which compiles the card too.
fn of_one_crate(tokens: &[TokenTree]) -> Option<Refusal> {
    let two_crates = "this file is compiled in two crates, the package and its build script";
    if let [TokenTree::Ident(root), _, _, TokenTree::Ident(_)] = tokens {
        if is_path(tokens) && (root == "crate" || root == "super") {
            let message = format!("`{root}` is not the same in the package and in its build script");
            let help = "move the constant into this file, and name it with `self::`";
            return Some(Refusal::new(tokens, message, help).note(two_crates));
        }
    }
    let (wrong, name, help) = crate_name(tokens)?;
    let message = format!("`{name}` is not the same in the package and in its build script");
    Some(Refusal::new(&wrong, message, help).note(two_crates))
}

/// What names the crate that is being compiled, alone or in `concat!`, with what to write in its place.
fn crate_name(tokens: &[TokenTree]) -> Option<(Vec<TokenTree>, &'static str, &'static str)> {
    let mut streams = vec![tokens.to_vec()];
    while let Some(tokens) = streams.pop() {
        for (index, token) in tokens.iter().enumerate() {
            let is_call = || tokens.get(index + 1).is_some_and(|mark| is_punct(mark, '!'));
            match token {
                TokenTree::Literal(literal) if literal.to_string() == "\"CARGO_CRATE_NAME\"" => {
                    let help = "write `env!(\"CARGO_PKG_NAME\")`";
                    return Some((vec![token.clone()], "CARGO_CRATE_NAME", help));
                }
                TokenTree::Ident(name) if name == "module_path" && is_call() => {
                    return Some((vec![token.clone()], "module_path!()", "write the path in quotes"));
                }
                TokenTree::Group(group) => streams.push(within(group)),
                _ => {}
            }
        }
    }
    None
}
