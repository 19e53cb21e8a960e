//! Package URLs (ECMA-427, <https://ecma-tc54.github.io/ECMA-427/>).

/// What is wrong with a package URL.
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    let Some((scheme, rest)) = text.split_once(':') else { return Err("it does not begin with `pkg:`") };
    if !scheme.eq_ignore_ascii_case("pkg") {
        return Err("it does not begin with `pkg:`");
    }
    if text.chars().any(|char| char.is_whitespace() || char.is_control()) {
        return Err("it contains a space");
    }
    let rest = rest.trim_start_matches('/');
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let Some((kind, name)) = path.split_once('/') else { return Err("it has no name") };
    let of_kind = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
    if !kind.starts_with(|char: char| char.is_ascii_alphabetic()) || !kind.chars().all(of_kind) {
        return Err("its type is not a letter followed by letters, digits, `.` and `-`");
    }
    // A namespace may hold an `@`, escaped or not: the version is behind the last one.
    let name = match name.rsplit_once('@') {
        Some((name, version)) if !version.contains('/') => {
            if version.is_empty() {
                return Err("its version is empty");
            }
            name
        }
        _ => name,
    };
    if name.rsplit('/').next().is_none_or(str::is_empty) { Err("it has no name") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_urls_of_registries_are_taken() {
        for text in [
            "pkg:huggingface/microsoft/resnet-50@34c2154",
            "pkg:cargo/serde@1.0.229",
            "pkg:npm/%40angular/animation@12.3.1",
            "pkg:npm/@angular/animation",
            "pkg:pypi/torch",
            "pkg:mlflow/creditfraud@3?repository_url=https://example.com/api",
            "pkg:oci/guard@sha256%3A244fd47e07d10?tag=latest#src/main",
            "PKG:github/openai/whisper@v1",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_no_database_could_look_up_is_refused() {
        for (text, why) in [
            ("huggingface/microsoft/resnet-50", "it does not begin with `pkg:`"),
            ("https://huggingface.co/microsoft/resnet-50", "it does not begin with `pkg:`"),
            ("pkg:cargo/my crate", "it contains a space"),
            ("pkg:cargo", "it has no name"),
            ("pkg:cargo/", "it has no name"),
            ("pkg:cargo/@1.0", "it has no name"),
            ("pkg:cargo/serde@", "its version is empty"),
            ("pkg:/serde", "it has no name"),
            ("pkg:5/serde", "its type is not a letter followed by letters, digits, `.` and `-`"),
            ("pkg:ca_rgo/serde", "its type is not a letter followed by letters, digits, `.` and `-`"),
        ] {
            assert_eq!(check(text), Err(why), "{text}");
        }
    }
}
