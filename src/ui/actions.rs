//! Every action of the window once: its id, its words, its keys and when it is allowed, so that keys, the
//! list of keys and buttons can never disagree.

use egui::{Context, Id, Key, KeyboardShortcut, Modifiers};

use super::nav::Page;
use super::pane;
use crate::engine::snapshot::{Gate, Snapshot};

/// The name of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActionId {
    /// The list of keys.
    #[default]
    ShowKeys,
    /// Open a page of the list at the left.
    Go(Page),
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
    /// Choose the columns of the list.
    Columns,
    /// Choose or keep a view of the list.
    Views,
    /// Show a saved view, by its place from 0.
    SavedView(usize),
    /// Mark all orders of the list.
    MarkAll,
    /// Copy what is marked or chosen.
    CopyRows,
    /// Send nothing more for now, or go on.
    PauseOrResume,
    /// Every action by its name.
    Palette,
    /// Take back the newest edit that was not sent.
    Undo,
    /// The three steps of the first start.
    Welcome,
    /// Work with made-up orders, or with the shop again.
    Practice,
}

/// One action.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Its name.
    pub id: ActionId,
    /// The message that says what it does.
    pub label: &'static str,
    /// Its keys; `None` for what is only found by its name.
    pub keys: Option<KeyboardShortcut>,
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

/// Nothing is on its way, so the engine can end at once, and practice can begin or end.
pub fn nothing_under_way(snapshot: &Snapshot) -> bool {
    let outbox = &snapshot.outbox;
    outbox.queued == 0 && outbox.sending == 0 && outbox.unclear == 0
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

/// All actions, in the order in which the list of keys shows them: the pages, then what can be done.
pub fn all() -> impl Iterator<Item = Action> {
    let pages = Page::listed().map(|page| Action {
        id: ActionId::Go(page),
        label: page.name_id(),
        keys: page.key().map(ctrl),
        page: None,
        allowed: always,
    });
    pages.chain(DONE)
}

/// What can be done.
const DONE: [Action; 15] = [
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
        ActionId::Columns,
        "action-columns",
        bare(Key::C),
        Some(Page::Orders),
        always,
    ),
    action(
        ActionId::Views,
        "action-views",
        bare(Key::V),
        Some(Page::Orders),
        always,
    ),
    action(
        ActionId::MarkAll,
        "action-mark-all",
        ctrl(Key::A),
        Some(Page::Orders),
        always,
    ),
    action(
        ActionId::CopyRows,
        "action-copy",
        ctrl(Key::C),
        Some(Page::Orders),
        always,
    ),
    action(
        ActionId::PauseOrResume,
        "action-pause",
        ctrl(Key::P),
        None,
        can_pause_or_resume,
    ),
    action(ActionId::Undo, "action-undo", ctrl(Key::Z), None, always),
    action(ActionId::Palette, "action-palette", ctrl(Key::K), None, always),
    action(
        ActionId::ShowKeys,
        "action-show-keys",
        bare(Key::F1),
        None,
        always,
    ),
    named(ActionId::Welcome, "action-welcome", always),
    named(ActionId::Practice, "action-practice", nothing_under_way),
];

/// An action without keys, found by its name.
const fn named(id: ActionId, label: &'static str, allowed: fn(&Snapshot) -> bool) -> Action {
    Action {
        id,
        label,
        keys: None,
        page: None,
        allowed,
    }
}

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
        keys: Some(keys),
        page,
        allowed,
    }
}

/// An action was asked for in this frame: by its keys, or by [`request`]. Bare letters rest while a text
/// field, an IME or a dialog has the keyboard.
pub fn pressed(ctx: &Context, id: ActionId, page: Page, snapshot: &Snapshot) -> bool {
    let Some(action) = all().find(|action| action.id == id) else {
        return false;
    };
    let here = action.page.is_none_or(|its| its == page);
    if !here {
        return false;
    }
    let asked = ctx.data(|data| data.get_temp::<ActionId>(request_id())) == Some(id);
    if asked {
        // Also when it is not allowed: nobody expects it to happen minutes later.
        ctx.data_mut(|data| data.remove_temp::<ActionId>(request_id()));
    }
    if !(action.allowed)(snapshot) {
        return false;
    }
    if asked {
        return true;
    }
    let Some(keys) = action.keys else {
        return false;
    };
    let is_letter = keys.modifiers.is_none() && keys.logical_key != Key::F1;
    // In a text field these keys take back what was typed there.
    // The shipping form has steps of its own.
    let is_of_text = id == ActionId::Undo && (page == Page::Ship || ctx.text_edit_focused());
    // On the scanner station letters come from the scanner, also while a button has the keyboard.
    let free = !is_of_text && (!is_letter || (page != Page::Scan && pane::keys_free(ctx)));
    free && ctx.input_mut(|input| input.consume_shortcut(&keys))
}

/// The saved view that was asked for by its name.
pub fn take_view(ctx: &Context) -> Option<usize> {
    let asked = ctx.data(|data| data.get_temp::<ActionId>(request_id()));
    let Some(ActionId::SavedView(index)) = asked else {
        return None;
    };
    ctx.data_mut(|data| data.remove_temp::<ActionId>(request_id()));
    Some(index)
}

/// A saved view was asked for, which only the page of orders can show.
pub fn wants_view(ctx: &Context) -> bool {
    let asked = ctx.data(|data| data.get_temp::<ActionId>(request_id()));
    matches!(asked, Some(ActionId::SavedView(_)))
}

/// Asks for an action as its keys would, in the next frame.
pub fn request(ctx: &Context, id: ActionId) {
    ctx.data_mut(|data| data.insert_temp(request_id(), id));
    ctx.request_repaint();
}

/// The keys of an action as people read them: `Ctrl+1`; empty when it has none.
pub fn keys_of(ctx: &Context, id: ActionId) -> String {
    let action = all().find(|action| action.id == id);
    action.map_or_else(String::new, |action| action.keys_text(ctx))
}

impl Action {
    /// Its keys as people read them; empty when it has none.
    pub fn keys_text(&self, ctx: &Context) -> String {
        let Some(keys) = self.keys else {
            return String::new();
        };
        let keys = ctx.format_shortcut(&keys);
        keys.replace("Slash", "/").replace("Comma", ",")
    }
}

fn request_id() -> Id {
    Id::unique("requested-action")
}
