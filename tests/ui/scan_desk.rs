//! The scanner station in a window of its own, with a channel in the place of the loudspeaker.
#![allow(dead_code, reason = "not every test program uses all of it")]

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fahuo::domain::{Draft, Order, Shipment};
use fahuo::engine::Handle;
use fahuo::engine::command::{Command, Preference};
use fahuo::engine::snapshot::{Orders, Outbox, Snapshot};
use fahuo::i18n::Lang;
use fahuo::sound::{Sound, Speaker};
use fahuo::ui::scan::model::Settings;
use fahuo::ui::scan::model::session::Tally;
use fahuo::ui::{App, Page};

use super::shop;

/// How a scanner ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Enter,
    Tab,
    /// It broke off.
    None,
}

pub struct Desk {
    pub window: Harness<'static, App>,
    sounds: Receiver<Sound>,
}

/// The shop uses one courier.
pub fn couriers() -> Preference {
    Settings {
        couriers: vec!["ZTO".into()],
        ..Settings::default()
    }
    .preference()
}

fn preset(mut snapshot: Snapshot) -> Snapshot {
    let Preference::Ui { key, value } = couriers() else {
        panic!("it is kept elsewhere");
    };
    Arc::make_mut(&mut snapshot.preferences).ui.insert(key, value);
    snapshot
}

impl Desk {
    pub fn of(orders: u32, lang: Lang) -> Self {
        Self::on(preset(shop::shop(orders)), lang)
    }

    pub fn with(orders: Vec<Order>, lang: Lang) -> Self {
        Self::on(Self::snapshot_of(orders), lang)
    }

    /// The station's shop with these orders.
    pub fn snapshot_of(orders: Vec<Order>) -> Snapshot {
        let mut snapshot = preset(shop::shop(0));
        snapshot.orders = Arc::new(Orders {
            rows: orders.into_iter().map(Arc::new).collect(),
            ..Orders::default()
        });
        snapshot
    }

    pub fn on(snapshot: Snapshot, lang: Lang) -> Self {
        Self::of_app(App::with_snapshot(snapshot, lang).at(shop::now()))
    }

    pub fn live(handle: Handle) -> Self {
        Self::of_app(App::new(handle, Lang::ZhCn))
    }

    fn of_app(app: App) -> Self {
        let (to, sounds) = channel();
        let app = app.on(Page::Scan).with_speaker(Speaker::into_channel(to));
        let window = Harness::builder()
            .with_size([1280.0, 800.0])
            .allow_missing_glyphs()
            .build_eframe(|cc| {
                App::install(&cc.egui_ctx);
                app
            });
        let mut desk = Self { window, sounds };
        desk.run();
        desk
    }

    pub fn run(&mut self) {
        self.window.run_steps(3);
    }

    /// The keys of one scan, for the next frame.
    pub fn type_keys(&mut self, text: &str, end: End) {
        // All in one frame, as a fast scanner types them; the harness gives other events a frame each.
        let events = &mut self.window.input_mut().events;
        events.extend(text.chars().map(|c| Event::Text(c.to_string())));
        let key = match end {
            End::Enter => Key::Enter,
            End::Tab => Key::Tab,
            End::None => return,
        };
        events.extend([true, false].map(|pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }));
    }

    pub fn scan(&mut self, text: &str, end: End) {
        self.type_keys(text, end);
        self.run();
    }

    pub fn press(&mut self, name: &str) {
        self.window.get_by_role_and_label(Role::Button, name).click();
        self.run();
    }

    /// The sounds since the last call.
    pub fn heard(&mut self) -> Vec<Sound> {
        self.sounds.try_iter().collect()
    }

    pub fn says(&self, words: &str) -> bool {
        shop::says(&self.window, words)
    }

    pub fn commands(&self) -> &[Command] {
        self.window.state().commands()
    }

    pub fn drafts(&self) -> Vec<Draft> {
        let drafts = self.commands().iter().filter_map(|command| match command {
            Command::ShipAfter { draft, .. } => Some(draft.clone()),
            _ => None,
        });
        drafts.collect()
    }

    pub fn tally(&self) -> Tally {
        self.window.state().scan().station().session().tally()
    }

    /// Shows these shipments, as the journal would.
    pub fn show(&mut self, shipments: Vec<Arc<Shipment>>) {
        let mut snapshot = preset(shop::shop(20));
        snapshot.outbox = Arc::new(Outbox {
            rows: shipments.into(),
            ..Outbox::default()
        });
        self.window.state_mut().set_snapshot(snapshot);
        self.run();
    }
}
