//! Where the values of a card are in its Rust source.
//!
//! A report says what a card holds, and its source where it says so. The source has compiled, so its tokens are enough:
//! `security_card!`, keys, colons and brackets. Where they do not tell which card a report is of, the report is pointed
//! at instead.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use smcard_core::{Finding, Findings};

use crate::told::{Checked, Places, shown};

/// The largest source that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// A source file with its cards.
pub(crate) struct Source {
    file: PathBuf,
    text: String,
    cards: Vec<Card>,
}

/// Where the values of a card are, by their paths.
#[derive(Default)]
pub(crate) struct Card {
    places: HashMap<String, Place>,
    /// `model_details.name`, if it is a literal.
    name: Option<String>,
}

struct Place {
    key: Range<usize>,
    value: Range<usize>,
}

/// The files that the build script of a package names as modules by their paths, and those of the usual names.
pub(crate) fn sources(package: &Path) -> Vec<Source> {
    let mut files = vec![PathBuf::from("src/card.rs"), PathBuf::from("build.rs")];
    if let Some(tokens) = read(&package.join("build.rs")).and_then(|text| text.parse().ok()) {
        for file in named_modules(tokens) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    let source = |file: &PathBuf| {
        let file = package.join(file);
        let text = read(&file)?;
        let mut cards = Vec::new();
        find_cards(text.parse().ok()?, &mut cards);
        (!cards.is_empty()).then_some(Source { file, text, cards })
    };
    files.iter().filter_map(source).collect()
}

fn read(file: &Path) -> Option<String> {
    let about = fs::metadata(file).ok().filter(|about| about.is_file() && about.len() <= LARGEST)?;
    let text = about.is_file().then(|| fs::read_to_string(file).ok()).flatten()?;
    // The places of tokens are counted in the text that is parsed.
    Some(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// The paths of `#[path = "…"]`.
fn named_modules(tokens: TokenStream) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else { continue };
        if group.delimiter() != Delimiter::Bracket {
            continue;
        }
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        if let [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Literal(path)] = tokens.as_slice()
            && word == "path"
        {
            files.extend(text_of(&path.to_string()).map(PathBuf::from));
        }
    }
    files
}

/// The text of a plain string literal.
fn text_of(literal: &str) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains('\\')).then(|| text.to_owned())
}

fn find_cards(tokens: TokenStream, cards: &mut Vec<Card>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let called = |name: &str, back: usize| {
            let before = index.checked_sub(back).and_then(|at| tokens.get(at));
            before.is_some_and(|before| before.to_string() == name)
        };
        if called("!", 1) && called("security_card", 2) {
            let mut card = Card::default();
            card.body(group, &tokens, index);
            cards.push(card);
        } else {
            find_cards(group.stream(), cards);
        }
    }
}

impl Card {
    fn body(&mut self, group: &Group, around: &[TokenTree], index: usize) {
        let name = index.checked_sub(2).and_then(|at| around.get(at)).map_or_else(Span::call_site, TokenTree::span);
        let key = name.byte_range();
        self.places.insert(String::new(), Place { value: key.clone(), key });
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        // `SecurityCard { … }` in parentheses.
        match inner.last() {
            Some(TokenTree::Group(block)) if block.delimiter() == Delimiter::Brace && !has_colon(&inner) => {
                self.block(block.stream(), "");
            }
            _ => self.block(group.stream(), ""),
        }
    }

    fn block(&mut self, tokens: TokenStream, path: &str) {
        for part in parts(tokens) {
            let colon =
                part.iter().position(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':'));
            let Some((keys, value)) = colon.and_then(|colon| part.split_at_checked(colon)) else { continue };
            let (Some(key), Some(value)) = (keys.last(), value.get(1..)) else { continue };
            let name = key.to_string();
            let name = text_of(&name).unwrap_or_else(|| name.strip_prefix("r#").unwrap_or(&name).to_owned());
            let path = if path.is_empty() { name } else { format!("{path}.{name}") };
            self.value(key, value, path);
        }
    }

    fn value(&mut self, key: &TokenTree, value: &[TokenTree], path: String) {
        let (Some(first), Some(last)) = (value.first(), value.last()) else { return };
        if path == "model_details.name" && value.len() == 1 {
            self.name = text_of(&first.to_string());
        }
        let bytes = first.span().byte_range().start..last.span().byte_range().end;
        match last {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => self.block(group.stream(), &path),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                for (index, item) in parts(group.stream()).iter().enumerate() {
                    if let Some(first) = item.first() {
                        self.value(first, item, format!("{path}[{index}]"));
                    }
                }
            }
            _ => {}
        }
        self.places.insert(path, Place { key: key.span().byte_range(), value: bytes });
    }

    /// Where a path is: its value, or the key of what it would be in.
    fn place(&self, path: &str) -> Option<&Range<usize>> {
        if let Some(place) = self.places.get(path) {
            return Some(&place.value);
        }
        let mut path = path;
        while let Some(end) = path.rfind(['.', '[']) {
            path = path.get(..end)?;
            if let Some(place) = self.places.get(path) {
                return Some(&place.key);
            }
        }
        self.places.get("").map(|place| &place.key)
    }
}

