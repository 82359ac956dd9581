//! The system's file dialog on a thread of its own, one at a time: it blocks until it is answered, and the
//! window must not.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;

/// What the dialog is asked.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Its title.
    pub title: String,
    /// The name of the kind of files.
    pub kind: String,
    /// The proposed name of a file to be written; `None` when one is to be read.
    pub save_as: Option<String>,
}

/// How a file is chosen; tests put their own function here.
pub type Choose = fn(&Request) -> Option<PathBuf>;

/// Nobody closes a dialog as fast as this: the system has none to show, and said nothing.
const NO_DIALOG: Duration = Duration::from_millis(200);

/// The kinds of files that can be read.
pub const EXTENSIONS: [&str; 6] = ["csv", "txt", "tsv", "xlsx", "xls", "htm"];

/// The file dialog.
#[derive(Debug)]
pub struct FilePicker {
    choose: Choose,
    answer: Option<Receiver<(Option<PathBuf>, Duration)>>,
    missing: bool,
}

impl Default for FilePicker {
    fn default() -> Self {
        Self::with(system_dialog)
    }
}

impl FilePicker {
    /// A picker that asks this function.
    pub fn with(choose: Choose) -> Self {
        Self {
            choose,
            answer: None,
            missing: false,
        }
    }

    /// A dialog is open.
    pub fn is_open(&self) -> bool {
        self.answer.is_some()
    }

    /// Opens the dialog, unless one is open.
    pub fn open(&mut self, ctx: &Context, request: Request) {
        if self.is_open() {
            return;
        }
        let (sender, receiver) = channel();
        let choose = self.choose;
        let ctx = ctx.clone();
        let started = thread::Builder::new().name("file-dialog".into()).spawn(move || {
            let asked_at = Instant::now();
            let chosen = choose(&request);
            // The window may be gone by now; then nobody waits for the answer.
            drop(sender.send((chosen, asked_at.elapsed())));
            ctx.request_repaint();
        });
        if started.is_ok() {
            self.answer = Some(receiver);
        }
    }

    /// Whatever an open dialog answers is not wanted any more.
    pub fn forget(&mut self) {
        self.answer = None;
    }

    /// The file, once, when one was chosen.
    pub fn poll(&mut self) -> Option<PathBuf> {
        let answer = match self.answer.as_ref()?.try_recv() {
            Ok((answer, took)) => {
                self.missing = answer.is_none() && took < NO_DIALOG;
                answer
            }
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => None,
        };
        self.answer = None;
        answer
    }

    /// The system could show no dialog; told once.
    pub fn take_missing(&mut self) -> bool {
        std::mem::take(&mut self.missing)
    }
}

/// Asks for a file of any kind.
pub fn any_file_dialog(request: &Request) -> Option<PathBuf> {
    rfd::FileDialog::new().set_title(&request.title).pick_file()
}

/// Asks for a folder instead of a file.
pub fn folder_dialog(request: &Request) -> Option<PathBuf> {
    rfd::FileDialog::new().set_title(&request.title).pick_folder()
}

fn system_dialog(request: &Request) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new().set_title(&request.title);
    match &request.save_as {
        None => dialog.add_filter(&request.kind, &EXTENSIONS).pick_file(),
        Some(name) => {
            let ending = name.rsplit_once('.').map_or("csv", |(_, ending)| ending);
            let dialog = dialog.set_file_name(name).add_filter(ending, &[ending]);
            // Rows can be written in either form.
            let other = match ending {
                "xlsx" => Some("csv"),
                "csv" => Some("xlsx"),
                _ => None,
            };
            match other {
                Some(other) => dialog.add_filter(other, &[other]).save_file(),
                None => dialog.save_file(),
            }
        }
    }
}
