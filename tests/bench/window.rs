//! Start to the first frame, memory and rest of the window against an empty window of the same toolkit. Both are
//! watched from outside, through the display: a window has painted when its picture is not of one colour any more.

use super::report::Report;

#[cfg(not(target_os = "linux"))]
pub fn run(report: &mut Report) {
    report.skipped("window", "start and memory are read from X11 and /proc");
}

#[cfg(target_os = "linux")]
pub use linux::run;

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use x11rb::connection::Connection as _;
    use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, MapState, Window};
    use x11rb::rust_connection::RustConnection;

    use super::Report;
    use crate::measure::{beside, cpu_secs, median_ratio, medians, rest, status_kib, wish};
    use crate::report::Limit;

    /// Pairs of starts.
    const PAIRS: usize = 7;
    /// Between two looks at the display.
    const LOOK_EVERY: Duration = Duration::from_millis(4);
    /// Longer than a window takes to open.
    const PATIENCE: Duration = Duration::from_mins(1);
    /// After the first frame, until nothing is under way any more.
    const SETTLE: Duration = Duration::from_secs(4);
    /// How long the window is watched at rest.
    const AT_REST: Duration = Duration::from_secs(10);

    struct Opened {
        child: Child,
        _folder: tempfile::TempDir,
        secs: f64,
    }

    impl Drop for Opened {
        fn drop(&mut self) {
            // Whether it has ended by itself is of no interest.
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }

    pub fn run(report: &mut Report) {
        let Ok((display, screen)) = x11rb::connect(None) else {
            return report.skipped("window", "no X11 display is named");
        };
        let root = display.setup().roots[screen].root;
        let Some(empty) = beside("empty_window") else {
            return report.skipped("window", "the empty window was not built");
        };
        let ours = Path::new(env!("CARGO_BIN_EXE_fahuo"));
        let (mut start, mut memory) = (Vec::new(), Vec::new());
        let mut at_rest: f64 = 0.0;
        for pair in 0..wish("PAIRS", PAIRS) {
            let window = open(&display, root, &empty, false);
            rest(SETTLE);
            let bare = (window.secs, resident_kib(&window));
            drop(window);
            let window = open(&display, root, ours, true);
            rest(SETTLE);
            start.push((window.secs * 1_000.0, bare.0 * 1_000.0));
            memory.push((resident_kib(&window) / 1024.0, (bare.1 + fonts_kib()) / 1024.0));
            if pair == 0 {
                at_rest = used_at_rest(&window);
            }
        }
        report.median_ratio(
            "start to the first frame",
            "ms",
            medians(&start),
            median_ratio(&start),
            Limit::AtMost(2.0),
        );
        report.median_ratio(
            "memory, against the empty window and the font",
            "MiB",
            medians(&memory),
            median_ratio(&memory),
            Limit::AtMost(1.5),
        );
        report.figure(
            "processor at rest",
            "% of one processor",
            at_rest,
            Limit::AtMost(0.3),
        );
    }

    fn open(display: &RustConnection, root: Window, program: &Path, is_ours: bool) -> Opened {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(program);
        if is_ours {
            command.arg("--sandbox").arg("--data-dir").arg(folder.path());
        }
        let before = windows(display, root);
        let begun = Instant::now();
        let child = command
            .env("FAHUO_BENCH_WINDOW", "1")
            .env("FAHUO_RENDERER", "glow")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut opened = Opened {
            child,
            _folder: folder,
            secs: 0.0,
        };
        loop {
            let new = windows(display, root)
                .into_iter()
                .filter(|window| !before.contains(window));
            if new.into_iter().any(|window| has_painted(display, window)) {
                opened.secs = begun.elapsed().as_secs_f64();
                return opened;
            }
            let ended = opened.child.try_wait().unwrap();
            assert!(ended.is_none(), "{} ended: {ended:?}", program.display());
            assert!(begun.elapsed() < PATIENCE, "{} shows nothing", program.display());
            rest(LOOK_EVERY);
        }
    }

    /// The windows below the root, and those that a window manager has put into frames.
    fn windows(display: &RustConnection, root: Window) -> Vec<Window> {
        let mut found = Vec::new();
        let mut open = vec![root];
        while let Some(window) = open.pop() {
            let tree = display.query_tree(window).ok().and_then(|tree| tree.reply().ok());
            let below = tree.map(|tree| tree.children).unwrap_or_default();
            found.extend(&below);
            if window == root {
                open.extend(below);
            }
        }
        found
    }

    /// It is in sight, as large as a window of an application, and its upper left part is not of one colour.
    fn has_painted(display: &RustConnection, window: Window) -> bool {
        let in_sight = || {
            let about = display.get_window_attributes(window).ok()?.reply().ok()?;
            let size = display.get_geometry(window).ok()?.reply().ok()?;
            let large = size.width >= 600 && size.height >= 400;
            (about.map_state == MapState::VIEWABLE && large).then_some(())?;
            let picture = display
                .get_image(ImageFormat::Z_PIXMAP, window, 0, 0, 300, 120, u32::MAX)
                .ok()?
                .reply()
                .ok()?;
            let (pixels, _) = picture.data.as_chunks::<4>();
            let first = pixels.first()?;
            pixels.iter().any(|pixel| pixel[..3] != first[..3]).then_some(())
        };
        in_sight().is_some()
    }

    /// The embedded fonts, which the empty window does not have.
    fn fonts_kib() -> f64 {
        let fonts = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts")).unwrap();
        let sizes = fonts
            .filter_map(Result::ok)
            .filter(|font| font.path().extension().is_some_and(|ending| ending == "ttf"))
            .map(|font| font.metadata().map_or(0.0, |about| about.len() as f64));
        sizes.sum::<f64>() / 1024.0
    }

    fn resident_kib(window: &Opened) -> f64 {
        status_kib(&window.child.id().to_string(), "VmRSS:")
    }

    /// Percent of one processor.
    fn used_at_rest(window: &Opened) -> f64 {
        let process = window.child.id().to_string();
        let before = cpu_secs(&process);
        rest(AT_REST);
        (cpu_secs(&process) - before) / AT_REST.as_secs_f64() * 100.0
    }
}
