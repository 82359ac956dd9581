//! The merchant's numbers and keys. The APIv3 key leaves the form the moment it is saved; of the private key the window only
//! ever knows the name of its file.

use std::path::{Path, PathBuf};

use egui::{CollapsingHeader, Ui};

use crate::engine::command::{Command, PayAsk, PayEdit};
use crate::engine::notice::Notice;
use crate::engine::snapshot::{PaySettings, PayTrouble};
use crate::ui::pane::Cx;
use crate::ui::theme::{self, S, Tone};
use crate::ui::widgets::{self, icons, primary, quiet, secondary};

/// A file of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The private key.
    Key,
    /// The certificate.
    Certificate,
    /// WeChat Pay's public key.
    PublicKey,
}

/// What is typed.
#[derive(Default)]
pub struct Form {
    edit: PayEdit,
    files: [String; 3],
    api_v3_key: String,
    filled_from: Option<PaySettings>,
    trouble: Option<PayTrouble>,
}

impl std::fmt::Debug for Form {
    /// Without what is secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form")
            .field("mchid", &self.edit.mchid)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// What the engine said.
    pub fn hear(&mut self, notice: &Notice) {
        if let Notice::PayNotSaved(trouble) = notice {
            self.trouble = Some(*trouble);
        } else if matches!(notice, Notice::Saved | Notice::SecretNotKept) {
            self.trouble = None;
        }
    }

    /// A file was chosen.
    pub fn chosen(&mut self, file: File, path: &Path) {
        *self.file(file) = path.to_string_lossy().into_owned();
    }

    fn file(&mut self, file: File) -> &mut String {
        let [key, certificate, public_key] = &mut self.files;
        match file {
            File::Key => key,
            File::Certificate => certificate,
            File::PublicKey => public_key,
        }
    }

