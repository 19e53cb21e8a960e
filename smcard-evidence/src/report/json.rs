//! JSON of reports: what it is by its first keys, and values that are read whatever they are.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;

use super::bounded::{Allowance, Bounded};
use super::{Draft, ReportKind};
use crate::input::Input;
use crate::limits;

/// The kinds of report that a text may be, by the keys in what is there of it.
pub(super) fn kinds(head: &[u8]) -> Vec<ReportKind> {
    let mut keys = Keys::default();
    // It ends in the middle, as a rule: what was seen until then counts.
    let _ = At { keys: &mut keys, path: "" }.deserialize(&mut serde_json::Deserializer::from_slice(head));
    let has = |path: &str| keys.paths.iter().any(|known| known == path);
    let sarif = keys.schema.contains("sarif") || has("/runs//tool") || has("/runs") && keys.version.starts_with("2.");
    let of = [
        (ReportKind::Garak, has("/entry_type")),
        (ReportKind::ModelScan, has("/summary/modelscan_version") || has("/summary/total_issues_by_severity")),
        (ReportKind::Sarif, sarif),
        (ReportKind::Promptfoo, has("/evalId") || has("/results/results") && has("/results/version")),
    ];
    of.iter().filter_map(|(kind, is)| is.then_some(*kind)).collect()
}

/// The keys of an object and of the objects in it.
#[derive(Default)]
struct Keys {
    paths: Vec<String>,
    version: String,
    schema: String,
}

/// How deep keys are looked at.
const DEPTH: usize = 3;
/// How many are.
const KEYS: usize = 1024;

struct At<'k> {
    keys: &'k mut Keys,
    path: &'k str,
}

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.path.matches('/').count() >= DEPTH {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        match self.path {
            "/version" => text.clone_into(&mut self.keys.version),
            "/$schema" => text.clone_into(&mut self.keys.schema),
            _ => {}
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let path = format!("{}/", self.path);
        if items.next_element_seed(At { keys: self.keys, path: &path })?.is_some() {
            while items.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let path = format!("{}/{key}", self.path);
            if self.keys.paths.len() < KEYS {
                self.keys.paths.push(path.clone());
            }
            map.next_value_seed(At { keys: self.keys, path: &path })?;
        }
        Ok(())
    }
}

/// Reads a report that is one object.
pub(super) fn document<T: DeserializeOwned>(input: &mut Input<'_>, draft: &mut Draft, read: fn(T, &mut Draft)) {
    let allowance = Allowance::new(limits::REPORT);
    let mut json = serde_json::Deserializer::from_reader(Bounded::new(input, &allowance));
    let document = Object::<T>::deserialize(&mut json);
    match document.and_then(|document| json.end().map(|()| document)) {
        Ok(Object(document)) => read(document, draft),
        Err(error) => unreadable(&error, &allowance, draft),
    }
}

/// Says why JSON could not be read, without what stands in it.
pub(super) fn unreadable(error: &serde_json::Error, allowance: &Allowance, draft: &mut Draft) {
    let place = format!("line {}, column {}", error.line(), error.column());
    let text = error.to_string();
    let message = match error.classify() {
        _ if allowance.spent().is_some() => allowance.spent().unwrap_or_default(),
        Category::Io => "it cannot be read on".to_owned(),
        Category::Eof => format!("it ends in the middle, at {place}"),
        // The names of fields are of this program.
        Category::Data if text.starts_with("duplicate field `") => {
            let field = text.split('`').nth(1).unwrap_or_default();
            format!("`{field}` stands twice in an object, at {place}")
        }
        Category::Data => {
            format!("what ends at {place} is not what a report of {} has there", draft.kind.name())
        }
        Category::Syntax => format!("it is not JSON at {place}"),
    };
    draft.problem(message);
}

/// An object, where serde would take a list of the fields' values too.
#[derive(Debug)]
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Of<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Of<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(Of(PhantomData))
    }
}

/// A list of which each item is added up as soon as it is read.
#[derive(Debug, Default)]
pub(super) struct Folded<T>(pub(super) T);

pub(super) trait Fold: Default {
    type Item: DeserializeOwned;

    /// Takes an item; `None` where the list has a null.
    fn add(&mut self, item: Option<Self::Item>);
}

impl<'de, T: Fold> Deserialize<'de> for Folded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Of<T>(PhantomData<T>);

        impl<'de, T: Fold> Visitor<'de> for Of<T> {
            type Value = Folded<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Folded<T>, A::Error> {
                let mut folded = T::default();
                while let Some(item) = items.next_element::<Option<Object<T::Item>>>()? {
                    folded.add(item.map(|Object(item)| item));
                }
                Ok(Folded(folded))
            }
        }

        deserializer.deserialize_seq(Of(PhantomData))
    }
}

/// A value that is read whatever it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Loose {
    #[default]
    Absent,
    Null,
    Bool(bool),
    Count(u64),
    Text(String),
    /// A list of what it holds, as far as that are texts.
    Texts(Vec<String>),
    Other,
}

impl Loose {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Loose::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn texts(&self) -> &[String] {
        match self {
            Loose::Texts(texts) => texts,
            _ => &[],
        }
    }

    /// Whether nothing is said.
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Loose::Absent | Loose::Null)
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose::Null)
            }

            fn visit_bool<E>(self, is: bool) -> Result<Loose, E> {
                Ok(Loose::Bool(is))
            }

            fn visit_u64<E>(self, count: u64) -> Result<Loose, E> {
                Ok(Loose::Count(count))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Loose, E> {
                Ok(Loose::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Loose, E> {
                Ok(Loose::Other)
            }

            fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
                Ok(Loose::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Loose, A::Error> {
                let mut texts = Vec::new();
                while let Some(item) = items.next_element::<Loose>()? {
                    if let Loose::Text(text) = item {
                        texts.push(text);
                    }
                }
                Ok(Loose::Texts(texts))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose::Other)
            }
        }

        deserializer.deserialize_any(Any)
    }
}
