//! Moments as people type them, and the days of moments, in China's time.

use jiff::civil::Date;

use crate::domain::Timestamp;
use crate::domain::time::china;

/// The day of a moment in China.
pub(super) fn day_of(at: Timestamp) -> Option<Date> {
    let at = jiff::Timestamp::from_millisecond(at.millis()).ok()?;
    Some(at.to_zoned(china()).date())
}

/// Reads a moment as people type it: `2026-11-21 14:03` or with seconds, in China's time; a day alone is its begin.
pub(super) fn read_moment(text: &str) -> Option<Timestamp> {
    let text = text.trim().replace('：', ":").replace('/', "-");
    let Some((day, time)) = text.split_once(' ') else {
        return Timestamp::parse(&text);
    };
    let seconds = if time.matches(':').count() == 1 { ":00" } else { "" };
    Timestamp::parse(&format!("{day}T{}{seconds}+08:00", time.trim()))
}
