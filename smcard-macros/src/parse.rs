//! From tokens to a tree, whatever state they are in.
//!
//! An editor asks for the expansion of every half-typed state, so nothing here gives up: what
//! cannot be understood becomes a finding, and reading goes on at the next key. Every token is
//! looked at a bounded number of times.

use std::borrow::Cow;
use std::rc::Rc;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use smcard_core::rules::INVALID_SYNTAX;
use smcard_core::schema::Kind;
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Finding, Findings, MAX_DEPTH, Problem, Reason, SecurityCard};
use syn::buffer::{Cursor, TokenBuffer};

use crate::literal;
use crate::source::{Place, Source};

mod depth;
mod expected;
mod name;
mod refuse;
mod split;
mod tokens;
mod words;

use depth::too_deep;
use expected::Expected;
use name::{Name, brief};
use refuse::refusal;
use split::{Among, End, Split, split};
use tokens::{begins_entry, is_punct, key_of, separator, shown};
pub(crate) use tokens::{is_path, reason_of};
use words::{named_enum, word_of};

/// Of how many tokens the path of the card's own type may consist.
const LONGEST_NAME: usize = 64;

/// Reads the body of `security_card!`.
pub(crate) fn card(body: TokenStream, in_build_script: bool) -> Source {
    let root = Place { tokens: Rc::default(), key: 0 };
    let mut parser = Parser { places: vec![root], slips: Findings::NONE, key: 0, in_build_script };
    let value = match too_deep(&body) {
        Some(group) => {
            let is_expression = group.delimiter() == Delimiter::Parenthesis;
            let at = parser.place(vec![group.into()]);
            match is_expression {
                true => parser.slip(
                    at,
                    || "parentheses are nested too deeply".to_owned(),
                    "move a part of it into a constant",
                ),
                false => parser.slip_of_depth(at),
            }
            Value::Unfinished
        }
        None => Value::Block(parser.body(TokenBuffer::new2(body).begin())),
    };
    Source { root: Node { at: 0, value }, places: parser.places, slips: parser.slips }
}

struct Parser {
    places: Vec<Place>,
    slips: Findings,
    /// The place of the key around what is being read.
    key: usize,
    in_build_script: bool,
}

impl Parser {
    fn place(&mut self, tokens: Vec<TokenTree>) -> usize {
        self.places.push(Place { tokens: tokens.into(), key: self.key });
        self.places.len() - 1
    }

    /// Tells of a slip. Its words are asked for only if there is room.
    fn slip(&mut self, at: usize, message: impl FnOnce() -> String, help: impl Into<String>) {
        let problem = match self.slips.errors() < Findings::SHOWN {
            true => Problem::new(message()).help(help),
            false => Problem::new(String::new()),
        };
        self.slips.push(Finding::new(INVALID_SYNTAX, "", at, problem));
    }

    /// Reads the fields of the card, which may stand in braces of its own with its type's name before them.
    fn body(&mut self, tokens: Cursor<'_>) -> Vec<Entry<'static>> {
        let card = Expected::Field(Kind::Block(SecurityCard::SCHEMA));
        let (mut path, mut rest) = (Vec::new(), tokens);
        while let Some((token @ (TokenTree::Ident(_) | TokenTree::Punct(_)), after)) = rest.token_tree() {
            if path.len() == LONGEST_NAME {
                break;
            }
            path.push(token);
            rest = after;
        }
        if let Some((inner, _, after)) = rest.group(Delimiter::Brace).filter(|_| is_path(&path)) {
            if after.eof() || matches!(after.punct(), Some((comma, end)) if comma.as_char() == ',' && end.eof()) {
                self.type_name(&path, card);
                return self.entries(inner, card, 0);
            }
        }
        self.entries(tokens, card, 0)
    }

    /// Reads `key: value` pairs.
    fn entries(&mut self, tokens: Cursor<'_>, within: Expected, depth: usize) -> Vec<Entry<'static>> {
        let outer = self.key;
        let mut entries = Vec::new();
        let mut rest = tokens;
        while let Some((first, after)) = rest.token_tree() {
            self.key = outer;
            let at = self.place(vec![first.clone()]);
            if let Some(entry) = behind_modifier(&first, after) {
                self.slip(
                    at,
                    || format!("expected a field, found {}", shown(&first)),
                    "remove it: a card has no items",
                );
                rest = entry;
                continue;
            }
            let Some(key) = key_of(&first) else {
                self.slip(at, || format!("expected a field, found {}", shown(&first)), "write `field: value,`");
                rest = split(rest, Among::Entries).end.rest();
                continue;
            };
            self.key = at;
            let (node, next) = self.after_key(&key, at, after, within, depth);
            rest = next;
            entries.push(Entry { key: Cow::Owned(key), at, node });
        }
        self.key = outer;
        entries
    }

    /// Reads what follows a key: a colon and the value, as far as they are there.
    fn after_key<'b>(
        &mut self,
        key: &str,
        at: usize,
        after: Cursor<'b>,
        within: Expected,
        depth: usize,
    ) -> (Node<'static>, Cursor<'b>) {
        let name = Name::of(key, within);
        let begins_value = || match after.token_tree() {
            Some((token, _)) => !matches!(token, TokenTree::Punct(_)) && !begins_entry(after),
            None => false,
        };
        let value = match separator(after) {
            Some((":", value)) => value,
            Some((found, value)) => {
                self.slip(at, || format!("expected `:` after {name}, found `{found}`"), name.entry());
                value
            }
            None if begins_value() => {
                self.slip(at, || format!("expected `:` after {name}"), name.entry());
                after
            }
            None => return (self.unfinished(&name, at), self.next_entry(after)),
        };
        let split = split(value, Among::Entries);
        if split.tokens.is_empty() {
            return (self.unfinished(&name, at), self.next_entry(value));
        }
        match &split.end {
            End::Next(_) => {
                let last = split.tokens.last().cloned();
                let last = self.place(last.into_iter().collect());
                self.slip(last, || format!("expected `,` after the value of {name}"), "add the comma");
            }
            End::Semicolon(token, _) => {
                let token = self.place(vec![token.clone()]);
                self.slip(token, || format!("expected `,` after the value of {name}, found `;`"), "write a comma");
            }
            End::Comma(_) | End::Nothing => {}
        }
        let rest = split.end.rest();
        (self.value(split, within.under(key), depth), rest)
    }

    /// A key that has no value yet.
    fn unfinished(&mut self, name: &Name<'_>, at: usize) -> Node<'static> {
        self.slip(at, || format!("{name} has no value"), name.entry());
        Node { at, value: Value::Unfinished }
    }

    /// Where reading goes on behind a key without value.
    fn next_entry<'b>(&self, after: Cursor<'b>) -> Cursor<'b> {
        if begins_entry(after) { after } else { split(after, Among::Entries).end.rest() }
    }

