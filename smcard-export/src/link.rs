//! Links and ways to reach somebody, as other programs can follow them.

use smcard_core::source::is_invisible;

/// The address behind a URL of a card; of a DOI or a number of arXiv, the page that resolves it.
pub(crate) fn of_url(url: &str) -> String {
    let url = url.trim();
    let after = |scheme: &str| {
        let (start, rest) = url.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    if let Some(number) = after("arxiv:") {
        return encoded(&format!("https://arxiv.org/abs/{number}"));
    }
    match after("doi:").or_else(|| url.starts_with("10.").then_some(url)) {
        Some(doi) => encoded(&format!("https://doi.org/{doi}")),
        None => encoded(url),
    }
}

/// The address in a text that is a web address, or the path of a file; nothing for one that is neither.
pub(crate) fn in_text(text: &str) -> Option<String> {
    let text = text.trim();
    let web = text.starts_with("https://") || text.starts_with("http://");
    let path = text.contains(['/', '.'])
        && text.starts_with(|char: char| char.is_ascii_alphanumeric())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || "-._~/".contains(char));
    ((web && !text.contains(char::is_whitespace)) || path).then(|| encoded(text))
}

/// The first web address among the words of a text.
pub(crate) fn first(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().map(|word| word.trim_matches(|char| "()<>,.;\"".contains(char)));
    words.find(|word| word.starts_with("https://") || word.starts_with("http://")).and_then(in_text)
}

/// The text with what may not stand in an address written as such addresses write it.
fn encoded(address: &str) -> String {
    // In a host, brackets are around an address of IPv6.
    let path = address.find("://").and_then(|at| Some(at + 3 + address.get(at + 3..)?.find('/')?)).unwrap_or(0);
    let mut encoded = String::with_capacity(address.len());
    for (at, char) in address.char_indices() {
        let bracket = matches!(char, '[' | ']') && at >= path;
        if bracket || is_invisible(char) || char.is_whitespace() || "\"<>\\^`{|}".contains(char) {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        } else {
            encoded.push(char);
        }
    }
    encoded
}

/// A way to reach somebody.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Contact<'t> {
    Mail { name: Option<&'t str>, address: &'t str },
    Phone(&'t str),
    Web(&'t str),
}

impl<'t> Contact<'t> {
    /// What a contact of a card is.
    pub(crate) fn of(text: &'t str) -> Self {
        let text = text.trim();
        let after = |scheme: &str| {
            let (start, rest) = text.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        };
        if after("https:").or_else(|| after("http:")).is_some() {
            return Contact::Web(text);
        }
        if let Some(number) = after("tel:") {
            return Contact::Phone(number);
        }
        match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => {
                let name = name.trim().trim_matches('"');
                Contact::Mail { name: (!name.is_empty()).then_some(name), address }
            }
            None => {
                let address = after("mailto:").unwrap_or(text);
                Contact::Mail { name: None, address: address.split('?').next().unwrap_or(address) }
            }
        }
    }

    /// The address that reaches them.
    pub(crate) fn url(&self) -> String {
        match self {
            Contact::Mail { address, .. } => encoded(&format!("mailto:{}", address.replace('%', "%25"))),
            Contact::Phone(number) => encoded(&format!("tel:{number}")),
            Contact::Web(url) => encoded(url),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_a_mailbox_a_number_or_a_page() {
        let named = Contact::Mail { name: Some("The team"), address: "a@b.example" };
        assert_eq!(Contact::of("The team <a@b.example>"), named);
        assert_eq!(Contact::of("mailto:a@b.example?subject=x"), Contact::Mail { name: None, address: "a@b.example" });
        assert_eq!(Contact::of("tel:+49-30-1"), Contact::Phone("+49-30-1"));
        assert_eq!(Contact::of("HTTPS://b.example/c").url(), "HTTPS://b.example/c");
        assert_eq!(named.url(), "mailto:a@b.example");
    }

    #[test]
    fn what_names_a_paper_becomes_the_page_that_resolves_it() {
        assert_eq!(of_url("10.1145/3287560.3287596"), "https://doi.org/10.1145/3287560.3287596");
        assert_eq!(of_url("doi:10.1/a<b>"), "https://doi.org/10.1/a%3Cb%3E");
        assert_eq!(of_url("arXiv:2301.00001"), "https://arxiv.org/abs/2301.00001");
        assert_eq!(of_url("http://[::1]/a[0]"), "http://[::1]/a%5B0%5D");
    }

    #[test]
    fn a_text_is_a_link_only_if_it_is_nothing_else() {
        assert_eq!(in_text("reports/garak.report.jsonl").as_deref(), Some("reports/garak.report.jsonl"));
        assert_eq!(in_text("https://a.example/b").as_deref(), Some("https://a.example/b"));
        for words in ["kept by product security", "javascript:alert(1)", "//a.example", "report"] {
            assert_eq!(in_text(words), None, "{words}");
        }
    }
}
