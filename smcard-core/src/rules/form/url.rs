//! URLs that a report can link to.
//!
//! A full URL library costs every user's build more than all of smcard; what is needed here is
//! that a link is absolute, of a harmless scheme, and has no character that RFC 3986 refuses.

use std::borrow::Cow;
use std::ops::Range;

/// What follows a scheme.
#[derive(Clone, Copy)]
enum Rest {
    /// `//` and a host.
    Host,
    /// `//` and the name of a store, and something in it.
    Store,
    /// A digital object identifier.
    Doi,
    /// A number of arXiv.
    Arxiv,
    /// A namespace and a name.
    Urn,
}

/// The schemes that a reader can follow: of the web, of papers, of names, and of the places where
/// models and data are kept.
const SCHEMES: [(&str, Rest); 11] = [
    ("https", Rest::Host),
    ("http", Rest::Host),
    ("doi", Rest::Doi),
    ("arXiv", Rest::Arxiv),
    ("urn", Rest::Urn),
    ("hf", Rest::Store),
    ("s3", Rest::Store),
    ("gs", Rest::Store),
    ("oci", Rest::Store),
    ("git+https", Rest::Host),
    ("git+ssh", Rest::Host),
];

/// What is wrong with a URL, where, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) why: &'static str,
    pub(super) help: Cow<'static, str>,
    pub(super) range: Range<usize>,
}

/// Checks that a text is an absolute URL of a scheme that a reader can follow, or a bare DOI.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    characters(text)?;
    if text.starts_with("10.") {
        return if is_doi(text) { Ok(()) } else { wrong(BAD_DOI, 0..text.len()) };
    }
    let Some((scheme, rest)) = text.split_once(':') else {
        return wrong(("it has no scheme", "begin with `https://`"), 0..text.len());
    };
    let Some((_, kind)) = SCHEMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(scheme)) else {
        let mut known = Vec::new();
        for (scheme, _) in SCHEMES {
            known.push(format!("`{scheme}:`"));
        }
        let help = format!("use one of {}", known.join(", ")).into();
        return Err(Wrong { why: "readers cannot follow its scheme", help, range: 0..scheme.len() });
    };
    let (fine, why) = match kind {
        Rest::Host => return hosted(text, rest),
        Rest::Store => (is_store(rest), NO_STORE),
        Rest::Doi => (is_doi(rest), BAD_DOI),
        Rest::Arxiv => (is_arxiv(rest), ("arXiv has no such number", "write `arXiv:2301.00001` or `arXiv:cs/0112017`")),
        Rest::Urn => (is_urn(rest), ("a URN has a namespace and a name", "write `urn:namespace:name`")),
    };
    if fine { Ok(()) } else { wrong(why, 0..text.len()) }
}

const BAD_DOI: (&str, &str) =
    ("a DOI is `10.`, the number of a registrant, `/` and a name", "write `doi:10.1145/3287560`, with yours");

const NO_STORE: (&str, &str) =
    ("`//` and the store's name are missing after its scheme", "write `hf://owner/model` or `s3://bucket/key`");

fn wrong<T>((why, help): (&'static str, &'static str), range: Range<usize>) -> Result<T, Wrong> {
    Err(Wrong { why, help: help.into(), range })
}

/// Checks that every character may stand in a URL, where it stands.
fn characters(text: &str) -> Result<(), Wrong> {
    let allowed =
        |char: char| !char.is_ascii() || char.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(char);
    let mut fragment = false;
    for (at, char) in text.char_indices() {
        if !allowed(char) || char.is_whitespace() {
            let why = ("it contains a character that a URL cannot contain", "write one URL; a space in it is `%20`");
            return wrong(why, at..at + char.len_utf8());
        }
        if char == '%' {
            let digits = text.as_bytes().get(at + 1..at + 3);
            if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                let why = ("`%` is not followed by two hexadecimal digits", "a `%` itself is written `%25`");
                return wrong(why, at..at + 1);
            }
        }
        if char == '#' && std::mem::replace(&mut fragment, true) {
            return wrong(("it has two fragments", "a `#` within one is written `%23`"), at..at + 1);
        }
    }
    Ok(())
}

/// Checks what follows the scheme of a URL with a host.
fn hosted(text: &str, rest: &str) -> Result<(), Wrong> {
    let Some(after) = rest.strip_prefix("//") else {
        return wrong(("`//` is missing after its scheme", "write `https://` and the host"), 0..text.len());
    };
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let start = text.len() - after.len() + authority.len() - host.len();
    if is_host(host) {
        Ok(())
    } else {
        wrong(("its host is not a valid host name", "write the host, such as `example.com`"), start..start + host.len())
    }
}

