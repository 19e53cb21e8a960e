//! `[[exception]]`: what is let pass, by whom and until when.

use crate::card::SecurityCard;
use crate::date;
use crate::exception::Exception;
use crate::excerpt::shown;
use crate::finding::Problem;
use crate::policy_file::document::Spanned;
use crate::policy_file::section::Section;
use crate::rule::{Level, Rule};
use crate::rules::{self, INVALID_POLICY, UNKNOWN_POLICY_KEY};
use crate::schema::Kind;
use crate::suggest::{listed, nearest};

/// What every exception states.
const KEYS: &[&str] = &["rule", "path", "reason", "approved_by", "expires"];

pub(super) fn exception(mut section: Section<'_>) -> Option<Exception> {
    let package = section.text("package").map(|package| package.value);
    let [rule, path, reason, approved_by, expires] = KEYS else { return None };
    let (rule, path) = (section.text(rule), section.text(path));
    let (reason, approved_by, expires) = (section.text(reason), section.text(approved_by), section.text(expires));
    let (mut missing, mut lines) = (Vec::new(), String::new());
    for key in KEYS {
        if !section.holds(key) {
            missing.push(*key);
            lines += &format!("\n{key} = \"…\"");
        }
    }
    if !missing.is_empty() {
        section.report(INVALID_POLICY, &|| {
            Problem::new(format!("`[[exception]]` has no {}", listed(missing.iter().copied())))
                .help(format!("write{lines}"))
        });
    }
    let place = section.place();
    let reason = reason.filter(|words| says_something(&section, words));
    let approved_by = approved_by.filter(|words| says_something(&section, words));
    let rule = rule.and_then(|code| rule_of(&section, &code));
    let path = path.filter(|path| leads_somewhere(&section, path));
    let expires = expires.filter(|day| is_day(&section, day));
    section.finish();
    Some(Exception {
        package,
        rule: rule?,
        path: path?.value,
        reason: reason?.value,
        approved_by: approved_by?.value,
        expires: expires?.value,
        file: place.file.name.clone(),
        line: place.line,
        span: place.span,
    })
}

fn says_something(section: &Section<'_>, words: &Spanned<String>) -> bool {
    let says = !words.value.trim().is_empty();
    if !says {
        section.source().report(INVALID_POLICY, words.span.clone(), &|| {
            Problem::new("an exception needs an approver and a reason, found an empty string")
        });
    }
    says
}

fn is_day(section: &Section<'_>, day: &Spanned<String>) -> bool {
    let is_day = date::is_day(&day.value);
    if !is_day {
        section.source().report(INVALID_POLICY, day.span.clone(), &|| {
            Problem::new(format!("`{}` is not a day that exists", shown(&day.value)))
                .help("write the last day on which the exception applies, as `YYYY-MM-DD`")
        });
    }
    is_day
}

/// The rule of a code, if an exception from it can be made.
fn rule_of(section: &Section<'_>, code: &Spanned<String>) -> Option<&'static Rule> {
    let source = section.source();
    let Some(rule) = rules::named(&code.value) else {
        source.report(UNKNOWN_POLICY_KEY, code.span.clone(), &|| {
            let problem = Problem::new(format!("unknown rule `{}`", shown(&code.value)));
            match nearest(&code.value, rules::all().map(|rule| rule.code)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("write the code of a rule: every finding ends with one"),
            }
        });
        return None;
    };
    if !rule.adjustable || rules::least_level(rule) > Level::Allow {
        source.report(INVALID_POLICY, code.span.clone(), &|| {
            Problem::new(format!("no exception can be made to `{}`", rule.code)).note(rule.explanation)
        });
        return None;
    }
    Some(rule)
}

/// What is wrong with a path of a card.
enum Wrong {
    Unknown,
    /// The list that stands here needs one of its items named.
    ManyItems(String),
}

fn leads_somewhere(section: &Section<'_>, path: &Spanned<String>) -> bool {
    let wrong = follow(&path.value).err();
    if let Some(wrong) = &wrong {
        section.source().report(UNKNOWN_POLICY_KEY, path.span.clone(), &|| {
            let problem = Problem::new(format!("a card has no value at `{}`", shown(&path.value)));
            match wrong {
                Wrong::ManyItems(list) => problem.help(format!("name the item: `{}[its-id]`, or by number", shown(list))),
                Wrong::Unknown => match meant(&path.value) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(
                        "write the full path, such as `model_details.license` or `security_considerations.threats[its-id]`",
                    ),
                },
            }
        });
    }
    wrong.is_none()
}

fn meant(path: &str) -> Option<String> {
    let plain = path.split('[').next().unwrap_or_default();
    nearest(plain, super::paths()).filter(|near| *near != path).map(str::to_owned)
}

/// Goes the way of a path through the schema.
fn follow(path: &str) -> Result<(), Wrong> {
    let (mut kind, mut rest) = (Kind::Block(SecurityCard::SCHEMA), path);
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        kind = match kind {
            Kind::Block(block) => block.field(name).ok_or(Wrong::Unknown)?.kind,
            Kind::Extensions if !name.is_empty() => Kind::Extensions,
            _ => return Err(Wrong::Unknown),
        };
        rest = behind;
        while let Some(item) = rest.strip_prefix('[') {
            let (id, behind) = item.split_once(']').filter(|(id, _)| !id.is_empty()).ok_or(Wrong::Unknown)?;
            kind = match kind {
                Kind::List(of) if !id.contains('[') => *of,
                Kind::Extensions if id.bytes().all(|byte| byte.is_ascii_digit()) => kind,
                _ => return Err(Wrong::Unknown),
            };
            rest = behind;
        }
        match (rest.strip_prefix('.'), kind) {
            (None, _) => return if rest.is_empty() { Ok(()) } else { Err(Wrong::Unknown) },
            (Some(_), Kind::List(_)) => {
                let list = path.get(..path.len() - rest.len()).unwrap_or_default();
                return Err(Wrong::ManyItems(list.to_owned()));
            }
            (Some(behind), _) => rest = behind,
        }
    }
}
