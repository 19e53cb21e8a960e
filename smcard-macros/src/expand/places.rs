//! The places of what the build hook may speak of: values that only the compiler knows, and warnings.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use smcard_core::Findings;
use smcard_core::tree::{Node, Value};

use crate::source::Source;

/// The table as a field of the card: the path and the place of each such value, and of the card itself. A value that
/// stands behind very many others is told at the card.
pub(super) fn of(source: &Source, findings: &Findings) -> TokenStream {
    let mut table = Table { source, rows: Vec::new() };
    table.node(&source.root, &mut String::new());
    for finding in findings.iter().filter(|finding| finding.file.is_none()) {
        table.row(&finding.path, finding.at);
    }
    let rows = table.rows;
    // The compiler fills in file, line and column, from the span of each call. In braces, as lists are.
    quote!(places: ::smcard::Places { 0: &[("", ::smcard::Places::here()) #(, #rows)*] })
}

/// How many values have their own place: more constants than any card has.
const MOST: usize = 1_000;

struct Table<'s> {
    source: &'s Source,
    rows: Vec<TokenStream>,
}

impl Table<'_> {
    fn row(&mut self, path: &str, at: usize) {
        let path = Literal::string(path);
        let here = quote_spanned!(self.source.spans(at).0=> ::smcard::Places::here());
        self.rows.push(quote!((#path, #here)));
    }

    /// Adds what stands in a value; `path` is the same afterwards.
    fn node(&mut self, node: &Node<'_>, path: &mut String) {
        if self.rows.len() == MOST {
            return;
        }
        let length = path.len();
        match &node.value {
            Value::Later => {
                self.row(path, node.at);
            }
            Value::Block(entries) => {
                for entry in entries {
                    if length > 0 {
                        path.push('.');
                    }
                    path.push_str(&entry.key);
                    self.node(&entry.node, path);
                    path.truncate(length);
                }
            }
            Value::List(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    // Writing to a string does not fail.
                    let _ = write!(path, "[{index}]");
                    self.node(node, path);
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }
}
