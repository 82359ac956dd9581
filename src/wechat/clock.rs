//! WeChat's clock as seen in its answers: the `Date` header against the time of this computer.
//!
//! Separate because it is the one place where this computer's clock is read for the protocol.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::domain::Timestamp;

/// Answers that are remembered; the median of them is used, so that one slow or odd answer changes nothing.
const SAMPLES: usize = 5;

/// The last differences between WeChat's clock and ours.
#[derive(Debug, Default)]
pub(super) struct Clock {
    samples: Mutex<VecDeque<i64>>,
}

impl Clock {
    /// Remembers one difference in milliseconds.
    pub(super) fn add(&self, offset_millis: i64) {
        let mut samples = self
            .samples
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if samples.len() >= SAMPLES {
            samples.pop_front();
        }
        samples.push_back(offset_millis);
    }

    /// The median in milliseconds, WeChat's time minus ours; `None` before the first answer.
    pub(super) fn offset_millis(&self) -> Option<i64> {
        let samples = self
            .samples
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut sorted: Vec<i64> = samples.iter().copied().collect();
        drop(samples);
        sorted.sort_unstable();
        let middle = sorted.len().saturating_sub(1).checked_div(2)?;
        sorted.get(middle).copied()
    }
}

/// The difference that a `Date` header shows. The header has whole seconds, so its middle is taken.
pub(super) fn offset_of(date: &str, received: Timestamp) -> Option<i64> {
    let date = jiff::fmt::rfc2822::parse(date).ok()?.timestamp().as_millisecond();
    Some(date.saturating_add(500).saturating_sub(received.millis()))
}

/// This computer's time.
pub(super) fn local_now() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_the_last_five_counts() {
        let clock = Clock::default();
        assert_eq!(clock.offset_millis(), None);
        for (sample, median) in [(10, 10), (1_000_000, 10), (20, 20), (30, 20), (5, 20), (40, 30)] {
            clock.add(sample);
            assert_eq!(clock.offset_millis(), Some(median), "after {sample}");
        }
    }

    #[test]
    fn a_date_header_is_read_and_nonsense_is_not() {
        let received = Timestamp::from_millis(784_111_777_000);
        assert_eq!(offset_of("Sun, 06 Nov 1994 08:49:37 GMT", received), Some(500));
        assert_eq!(offset_of("Sun, 06 Nov 1994 08:50:37 GMT", received), Some(60_500));
        for text in ["", "yesterday", "1994-11-06", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(offset_of(text, received), None, "{text}");
        }
    }
}
