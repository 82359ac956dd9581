//! The window: pages that paint a snapshot and collect commands. It starts no call and writes no file.

pub mod actions;
pub mod app;
pub mod confirm;
mod drop_zone;
pub mod events;
pub mod file_picker;
pub mod fonts;
pub mod import;
mod keys_help;
pub mod nav;
pub mod order_detail;
pub mod orders;
pub mod outbox;
mod palette;
pub mod pane;
mod recovered;
mod said;
pub mod saving;
pub mod settings;
pub mod ship_form;
mod status_bar;
pub mod table;
pub mod theme;
pub mod toasts;
pub mod told;
pub mod tones;
pub mod widgets;
mod window;

pub use app::App;
pub use nav::Page;
pub use pane::Cx;
pub use window::{OpenError, Window, check_display};
