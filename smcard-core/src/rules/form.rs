//! The form family: dates, URLs, contacts, licences and numbers that mean what they seem to.

use crate::date::{self, Precision};
use crate::excerpt::{draw, shown};
use crate::finding::Problem;
use crate::license;
use crate::package_path;
use crate::rule::{Level, Rule};
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::schema::Form;
use crate::tree::{Node, Value};
use crate::words::figure;

mod contact;
mod purl;
mod url;

pub(super) const CHECKS: &[&Check] = &[
    &INVALID_NUMBER,
    &INVALID_DATE,
    &INVALID_URL,
    &INVALID_CONTACT,
    &INVALID_LICENSE,
    &INVALID_PURL,
    &INVALID_DIGEST,
    &PATH_OUTSIDE_PACKAGE,
];

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
        summary: "A date exists in the calendar and is written `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` if no more is known.",
        explanation: "Rules about age and expiry compare dates, and a reader should not have \
                      to guess which number is the month (RFC 3339, full-date). A month \
                      (`YYYY-MM`) or a year (`YYYY`) may stand where a source knows no more, \
                      but not for a decision: an acceptance, a review, a due date.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Date, Form::Day], invalid_date),
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
    on: On::Form(&[Form::Url], invalid_url),
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
    on: On::Form(&[Form::Contact], invalid_contact),
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
    on: On::Form(&[Form::License], invalid_license),
};

static INVALID_PURL: Check = Check {
    rule: Rule {
        code: "invalid-purl",
        summary: "A package URL is one: `pkg:type/namespace/name@version`.",
        explanation: "Vulnerability databases and bills of materials find a component by its \
                      package URL (ECMA-427). What cannot be read as one is found by nobody.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Purl], invalid_purl),
};

static INVALID_DIGEST: Check = Check {
    rule: Rule {
        code: "invalid-digest",
        summary: "A SHA-256 digest is 64 hexadecimal digits.",
        explanation: "A digest that is cut off or of another kind matches no file.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Sha256], invalid_digest),
};

pub(super) static PATH_OUTSIDE_PACKAGE: Check = Check {
    rule: Rule {
        code: "path-outside-package",
        summary: "A file lies in the package, and its path says so on every system.",
        explanation: "A path is relative to the folder of the package, has `/` between folders \
                      and no `..`, and no link on its way leads out. Anything else means another \
                      file on another machine.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Path, Form::Report], path_outside_package),
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
            Problem::new(format!("{label} is {}, too large to be exact in 64-bit floating point", figure(*number)))
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
    let whole = site.form() == Form::Day;
    let wrong = match date::check(text) {
        Ok(Precision::Day) => return,
        Ok(_) if !whole => return,
        Ok(_) => None,
        Err(wrong) => Some(wrong),
    };
    tell.here(site, &|| {
        let label = site.label();
        let less = if whole { "" } else { "; `2026-02` or `2026` if no more is known" };
        match &wrong {
            None => Problem::new(format!("{label} is not a day"))
                .help("write the day as `YYYY-MM-DD`, such as `2026-02-28`: a decision has one"),
            Some(date::Wrong::Form) => Problem::new(format!("{label} is not a date"))
                .help(format!("write the day as `YYYY-MM-DD`, such as `2026-02-28`{less}")),
            Some(date::Wrong::Month(month)) => Problem::new(format!("{label} has month {month}; a year has 12"))
                .help("write the day as `YYYY-MM-DD`: the month is in the middle"),
            Some(date::Wrong::Day { day, last }) => {
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

fn invalid_purl(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(text) = site.stated() else { return };
    let Err(why) = purl::check(text) else { return };
    tell.here(site, &|| {
        Problem::new(format!("{} is not a package URL: {why}", site.label()))
            .excerpt(draw(text, 0..text.len(), None))
            .help(
                "write it as `pkg:type/namespace/name@version`, such as `pkg:huggingface/microsoft/resnet-50@34c2154`",
            )
    });
}

fn invalid_digest(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(text) = site.stated() else { return };
    let wrong = text.char_indices().find(|(_, char)| !char.is_ascii_hexdigit());
    if wrong.is_none() && text.len() == 64 {
        return;
    }
    tell.here(site, &|| {
        let label = site.label();
        let problem = match wrong {
            Some((at, char)) => Problem::new(format!(
                "{label} is not a SHA-256 digest: `{}` is no hexadecimal digit",
                shown(char.encode_utf8(&mut [0; 4]))
            ))
            .excerpt(draw(text, at..at, None)),
            None => Problem::new(format!("{label} is not a SHA-256 digest: it has {} digits of 64", text.len())),
        };
        problem.help("write what `sha256sum` prints before the name of the file")
    });
}

fn path_outside_package(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(text) = site.stated() else { return };
    let Err(wrong) = package_path::check(text) else { return };
    if site.form() == Form::Report && !package_path::is_meant(text) {
        return;
    }
    tell.here(site, &|| {
        Problem::new(format!("{} is not the path of a file in the package: {}", site.label(), wrong.why))
            .excerpt(draw(text, wrong.range.clone(), None))
            .help("write it from the folder of the package on, with `/` between folders: `models/detector.safetensors`")
    });
}
