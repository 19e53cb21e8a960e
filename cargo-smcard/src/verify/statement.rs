//! A statement as it stands in a file: by itself, in a DSSE envelope, or in a Sigstore bundle.

use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding as _};
use serde_json::Value;

use super::strict;

/// What an envelope says that it holds.
const PAYLOAD: &str = "application/vnd.in-toto+json";

/// What a statement stood in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapping {
    Bare,
    Dsse,
    Bundle,
}

impl Wrapping {
    pub(super) fn name(self) -> &'static str {
        match self {
            Wrapping::Bare => "none",
            Wrapping::Dsse => "dsse",
            Wrapping::Bundle => "sigstore-bundle",
        }
    }
}

pub(super) struct Statement {
    pub(super) wrapping: Wrapping,
    /// How many signatures are beside it. None was checked.
    pub(super) signatures: usize,
    pub(super) value: Value,
}

/// Something that a statement speaks of.
pub(super) struct Subject<'s> {
    pub(super) name: &'s str,
    /// Its digest in lower-case digits, if it has one of this kind.
    pub(super) sha256: Option<String>,
}

impl Statement {
    /// The statement of a file.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let value = strict::json(bytes)?;
        if value.get("messageSignature").is_some() {
            return Err("the bundle holds a signature of a file, and no statement".to_owned());
        }
        let (wrapping, envelope) = match value.get("dsseEnvelope") {
            Some(envelope) => (Wrapping::Bundle, envelope),
            None if value.get("payload").is_some() => (Wrapping::Dsse, &value),
            None => return Statement::of(Wrapping::Bare, 0, value),
        };
        let text = |key: &str| envelope.get(key).and_then(Value::as_str);
        if text("payloadType") != Some(PAYLOAD) {
            let found = text("payloadType").unwrap_or("nothing");
            return Err(format!("the envelope holds `{found}`; expected `{PAYLOAD}`"));
        }
        let payload = text("payload").and_then(decoded).ok_or("the payload of the envelope is not base64")?;
        let signatures = envelope.get("signatures").and_then(Value::as_array).map_or(0, Vec::len);
        Statement::of(wrapping, signatures, strict::json(&payload)?)
    }

    fn of(wrapping: Wrapping, signatures: usize, value: Value) -> Result<Self, String> {
        match value.get("_type") {
            Some(_) => Ok(Statement { wrapping, signatures, value }),
            None => Err("it has no `_type`".to_owned()),
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.value.get(key).and_then(Value::as_str)
    }

    /// What it speaks of, as far as that has a name.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Subject<'_>> {
        let subjects = self.value.get("subject").and_then(Value::as_array);
        subjects.into_iter().flatten().filter_map(|subject| {
            let sha256 = subject.pointer("/digest/sha256").and_then(Value::as_str);
            let name = subject.get("name").and_then(Value::as_str)?;
            Some(Subject { name, sha256: sha256.map(str::to_lowercase) })
        })
    }

    pub(super) fn card(&self) -> Option<&Value> {
        self.value.pointer("/predicate/card")
    }
}

/// What a text of base64 stands for: an envelope may hold any kind of it.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let all = [Base64::decode_vec, Base64Url::decode_vec, Base64Unpadded::decode_vec, Base64UrlUnpadded::decode_vec];
    all.into_iter().find_map(|decode| decode(text).ok())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn every_kind_of_base64_that_an_envelope_may_hold_is_read() {
        for text in ["+/+/fg==", "-_-_fg==", "+/+/fg", "-_-_fg"] {
            assert_eq!(decoded(text).as_deref(), Some([0xfb_u8, 0xff, 0xbf, 0x7e].as_slice()), "{text}");
        }
        assert_eq!(decoded("+/+/f"), None);
    }
}
