//! The form family: dates, URLs, contacts, licences and numbers that mean what they seem to.

use crate::excerpt::draw;
use crate::finding::{Level, Problem};
use crate::license;
use crate::node::{Node, Value};
use crate::rules::{Check, Rule, Site};
use crate::schema::Form;

mod contact;
mod date;
mod url;

pub(super) const RULES: &[&Rule] = &[&INVALID_NUMBER, &INVALID_DATE, &INVALID_URL, &INVALID_CONTACT, &INVALID_LICENSE];

static INVALID_NUMBER: Rule = Rule {
    code: "invalid-number",
    summary: "A number is finite, a whole number is exact, and an interval is two numbers in order.",
    explanation: "JSON has no NaN and no infinity, and most readers hold a number in 64 bits of \
                  floating point, which is exact for whole numbers below 2^53. Write a longer \
                  identifier as a text.",
    level: Level::Error,
    adjustable: false,
    check: Check::Value(invalid_number),
};

static INVALID_DATE: Rule = Rule {
    code: "invalid-date",
    summary: "A date is a day of the calendar, written `YYYY-MM-DD`.",
    explanation: "Rules about age and expiry compare dates, and a reader must not wonder which \
                  number is the month (RFC 3339, full-date).",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(invalid_date),
};

static INVALID_URL: Rule = Rule {
    code: "invalid-url",
    summary: "A URL is absolute, and of a scheme that a reader can follow.",
    explanation: "Reports link to it (RFC 3986). Followed are `https:`, `http:`, `doi:`, `arXiv:`, \
                  `urn:`, `hf:`, `s3:`, `gs:`, `oci:`, `git+https:` and `git+ssh:`, and a bare DOI. \
                  Spaces and characters that need escaping are escaped.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(invalid_url),
};

static INVALID_CONTACT: Rule = Rule {
    code: "invalid-contact",
    summary: "A contact is a mail address, a telephone number or a web page.",
    explanation: "Whoever finds a weakness in the model must be able to reach somebody. Other \
                  formats carry a contact as an address, so a bare name is lost there.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(invalid_contact),
};

static INVALID_LICENSE: Rule = Rule {
    code: "invalid-license",
    summary: "A licence is an SPDX expression, or the full name of an SPDX licence word for word.",
    explanation: "Licence review is done by programs that know SPDX ids (SPDX 2.3, annex D). A \
                  licence that is not on the SPDX list is named `LicenseRef-` and an id of your own.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(invalid_license),
};

fn invalid_number(site: &Site<'_>) -> Option<Problem> {
    if let (Form::Interval, Value::List(bounds)) = (site.form, &site.node.value) {
        return invalid_interval(site, bounds);
    }
    let Value::Number(number) = site.node.value else { return None };
    let label = site.label();
    if !number.is_finite() {
        return Some(
            Problem::new(format!("{label} is {number}, which no report can hold")).help("write a finite number"),
        );
    }
    (number.abs() >= 2f64.powi(53) && number.fract() == 0.0).then(|| {
        Problem::new(format!("{label} is {number}, a whole number that 64 bits of floating point do not hold exactly"))
            .help("write it as a text, in quotes")
    })
}

fn invalid_interval(site: &Site<'_>, bounds: &[Node<'_>]) -> Option<Problem> {
    let fine = match bounds {
        [low, high] => low.number().zip(high.number()).is_none_or(|(low, high)| low <= high),
        _ => false,
    };
    (!fine).then(|| {
        Problem::new(format!("{} is no interval", site.label()))
            .help("write the lower bound, then the upper one: `[0.91, 0.95]`")
    })
}

fn invalid_date(site: &Site<'_>) -> Option<Problem> {
    let text = site.stated(Form::Date)?;
    let wrong = date::check(text).err()?;
    let label = site.label();
    Some(
        match wrong {
            date::Wrong::Form => {
                Problem::new(format!("{label} is no date")).help("write the day as `YYYY-MM-DD`, such as `2026-02-28`")
            }
            date::Wrong::Month(month) => Problem::new(format!("{label} names month {month}, and a year has 12"))
                .help("write the day as `YYYY-MM-DD`: the month stands in the middle"),
            date::Wrong::Day { day, last } => {
                Problem::new(format!("{label} names day {day} of a month that has {last} days"))
                    .help("write a day of the calendar")
            }
        }
        .excerpt(draw(text, 0..text.len(), None)),
    )
}

fn invalid_url(site: &Site<'_>) -> Option<Problem> {
    let text = site.stated(Form::Url)?;
    let wrong = url::check(text).err()?;
    Some(
        Problem::new(format!("{} is no URL: {}", site.label(), wrong.why))
            .excerpt(draw(text, wrong.range, None))
            .help(wrong.help),
    )
}

fn invalid_contact(site: &Site<'_>) -> Option<Problem> {
    let text = site.stated(Form::Contact)?;
    (!contact::is_contact(text)).then(|| {
        Problem::new(format!("{} is no mail address, telephone number or web page", site.label()))
            .excerpt(draw(text, 0..text.len(), None))
            .help("write an address that somebody reads, such as `ml-security@example.com`")
    })
}

fn invalid_license(site: &Site<'_>) -> Option<Problem> {
    let text = site.stated(Form::License)?;
    let wrong = license::parse(text).err()?;
    let problem = Problem::new(format!("{} is no SPDX licence: {}", site.label(), wrong.why)).excerpt(draw(
        text,
        wrong.range,
        None,
    ));
    Some(problem.help(wrong.help))
}
