//! The time family: what a card promised for a day that has passed. It compares with today, so it speaks only where
//! the caller says which day that is; the macro and the build hook never do.

use crate::card::{
    Acceptance, ModelDetails, Review, SecurityCard, SecurityConsiderations, Stage, Threat, ThreatStatus,
};
use crate::date::{Day, is_date};
use crate::finding::Problem;
use crate::policy::DeclaredStage;
use crate::rule::{Level, Rule};
use crate::rules::decision::status;
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::schema::Form;
use crate::tree::{Entry, Node};

pub(super) const CHECKS: &[&Check] =
    &[&DATE_IN_FUTURE, &ACCEPTANCE_EXPIRED, &THREAT_OVERDUE, &REVIEW_OVERDUE, &CARD_STALE];

static DATE_IN_FUTURE: Check = Check {
    rule: Rule {
        code: "date-in-future",
        summary: "What a card tells of has happened by today.",
        explanation: "The day on which a model was finished, a test ended, a review decided or a \
                      vulnerability was found lies in the past. A single day ahead is let pass: \
                      it is tomorrow already in other time zones. Only `smcard check` compares \
                      with today, since a build uses no clock.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Date, Form::Day], date_in_future),
};

static ACCEPTANCE_EXPIRED: Check = Check {
    rule: Rule {
        code: "acceptance-expired",
        summary: "The acceptance of a risk has not ended by today.",
        explanation: "From the day after `expires` on, nobody bears the risk any more, and the \
                      threat is an open one. Only `smcard check` compares with today, since a \
                      build uses no clock; a model that is retired is left alone.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, acceptance_expired),
};

static THREAT_OVERDUE: Check = Check {
    rule: Rule {
        code: "threat-overdue",
        summary: "An open threat is dealt with by the day on which that is due.",
        explanation: "Either it was dealt with, and the `status` says otherwise, or its owner \
                      needs another day and should say which. Only `smcard check` compares with \
                      today, since a build uses no clock; a model that is retired is left alone.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, threat_overdue),
};

static REVIEW_OVERDUE: Check = Check {
    rule: Rule {
        code: "review-overdue",
        summary: "The next review is made by the day on which it is due.",
        explanation: "The last review says in `next_due` until when its decision stands. Only \
                      `smcard check` compares with today, since a build uses no clock; a model \
                      that is retired is left alone.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityConsiderations::SCHEMA, review_overdue),
};

static CARD_STALE: Check = Check {
    rule: Rule {
        code: "card-stale",
        summary: "A card is no older than the policy's `[review] max_age_days`.",
        explanation: "Its age is counted from its date or from its last review, whichever is \
                      later; a month or a year counts from its last day. Only `smcard check` \
                      compares with today, since a build uses no clock; a model that is retired \
                      is left alone.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityCard::SCHEMA, card_stale),
};

/// The day to compare with, for a model that anybody still answers for.
fn today_in_use(site: &Site<'_>) -> Option<Day> {
    site.context.today.filter(|_| site.context.stage != DeclaredStage::Known(Stage::Retired))
}

/// The day that a field of a block states.
fn day<'n>(block: &'n Node<'n>, name: &str) -> Option<(Day, &'n Entry<'n>)> {
    let entry = block.entry(name)?;
    Some((Day::parse(entry.node.stated()?)?, entry))
}

fn date_in_future(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(today) = site.context.today else { return };
    // Of the days, that of a review alone is one of something that has happened.
    if site.form() == Form::Day && site.field.is_none_or(|field| field.name != Review::date()) {
        return;
    }
    let Some(text) = site.stated().filter(|text| is_date(text)) else { return };
    // A month or a year has begun already on its first day.
    let today_text = today.to_string();
    let begun = today_text.get(..text.len()).is_some_and(|now| text <= now);
    if begun || Day::parse(text).is_some_and(|day| day.since(today) <= 1) {
        return;
    }
    tell.here(site, &|| {
        Problem::new(format!("{} is {text}, and today is {today}", site.label()))
            .help("write the day on which it happened")
    });
}

fn acceptance_expired(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(today) = today_in_use(site) else { return };
    let Some(acceptance) = site.node.get(Threat::acceptance()) else { return };
    let Some((expires, entry)) = day(acceptance, Acceptance::expires()) else { return };
    // What ended before the card's own date has its finding.
    let date = site.context.card.get(SecurityCard::model_details());
    let date = date.and_then(|details| details.get(ModelDetails::date())?.stated()).filter(|date| is_date(date));
    if expires >= today || date.is_some_and(|date| expires.to_string().as_str() < date) {
        return;
    }
    let path = site.path.key(Threat::acceptance());
    tell.at(entry.node.at, &path.key(Acceptance::expires()), &|| {
        Problem::new(format!("the acceptance of {} ended on {expires}", site.named()))
            .help("have the risk accepted again, or change the `status` of the threat")
            .note(format!("today is {today}"))
    });
}

fn threat_overdue(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(today) = today_in_use(site).filter(|_| status(site) == Some(ThreatStatus::Open)) else { return };
    let Some((due, entry)) = day(site.node, Threat::due()).filter(|(due, _)| *due < today) else { return };
    tell.at(entry.node.at, &site.path.key(Threat::due()), &|| {
        Problem::new(format!("{} was due on {due}, and is open", site.named()))
            .help("change its `status`, or write the day by which it will be dealt with")
            .note(format!("today is {today}"))
    });
}

/// The last review whose day is known, with its place in the list.
fn last_review<'n>(security: &'n Node<'n>) -> Option<(Day, usize, &'n Node<'n>)> {
    let mut last: Option<(Day, usize, &Node<'_>)> = None;
    let reviews = security.get(SecurityConsiderations::reviews()).map(Node::items).unwrap_or_default();
    for (index, review) in reviews.iter().enumerate() {
        match day(review, Review::date()) {
            Some((date, _)) if last.is_none_or(|(latest, ..)| latest <= date) => last = Some((date, index, review)),
            _ => {}
        }
    }
    last
}

fn review_overdue(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(today) = today_in_use(site) else { return };
    let Some((date, index, review)) = last_review(site.node) else { return };
    let due = day(review, Review::next_due());
    let Some((due, entry)) = due.filter(|(due, _)| *due < today) else { return };
    let path = site.path.key(SecurityConsiderations::reviews());
    tell.at(entry.node.at, &path.item(index).key(Review::next_due()), &|| {
        Problem::new(format!("the next review was due on {due}"))
            .help("have the model reviewed, and add the review")
            .note(format!("the last review is of {date}; today is {today}"))
    });
}

fn card_stale(site: &Site<'_>, tell: &mut Tell<'_>) {
    let (Some(today), Some(max)) = (today_in_use(site), &site.policy().max_age) else { return };
    let details = site.node.get(SecurityCard::model_details());
    let date = details.and_then(|details| Day::last_of(details.get(ModelDetails::date())?.stated()?));
    let review = site.node.get(SecurityCard::security_considerations()).and_then(last_review).map(|(day, ..)| day);
    let Some(latest) = date.max(review) else { return };
    let age = today.since(latest);
    if age <= i64::from(max.days) {
        return;
    }
    let path = site.path.key(SecurityCard::model_details());
    let at = details.and_then(|details| details.entry(ModelDetails::date())).map_or(site.key_at, |entry| entry.node.at);
    tell.at(at, &path.key(ModelDetails::date()), &|| {
        let what = if review.is_some() { "card and its last review are" } else { "card is" };
        Problem::new(format!("the {what} {age} days old, and the policy allows {}", max.days))
            .help("review the card, and add the review to `security_considerations.reviews`")
            .note(format!("required by {}; the latest day is {latest}, today is {today}", max.place))
    });
}
