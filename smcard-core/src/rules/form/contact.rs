//! Mail addresses.

use crate::rules::form::url::is_domain;

/// Whether a text is a mail address: bare, with `mailto:` before it, or as `Name <address>`.
///
/// The address is what the HTML standard accepts in a form, with internationalized letters, and
/// a domain of at least two labels.
pub(super) fn is_mailbox(text: &str) -> bool {
    let text = text.trim();
    let bracketed = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map(|(_, address)| address);
    is_address(bracketed.or(text.strip_prefix("mailto:")).unwrap_or(text))
}

fn is_address(text: &str) -> bool {
    let allowed = |char: char| char.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(char);
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    (1..=64).contains(&local.len())
        && local.chars().all(allowed)
        && local.split('.').all(|atom| !atom.is_empty())
        && domain.contains('.')
        && is_domain(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_recognized_in_the_ways_people_write_them() {
        for text in [
            "a@example.com",
            "first.last+card@mail.example.org",
            "mailto:a@example.com",
            "Model team <a@example.com>",
            "björn@exämple.se",
        ] {
            assert!(is_mailbox(text), "{text}");
        }
    }

    #[test]
    fn what_no_mail_reaches_is_no_address() {
        for text in [
            "a@",
            "@example.com",
            "a b@example.com",
            "a@example",
            "a..b@example.com",
            "example.com",
            "a@b@",
            "the ML team",
            "",
        ] {
            assert!(!is_mailbox(text), "{text}");
        }
    }
}
