//! From tokens to a tree, whatever state they are in.
//!
//! An editor asks for the expansion of every half-typed state, so nothing here gives up: what
//! cannot be understood becomes a finding, and reading goes on at the next key. Every token is
//! looked at a bounded number of times.

use std::borrow::Cow;
use std::rc::Rc;
use std::slice::from_ref;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use smcard_core::rules::INVALID_SYNTAX;
use smcard_core::schema::Kind;
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Finding, Findings, MAX_DEPTH, Problem, Reason, SecurityCard};

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
use split::{Among, End, split};
use tokens::{begins_entry, is_group, key_of, separator, shown, within};
pub(crate) use tokens::{is_path, is_punct, reason_of};
use words::{named_enum, word_of};

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
        None => Value::Block(parser.body(&Vec::from_iter(body))),
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
    fn place(&mut self, tokens: impl Into<Rc<[TokenTree]>>) -> usize {
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
    fn body(&mut self, tokens: &[TokenTree]) -> Vec<Entry<'static>> {
        let card = Expected::Field(Kind::Block(SecurityCard::SCHEMA));
        let all = match tokens {
            [all @ .., comma] if is_punct(comma, ',') => all,
            all => all,
        };
        match all {
            [path @ .., TokenTree::Group(group)] if is_block(path, group) => {
                self.type_name(path, card);
                self.entries(&within(group), card, 0)
            }
            _ => self.entries(tokens, card, 0),
        }
    }

    /// Reads `key: value` pairs.
    fn entries(&mut self, tokens: &[TokenTree], block: Expected, depth: usize) -> Vec<Entry<'static>> {
        let outer = self.key;
        let mut entries = Vec::new();
        let mut rest = tokens;
        while let [first, after @ ..] = rest {
            self.key = outer;
            let at = self.place(from_ref(first));
            if let Some(entry) = behind_modifier(first, after) {
                self.slip(at, || format!("expected a field, found {}", shown(first)), "remove it: a card has no items");
                rest = entry;
                continue;
            }
            let Some(key) = key_of(first) else {
                self.slip(at, || format!("expected a field, found {}", shown(first)), "write `field: value,`");
                rest = split(rest, Among::Entries).end.rest();
                continue;
            };
            self.key = at;
            let (node, next) = self.after_key(&key, at, after, block, depth);
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
        after: &'b [TokenTree],
        block: Expected,
        depth: usize,
    ) -> (Node<'static>, &'b [TokenTree]) {
        let name = Name::of(key, block);
        let begins_value = || match after {
            [TokenTree::Punct(_), ..] | [] => false,
            _ => !begins_entry(after),
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
                let last = self.place(split.tokens.last().map(from_ref).unwrap_or_default());
                self.slip(last, || format!("expected `,` after the value of {name}"), "add the comma");
            }
            End::Semicolon(token, _) => {
                let token = self.place(from_ref(*token));
                self.slip(token, || format!("expected `,` after the value of {name}, found `;`"), "write a comma");
            }
            End::Comma(_) | End::Nothing => {}
        }
        let rest = split.end.rest();
        (self.value(split.tokens, Among::Entries, block.under(key), depth), rest)
    }

    /// A key that has no value yet.
    fn unfinished(&mut self, name: &Name<'_>, at: usize) -> Node<'static> {
        self.slip(at, || format!("{name} has no value"), name.entry());
        Node { at, value: Value::Unfinished }
    }

    /// Where reading goes on behind a key without value.
    fn next_entry<'b>(&self, after: &'b [TokenTree]) -> &'b [TokenTree] {
        if begins_entry(after) { after } else { split(after, Among::Entries).end.rest() }
    }

    fn value(&mut self, value: &[TokenTree], among: Among, expected: Expected, depth: usize) -> Node<'static> {
        let mut tokens: Rc<[TokenTree]> = value.into();
        // What a macro by example passes on stands in an invisible group.
        while let [TokenTree::Group(group)] = &*tokens {
            if group.delimiter() != Delimiter::None {
                break;
            }
            let inner = within(group);
            if inner.is_empty() || !matches!(split(&inner, Among::Items).end, End::Nothing) {
                break;
            }
            tokens = inner.into();
        }
        let at = self.place(Rc::clone(&tokens));
        if let Some(refusal) = refusal(&tokens, expected, among, self.in_build_script) {
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
                match expected.item() {
                    Some(item) if self.fits(at, depth) => self.list(&within(group), item, depth + 1),
                    Some(_) => Value::Unfinished,
                    // Whatever is in it, there is no list here.
                    None => Value::List(Vec::new()),
                }
            }
            [path @ .., TokenTree::Group(group)] if is_block(path, group) => {
                self.block(path, at, &within(group), expected, depth)
            }
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
        inner: &[TokenTree],
        expected: Expected,
        depth: usize,
    ) -> Value<'static> {
        let has_entries = inner.is_empty() || begins_field(inner);
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

    fn list(&mut self, tokens: &[TokenTree], item: Expected, depth: usize) -> Value<'static> {
        let mut nodes = Vec::new();
        let mut rest = tokens;
        while let [first, ..] = rest {
            let split = split(rest, Among::Items);
            rest = split.end.rest();
            match &split.end {
                End::Comma(_) if split.tokens.is_empty() => {
                    let at = self.place(from_ref(first));
                    self.slip(at, || "expected a value, found `,`".to_owned(), "remove one of the commas");
                }
                End::Semicolon(token, _) => {
                    let at = self.place(from_ref(*token));
                    self.slip(at, || "expected `,`, found `;`".to_owned(), "write a comma");
                }
                End::Next(_) => {
                    let at = self.place(split.tokens);
                    self.slip(at, || "expected `,` between two blocks".to_owned(), "add the comma");
                }
                End::Comma(_) | End::Nothing => {}
            }
            if !split.tokens.is_empty() {
                nodes.push(self.value(split.tokens, Among::Items, item, depth));
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
fn behind_modifier<'b>(first: &TokenTree, after: &'b [TokenTree]) -> Option<&'b [TokenTree]> {
    let TokenTree::Ident(word) = first else { return None };
    if !["const", "let", "mut", "pub", "static"].iter().any(|modifier| word == modifier) {
        return None;
    }
    let after = match after {
        [group, after @ ..] if word == "pub" && is_group(group, Delimiter::Parenthesis) => after,
        after => after,
    };
    begins_entry(after).then_some(after)
}

/// Whether a field begins here, be it with a wrong sign behind its key.
fn begins_field(tokens: &[TokenTree]) -> bool {
    match tokens {
        [first, after @ ..] => key_of(first).is_some() && separator(after).is_some_and(|(sign, _)| sign != "="),
        [] => false,
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
    let words = match within(words).as_slice() {
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
