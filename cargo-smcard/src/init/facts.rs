//! What is known already, and may be offered as an answer: from `Cargo.toml`, `pyproject.toml` and git. Facts, never
//! guesses, and never taken unless somebody does.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use smcard_core::source::visible;
use toml_edit::{DocumentMut, Item};

/// An answer that may be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    /// The path of the field.
    pub(super) path: &'static str,
    pub(super) value: String,
    /// Where it stands.
    pub(super) from: &'static str,
}

/// The largest file that is read for offers.
const LARGEST: u64 = 1 << 20;

/// What may be offered to somebody who writes a card in a folder.
pub(super) fn offers(folder: &Path) -> Vec<Offer> {
    let mut offers = Offers(Vec::new());
    cargo(folder, &mut offers);
    python(folder, &mut offers);
    git(folder, &mut offers);
    offers.0
}

struct Offers(Vec<Offer>);

impl Offers {
    /// Adds an offer, if there is a value, it can be shown as it is, and nobody has offered it already.
    fn add(&mut self, path: &'static str, from: &'static str, value: Option<&str>) {
        let Some(value) = value.map(str::trim).filter(|value| !value.is_empty() && visible(value) == *value) else {
            return;
        };
        if !self.0.iter().any(|offer| offer.path == path && offer.value == value) {
            self.0.push(Offer { path, value: value.to_owned(), from });
        }
    }

    /// Adds people: `name <address>`, as Cargo and git spell them.
    fn person(&mut self, from: &'static str, person: &str) {
        let (name, address) = match person.split_once('<') {
            Some((name, rest)) => (name, rest.split('>').next()),
            None => (person, None),
        };
        self.add("model_details.developer", from, Some(name));
        self.add("model_details.contact", from, address);
    }
}

fn cargo(folder: &Path, offers: &mut Offers) {
    const FROM: &str = "Cargo.toml";
    let Some(manifest) = toml(&folder.join(FROM)) else { return };
    let Some(package) = manifest.get("package") else { return };
    let root = folder.ancestors().skip(1).filter_map(|above| toml(&above.join(FROM)));
    let root = root.into_iter().find(|above| above.get("workspace").is_some());
    let said = |key: &str| {
        let own = package.get(key)?;
        let inherits = own.get("workspace").and_then(Item::as_bool) == Some(true);
        if inherits { root.as_ref().unwrap_or(&manifest).get("workspace")?.get("package")?.get(key) } else { Some(own) }
    };
    let text = |key: &str| said(key).and_then(Item::as_str);
    offers.add("model_details.name", FROM, text("name"));
    offers.add("model_details.version", FROM, text("version"));
    offers.add("model_details.license", FROM, text("license"));
    for key in ["repository", "homepage", "documentation"] {
        offers.add("model_details.resource", FROM, text(key));
    }
    for author in said("authors").and_then(Item::as_array).into_iter().flatten() {
        offers.person(FROM, author.as_str().unwrap_or_default());
    }
}

fn python(folder: &Path, offers: &mut Offers) {
    const FROM: &str = "pyproject.toml";
    let Some(file) = toml(&folder.join(FROM)) else { return };
    let poetry = file.get("tool").and_then(|tool| tool.get("poetry"));
    for project in file.get("project").into_iter().chain(poetry) {
        let text = |key: &str| project.get(key).and_then(Item::as_str);
        offers.add("model_details.name", FROM, text("name"));
        offers.add("model_details.version", FROM, text("version"));
        // A table there holds a file or the text of a licence.
        offers.add("model_details.license", FROM, text("license"));
        for author in project.get("authors").and_then(Item::as_array).into_iter().flatten() {
            let of = |key: &str| author.as_inline_table().and_then(|table| table.get(key)?.as_str());
            offers.add("model_details.developer", FROM, of("name"));
            offers.add("model_details.contact", FROM, of("email"));
            offers.person(FROM, author.as_str().unwrap_or_default());
        }
        for url in project.get("urls").and_then(Item::as_table_like).into_iter().flat_map(|urls| urls.iter()) {
            offers.add("model_details.resource", FROM, url.1.as_str());
        }
        for key in ["repository", "homepage", "documentation"] {
            offers.add("model_details.resource", FROM, text(key));
        }
    }
}

fn git(folder: &Path, offers: &mut Offers) {
    const FROM: &str = "git";
    let asked = |arguments: &[&str]| ask_git(folder, arguments);
    let remote = asked(&["config", "--get", "remote.origin.url"]);
    offers.add("model_details.resource", FROM, remote.as_deref().and_then(page).as_deref());
    offers.add("model_details.developer", FROM, asked(&["config", "--get", "user.name"]).as_deref());
    offers.add("model_details.contact", FROM, asked(&["config", "--get", "user.email"]).as_deref());
}