    fn value(&mut self, mut split: Split<'_>, expected: Expected, depth: usize) -> Node<'static> {
        // What a macro by example passes on stands in an invisible group.
        while let [TokenTree::Group(_)] = split.tokens.as_slice() {
            let inner = split.last.group(Delimiter::None).map(|(inner, ..)| split::split(inner, Among::Items));
            match inner {
                Some(inner) if matches!(inner.end, End::Nothing) && !inner.tokens.is_empty() => {
                    split = Split { among: split.among, ..inner };
                }
                _ => break,
            }
        }
        let at = self.place(split.tokens);
        let Some(tokens) = self.places.get(at).map(|place| Rc::clone(&place.tokens)) else {
            return Node { at, value: Value::Unfinished };
        };
        if let Some(refusal) = refusal(&tokens, expected, split.among, self.in_build_script) {
            let wrong = self.place(refusal.tokens);
            self.slips.push(Finding::new(INVALID_SYNTAX, "", wrong, refusal.problem));
            return Node { at, value: Value::Unfinished };
        }
        let value = match &*tokens {
            [TokenTree::Literal(literal)] => literal::value(literal),
            [minus, TokenTree::Literal(literal)] if is_punct(minus, '-') => match literal::value(literal) {
                Value::Number(number) => Value::Number(-number),
                _ => Value::Later,
            },
            [TokenTree::Ident(word)] => word_of(word),
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
                match (expected.item(), split.last.group(Delimiter::Bracket)) {
                    (Some(item), Some((inner, ..))) if self.fits(at, depth) => self.list(inner, item, depth + 1),
                    (Some(_), _) => Value::Unfinished,
                    // Whatever is in it, there is no list here.
                    (None, _) => Value::List(Vec::new()),
                }
            }
            [path @ .., TokenTree::Group(group)] if is_block(path, group) => match split.last.group(Delimiter::Brace) {
                Some((inner, ..)) => self.block(path, at, inner, expected, depth),
                None => Value::Later,
            },
            tokens if is_path(tokens) => self.path(tokens, expected),
            tokens => match reason_of(tokens) {
                Some((name, words)) => reason(name, words, expected),
                None => Value::Later,
            },
        };
        Node { at, value }
    }

