//! What may be typed when the window is started, and what it starts: the same rules for folder, server and
//! credentials as for every command. Here and not in the window, which knows neither simulator nor arguments.

use std::path::PathBuf;

use clap::{Args, Parser};

use super::args::Global;
use super::setup::{self, Purpose, SandboxPlace};
use crate::engine::{self, Handle};
use crate::i18n::{Lang, text_with};
use crate::logbook::{self, Level};
use crate::sim::{SimConfig, Simulator};

/// The few options of the window.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "fahuo",
    version,
    about = "发货台 · Shipping console for WeChat Mini Programs"
)]
pub struct WindowArgs {
    /// 练习模式，不连接微信 · Made-up orders on this computer; nothing reaches WeChat
    #[arg(long)]
    sandbox: bool,
    /// 数据文件夹 · Where the journal lies
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// 本机模拟服务器 · A simulator on this computer instead of WeChat
    #[arg(long, value_name = "URL", conflicts_with = "sandbox")]
    api_base: Option<String>,
    /// 界面语言 · Language of the window
    #[arg(long, value_name = "zh-CN|en", value_parser = ["zh-CN", "en"])]
    lang: Option<String>,
    /// 日志详细程度 · How much is noted in the log
    #[arg(long, env = "FAHUO_LOG", hide_env = true, value_name = "off|error|warn|info|debug|trace", value_parser = super::args::read_level)]
    log_level: Option<Level>,
    /// 打开后检查的文件 · A file to check at once; nothing is sent
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The same by name.
    #[arg(long, value_name = "FILE", hide = true, conflicts_with = "file")]
    open: Option<PathBuf>,
    /// For pictures of made-up orders: what the window shows first.
    #[command(flatten)]
    pictures: Pictures,
}

/// What a picture shows; only in the sandbox, because a theme and a zoom are kept.
#[derive(Clone, Debug, Default, Args)]
pub struct Pictures {
    /// Prints the names of all pages.
    #[arg(long, hide = true, requires = "sandbox")]
    pub pages: bool,
    /// Opens on this page and fetches the orders.
    #[arg(long, hide = true, requires = "sandbox")]
    pub page: Option<String>,
    /// `light` or `dark`.
    #[arg(long, hide = true, requires = "sandbox", value_parser = ["light", "dark"])]
    pub theme: Option<String>,
    /// Zoom in percent.
    #[arg(long, hide = true, requires = "sandbox", value_parser = clap::value_parser!(u32).range(50..=300))]
    pub zoom: Option<u32>,
}

/// The pretend WeChat and its fresh folder; both are gone when this is dropped.
#[derive(Debug, Default)]
pub struct Sandbox {
    _simulator: Option<Simulator>,
    _folder: Option<tempfile::TempDir>,
}

impl WindowArgs {
    /// The language until one is chosen in the window.
    pub fn lang(&self) -> Lang {
        let typed = self.lang.as_deref().and_then(Lang::from_tag);
        typed.unwrap_or_else(Lang::system)
    }

    /// It works with made-up orders from the start.
    pub fn is_sandbox(&self) -> bool {
        self.sandbox
    }

    /// A file to check at once, as a file manager hands it over with *Open with*. It is named from the root, because
    /// it is offered again at the next start, which may happen in another folder.
    pub fn file(&self) -> Option<PathBuf> {
        let file = self.file.as_ref().or(self.open.as_ref())?;
        Some(std::path::absolute(file).unwrap_or_else(|_| file.clone()))
    }

    /// What a picture shows.
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// The same window with made-up orders in a folder of their own.
    #[must_use]
    pub fn practising(&self) -> Self {
        Self {
            sandbox: true,
            data_dir: None,
            api_base: None,
            lang: self.lang.clone(),
            log_level: self.log_level,
            file: None,
            open: None,
            pictures: Pictures::default(),
        }
    }

