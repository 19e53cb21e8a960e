//! `Cargo.toml`: the dependency of the build script, added as `cargo add` does, with all that stands there left as it
//! is.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use crate::exit::Failure;

const TABLE: &str = "build-dependencies";
const NAME: &str = "smcard";

/// Where smcard comes from: what stands behind `smcard =` in a manifest.
#[derive(Debug, Clone)]
pub(super) struct Source(Value);

impl Source {
    /// This program's own version.
    pub(super) fn own() -> Self {
        Source(env!("CARGO_PKG_VERSION").into())
    }

    /// A version, or the keys of a table: `0.1`, `path = "../smcard"`, `git = "…", tag = "…"`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let expected = "expected a version, or keys of a dependency such as `path = \"../smcard\"`";
        if !text.contains('=') || text.trim_start().starts_with(['=', '<', '>', '^', '~']) {
            let version = text.trim();
            let is_version = !version.is_empty() && version.chars().all(|char| !char.is_control() && char != '"');
            return if is_version { Ok(Source(version.into())) } else { Err(expected.to_owned()) };
        }
        let table = format!("x = {{ {text} }}").parse::<DocumentMut>().ok();
        let table = table.as_ref().and_then(|document| document.get("x")?.as_inline_table()).cloned();
        let known = ["path", "git", "branch", "tag", "rev", "version", "registry"];
        match table.filter(|table| table.iter().all(|(key, value)| known.contains(&key) && value.is_str())) {
            Some(table) => Ok(Source(Value::InlineTable(table))),
            None => Err(expected.to_owned()),
        }
    }
}

/// A manifest that is to have the dependency.
pub(super) struct Manifest {
    document: DocumentMut,
}

impl Manifest {
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let document = text.parse().map_err(|error| Failure::new(format!("Cargo.toml is not TOML: {error}")))?;
        Ok(Manifest { document })
    }

    pub(super) fn is_package(&self) -> bool {
        self.document.contains_key("package")
    }

    /// The build script that the package names; `build.rs` where it names none.
    pub(super) fn build_script(&self) -> Result<PathBuf, Failure> {
        let named = self.document.get("package").and_then(|package| package.get("build"));
        let refused = |what: &str| {
            Err(Failure::new(format!("the package has {what} in Cargo.toml"))
                .help("a build script checks the card: take the line out, or name one file"))
        };
        match named {
            None => Ok(PathBuf::from("build.rs")),
            Some(named) => match (named.as_str(), named.as_bool()) {
                (Some(path), _) => Ok(PathBuf::from(path)),
                (_, Some(true)) => Ok(PathBuf::from("build.rs")),
                (_, Some(false)) => refused("`build = false`"),
                _ => refused("several build scripts"),
            },
        }
    }

    /// The manifest with the dependency: of the workspace if that has it, else of this source. Nothing if it is there.
    pub(super) fn with_dependency(
        mut self,
        source: &Source,
        workspace: Option<&str>,
    ) -> Result<Option<String>, Failure> {
        let inherited = workspace.is_some_and(|text| {
            let root = text.parse::<DocumentMut>().unwrap_or_default();
            root.get("workspace").and_then(|it| it.get("dependencies")?.get(NAME)).is_some()
        });
        if !self.document.contains_key(TABLE) {
            let mut table = Table::new();
            // Behind the table after which it is usually looked for; at the end if there is none.
            if let Some(position) = self.position_behind_dependencies() {
                table.set_position(Some(position));
            }
            self.document.insert(TABLE, Item::Table(table));
        }
        let Some(table) = self.document.get_mut(TABLE).and_then(Item::as_table_like_mut) else {
            return Err(Failure::new(format!("`{TABLE}` in Cargo.toml is no table")));
        };
        if table.contains_key(NAME) {
            return Ok(None);
        }
        let dependency = if inherited {
            let mut table = InlineTable::new();
            table.insert("workspace", true.into());
            table.set_dotted(true);
            Value::InlineTable(table)
        } else {
            source.0.clone()
        };
        insert(table, dependency);
        Ok(Some(self.document.to_string()))
    }

    /// The last position of what belongs to the dependencies.
    fn position_behind_dependencies(&self) -> Option<isize> {
        let tables = ["dependencies", "dev-dependencies"].iter();
        tables.filter_map(|name| last_position(self.document.get(name)?)).max()
    }
}

/// Where the last of a table's own tables is written.
fn last_position(item: &Item) -> Option<isize> {
    let table = item.as_table()?;
    table.iter().filter_map(|(_, inner)| last_position(inner)).chain(table.position()).max()
}

/// Adds the dependency: in its place where the names are in order, else at the end.
fn insert(table: &mut dyn TableLike, dependency: Value) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let sorted = names.is_sorted();
    table.insert(NAME, value(dependency));
    if sorted {
        table.sort_values();
    }
}

