//! What the hub calls models and datasets, where a card says so by a package URL or an address.

use smcard_core::Component;

use crate::leaves::stated;

/// What stands on the hub.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Model,
    Dataset,
}

/// The id of a component on the hub.
pub(super) fn of_component(component: &Component<'_>, sort: Sort) -> Option<String> {
    let of_purl = stated(&component.purl).and_then(|purl| of_purl(purl.trim(), sort));
    of_purl.or_else(|| of_url(stated(&component.url)?, sort))
}

/// The ids of the datasets whose addresses stand in a text.
pub(super) fn datasets_in(text: &str) -> impl Iterator<Item = String> + '_ {
    let around = |char: char| "()<>[]{},.;:!?\"'`*".contains(char);
    text.split_whitespace().filter_map(move |word| of_url(word.trim_matches(around), Sort::Dataset))
}

/// `pkg:huggingface/namespace/name@revision`; of a dataset, `datasets` stands before it.
fn of_purl(purl: &str, sort: Sort) -> Option<String> {
    let path = after(purl, "pkg:")?.trim_start_matches('/');
    // Another hub may have another model of this name.
    let (path, qualifiers) = path.split_once('?').unwrap_or((path, ""));
    if qualifiers.contains("repository_url") {
        return None;
    }
    let path = after(path.split('#').next()?, "huggingface/")?;
    let (name, _) = path.rsplit_once('@').unwrap_or((path, ""));
    of_path(name, sort).filter(|id| sort == Sort::Dataset || !is_page(id))
}

/// An address on the hub, of a repository or of a page in it.
fn of_url(url: &str, sort: Sort) -> Option<String> {
    let url = url.trim();
    let rest = after(url, "https://").or_else(|| after(url, "http://"))?;
    let (host, path) = rest.split_once('/')?;
    if !["huggingface.co", "www.huggingface.co", "hf.co"].iter().any(|of_hub| of_hub.eq_ignore_ascii_case(host)) {
        return None;
    }
    let path = path.split(['?', '#']).next()?;
    // What follows the name is a file, a revision or a discussion.
    let parts = if sort == Sort::Dataset { 3 } else { 2 };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(parts).collect();
    let parts = match parts.as_slice() {
        [first @ .., "tree" | "blob" | "resolve" | "viewer" | "discussions"] => first,
        all => all,
    };
    // Alone, a name may be that of a person.
    if sort == Sort::Model && (parts.len() < 2 || is_page(&parts.join("/"))) {
        return None;
    }
    of_path(&parts.join("/"), sort)
}

/// Whether a path is that of something other than a model.
fn is_page(path: &str) -> bool {
    const PAGES: [&str; 16] = [
        "api",
        "blog",
        "buckets",
        "chat",
        "collections",
        "datasets",
        "docs",
        "kernels",
        "learn",
        "models",
        "organizations",
        "papers",
        "posts",
        "settings",
        "spaces",
        "tasks",
    ];
    PAGES.contains(&path.split('/').next().unwrap_or(path))
}

fn of_path(path: &str, sort: Sort) -> Option<String> {
    let id = match sort {
        Sort::Model => path,
        Sort::Dataset => path.strip_prefix("datasets/")?,
    };
    is_id(id).then(|| id.to_owned())
}

/// Whether the hub allows such an id: `name` or `namespace/name`.
fn is_id(id: &str) -> bool {
    let of_id = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
    let is_name = |name: &str| {
        !name.is_empty()
            && name.chars().all(of_id)
            && !name.starts_with(['-', '.'])
            && !name.ends_with(['-', '.'])
            && !name.contains("--")
            && !name.contains("..")
    };
    id.len() <= 96 && id.split('/').count() <= 2 && id.split('/').all(is_name)
}

fn after<'t>(text: &'t str, begin: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(begin.len())?;
    start.eq_ignore_ascii_case(begin).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_url_or_an_address_names_a_model() {
        for (text, id) in [
            ("pkg:huggingface/microsoft/resnet-50@34c2154", Some("microsoft/resnet-50")),
            ("PKG:HuggingFace/gpt2", Some("gpt2")),
            ("pkg:huggingface/datasets/org/name", None),
            ("pkg:huggingface/a/b?repository_url=https://hub.example", None),
            ("pkg:pypi/torch", None),
        ] {
            assert_eq!(of_purl(text, Sort::Model).as_deref(), id, "{text}");
        }
        for (text, id) in [
            ("https://huggingface.co/microsoft/resnet-50", Some("microsoft/resnet-50")),
            ("https://hf.co/microsoft/resnet-50/tree/main#a", Some("microsoft/resnet-50")),
            ("https://huggingface.co/microsoft", None),
            ("https://huggingface.co/docs/hub", None),
            ("https://huggingface.co/datasets/squad", None),
            ("https://huggingface.co.example/a/b", None),
            ("https://huggingface.co/a/b\": c", None),
            ("https://huggingface.co/a/-b", None),
        ] {
            assert_eq!(of_url(text, Sort::Model).as_deref(), id, "{text}");
        }
    }

    #[test]
    fn a_package_url_or_an_address_names_a_dataset() {
        assert_eq!(of_purl("pkg:huggingface/datasets/a/b@1", Sort::Dataset).as_deref(), Some("a/b"));
        assert_eq!(of_purl("pkg:huggingface/a/b@1", Sort::Dataset), None);
        let text = "FairFace (https://huggingface.co/datasets/HuggingFaceM4/FairFace), and \
                    https://huggingface.co/datasets/squad/viewer. Not https://huggingface.co/a/b.";
        assert_eq!(datasets_in(text).collect::<Vec<_>>(), ["HuggingFaceM4/FairFace", "squad"]);
    }
}
