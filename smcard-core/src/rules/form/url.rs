//! URLs that a report can link to.
//!
//! A full URL library costs every user's build more than all of smcard; what is needed here is
//! that a link is absolute, of a harmless scheme, and has no character that RFC 3986 refuses.

use std::ops::Range;

/// What is wrong with a URL, where, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) why: &'static str,
    pub(super) help: &'static str,
    pub(super) range: Range<usize>,
}

/// Checks that a text is an absolute URL of a scheme that a reader can follow.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    let wrong = |why, help, range| Err(Wrong { why, help, range });
    let allowed =
        |char: char| !char.is_ascii() || char.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(char);
    if let Some((at, char)) = text.char_indices().find(|(_, char)| !allowed(*char) || char.is_whitespace()) {
        let range = at..at + char.len_utf8();
        return wrong("it holds a character that a URL cannot", "write one URL; a space in it is `%20`", range);
    }
    let Some((scheme, rest)) = text.split_once(':') else {
        return wrong("it has no scheme", "begin with `https://`", 0..text.len());
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {}
        "doi" if rest.starts_with("10.") && rest.contains('/') => return Ok(()),
        "doi" => return wrong("a DOI begins with `10.` and has a `/`", "write `doi:10.…/…`", 0..text.len()),
        "urn" if rest.split_once(':').is_some_and(|(space, name)| !space.is_empty() && !name.is_empty()) => {
            return Ok(());
        }
        "urn" => return wrong("a URN has a namespace and a name", "write `urn:namespace:name`", 0..text.len()),
        _ => {
            return wrong(
                "readers cannot follow its scheme",
                "use `https:`, `http:`, `doi:` or `urn:`",
                0..scheme.len(),
            );
        }
    }
    let Some(after) = rest.strip_prefix("//") else {
        return wrong("`//` is missing after its scheme", "write `https://` and the host", 0..text.len());
    };
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let start = text.len() - after.len() + authority.len() - host.len();
    if is_host(host) {
        Ok(())
    } else {
        wrong("its host is no host name", "write the host, such as `example.com`", start..start + host.len())
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
    port.is_none_or(is_port) && is_domain(name)
}

fn is_port(port: &str) -> bool {
    port.parse::<u16>().is_ok()
}

/// A DNS name, internationalized or not: labels of letters, digits and hyphens.
pub(super) fn is_domain(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|char| char.is_alphanumeric() || char == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.strip_suffix('.').unwrap_or(name).split('.').all(label)
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
            "doi:10.1145/3287560.3287596",
            "urn:isbn:9780262035613",
            "HTTPS://EXAMPLE.COM",
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
            ("https://[::1", 8..12),
            ("javascript:alert(1)", 0..10),
            ("file:///etc/passwd", 0..4),
            ("https://example.com/a b", 21..22),
            ("https://example.com/\"", 20..21),
            ("doi:3287560", 0..11),
            ("urn:", 0..4),
        ] {
            assert_eq!(check(text).map_err(|wrong| wrong.range), Err(range), "{text}");
        }
    }
}
