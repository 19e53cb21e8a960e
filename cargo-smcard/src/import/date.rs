//! Dates as people write them.

use smcard_core::Day;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date as a card has it; nothing where a text holds more than a date, or may mean two.
pub(super) fn read(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    // A time of day says no more of the day.
    if text.len() > day.len() && text.contains(':') && Day::parse(day).is_some() {
        return Some(day.to_owned());
    }
    let parts: Vec<&str> = text.split([' ', ',', '/', '.', '-']).filter(|part| !part.is_empty()).collect();
    let dotted = text.contains('.') && !text.contains(' ');
    match parts.as_slice() {
        [year] => number(year, 4).map(|year| format!("{year:04}")),
        [year, month] if number(year, 4).is_some() => {
            Some(format!("{:04}-{:02}", number(year, 4)?, named(month).or_else(|| number(month, 2))?))
        }
        [month, year] => Some(format!("{:04}-{:02}", number(year, 4)?, named(month).or_else(|| number(month, 2))?)),
        [one, other, year] if number(year, 4).is_some() => {
            let year = number(year, 4)?;
            if let Some(month) = named(one) {
                return day_of(year, month, ordinal(other)?);
            }
            if let Some(month) = named(other) {
                return day_of(year, month, ordinal(one)?);
            }
            let (one, other) = (number(one, 2)?, number(other, 2)?);
            match (one, other) {
                _ if dotted || one > 12 => day_of(year, other, one),
                _ if other > 12 || one == other => day_of(year, one, other),
                _ => None,
            }
        }
        [year, month, day] => day_of(number(year, 4)?, named(month).or_else(|| number(month, 2))?, number(day, 2)?),
        _ => None,
    }
    .filter(|date| date.get(5..7).is_none_or(|month| ("01"..="12").contains(&month)))
}

fn day_of(year: u32, month: u32, day: u32) -> Option<String> {
    let date = format!("{year:04}-{month:02}-{day:02}");
    Day::parse(&date).map(|_| date)
}

/// A month by its name, or by the first letters of it.
fn named(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let index = MONTHS.iter().position(|month| text.len() >= 3 && month.starts_with(&text))?;
    u32::try_from(index + 1).ok()
}

fn ordinal(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let suffix = text.get(digits.len()..)?;
    matches!(suffix, "" | "st" | "nd" | "rd" | "th").then(|| number(digits, 2)).flatten()
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let fits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
    let long = if digits == 4 { text.len() == 4 } else { text.len() <= digits };
    (fits && long).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_means_one_date_is_one() {
        for (text, date) in [
            ("2024-08-23", "2024-08-23"),
            ("2024-08", "2024-08"),
            ("2024", "2024"),
            ("June 2024", "2024-06"),
            ("Sept. 2019", "2019-09"),
            ("08/23/2024", "2024-08-23"),
            ("28/07/2024", "2024-07-28"),
            ("05/05/2024", "2024-05-05"),
            ("01.02.2024", "2024-02-01"),
            ("2024/07/28", "2024-07-28"),
            ("September 10, 2019", "2019-09-10"),
            ("10th September 2019", "2019-09-10"),
            ("2024-06-01T12:00:00Z", "2024-06-01"),
            ("08/2024", "2024-08"),
        ] {
            assert_eq!(read(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_may_mean_two_dates_or_none_is_none() {
        for text in [
            "03/04/2024",
            "2024-02-30",
            "13/13/2024",
            "September 2022 (original series), December 2022",
            "soon",
            "",
            "24",
            "Q3 2024",
            "13/2024",
            "Ma 2024",
            "version 2.0.2024.1",
            "2024 06 01 02",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
