//! A card back from its values.

use std::borrow::Cow;
use std::collections::HashMap;

use smcard_core::schema::{Block, Kind};
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{MAX_DEPTH, SecurityCard, Text};

/// What stands at a part of a path.
enum Branch {
    Leaf(String),
    Keys(Keys),
    Items(Vec<Branch>),
}

/// Branches under keys, in the order in which they came.
#[derive(Default)]
struct Keys {
    branches: Vec<(String, Branch)>,
    index: HashMap<String, usize>,
}

/// A part of a path.
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

/// The card whose values are these, each under its path.
///
/// # Errors
/// The first path at which no value of a card can stand, or not this one.
pub(crate) fn read(values: impl IntoIterator<Item = (String, String)>) -> Result<Node<'static>, String> {
    let mut card = Branch::Keys(Keys::default());
    for (path, text) in values {
        let steps = steps(&path).ok_or_else(|| format!("`{path}` is no path of a card"))?;
        let place = steps.into_iter().try_fold(&mut card, |branch, step| branch.step(step));
        match place {
            Some(place) if place.is_new() => *place = Branch::Leaf(text),
            Some(_) => return Err(format!("`{path}` stands there twice")),
            None => return Err(format!("`{path}` does not follow from what stands before it")),
        }
    }
    block(card, SecurityCard::SCHEMA, "")
}

fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
        if key.is_empty() {
            return None;
        }
        steps.push(Step::Key(key));
        while let Some(rest) = indexes.strip_prefix('[') {
            let (index, rest) = rest.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            indexes = rest;
        }
        if !indexes.is_empty() {
            return None;
        }
    }
    (steps.len() <= MAX_DEPTH).then_some(steps)
}

impl Branch {
    fn new() -> Self {
        Branch::Keys(Keys::default())
    }

    fn is_new(&self) -> bool {
        matches!(self, Branch::Keys(keys) if keys.branches.is_empty())
    }

    /// The branch behind a step: a key that is there or a new one, an item that is there or the next one.
    fn step(&mut self, step: Step<'_>) -> Option<&mut Branch> {
        if matches!(step, Step::Index(_)) && self.is_new() {
            *self = Branch::Items(Vec::new());
        }
        match (self, step) {
            (Branch::Keys(keys), Step::Key(key)) => {
                let next = keys.branches.len();
                let index = *keys.index.entry(key.to_owned()).or_insert(next);
                if index == next {
                    keys.branches.push((key.to_owned(), Branch::new()));
                }
                keys.branches.get_mut(index).map(|(_, branch)| branch)
            }
            (Branch::Items(items), Step::Index(index)) => {
                if index == items.len() {
                    items.push(Branch::new());
                }
                items.get_mut(index)
            }
            _ => None,
        }
    }
}

fn node(value: Value<'static>) -> Node<'static> {
    Node { at: 0, value }
}

fn entry(key: &str, node: Node<'static>) -> Entry<'static> {
    Entry { key: Cow::Owned(key.to_owned()), at: 0, node }
}

fn value(branch: Branch, kind: Kind, path: &str) -> Result<Node<'static>, String> {
    match (kind, branch) {
        (Kind::Block(of), branch) => block(branch, of, path),
        (Kind::List(kind), Branch::Items(items)) => {
            let items = items.into_iter().enumerate();
            let items = items.map(|(index, item)| value(item, *kind, &format!("{path}[{index}]")));
            Ok(node(Value::List(items.collect::<Result<_, _>>()?)))
        }
        (Kind::Extensions, branch) => any_kind(branch, path),
        (kind, Branch::Leaf(text)) => single(kind, text, path).map(node),
        _ => Err(format!("`{path}` is not of the kind that a card has there")),
    }
}

fn block(branch: Branch, of: &'static Block, path: &str) -> Result<Node<'static>, String> {
    let mut given = match branch {
        Branch::Keys(Keys { branches, .. }) => branches,
        // An item of a list that says nothing.
        Branch::Leaf(text) if text == "{}" => Vec::new(),
        _ => return Err(format!("`{path}` is not of the kind that a card has there")),
    };
    if let Some((key, _)) = given.iter().find(|(key, _)| of.field(key).is_none()) {
        return Err(format!("`{}` is no field of a card", within(path, key)));
    }
    let mut entries = Vec::with_capacity(given.len());
    for field in of.fields {
        if let Some(index) = given.iter().position(|(key, _)| key == field.name) {
            let (_, branch) = given.swap_remove(index);
            entries.push(entry(field.name, value(branch, field.kind, &within(path, field.name))?));
        }
    }
    Ok(node(Value::Block(entries)))
}

fn single(kind: Kind, text: String, path: &str) -> Result<Value<'static>, String> {
    let other = |expected: &str| format!("expected {expected} at `{path}`, found `{text}`");
    Ok(match kind {
        Kind::Text => Value::Text(Text::from(Cow::Owned(text))),
        Kind::Number | Kind::Count => Value::Number(text.parse().map_err(|_| other("a number"))?),
        Kind::Bool => Value::Bool(text.parse().map_err(|_| other("`true` or `false`"))?),
        Kind::Choice(choice) => {
            Value::Word(choice.variant(&text).ok_or_else(|| other("a word of the schema"))?.name.into())
        }
        _ => return Err(other("several values")),
    })
}

fn any_kind(branch: Branch, path: &str) -> Result<Node<'static>, String> {
    let value = match branch {
        Branch::Keys(Keys { branches, .. }) => {
            let entries = branches.into_iter();
            let entries = entries.map(|(key, branch)| Ok(entry(&key, any_kind(branch, &within(path, &key))?)));
            Value::Block(entries.collect::<Result<_, String>>()?)
        }
        Branch::Items(items) => {
            let items = items.into_iter().map(|item| any_kind(item, path));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        Branch::Leaf(text) => match text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "[]" => Value::List(Vec::new()),
            "{}" => Value::Block(Vec::new()),
            quoted if quoted.starts_with('"') => {
                let text: Option<String> = serde_json::from_str(quoted).ok();
                Value::Text(Text::from(Cow::Owned(text.ok_or_else(|| format!("`{path}` is not JSON"))?)))
            }
            // By Rust itself, which reads every digit.
            number => Value::Number(number.parse().map_err(|_| format!("`{path}` is not JSON"))?),
        },
    };
    Ok(node(value))
}

fn within(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