    /// A path of several segments: a variant of the choice that belongs here, or a constant.
    fn path(&mut self, path: &[TokenTree], expected: Expected) -> Value<'static> {
        let (Expected::Field(Kind::Choice(choice)), Some((name, word))) = (expected, named_enum(path)) else {
            return Value::Later;
        };
        if name != choice.name {
            let at = self.place(vec![name.clone().into()]);
            let message = format!("expected a `{}`, found {}", choice.name, brief(name));
            let words = choice.variants.iter().map(|variant| format!("`{}`", variant.name));
            self.slip(at, || message, format!("write one of {}", words.collect::<Vec<_>>().join(", ")));
            return Value::Unfinished;
        }
        Value::Word(Cow::Owned(word.to_string()))
    }

    /// Braces with at most a path before them: a block, or an expression in braces of its own.
    fn block(
        &mut self,
        path: &[TokenTree],
        at: usize,
        inner: Cursor<'_>,
        expected: Expected,
        depth: usize,
    ) -> Value<'static> {
        let has_entries = inner.eof() || begins_field(inner);
        match expected {
            Expected::Field(Kind::Text | Kind::Number | Kind::Count | Kind::Bool | Kind::Choice(_)) => {
                // Whatever is in it, there is no block here.
                return if has_entries || !path.is_empty() { Value::Block(Vec::new()) } else { Value::Later };
            }
            Expected::Field(Kind::List(_)) if !has_entries => return Value::Block(Vec::new()),
            _ => {}
        }
        let of_block = match expected {
            Expected::Field(Kind::List(kind)) => Expected::Field(*kind),
            expected => expected,
        };
        self.type_name(path, of_block);
        match self.fits(at, depth) {
            true => Value::Block(self.entries(inner, of_block, depth + 1)),
            false => Value::Unfinished,
        }
    }

    /// Tells of a type's name that is not the one of the block behind it.
    fn type_name(&mut self, path: &[TokenTree], expected: Expected) {
        let Some(TokenTree::Ident(name)) = path.last() else { return };
        let (message, help) = match expected.type_name() {
            _ if matches!(expected, Expected::Unknown) => return,
            Some(known) if name == known => return,
            Some(known) => {
                (format!("expected `{known}`, found {}", brief(name)), format!("write `{known}`, or the braces alone"))
            }
            None => (format!("expected `{{`, found {}", brief(name)), "write the braces alone".to_owned()),
        };
        let at = self.place(vec![name.clone().into()]);
        self.slip(at, || message, help);
    }

    fn list(&mut self, tokens: Cursor<'_>, item: Expected, depth: usize) -> Value<'static> {
        let mut nodes = Vec::new();
        let mut rest = tokens;
        while let Some((first, _)) = rest.token_tree() {
            let split = split(rest, Among::Items);
            rest = split.end.rest();
            match &split.end {
                End::Comma(_) if split.tokens.is_empty() => {
                    let at = self.place(vec![first]);
                    self.slip(at, || "expected a value, found `,`".to_owned(), "remove one of the commas");
                }
                End::Semicolon(token, _) => {
                    let at = self.place(vec![token.clone()]);
                    self.slip(at, || "expected `,`, found `;`".to_owned(), "write a comma");
                }
                End::Next(_) => {
                    let at = self.place(split.tokens.clone());
                    self.slip(at, || "expected `,` between two blocks".to_owned(), "add the comma");
                }
                End::Comma(_) | End::Nothing => {}
            }
            if !split.tokens.is_empty() {
                nodes.push(self.value(split, item, depth));
            }
        }
        Value::List(nodes)
    }

    /// Whether one more block or list may open here.
    fn fits(&mut self, at: usize, depth: usize) -> bool {
        if depth == MAX_DEPTH {
            self.slip_of_depth(at);
        }
        depth < MAX_DEPTH
    }

    fn slip_of_depth(&mut self, at: usize) {
        let message = format!("more than {MAX_DEPTH} nested blocks and lists");
        self.slip(at, || message, "move the value to a higher level");
    }
}

/// The entry behind a word that stands before the items of Rust source, as in `pub stage: Draft`.
fn behind_modifier<'b>(first: &TokenTree, after: Cursor<'b>) -> Option<Cursor<'b>> {
    let TokenTree::Ident(word) = first else { return None };
    if !["const", "let", "mut", "pub", "static"].iter().any(|modifier| word == modifier) {
        return None;
    }
    let after = match after.group(Delimiter::Parenthesis) {
        Some((.., after)) if word == "pub" => after,
        _ => after,
    };
    begins_entry(after).then_some(after)
}

/// Whether a field begins here, be it with a wrong sign behind its key.
fn begins_field(cursor: Cursor<'_>) -> bool {
    match cursor.token_tree() {
        Some((token, after)) => key_of(&token).is_some() && separator(after).is_some_and(|(sign, _)| sign != "="),
        None => false,
    }
}

/// Whether braces behind this path may be a block: those behind a keyword hold code.
fn is_block(path: &[TokenTree], group: &Group) -> bool {
    let opens_code = match path {
        [TokenTree::Ident(word)] => ["async", "const", "loop", "unsafe"].iter().any(|keyword| word == keyword),
        _ => false,
    };
    group.delimiter() == Delimiter::Brace && is_path(path) && !opens_code
}

/// A reason in place of a value, with its words as far as they are literal.
fn reason(name: &Ident, words: &Group, expected: Expected) -> Value<'static> {
    let Some(reason) = Reason::ALL.iter().find(|reason| name == reason.name) else { return Value::Later };
    let takes_reason = !matches!(expected, Expected::Field(kind) if !matches!(kind, Kind::Text));
    let tokens: Vec<TokenTree> = words.stream().into_iter().collect();
    let words = match tokens.as_slice() {
        [] => String::new(),
        [TokenTree::Literal(literal)] | [TokenTree::Literal(literal), TokenTree::Punct(_)] => {
            match literal::value(literal) {
                Value::Text(text) => text.to_string(),
                _ => return Value::Later,
            }
        }
        // Which reason it is, is all that is said of one that does not belong here.
        _ if !takes_reason => String::new(),
        _ => return Value::Later,
    };
    Value::Text(reason.text(Cow::Owned(words)))
}