    /// Starts the engine, and for the sandbox the pretend WeChat before it. The sandbox must live longer
    /// than the engine, which waits for its last answers.
    ///
    /// # Errors
    /// What stands in the way, in the language of the window.
    pub fn start(self, wake: impl Fn() + Send + Sync + 'static) -> Result<(Handle, Sandbox), String> {
        let lang = self.lang();
        if let Some(level) = self.log_level {
            logbook::set_level(level);
        }
        let mut sandbox = Sandbox::default();
        let mut place = None;
        if self.sandbox {
            let no_sandbox = |why: std::io::Error| {
                let args = [("port", 0_u16.into()), ("why", why.to_string().into())];
                text_with(lang, "cli-sandbox-no-port", &args)
            };
            let simulator = Simulator::start(SimConfig::default()).map_err(no_sandbox)?;
            let folder = tempfile::Builder::new()
                .prefix("fahuo-sandbox-")
                .tempdir()
                .map_err(no_sandbox)?;
            place = Some(SandboxPlace {
                base_url: simulator.base_url(),
                data_dir: folder.path().to_owned(),
            });
            sandbox = Sandbox {
                _simulator: Some(simulator),
                _folder: Some(folder),
            };
        }
        let global = Global {
            data_dir: self.data_dir,
            sandbox: self.sandbox,
            api_base: self.api_base,
            ..Global::default()
        };
        let config = setup::config(lang, &global, place.as_ref(), &setup::process_env, Purpose::Work)
            .map_err(|fail| fail.words)?;
        let handle = engine::start(config, wake).map_err(|error| setup::explain_start(lang, &error).words)?;
        Ok((handle, sandbox))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_and_another_server_exclude_each_other() {
        assert!(
            WindowArgs::try_parse_from(["fahuo", "--sandbox", "--api-base", "http://127.0.0.1:1"]).is_err()
        );
        assert!(WindowArgs::try_parse_from(["fahuo", "--sandbox", "--lang", "en"]).is_ok());
    }

    #[test]
    fn a_file_is_opened_by_its_bare_name_or_by_option_and_not_by_both() {
        let typed = |args: &[&str]| {
            let all = ["fahuo"].iter().chain(args);
            WindowArgs::try_parse_from(all).map(|args| args.file())
        };
        let here = std::path::absolute("周一.csv").unwrap();
        for args in [
            &["周一.csv"][..],
            &["--open", "周一.csv"],
            &["--sandbox", "周一.csv"],
        ] {
            assert_eq!(typed(args).unwrap().as_ref(), Some(&here), "{args:?}");
        }
        assert_eq!(typed(&[]).unwrap(), None);
        assert!(typed(&["周一.csv", "--open", "周二.csv"]).is_err());
        assert!(typed(&["周一.csv", "周二.csv"]).is_err());
    }

    #[test]
    fn only_a_server_on_this_computer_is_taken_by_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        for url in ["https://api.example.com", "http://127.0.0.1@example.com"] {
            let args = ["fahuo", "--lang", "en", "--data-dir", folder, "--api-base", url];
            let args = WindowArgs::try_parse_from(args).unwrap();
            assert!(args.start(|| {}).is_err(), "{url}");
        }
    }

    #[test]
    fn the_sandbox_starts_in_a_folder_of_its_own_that_goes_away() {
        let args = WindowArgs::try_parse_from(["fahuo", "--sandbox", "--lang", "zh-CN"]).unwrap();
        assert_eq!(args.lang(), Lang::ZhCn);
        let (mut handle, sandbox) = args.start(|| {}).unwrap();
        while !handle.snapshot().session.sandbox {
            assert!(
                handle.wait(std::time::Duration::from_secs(20)),
                "it never started"
            );
        }
        let folder = handle.snapshot().session.data_dir.clone();
        assert!(folder.exists());
        drop(handle);
        drop(sandbox);
        assert!(!folder.exists());
    }
}
