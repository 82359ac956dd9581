//! A window that is driven by keys and typed text only; what has the keyboard is known by its role and its name.
#![allow(dead_code, reason = "not every test program uses all of it")]

use std::sync::mpsc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, ViewportId, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use fahuo::ui::App;

/// Only a failing test waits for so long.
const PATIENCE: Duration = Duration::from_secs(90);
/// More stops than any page has.
const MOST_STOPS: usize = 250;

pub struct Keyboard {
    window: Harness<'static, App>,
    woken: mpsc::Receiver<()>,
    /// What the last stops of Tab were, for a test that fails.
    nameless: Vec<String>,
}

impl Keyboard {
    /// Opens the app that is made with the function that wakes the window.
    pub fn open(app: impl FnOnce(Box<dyn Fn() + Send + Sync>) -> App) -> Self {
        let (wake, woken) = mpsc::channel();
        // After the window is gone nobody listens any more.
        let app = app(Box::new(move || wake.send(()).unwrap_or(())));
        let window = Harness::builder()
            .with_size([1280.0, 800.0])
            .allow_missing_glyphs()
            .build_eframe(|cc| {
                App::install(&cc.egui_ctx);
                app
            });
        Self {
            window,
            woken,
            nameless: Vec::new(),
        }
    }

    fn run(&mut self) {
        self.window.run_steps(3);
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.window.key_press_modifiers(modifiers, key);
        self.run();
    }

    pub fn key(&mut self, key: Key) {
        // A letter is typed too; where nothing takes text, nothing comes of it.
        self.press(Modifiers::NONE, key);
    }

    pub fn command(&mut self, key: Key) {
        self.press(Modifiers::COMMAND, key);
    }

    pub fn text(&mut self, text: &str) {
        self.window.event(Event::Text(text.to_owned()));
        self.run();
    }

    /// The role of what has the keyboard, and its name.
    pub fn focus(&self) -> Option<(Role, String)> {
        // The window itself has it while nothing in it does.
        let focused = By::new().predicate(|node| node.is_focused() && node.role() != Role::Window);
        let node = self.window.query_all(focused).last()?.accesskit_node();
        Some((node.role(), name_of(&node)))
    }

    /// What has the keyboard has this role and a name that begins so.
    #[track_caller]
    pub fn focused(&mut self, role: Role, name: &str) {
        let has = self.focus();
        assert!(
            has.as_ref()
                .is_some_and(|(its, said)| *its == role && said.starts_with(name)),
            "not {role:?} {name} but {has:?} has the keyboard"
        );
    }

    /// Presses Tab until the control with this role and name has the keyboard.
    #[track_caller]
    pub fn tab_to(&mut self, role: Role, name: &str) {
        let mut stops = Vec::new();
        for _ in 0..MOST_STOPS {
            let at = self.focus();
            if let Some((its, said)) = &at {
                if *its == role && said.starts_with(name) {
                    return;
                }
                if said.trim().is_empty() && !self.nameless.contains(&format!("{its:?}")) {
                    self.nameless.push(format!("{its:?}"));
                }
            }
            stops.push(at);
            self.press(Modifiers::NONE, Key::Tab);
        }
        stops.truncate(80);
        panic!("Tab never came to {role:?} {name}: {stops:#?}");
    }

    /// Paints until something that can be used has this role and a name that begins so.
    #[track_caller]
    pub fn until(&mut self, role: Role, name: &str) {
        self.wait(role, &|said| said.starts_with(name), name);
    }

    /// The same with a test of the name.
    #[track_caller]
    pub fn until_where(&mut self, role: Role, fits: &dyn Fn(&str) -> bool) {
        self.wait(role, fits, "fitting");
    }

    #[track_caller]
    fn wait(&mut self, role: Role, fits: &dyn Fn(&str) -> bool, name: &str) {
        let start = Instant::now();
        loop {
            self.window.run_steps(2);
            let found = self.window.query_all_by_role(role).any(|node| {
                let node = node.accesskit_node();
                !node.is_disabled() && fits(&name_of(&node))
            });
            if found {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "no {role:?} called {name} came");
            // The engine says when there is something new; the window's own clock needs a glance now and then.
            self.woken.recv_timeout(Duration::from_millis(50)).unwrap_or(());
        }
    }

    pub fn count(&self, role: Role) -> usize {
        self.window.query_all_by_role(role).count()
    }

    /// The names of all that have this role, from above to below.
    pub fn names(&self, role: Role) -> Vec<String> {
        let nodes = self.window.query_all_by_role(role);
        nodes.map(|node| name_of(&node.accesskit_node())).collect()
    }

    pub fn zoom(&self) -> f32 {
        self.window.ctx.zoom_factor()
    }

    /// Tells where the window stands, in pixels of the screen, as the system would.
    pub fn place_window(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let rect = Rect::from_min_size(pos2(x, y), vec2(width, height)) / self.zoom();
        let viewports = &mut self.window.input_mut().viewports;
        let info = viewports.entry(ViewportId::ROOT).or_default();
        info.native_pixels_per_point = Some(1.0);
        info.inner_rect = Some(rect);
        info.outer_rect = Some(rect);
        self.run();
    }

    pub fn is_dark(&self) -> bool {
        self.window.ctx.global_style().visuals.dark_mode
    }

    /// Stops of Tab without a name.
    pub fn nameless(&self) -> &[String] {
        &self.nameless
    }
}

/// Its label, or the text itself where it is a text.
fn name_of(node: &egui_kittest::kittest::AccessKitNode<'_>) -> String {
    node.label().or_else(|| node.value()).unwrap_or_default()
}