/// A DNS name, an IP address, with or without a port.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(v6) => match v6.split_once(']') {
            Some((address, rest)) => {
                let port = rest.strip_prefix(':');
                return address.parse::<std::net::Ipv6Addr>().is_ok() && (rest.is_empty() || port.is_some_and(is_port));
            }
            None => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        },
    };
    let number = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    // A name whose last label is a number is an address (WHATWG URL, "ends in a number").
    let address = name.strip_suffix('.').unwrap_or(name).rsplit('.').next().is_some_and(number);
    let fine = if address { name.parse::<std::net::Ipv4Addr>().is_ok() } else { is_name(name, "-_") };
    port.is_none_or(is_port) && fine
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// A DNS name, internationalized or not: labels of letters, digits and hyphens.
pub(super) fn is_domain(name: &str) -> bool {
    let top = name.strip_suffix('.').unwrap_or(name).rsplit('.').next().unwrap_or_default();
    // No top-level domain begins with a digit: what does is a version, or part of an address.
    is_name(name, "-") && !top.starts_with(|char: char| char.is_ascii_digit())
}

/// Labels of letters, digits and some marks. A host's label may hold `_`, a mail domain's may not.
fn is_name(name: &str, marks: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|char| char.is_alphanumeric() || marks.contains(char))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.strip_suffix('.').unwrap_or(name).split('.').all(label)
}

/// `//`, the name of a store, and whatever is in it.
fn is_store(rest: &str) -> bool {
    let place = rest.strip_prefix("//").unwrap_or_default();
    place.split(['/', '?', '#']).next().is_some_and(|store| !store.is_empty())
}

/// `10.`, the number of a registrant with its subdivisions, `/`, and a name (DOI handbook, 2.2).
fn is_doi(text: &str) -> bool {
    let parts = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(registrant, name)| {
        !name.is_empty() && registrant.len() >= 4 && registrant.split('.').all(number)
    })
}

