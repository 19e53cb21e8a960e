//! What comes of a call, where that is another name: `getattr`, `import_module` and the like are followed, so that what
//! they lead to is judged as if it had been imported by its name.

use std::rc::Rc;

use super::seen::Seen;
use super::value::{Called, Name, Value};
use crate::Code;

const BUILTINS: &[&str] = &["builtins", "__builtin__"];
const OPERATOR: &[&str] = &["operator", "_operator"];

pub(super) fn call(callable: &Value, arguments: Value, seen: &mut Seen, at: u64) -> Value {
    match callable {
        Value::Global(name) => {
            seen.calls += 1;
            of_name(name, arguments, seen, at)
        }
        Value::Called(called) => of_result(called, arguments, seen, at),
        _ => {
            seen.tell(Code::ComputedGlobal, "calls what is only known when it is loaded", at);
            Value::Other
        }
    }
}

fn of_name(name: &Rc<Name>, arguments: Value, seen: &mut Seen, at: u64) -> Value {
    let items = arguments.items().unwrap_or_default();
    let first_text = || items.first().and_then(Value::as_text);
    let found = if name.is(BUILTINS, "getattr") {
        match items {
            [object, Value::Text(attribute), ..] => attribute_of(object, attribute),
            _ => None,
        }
    } else if name.is(BUILTINS, "__import__") || name.is(&["importlib", "importlib._bootstrap"], "__import__") {
        // `__import__("a.b")` gives `a`, and has imported `a.b`.
        first_text().map(|module| {
            seen.global(&Name::new(module, ""), at);
            Name::new(module.split('.').next().unwrap_or(module), "")
        })
    } else if name.is(&["importlib"], "import_module") || name.is(&["cloudpickle.cloudpickle"], "subimport") {
        first_text().map(|module| Name::new(module, ""))
    } else if name.is(&["pydoc"], "locate") || name.is(&["pkgutil"], "resolve_name") {
        first_text().map(Name::of_path)
    } else if name.is(&["functools"], "partial") || name.is(BUILTINS, "apply") {
        match items.first() {
            Some(Value::Global(of)) => Some(Rc::clone(of)),
            _ => None,
        }
    } else {
        None
    };
    match found {
        Some(found) => {
            seen.global(&found, at);
            Value::Global(found)
        }
        None => Value::called(Rc::clone(name), arguments),
    }
}

/// What comes of calling what came of a call.
fn of_result(called: &Called, arguments: Value, seen: &mut Seen, at: u64) -> Value {
    let name = &called.callable;
    let path = called.arguments.items().and_then(|items| items.first()?.as_text());
    if name.is(OPERATOR, "attrgetter") || name.is(OPERATOR, "methodcaller") {
        let object = arguments.items().and_then(<[Value]>::first);
        if let Some(found) = path.zip(object).and_then(|(path, object)| attribute_of(object, path)) {
            seen.global(&found, at);
            return Value::Global(found);
        }
    }
    seen.computed_call(name, at);
    Value::Other
}

fn attribute_of(object: &Value, attribute: &str) -> Option<Rc<Name>> {
    match object {
        Value::Global(of) => Some(of.attribute(attribute)),
        // An attribute of what a class makes is an attribute of the class, as far as a name tells.
        Value::Called(called) => Some(called.callable.attribute(attribute)),
        _ => None,
    }
}
