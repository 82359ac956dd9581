//! The settings that the whole window follows: theme and zoom.

use egui::{Context, ThemePreference};

use super::App;
use crate::engine::command::{Command, Preference};
use crate::ui::theme;

impl App {
    /// Theme and zoom follow the preferences; a zoom by Ctrl and plus becomes a preference.
    pub(super) fn apply_preferences(&mut self, ctx: &Context, commands: &mut Vec<Command>) {
        let preferences = &self.snapshot.preferences;
        let wanted = (preferences.theme.clone(), preferences.zoom_percent);
        if self.applied.as_ref() != Some(&wanted) {
            ctx.set_theme(match preferences.theme.as_str() {
                "light" => ThemePreference::Light,
                "dark" => ThemePreference::Dark,
                _ => ThemePreference::System,
            });
            ctx.set_zoom_factor(preferences.zoom_percent.clamp(50, 300) as f32 / 100.0);
            self.applied = Some(wanted);
            return;
        }
        let zoom = theme::whole(ctx.zoom_factor() * 100.0).clamp(50, 300);
        if zoom != preferences.zoom_percent {
            commands.push(Command::Prefer(Preference::ZoomPercent(zoom)));
            self.applied = Some((wanted.0, zoom));
        }
    }
}
