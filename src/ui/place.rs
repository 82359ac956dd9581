//! Where the window stood and which page was open: kept when it has changed and come to rest, and corrected when the
//! screen on which it stood is gone.

use egui::{Context, ViewportInfo};
use serde::{Deserialize, Serialize};

use super::nav::Page;
use crate::engine::command::{Command, Preference};
use crate::engine::snapshot::Preferences;

/// The key of what is kept.
const KEY: &str = "window.place";
/// A move of the window is over when nothing has changed for so long.
const REST_SECS: f32 = 2.0;
/// So much of the window's upper edge must be on a screen, in pixels, for it to be taken by the pointer.
const SEEN: i64 = 120;
const SEEN_DOWN: i64 = 40;

/// Where the window stands. Pixels are those of the screen; points are pixels by its scale, without our own zoom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The left upper corner of the frame in pixels; unknown on systems that do not tell.
    pub corner: Option<(i32, i32)>,
    /// Pixels of the screen for one point.
    pub scale: f32,
    /// Width and height of the contents in points.
    pub size: (f32, f32),
    /// It fills the screen; corner and size are those that it goes back to.
    pub maximised: bool,
    /// The name of the open page.
    pub page: String,
}

/// A screen in pixels: left, top, width, height.
pub type Screen = (i32, i32, u32, u32);

impl Place {
    /// What was kept; `None` when it was never kept or makes no sense.
    pub fn of(preferences: &Preferences) -> Option<Self> {
        let place: Self = serde_json::from_str(preferences.ui.get(KEY)?).ok()?;
        let (width, height) = place.size;
        let sane = |length: f32| (200.0..=20_000.0).contains(&length);
        let scaled = (0.2..=10.0).contains(&place.scale);
        (sane(width) && sane(height) && scaled).then_some(place)
    }

    /// The page that was open. A page that needs an open order is not opened again.
    pub fn page(&self) -> Page {
        let all = Page::ALL.iter().copied();
        let known = all.into_iter().find(|page| page.name_id() == self.page);
        known.unwrap_or_default().marked()
    }

    /// The corner where it would be seen: another one when hardly anything of its upper edge is on a screen.
    pub fn corner_on(&self, screens: &[Screen]) -> Option<(i32, i32)> {
        let (x, y) = self.corner?;
        let (x, y) = (i64::from(x), i64::from(y));
        let width = i64::from(super::theme::whole(self.size.0 * self.scale));
        let over = |screen: &Screen| {
            let (left, top) = (i64::from(screen.0), i64::from(screen.1));
            let (right, bottom) = (
                left.saturating_add(screen.2.into()),
                top.saturating_add(screen.3.into()),
            );
            let wide = x.saturating_add(width).min(right).saturating_sub(x.max(left));
            wide >= SEEN && y >= top.saturating_sub(8) && y.saturating_add(SEEN_DOWN) <= bottom
        };
        if screens.is_empty() || screens.iter().any(over) {
            return self.corner;
        }
        let first = screens.first()?;
        Some((first.0.saturating_add(40), first.1.saturating_add(40)))
    }

    /// Where the window stands now. While it fills the screen or is hidden, where it stood before counts.
    fn now(info: &ViewportInfo, zoom: f32, page: Page, before: Option<&Self>) -> Option<Self> {
        let hidden = info.minimized == Some(true);
        let filled = info.maximized == Some(true) || info.fullscreen == Some(true);
        let page = page.marked().name_id().to_owned();
        if hidden || filled {
            let before = before.cloned()?;
            let maximised = if hidden { before.maximised } else { filled };
            return Some(Self {
                maximised,
                page,
                ..before
            });
        }
        let scale = info.native_pixels_per_point.unwrap_or(1.0);
        let size = info.inner_rect?.size() * zoom;
        let corner = info.outer_rect.map(|rect| rect.min.to_vec2() * zoom * scale);
        let whole = |pixels: f32| {
            let size = i32::try_from(super::theme::whole(pixels.abs())).unwrap_or(i32::MAX);
            if pixels < 0.0 { size.saturating_neg() } else { size }
        };
        Some(Self {
            corner: corner.map(|corner| (whole(corner.x), whole(corner.y))),
            scale,
            size: (size.x.round(), size.y.round()),
            maximised: false,
            page,
        })
    }
}

/// Follows the window and says when something is to be kept.
#[derive(Debug, Default)]
pub struct Keeper {
    kept: Option<Place>,
    seen: Option<Place>,
    since: f64,
    /// What was remembered has been taken over.
    pub recalled: bool,
}

impl Keeper {
    /// Begins with what was kept.
    pub fn start(&mut self, preferences: &Preferences) {
        self.kept = Place::of(preferences);
        self.seen.clone_from(&self.kept);
    }

