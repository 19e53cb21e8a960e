//! [`Part`]: what a type needs to stand in a card, and the macros that declare such types.

use crate::list::List;
use crate::schema::{Form, Kind};
use crate::text::Text;
use crate::tree::{Entry, Node, Value};

/// A type that can be a value of a card.
pub(crate) trait Part<'a>: Sized {
    /// What the schema says of such a value.
    const KIND: Kind;

    /// The value as a tree, or `None` if it says nothing.
    fn node(&self) -> Option<Node<'_>>;

    /// The value of a tree; `None` if it is of another kind, which the shape rules refuse first.
    fn read(node: Node<'a>) -> Option<Self>;
}

/// A type that can be a field of a block: it has a value for when the card gives none.
pub(crate) trait Slot<'a>: Part<'a> {
    /// The value of a field that the card does not give.
    const ABSENT: Self;
}

impl<'a> Part<'a> for Text<'a> {
    const KIND: Kind = Kind::Text;

    fn node(&self) -> Option<Node<'_>> {
        Some(Node::new(Value::Text(self.borrow())))
    }

    fn read(node: Node<'a>) -> Option<Self> {
        match node.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'a> Part<'a> for f64 {
    const KIND: Kind = Kind::Number;

    fn node(&self) -> Option<Node<'_>> {
        Some(Node::new(Value::Number(*self)))
    }

    fn read(node: Node<'a>) -> Option<Self> {
        node.number()
    }
}

impl<'a> Part<'a> for u64 {
    const KIND: Kind = Kind::Count;

    fn node(&self) -> Option<Node<'_>> {
        // Counts from 2^53 on are refused by the rules, whatever is rounded here.
        Some(Node::new(Value::Number(*self as f64)))
    }

    fn read(node: Node<'a>) -> Option<Self> {
        node.count()
    }
}

impl<'a> Part<'a> for bool {
    const KIND: Kind = Kind::Bool;

    fn node(&self) -> Option<Node<'_>> {
        Some(Node::new(Value::Bool(*self)))
    }

    fn read(node: Node<'a>) -> Option<Self> {
        match node.value {
            Value::Bool(bool) => Some(bool),
            _ => None,
        }
    }
}

impl<'a, T: Part<'a>> Part<'a> for Option<T> {
    const KIND: Kind = T::KIND;

    fn node(&self) -> Option<Node<'_>> {
        self.as_ref().and_then(T::node)
    }

    fn read(node: Node<'a>) -> Option<Self> {
        T::read(node).map(Some)
    }
}

impl<'a, T: Part<'a>> Slot<'a> for Option<T> {
    const ABSENT: Self = None;
}

impl<'a, T: Part<'a>> Part<'a> for List<'a, T> {
    const KIND: Kind = Kind::List(&T::KIND);

    fn node(&self) -> Option<Node<'_>> {
        if self.is_empty() {
            return None;
        }
        let mut nodes = Vec::with_capacity(self.len());
        for item in self.iter() {
            // A block that says nothing is an item all the same: the rules will ask what it is.
            nodes.push(item.node().unwrap_or_else(nothing));
        }
        Some(Node::new(Value::List(nodes)))
    }

    fn read(node: Node<'a>) -> Option<Self> {
        let Value::List(nodes) = node.value else { return None };
        // `collect` through `Option` is ten times this code, for each kind of item.
        let mut items = Vec::with_capacity(nodes.len());
        for node in nodes {
            items.push(T::read(node)?);
        }
        Some(List::Owned(items))
    }
}

fn nothing<'n>() -> Node<'n> {
    Node::new(Value::Block(Vec::new()))
}

impl<'a, T: Part<'a>> Slot<'a> for List<'a, T> {
    const ABSENT: Self = List::EMPTY;
}

// A block calls these two once for each of its fields, so they hold all that need not be written
// out there: most of what this crate costs a build is the code of its blocks.

/// Adds a field to a block's tree, if it says something.
pub(crate) fn put<'n>(entries: &mut Vec<Entry<'n>>, key: &'static str, node: Option<Node<'n>>) {
    entries.extend(node.map(|node| Entry::new(key, node)));
}

