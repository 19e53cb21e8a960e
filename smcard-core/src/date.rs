//! Calendar days.
//!
//! Arithmetic of a few lines: a calendar library would weigh more in every user's build than
//! everything else that the form rules do.

use std::fmt;

/// What is wrong with a date.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is not `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    Form,
    /// There is no such month.
    Month(u32),
    /// The month has no such day.
    Day { day: u32, last: u32 },
}

/// How much a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precision {
    Year,
    Month,
    Day,
}

/// A day of the calendar, for rules that compare with today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u32,
    month: u32,
    day: u32,
}

impl Day {
    /// The day that a text spells as `YYYY-MM-DD`, if it exists.
    pub fn parse(text: &str) -> Option<Self> {
        is_day(text).then(|| Self::last_of(text)).flatten()
    }

    /// The last day of the year, the month or the day that a text spells.
    pub(crate) fn last_of(text: &str) -> Option<Self> {
        check(text).ok()?;
        let mut parts = text.split('-').map(str::parse);
        let year = parts.next()?.ok()?;
        let month = parts.next().map_or(Some(12), Result::ok)?;
        let day = parts.next().map_or_else(|| Some(days_of(year, month)), Result::ok)?;
        Some(Day { year, month, day })
    }

    /// How many days have passed since another day; negative if that one is yet to come.
    pub fn since(self, earlier: Day) -> i64 {
        self.number() - earlier.number()
    }

    /// The number of the day, counted from the first of March of the year 0: with February last, a leap day moves no
    /// other day of its year.
    fn number(self) -> i64 {
        let (year, month) = match self.month {
            0..=2 => (i64::from(self.year) - 1, i64::from(self.month) + 9),
            month => (i64::from(self.year), i64::from(month) - 3),
        };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leap_days + (153 * month + 2) / 5 + i64::from(self.day) - 1
    }
}

/// The day as `YYYY-MM-DD`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How many days a month has; none if there is no such month.
fn days_of(year: u32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Checks that a text is a day of the Gregorian calendar (RFC 3339, full-date), or a month or a
/// year of it. Of two such texts the earlier one is the lesser, and a month or a year stands
/// before its first day.
pub(crate) fn check(text: &str) -> Result<Precision, Wrong> {
    let mut parts = text.split('-');
    let mut part = |count| parts.next().map(|part| digits(part, count).ok_or(Wrong::Form)).transpose();
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let (Some(year), None) = (year, parts.next()) else { return Err(Wrong::Form) };
    let Some(month) = month else { return Ok(Precision::Year) };
    let last = days_of(year, month);
    if last == 0 {
        return Err(Wrong::Month(month));
    }
    match day {
        None => Ok(Precision::Month),
        Some(day) if day == 0 || day > last => Err(Wrong::Day { day, last }),
        Some(_) => Ok(Precision::Day),
    }
}

/// Whether a text is a day of the calendar, `YYYY-MM-DD`.
pub(crate) fn is_day(text: &str) -> bool {
    check(text) == Ok(Precision::Day)
}

/// Whether a text is a day, a month or a year of the calendar.
pub(crate) fn is_date(text: &str) -> bool {
    check(text).is_ok()
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_years_and_leap_days() {
        let day = |text: &str| Day::parse(text).unwrap();
        for (earlier, later, days) in [
            ("2026-11-25", "2026-11-25", 0),
            ("2026-02-28", "2026-03-01", 1),
            ("2024-02-28", "2024-03-01", 2),
            ("1900-02-28", "1900-03-01", 1),
            ("2000-02-28", "2000-03-01", 2),
            ("2025-12-31", "2026-01-01", 1),
            ("2025-01-01", "2026-01-01", 365),
            ("2024-01-01", "2025-01-01", 366),
            ("1970-01-01", "2026-11-25", 20_782),
        ] {
            assert_eq!(day(later).since(day(earlier)), days, "{earlier} {later}");
            assert_eq!(day(earlier).since(day(later)), -days, "{earlier} {later}");
        }
    }

    #[test]
    fn a_month_and_a_year_end_on_their_last_day() {
        let last = |text: &str| Day::last_of(text).map(|day| day.to_string());
        assert_eq!(last("2024-02").as_deref(), Some("2024-02-29"));
        assert_eq!(last("2026").as_deref(), Some("2026-12-31"));
        assert_eq!(last("2026-09-14").as_deref(), Some("2026-09-14"));
        assert_eq!((last("2026-13"), last("soon"), Day::parse("2026-09")), (None, None, None));
    }

    #[test]
    fn days_of_the_calendar_are_dates() {
        for date in ["2023-12-26", "2024-02-29", "2000-02-29", "1999-01-01", "2026-11-30"] {
            assert_eq!(check(date), Ok(Precision::Day), "{date}");
        }
    }

    #[test]
    fn months_and_years_are_dates_that_stand_before_their_first_day() {
        assert_eq!(check("2026-02"), Ok(Precision::Month));
        assert_eq!(check("2026"), Ok(Precision::Year));
        assert_eq!(check("2026-13"), Err(Wrong::Month(13)));
        assert!(!is_day("2026-02") && is_date("2026-02") && is_date("2026") && !is_date("2026-"));
        assert!("2026" < "2026-01" && "2026-01" < "2026-01-01" && "2025-12-31" < "2026-01");
    }

    #[test]
    fn days_that_no_calendar_has_are_named() {
        assert_eq!(check("2026-02-30"), Err(Wrong::Day { day: 30, last: 28 }));
        assert_eq!(check("1900-02-29"), Err(Wrong::Day { day: 29, last: 28 }));
        assert_eq!(check("2026-04-31"), Err(Wrong::Day { day: 31, last: 30 }));
        assert_eq!(check("2026-01-00"), Err(Wrong::Day { day: 0, last: 31 }));
        assert_eq!(check("2026-13-01"), Err(Wrong::Month(13)));
    }

    #[test]
    fn other_ways_to_write_a_day_are_refused() {
        for text in [
            "26.12.2023",
            "2023-12-26T00:00:00Z",
            "2023-1-2",
            "December 2023",
            "+023-01-01",
            "２０２３-01-01",
            "",
            "26",
            "2026-1",
            "2026-01-01-01",
            "2026--01",
        ] {
            assert_eq!(check(text), Err(Wrong::Form), "{text}");
        }
    }
}
