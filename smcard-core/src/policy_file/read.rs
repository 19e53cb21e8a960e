//! From the text of one file to what it says, by itself.

use std::sync::LazyLock;

use crate::card::{AiClass, Objective, Risk, SecurityCard, Stage};
use crate::exception::Exception;
use crate::excerpt::shown;
use crate::finding::{Finding, Findings, Position, Problem};
use crate::license;
use crate::names::Names;
use crate::policy::{
    Allowed, AskedFormat, Coverage, DeclaredExtension, Demand, Extra, Extras, Fields, Limit, Limits, MaxAge, OfStage,
    Policy, PolicyFile, SetLevel,
};
use crate::policy_file::document::{Broken, Spanned, Table};
use crate::policy_file::section::{Section, Source, unknown_word};
use crate::policy_file::size::{self, LARGEST};
use crate::rule::Level;
use crate::rules::{self, INVALID_POLICY, UNKNOWN_POLICY_KEY};
use crate::schema::{Choice, Field, Form};
use crate::suggest::nearest;

mod delegation;
mod evidence;
mod exceptions;

/// What one file says.
pub(super) struct Said<'t> {
    /// As much as could be understood, exceptions apart.
    pub(super) policy: Policy,
    pub(super) exceptions: Vec<Exception>,
    /// The text, with what is wrong in it.
    pub(super) source: Source<'t>,
}

/// Reads a file: what it says, or why it cannot be read at all.
pub(super) fn read<'t>(bytes: &'t [u8], name: &str) -> Result<Said<'t>, Findings> {
    let file = PolicyFile { name: name.to_owned(), delegated: Vec::new() };
    let source = Source::new(text(bytes, name)?, file);
    if let Some(span) = size::too_dense(source.text()) {
        source.report(INVALID_POLICY, span, &|| size::dense(source.text().len()));
        return Err(source.into_findings());
    }
    let table = match Table::parse(source.text()) {
        Ok(table) => table,
        Err(Broken { message, span }) => {
            source.report(INVALID_POLICY, span, &|| Problem::new(format!("not TOML: {message}")));
            return Err(source.into_findings());
        }
    };
    let delegated = delegation::words(&table);
    let source = source.delegating(delegated);
    let (policy, exceptions) = {
        let mut root = Section::new(&table, &source);
        if let Some(section) = root.section("policy") {
            delegation::check(section);
        }
        let everywhere = everywhere(&mut root);
        let policy = Policy {
            files: vec![source.file().clone()],
            everywhere,
            stages: root.section("stage").map(stages).unwrap_or_default(),
            risk: root.section("risk").map(risk).unwrap_or_default(),
            coverage: root.section("coverage").map(coverage).unwrap_or_default(),
            licenses: root.section("license").and_then(licenses),
            extensions: extensions(&mut root),
            taxonomy: root.section("taxonomy").map(taxonomy).unwrap_or_default(),
            levels: root.section("level").map(levels).unwrap_or_default(),
            max_age: root.section("review").and_then(max_age),
            formats: root.section("emit").map(formats).unwrap_or_default(),
            files_asked: root.section("files").map(evidence::files).unwrap_or_default(),
            tests_asked: root.section("evidence").map(evidence::tests).unwrap_or_default(),
            exceptions: Default::default(),
            assumed_stage: None,
        };
        let mut exceptions = Vec::new();
        for section in root.sections("exception") {
            if let Some(exception) = exceptions::exception(section) {
                exceptions.push(exception);
            }
        }
        root.finish();
        (policy, exceptions)
    };
    Ok(Said { policy, exceptions, source })
}

/// The text of a file that is neither too large nor of another encoding.
fn text<'t>(bytes: &'t [u8], name: &str) -> Result<&'t str, Findings> {
    let refused = |problem, position| {
        let finding = Finding { file: Some(name.to_owned()), position, ..Finding::new(INVALID_POLICY, "", 0, problem) };
        Findings::from_iter([finding])
    };
    if bytes.len() > LARGEST {
        return Err(refused(size::too_large(bytes.len() as u64), None));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
        let problem = Problem::new("the policy is not UTF-8").help("save it as UTF-8");
        refused(problem, Some(Position::of(&before, before.len())))
    })
}

