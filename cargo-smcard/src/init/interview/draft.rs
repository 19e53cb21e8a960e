//! An interview as a file keeps it, so that it goes on where it was interrupted.

use serde_json::{Map, Value as Json, json};
use smcard_core::schema::Kind;
use smcard_core::tree::{Node, Value};
use smcard_core::{Day, Policy};

use super::super::place::{Place, node};
use super::threats::Start;
use super::{Ask, Interview, Replied, Reply, text};

impl Interview {
    /// The replies, as [`Interview::resume`] reads them.
    pub(crate) fn save(&self) -> String {
        let replies: Vec<Json> = self.replies.iter().map(saved).collect();
        let mut saved = format!("{:#}", json!({ "smcard": env!("CARGO_PKG_VERSION"), "replies": replies }));
        saved.push('\n');
        saved
    }

    /// Goes on with an interview. Replies to what is no question of this version are left out; nothing if the text is
    /// no saved interview.
    pub(crate) fn resume(saved: &str, policy: Policy, today: Day) -> Option<Self> {
        let saved: Json = serde_json::from_str(saved).ok()?;
        let replies = saved.get("replies")?.as_array()?;
        let mut interview = Interview::new(policy, today);
        interview.replies = replies.iter().filter_map(replied).collect();
        Some(interview)
    }
}

fn saved(replied: &Replied) -> Json {
    let at = replied.at.to_string();
    match (&replied.reply, replied.ask) {
        (Reply::Value(value), _) => json!({ "at": at, "value": value }),
        (Reply::Chosen(names), _) => json!({ "at": at, "chosen": names }),
        (Reply::Threat(start), _) => {
            json!({ "at": at, "threat": { "technique": start.technique, "affects": start.affects } })
        }
        (Reply::Skipped, Ask::Value) => json!({ "at": at, "skipped": "value" }),
        (Reply::Skipped, Ask::Group) => json!({ "at": at, "skipped": "group" }),
        (Reply::Skipped, Ask::Threat) => json!({ "at": at, "skipped": "threat" }),
    }
}

fn replied(saved: &Json) -> Option<Replied> {
    let saved = saved.as_object()?;
    let at = Place::parse(saved.get("at")?.as_str()?)?;
    let (ask, reply) = reply(saved, &at)?;
    Some(Replied { at, ask, reply })
}

fn reply(saved: &Map<String, Json>, at: &Place) -> Option<(Ask, Reply)> {
    let is_own = at.schema_path().starts_with("extensions.");
    if let Some(value) = saved.get("value") {
        let kind = if is_own { Kind::Extensions } else { at.field()?.kind };
        return Some((Ask::Value, Reply::Value(read(value, kind)?)));
    }
    if at.field().is_none() && !is_own {
        return None;
    }
    if let Some(names) = saved.get("chosen") {
        let names = names.as_array()?.iter().map(|name| name.as_str().map(str::to_owned));
        return Some((Ask::Group, Reply::Chosen(names.collect::<Option<_>>()?)));
    }
    if let Some(threat) = saved.get("threat") {
        let of = |key: &str| threat.get(key).and_then(Json::as_str).map(str::to_owned);
        return Some((Ask::Threat, Reply::Threat(Start { technique: of("technique"), affects: of("affects") })));
    }
    let ask = match saved.get("skipped")?.as_str()? {
        "value" => Ask::Value,
        "group" => Ask::Group,
        "threat" => Ask::Threat,
        _ => return None,
    };
    Some((ask, Reply::Skipped))
}

/// A value of a kind; nothing if it is another one.
fn read(value: &Json, kind: Kind) -> Option<Node<'static>> {
    Some(match (value, kind) {
        (Json::String(words), Kind::Choice(choice)) => node(Value::Word(choice.variant(words)?.name.into())),
        (Json::String(words), Kind::Text | Kind::Extensions) => text(words),
        (Json::Number(number), Kind::Number | Kind::Count) => node(Value::Number(number.as_f64()?)),
        (Json::Bool(bool), Kind::Bool) => node(Value::Bool(*bool)),
        (Json::Array(items), Kind::List(of)) => {
            node(Value::List(items.iter().map(|item| read(item, *of)).collect::<Option<_>>()?))
        }
        _ => return None,
    })
}
