//! Times, ages, counts and masked identities as people read them; apart because no word list can do it.

use std::time::Duration;

use super::{Lang, text, text_with};
use crate::domain::time::china;
use crate::domain::{Fen, OpenId, Timestamp};

/// A moment in China's time: `11-21 14:03`, with the year in front when it is not this year's.
pub fn moment(at: Timestamp, now: Timestamp) -> String {
    let (Some(at), Some(now)) = (zoned(at), zoned(now)) else {
        return at.rfc3339();
    };
    let format = if at.year() == now.year() {
        "%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M"
    };
    at.strftime(format).to_string()
}

/// A moment in China's time to the second, always with its year: for details and for records.
pub fn moment_exact(at: Timestamp) -> String {
    zoned(at).map_or_else(|| at.rfc3339(), |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// Only the time of day in China: `14:03`.
pub fn time_of_day(at: Timestamp) -> String {
    zoned(at).map_or_else(|| at.rfc3339(), |at| at.strftime("%H:%M").to_string())
}

/// A moment that is counted down to, in China: `14:03:20`, with its day when it is not today's.
pub fn clock(at: Timestamp, now: Timestamp) -> String {
    let (Some(then), Some(now)) = (zoned(at), zoned(now)) else {
        return at.rfc3339();
    };
    let format = if then.date() == now.date() {
        "%H:%M:%S"
    } else if then.year() == now.year() {
        "%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M"
    };
    then.strftime(format).to_string()
}

/// What is left until a moment, as a countdown shows it: 1 second until it is over.
pub fn countdown(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let secs = at.since(now).as_millis().div_ceil(1000);
    duration(lang, Duration::from_secs(u64::try_from(secs).unwrap_or(u64::MAX)))
}

fn zoned(at: Timestamp) -> Option<jiff::Zoned> {
    let at = jiff::Timestamp::from_millisecond(at.millis()).ok()?;
    Some(at.to_zoned(china()))
}

/// How long ago something was: `刚刚`, `5 分钟前`, `3 小时前`, `2 天前`. A moment ahead of `now` counts as now.
pub fn age(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let secs = now.since(at).as_secs();
    let (id, count) = match secs {
        0..60 => return text(lang, "age-just-now"),
        60..3600 => ("age-minutes", secs / 60),
        3600..86_400 => ("age-hours", secs / 3600),
        _ => ("age-days", secs / 86_400),
    };
    text_with(lang, id, &[("count", count.into())])
}

/// A length of time with its two largest units: `45 秒`, `3 分 20 秒`, `1 小时 5 分`, `2 天 3 小时`.
pub fn duration(lang: Lang, span: Duration) -> String {
    let secs = span.as_secs();
    let (one, two, large, small) = match secs {
        0..60 => ("span-seconds", "span-seconds", secs, 0),
        60..3600 => ("span-minutes", "span-minutes-and", secs / 60, secs % 60),
        3600..86_400 => ("span-hours", "span-hours-and", secs / 3600, secs % 3600 / 60),
        _ => ("span-days", "span-days-and", secs / 86_400, secs % 86_400 / 3600),
    };
    let id = if small == 0 { one } else { two };
    text_with(lang, id, &[("large", large.into()), ("small", small.into())])
}

/// A count with its thousands apart: `12,547`.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().abs_diff(index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The size of a file as people read it: `812 B`, `12.3 KB`, `4.0 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{:.1} KB", bytes as f64 / 1_024.0),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

/// An amount: `¥1,234.50`.
pub fn money(amount: Fen) -> String {
    amount.to_string()
}

/// A payer, shortened: `oUpF…eS6o`.
pub fn payer(openid: &OpenId) -> String {
    openid.short()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn moments_are_chinas_and_carry_the_year_only_when_it_differs() {
        let now = at("2026-11-21T15:00:00+08:00");
        assert_eq!(moment(at("2026-11-21T06:03:59Z"), now), "11-21 14:03");
        assert_eq!(
            moment(at("2025-12-31T16:30:00Z"), now),
            "01-01 00:30",
            "new year comes at China's midnight"
        );
        assert_eq!(moment(at("2025-12-31T15:30:00Z"), now), "2025-12-31 23:30");
        assert_eq!(moment_exact(at("2026-11-21T06:03:59Z")), "2026-11-21 14:03:59");
        assert_eq!(time_of_day(at("2026-11-21T06:03:59Z")), "14:03");
    }

    #[test]
    fn a_countdown_names_seconds_today_and_the_day_otherwise() {
        let now = at("2026-11-21T23:59:30+08:00");
        for (millis, clock_words, left) in [
            (1, "23:59:30", "1 s"),
            (20_000, "23:59:50", "20 s"),
            (20_001, "23:59:50", "21 s"),
            (31_000, "11-22 00:00", "31 s"),
            (0, "23:59:30", "0 s"),
        ] {
            let then = now.plus(Duration::from_millis(millis));
            assert_eq!(clock(then, now), clock_words);
            assert_eq!(countdown(Lang::En, then, now), left);
        }
    }

    #[test]
    fn a_moment_beyond_the_calendar_is_no_panic() {
        let far = Timestamp::from_millis(i64::MAX);
        assert!(!moment(far, far).is_empty() && !moment_exact(far).is_empty());
    }

    #[test]
    fn ages_use_the_largest_unit_that_fits() {
        let now = at("2026-11-21T15:00:00+08:00");
        for (secs, chinese, english) in [
            (0, "刚刚", "just now"),
            (59, "刚刚", "just now"),
            (60, "1 分钟前", "1 minute ago"),
            (3599, "59 分钟前", "59 minutes ago"),
            (10_800, "3 小时前", "3 hours ago"),
            (172_800, "2 天前", "2 days ago"),
        ] {
            let then = now.minus(Duration::from_secs(secs));
            assert_eq!(age(Lang::ZhCn, then, now), chinese);
            assert_eq!(age(Lang::En, then, now), english);
        }
        assert_eq!(age(Lang::En, now.plus(Duration::from_hours(1)), now), "just now");
    }

    #[test]
    fn durations_show_two_units_at_most() {
        for (secs, chinese, english) in [
            (0, "0 秒", "0 s"),
            (45, "45 秒", "45 s"),
            (180, "3 分钟", "3 min"),
            (200, "3 分 20 秒", "3 min 20 s"),
            (3900, "1 小时 5 分", "1 h 5 min"),
            (86_400, "1 天", "1 d"),
            (100_000, "1 天 3 小时", "1 d 3 h"),
        ] {
            assert_eq!(duration(Lang::ZhCn, Duration::from_secs(secs)), chinese);
            assert_eq!(duration(Lang::En, Duration::from_secs(secs)), english);
        }
    }

    #[test]
    fn counts_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (12_547, "12,547"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(count(number), text);
        }
    }
}
