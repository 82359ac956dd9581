//! Opening the window: which renderer is tried first, and what is said where there is no display at all.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use eframe::{NativeOptions, Renderer};
use egui::{Context, Vec2, ViewportBuilder, ViewportCommand, vec2};

use super::place::{Place, Screen};
use super::{App, fonts};
use crate::i18n::{Lang, text};

/// The size of a window that was never open here.
const USUAL: Vec2 = vec2(1280.0, 800.0);
/// The smallest window.
const LEAST: Vec2 = vec2(1024.0, 700.0);
/// The engine has read its settings long before.
const PATIENCE: Duration = Duration::from_secs(3);
const ICON: &[u8] = include_bytes!("../../assets/icon/icon-128.png");

/// Why there is no window; printing it says so in both languages, with the way to work without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// No display is named in the environment, so nothing was tried.
    pub no_display: bool,
    /// What each renderer answered.
    pub causes: Vec<String>,
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for lang in [Lang::ZhCn, Lang::En] {
            let id = if self.no_display {
                "open-no-display"
            } else {
                "open-no-window"
            };
            writeln!(f, "{}", text(lang, id))?;
            writeln!(f, "{}", text(lang, "open-terminal"))?;
        }
        for cause in &self.causes {
            writeln!(f, "  {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for OpenError {}

/// Looks whether a display is named at all, before anything is started.
///
/// # Errors
/// [`OpenError`] on Linux without one.
pub fn check_display() -> Result<(), OpenError> {
    if cfg!(target_os = "linux") && !display_is_named() {
        return Err(OpenError {
            no_display: true,
            causes: Vec::new(),
        });
    }
    Ok(())
}

/// A window that is not open yet.
#[derive(Debug, Default)]
pub struct Window {
    ctx: Context,
}

impl Window {
    /// What an engine calls when there is something new to see.
    pub fn waker(&self) -> impl Fn() + Send + Sync + 'static {
        let ctx = self.ctx.clone();
        move || ctx.request_repaint()
    }

    /// Opens the window with this and stays until it is closed.
    ///
    /// # Errors
    /// [`OpenError`] when no renderer can open a window here.
    pub fn open(self, mut app: App) -> Result<(), OpenError> {
        check_display()?;
        // Where it stood is known once the engine has read it.
        let place = app.place(PATIENCE);
        // The app is handed from one try to the next, because the engine is started once.
        let app = Rc::new(RefCell::new(Some(app)));
        let mut causes = Vec::new();
        for renderer in renderers() {
            let app = Rc::clone(&app);
            let stood = place.clone();
            let creator: eframe::AppCreator<'_> = Box::new(move |cc| {
                fonts::install_system(&cc.egui_ctx);
                App::install(&cc.egui_ctx);
                if let Some(place) = &stood {
                    put_back(cc, place);
                }
                let app = app.borrow_mut().take().ok_or("the window was open already")?;
                Ok(Box::new(app))
            });
            let ctx = Some(self.ctx.clone());
            match eframe::run_native_ext("发货台", options(renderer, place.as_ref()), ctx, creator) {
                Ok(()) => return Ok(()),
                Err(error) => causes.push(format!("{renderer}: {error}")),
            }
        }
        Err(OpenError {
            no_display: false,
            causes,
        })
    }
}

/// Software OpenGL is several times faster than software Vulkan on Linux; drivers of Windows and macOS are
/// better at DirectX and Metal. `FAHUO_RENDERER` puts one of them first.
fn renderers() -> Vec<Renderer> {
    let mut order = vec![
        #[cfg(feature = "wgpu")]
        Renderer::Wgpu,
        #[cfg(feature = "glow")]
        Renderer::Glow,
    ];
    let asked = std::env::var("FAHUO_RENDERER").unwrap_or_default();
    let first = match asked.as_str() {
        "wgpu" => "wgpu",
        "glow" => "glow",
        _ if cfg!(target_os = "linux") => "glow",
        _ => "wgpu",
    };
    order.sort_by_key(|renderer| renderer.to_string() != first);
    order
}

/// Moves the window to where it stood, or to a screen that is still there.
fn put_back(cc: &eframe::CreationContext<'_>, place: &Place) {
    let screens: Vec<Screen> = cc.winit_window().map_or_else(Vec::new, |window| {
        let all = window.available_monitors().map(|screen| {
            let (at, size) = (screen.position(), screen.size());
            (at.x, at.y, size.width, size.height)
        });
        all.collect()
    });
    if let Some((x, y)) = place.corner_on(&screens) {
        let points = vec2(x as f32, y as f32) / cc.egui_ctx.pixels_per_point();
        cc.egui_ctx
            .send_viewport_cmd(ViewportCommand::OuterPosition(points.to_pos2()));
    }
    if place.maximised {
        cc.egui_ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
    }
}

fn options(renderer: Renderer, place: Option<&Place>) -> NativeOptions {
    let mut viewport = ViewportBuilder::default()
        .with_title("发货台")
        .with_app_id("fahuo")
        .with_inner_size(place.map_or(USUAL, |place| vec2(place.size.0, place.size.1).max(LEAST)))
        .with_min_inner_size(LEAST)
        .with_drag_and_drop(true);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    NativeOptions {
        viewport,
        renderer,
        // Our own provider knows that Han characters are Chinese here.
        system_font_fallback: false,
        ..NativeOptions::default()
    }
}

fn display_is_named() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_display_both_languages_name_what_is_missing_and_the_terminal() {
        for no_display in [true, false] {
            let error = OpenError {
                no_display,
                causes: vec!["glow: no driver".into()],
            };
            let words = error.to_string();
            for part in [
                "没有发送",
                "othing was sent",
                "fahuoctl --sandbox ship",
                "glow: no driver",
            ] {
                assert!(words.contains(part), "{part} is not in {words}");
            }
            assert_eq!(words.contains("WAYLAND_DISPLAY"), no_display);
        }
    }
}