    /// Looks where the window stands; what is to be kept once it has come to rest.
    pub fn watch(&mut self, ctx: &Context, page: Page) -> Option<Command> {
        let (info, time) = ctx.input(|input| (input.viewport().clone(), input.time));
        let now = Place::now(&info, ctx.zoom_factor(), page, self.seen.as_ref())?;
        if self.seen.as_ref() != Some(&now) {
            self.seen = Some(now);
            self.since = time;
            ctx.request_repaint_after_secs(REST_SECS);
            return None;
        }
        let at_rest = time - self.since >= f64::from(REST_SECS);
        if at_rest { self.leave() } else { None }
    }

    /// What is still to be kept when the window closes.
    pub fn leave(&mut self) -> Option<Command> {
        if self.seen == self.kept {
            return None;
        }
        self.kept.clone_from(&self.seen);
        let value = serde_json::to_string(self.seen.as_ref()?).ok()?;
        Some(Command::Prefer(Preference::Ui {
            key: KEY.to_owned(),
            value,
        }))
    }
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2, vec2};

    use super::*;

    const ONE: Screen = (0, 0, 1920, 1080);
    const LEFT: Screen = (-1920, 0, 1920, 1080);

    #[test]
    fn a_place_that_is_off_every_screen_is_corrected() {
        for (corner, screens, expected) in [
            ((100, 80), &[ONE][..], (100, 80)),
            ((-1500, 80), &[ONE], (40, 40)),
            ((-1500, 80), &[ONE, LEFT], (-1500, 80)),
            ((1850, 80), &[ONE], (40, 40)),
            ((100, 1070), &[ONE], (40, 40)),
            ((100, -300), &[ONE], (40, 40)),
            ((-8, -8), &[ONE], (-8, -8)),
            ((-1500, 80), &[(200, 100, 800, 600)], (240, 140)),
            ((-9999, 80), &[], (-9999, 80)),
            ((i32::MIN, i32::MAX), &[ONE], (40, 40)),
        ] {
            let place = Place {
                corner: Some(corner),
                scale: 1.0,
                size: (1280.0, 800.0),
                ..Place::default()
            };
            assert_eq!(place.corner_on(screens), Some(expected), "{corner:?}");
        }
        assert_eq!(
            Place::default().corner_on(&[ONE]),
            None,
            "the system does not tell"
        );
    }

    #[test]
    fn what_makes_no_sense_is_forgotten() {
        for (text, fits) in [
            (r#"{"size":[1280,800],"scale":1.5,"page":"nav-import"}"#, true),
            (r#"{"size":[1280,800],"scale":0}"#, false),
            (r#"{"size":[1,800],"scale":1}"#, false),
            (r#"{"size":[1e9,800],"scale":1}"#, false),
            ("{}", false),
            ("no", false),
        ] {
            let mut preferences = Preferences::default();
            preferences.ui.insert(KEY.into(), text.into());
            assert_eq!(Place::of(&preferences).is_some(), fits, "{text}");
        }
        let page = |name: &str| {
            Place {
                page: name.into(),
                ..Place::default()
            }
            .page()
        };
        assert_eq!(page("nav-import"), Page::Import);
        assert_eq!(page("nav-ship"), Page::Orders, "it needs an open order");
        assert_eq!(page("of another version"), Page::Orders);
    }

    fn info(x: f32, maximised: bool) -> ViewportInfo {
        ViewportInfo {
            native_pixels_per_point: Some(2.0),
            inner_rect: Some(Rect::from_min_size(pos2(x, 60.0), vec2(640.0, 400.0))),
            outer_rect: Some(Rect::from_min_size(pos2(x, 40.0), vec2(640.0, 420.0))),
            maximized: Some(maximised),
            ..ViewportInfo::default()
        }
    }

    #[test]
    fn a_window_that_fills_the_screen_goes_back_to_where_it_was() {
        let normal = Place::now(&info(50.0, false), 1.5, Page::Outbox, None).unwrap();
        assert_eq!(
            normal,
            Place {
                corner: Some((150, 120)),
                scale: 2.0,
                size: (960.0, 600.0),
                maximised: false,
                page: "nav-outbox".into(),
            }
        );
        let filled = Place::now(&info(0.0, true), 1.5, Page::Import, Some(&normal)).unwrap();
        assert_eq!(
            (filled.corner, filled.size, filled.maximised),
            (normal.corner, normal.size, true)
        );
        assert_eq!(filled.page(), Page::Import);
    }

    #[test]
    fn it_is_kept_when_it_has_come_to_rest_and_not_in_every_frame() {
        let ctx = Context::default();
        let mut keeper = Keeper::default();
        let mut kept = 0;
        for frame in 0..100 {
            let mut input = egui::RawInput {
                time: Some(f64::from(frame) * 0.1),
                ..egui::RawInput::default()
            };
            // It moves for two seconds.
            let x = f32::from(u8::try_from(frame.min(20)).unwrap());
            input.viewports.insert(egui::ViewportId::ROOT, info(x, false));
            let _output = ctx.run_ui(input, |ui| {
                kept += i32::from(keeper.watch(ui.ctx(), Page::Orders).is_some());
            });
        }
        assert_eq!(kept, 1);
        assert_eq!(keeper.leave(), None, "nothing is left to keep");
    }
}
