//! Opening the window: which renderer is tried first, and what is said where there is no display at all.

use std::path::PathBuf;

use clap::Parser;
use eframe::{NativeOptions, Renderer};
use egui::{Context, ViewportBuilder, vec2};

use super::{App, fonts};
use crate::engine::{Handle, StartError};
use crate::i18n::{Lang, text, text_with};

const ICON: &[u8] = include_bytes!("../../assets/icon/icon-128.png");

/// What can be said when the window is started.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "fahuo",
    version,
    about = "发货台 · Shipping console for WeChat Mini Programs"
)]
pub struct Args {
    /// 演练环境，不连接微信 · Made-up orders on this computer; nothing reaches WeChat
    #[arg(long)]
    pub sandbox: bool,
    /// 数据文件夹 · Folder of the journal
    #[arg(long, value_name = "FOLDER", env = "FAHUO_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// 本机模拟服务器地址 · A simulator on this computer instead of WeChat
    #[arg(long, value_name = "URL", conflicts_with = "sandbox", value_parser = parse_loopback)]
    pub api_base: Option<String>,
    /// 界面语言 · Language of the window
    #[arg(long, value_name = "zh-CN|en", value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

fn parse_lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| String::from("zh-CN, en"))
}

fn parse_loopback(url: &str) -> Result<String, String> {
    let host = url
        .strip_prefix("http://")
        .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default())
        .filter(|authority| !authority.contains('@'))
        .map(|authority| authority.rsplit_once(':').map_or(authority, |(host, _)| host));
    let ours = host.is_some_and(|host| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    });
    if ours {
        Ok(url.to_owned())
    } else {
        Err(text(Lang::ZhCn, "start-base-url") + " " + &text(Lang::En, "start-base-url"))
    }
}

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

/// Why the engine did not start, in both languages, for the terminal.
pub fn explain_start_error(error: &StartError) -> String {
    let words = |lang| match error {
        StartError::Locked { pid } => text_with(lang, "start-locked", &[("pid", (*pid).into())]),
        StartError::Folder(cause) => text_with(lang, "start-folder", &[("cause", cause.to_string().into())]),
        StartError::NewerSchema => text(lang, "start-newer"),
        StartError::Damaged => text(lang, "start-damaged"),
        StartError::BaseUrl => text(lang, "start-base-url"),
        StartError::System(what) => text_with(lang, "start-system", &[("what", (*what).into())]),
    };
    format!("{}\n{}\n", words(Lang::ZhCn), words(Lang::En))
}

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

/// Opens the window on a running engine and stays until it is closed. `ctx` is the context that the engine
/// wakes.
///
/// # Errors
/// [`OpenError`] when no renderer can open a window here.
pub fn open(handle: Handle, ctx: &Context, lang: Lang) -> Result<(), OpenError> {
    check_display()?;
    // The app is handed from one try to the next, because the engine is started once.
    let app = std::rc::Rc::new(std::cell::RefCell::new(Some(App::new(handle, lang))));
    let mut causes = Vec::new();
    for renderer in renderers() {
        let app = std::rc::Rc::clone(&app);
        let creator: eframe::AppCreator<'_> = Box::new(move |cc| {
            fonts::install_system(&cc.egui_ctx);
            App::install(&cc.egui_ctx);
            let app = app.borrow_mut().take().ok_or("the window was open already")?;
            Ok(Box::new(app))
        });
        match eframe::run_native_ext("发货台", options(renderer), Some(ctx.clone()), creator) {
            Ok(()) => return Ok(()),
            Err(error) => causes.push(format!("{renderer}: {error}")),
        }
    }
    Err(OpenError {
        no_display: false,
        causes,
    })
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

fn options(renderer: Renderer) -> NativeOptions {
    let mut viewport = ViewportBuilder::default()
        .with_title("发货台")
        .with_app_id("fahuo")
        .with_inner_size(vec2(1280.0, 800.0))
        .with_min_inner_size(vec2(1024.0, 700.0))
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
    fn only_an_address_of_this_computer_is_taken() {
        for (url, taken) in [
            ("http://127.0.0.1:8000", true),
            ("http://127.0.0.1", true),
            ("http://localhost:80/x", true),
            ("http://[::1]:80", true),
            ("https://api.weixin.qq.com", false),
            ("http://api.weixin.qq.com", false),
            ("http://127.0.0.1@example.com", false),
            ("http://127.0.0.1.example.com", false),
            ("127.0.0.1:8000", false),
        ] {
            assert_eq!(parse_loopback(url).is_ok(), taken, "{url}");
        }
    }

    #[test]
    fn without_a_display_both_languages_name_what_is_missing_and_the_terminal() {
        for no_display in [true, false] {
            let error = OpenError {
                no_display,
                causes: vec!["glow: no driver".into()],
            };
            let words = error.to_string();
            for part in [
                "没有",
                "Nothing was sent",
                "fahuoctl --sandbox ship",
                "glow: no driver",
            ] {
                assert!(words.contains(part), "{part} is not in {words}");
            }
            assert_eq!(words.contains("WAYLAND_DISPLAY"), no_display);
        }
    }

    #[test]
    fn a_start_that_fails_is_explained_in_both_languages() {
        let words = explain_start_error(&StartError::Locked { pid: 4711 });
        assert!(words.contains("4711") && words.contains("进程") && words.contains("process"));
        for error in [
            StartError::NewerSchema,
            StartError::Damaged,
            StartError::BaseUrl,
            StartError::System("TLS"),
        ] {
            assert_eq!(explain_start_error(&error).lines().count(), 2, "{error}");
        }
    }
}
