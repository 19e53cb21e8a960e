//! From the text of a policy to what it asks.

use crate::card::{AiClass, Objective, Risk, SecurityCard, Stage};
use crate::finding::{Finding, Findings, Position, Problem};
use crate::license;
use crate::policy::{Allowed, DeclaredExtension, Demand, Fields, Limit, Limits, OfStage, Policy};
use crate::policy_file::section::{Section, Source, Spanned};
use crate::rule::Level;
use crate::rules::{self, INVALID_POLICY, UNKNOWN_POLICY_KEY};
use crate::schema::Choice;
use crate::suggest::{listed, nearest};

/// The largest policy file, in bytes.
const LARGEST: usize = 1024 * 1024;

/// Reads a policy: as much of it as can be understood, what is wrong with the rest, and whether
/// it was TOML at all.
pub(super) fn read(bytes: &[u8], file: &str) -> (Policy, Findings, bool) {
    let unreadable = |problem, position| {
        let finding = Finding { file: Some(file.to_owned()), position, ..Finding::new(INVALID_POLICY, "", 0, problem) };
        (Policy::default(), Findings::from_iter([finding]), false)
    };
    if bytes.len() > LARGEST {
        let problem =
            Problem::new(format!("the policy has {} bytes, more than the {LARGEST} of a policy", bytes.len()));
        return unreadable(problem, None);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let problem = Problem::new("the policy is not UTF-8").help("save it as UTF-8");
            return unreadable(problem, Some(Position::of(&before, before.len())));
        }
    };
    let source = Source::new(text, file);
    let table = match toml::de::DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            source.report(
                INVALID_POLICY,
                error.span().unwrap_or(0..0),
                Problem::new(format!("not TOML: {}", error.message())),
            );
            return (Policy::default(), source.into_findings(), false);
        }
    };
    let mut root = Section::new(table.get_ref(), &source);
    let policy = Policy {
        file: file.to_owned(),
        everywhere: Fields {
            require: root.section("require").map(|section| section.only("fields", demands)).unwrap_or_default(),
            optional: root.section("optional").map(|section| section.only("fields", optional)).unwrap_or_default(),
        },
        stages: root.section("stage").map(stages).unwrap_or_default(),
        risk: root.section("risk").map(risk).unwrap_or_default(),
        coverage: root.section("coverage").map(coverage).unwrap_or_default(),
        licenses: root.section("license").and_then(|section| section.only("allow", licenses)),
        extensions: root.sections("extension").into_iter().filter_map(extension).collect(),
        taxonomy: root.section("taxonomy").map(taxonomy).unwrap_or_default(),
        levels: root.section("level").map(levels).unwrap_or_default(),
    };
    root.finish();
    (policy, source.into_findings(), true)
}

/// The paths of fields in a list, those that the schema knows.
fn fields(section: &mut Section<'_>, key: &'static str) -> Vec<Spanned<String>> {
    let mut paths = section.texts(key);
    paths.retain(|path| {
        let known = SecurityCard::SCHEMA.at(&path.value).is_some();
        if !known {
            let problem = Problem::new(format!("a card has no field `{}`", path.value));
            let all = SecurityCard::SCHEMA.paths();
            let problem = match nearest(&path.value, all.iter().map(String::as_str)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None if path.value.starts_with("extensions.") => {
                    problem.help("declare a field of your own with `[[extension]]`, `path` and `required = true`")
                }
                None => problem.help("write a section, or a section and a field: `model_details.name`"),
            };
            section.source().report(UNKNOWN_POLICY_KEY, path.span.clone(), problem);
        }
        known
    });
    paths
}

fn demands(section: &mut Section<'_>, key: &'static str) -> Vec<Demand> {
    let paths = fields(section, key);
    paths.into_iter().map(|path| Demand { line: section.source().line(&path.span), path: path.value }).collect()
}

fn optional(section: &mut Section<'_>, key: &'static str) -> Vec<String> {
    fields(section, key).into_iter().map(|path| path.value).collect()
}