/// A number such as `2301.00001v2`, or one of before April 2007: `cs/0112017`, `math.GT/0309136v1`.
fn is_arxiv(text: &str) -> bool {
    let digits = |part: &str, counts: std::ops::RangeInclusive<usize>| {
        counts.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (number, version) = match text.rsplit_once('v') {
        Some((number, version)) if digits(version, 1..=3) => (number, version),
        _ => (text, "1"),
    };
    let old = |(archive, number): (&str, &str)| {
        let (archive, class) = archive.split_once('.').unwrap_or((archive, "GT"));
        let named = !archive.is_empty() && archive.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        named && class.len() == 2 && class.bytes().all(|byte| byte.is_ascii_uppercase()) && digits(number, 7..=7)
    };
    let new = |(month, number): (&str, &str)| digits(month, 4..=4) && digits(number, 4..=5);
    !version.starts_with('0') && (number.split_once('/').is_some_and(old) || number.split_once('.').is_some_and(new))
}

/// A namespace of two characters or more and a name (RFC 8141).
fn is_urn(text: &str) -> bool {
    let namespace = |space: &str| {
        (2..=32).contains(&space.len())
            && space.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !space.starts_with('-')
            && !space.ends_with('-')
    };
    text.split_once(':').is_some_and(|(space, name)| namespace(space) && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_a_reader_can_follow_are_urls() {
        for url in [
            "https://example.com",
            "http://localhost:8080/a?b=c#d",
            "https://例え.jp/モデル",
            "https://[2001:db8::1]:443/",
            "https://192.0.2.1/card",
            "https://my_bucket.s3.example.com/a%20b",
            "https://example.com./a",
            "doi:10.1145/3287560.3287596",
            "10.1145/3287560.3287596",
            "DOI:10.1000.10/123",
            "arXiv:2301.00001",
            "arxiv:0704.0001v12",
            "arXiv:cs/0112017",
            "arXiv:math.GT/0309136v1",
            "urn:isbn:9780262035613",
            "HTTPS://EXAMPLE.COM",
            "hf://rivermouth/parcels@main/model.safetensors",
            "s3://bucket/models/parcels.onnx",
            "gs://bucket/parcels",
            "oci://registry.example.com/models/parcels:1.0",
            "git+https://example.com/models.git@v1",
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn what_is_no_link_is_refused_where_it_goes_wrong() {
        for (text, range) in [
            ("www.example.com", 0..15),
            ("https:/example.com", 0..18),
            ("https://", 8..8),
            ("https://-bad-.com", 8..17),
            ("https://example.com:99999", 8..25),
            ("https://example.com:+80/", 8..23),
            ("https://example.com:0", 8..21),
            ("https://example.com:", 8..20),
            ("https://256.1.1.1/", 8..17),
            ("https://1.2.3", 8..13),
            ("https://[::1", 8..12),
            ("https://[::1]:0/", 8..15),
            ("https://example.com/%zz", 20..21),
            ("https://example.com/a%2", 21..22),
            ("https://example.com/#a#b", 22..23),
            ("javascript:alert(1)", 0..10),
            ("file:///etc/passwd", 0..4),
            ("https://example.com/a b", 21..22),
            ("https://example.com/\"", 20..21),
            ("doi:3287560", 0..11),
            ("doi:10./", 0..8),
            ("doi:10.1/x", 0..10),
            ("10.1145", 0..7),
            ("arXiv:2301", 0..10),
            ("arXiv:2301.00001v0", 0..18),
            ("urn:", 0..4),
            ("urn:a:b", 0..7),
            ("s3:bucket", 0..9),
            ("hf:///model", 0..11),
        ] {
            assert_eq!(check(text).map_err(|wrong| wrong.range), Err(range), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_url_is_as_long_as_it_may_be_and_no_longer() {
        let host = |label: usize| format!("https://{}.example", "a".repeat(label));
        let name = |length: usize| format!("https://{}a", "a.".repeat((length - 1) / 2));
        let urn = |namespace: usize| format!("urn:{}:x", "a".repeat(namespace));
        for url in [host(63), name(253), urn(2), urn(32), "https://[::1]".into(), "https://example.com:65535".into()] {
            assert_eq!(check(&url), Ok(()), "{url}");
        }
        for url in [host(64), name(255), urn(1), urn(33), "https://[::1]x".into(), "https://example.com:65536".into()] {
            assert!(check(&url).is_err(), "{url}");
        }
        for doi in ["10.1000/x", "10.1000.1/x"] {
            assert_eq!(check(doi), Ok(()), "{doi}");
        }
        for doi in ["10.100/x", "10.1000./x", "10.1000.a/x", "10.1000/"] {
            assert!(check(doi).is_err(), "{doi}");
        }
        for number in ["0704.0001", "2301.00001v999", "hep-th/9901001", "cs/0112017v2"] {
            assert_eq!(check(&format!("arXiv:{number}")), Ok(()), "{number}");
        }
        for number in [
            "0704.001",
            "2301.000001",
            "23011.00001",
            "2301.00001v1000",
            "CS/0112017",
            "/0112017",
            "cs/01120171",
            "math.Gt/0309136",
            "math.G/0309136",
            "math.GTA/0309136",
            "2301.0000a",
        ] {
            assert!(check(&format!("arXiv:{number}")).is_err(), "{number}");
        }
        for urn in ["urn:a-b:x", "urn:a1:x"] {
            assert_eq!(check(urn), Ok(()), "{urn}");
        }
        for urn in ["urn:-ab:x", "urn:ab-:x", "urn:a_b:x", "urn:ab:", "urn:ab"] {
            assert!(check(urn).is_err(), "{urn}");
        }
    }

    #[test]
    fn a_host_is_found_behind_who_asks_for_it() {
        assert_eq!(check("https://me@example.com/"), Ok(()));
        for (text, range) in [
            ("https://me@-bad/", 11..15),
            ("https://a-.example", 8..18),
            ("https://a..example?b", 8..18),
            ("https:///a", 8..8),
            ("https://example.com/a\u{a0}b", 21..23),
        ] {
            assert_eq!(check(text).map_err(|wrong| wrong.range), Err(range), "{text}");
        }
    }

    #[test]
    fn the_schemes_that_are_followed_are_those_that_are_told() {
        let help = check("ftp://example.com").err().map(|wrong| wrong.help).unwrap_or_default();
        let explanation = crate::rules::form::INVALID_URL.rule.explanation;
        for (scheme, _) in SCHEMES {
            let scheme = format!("`{scheme}:`");
            assert!(help.contains(&scheme) && explanation.contains(&scheme), "{scheme} is not told");
        }
    }
}