fn has_colon(tokens: &[TokenTree]) -> bool {
    // That of `smcard::SecurityCard` is joined to another one.
    let mut colons = tokens.iter().filter_map(|token| match token {
        TokenTree::Punct(punct) if punct.as_char() == ':' => Some(punct.spacing()),
        _ => None,
    });
    let (Some(first), second) = (colons.next(), colons.next()) else { return false };
    first == proc_macro2::Spacing::Alone || second.is_none()
}

/// What stands between commas.
fn parts(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match (token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(Vec::new()),
            (token, Some(part)) => part.push(token),
            _ => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The card that a report is of: the only one, or the one of its name.
pub(crate) fn find<'s>(sources: &'s [Source], report: &str, reports: usize) -> Option<(&'s Source, &'s Card)> {
    let mut all = sources.iter().flat_map(|source| source.cards.iter().map(move |card| (source, card)));
    if reports == 1 {
        let only = all.next()?;
        return all.next().is_none().then_some(only);
    }
    let value: serde_json::Value = serde_json::from_str(report).ok()?;
    let name = value.get("model_details")?.get("name")?.as_str()?;
    let mut of_name = all.filter(|(_, card)| card.name.as_deref() == Some(name));
    let found = of_name.next()?;
    of_name.next().is_none().then_some(found)
}

/// The findings of a card with their places in its source.
pub(crate) fn placed(source: &Source, card: &Card, findings: Findings) -> Checked {
    let file = shown(&source.file);
    let range = |finding: &Finding| finding.file.is_none().then(|| card.place(&finding.path)).flatten().cloned();
    let places = Places::of(&source.text, findings.iter().filter_map(range).collect());
    let mut text = smcard_core::source::Source::new(&source.text, false);
    Checked::new(file, findings, |finding| places.get(&range(finding)?), Some(&mut text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(source: &str) -> Vec<(String, String)> {
        let mut cards = Vec::new();
        find_cards(source.parse().unwrap(), &mut cards);
        let card = cards.pop().unwrap();
        let mut places: Vec<_> = card
            .places
            .iter()
            .map(|(path, place)| (path.clone(), source.get(place.value.clone()).unwrap().to_owned()))
            .collect();
        places.sort();
        places
    }

    #[test]
    fn each_value_is_found_in_every_notation() {
        let braces = "pub static CARD: SecurityCard = security_card! { model_details: { r#type: \"é\", \"version\": env!(\"V\"), },\n\
                      metrics: { measures: [{ name: \"a\", interval: [0.1, 0.2] }] }, training_data: withheld(\"w\") };";
        let parentheses = braces
            .replace("security_card! {", "smcard::security_card!(SecurityCard {")
            .replace("\") };", "\") });")
            .replace("{ r#type", "ModelDetails { r#type");
        for source in [braces, &parentheses] {
            let found = places(source);
            let of = |path: &str| found.iter().find(|(known, _)| known == path).map(|(_, value)| value.as_str());
            assert_eq!(of("model_details.type"), Some("\"é\""), "{source}");
            assert_eq!(of("model_details.version"), Some("env!(\"V\")"));
            assert_eq!(of("metrics.measures[0].interval[1]"), Some("0.2"));
            assert_eq!(of("training_data"), Some("withheld(\"w\")"));
        }
    }

    #[test]
    fn what_is_missing_is_looked_for_where_it_would_be() {
        let source = "security_card! { factors: { relevant_factors: \"x\" } }";
        let mut cards = Vec::new();
        find_cards(source.parse().unwrap(), &mut cards);
        let card = cards.pop().unwrap();
        assert_eq!(source.get(card.place("factors.evaluation_factors").unwrap().clone()), Some("factors"));
        assert_eq!(source.get(card.place("training_data").unwrap().clone()), Some("security_card"));
    }
}
