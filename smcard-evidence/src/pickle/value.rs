//! What is known of a value while a pickle is walked: whether it can become a name, or what was made by calling one.

use std::cell::RefCell;
use std::rc::Rc;

use crate::limits;

/// A value of the stack.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Data that leads to no name.
    Other,
    Int(i64),
    Text(Rc<str>),
    Tuple(Rc<Tuple>),
    /// A mapping that can be filled later.
    Dict(Rc<RefCell<Fields>>),
    /// Something that was imported, or a module.
    Global(Rc<Name>),
    /// What came of calling it.
    Called(Rc<Called>),
}

/// What a mapping has under texts.
pub(super) type Fields = Vec<(Rc<str>, Value)>;

#[derive(Debug)]
pub(super) struct Tuple {
    pub(super) items: Vec<Value>,
    depth: u8,
}

/// What is imported: a module, or what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) module: String,
    /// Empty for the module itself.
    pub(super) name: String,
}

#[derive(Debug)]
pub(super) struct Called {
    pub(super) callable: Rc<Name>,
    pub(super) arguments: Value,
}

/// How deep values are followed into each other: dropping them takes as much stack.
const DEEPEST: u8 = 6;

impl Value {
    pub(super) fn text(text: &str) -> Self {
        if text.len() > limits::NAME { Value::Other } else { Value::Text(text.into()) }
    }

    pub(super) fn tuple(items: Vec<Value>) -> Self {
        if items.len() > limits::ITEMS {
            return Value::Other;
        }
        let items: Vec<Value> = items.into_iter().map(Value::fixed).collect();
        let depth = 1 + items.iter().map(Value::depth).max().unwrap_or_default();
        if depth > DEEPEST { Value::Other } else { Value::Tuple(Rc::new(Tuple { items, depth })) }
    }

    pub(super) fn called(callable: Rc<Name>, arguments: Value) -> Self {
        let arguments = if arguments.depth() >= DEEPEST { Value::Other } else { arguments.fixed() };
        Value::Called(Rc::new(Called { callable, arguments }))
    }

    /// What can be kept in another value: no mapping, since one may come to hold itself.
    pub(super) fn fixed(self) -> Self {
        if matches!(self, Value::Dict(_)) { Value::Other } else { self }
    }

    fn depth(&self) -> u8 {
        match self {
            Value::Tuple(tuple) => tuple.depth,
            Value::Called(called) => 1 + called.arguments.depth(),
            _ => 0,
        }
    }

    /// How many bytes of memory it takes, roughly.
    pub(super) fn weight(&self) -> usize {
        match self {
            Value::Other | Value::Int(_) => 0,
            Value::Text(text) => 48 + text.len(),
            Value::Tuple(tuple) => 64 + 24 * tuple.items.len(),
            Value::Dict(_) | Value::Called(_) | Value::Global(_) => 128,
        }
    }

    pub(super) fn items(&self) -> Option<&[Value]> {
        match self {
            Value::Tuple(tuple) => Some(&tuple.items),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Name {
    pub(super) fn new(module: impl Into<String>, name: impl Into<String>) -> Rc<Self> {
        Rc::new(Name { module: module.into(), name: name.into() })
    }

    /// What a dotted path may be: its last part a name, the rest its module.
    pub(super) fn of_path(path: &str) -> Rc<Self> {
        match path.rsplit_once([':', '.']) {
            Some((module, name)) => Name::new(module, name),
            None => Name::new(path, ""),
        }
    }

    /// An attribute of it.
    pub(super) fn attribute(&self, attribute: &str) -> Rc<Self> {
        let name = if self.name.is_empty() { attribute.to_owned() } else { format!("{}.{attribute}", self.name) };
        Name::new(self.module.clone(), crate::scan::cut(name, limits::NAME))
    }

    /// The same without the other name that a module may have.
    pub(super) fn is(&self, module: &[&str], name: &str) -> bool {
        module.contains(&self.module.as_str()) && self.name == name
    }
}
