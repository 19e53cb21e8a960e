//! Keras: the layers that a configuration names, and those that bring code.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serialize};

use crate::archive::Archive;
use crate::broken::Broken;
use crate::input::Input;
use crate::pickle::{Risk, risk};
use crate::scan::{Scan, cut};
use crate::{Code, limits};

/// A model of Keras 3.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Keras {
    /// How often each class is used.
    pub classes: BTreeMap<String, u64>,
    /// What else the file holds.
    #[serde(flatten)]
    pub archive: Archive,
}

/// Reads a `config.json`; `None` if it is not Keras's.
pub(crate) fn configuration(input: &mut Input<'_>, scan: &mut Scan) -> Option<Keras> {
    let mut found = Found::default();
    let mut limited = input.take(limits::KERAS_CONFIG);
    let mut json = serde_json::Deserializer::from_reader(&mut limited);
    let read = Any(&mut found).deserialize(&mut json).and_then(|_| json.end());
    let cut_off = limited.limit() == 0;
    found.report(scan);
    // Even if nothing of Keras was seen in it: another reader may see more.
    if let Err(error) = read {
        let broken = match () {
            () if cut_off => Broken::new(Code::TooMuch, "its configuration is too large"),
            () if error.is_eof() => Broken::truncated(),
            () => Broken::file(format!("its configuration cannot be read: {error}")),
        };
        scan.broken(broken, None);
    }
    (!found.keras.classes.is_empty()).then_some(found.keras)
}

#[derive(Default)]
struct Found {
    keras: Keras,
    objects: Vec<Object>,
}

/// An object as a configuration names it.
#[derive(Default, Clone, PartialEq, Eq)]
struct Object {
    class: String,
    module: Option<String>,
    /// What a `config` that is a text names: a function.
    function: Option<String>,
}

impl Found {
    fn add(&mut self, object: Object) {
        let known = self.keras.classes.len() < limits::GLOBALS;
        if known || self.keras.classes.contains_key(&object.class) {
            *self.keras.classes.entry(object.class.clone()).or_default() += 1;
        }
        if object.says().is_some() && self.objects.len() < limits::GLOBALS && !self.objects.contains(&object) {
            self.objects.push(object);
        }
    }

    fn report(&self, scan: &mut Scan) {
        for (code, message) in self.objects.iter().filter_map(Object::says) {
            scan.tell(code, message);
        }
        if self.objects.len() >= limits::GLOBALS {
            scan.tell(Code::TooMuch, "it names more objects than are told apart");
        }
    }
}

impl Object {
    /// What speaks against it.
    fn says(&self) -> Option<(Code, String)> {
        let class = &self.class;
        if let Some(message) = code(class) {
            return Some((Code::LambdaLayer, message));
        }
        let module = self.module.as_deref()?;
        let name = self.function.as_deref().filter(|_| class == "function" || class == "builtin_function_or_method");
        let name = name.unwrap_or(class);
        match risk(module, name) {
            Risk::Dangerous => Some((Code::DangerousObject, format!("it names `{module}.{name}`"))),
            _ if is_keras(module) && class == "TorchModuleWrapper" => {
                Some((Code::DangerousObject, "it has a `TorchModuleWrapper`, which holds a pickle".to_owned()))
            }
            _ if is_keras(module) || module == "builtins" => None,
            _ => Some((Code::ForeignObject, format!("it names `{module}.{name}`"))),
        }
    }
}

/// What is said of a class that brings code.
pub(crate) fn code(class: &str) -> Option<String> {
    match class {
        "Lambda" => Some("it has a `Lambda` layer".to_owned()),
        "__lambda__" => Some("it has a function as byte code".to_owned()),
        _ => None,
    }
}

fn is_keras(module: &str) -> bool {
    ["keras", "tf_keras", "tensorflow", "keras_hub", "keras_nlp", "keras_cv"]
        .iter()
        .any(|known| module.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// Any value; of a text the text is given back.
struct Any<'f>(&'f mut Found);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(cut(text.to_owned(), limits::NAME)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element_seed(Any(self.0))?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = Object::default();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Any(self.0))?;
            match (key.as_str(), value) {
                ("class_name", Some(class)) => object.class = class,
                ("module", module) => object.module = module,
                ("config", function) => object.function = function,
                _ => {}
            }
        }
        if !object.class.is_empty() {
            self.0.add(object);
        }
        Ok(None)
    }
}