/// Takes a field out of a block's tree, if it is there. Gives whether its value is of the right kind.
pub(crate) fn take<'a, T: Part<'a>>(entries: &mut Vec<Entry<'a>>, key: &str, field: &mut T) -> bool {
    let Some(node) = take_node(entries, key) else { return true };
    match T::read(node) {
        Some(value) => {
            *field = value;
            true
        }
        None => false,
    }
}

#[inline]
fn take_node<'a>(entries: &mut Vec<Entry<'a>>, key: &str) -> Option<Node<'a>> {
    let index = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.swap_remove(index).node)
}

/// Declares a block of fields: the struct, its row in the schema, and how it becomes a tree.
///
/// `required` or `optional`, with `(answer)` behind it where a reason cannot stand in place of the
/// text; the name, the type and, for a text of a certain form, `as` and that form; `=` and the key
/// where that is no name of Rust. This is the only place that names a field; what must name one calls the function of its name.
/// What is `hidden` is no field of the card, and absent from schema, tree and report.
macro_rules! block {
    (
        $(#[doc = $doc:literal])+
        $block:ident {
            $( $(#[doc = $field_doc:literal])+ $need:ident $(($mark:ident))? $field:ident: $type:ty $(as $form:ident)? $(= $name:literal)?, )+
            $( hidden $hidden:ident: $hidden_type:ty = $hidden_value:expr, )?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $block<'a> {
            $( $(#[doc = $field_doc])+ pub $field: $type, )+
            $( #[doc(hidden)] pub $hidden: $hidden_type, )?
        }

        impl<'a> $block<'a> {
            /// A block with none of its fields.
            pub const EMPTY: Self = $block {
                $( $field: <$type as $crate::part::Slot>::ABSENT, )+
                $( $hidden: $hidden_value, )?
            };

            /// The fields that the block can have, for programs that walk it.
            pub const SCHEMA: &'static $crate::schema::Block = &$crate::schema::Block {
                name: stringify!($block),
                doc: concat!($($doc, "\n"),+),
                fields: &[ $( $crate::schema::Field {
                    name: $block::$field(),
                    ident: stringify!($field),
                    doc: concat!($($field_doc, "\n"),+),
                    required: $crate::part::block!(@need $need),
                    kind: <$type as $crate::part::Part>::KIND,
                    form: $crate::part::fitting(
                        $crate::part::block!(@form $($form)?),
                        <$type as $crate::part::Part>::KIND,
                    ),
                    answer: $crate::part::block!(@answer $($mark)?),
                }, )+ ],
            };

            $(
                // The key of this field, so that no rule can misspell it.
                pub(crate) const fn $field() -> &'static str {
                    $crate::part::block!(@name $field $($name)?)
                }
            )+
        }

        impl<'a> $crate::part::Part<'a> for $block<'a> {
            const KIND: $crate::schema::Kind = $crate::schema::Kind::Block($block::SCHEMA);

            fn node(&self) -> Option<$crate::tree::Node<'_>> {
                let mut entries = Vec::new();
                $( $crate::part::put(&mut entries, $block::$field(), self.$field.node()); )+
                (!entries.is_empty()).then(|| $crate::tree::Node::new($crate::tree::Value::Block(entries)))
            }

            // Compiled where somebody reads.
            #[inline]
            fn read(node: $crate::tree::Node<'a>) -> Option<Self> {
                let $crate::tree::Value::Block(mut entries) = node.value else { return None };
                let mut block = $block::EMPTY;
                let read = true $( && $crate::part::take(
                    &mut entries,
                    $block::$field(),
                    &mut block.$field,
                ) )+;
                (read && entries.is_empty()).then_some(block)
            }
        }

        impl<'a> $crate::part::Slot<'a> for $block<'a> {
            const ABSENT: Self = $block::EMPTY;
        }
    };
    (@name $field:ident) => { $crate::part::plain(stringify!($field)) };
    (@name $field:ident $name:literal) => { $name };
    (@need required) => { true };
    (@need optional) => { false };
    (@answer) => { false };
    (@answer answer) => { true };
    (@form) => { $crate::schema::Form::Free };
    (@form $form:ident) => { $crate::schema::Form::$form };
}

/// A form, for a field of a kind that can have it: the declaration of any other does not compile.
pub(crate) const fn fitting(form: Form, kind: Kind) -> Form {
    assert!(
        matches!(
            (form, kind),
            (Form::Free, _)
                | (Form::Interval, Kind::List(Kind::Number))
                | (Form::Measured, Kind::Extensions)
                | (
                    Form::Reference | Form::Evidence | Form::Zone | Form::Component | Form::Asset,
                    Kind::Text | Kind::List(Kind::Text)
                )
                | (Form::Label | Form::Date | Form::Day | Form::Url | Form::Contact | Form::License, Kind::Text)
                | (Form::Purl | Form::Path | Form::Report | Form::Sha256 | Form::Id, Kind::Text)
        ),
        "a value of this kind cannot have this form"
    );
    form
}

/// Declares a choice: the enum, its row in the schema, and how it becomes a tree.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        $choice:ident { $( $(#[doc = $variant_doc:literal])+ $variant:ident, )+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $choice {
            $( $(#[doc = $variant_doc])+ $variant, )+
        }

        impl $choice {
            /// The words that can be chosen, for programs that walk a card.
            pub const SCHEMA: &'static $crate::schema::Choice = &$crate::schema::Choice {
                name: stringify!($choice),
                doc: concat!($($doc, "\n"),+),
                variants: &[ $( $crate::schema::Variant {
                    name: stringify!($variant),
                    doc: concat!($($variant_doc, "\n"),+),
                }, )+ ],
            };

            /// The word, in Rust source as in JSON.
            pub const fn name(self) -> &'static str {
                match self { $( $choice::$variant => stringify!($variant), )+ }
            }

            /// The choice with exactly this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $( stringify!($variant) => Some($choice::$variant), )+
                    _ => None,
                }
            }
        }

        impl<'a> $crate::part::Part<'a> for $choice {
            const KIND: $crate::schema::Kind = $crate::schema::Kind::Choice($choice::SCHEMA);

            fn node(&self) -> Option<$crate::tree::Node<'_>> {
                Some($crate::tree::Node::new($crate::tree::Value::Word(self.name().into())))
            }

            // Compiled where somebody reads.
            #[inline]
            fn read(node: $crate::tree::Node<'a>) -> Option<Self> {
                $choice::from_name(node.word()?)
            }
        }
    };
}