/// The root of the workspace around a package: the next manifest upward that is one.
pub(super) fn workspace_root(package: &Path) -> Option<PathBuf> {
    package.ancestors().map(|folder| folder.join("Cargo.toml")).find(|file| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        text.parse::<DocumentMut>().is_ok_and(|manifest| manifest.contains_key("workspace"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> String {
        Manifest::read(text).unwrap().with_dependency(&Source::own(), None).unwrap().unwrap()
    }

    const OWN: &str = concat!("smcard = \"", env!("CARGO_PKG_VERSION"), "\"\n");

    #[test]
    fn a_manifest_gets_a_table_behind_its_dependencies_and_keeps_every_byte() {
        let before = "# ours\n[package]\nname='a'   # odd\n\n[dependencies]\nserde = \"1\" # why\n\n[dependencies.b]\npath = \"b\"\n";
        let after = "\n[profile.release]\nlto = true\n# the end\n";
        let expected = format!("{before}\n[build-dependencies]\n{OWN}{after}");
        assert_eq!(added(&format!("{before}{after}")), expected);
        let bare = "[package]\nname = \"a\"\n";
        assert_eq!(added(bare), format!("{bare}\n[build-dependencies]\n{OWN}"));
    }

    #[test]
    fn a_table_that_is_there_gets_one_line_more_in_its_order() {
        let sorted = "[build-dependencies]\ncc = \"1\" # C\n# bindings\nvergen = { version = \"9\" }\n";
        let expected =
            format!("[build-dependencies]\ncc = \"1\" # C\n{OWN}# bindings\nvergen = {{ version = \"9\" }}\n");
        assert_eq!(added(sorted), expected);
        let unsorted = "[build-dependencies]\nvergen = \"9\"\ncc = \"1\"\n\n[features]\n";
        assert_eq!(added(unsorted), format!("[build-dependencies]\nvergen = \"9\"\ncc = \"1\"\n{OWN}\n[features]\n"));
    }

    #[test]
    fn a_dependency_that_is_there_stays() {
        for there in ["smcard = \"0.1\"", "smcard.workspace = true", "smcard = { path = \"../smcard\" }"] {
            let text = format!("[package]\nname = \"a\"\n[build-dependencies]\n{there}\n");
            let manifest = Manifest::read(&text).unwrap();
            assert_eq!(manifest.with_dependency(&Source::own(), None).unwrap(), None, "{there}");
        }
        let table = "[build-dependencies.smcard]\nversion = \"0.1\"\n";
        assert_eq!(Manifest::read(table).unwrap().with_dependency(&Source::own(), None).unwrap(), None);
    }

    #[test]
    fn what_the_workspace_has_is_inherited() {
        let root = "[workspace]\n[workspace.dependencies]\nsmcard = \"0.1\"\n";
        let manifest = Manifest::read("[package]\nname = \"a\"\n").unwrap();
        let text = manifest.with_dependency(&Source::own(), Some(root)).unwrap().unwrap();
        assert_eq!(text, "[package]\nname = \"a\"\n\n[build-dependencies]\nsmcard.workspace = true\n");
    }

    #[test]
    fn a_source_is_a_version_or_what_cargo_takes_for_a_dependency() {
        let of = |text: &str| {
            let source = Source::parse(text)?;
            let text = Manifest::read("").unwrap().with_dependency(&source, None).unwrap().unwrap();
            Ok::<_, String>(text.trim().lines().last().unwrap_or_default().to_owned())
        };
        assert_eq!(of("0.3").unwrap(), "smcard = \"0.3\"");
        assert_eq!(of("=0.3.1").unwrap(), "smcard = \"=0.3.1\"");
        assert_eq!(of("path = \"../smcard\"").unwrap(), "smcard = { path = \"../smcard\" }");
        assert_eq!(
            of("git = \"https://g.example/s\", tag = \"v1\"").unwrap(),
            "smcard = { git = \"https://g.example/s\", tag = \"v1\" }"
        );
        for wrong in ["", "path = ", "path = \"a\" }\nx = { b = \"c\"", "evil = \"x\"", "a\"b", "path = 1"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_build_script_is_the_one_that_the_package_names() {
        let of = |text: &str| Manifest::read(text).unwrap().build_script().ok();
        assert_eq!(of("[package]\n"), Some("build.rs".into()));
        assert_eq!(of("[package]\nbuild = \"build/main.rs\"\n"), Some("build/main.rs".into()));
        assert_eq!(of("[package]\nbuild = false\n"), None);
        assert_eq!(of("[package]\nbuild = [\"a.rs\", \"b.rs\"]\n"), None);
    }
}