fn everywhere(root: &mut Section<'_>) -> Fields {
    let mut fields = Fields::default();
    if let Some(mut section) = root.section("require") {
        fields.require = demands(&mut section, "fields");
        fields.answered = demands(&mut section, "answered");
        fields.days = days(&mut section);
        section.finish();
    }
    if let Some(mut section) = root.section("optional") {
        fields.optional = demands(&mut section, "fields");
        section.finish();
    }
    fields
}

/// More formats than anybody will ever write: each one is compared with the others, and told of if it is unknown.
const MOST_FORMATS: usize = 64;

/// The formats of a list, each once. Whether there is such a format, only what writes them knows.
fn formats(mut section: Section<'_>) -> Vec<AskedFormat> {
    let mut formats: Vec<AskedFormat> = Vec::new();
    for Spanned { value, span } in section.texts("formats") {
        if formats.len() == MOST_FORMATS {
            section.source().report(INVALID_POLICY, span, &|| {
                Problem::new(format!("`emit.formats` has more than {MOST_FORMATS} formats"))
                    .help("`smcard export --help` lists those that there are")
            });
            break;
        }
        if !formats.iter().any(|known| known.name == value) {
            formats.push(AskedFormat { name: value, place: section.source().place(&span) });
        }
    }
    section.finish();
    formats
}

/// The paths of fields in a list, those that the schema knows, each once.
fn demands(section: &mut Section<'_>, key: &'static str) -> Vec<Demand> {
    let texts = section.texts(key);
    let mut seen = Names::default();
    let mut demands = Vec::new();
    for path in &texts {
        if SecurityCard::SCHEMA.at(&path.value).is_none() {
            section.source().report(UNKNOWN_POLICY_KEY, path.span.clone(), &|| unknown_field(&path.value));
        } else if seen.add(&path.value) {
            demands.push(Demand { place: section.source().place(&path.span), path: path.value.clone() });
        }
    }
    demands
}

/// The paths of `days`, each of a date or of a block that holds one.
fn days(section: &mut Section<'_>) -> Vec<Demand> {
    let mut days = demands(section, "days");
    days.retain(|demand| {
        let holds = SecurityCard::SCHEMA.at(&demand.path).is_some_and(holds_date);
        if !holds {
            section.source().report(INVALID_POLICY, demand.place.span.clone(), &|| {
                Problem::new(format!("`{}` holds no date that may be a month or a year", demand.path))
                    .help("write the path of a date: `model_details.date`")
            });
        }
        holds
    });
    days
}

fn holds_date(field: &Field) -> bool {
    field.form == Form::Date || field.kind.block().is_some_and(|block| block.fields.iter().any(holds_date))
}

/// The paths of all fields. A hundred misspelt ones ask for them.
fn paths() -> impl Iterator<Item = &'static str> {
    static ALL: LazyLock<Vec<String>> = LazyLock::new(|| SecurityCard::SCHEMA.all_paths());
    ALL.iter().map(String::as_str)
}

fn unknown_field(path: &str) -> Problem {
    let problem = Problem::new(format!("a card has no field `{}`", shown(path)));
    match nearest(path, paths()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if path.starts_with("extensions.") => {
            problem.help("declare a field of your own with `[[extension]]`, `path` and `required = true`")
        }
        None if path.contains('[') => problem.help(
            "remove the brackets: a policy applies to every item of a list, as in `security_considerations.threats.owner`",
        ),
        None => problem.help("write a section, or a section and a field: `model_details.name`"),
    }
}

