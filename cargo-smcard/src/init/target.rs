//! Where a card goes: into a package of cargo, or into a file of its own; and which files change for it.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use smcard_core::source::visible;
use smcard_core::tree::{Node, Value};
use smcard_core::{Day, Finding, LoadedPolicy, Policy, SecurityCard, Text};

use super::build_script::{self, Merged};
use super::facts::{self, Offer};
use super::interview;
use super::manifest::{self, Manifest, Source};
use super::place::{Place, node};
use super::write;
use crate::change::{self, Change};
use crate::check;
use crate::exit::{Failure, Outcome, Status};
use crate::load::CardText;
use crate::schema;

/// Where an interview is kept until its card is written.
const DRAFT: &str = ".smcard-draft";

/// Where editors find the schema; a hidden folder, in which nobody looks for cards.
const SCHEMA: &str = ".smcard/smcard.schema.json";
const SCHEMA_NAME: &str = "smcard.schema.json";

pub(super) struct Target {
    /// The folder of the package, or of the card file.
    folder: PathBuf,
    /// The file of the card.
    file: PathBuf,
    form: write::Form,
    package: Option<Package>,
}

/// What is known of a package of cargo.
struct Package {
    manifest: PathBuf,
    /// The card, seen from the package.
    card: PathBuf,
    source: Source,
}

impl Target {
    /// A card file for a project without Rust.
    pub(super) fn file(file: &Path, form: write::Form) -> Result<Self, Failure> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = absolute(folder);
        refuse(file)?;
        Ok(Target { folder, file: file.to_owned(), form, package: None })
    }

    /// The package around this folder, or that of a manifest.
    pub(super) fn package(manifest: Option<&Path>, card: &Path, source: Option<Source>) -> Result<Self, Failure> {
        let manifest = match manifest {
            Some(file) => absolute(file),
            None => nearest().ok_or_else(|| {
                Failure::new("there is no Cargo.toml from here upward")
                    .help("for a project without Rust, `smcard init --yaml` or `smcard init --json`")
            })?,
        };
        if !card.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(Failure::new(format!("the card must be in the package: `{}` is not", card.display())));
        }
        let folder = manifest.parent().unwrap_or(Path::new("/")).to_owned();
        let file = folder.join(card);
        refuse(&file)?;
        let package = Package { manifest, card: card.to_owned(), source: source.unwrap_or_else(Source::own) };
        Ok(Target { folder, file, form: write::Form::Rust, package: Some(package) })
    }

    /// Whether the card can say what is open.
    pub(super) fn has_comments(&self) -> bool {
        !matches!(self.form, write::Form::Json)
    }

    /// How messages call the card.
    pub(super) fn name(&self) -> String {
        change::shown(&self.file)
    }

    /// Where an interview for the card is kept.
    pub(super) fn draft(&self) -> PathBuf {
        match (&self.package, self.file.file_name()) {
            // Several cards may be in one folder.
            (None, Some(name)) => self.folder.join(format!(".{}{DRAFT}", name.to_string_lossy())),
            _ => self.folder.join(DRAFT),
        }
    }

    pub(super) fn offers(&self) -> Vec<Offer> {
        facts::offers(&self.folder)
    }

    pub(super) fn policy(&self) -> LoadedPolicy {
        match self.package {
            Some(_) => Policy::load(&self.folder),
            None => Policy::load_around(&self.folder),
        }
    }

    /// The files that are to be written for a card.
    pub(super) fn plan(&self, card: &Node<'_>, policy: &Policy) -> Result<Planned, Failure> {
        let mut remarks = write::Remarks::default();
        for path in interview::open(policy, card) {
            let sentence = Place::parse(&path).and_then(|place| place.field()).map(|field| field.sentence());
            remarks.add(&path, &format!("{path} is open: {}", sentence.unwrap_or_default()));
        }
        let version = Place::parse("model_details.version").and_then(|at| at.of(card)?.stated().map(str::to_owned));
        let is_own = |offer: &Offer| offer.from == "Cargo.toml" && Some(&offer.value) == version.as_ref();
        if self.package.is_some() && self.offers().iter().any(|offer| offer.path.ends_with("version") && is_own(offer))
        {
            remarks
                .add("model_details.version", "env!(\"CARGO_PKG_VERSION\") instead follows the version of the package");
        }
        let mut planned = Planned { changes: Vec::new(), by_hand: None, notes: Vec::new() };
        match &self.package {
            Some(package) => {
                let text = write::card(card, &remarks, self.form);
                planned.changes.push(Change::new(self.file.clone(), None, text));
                self.plan_package(package, &mut planned)?;
                planned.notes.push("`cargo build` checks the card and writes its report".to_owned());
            }
            None => {
                let (schema, change) = self.schema();
                let mut card = card.clone();
                set_schema(&mut card, &schema);
                let text = write::card(&card, &remarks, self.form);
                planned.changes.push(Change::new(self.file.clone(), None, text));
                planned.changes.extend(change);
                planned.notes.push(format!("`smcard check {}` checks the card", self.name()));
            }
        }
        Ok(planned)
    }

    fn plan_package(&self, package: &Package, planned: &mut Planned) -> Result<(), Failure> {
        let text = read_text(&package.manifest)?;
        let manifest = Manifest::read(&text)?;
        if !manifest.is_package() {
            return Err(Failure::new(format!(
                "`{}` is a workspace without a package",
                change::shown(&package.manifest)
            ))
            .help("run `smcard init` in the folder of the package, or name its manifest with `--manifest-path`"));
        }
        let script = manifest.build_script()?;
        let root = manifest::workspace_root(&self.folder).and_then(|root| fs::read_to_string(root).ok());
        if let Some(changed) = manifest.with_dependency(&package.source, root.as_deref())? {
            planned.changes.push(Change::new(package.manifest.clone(), Some(text), changed));
        }
        let card = build_script::path_from(&script, &package.card);
        let file = self.folder.join(&script);
        let before = match fs::read_to_string(&file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unreadable(&file, &error)),
        };
        let Some(before) = before else {
            planned.changes.push(Change::new(file, None, build_script::new(&card)));
            return Ok(());
        };
        match build_script::merge(&before, &card) {
            Merged::Text(text) => {
                if !before.contains("rerun-if-") {
                    planned.notes.push(format!(
                        "cargo no longer runs {} after every change: print `cargo::rerun-if-changed=…` for each file \
                         that it reads",
                        change::shown(&file)
                    ));
                }
                planned.changes.push(Change::new(file, Some(before), text));
            }
            Merged::Done => {}
            Merged::ByHand { why, lines } => {
                planned.by_hand =
                    Some(format!("{} is left as it is, since {why}\nadd to it:\n\n{lines}", change::shown(&file)));
            }
        }
        Ok(())
    }

    /// The schema by which editors complete the card: one that is here or above, or one that is written.
    fn schema(&self) -> (String, Option<Change>) {
        for (up, folder) in self.folder.ancestors().enumerate() {
            for name in [SCHEMA_NAME, SCHEMA] {
                if folder.join(name).is_file() {
                    return (format!("{}{name}", "../".repeat(up)), None);
                }
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        (SCHEMA.to_owned(), Some(Change::new(self.folder.join(SCHEMA), None, schema::text())))
    }
}

/// Files that are to be written, and what there is to say about them.
pub(super) struct Planned {
    changes: Vec<Change>,
    /// What somebody has to do by hand.
    by_hand: Option<String>,
    notes: Vec<String>,
}

impl Planned {
    pub(super) fn show(&self, colours: bool) {
        for change in &self.changes {
            // The schema is long, and the same for everybody.
            if change.name().ends_with(SCHEMA_NAME) {
                eprintln!("and {}: the JSON Schema of a card, as `smcard schema` prints it", change.name());
            } else {
                eprintln!("{}", change.diff(colours));
            }
        }
    }

    pub(super) fn files(&self) -> usize {
        self.changes.len()
    }

    pub(super) fn write(&self) -> Result<(), Failure> {
        change::write(&self.changes)
    }

    /// Tells what is left to do; gives whether all that `init` has to do is done.
    pub(super) fn tell_the_rest(&self) -> bool {
        for note in &self.notes {
            eprintln!("note: {note}");
        }
        if let Some(by_hand) = &self.by_hand {
            eprintln!("warning: {}", by_hand.trim_end());
        }
        self.by_hand.is_none()
    }
}

/// A card that says nothing.
pub(super) fn empty() -> Node<'static> {
    node(Value::Block(Vec::new()))
}