/// What git says; nothing if there is no git, or it knows nothing.
fn ask_git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// The page of a remote repository: what a browser opens, without the name and the token of whoever cloned it.
fn page(remote: &str) -> Option<String> {
    let remote = remote.trim();
    let remote = remote.strip_suffix(".git").unwrap_or(remote);
    let (host, path) = match remote.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        None => remote.split_once(':').filter(|(host, _)| host.contains('@'))?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    // A port of ssh is none of the page.
    let host = host.split(':').next().filter(|host| host.contains('.'))?;
    Some(format!("https://{host}/{}", path.trim_start_matches('/')))
}

/// A file of TOML; nothing where there is none that can be read.
fn toml(file: &Path) -> Option<DocumentMut> {
    if !fs::metadata(file).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    fs::File::open(file).ok()?.take(LARGEST).read_to_string(&mut text).ok()?;
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use smcard_core::SecurityCard;

    use super::*;

    fn of(files: &[(&str, &str)]) -> Vec<(String, String, &'static str)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let mut offers = Offers(Vec::new());
        cargo(folder.path(), &mut offers);
        python(folder.path(), &mut offers);
        for offer in &offers.0 {
            assert!(SecurityCard::SCHEMA.at(offer.path).is_some(), "{}", offer.path);
        }
        offers.0.into_iter().map(|offer| (offer.path.replace("model_details.", ""), offer.value, offer.from)).collect()
    }

    fn offer(path: &str, value: &str, from: &'static str) -> (String, String, &'static str) {
        (path.to_owned(), value.to_owned(), from)
    }

    #[test]
    fn a_manifest_offers_what_it_says_and_what_it_inherits() {
        let manifest = "[workspace.package]\nlicense = \"MIT\"\n\
                        [package]\nname = \"detector\"\nversion = \"1.2.3\"\nlicense.workspace = true\n\
                        authors = [\"Ada <ada@lab.example>\", \"Grace\"]\nrepository = \"https://lab.example/d\"\n";
        let from = "Cargo.toml";
        assert_eq!(
            of(&[("Cargo.toml", manifest)]),
            [
                offer("name", "detector", from),
                offer("version", "1.2.3", from),
                offer("license", "MIT", from),
                offer("resource", "https://lab.example/d", from),
                offer("developer", "Ada", from),
                offer("contact", "ada@lab.example", from),
                offer("developer", "Grace", from),
            ]
        );
    }

    #[test]
    fn a_project_of_python_offers_what_it_says_in_either_spelling() {
        let standard = "[project]\nname = \"parcels\"\nversion = \"2.1\"\nlicense = \"MIT\"\n\
                        authors = [{ name = \"Ada\", email = \"ada@lab.example\" }]\n\
                        [project.urls]\nHomepage = \"https://parcels.example\"\n";
        let from = "pyproject.toml";
        let expected = [
            offer("name", "parcels", from),
            offer("version", "2.1", from),
            offer("license", "MIT", from),
            offer("developer", "Ada", from),
            offer("contact", "ada@lab.example", from),
            offer("resource", "https://parcels.example", from),
        ];
        assert_eq!(of(&[("pyproject.toml", standard)]), expected);
        let poetry = "[tool.poetry]\nname = \"parcels\"\nversion = \"2.1\"\nlicense = \"MIT\"\n\
                      authors = [\"Ada <ada@lab.example>\"]\nhomepage = \"https://parcels.example\"\n";
        assert_eq!(of(&[("pyproject.toml", poetry)]), expected);
        let table = "[project]\nlicense = { file = \"LICENSE\" }\n";
        assert_eq!(of(&[("pyproject.toml", table)]), []);
    }

    #[test]
    fn nothing_is_offered_that_cannot_be_shown() {
        let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
        let manifest = format!("[package]\nname = \"a\\u001bb\"\nversion = \"{token}\"\nlicense = \" \"\n");
        assert_eq!(of(&[("Cargo.toml", &manifest)]), []);
        assert_eq!(of(&[("Cargo.toml", "[package\n"), ("pyproject.toml", "\u{0}")]), []);
    }

    #[test]
    fn the_page_of_a_remote_shows_nobody_who_cloned_it() {
        for remote in [
            "https://code.example/lab/detector.git\n",
            "https://ada:secret@code.example/lab/detector",
            "git@code.example:lab/detector.git",
            "ssh://git@code.example:2222/lab/detector.git",
        ] {
            assert_eq!(page(remote).as_deref(), Some("https://code.example/lab/detector"), "{remote}");
        }
        for remote in
            ["../detector", "/srv/git/detector.git", "file:///srv/git/detector", "C:\\git\\detector", "host:d"]
        {
            assert_eq!(page(remote), None, "{remote}");
        }
    }
}