fn stages(mut section: Section<'_>) -> Vec<OfStage> {
    let mut stages = Vec::new();
    for variant in Stage::SCHEMA.variants {
        let found = section.section(&variant.key());
        if let (Some(mut inner), Some(stage)) = (found, Stage::from_name(variant.name)) {
            let fields = Fields {
                require: demands(&mut inner, "require"),
                optional: demands(&mut inner, "optional"),
                answered: demands(&mut inner, "answered"),
                days: days(&mut inner),
            };
            let risk = limits(&mut inner);
            inner.finish();
            stages.push(OfStage { stage, fields, risk });
        }
    }
    section.finish();
    stages
}

fn risk(mut section: Section<'_>) -> Limits {
    let risk = limits(&mut section);
    section.finish();
    risk
}

fn limits(section: &mut Section<'_>) -> Limits {
    let mut limit = |name| {
        let word = section.text(name)?;
        let value = chosen(section, &word, Risk::SCHEMA).and_then(Risk::from_name)?;
        Some(Limit { value, place: section.source().place(&word.span) })
    };
    Limits { residual: limit("max_residual"), open: limit("max_open") }
}

fn max_age(mut section: Section<'_>) -> Option<MaxAge> {
    const KEY: &str = "max_age_days";
    let (days, place) = (section.days(KEY), section.place_of(KEY));
    section.finish();
    Some(MaxAge { days: days?, place: place? })
}

fn coverage(mut section: Section<'_>) -> Vec<Coverage> {
    let mut coverage = Vec::new();
    for variant in AiClass::SCHEMA.variants {
        let name = variant.key();
        if let (Some(place), Some(class)) = (section.place_of(&name), AiClass::from_name(variant.name)) {
            let words = section.texts(&name);
            let mut objectives: Vec<Objective> = Vec::new();
            for word in &words {
                match chosen(&section, word, Objective::SCHEMA).and_then(Objective::from_name) {
                    Some(objective) if !objectives.contains(&objective) => objectives.push(objective),
                    _ => {}
                }
            }
            coverage.push(Coverage { class, objectives, place });
        }
        section.knows(&name);
    }
    section.finish();
    coverage
}

/// The variant that a word of the policy names, which it spells in lower case.
fn chosen(section: &Section<'_>, word: &Spanned<String>, choice: &'static Choice) -> Option<&'static str> {
    let found = choice.variants.iter().find(|variant| variant.key() == word.value);
    if found.is_none() {
        section.source().report(INVALID_POLICY, word.span.clone(), &|| {
            let mut names = Vec::new();
            for variant in choice.variants {
                names.push(variant.key());
            }
            unknown_word(&word.value, &names)
        });
    }
    found.map(|variant| variant.name)
}

fn taxonomy(mut section: Section<'_>) -> Extras {
    let mut extras = Extras::default();
    for mut extra in section.sections("extra") {
        let (id, name) = (extra.text("id"), extra.text("name"));
        if let Some(missing) = ["id", "name"].into_iter().find(|key| !extra.holds(key)) {
            extra.report(INVALID_POLICY, &|| {
                Problem::new(format!("`[[taxonomy.extra]]` has no `{missing}`"))
                    .help(format!("write `{missing} = \"…\"`"))
            });
        }
        let source = extra.finish();
        if let (Some(id), Some(name)) = (id, name) {
            let place = source.place(&id.span);
            // Of two names for an id the first one counts.
            if extras.get(&id.value).is_none() {
                extras.set(Extra { id: id.value, name: name.value, place });
            }
        }
    }
    section.finish();
    extras
}

/// Of how many wrong licences it is said what was meant.
const EXPLAINED: usize = 5;

