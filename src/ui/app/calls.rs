//! How a person is called who does not look at the window.

use super::App;
use crate::domain::Alert;
use crate::engine::notice::Notice;
use crate::i18n::Lang;
use crate::ui::desktop;

impl App {
    /// Outside of the window while it is not in front; in it, unless the window says the same already.
    pub(super) fn call_person(&mut self, alert: &Alert, notice: &Notice, lang: Lang) {
        if self.snapshot.session.sandbox {
            return; // nobody needs to hurry for made-up orders
        }
        if self.snapshot.preferences.notifications && !self.desktop.in_front {
            self.desktop.say(desktop::words(alert, lang).1);
        }
        match alert {
            Alert::BatchDone(_) | Alert::NeedPerson(_) => {}
            Alert::Soon(_) | Alert::Late(_) | Alert::AccountStopped(_) => self.toasts.say(notice, lang),
        }
    }
}
