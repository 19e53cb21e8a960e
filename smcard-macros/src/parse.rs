//! From tokens to a tree, whatever state they are in.
//!
//! An editor asks for the expansion of every half-typed state, so nothing here gives up: what
//! cannot be understood becomes a finding, and reading goes on at the next key.

use std::borrow::Cow;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use smcard_core::rules::INVALID_SYNTAX;
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Finding, MAX_DEPTH, Problem, Text};

use crate::literal;

mod tokens;

use tokens::{
    begins_value, block_of, is_colon, is_path, is_punct, key_of, second_value, shown, split_at_comma, split_value,
    tokens_of,
};

/// A card as somebody typed it.
pub(crate) struct Source {
    /// The tree; each place in it is an index of `tokens`.
    pub(crate) root: Node<'static>,
    /// The tokens of each key and value, for their spans and for the expansion.
    tokens: Vec<Vec<TokenTree>>,
    /// What could not be understood.
    pub(crate) slips: Vec<Finding>,
}

impl Source {
    /// The tokens at a place; none for the card as a whole.
    pub(crate) fn tokens(&self, at: usize) -> &[TokenTree] {
        self.tokens.get(at).map(Vec::as_slice).unwrap_or_default()
    }

    /// The span where a place begins, and the one where it ends. Of a block these are its braces:
    /// a span over all of it would claim, in an editor, every token within.
    pub(crate) fn spans(&self, at: usize) -> (Span, Span) {
        let first = |token: &TokenTree| match token {
            TokenTree::Group(group) => group.span_open(),
            token => token.span(),
        };
        let last = |token: &TokenTree| match token {
            TokenTree::Group(group) => group.span_close(),
            token => token.span(),
        };
        let tokens = self.tokens(at);
        let call_site = Span::call_site;
        (tokens.first().map_or_else(call_site, first), tokens.last().map_or_else(call_site, last))
    }
}

/// Reads the body of `security_card!`.
pub(crate) fn card(body: TokenStream) -> Source {
    let mut parser = Parser { tokens: vec![Vec::new()], slips: Vec::new() };
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let whole = match tokens.as_slice() {
        [whole @ .., comma] if is_punct(comma, ',') => whole,
        whole => whole,
    };
    // The card may stand in braces of its own, with its type's name before them.
    let entries = match block_of(whole) {
        Some(group) => parser.entries(&tokens_of(group), 0),
        None => parser.entries(&tokens, 0),
    };
    Source { root: Node { at: 0, value: Value::Block(entries) }, tokens: parser.tokens, slips: parser.slips }
}

struct Parser {
    tokens: Vec<Vec<TokenTree>>,
    slips: Vec<Finding>,
}

impl Parser {
    fn place(&mut self, tokens: &[TokenTree]) -> usize {
        self.tokens.push(tokens.to_vec());
        self.tokens.len() - 1
    }

    fn slip(&mut self, at: usize, message: String, help: String) {
        let problem = Problem { message, excerpt: None, help: vec![help], notes: Vec::new() };
        self.slips.push(Finding::new(INVALID_SYNTAX, "", at, problem));
    }

