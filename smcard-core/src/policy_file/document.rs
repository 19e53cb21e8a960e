//! A TOML document as a tree, in which each value knows its bytes in the text.
//!
//! The lexer, the grammar and the decoding of keys and scalars are those of toml, its crate
//! `toml_parser`. The tree is made here: toml's own brings three more crates with it, and everybody
//! who has a card compiles them at every clean build.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use toml_parser::{Expected, ParseError, Span};

use crate::names::Names;

mod reader;
#[cfg(test)]
mod tests;

/// A value with its bytes in the text.
#[derive(Debug, Clone)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// What stands under a key.
#[derive(Debug)]
pub(super) enum Value<'t> {
    Text(Cow<'t, str>),
    Flag(bool),
    /// The digits, with their sign, and the base that they are to.
    Integer(Cow<'t, str>, u32),
    /// The digits of a float, with what else belongs to them.
    Float(Cow<'t, str>),
    /// A date or a time. No key that is read here has one.
    Other,
    List(Vec<Spanned<Value<'t>>>),
    /// Those of `[[…]]`.
    Tables(Vec<Spanned<Value<'t>>>),
    Table(Table<'t>),
}

/// Keys with their values, in their order.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    values: Vec<Keyed<'t>>,
    by_name: Names<'t>,
    made: Made,
}

/// A value, with its key and where that stands.
#[derive(Debug)]
struct Keyed<'t> {
    name: Cow<'t, str>,
    key: Range<usize>,
    value: Spanned<Value<'t>>,
}

/// What made a table, which decides what can be added to it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// Its own header, or the document.
    #[default]
    Header,
    /// The header of a table below it.
    Above,
    /// A key with dots.
    Dots,
    /// Braces.
    Braces,
}

/// Why a text is no TOML.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) message: String,
    pub(super) span: Range<usize>,
}

impl<'t> Value<'t> {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; the tables of `[[…]]` are one.
    pub(super) fn items(&self) -> Option<&[Spanned<Value<'t>>]> {
        match self {
            Value::List(items) | Value::Tables(items) => Some(items),
            _ => None,
        }
    }

    /// What a table has under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Spanned<Value<'t>>> {
        match self {
            Value::Table(table) => table.get(key),
            _ => None,
        }
    }
}

impl<'t> Table<'t> {
    /// The table that a whole document is.
    pub(super) fn parse(text: &'t str) -> Result<Table<'t>, Broken> {
        reader::read(text).map_err(|error| Broken::from(&error))
    }

    /// What stands under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Spanned<Value<'t>>> {
        self.values.get(self.by_name.get(key)?).map(|keyed| &keyed.value)
    }

    /// The keys, each with the bytes where it stands.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        self.values.iter().map(|keyed| (keyed.name.as_ref(), &keyed.key))
    }

    fn new(made: Made) -> Self {
        Table { made, ..Table::default() }
    }

    fn keyed(&mut self, name: &str) -> Option<&mut Keyed<'t>> {
        self.values.get_mut(self.by_name.get(name)?)
    }

    fn add(&mut self, key: &Key<'t>, value: Spanned<Value<'t>>) {
        self.by_name.set(key.name.clone(), self.values.len());
        self.values.push(Keyed { name: key.name.clone(), key: range(key.span), value });
    }

    /// The table at a path of keys, where those that are missing are made. An error is the key to which nothing can
    /// be added.
    fn below(&mut self, path: &[Key<'t>], made: Made) -> Result<&mut Table<'t>, Span> {
        let mut table = self;
        for key in path {
            if !table.by_name.contains(&key.name) {
                // A table that nobody wrote by itself.
                let value = Value::Table(Table::new(made));
                table.add(key, Spanned { value, span: range(key.span) });
            }
            let value = match &mut table.keyed(&key.name).ok_or(key.span)?.value.value {
                // What stands behind `[[…]]` belongs to the last of its tables.
                Value::Tables(tables) => tables.last_mut().map(|last| &mut last.value),
                value => Some(value),
            };
            let Some(Value::Table(next)) = value else { return Err(key.span) };
            if !next.takes(made) {
                return Err(key.span);
            }
            table = next;
        }
        Ok(table)
    }

    /// Whether a table that is made in this way may stand below this one.
    fn takes(&mut self, made: Made) -> bool {
        match (self.made, made) {
            (Made::Braces, _) | (Made::Header, Made::Dots) => false,
            // From now on it is theirs, and no header can be.
            (Made::Above, Made::Dots) => {
                self.made = Made::Dots;
                true
            }
            _ => true,
        }
    }

    /// Puts a value under a key, which may have dots.
    fn put(&mut self, mut path: Vec<Key<'t>>, value: Spanned<Value<'t>>) -> Result<(), ParseError> {
        let Some(key) = path.pop() else { return Ok(()) };
        let table = self.below(&path, Made::Dots).map_err(taken)?;
        if table.by_name.contains(&key.name) {
            return Err(duplicate(key.span));
        }
        table.add(&key, value);
        Ok(())
    }

    /// Opens the table of a header.
    fn open(&mut self, path: &[Key<'t>], span: Range<usize>, of_list: bool) -> Result<Table<'t>, ParseError> {
        let Some((key, above)) = path.split_last() else { return Ok(Table::default()) };
        let table = || Spanned { value: Value::Table(Table::default()), span: span.clone() };
        let above = self.below(above, Made::Above).map_err(taken)?;
        let Some(keyed) = above.keyed(&key.name) else {
            let value = if of_list { Value::Tables(vec![table()]) } else { table().value };
            above.add(key, Spanned { value, span });
            return Ok(Table::default());
        };
        match &mut keyed.value.value {
            Value::Tables(tables) if of_list => {
                tables.push(table());
                Ok(Table::default())
            }
            Value::Table(known) if !of_list && known.made == Made::Above => {
                let known = Table { made: Made::Header, ..mem::take(known) };
                (keyed.key, keyed.value.span) = (range(key.span), span);
                Ok(known)
            }
            _ => Err(duplicate(key.span)),
        }
    }
}

/// One name of a key.
struct Key<'t> {
    name: Cow<'t, str>,
    span: Span,
}

fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}

fn duplicate(key: Span) -> ParseError {
    ParseError::new("duplicate key").with_unexpected(key)
}

fn taken(key: Span) -> ParseError {
    ParseError::new("nothing can be added to what this key has already").with_unexpected(key)
}

impl From<&ParseError> for Broken {
    fn from(error: &ParseError) -> Self {
        let mut message = error.description().to_owned();
        for (index, expected) in error.expected().unwrap_or_default().iter().enumerate() {
            message += if index == 0 { ", expected " } else { ", " };
            match expected {
                Expected::Literal("\n") => message += "newline",
                Expected::Literal("`") => message += "'`'",
                Expected::Literal(literal) => {
                    message.push('`');
                    message.extend(literal.escape_debug());
                    message.push('`');
                }
                Expected::Description(description) => message += description,
                _ => message += "something else",
            }
        }
        Broken { message, span: error.unexpected().map_or(0..0, range) }
    }
}
