//! Calendar days.
//!
//! Arithmetic of a few lines: a calendar library would weigh more in every user's build than
//! everything else that the form rules do.

/// What is wrong with a date.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is not `YYYY-MM-DD`.
    Form,
    /// There is no such month.
    Month(u32),
    /// The month has no such day.
    Day { day: u32, last: u32 },
}

/// Checks that a text is a day of the Gregorian calendar (RFC 3339, full-date).
pub(crate) fn check(text: &str) -> Result<(), Wrong> {
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return Err(Wrong::Form) };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return Err(Wrong::Form);
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err(Wrong::Month(month)),
    };
    if day == 0 || day > last { Err(Wrong::Day { day, last }) } else { Ok(()) }
}

/// Whether a text is a day of the calendar, `YYYY-MM-DD`.
pub(crate) fn is_day(text: &str) -> bool {
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
    fn days_of_the_calendar_are_dates() {
        for date in ["2023-12-26", "2024-02-29", "2000-02-29", "1999-01-01", "2026-11-30"] {
            assert_eq!(check(date), Ok(()), "{date}");
        }
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
        for text in
            ["26.12.2023", "2023-12-26T00:00:00Z", "2023-1-2", "December 2023", "+023-01-01", "２０２３-01-01", ""]
        {
            assert_eq!(check(text), Err(Wrong::Form), "{text}");
        }
    }
}