    /// Reads `key: value` pairs.
    fn entries(&mut self, tokens: &[TokenTree], depth: usize) -> Vec<Entry<'static>> {
        let mut entries = Vec::new();
        let mut rest = tokens;
        while let [first, after @ ..] = rest {
            let at = self.place(std::slice::from_ref(first));
            let Some(key) = key_of(first) else {
                self.slip(
                    at,
                    format!("expected a field, found `{}`", shown(first)),
                    "write `field: value,`".to_owned(),
                );
                rest = split_value(rest).1;
                continue;
            };
            let node;
            (node, rest) = match after {
                [colon, value @ ..] if is_colon(colon, value) => self.entry(&key, at, value, depth),
                [equals, value @ ..] if is_punct(equals, '=') => {
                    self.slip(at, format!("expected `:` after `{key}`, found `=`"), format!("write `{key}: …`"));
                    self.entry(&key, at, value, depth)
                }
                [next, others @ ..] if begins_value(next, others) => {
                    self.slip(at, format!("expected `:` after `{key}`"), format!("write `{key}: …`"));
                    self.entry(&key, at, after, depth)
                }
                _ => self.unfinished(&key, at, after),
            };
            entries.push(Entry { key: Cow::Owned(key), at, node });
        }
        entries
    }

    /// Reads the value of a key, up to the comma behind it.
    fn entry<'t>(
        &mut self,
        key: &str,
        at: usize,
        tokens: &'t [TokenTree],
        depth: usize,
    ) -> (Node<'static>, &'t [TokenTree]) {
        let (value, rest, comma) = split_value(tokens);
        if value.is_empty() {
            return self.unfinished(key, at, tokens);
        }
        if !comma && !rest.is_empty() {
            let last = self.place(value.get(value.len() - 1..).unwrap_or_default());
            self.slip(last, format!("expected `,` after the value of `{key}`"), "add the comma".to_owned());
        }
        (self.value(value, depth), rest)
    }

    /// A key that has no value yet.
    fn unfinished<'t>(&mut self, key: &str, at: usize, after: &'t [TokenTree]) -> (Node<'static>, &'t [TokenTree]) {
        self.slip(at, format!("`{key}` has no value"), format!("write `{key}: …,`"));
        let starts_entry = matches!(after, [next, colon, rest @ ..] if key_of(next).is_some() && is_colon(colon, rest));
        let rest = if starts_entry { after } else { split_value(after).1 };
        (Node { at, value: Value::Unfinished }, rest)
    }

    fn value(&mut self, tokens: &[TokenTree], depth: usize) -> Node<'static> {
        let at = self.place(tokens);
        // The compiler would report these twice.
        if let Some(second) = second_value(tokens) {
            let second = self.place(std::slice::from_ref(second));
            let help = "write one of them, or join texts with `concat!(…)`".to_owned();
            self.slip(second, "expected one value, found a second one behind it".to_owned(), help);
            return Node { at, value: Value::Unfinished };
        }
        if let [.., end @ TokenTree::Punct(_)] = tokens {
            let end = self.place(std::slice::from_ref(end));
            self.slip(end, "the value is not finished".to_owned(), "write what follows, or remove this".to_owned());
            return Node { at, value: Value::Unfinished };
        }
        let value = match tokens {
            // What a macro by example passes on stands in an invisible group.
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
                self.value(&tokens_of(group), depth).value
            }
            [TokenTree::Literal(literal)] => literal::value(literal),
            [minus, TokenTree::Literal(literal)] if is_punct(minus, '-') => match literal::value(literal) {
                Value::Number(number) => Value::Number(-number),
                _ => Value::Later,
            },
            [TokenTree::Ident(word)] => word_of(&word.to_string()),
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => match self.fits(at, depth) {
                true => self.list(&tokens_of(group), depth + 1),
                false => Value::Unfinished,
            },
            [path @ .., TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => reason(path, group),
            [.., TokenTree::Ident(word)] if is_path(tokens) => match word_of(&word.to_string()) {
                word @ Value::Word(_) => word,
                _ => Value::Later,
            },
            _ => match block_of(tokens) {
                Some(group) if self.fits(at, depth) => Value::Block(self.entries(&tokens_of(group), depth + 1)),
                Some(_) => Value::Unfinished,
                None => Value::Later,
            },
        };
        Node { at, value }
    }

    fn list(&mut self, tokens: &[TokenTree], depth: usize) -> Value<'static> {
        let mut nodes = Vec::new();
        let mut rest = tokens;
        while !rest.is_empty() {
            let (value, after, _) = split_at_comma(rest);
            if value.is_empty() {
                let at = self.place(rest.get(..1).unwrap_or_default());
                self.slip(at, "expected a value, found `,`".to_owned(), "remove one of the commas".to_owned());
            } else {
                nodes.push(self.value(value, depth));
            }
            rest = after;
        }
        Value::List(nodes)
    }

    /// Whether one more block or list may open here.
    fn fits(&mut self, at: usize, depth: usize) -> bool {
        if depth == MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} blocks and lists stand in each other");
            self.slip(at, message, "put the value nearer to the card".to_owned());
        }
        depth < MAX_DEPTH
    }
}

/// A bare word, unless it is one of the language's, or named as constants are.
fn word_of(word: &str) -> Value<'static> {
    match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        _ if word.chars().any(char::is_lowercase) => Value::Word(Cow::Owned(word.to_owned())),
        _ => Value::Later,
    }
}

/// Whether this names a reason that stands in place of a text.
pub(crate) fn is_reason(name: &Ident) -> bool {
    name == "not_applicable" || name == "withheld"
}

/// `not_applicable("why")` and `withheld("why")`, after whatever path.
fn reason(path: &[TokenTree], group: &Group) -> Value<'static> {
    let Some(TokenTree::Ident(name)) = path.last() else { return Value::Later };
    let inner = tokens_of(group);
    let words = match inner.as_slice() {
        [] => String::new(),
        [TokenTree::Literal(literal)] => match literal::value(literal) {
            Value::Text(text) => text.to_string(),
            _ => return Value::Later,
        },
        _ => return Value::Later,
    };
    Value::Text(match name {
        _ if !is_reason(name) => return Value::Later,
        name if name == "withheld" => Text::Withheld(Cow::Owned(words)),
        _ => Text::NotApplicable(Cow::Owned(words)),
    })
}
