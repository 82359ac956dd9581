//! An eframe window with one word in it and nothing else: what every window costs, and what ours is compared with.
#![allow(missing_docs, reason = "a program and no library")]

use eframe::{NativeOptions, Renderer};

/// Without this it ends at once: `cargo bench` starts every benchmark, and this one only stands beside another.
const WISH: &str = "FAHUO_BENCH_WINDOW";

struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |ui| ui.label("empty"));
    }
}

fn main() {
    if std::env::var_os(WISH).is_none() {
        return;
    }
    let options = NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("empty")
            .with_inner_size([1280.0, 800.0]),
        renderer: if cfg!(target_os = "linux") {
            Renderer::Glow
        } else {
            Renderer::Wgpu
        },
        system_font_fallback: false,
        ..NativeOptions::default()
    };
    let opened = eframe::run_native("empty", options, Box::new(|_| Ok(Box::new(Empty))));
    if let Err(error) = opened {
        eprintln!("{error}");
    }
}