fn licenses(mut section: Section<'_>) -> Option<Allowed> {
    const KEY: &str = "allow";
    let (place, is_list) = (section.place_of(KEY), section.is_list(KEY));
    let given = section.texts(KEY);
    let (mut names, count) = (Vec::new(), given.len());
    let mut wrong = 0;
    for name in given {
        let license = license::parse(&name.value);
        let terms = license.as_ref().map_or(Vec::new(), |license| license.terms());
        match terms.as_slice() {
            [term] => names.push((*term).to_owned()),
            _ => {
                wrong += 1;
                section.source().report(INVALID_POLICY, name.span, &|| {
                    let problem = Problem::new(format!("`{}` is not a single SPDX licence", shown(&name.value)));
                    match &license {
                        // What was meant is looked for in the whole list of SPDX.
                        Err(error) if wrong <= EXPLAINED => problem.help(error.help(&name.value)),
                        _ => problem
                            .help("list each licence separately: an SPDX id, or `LicenseRef-` and an id of your own"),
                    }
                });
            }
        }
    }
    if count == 0 && is_list {
        section
            .report(INVALID_POLICY, &|| Problem::new("`allow` is empty").help("list a licence, or remove `[license]`"));
    }
    section.finish();
    // A list that is wrong has its finding; no card is measured by the rest of it.
    let whole = count > 0 && names.len() == count;
    place.filter(|_| whole).map(|place| Allowed { names, place })
}

fn extensions(root: &mut Section<'_>) -> Vec<DeclaredExtension> {
    let mut at = Names::default();
    let mut extensions: Vec<DeclaredExtension> = Vec::new();
    for section in root.sections("extension") {
        let place = section.place();
        let Some(extension) = extension(section) else { continue };
        if let Some(first) = at.get(&extension.path).and_then(|index| extensions.get(index)) {
            let source = root.source();
            source.report(INVALID_POLICY, place.span, &|| {
                Problem::new(format!("`{}` is declared twice", shown(&extension.path)))
                    .help("keep one of the two")
                    .note(format!("the first is in line {}", first.place.line))
            });
            continue;
        }
        at.set(extension.path.clone().into(), extensions.len());
        extensions.push(extension);
    }
    extensions
}

fn extension(mut section: Section<'_>) -> Option<DeclaredExtension> {
    let path = section.text("path");
    let required = section.flag("required").unwrap_or(false);
    let doc = section.text("doc").map(|doc| doc.value).unwrap_or_default();
    if path.is_none() && !section.holds("path") {
        section.report(INVALID_POLICY, &|| {
            Problem::new("`[[extension]]` has no `path`").help("write `path = \"your_namespace.key\"`")
        });
    }
    let source = section.finish();
    let path = path?;
    let plain = |segment: &str| {
        let is_plain = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '-';
        (1..=64).contains(&segment.len()) && segment.chars().all(is_plain)
    };
    // A card holds no extension that stands deeper.
    if !(2..=30).contains(&path.value.split('.').count()) || !path.value.split('.').all(plain) {
        source.report(INVALID_POLICY, path.span, &|| {
            Problem::new(format!("`{}` is not the path of an extension", shown(&path.value)))
                .help("write a namespace, a dot and a key, made of letters, digits, `_` and `-`, such as `acme.data_residency`")
        });
        return None;
    }
    Some(DeclaredExtension { place: source.place(&path.span), path: path.value, required, doc })
}

fn levels(mut section: Section<'_>) -> Vec<SetLevel> {
    let mut levels = Vec::new();
    for rule in rules::all() {
        let Some(name) = section.text(rule.code) else { continue };
        let source = section.source();
        let known = Level::NAMES.iter().find(|(known, _)| *known == name.value);
        match known {
            Some(_) if !rule.adjustable => source.report(INVALID_POLICY, name.span, &|| {
                Problem::new(format!("the level of `{}` cannot be set", rule.code)).note(rule.explanation)
            }),
            Some((_, level)) if *level < rules::least_level(rule) => source.report(INVALID_POLICY, name.span, &|| {
                Problem::new(format!("the level of `{}` cannot be lower than `warning`", rule.code))
                    .note(rule.explanation)
            }),
            Some((_, level)) => {
                levels.push(SetLevel { code: rule.code, level: *level, place: source.place(&name.span) });
            }
            None => source.report(INVALID_POLICY, name.span, &|| {
                let mut names = Vec::new();
                for (name, _) in Level::NAMES {
                    names.push((*name).to_owned());
                }
                unknown_word(&name.value, &names)
            }),
        }
    }
    section.finish();
    levels
}