fn stages(mut section: Section<'_>) -> Vec<(Stage, OfStage)> {
    let mut stages = Vec::new();
    for variant in Stage::SCHEMA.variants {
        let found = section.section(&variant.key());
        if let (Some(mut inner), Some(stage)) = (found, Stage::from_name(variant.name)) {
            let fields = Fields { require: demands(&mut inner, "require"), optional: optional(&mut inner, "optional") };
            let risk = limits(&mut inner);
            inner.finish();
            stages.push((stage, OfStage { fields, risk }));
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
        Some(Limit { value, line: section.source().line(&word.span) })
    };
    Limits { residual: limit("max_residual"), open: limit("max_open") }
}

fn coverage(mut section: Section<'_>) -> Vec<(AiClass, Vec<Objective>)> {
    let mut coverage = Vec::new();
    for variant in AiClass::SCHEMA.variants {
        let name = variant.key();
        if let (true, Some(class)) = (section.holds(&name), AiClass::from_name(variant.name)) {
            let words = section.texts(&name);
            let chosen = |word| chosen(&section, word, Objective::SCHEMA).and_then(Objective::from_name);
            coverage.push((class, words.iter().filter_map(chosen).collect()));
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
        let names: Vec<String> = choice.variants.iter().map(|variant| variant.key()).collect();
        let problem = Problem::new(format!(
            "`{}` is none of the words that can stand here",
            crate::characters::escape(&word.value)
        ));
        let problem = match nearest(&word.value, names.iter().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("write one of {}", listed(names.iter().map(String::as_str)))),
        };
        section.source().report(INVALID_POLICY, word.span.clone(), problem);
    }
    found.map(|variant| variant.name)
}

fn taxonomy(mut section: Section<'_>) -> Vec<(String, String)> {
    let extras = section.sections("extra").into_iter().filter_map(|mut extra| {
        let (id, name) = (extra.text("id"), extra.text("name"));
        if let Some(missing) = ["id", "name"].into_iter().find(|key| !extra.holds(key)) {
            let problem = Problem::new(format!("`[[taxonomy.extra]]` has no `{missing}`"));
            extra.report(INVALID_POLICY, problem.help(format!("write `{missing} = \"…\"`")));
        }
        extra.finish();
        Some((id?.value, name?.value))
    });
    let extras = extras.collect();
    section.finish();
    extras
}

fn licenses(section: &mut Section<'_>, key: &'static str) -> Option<Allowed> {
    // Asked for in any case: a key that is asked for is a key that is known.
    let given = section.texts(key);
    let line = section.line_of(key)?;
    let (mut names, count) = (Vec::new(), given.len());
    for name in given {
        let license = license::parse(&name.value);
        let terms: Vec<String> = license
            .iter()
            .flat_map(|license| license.expression.requirements())
            .map(|term| term.req.to_string())
            .collect();
        match <[String; 1]>::try_from(terms) {
            Ok([term]) => names.push(term),
            Err(_) => {
                let problem = Problem::new(format!("`{}` is not one SPDX licence", name.value));
                let problem = match license.err() {
                    Some(wrong) => problem.help(wrong.help),
                    None => {
                        problem.help("list each licence by itself: an SPDX id, or `LicenseRef-` and an id of your own")
                    }
                };
                section.source().report(INVALID_POLICY, name.span, problem);
            }
        }
    }
    if count == 0 && section.is_list(key) {
        let problem = Problem::new("`allow` allows no licence at all").help("list a licence, or leave `[license]` out");
        section.report(INVALID_POLICY, problem);
    }
    // A list that is wrong has its finding; no card is measured by the rest of it.
    (count > 0 && names.len() == count).then_some(Allowed { names, line })
}

fn extension(mut section: Section<'_>) -> Option<DeclaredExtension> {
    let path = section.text("path");
    let required = section.flag("required").unwrap_or(false);
    let doc = section.text("doc").map(|doc| doc.value).unwrap_or_default();
    if path.is_none() && !section.holds("path") {
        let problem = Problem::new("`[[extension]]` has no `path`").help("write `path = \"your_namespace.key\"`");
        section.report(INVALID_POLICY, problem);
    }
    let source = section.finish();
    let path = path?;
    let plain = |segment: &str| {
        !segment.is_empty() && segment.chars().all(|char| char.is_ascii_alphanumeric() || char == '_' || char == '-')
    };
    if !path.value.contains('.') || !path.value.split('.').all(plain) {
        let problem = Problem::new(format!("`{}` is no path of an extension", path.value))
            .help("write a namespace, a dot and a key, of letters, digits, `_` and `-`: `acme.data_residency`");
        source.report(INVALID_POLICY, path.span, problem);
        return None;
    }
    Some(DeclaredExtension { line: source.line(&path.span), path: path.value, required, doc })
}

fn levels(mut section: Section<'_>) -> Vec<(&'static str, Level)> {
    let mut levels = Vec::new();
    for rule in rules::all() {
        let Some(name) = section.text(rule.code) else { continue };
        let known = Level::NAMES.iter().find(|(known, _)| *known == name.value);
        let problem = match known {
            Some((_, level)) if rule.adjustable => {
                levels.push((rule.code, *level));
                continue;
            }
            Some(_) => Problem::new(format!("the level of `{}` cannot be set", rule.code)).note(rule.explanation),
            None => Problem::new(format!("`{}` is no level", name.value))
                .help(format!("write one of {}", listed(Level::NAMES.iter().map(|(name, _)| *name)))),
        };
        section.source().report(INVALID_POLICY, name.span, problem);
    }
    section.finish();
    levels
}
