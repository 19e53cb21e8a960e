//! [`Piece`]: what every source of a card is taken apart into.

use std::fmt;

use smcard_core::tree::Node;

/// A part of a source, with what it is called there.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The headings around it, the outermost first, and its own label last.
    pub(super) labels: Vec<String>,
    pub(super) content: Content,
    pub(super) place: Place,
    /// What makes it doubtful that this is all of it.
    pub(super) doubt: Option<&'static str>,
}

/// What a piece says.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Words, which go where their label fits.
    Text(String),
    /// A value of the schema, whose path is known.
    Value(String, Node<'static>),
}

/// Where a piece stands in its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The file, where there are several.
    pub(super) file: Option<String>,
    pub(super) at: At,
}

/// Where in a file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Line(usize),
    Page(usize),
}

impl Piece {
    pub(super) fn text(labels: &[impl AsRef<str>], text: impl Into<String>, at: At) -> Self {
        let labels = labels.iter().map(|label| label.as_ref().to_owned()).collect();
        Piece { labels, content: Content::Text(text.into()), place: Place { file: None, at }, doubt: None }
    }

    pub(super) fn value(path: impl Into<String>, node: Node<'static>, at: At) -> Self {
        let path = path.into();
        Piece {
            labels: vec![path.clone()],
            content: Content::Value(path, node),
            place: Place { file: None, at },
            doubt: None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}, ")?;
        }
        match self.at {
            At::Line(line) => write!(f, "line {line}"),
            At::Page(page) => write!(f, "page {page}"),
        }
    }
}