    /// Paints the card; the file that is to be chosen.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Option<File> {
        self.follow(&cx.snapshot.pay.settings);
        let mut wanted = None;
        widgets::section(ui, &cx.t("pay-setup"), |ui| {
            widgets::weak(ui, cx.t("pay-setup-note"));
            if self.trouble == Some(PayTrouble::NoAccount) {
                widgets::strong(ui, cx.t("pay-no-account"));
            }
            ui.add_space(S);
            wanted = self.fields(ui, cx);
            widgets::row(ui, theme::BUTTON, |ui| self.buttons(ui, cx));
        });
        wanted
    }

    /// What is being typed is not overwritten by anything but a change of what is kept.
    fn follow(&mut self, settings: &PaySettings) {
        if self.filled_from.as_ref() != Some(settings) {
            self.edit = PayEdit {
                mchid: settings.mchid.clone(),
                sp_mchid: settings.sp_mchid.clone(),
                serial_no: settings.serial_no.clone(),
                public_key_id: settings.public_key_id.clone(),
                ..PayEdit::default()
            };
            self.files = Default::default();
            self.filled_from = Some(settings.clone());
        }
    }

    /// The note below a field: what is wrong with it, else what it is for.
    fn note(&self, cx: &Cx<'_>, wrong: &[(PayTrouble, &str)], note: &str) -> (Tone, String) {
        let found = wrong.iter().find(|(trouble, _)| self.trouble == Some(*trouble));
        match found {
            Some((_, id)) => (Tone::Blocked, cx.t(id)),
            None if note.is_empty() => (Tone::Neutral, String::new()),
            None => (Tone::Neutral, cx.t(note)),
        }
    }

    fn fields(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<File> {
        let note = self.note(cx, &[(PayTrouble::Mchid, "pay-mchid-wrong")], "pay-mchid-note");
        line(ui, &mut self.edit.mchid, &cx.t("pay-mchid"), &note);
        let wrong = [
            (PayTrouble::Key, "pay-key-wrong"),
            (PayTrouble::File, "pay-file-wrong"),
        ];
        let has_key = cx.snapshot.pay.has_key;
        let note = self.note(cx, &wrong, if has_key { "pay-key-kept" } else { "" });
        let key = self.choose(ui, cx, File::Key, "pay-key-file", &note);
        let wrong = [(PayTrouble::Certificate, "pay-certificate-wrong")];
        let note = self.note(cx, &wrong, "pay-certificate-note");
        let certificate = self.choose(ui, cx, File::Certificate, "pay-certificate-file", &note);
        let note = self.note(cx, &[(PayTrouble::Serial, "pay-serial-wrong")], "");
        line(ui, &mut self.edit.serial_no, &cx.t("pay-serial"), &note);
        self.secret(ui, cx);
        let public_key = self.more(ui, cx);
        key.or(certificate).or(public_key)
    }

    /// What most merchants do not need; open when something of it is filled or wrong.
    fn more(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<File> {
        let is_wrong = self.trouble == Some(PayTrouble::PublicKey);
        let settings = &cx.snapshot.pay.settings;
        let has_public = !settings.public_key.is_empty();
        let is_filled = !settings.sp_mchid.is_empty() || !settings.public_key_id.is_empty();
        let more = CollapsingHeader::new(cx.t("pay-more"))
            .id_salt("pay-more")
            .default_open(is_filled)
            .open(is_wrong.then_some(true));
        let shown = more.show(ui, |ui| {
            let note = self.note(cx, &[], "pay-sp-mchid-note");
            line(ui, &mut self.edit.sp_mchid, &cx.t("pay-sp-mchid"), &note);
            let note = self.note(cx, &[], "pay-public-key-id-note");
            line(
                ui,
                &mut self.edit.public_key_id,
                &cx.t("pay-public-key-id"),
                &note,
            );
            let wrong = [(PayTrouble::PublicKey, "pay-public-key-wrong")];
            let note = self.note(cx, &wrong, if has_public { "pay-key-kept" } else { "" });
            self.choose(ui, cx, File::PublicKey, "pay-public-key-file", &note)
        });
        ui.add_space(S);
        shown.body_returned.flatten()
    }

    fn choose(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        file: File,
        id: &str,
        note: &(Tone, String),
    ) -> Option<File> {
        let name = cx.t(id);
        let mut wanted = None;
        let words = Some((note.0, note.1.as_str())).filter(|(_, words)| !words.is_empty());
        widgets::field(ui, &name, words, |ui| {
            widgets::row(ui, theme::BUTTON, |ui| {
                let width = (ui.available_width() - 92.0).max(80.0);
                widgets::text_field(ui, self.file(file), &name, "", width);
                let said = cx.ta("pay-choose-name", &[("file", name.as_str().into())]);
                if ui.add(secondary(cx.t("pay-choose")).name(said)).clicked() {
                    wanted = Some(file);
                }
            });
        });
        wanted
    }

    fn secret(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let name = cx.t("pay-api-v3-key");
        let wrong = [(PayTrouble::ApiV3Key, "pay-api-v3-key-wrong")];
        let (tone, note) = self.note(cx, &wrong, "pay-api-v3-key-note");
        let hint = if cx.snapshot.pay.has_api_v3_key {
            cx.t("settings-secret-kept")
        } else {
            String::new()
        };
        widgets::field(ui, &name, Some((tone, &note)), |ui| {
            widgets::secret_field(ui, secret_id(), &mut self.api_v3_key, &name, hint);
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let can = !self.edit.mchid.trim().is_empty();
        if ui.add(primary(cx.t("pay-save")).enabled(can)).clicked() {
            let [key_file, certificate_file, public_key_file] = self
                .files
                .each_ref()
                .map(|typed| -> PathBuf { PayEdit::path_of(typed) });
            let edit = PayEdit {
                key_file,
                certificate_file,
                public_key_file,
                api_v3_key: widgets::take_secret(&mut self.api_v3_key),
                ..self.edit.clone()
            };
            self.trouble = None;
            cx.send(Command::Pay(PayAsk::Save(edit)));
            widgets::forget_typed(ui.ctx(), [secret_id()]);
        }
        let pay = &cx.snapshot.pay;
        if pay.has_key || pay.has_api_v3_key {
            let forget = quiet(cx.t("pay-forget")).icon(icons::ICON_DELETE);
            if ui.add(forget).clicked() {
                cx.send(Command::Pay(PayAsk::Forget));
            }
        }
    }
}

fn line(ui: &mut Ui, value: &mut String, name: &str, note: &(Tone, String)) {
    let words = Some((note.0, note.1.as_str())).filter(|(_, words)| !words.is_empty());
    widgets::field(ui, name, words, |ui| {
        let width = ui.available_width();
        widgets::text_field(ui, value, name, "", width);
    });
}

fn secret_id() -> egui::Id {
    egui::Id::unique("pay-api-v3-key")
}
