//! Where words go: results to stdout, everything else to stderr; colours and moving lines only on a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use super::args::Format;
use crate::domain::Timestamp;
use crate::i18n::{Arg, Explained, Lang, text_with};

/// How often a line that cannot be rewritten is written anew; what is quicker needs no progress.
const PLAIN_EVERY: Duration = Duration::from_secs(5);

/// What a word weighs, as a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// Done.
    Good,
    /// Worth a look.
    Warning,
    /// Somebody must do something.
    Bad,
    /// Less important.
    Faint,
}

/// The two ends of the terminal and how to use them.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    /// The language of the words.
    pub lang: Lang,
    /// For people or for scripts.
    pub format: Format,
    /// Results may have colours.
    colours: bool,
    /// stderr can rewrite a line.
    moving: bool,
}

impl Console {
    /// Looks at the terminal; `format` as it was typed.
    pub fn new(lang: Lang, format: Option<Format>) -> Self {
        let people = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let default = if people { Format::Text } else { Format::Json };
        Self {
            lang,
            format: format.unwrap_or(default),
            colours: people && !plain && cfg!(not(windows)),
            moving: io::stderr().is_terminal(),
        }
    }

    /// Without colours and moving lines, wherever the words go.
    #[cfg(test)]
    pub fn plain(lang: Lang, format: Format) -> Self {
        Self {
            lang,
            format,
            colours: false,
            moving: false,
        }
    }

    /// Results are for scripts.
    pub fn is_json(self) -> bool {
        self.format == Format::Json
    }

    /// The text of a message.
    pub fn text(self, id: &str, args: &[(&str, Arg)]) -> String {
        text_with(self.lang, id, args)
    }

    /// Says something that is no result.
    pub fn say(self, id: &str, args: &[(&str, Arg)]) {
        say(&self.text(id, args));
    }

    /// A word in its colour.
    pub fn paint(self, tone: Tone, words: &str) -> String {
        let code = match tone {
            Tone::Good => "32",
            Tone::Warning => "33",
            Tone::Bad => "31",
            Tone::Faint => "2",
            Tone::Plain => return words.to_owned(),
        };
        if self.colours {
            format!("\x1b[{code}m{words}\x1b[0m")
        } else {
            words.to_owned()
        }
    }

    /// A line can be rewritten, so it may count seconds; elsewhere a moment is said once.
    pub fn moves(self) -> bool {
        self.moving
    }

    /// A line about what is going on.
    pub fn progress(self) -> Progress {
        Progress {
            moving: self.moving,
            shown: String::new(),
            at: Instant::now(),
        }
    }
}

/// One line on stderr that is rewritten on a terminal and repeated now and then elsewhere.
#[derive(Debug)]
pub struct Progress {
    moving: bool,
    shown: String,
    at: Instant,
}

impl Progress {
    /// Shows the line when it has changed.
    pub fn show(&mut self, line: &str) {
        if line == self.shown {
            return;
        }
        let written = if self.moving {
            write!(io::stderr(), "\r\x1b[K{line}").and_then(|()| io::stderr().flush())
        } else if self.at.elapsed() >= PLAIN_EVERY {
            self.at = Instant::now();
            writeln!(io::stderr(), "{line}")
        } else {
            return;
        };
        // A closed stderr is no reason to stop a batch.
        drop(written);
        line.clone_into(&mut self.shown);
    }

    /// Writes the line at once where it cannot be rewritten.
    pub fn say(&mut self, line: &str) {
        say(line);
        self.at = Instant::now();
        line.clone_into(&mut self.shown);
    }

    /// Takes the line away so that something else can be said.
    pub fn clear(&mut self) {
        if self.moving && !self.shown.is_empty() {
            drop(write!(io::stderr(), "\r\x1b[K").and_then(|()| io::stderr().flush()));
        }
        self.shown.clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Says something that is no result.
pub fn say(words: &str) {
    // A closed stderr is no reason to stop a batch.
    drop(writeln!(io::stderr(), "{words}"));
}

/// A message on several lines: title, detail, action, code.
pub fn lines(explained: &Explained) -> String {
    let parts = [
        &explained.title,
        &explained.detail,
        &explained.action,
        &explained.code,
    ];
    let lines: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    lines.join("\n  ")
}

/// This computer's time, for ages and years in tables.
pub fn now() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}
