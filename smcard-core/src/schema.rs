//! The schema: what a card may hold, as a table that programs read.
//!
//! The table is derived from the declaration in `card.rs`; it is data for the macro, the rules
//! and every later stage, none of which names a field of its own.

/// The version of the schema: that of the crate, which declares the fields.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A block of fields: the card itself, or a section of it.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// The name of the Rust type.
    pub name: &'static str,
    /// What the block is for. The first line is a sentence by itself.
    pub doc: &'static str,
    /// The fields, in the order of a report.
    pub fields: &'static [Field],
}

/// One field of a block.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The key, in Rust source as in JSON.
    pub name: &'static str,
    /// The name of the struct's field: the key, preceded by `r#` if it is a keyword; another one if the key is no name
    /// of Rust.
    pub ident: &'static str,
    /// What the field says. The first line is a sentence by itself, which messages show.
    pub doc: &'static str,
    /// Whether a card must have it, unless a policy says otherwise.
    pub required: bool,
    /// What kind of value it takes.
    pub kind: Kind,
    /// What form a text in it must have.
    pub form: Form,
    /// Whether a text in it must be an answer: a decision cannot be not applicable, withheld or
    /// unknown.
    pub answer: bool,
}

/// The kind of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A [`Text`](crate::Text).
    Text,
    /// A finite number; a whole one is exact below 2^53.
    Number,
    /// A whole number, 0 or more.
    Count,
    /// `true` or `false`.
    Bool,
    /// One of a few words.
    Choice(&'static Choice),
    /// A block of fields.
    Block(&'static Block),
    /// Several values of one kind.
    List(&'static Kind),
    /// Blocks and values that the organization names itself.
    Extensions,
}

/// One of a few words.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// The name of the Rust type.
    pub name: &'static str,
    /// What is chosen.
    pub doc: &'static str,
    /// The words with their meaning, in their order.
    pub variants: &'static [Variant],
}

/// One word of a choice.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variant {
    /// The word, in Rust source as in JSON.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// The form that a text must have, or each text of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Any words.
    Free,
    /// A value from the author's own vocabulary: a unit, a part of the data.
    Label,
    /// A calendar day, `YYYY-MM-DD` (RFC 3339 full-date), or a month or a year where no more is known.
    Date,
    /// A calendar day.
    Day,
    /// A URL that a reader can follow, or a bare DOI.
    Url,
    /// An email address, a telephone number or a web page.
    Contact,
    /// An SPDX licence expression, or the full name of an SPDX licence.
    License,
    /// A package URL (ECMA-427).
    Purl,
    /// A file of the package: relative, with `/` between folders.
    Path,
    /// A file of the package, or in other words where else it is kept: a URL, a shelf mark.
    Report,
    /// A SHA-256 digest, 64 hexadecimal digits.
    Sha256,
    /// What other parts of the card call this block: letters, digits, `-`, `_` and `.`; unique in
    /// the card.
    Id,
    /// The id of a test of the card.
    Evidence,
    /// The id of a zone of the card's system.
    Zone,
    /// The id of a component of the card's system.
    Component,
    /// The id of a component or of a flow of the card's system.
    Asset,
    /// The id of an entry in a taxonomy, optionally followed by its name.
    Reference,
    /// Two numbers, the lower bound and the upper one.
    Interval,
    /// What was measured and not written: any values, of which none is an answer.
    Measured,
}

impl Form {
    /// Whether such a text is the id of a block that stands elsewhere in the card.
    pub(crate) fn refers(self) -> bool {
        matches!(self, Form::Evidence | Form::Zone | Form::Component | Form::Asset)
    }
}

impl Block {
    /// Whether this is the same block: its type has this name.
    pub(crate) fn is(&self, other: &Block) -> bool {
        self.name == other.name
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The index of the field of this name, looked for from an index on and then before it.
    pub(crate) fn index(&self, name: &str, from: usize) -> Option<usize> {
        let is = |index: &usize| self.fields.get(*index).is_some_and(|field| field.name == name);
        let from = from.min(self.fields.len());
        (from..self.fields.len()).find(is).or_else(|| (0..from).find(is))
    }

    /// The field at a path such as `model_details.date`, starting from this block. Below a list, the
    /// path applies to each item.
    pub fn at(&'static self, path: &str) -> Option<&'static Field> {
        let (name, rest) = match path.split_once('.') {
            Some((name, rest)) => (name, Some(rest)),
            None => (path, None),
        };
        let field = self.field(name)?;
        match rest {
            None => Some(field),
            Some(rest) => field.kind.block()?.at(rest),
        }
    }

    /// The paths of all fields at any depth, in the order of a report.
    pub fn paths(&'static self) -> Vec<String> {
        let mut paths = Vec::new();
        for field in self.fields {
            paths.push(field.name.to_owned());
            if let Kind::Block(block) = field.kind {
                for path in block.paths() {
                    paths.push(format!("{}.{path}", field.name));
                }
            }
        }
        paths
    }

    /// The paths of all fields at any depth, those of the items of lists included.
    pub(crate) fn all_paths(&'static self) -> Vec<String> {
        let mut paths = Vec::new();
        for field in self.fields {
            paths.push(field.name.to_owned());
            if let Some(block) = field.kind.block() {
                for path in block.all_paths() {
                    paths.push(format!("{}.{path}", field.name));
                }
            }
        }
        paths
    }
}

impl Kind {
    /// The block that such a value is, or that each item of such a list is.
    pub(crate) fn block(self) -> Option<&'static Block> {
        match self {
            Kind::Block(block) => Some(block),
            Kind::List(kind) => kind.block(),
            _ => None,
        }
    }

    /// What a message calls a value of this kind.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Kind::Text => "a string",
            Kind::Number => "a number",
            Kind::Count => "a whole number, 0 or more",
            Kind::Bool => "`true` or `false`",
            Kind::Choice(_) => "a word",
            Kind::Block(_) | Kind::Extensions => "a block",
            Kind::List(_) => "a list",
        }
    }
}

impl Field {
    /// The first line of the documentation, without its full stop.
    pub fn sentence(&self) -> &'static str {
        first_line(self.doc)
    }
}

impl Choice {
    /// The word as the choice spells it, if it is one.
    pub fn variant(&self, word: &str) -> Option<&'static Variant> {
        self.variants.iter().find(|variant| variant.name == word)
    }
}

impl Variant {
    /// The word in the spelling of policies and field names: `supply_chain` for `SupplyChain`.
    pub fn key(&self) -> String {
        let mut key = String::new();
        for char in self.name.chars() {
            if char.is_uppercase() && !key.is_empty() {
                key.push('_');
            }
            key.extend(char.to_lowercase());
        }
        key
    }
}

/// The first line of a documentation text, without its full stop.
fn first_line(doc: &'static str) -> &'static str {
    doc.lines().next().unwrap_or_default().trim().trim_end_matches('.')
}
