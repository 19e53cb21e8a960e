//! The form family: dates, URLs, contacts, licences and numbers that mean what they seem to.

use crate::date;
use crate::excerpt::draw;
use crate::finding::Problem;
use crate::license;
use crate::rule::{Level, Rule};
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::schema::Form;
use crate::tree::{Node, Value};

mod contact;
mod url;

pub(super) const CHECKS: &[&Check] =
    &[&INVALID_NUMBER, &INVALID_DATE, &INVALID_URL, &INVALID_CONTACT, &INVALID_LICENSE];

static INVALID_NUMBER: Check = Check {
    rule: Rule {
        code: "invalid-number",
        summary: "A number is finite, a whole number is exact, and an interval is two numbers in order.",
        explanation: "JSON has no NaN and no infinity, and most readers hold a number in 64 \
                      bits of floating point, which is exact for whole numbers below 2^53. \
                      Write a longer identifier as a text.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Value(invalid_number),
};

static INVALID_DATE: Check = Check {
    rule: Rule {
        code: "invalid-date",
        summary: "A date exists in the calendar and is written `YYYY-MM-DD`.",
        explanation: "Rules about age and expiry compare dates, and a reader should not have \
                      to guess which number is the month (RFC 3339, full-date).",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(Form::Date, invalid_date),
};

static INVALID_URL: Check = Check {
    rule: Rule {
        code: "invalid-url",
        summary: "A URL is absolute, and its scheme is one that readers can follow.",
        explanation: "Reports link to it (RFC 3986). The schemes are `https:`, `http:`, \
                      `doi:`, `arXiv:`, `urn:`, `hf:`, `s3:`, `gs:`, `oci:`, `git+https:` and \
                      `git+ssh:`; a bare DOI is accepted too. Spaces and other reserved \
                      characters must be escaped.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(Form::Url, invalid_url),
};

static INVALID_CONTACT: Check = Check {
    rule: Rule {
        code: "invalid-contact",
        summary: "A contact is an email address, a telephone number or a web page.",
        explanation: "Anyone who finds a weakness in the model must be able to reach somebody. \
                      Other formats carry a contact as an address, so a bare name would be \
                      lost there.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(Form::Contact, invalid_contact),
};

static INVALID_LICENSE: Check = Check {
    rule: Rule {
        code: "invalid-license",
        summary: "A licence is an SPDX expression, or the full name of an SPDX licence, word for word.",
        explanation: "Licence reviews are done by programs that know SPDX ids (SPDX 2.3, annex \
                      D). A licence that SPDX does not list is written `LicenseRef-` followed \
                      by an id of your own.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(Form::License, invalid_license),
};

fn invalid_number(site: &Site<'_>, tell: &mut Tell<'_>) {
    match &site.node.value {
        Value::List(bounds) if site.form() == Form::Interval && !is_interval(bounds) => tell.here(site, &|| {
            Problem::new(format!("{} is not an interval", site.label()))
                .help("write the lower bound, then the upper one: `[0.91, 0.95]`")
        }),
        Value::Number(number) if !number.is_finite() => tell.here(site, &|| {
            Problem::new(format!("{} is not a finite number", site.label())).help("write a number below 1.8e308")
        }),
        Value::Number(number) if !is_exact(*number) => tell.here(site, &|| {
            let label = site.label();
            Problem::new(format!("{label} is {number}, too large to be exact in 64-bit floating point"))
                .help("write it as a text, in quotes")
        }),
        _ => {}
    }
}

/// Whether a number means what it seems to: it is finite and, if it is whole, exact.
pub(super) fn is_exact(number: f64) -> bool {
    number.is_finite() && (number.abs() < 2f64.powi(53) || number.fract() != 0.0)
}

fn is_interval(bounds: &[Node<'_>]) -> bool {
    match bounds {
        [low, high] => low.number().zip(high.number()).is_none_or(|(low, high)| low <= high),
        _ => false,
    }
}

fn invalid_date(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(text) = site.stated() else { return };
    let Err(wrong) = date::check(text) else { return };
    tell.here(site, &|| {
        let label = site.label();
        match &wrong {
            date::Wrong::Form => Problem::new(format!("{label} is not a date"))
                .help("write the day as `YYYY-MM-DD`, such as `2026-02-28`"),
            date::Wrong::Month(month) => Problem::new(format!("{label} has month {month}; a year has 12"))
                .help("write the day as `YYYY-MM-DD`: the month is in the middle"),
            date::Wrong::Day { day, last } => {
                Problem::new(format!("{label} has day {day}; that month has {last}")).help("write a day that exists")
            }
        }
        .excerpt(draw(text, 0..text.len(), None))
    });
}

fn invalid_url(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(text) = site.stated() else { return };
    let Err(wrong) = url::check(text) else { return };
    tell.here(site, &|| {
        Problem::new(format!("{} is not a URL: {}", site.label(), wrong.why))
            .excerpt(draw(text, wrong.range.clone(), None))
            .help(wrong.help.clone())
    });
}

fn invalid_contact(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(text) = site.stated() else { return };
    if contact::is_contact(text) {
        return;
    }
    tell.here(site, &|| {
        Problem::new(format!("{} is not an email address, a telephone number or a web page", site.label()))
            .excerpt(draw(text, 0..text.len(), None))
            .help("write an address that somebody reads, such as `ml-security@example.com`")
    });
}

fn invalid_license(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(text) = site.stated() else { return };
    let Err(wrong) = license::parse(text) else { return };
    tell.here(site, &|| {
        let problem = Problem::new(format!("{} is not an SPDX licence: {}", site.label(), wrong.why)).excerpt(draw(
            text,
            wrong.range.clone(),
            None,
        ));
        problem.help(wrong.help(text))
    });
}
