//! Every action of the window once: its id, its words, its keys and when it is allowed, so that keys, the
//! list of keys and buttons can never disagree.

use egui::{Context, Id, Key, KeyboardShortcut, Modifiers};

use super::nav::Page;
use super::pane;
use crate::engine::snapshot::{Gate, Snapshot};

/// The name of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActionId {
    /// Open the orders.
    #[default]
    GoOrders,
    /// Open the import.
    GoImport,
    /// Open the outbox.
    GoOutbox,
    /// Open the settings.
    GoSettings,
    /// The list of keys.
    ShowKeys,
    /// Choose a file to check.
    OpenFile,
    /// Open the import by one letter.
    Import,
    /// Fetch orders.
    Refresh,
    /// Put the cursor into the filter.
    FocusFilter,
    /// Ship the open order.
    Ship,
    /// Send nothing more for now, or go on.
    PauseOrResume,
    /// Every action by its name.
    Palette,
}

/// One action.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Its name.
    pub id: ActionId,
    /// The message that says what it does.
    pub label: &'static str,
    /// Its keys.
    pub keys: KeyboardShortcut,
    /// The page on which it works; everywhere when there is none.
    pub page: Option<Page>,
    /// It can be done now.
    pub allowed: fn(&Snapshot) -> bool,
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn bare(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

fn always(_: &Snapshot) -> bool {
    true
}

fn order_is_open(snapshot: &Snapshot) -> bool {
    snapshot.open_order.value().is_some()
}

fn can_pause_or_resume(snapshot: &Snapshot) -> bool {
    match snapshot.outbox.gate {
        Gate::Open | Gate::Holding { .. } => snapshot.outbox.queued > 0 || snapshot.outbox.sending > 0,
        Gate::Paused | Gate::Interrupted => true,
        Gate::Quarantine { .. }
        | Gate::Account(_)
        | Gate::DailyQuota { .. }
        | Gate::Recovering { .. }
        | Gate::Claims { .. }
        | Gate::StoreFailed => false,
    }
}

/// All actions, in the order in which the list of keys shows them.
pub const ALL: [Action; 12] = [
    action(
        ActionId::GoOrders,
        "action-go-orders",
        ctrl(Key::Num1),
        None,
        always,
    ),
    action(
        ActionId::GoImport,
        "action-go-import",
        ctrl(Key::Num2),
        None,
        always,
    ),
    action(
        ActionId::GoOutbox,
        "action-go-outbox",
        ctrl(Key::Num3),
        None,
        always,
    ),
    action(
        ActionId::GoSettings,
        "action-go-settings",
        ctrl(Key::Num4),
        None,
        always,
    ),
    action(ActionId::OpenFile, "action-open-file", ctrl(Key::O), None, always),
    action(ActionId::Import, "action-import", bare(Key::B), None, always),
    action(
        ActionId::Refresh,
        "action-refresh",
        bare(Key::R),
        Some(Page::Orders),
        always,
    ),
    action(
        ActionId::FocusFilter,
        "action-focus-filter",
        bare(Key::Slash),
        Some(Page::Orders),
        always,
    ),
    action(
        ActionId::Ship,
        "action-ship",
        bare(Key::S),
        Some(Page::Orders),
        order_is_open,
    ),
    action(
        ActionId::PauseOrResume,
        "action-pause",
        ctrl(Key::P),
        None,
        can_pause_or_resume,
    ),
    action(ActionId::Palette, "action-palette", ctrl(Key::K), None, always),
    action(
        ActionId::ShowKeys,
        "action-show-keys",
        bare(Key::F1),
        None,
        always,
    ),
];

const fn action(
    id: ActionId,
    label: &'static str,
    keys: KeyboardShortcut,
    page: Option<Page>,
    allowed: fn(&Snapshot) -> bool,
) -> Action {
    Action {
        id,
        label,
        keys,
        page,
        allowed,
    }
}

/// An action was asked for in this frame: by its keys, or by [`request`]. Bare letters rest while a text
/// field, an IME or a dialog has the keyboard.
pub fn pressed(ctx: &Context, id: ActionId, page: Page, snapshot: &Snapshot) -> bool {
    let Some(action) = ALL.iter().find(|action| action.id == id) else {
        return false;
    };
    let here = action.page.is_none_or(|its| its == page);
    if !here || !(action.allowed)(snapshot) {
        return false;
    }
    let asked = ctx.data(|data| data.get_temp::<ActionId>(request_id())) == Some(id);
    if asked {
        ctx.data_mut(|data| data.remove_temp::<ActionId>(request_id()));
        return true;
    }
    let is_letter = action.keys.modifiers.is_none() && action.keys.logical_key != Key::F1;
    let free = !is_letter || pane::keys_free(ctx);
    free && ctx.input_mut(|input| input.consume_shortcut(&action.keys))
}

/// Asks for an action as its keys would, in the next frame.
pub fn request(ctx: &Context, id: ActionId) {
    ctx.data_mut(|data| data.insert_temp(request_id(), id));
    ctx.request_repaint();
}

/// The keys of an action as people read them: `Ctrl+1`.
pub fn keys_of(ctx: &Context, id: ActionId) -> String {
    ALL.iter()
        .find(|action| action.id == id)
        .map_or_else(String::new, |action| {
            ctx.format_shortcut(&action.keys).replace("Slash", "/")
        })
}

fn request_id() -> Id {
    Id::unique("requested-action")
}
