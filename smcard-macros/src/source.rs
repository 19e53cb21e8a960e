//! [`Source`]: a card as somebody typed it, its tree and the tokens that each place of it stands for.

use std::rc::Rc;

use proc_macro2::{Span, TokenTree};
use smcard_core::Findings;
use smcard_core::tree::Node;

/// A card as somebody typed it.
pub(crate) struct Source {
    /// The tree; each place in it is an index of `places`.
    pub(crate) root: Node<'static>,
    /// The keys and values of the card. The first one is the card as a whole.
    pub(crate) places: Vec<Place>,
    /// What could not be understood.
    pub(crate) slips: Findings,
}

/// A key or a value.
pub(crate) struct Place {
    /// Its tokens, for their spans and for the expansion.
    pub(crate) tokens: Rc<[TokenTree]>,
    /// The place of its key; for a key, and for the items of a list, of the nearest one around it.
    pub(crate) key: usize,
}

impl Source {
    /// The tokens at a place; none for the card as a whole.
    pub(crate) fn tokens(&self, at: usize) -> &[TokenTree] {
        self.places.get(at).map(|place| &*place.tokens).unwrap_or_default()
    }

    /// The place of the key under which a value stands.
    pub(crate) fn key(&self, at: usize) -> usize {
        self.places.get(at).map_or(0, |place| place.key)
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
