//! From a checked tree to a struct literal, with the spans of what somebody typed.
//!
//! A card without errors becomes a literal that names every field. A card with errors becomes
//! its errors and a literal of what was understood, completed from an empty block, so that no
//! mistake is echoed by the compiler. What was not understood is kept for editors alone, under
//! `cfg(rust_analyzer)`: a half-typed key stands where a field stands, a half-typed word where a
//! variant stands, and completion works on both.

use std::path::PathBuf;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use smcard_core::schema::{Block, Choice, Field, Kind};
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Finding, Findings, Names, SecurityCard};

use crate::parse::reason_of;
use crate::source::Source;

mod expression;
mod places;

use expression::{expression, is_plain_word};

/// From how many errors on nothing of a card is expanded, for the compiler or an editor: more than are shown.
const LOST: usize = 101;

/// A card as an expression: a struct literal, with the errors and whatever else it carries.
pub(crate) fn card(source: &Source, findings: &Findings, policies: &[PathBuf]) -> TokenStream {
    let expand = Expand { source, findings, complete: !findings.has_errors() };
    let card = match findings.errors() {
        // Nobody is typing this card: it is of another shape altogether.
        LOST.. => quote!(::smcard::SecurityCard::EMPTY),
        _ => expand.block(SecurityCard::SCHEMA, &source.root),
    };
    let call_site = (Span::call_site(), Span::call_site());
    let shown = findings.iter().filter(|finding| finding.is_error());
    let errors = shown.clone().map(|finding| {
        // A place in another file is none in this source.
        let spans = if finding.file.is_some() { call_site } else { source.spans(underlined(source, finding)) };
        error(spans, &finding.to_string())
    });
    let more = findings.errors() - shown.count();
    let more =
        (more > 0).then(|| error(call_site, &format!("and {more} more\nhelp: fix the first ones, then build again")));
    // rustc notes the files that a macro reads only where the expansion names them.
    let tracked = policies.iter().filter_map(|path| path.to_str()).map(|path| {
        let path = Literal::string(path);
        quote!(
            const _: &[u8] = ::core::include_bytes!(#path);
        )
    });
    // `const`, so that what the card refers to has a place of its own wherever the card stands.
    //
    // An editor that completes a word compares the expansion with and without the word, up to it.
    // So the card begins in the same way whether or not there are errors, and stands before them,
    // since they speak of the word. `cfg(rust_analyzer)` is not among the names that rustc expects.
    // A constant in lower case stands in braces of its own, so that it is told from a forgotten quote.
    quote!({ #(#tracked)* #[allow(unexpected_cfgs, unused_braces)] let card = const { #card }; #(#errors)* #more card })
}

/// The place that an error underlines. The compiler prints the line of it, so what holds a secret is told at
/// the key, which may stand on a line of its own.
fn underlined(source: &Source, finding: &Finding) -> usize {
    if finding.rule.code == "secret-in-card" { source.key(finding.at) } else { finding.at }
}

/// What is shown in place of a panic.
pub(crate) fn bug() -> TokenStream {
    let call_site = (Span::call_site(), Span::call_site());
    let error = error(
        call_site,
        "smcard failed on this card, and should not have\n\
         help: please report it with the card; CONTRIBUTING.md of smcard says where",
    );
    quote!({ #error ::smcard::SecurityCard::EMPTY })
}

/// An error that underlines from the start of the first span to the end of the last.
fn error((first, last): (Span, Span), message: &str) -> TokenStream {
    let message = Literal::string(message);
    let (start, end) = (quote_spanned!(first=> ::core::compile_error!), quote_spanned!(last=> { #message }));
    quote!(#start #end)
}

struct Expand<'s> {
    source: &'s Source,
    findings: &'s Findings,
    /// Whether there is no error: every field is named then, and none is taken from elsewhere.
    complete: bool,
}

impl Expand<'_> {
    fn block(&self, schema: &'static Block, node: &Node<'_>) -> TokenStream {
        let name = Ident::new(schema.name, Span::call_site());
        let mut seen = Names::default();
        let given = node.entries().iter().filter(|entry| seen.add(&entry.key));
        let given = given.map(|entry| self.entry(schema.field(&entry.key), entry));
        let given: Vec<TokenStream> = given.filter(|entry| !entry.is_empty()).collect();
        let rest = if self.complete {
            let missing = schema.fields.iter().filter(|field| node.get(field.name).is_none());
            let fields = missing.map(|field| (ident(field.ident, Span::call_site()), absent(field.kind)));
            let (names, values): (Vec<_>, Vec<_>) = fields.unzip();
            let places = (schema.name == SecurityCard::SCHEMA.name).then(|| places::of(self.source, self.findings));
            quote!(#(#names: #values,)* #places)
        } else {
            quote!(..::smcard::#name::EMPTY)
        };
        quote!(::smcard::#name { #(#given,)* #rest })
    }

    fn entry(&self, field: Option<&'static Field>, entry: &Entry<'_>) -> TokenStream {
        let span = self.source.spans(entry.at).0;
        let Some(field) = field else { return self.for_editors(entry, None) };
        let key = ident(field.ident, span);
        match self.value(field.kind, &entry.node) {
            Some(value) => match self.begun(field.kind, &entry.node) {
                Some(variant) => quote! {
                    #[cfg(rust_analyzer)] #key: ::core::option::Option::Some(#variant),
                    #[cfg(not(rust_analyzer))] #key: #value
                },
                None => quote!(#key: #value),
            },
            None => self.for_editors(entry, Some((key, field.kind))),
        }
    }

    /// What was not understood, where an editor looks for it and the compiler does not.
    fn for_editors(&self, entry: &Entry<'_>, field: Option<(Ident, Kind)>) -> TokenStream {
        let typed = self.source.tokens(entry.at);
        let tokens = self.source.tokens(entry.node.at);
        match (field, &entry.node.value) {
            (Some((key, Kind::Choice(choice))), Value::Word(_)) => {
                match tokens.last().filter(|word| is_plain_word(word)) {
                    Some(word) => {
                        let variant = variant_of(choice, word);
                        quote!(#[cfg(rust_analyzer)] #key: ::core::option::Option::Some(#variant))
                    }
                    None => quote!(#[cfg(rust_analyzer)] #key),
                }
            }
            (Some((key, Kind::Choice(choice))), Value::Unfinished) => {
                let name = Ident::new(choice.name, Span::call_site());
                quote!(#[cfg(rust_analyzer)] #key: ::core::option::Option::Some(::smcard::#name::__))
            }
            // The compiler parses what it then leaves out, and other values need not parse.
            (Some((key, _)), Value::Word(_) | Value::Null) if tokens.iter().all(is_plain_word) => {
                quote!(#[cfg(rust_analyzer)] #key: #(#tokens)*)
            }
            (Some((key, _)), _) => quote!(#[cfg(rust_analyzer)] #key),
            (None, _) => match typed {
                [key] if is_plain_word(key) => quote!(#[cfg(rust_analyzer)] #key),
                _ => TokenStream::new(),
            },
        }
    }

    /// The value as its field's type wants it; nothing if it is of another kind.
    fn value(&self, kind: Kind, node: &Node<'_>) -> Option<TokenStream> {
        let part = self.part(kind, node)?;
        Some(match kind {
            Kind::Block(_) | Kind::List(_) | Kind::Extensions => part,
            _ => quote!(::core::option::Option::Some(#part)),
        })
    }

    /// The value itself, as an item of a list is.
    fn part(&self, kind: Kind, node: &Node<'_>) -> Option<TokenStream> {
        let tokens = self.source.tokens(node.at);
        match (kind, &node.value) {
            (Kind::Text, _) => self.text(node),
            (Kind::Number, Value::Number(value)) => number(*value),
            (Kind::Count, Value::Number(_)) => {
                let count = Literal::u64_suffixed(node.count()?);
                Some(quote!(#count))
            }
            (Kind::Bool, Value::Bool(bool)) => Some(quote!(#bool)),
            (Kind::Number | Kind::Count | Kind::Bool | Kind::Choice(_), Value::Later) => Some(expression(tokens)),
            (Kind::Choice(choice), Value::Word(_) | Value::Text(_)) => {
                let variant = choice.variant(node.word()?)?;
                let name = Ident::new(choice.name, Span::call_site());
                let variant = Ident::new(variant.name, self.source.spans(node.at).1);
                Some(quote!(::smcard::#name::#variant))
            }
            (Kind::Block(block), Value::Block(_)) => Some(self.block(block, node)),
            (Kind::List(kind), Value::List(nodes)) => {
                let items: Vec<TokenStream> = nodes.iter().filter_map(|node| self.item(*kind, node)).collect();
                Some(list(items))
            }
            (Kind::Extensions, Value::Block(_)) => {
                let extensions = self.extensions(node)?;
                Some(quote!(::smcard::Extensions { 0: #extensions }))
            }
            _ => None,
        }
    }

    /// An item of a list; what was not understood is for editors.
    fn item(&self, kind: Kind, node: &Node<'_>) -> Option<TokenStream> {
        let tokens = self.source.tokens(node.at);
        let for_editors = || match node.value {
            Value::Word(_) if tokens.iter().all(is_plain_word) => Some(quote!(#[cfg(rust_analyzer)] #(#tokens)*)),
            _ => None,
        };
        self.part(kind, node).or_else(for_editors)
    }

    /// The variant that somebody may be about to type: its first letter alone has the looks of a constant.
    fn begun(&self, kind: Kind, node: &Node<'_>) -> Option<TokenStream> {
        match (kind, &node.value, self.source.tokens(node.at)) {
            (Kind::Choice(choice), Value::Later, [word]) if is_plain_word(word) && word.to_string().len() == 1 => {
                Some(variant_of(choice, word))
            }
            _ => None,
        }
    }

    /// A text, from an expression of type `&'static str` or a reason in place of one.
    fn text(&self, node: &Node<'_>) -> Option<TokenStream> {
        let tokens = self.source.tokens(node.at);
        match (&node.value, reason_of(tokens)) {
            // The name keeps its span for an editor; the path before it says nothing more.
            (Value::Text(_) | Value::Later, Some((name, words))) => {
                let words = self.words_of(words)?;
                Some(quote!(::smcard::Text::#name #words))
            }
            (Value::Text(_) | Value::Later, None) => {
                // With the value's span all around it, the compiler points at the value.
                let (first, last) = self.source.spans(node.at);
                let function = quote_spanned!(first=> ::smcard::Text::new);
                let mut value = Group::new(Delimiter::Parenthesis, expression(tokens));
                value.set_span(last);
                Some(joined(function, TokenTree::from(value).into()))
            }
            _ => None,
        }
    }

    /// The words of a reason in their parentheses; nothing if there are none.
    fn words_of(&self, words: &Group) -> Option<Group> {
        let mut tokens: Vec<TokenTree> = words.stream().into_iter().collect();
        if matches!(tokens.last(), Some(TokenTree::Punct(comma)) if comma.as_char() == ',') {
            tokens.pop();
        }
        if tokens.is_empty() {
            return None;
        }
        let mut group = Group::new(words.delimiter(), expression(&tokens));
        group.set_span(words.span());
        Some(group)
    }

    /// The values of an organization's block.
    fn extensions(&self, node: &Node<'_>) -> Option<TokenStream> {
        let entries = node.entries().iter().map(|entry| {
            let key = Literal::string(&entry.key);
            let key = quote!(key: ::std::borrow::Cow::Borrowed(#key), value:);
            let entry = joined(key, self.extension(&entry.node)?);
            Some(joined(quote!(::smcard::Extension), group(Delimiter::Brace, entry)))
        });
        let entries = entries.collect::<Option<Vec<_>>>()?;
        Some(list(entries))
    }

    fn extension(&self, node: &Node<'_>) -> Option<TokenStream> {
        let braces = |list| group(Delimiter::Brace, joined(quote!(0:), list));
        Some(match &node.value {
            Value::Text(_) | Value::Later => {
                joined(quote!(::smcard::ExtensionValue::Text), group(Delimiter::Parenthesis, self.text(node)?))
            }
            Value::Number(value) => {
                joined(quote!(::smcard::ExtensionValue::Number), group(Delimiter::Parenthesis, number(*value)?))
            }
            Value::Bool(bool) => quote!(::smcard::ExtensionValue::Bool(#bool)),
            Value::List(nodes) => {
                let values = nodes.iter().map(|node| self.extension(node)).collect::<Option<Vec<_>>>()?;
                joined(quote!(::smcard::ExtensionValue::List), braces(list(values)))
            }
            Value::Block(_) => joined(quote!(::smcard::ExtensionValue::Block), braces(self.extensions(node)?)),
            _ => return None,
        })
    }
}

/// A variant of a choice, as somebody has typed it so far.
fn variant_of(choice: &Choice, word: &TokenTree) -> TokenStream {
    let name = Ident::new(choice.name, Span::call_site());
    quote!(::smcard::#name::#word)
}

/// The value of a field that the card does not give. Its type is named: the compiler would look for
/// a trait's constant in a time that grows with the square of the card.
fn absent(kind: Kind) -> TokenStream {
    match kind {
        Kind::Block(block) => {
            let name = Ident::new(block.name, Span::call_site());
            quote!(::smcard::#name::EMPTY)
        }
        Kind::List(_) => quote!(::smcard::List::EMPTY),
        Kind::Extensions => quote!(::smcard::Extensions::EMPTY),
        _ => quote!(::core::option::Option::None),
    }
}

/// A number as an `f64`, whether it was written with a point or without; nothing for one that is not finite.
fn number(value: f64) -> Option<TokenStream> {
    let number = value.is_finite().then(|| Literal::f64_suffixed(value.abs()))?;
    Some(if value.is_sign_negative() { quote!(-#number) } else { quote!(#number) })
}

/// Values as a list. In braces, unlike in parentheses, a reference to them lives as long as what
/// stands around it in every version of the compiler that is supported.
fn list(values: Vec<TokenStream>) -> TokenStream {
    let mut items = TokenStream::new();
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            items.extend([TokenTree::from(Punct::new(',', Spacing::Alone))]);
        }
        items.extend(value);
    }
    let items = joined(quote!(0: &), group(Delimiter::Bracket, items));
    joined(quote!(::smcard::List::Borrowed), group(Delimiter::Brace, items))
}

/// Tokens behind others. Where values stand in each other, `quote!` would copy all of them at each level.
fn joined(mut tokens: TokenStream, behind: TokenStream) -> TokenStream {
    tokens.extend(behind);
    tokens
}

fn group(delimiter: Delimiter, tokens: TokenStream) -> TokenStream {
    TokenTree::from(Group::new(delimiter, tokens)).into()
}

/// The identifier of a field, raw where it is a keyword.
fn ident(name: &str, span: Span) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, span),
        None => Ident::new(name, span),
    }
}
