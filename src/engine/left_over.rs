//! A file that was checked in the window and of which nothing was sent: it is remembered where it lies, so that after a
//! restart one click checks it again. Nothing is opened or sent by itself.

use super::arrived::LeftOver;
use super::run::Engine;
use super::snapshot::BatchPhase;

impl Engine {
    /// The open file has been checked, sent or closed: the next start offers it, or no longer does.
    pub(super) fn follow_left_over(&mut self) {
        // A check on the command line is repeated there.
        let Some(import) = self.import.as_ref().filter(|_| self.watch.shown) else {
            return;
        };
        let Some(path) = import.source.clone() else {
            return;
        };
        let counts = import.view().counts;
        let left = match import.phase {
            BatchPhase::Reading { .. }
            | BatchPhase::LookingUp { .. }
            | BatchPhase::Comparing { .. }
            | BatchPhase::Failed(_) => return,
            BatchPhase::Checked if counts.ready > 0 => Some(LeftOver {
                path: path.clone(),
                at: self.clock.now(),
                ready: counts.ready,
                blocked: counts.blocked,
            }),
            BatchPhase::Checked | BatchPhase::Unusable | BatchPhase::Sending | BatchPhase::Done => None,
        };
        let before = self.watch.kept.left_over.as_ref();
        let same_file = before.is_some_and(|before| before.path == path);
        if left.is_some() || same_file {
            self.watch.kept.left_over = left;
            self.keep_watch();
        }
    }

    /// A person has closed the open file.
    pub(super) fn close_by_person(&mut self) {
        let source = self.import.as_ref().and_then(|import| import.source.as_ref());
        let left = self.watch.kept.left_over.as_ref().map(|left| &left.path);
        if source.is_some() && source == left {
            self.forget_left_over();
        }
        self.close_batch();
    }

    /// A person does not want to be asked again.
    pub(super) fn forget_left_over(&mut self) {
        if self.watch.kept.left_over.take().is_some() {
            self.keep_watch();
        }
    }
}