pub(crate) use {block, choice};

/// The name of a field without the `r#` that Rust wants before a keyword.
pub(crate) const fn plain(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', rest @ ..] => match std::str::from_utf8(rest) {
            Ok(name) => name,
            Err(_) => name,
        },
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    const KINDS: [Kind; 7] = [
        Kind::Text,
        Kind::Number,
        Kind::Count,
        Kind::Bool,
        Kind::Extensions,
        Kind::List(&Kind::Text),
        Kind::List(&Kind::Number),
    ];

    /// The kinds that a field of this form may have. For the others the declaration does not compile, since it
    /// calls [`fitting`] in a constant.
    fn fits(form: Form) -> Vec<Kind> {
        KINDS.into_iter().filter(|kind| catch_unwind(|| fitting(form, *kind)).is_ok()).collect()
    }

    #[test]
    fn a_form_is_one_of_a_text_of_a_list_of_texts_or_of_an_interval() {
        assert_eq!(fits(Form::Free), KINDS);
        let texts = [Form::Label, Form::Date, Form::Day, Form::Url, Form::Contact, Form::License, Form::Id];
        for form in texts.into_iter().chain([Form::Purl, Form::Path, Form::Report, Form::Sha256]) {
            assert_eq!(fits(form), [Kind::Text], "{form:?}");
        }
        for form in [Form::Reference, Form::Evidence, Form::Zone, Form::Component, Form::Asset] {
            assert_eq!(fits(form), [Kind::Text, Kind::List(&Kind::Text)], "{form:?}");
        }
        assert_eq!(fits(Form::Interval), [Kind::List(&Kind::Number)]);
        assert_eq!(fits(Form::Measured), [Kind::Extensions]);
    }
}
