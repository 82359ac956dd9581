//! The field for a secret: nothing of it is shown or read aloud, and once it is handed over nothing of it stays here.

use egui::text_edit::TextEditState;
use egui::{Context, Id, Role, TextEdit, Ui, WidgetInfo, vec2};

use crate::engine::command::Secret;

/// A field for a secret, with a name for screen readers; `id` is what [`forget_typed`] takes.
pub fn secret_field(ui: &mut Ui, id: Id, value: &mut String, name: &str, hint: String) {
    let response = ui.add(
        TextEdit::singleline(value)
            .id(id)
            .password(true)
            .hint_text(hint)
            .desired_width(ui.available_width())
            .margin(vec2(10.0, 7.0)),
    );
    response.widget_info(|| {
        // Nothing of what is typed goes into the accessibility tree.
        let mut info = WidgetInfo::labeled(Role::PasswordInput, true, name);
        info.label = Some(name.to_owned());
        info
    });
}

/// The typed secret moves out of the form, so that it is nowhere else; `None` when nothing was typed.
pub fn take_secret(typed: &mut String) -> Option<Secret> {
    let typed = std::mem::take(typed);
    let secret = Secret::new(typed.trim().to_owned());
    // The untrimmed text is wiped as well.
    drop(Secret::new(typed));
    Some(secret).filter(|secret| !secret.is_empty())
}

/// Drops what the fields keep to undo typing: it would hold the secret in the clear.
pub fn forget_typed(ctx: &Context, fields: impl IntoIterator<Item = Id>) {
    for id in fields {
        if let Some(mut state) = TextEditState::load(ctx, id) {
            state.clear_undoer();
            state.store(ctx, id);
        }
    }
}
