//! From what the parser tells of a text to the tree.

use std::borrow::Cow;
use std::mem;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span};

use super::{Key, Made, Spanned, Table, Value, range};

/// How many brackets may be open at once, and how many names their keys may have: as many as in toml.
const DEEPEST: u32 = 80;

pub(super) fn read(text: &str) -> Result<Table<'_>, ParseError> {
    let source = Source::new(text);
    let mut reader = Reader {
        source,
        root: Table::default(),
        header: Vec::new(),
        header_start: 0,
        table: Table::default(),
        key: Vec::new(),
        open: Vec::new(),
    };
    let mut error = None;
    let mut checked = ValidateWhitespace::new(&mut reader, source);
    parse_document(&source.lex().into_vec(), &mut RecursionGuard::new(&mut checked, DEEPEST), &mut error);
    reader.close();
    match error {
        None => Ok(reader.root),
        Some(error) => Err(error),
    }
}

/// What has been read so far. The parser goes on behind an error, so nothing here rests on the order of events.
struct Reader<'t> {
    source: Source<'t>,
    /// The document, without the table that is being read.
    root: Table<'t>,
    /// The path of that table; empty for the document itself.
    header: Vec<Key<'t>>,
    header_start: usize,
    table: Table<'t>,
    /// The names of the key that is being read.
    key: Vec<Key<'t>>,
    /// The brackets that are open, the innermost last.
    open: Vec<Open<'t>>,
}

/// An open bracket.
struct Open<'t> {
    start: usize,
    /// The list or the table, as far as it has been read.
    value: Value<'t>,
    /// The key that the whole is for.
    key: Vec<Key<'t>>,
}

impl<'t> Reader<'t> {
    /// Takes a value that is complete.
    fn value(&mut self, key: Vec<Key<'t>>, value: Spanned<Value<'t>>, errors: &mut dyn ErrorSink) {
        let put = match self.open.last_mut().map(|open| &mut open.value) {
            Some(Value::List(items)) => {
                items.push(value);
                Ok(())
            }
            Some(Value::Table(table)) => table.put(key, value),
            _ => self.table.put(key, value),
        };
        put.unwrap_or_else(|error| errors.report_error(error));
    }

    fn enter(&mut self, span: Span, value: Value<'t>) -> bool {
        let key = mem::take(&mut self.key);
        self.open.push(Open { start: span.start(), value, key });
        true
    }

    fn leave(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        if let Some(open) = self.open.pop() {
            self.value(open.key, Spanned { value: open.value, span: open.start..span.end() }, errors);
        }
    }

    fn begin_header(&mut self, span: Span) {
        self.close();
        self.header_start = span.start();
    }

    fn end_header(&mut self, span: Span, of_list: bool, errors: &mut dyn ErrorSink) {
        self.header = mem::take(&mut self.key);
        match self.root.open(&self.header, self.header_start..span.end(), of_list) {
            Ok(table) => self.table = table,
            Err(error) => errors.report_error(error),
        }
    }

    /// Puts the table that is being read where it belongs.
    fn close(&mut self) {
        self.key.clear();
        self.open.clear();
        let table = mem::take(&mut self.table);
        // Where there was no error, the header has opened its table.
        if let Ok(place) = self.root.below(&self.header, Made::Above) {
            *place = table;
        }
    }

    fn raw(&self, span: Span, encoding: Option<Encoding>) -> Raw<'t> {
        let text = self.source.input().get(range(span)).unwrap_or_default();
        Raw::new_unchecked(text, encoding, span)
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.begin_header(span);
    }

    fn std_table_close(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        self.end_header(span, false, errors);
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.begin_header(span);
    }

    fn array_table_close(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        self.end_header(span, true, errors);
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.enter(span, Value::Table(Table::new(Made::Braces)))
    }

    fn inline_table_close(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        self.leave(span, errors);
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.enter(span, Value::List(Vec::new()))
    }

    fn array_close(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        self.leave(span, errors);
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let around: usize = self.open.iter().map(|open| open.key.len()).sum();
        if around + self.key.len() >= DEEPEST as usize {
            // A tree as deep as any text would take any stack.
            errors.report_error(ParseError::new("a key with too many names").with_unexpected(span));
            return;
        }
        let mut name = Cow::Borrowed("");
        self.raw(span, encoding).decode_key(&mut name, errors);
        self.key.push(Key { name, span });
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let mut text = Cow::Borrowed("");
        let value = match self.raw(span, encoding).decode_scalar(&mut text, errors) {
            ScalarKind::String => Value::Text(text),
            ScalarKind::Boolean(flag) => Value::Flag(flag),
            ScalarKind::Integer(radix) => Value::Integer(text, radix.value()),
            ScalarKind::Float => Value::Float(text),
            ScalarKind::DateTime => Value::Other,
        };
        let key = mem::take(&mut self.key);
        self.value(key, Spanned { value, span: range(span) }, errors);
    }
}
