//! Says why the program did not start to a person who clicked on its icon, where no terminal shows what is printed.
//! Apart from the window, because it speaks when there is none.

/// Set by launchers of Linux for the program that they start.
#[cfg(not(windows))]
const LAUNCHED: [&str; 3] = [
    "DESKTOP_STARTUP_ID",
    "XDG_ACTIVATION_TOKEN",
    "GIO_LAUNCHED_DESKTOP_FILE",
];

/// Shows these words in a dialog of the system and waits until it is closed, where nobody can read what is printed.
/// In a terminal, a script or a test it does nothing.
pub fn say(words: &str) {
    if !nobody_reads() {
        return;
    }
    let dialog = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error);
    let _closed = dialog.set_title("发货台").set_description(words).show();
}

/// A window program of Windows that no console started has nothing behind its standard error.
#[cfg(windows)]
fn nobody_reads() -> bool {
    use std::os::windows::io::AsRawHandle as _;
    std::io::stderr().as_raw_handle().is_null()
}

#[cfg(not(windows))]
fn nobody_reads() -> bool {
    use std::io::IsTerminal as _;
    let terminal = std::io::stderr().is_terminal();
    // Finder starts programs as children of the first process.
    let finder = cfg!(target_os = "macos") && std::os::unix::process::parent_id() == 1;
    finder || clicked(terminal, |name| std::env::var_os(name).is_some())
}

/// A launcher started this process. A terminal passes on what its own launcher had set, so it says no.
#[cfg(not(windows))]
fn clicked(terminal: bool, is_set: impl Fn(&str) -> bool) -> bool {
    !terminal && LAUNCHED.iter().any(|name| is_set(name))
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_is_shown_to_who_clicked_and_not_to_a_terminal_or_a_script() {
        for launched in LAUNCHED {
            assert!(clicked(false, |name| name == launched), "{launched}");
            assert!(!clicked(true, |name| name == launched), "{launched}");
        }
        assert!(!clicked(false, |name| name == "DISPLAY"));
    }
}
