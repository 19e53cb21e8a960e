//! Where a package can be downloaded, which of all that a card holds only a package URL says.

use smcard_core::Text;

use crate::leaves::stated;
use crate::link;

/// What stands for a location that nobody states. The property holds any URI, and the model has no individual for it,
/// so the word of the earlier versions is written, as other writers of SPDX 3 do.
pub(super) const NO_ASSERTION: &str = "NOASSERTION";

/// The address of the very package, or of the repository that holds it.
pub(super) fn location(purl: &Option<Text<'_>>) -> Option<String> {
    let (_, qualifiers) = stated(purl)?.split_once('?')?;
    let qualifiers = qualifiers.split('#').next().unwrap_or_default();
    let of = |key: &str| {
        let mut pairs = qualifiers.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| name.eq_ignore_ascii_case(key)).and_then(|(_, value)| decoded(value))
    };
    let address = of("download_url").or_else(|| of("vcs_url"))?;
    address.contains("://").then(|| link::of_url(&address))
}

/// A value with its escapes resolved, if it is text.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(purl: &'static str) -> Option<String> {
        location(&Some(Text::new(purl)))
    }

    #[test]
    fn a_package_url_says_where_the_package_is() {
        let address = Some("https://models.example/a b?c=d".replace(' ', "%20"));
        assert_eq!(of("pkg:generic/a@1?download_url=https%3A%2F%2Fmodels.example%2Fa%20b%3Fc%3Dd"), address);
        assert_eq!(
            of("pkg:generic/a@1?checksum=sha256:0&download_url=https://a.example/b#c").as_deref(),
            Some("https://a.example/b")
        );
        assert_eq!(
            of("pkg:generic/a?vcs_url=git%2Bhttps://git.example/a").as_deref(),
            Some("git+https://git.example/a")
        );
    }

    #[test]
    fn what_is_no_address_is_none() {
        for purl in [
            "pkg:huggingface/microsoft/resnet-50@34c2154",
            "pkg:generic/a?download_url=",
            "pkg:a/b?download_url=%zz",
            "pkg:a/b?download_url=%ff://",
        ] {
            assert_eq!(of(purl), None, "{purl}");
        }
    }
}
