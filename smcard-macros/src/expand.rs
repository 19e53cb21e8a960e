//! From a checked tree to a struct literal, with the spans of what somebody typed.
//!
//! A card without errors becomes a literal that names every field. A card with errors becomes
//! its errors and a literal of what was understood, completed from an empty block, so that no
//! mistake is echoed by the compiler. What was not understood is kept for editors alone, under
//! `cfg(rust_analyzer)`: a half-typed key stands where a field stands, a half-typed word where a
//! variant stands, and completion works on both.

use std::path::Path;

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use smcard_core::schema::{Block, Field, Kind};
use smcard_core::{Entry, Finding, Node, SecurityCard, Text, Value};

use crate::parse::{self, Source};

/// How many findings are shown. Beyond that a reader needs the first ones and a count.
const SHOWN: usize = 100;

/// A card as an expression: a struct literal, behind the errors and whatever else it carries.
pub(crate) fn card(source: &Source, findings: &[Finding], policy: Option<&Path>) -> TokenStream {
    let expand = Expand { source, complete: findings.is_empty() };
    let card = expand.block(SecurityCard::SCHEMA, &source.root);
    // `cfg(rust_analyzer)` is not among the names that rustc expects.
    let card = if findings.is_empty() { card } else { quote!(#[allow(unexpected_cfgs)] let card = #card; card) };
    if findings.is_empty() && policy.is_none() {
        return card;
    }
    let errors = findings.iter().take(SHOWN).map(|finding| error(source.spans(finding.at), &finding.to_string()));
    let more = findings.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| {
        let call_site = (Span::call_site(), Span::call_site());
        error(call_site, &format!("and {more} more\nhelp: mend the first ones, and see what is left"))
    });
    // rustc notes the files that a macro reads only where the expansion names them.
    let tracked = policy.and_then(Path::to_str).map(|path| {
        let path = Literal::string(path);
        quote!(
            const _: &[u8] = ::core::include_bytes!(#path);
        )
    });
    quote!({ #tracked #(#errors)* #more #card })
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
    let name = quote_spanned!(first=> ::core::compile_error!);
    let arguments = quote_spanned!(last=> { #message });
    quote!(#name #arguments)
}

struct Expand<'s> {
    source: &'s Source,
    /// Whether there is no error: every field is named then, and none is taken from elsewhere.
    complete: bool,
}

impl Expand<'_> {
    fn block(&self, schema: &'static Block, node: &Node<'_>) -> TokenStream {
        let name = Ident::new(schema.name, Span::call_site());
        let mut seen = std::collections::HashSet::new();
        let given = node.entries().iter().filter(|entry| seen.insert(&*entry.key));
        let given = given.map(|entry| self.entry(schema.field(&entry.key), entry));
        // Of a string that is no key nothing is left, and a comma after nothing is an error of its own.
        let given: Vec<TokenStream> = given.filter(|field| !field.is_empty()).collect();
        let rest = if self.complete {
            let absent = schema.fields.iter().filter(|field| node.get(field.name).is_none());
            let absent = absent.map(|field| ident(field.ident, Span::call_site()));
            quote!(#(#absent: ::smcard::__private::Part::ABSENT),*)
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
            Some(value) => quote!(#key: #value),
            None => self.for_editors(entry, Some((key, field.kind))),
        }
    }

    /// What was not understood, where an editor looks for it and the compiler does not.
    fn for_editors(&self, entry: &Entry<'_>, field: Option<(Ident, Kind)>) -> TokenStream {
        let typed = self.source.tokens(entry.at);
        let tokens = self.source.tokens(entry.node.at);
        match (field, &entry.node.value) {
            (Some((key, Kind::Choice(choice))), Value::Word(_)) => {
                let name = Ident::new(choice.name, Span::call_site());
                let word = tokens.last();
                quote!(#[cfg(rust_analyzer)] #key: ::core::option::Option::Some(::smcard::#name::#word))
            }
            // The compiler parses what `cfg` removes, and not every value here is an expression of Rust.
            (Some((key, _)), Value::Unfinished | Value::Block(_) | Value::List(_) | Value::Later) => {
                quote!(#[cfg(rust_analyzer)] #key)
            }
            (Some((key, _)), _) => quote!(#[cfg(rust_analyzer)] #key: #(#tokens)*),
            (None, _) => match typed {
                [TokenTree::Ident(key)] => quote!(#[cfg(rust_analyzer)] #key),
                _ => TokenStream::new(),
            },
        }
    }

    /// The value as its field's type wants it; nothing if it is of another kind.
    fn value(&self, kind: Kind, node: &Node<'_>) -> Option<TokenStream> {
        let tokens = self.source.tokens(node.at);
        let span = self.source.spans(node.at).0;
        match (kind, &node.value) {
            (Kind::Text, _) => {
                let text = self.text(node)?;
                Some(quote!(::core::option::Option::Some(#text)))
            }
            (Kind::Choice(choice), Value::Word(_) | Value::Text(_)) => {
                let variant = choice.variant(node.word()?)?;
                let (choice, variant) = (Ident::new(choice.name, Span::call_site()), Ident::new(variant.name, span));
                Some(quote!(::core::option::Option::Some(::smcard::#choice::#variant)))
            }
            (Kind::Choice(_), Value::Later) => Some(quote!(::core::option::Option::Some(#(#tokens)*))),
            (Kind::Block(block), Value::Block(_)) => Some(self.block(block, node)),
            (Kind::Extensions, Value::Block(_)) => {
                let extensions = self.extensions(node)?;
                Some(quote!(::smcard::Extensions(#extensions)))
            }
            _ => None,
        }
    }

    /// A text, from an expression of type `&'static str` or a reason in place of one.
    fn text(&self, node: &Node<'_>) -> Option<TokenStream> {
        let tokens = self.source.tokens(node.at);
        match (&node.value, tokens) {
            // The name keeps its span for an editor; whatever stands before it does not matter.
            (Value::Text(_) | Value::Later, [.., TokenTree::Ident(name), TokenTree::Group(reason)])
                if parse::is_reason(name) && !reason.stream().is_empty() =>
            {
                Some(quote!(::smcard::Text::#name #reason))
            }
            (Value::Text(Text::Stated(_)) | Value::Later, _) | (Value::Text(_), [TokenTree::Literal(_)]) => {
                let function = quote_spanned!(self.source.spans(node.at).0=> ::smcard::Text::new);
                Some(quote!(#function(#(#tokens)*)))
            }
            _ => None,
        }
    }

    /// The values of an organization's block.
    fn extensions(&self, node: &Node<'_>) -> Option<TokenStream> {
        let entries = node.entries().iter().map(|entry| {
            let key = Literal::string(&entry.key);
            let value = self.extension(&entry.node)?;
            Some(quote!(::smcard::Extension { key: ::std::borrow::Cow::Borrowed(#key), value: #value }))
        });
        let entries = entries.collect::<Option<Vec<_>>>()?;
        Some(list(&entries))
    }

    fn extension(&self, node: &Node<'_>) -> Option<TokenStream> {
        let tokens = self.source.tokens(node.at);
        let value = match &node.value {
            Value::Text(_) | Value::Later => {
                let text = self.text(node)?;
                quote!(Text(#text))
            }
            Value::Number(number) => {
                let number = Literal::f64_suffixed(number.abs());
                let minus = tokens.first().filter(|_| tokens.len() > 1);
                quote!(Number(#minus #number))
            }
            Value::Bool(bool) => quote!(Bool(#bool)),
            Value::List(nodes) => {
                let values = nodes.iter().map(|node| self.extension(node)).collect::<Option<Vec<_>>>()?;
                let values = list(&values);
                quote!(List(#values))
            }
            Value::Block(_) => {
                let block = self.extensions(node)?;
                quote!(Block(#block))
            }
            Value::Word(_) | Value::Null | Value::Unfinished => return None,
        };
        Some(quote!(::smcard::ExtensionValue::#value))
    }
}

/// Values as a list that a `static` can hold. `const` gives them a place of their own, whatever
/// stands around the card.
fn list(values: &[TokenStream]) -> TokenStream {
    quote!(::smcard::List::Borrowed(const { &[#(#values),*] }))
}

/// The identifier of a field, raw where it is a keyword.
fn ident(name: &str, span: Span) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, span),
        None => Ident::new(name, span),
    }
}
