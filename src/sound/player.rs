//! The system's own player: found once, fed with small files in a folder of this process that goes with it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::{Sound, wave};

/// Names that are tried for the folder; others may be left of processes that were killed.
const FOLDERS: u32 = 16;

/// What plays a file that is given as the last argument and then ends. The first that is there is taken.
#[cfg(all(unix, not(target_os = "macos")))]
const PLAYERS: &[(&str, &[&str])] = &[("pw-play", &[]), ("paplay", &[]), ("aplay", &["-q"])];
#[cfg(target_os = "macos")]
const PLAYERS: &[(&str, &[&str])] = &[("afplay", &[])];
#[cfg(windows)]
const PLAYERS: &[(&str, &[&str])] = &[];

/// PowerShell starts too slowly for each sound, so one of it waits for names of files.
#[cfg(windows)]
const POWERSHELL: &str =
    "$p=New-Object Media.SoundPlayer; while($l=[Console]::In.ReadLine()){$p.SoundLocation=$l; $p.PlaySync()}";

/// A player and its files.
#[derive(Debug)]
pub(super) struct Player {
    folder: PathBuf,
    how: How,
}

#[derive(Debug)]
enum How {
    /// A process for each sound.
    Each(&'static str, &'static [&'static str]),
    /// One process that reads names.
    #[cfg_attr(not(windows), expect(dead_code, reason = "only Windows needs it"))]
    Fed(Child),
}

impl Player {
    /// A player of this system with its files written; `None` when there is none.
    pub(super) fn find() -> Option<Self> {
        let how = found()?;
        let process = std::process::id();
        let place = |number: u32| std::env::temp_dir().join(format!("fahuo-sounds-{process}-{number}"));
        // Making it fails when the name is there already: nobody else's folder is used.
        let folder = (0..FOLDERS)
            .map(place)
            .find(|folder| fs::create_dir(folder).is_ok())?;
        let player = Self { folder, how };
        for sound in Sound::ALL {
            fs::write(player.file(sound), wave::wav(sound)).ok()?;
        }
        Some(player)
    }

    fn file(&self, sound: Sound) -> PathBuf {
        let name = match sound {
            Sound::Taken => "taken.wav",
            Sound::Done => "done.wav",
            Sound::Warning => "warning.wav",
            Sound::Refusal => "refusal.wav",
        };
        self.folder.join(name)
    }

    /// Plays one sound to its end. `false`: it could not.
    pub(super) fn play(&mut self, sound: Sound) -> bool {
        let file = self.file(sound);
        match &mut self.how {
            How::Each(program, args) => quiet(program)
                .args(*args)
                .arg(&file)
                .status()
                .is_ok_and(|status| status.success()),
            How::Fed(child) => child
                .stdin
                .as_mut()
                .is_some_and(|stdin| writeln!(stdin, "{}", file.display()).is_ok()),
        }
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        #[cfg(windows)]
        if let How::Fed(child) = &mut self.how {
            // It ends by itself when nobody writes to it any more.
            drop(child.stdin.take());
            drop(child.wait());
        }
        // A folder of small sounds that stays behind harms nobody.
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn quiet(program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        // CREATE_NO_WINDOW: no console flashes up.
        command.creation_flags(0x0800_0000);
    }
    command
}

fn found() -> Option<How> {
    #[cfg(windows)]
    {
        let mut command = quiet("powershell");
        command.args(["-NoProfile", "-NonInteractive", "-Command", POWERSHELL]);
        if let Ok(child) = command.stdin(Stdio::piped()).spawn() {
            return Some(How::Fed(child));
        }
    }
    let path = std::env::var_os("PATH")?;
    let there = |program: &str| std::env::split_paths(&path).any(|folder| is_program(&folder.join(program)));
    PLAYERS
        .iter()
        .find(|(program, _)| there(program))
        .map(|(program, args)| How::Each(program, args))
}

fn is_program(path: &Path) -> bool {
    path.is_file()
}
