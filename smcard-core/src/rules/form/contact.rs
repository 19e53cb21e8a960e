//! Ways to reach somebody: mail addresses, telephone numbers, web pages.

use crate::rules::form::url;

/// Whether a text is a way to reach somebody: an email address, a telephone number or a web page.
///
/// A DOI or a bucket is a URL where one belongs, but nobody answers there.
pub(super) fn is_contact(text: &str) -> bool {
    let text = text.trim();
    let web = ["https:", "http:"].iter().any(|scheme| without_prefix(text, scheme).is_some());
    is_mailbox(text) || without_prefix(text, "tel:").is_some_and(is_number) || (web && url::check(text).is_ok())
}

/// Whether a text is a mail address: bare, with `mailto:` before it, or as `Name <address>`.
///
/// The address is what the HTML standard accepts in a form, with internationalized letters, with a
/// quoted local part (RFC 5321), and a domain of at least two labels.
fn is_mailbox(text: &str) -> bool {
    if let Some(address) = without_prefix(text, "mailto:") {
        // RFC 6068: header fields follow a `?`.
        return is_address(address.split('?').next().unwrap_or_default());
    }
    match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => !name.contains(['<', '>']) && is_address(address),
        None => is_address(text),
    }
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    (1..=64).contains(&local.len()) && is_local_part(local) && domain.contains('.') && url::is_domain(domain)
}

fn is_local_part(local: &str) -> bool {
    let allowed = |char: char| char.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(char);
    match local.strip_prefix('"').and_then(|local| local.strip_suffix('"')) {
        Some(quoted) => is_quoted(quoted),
        None => local.chars().all(allowed) && local.split('.').all(|atom| !atom.is_empty()),
    }
}

/// What stands between quotes: any characters, `"` and `\` behind a `\`.
fn is_quoted(text: &str) -> bool {
    let mut escaped = false;
    for char in text.chars() {
        if char.is_control() || (char == '"' && !escaped) {
            return false;
        }
        escaped = char == '\\' && !escaped;
    }
    !escaped && !text.is_empty()
}

/// A telephone number that can be called from anywhere (RFC 3966): `+` and digits, with or without
/// marks between them.
fn is_number(text: &str) -> bool {
    let number = text.split(';').next().unwrap_or_default();
    let Some(digits) = number.strip_prefix('+') else { return false };
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    (3..=15).contains(&count) && digits.chars().all(|char| char.is_ascii_digit() || "-.()".contains(char))
}

/// The text after a prefix, letter case aside.
fn without_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_recognized_in_the_ways_people_write_them() {
        for text in [
            "a@example.com",
            "first.last+card@mail.example.org",
            "mailto:a@example.com",
            "MAILTO:a@example.com",
            "mailto:a@example.com?subject=a%20card",
            "Model team <a@example.com>",
            "<a@example.com>",
            "\"model team\"@example.com",
            "\"a\\\"b@c\"@example.com",
            "björn@exämple.se",
            "a@example.com2go.org",
            "tel:+44-20-7946-0000",
            "TEL:+442079460000;ext=12",
            "https://example.com/report",
            "HTTP://example.com",
        ] {
            assert!(is_contact(text), "{text}");
        }
    }

    #[test]
    fn where_nobody_answers_is_no_contact() {
        for text in [
            "a@",
            "@example.com",
            "a b@example.com",
            "a@example",
            "a@1.2",
            "a@10.0.0.1",
            "a@my_host.com",
            "a..b@example.com",
            "\"a\"b\"@example.com",
            "\"\"@example.com",
            "x <<a@example.com>",
            "x <a@example.com",
            "mailto:?subject=x",
            "example.com",
            "a@b@",
            "tel:112",
            "tel:+",
            "tel:+44 20 7946",
            "doi:10.1/x",
            "doi:10.1145/3287560",
            "10.1145/3287560",
            "urn:a:b",
            "urn:isbn:9780262035613",
            "s3://bucket/key",
            "https://256.1.1.1",
            "the ML team",
            "é",
            "",
        ] {
            assert!(!is_contact(text), "{text}");
        }
    }

    #[test]
    fn an_address_and_a_number_are_as_long_as_they_may_be_and_no_longer() {
        let mail = |local: usize| format!("{}@example.com", "a".repeat(local));
        let tel = |digits: usize| format!("tel:+{}", "1".repeat(digits));
        for text in [mail(64), tel(3), tel(15), "tel:+44(20)7946.0000".into(), "\"a\\\\\"@example.com".into()] {
            assert!(is_contact(&text), "{text}");
        }
        for text in [
            mail(65),
            tel(2),
            tel(16),
            "tel:+44x207946".into(),
            "\"a\\\"@example.com".into(),
            "\"a\u{7}\"@example.com".into(),
            "a@example.1st".into(),
            "a@example.".into(),
        ] {
            assert!(!is_contact(&text), "{text}");
        }
    }
}
