//! From the table of fields to a JSON Schema, with its keys in the order of the declaration: an editor offers them in
//! that order, and a language model fills them in so.

use smcard_core::schema::{Block, Choice, Field, Form, Kind};
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Reason, SecurityCard, Text};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The key of an extension.
const KEY: &str = "^[A-Za-z0-9_-]{1,64}$";

/// The largest whole number that every JSON reader takes as it is: 2^53 - 1.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// The schema as a file holds it.
pub(super) fn text() -> String {
    let mut definitions = Vec::new();
    let mut root = vec![("$schema", text_node(DIALECT)), ("title", text_node("Security model card"))];
    root.extend(block(SecurityCard::SCHEMA, &mut definitions));
    define("Extension", &mut definitions, |_| extension());
    root.push(("$defs", object(definitions)));
    // A tree of texts and numbers is always JSON.
    let mut text = serde_json::to_string_pretty(&object(root)).unwrap_or_default();
    text.push('\n');
    text
}

/// Keys of a schema with their values.
type Members = Vec<(&'static str, Node<'static>)>;

fn node(value: Value<'static>) -> Node<'static> {
    Node { at: 0, value }
}

fn text_node(text: impl Into<String>) -> Node<'static> {
    node(Value::Text(Text::Stated(text.into().into())))
}

fn number(number: f64) -> Node<'static> {
    node(Value::Number(number))
}

fn list(items: impl IntoIterator<Item = Node<'static>>) -> Node<'static> {
    node(Value::List(items.into_iter().collect()))
}

fn object(members: Members) -> Node<'static> {
    let entry = |(key, node): (&'static str, Node<'static>)| Entry { key: key.into(), at: 0, node };
    node(Value::Block(members.into_iter().map(entry).collect()))
}

/// Adds a definition, if it is not there yet.
fn define(name: &'static str, definitions: &mut Members, make: impl FnOnce(&mut Members) -> Members) {
    if definitions.iter().all(|(known, _)| *known != name) {
        let members = make(definitions);
        definitions.push((name, object(members)));
    }
}

fn reference(name: &str) -> Node<'static> {
    text_node(format!("#/$defs/{name}"))
}

fn block(block: &'static Block, definitions: &mut Members) -> Members {
    let mut properties = Vec::new();
    let mut required = Vec::new();
    for field in block.fields {
        let mut property = vec![("description", described(field.doc))];
        property.extend(kind(field.kind, field, definitions));
        properties.push((field.name, object(property)));
        if field.required {
            required.push(text_node(field.name));
        }
    }
    let mut schema = vec![
        ("description", described(block.doc)),
        ("type", text_node("object")),
        ("properties", object(properties)),
        ("additionalProperties", node(Value::Bool(false))),
        ("minProperties", number(1.0)),
    ];
    if !required.is_empty() {
        schema.push(("required", list(required)));
    }
    schema
}

fn kind(kind: Kind, field: &Field, definitions: &mut Members) -> Members {
    match kind {
        Kind::Text => text_of(field),
        Kind::Number => vec![("type", text_node("number"))],
        Kind::Count => vec![("type", text_node("integer")), ("minimum", number(0.0)), ("maximum", number(LARGEST))],
        Kind::Bool => vec![("type", text_node("boolean"))],
        Kind::Choice(of) => {
            define(of.name, definitions, |_| choice(of));
            vec![("$ref", reference(of.name))]
        }
        Kind::Block(of) => {
            define(of.name, definitions, |definitions| block(of, definitions));
            vec![("$ref", reference(of.name))]
        }
        Kind::List(of) => {
            let items = object(self::kind(*of, field, definitions));
            let mut schema = vec![("type", text_node("array")), ("items", items)];
            match field.form {
                Form::Interval => schema.extend([("minItems", number(2.0)), ("maxItems", number(2.0))]),
                _ => schema.push(("minItems", number(1.0))),
            }
            schema
        }
        Kind::Extensions if field.form == Form::Measured => block_of(object(vec![("$ref", reference("Extension"))])),
        Kind::Extensions => block_of(object(block_of(object(vec![("$ref", reference("Extension"))])))),
        // A kind that is newer than this schema takes anything here, and the rules speak of it.
        _ => Vec::new(),
    }
}

/// A block whose keys an organization names itself.
fn block_of(values: Node<'static>) -> Members {
    vec![
        ("type", text_node("object")),
        ("propertyNames", object(vec![("pattern", text_node(KEY))])),
        ("additionalProperties", values),
        ("minProperties", number(1.0)),
    ]
}

fn choice(choice: &'static Choice) -> Members {
    let word = |variant: &smcard_core::schema::Variant| {
        object(vec![("const", text_node(variant.name)), ("description", described(variant.doc))])
    };
    vec![("description", described(choice.doc)), ("oneOf", list(choice.variants.iter().map(word)))]
}

/// A text: of its form, or a reason in its place where it need not be an answer.
fn text_of(field: &Field) -> Members {
    let pattern = match pattern(field.form) {
        Some(form) if field.answer => form.to_owned(),
        Some(form) => {
            let reasons: Vec<String> = Reason::ALL.iter().map(|reason| format!("^{}.*\\S", reason.prefix)).collect();
            format!("{form}|{}", reasons.join("|"))
        }
        None => "\\S".to_owned(),
    };
    vec![("type", text_node("string")), ("pattern", text_node(pattern))]
}

/// What a schema can say of a form. What it cannot, such as whether a licence exists, the rules say.
fn pattern(form: Form) -> Option<&'static str> {
    Some(match form {
        Form::Date => "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        Form::Day => "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        Form::Sha256 => "^[0-9A-Fa-f]{64}$",
        Form::Purl => "^pkg:",
        _ => return None,
    })
}

/// What an organization puts into its own namespace.
fn extension() -> Members {
    let of = |name: &str| ("type", text_node(name));
    let itself = || object(vec![("$ref", reference("Extension"))]);
    vec![
        ("description", text_node("A text, a number, `true` or `false`, a list, or a block.")),
        (
            "anyOf",
            list([
                object(vec![of("string"), ("pattern", text_node("\\S"))]),
                object(vec![of("number")]),
                object(vec![of("boolean")]),
                object(vec![of("array"), ("items", itself()), ("minItems", number(1.0))]),
                object(block_of(itself())),
            ]),
        ),
    ]
}

/// A documentation text, of which each paragraph is a line.
fn described(doc: &str) -> Node<'static> {
    let paragraphs: Vec<String> = doc
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    text_node(paragraphs.join("\n"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_schema_is_the_one_of_the_declaration() {
        let committed = include_str!("../../../schema/smcard.schema.json");
        let command = "cargo run -p cargo-smcard -- schema > schema/smcard.schema.json";
        assert!(committed == super::text(), "the schema is out of step: run `{command}`");
    }
}