/// A card that is to be taken over; or how the command ends, once it is told why the file holds none.
pub(super) fn read(file: &Path, policy: &Policy) -> Result<Result<Node<'static>, Outcome>, Failure> {
    let text = CardText::read(file).ok();
    let card = text.as_ref().and_then(CardText::tree).map(|card| {
        let mut card = card.to_static();
        // Where the schema is depends on where the card is.
        if let Value::Block(entries) = &mut card.value {
            entries.retain(|entry| !entry.key.starts_with('$'));
        }
        card
    });
    let shape = |finding: &Finding| !finding.rule.adjustable;
    match card {
        Some(card) if !SecurityCard::check_tree(&card, policy, None::<Day>).iter().any(shape) => Ok(Ok(card)),
        // The default rules may take what no card is begun with.
        _ => {
            Ok(Err(check::files(vec![file.to_owned()])
                .map(|status| if status == Status::Good { Status::Bad } else { status })))
        }
    }
}

fn set_schema(card: &mut Node<'_>, schema: &str) {
    if let Value::Block(entries) = &mut card.value {
        let entry = smcard_core::tree::Entry {
            key: "$schema".into(),
            at: 0,
            node: Node { at: 0, value: Value::Text(Text::Stated(schema.to_owned().into())) },
        };
        entries.insert(0, entry);
    }
}

fn refuse(file: &Path) -> Result<(), Failure> {
    // A link that leads nowhere is something, too.
    if fs::symlink_metadata(file).is_ok() { Err(change::exists(file)) } else { Ok(()) }
}

/// The next manifest from here upward.
fn nearest() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join("Cargo.toml")).find(|file| file.is_file())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The largest file that is read.
const LARGEST: u64 = smcard_core::MAX_BYTES as u64;

fn read_text(file: &Path) -> Result<String, Failure> {
    let about = fs::metadata(file).map_err(|error| unreadable(file, &error))?;
    if !about.is_file() || about.len() > LARGEST {
        return Err(Failure::new(format!("`{}` is no file that can be read", visible(&file.display().to_string()))));
    }
    fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(file: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("`{}` cannot be read: {error}", visible(&file.display().to_string())))
}
