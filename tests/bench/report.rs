//! What is printed: one line for each figure, with what it is compared with, the ratio, the limit, and whether it holds.

/// Takes the lines and prints each at once.
#[derive(Debug, Default)]
pub struct Report {
    lines: usize,
    missed: usize,
    skipped: usize,
}

/// Which side of the limit is the good one.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl Report {
    /// A figure against its baseline in the same unit, with the ratio that was made pair by pair.
    pub fn median_ratio(&mut self, name: &str, unit: &str, pair: (f64, f64), ratio: f64, limit: Limit) {
        let (figure, baseline) = pair;
        self.line(
            name,
            &format!(
                "{} against {} {unit}, ratio {}",
                short(figure),
                short(baseline),
                short(ratio)
            ),
            ratio,
            limit,
        );
    }

    /// A figure with a limit of its own.
    pub fn figure(&mut self, name: &str, unit: &str, figure: f64, limit: Limit) {
        self.line(name, &format!("{} {unit}", short(figure)), figure, limit);
    }

    /// What cannot be measured here, and why.
    pub fn skipped(&mut self, name: &str, why: &str) {
        self.skipped += 1;
        println!("{name:<44} skipped: {why}");
    }

    /// More about the line above it.
    pub fn note(text: &str) {
        println!("    {text}");
    }

    /// The sum of it all.
    pub fn end(&self) {
        println!(
            "{} figures, {} beyond their limit, {} skipped",
            self.lines, self.missed, self.skipped
        );
    }

    fn line(&mut self, name: &str, said: &str, value: f64, limit: Limit) {
        let (holds, words) = match limit {
            Limit::AtMost(most) => (value <= most, format!("at most {}", short(most))),
            Limit::AtLeast(least) => (value >= least, format!("at least {}", short(least))),
        };
        self.lines += 1;
        self.missed += usize::from(!holds);
        let verdict = if holds { "met" } else { "NOT met" };
        println!("{name:<44} {said}, limit {words}: {verdict}");
    }
}

/// Three digits that count.
fn short(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        small if small >= 0.1 || small == 0.0 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}
