//! The building blocks that all pages share, so that a badge, a card and a button look and behave the same
//! everywhere and every control has a name for screen readers.

mod button;
mod feedback;
mod layout;
mod secret;
mod text;

pub use button::{Btn, danger, icon_button, primary, quiet, secondary};
pub use egui_material_icons::{MaterialIcon as Icon, icons};
pub use feedback::{Banner, dot, empty_state, loading, progress};
pub use layout::{
    Details, beside, card, details, field, filling, icon_line, is_narrow, key_value, key_value_ui, page,
    page_header, prose, row, section, wrapped,
};
pub use secret::{forget_typed, secret_field, take_secret};
pub use text::{
    badge, choice, copyable, counter, icon, mono, paste_field, search_field, small, strong, text_field, weak,
};
