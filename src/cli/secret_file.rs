//! The AppSecret of an unattended run: from the environment, or from a file that only this user can read, because an
//! environment can be read by every program of the user for as long as the run lasts.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;

use super::Fail;
use super::setup::Env;
use crate::i18n::{Lang, text_with};

/// No AppSecret is longer, in bytes.
const MAX_BYTES: u64 = 256;

/// `FAHUO_APP_SECRET`, or the first line of the file that `FAHUO_APP_SECRET_FILE` names.
///
/// # Errors
/// When both are set, or the file cannot be read or can be read by others.
pub fn app_secret(lang: Lang, env: Env<'_>) -> Result<Option<String>, Fail> {
    let Some(name) = env("FAHUO_APP_SECRET_FILE") else {
        return Ok(env("FAHUO_APP_SECRET"));
    };
    if env("FAHUO_APP_SECRET").is_some() {
        return Err(Fail::cannot_run(text_with(lang, "cli-secret-twice", &[])));
    }
    let refuse = |id: &str, why: String| {
        let args = [("name", name.as_str().into()), ("why", why.into())];
        Fail::cannot_run(text_with(lang, id, &args))
    };
    let (secret, open_to_others) =
        first_line(Path::new(&name)).map_err(|error| refuse("cli-secret-file", error.to_string()))?;
    if open_to_others {
        return Err(refuse("cli-secret-file-open", String::new()));
    }
    Ok(Some(secret))
}

fn first_line(path: &Path) -> io::Result<(String, bool)> {
    let file = File::open(path)?;
    let others = is_open_to_others(&file.metadata()?);
    let mut line = String::with_capacity(usize::try_from(MAX_BYTES).unwrap_or_default());
    BufReader::new(file.take(MAX_BYTES)).read_line(&mut line)?;
    if line.trim().is_empty() {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is empty"));
    }
    Ok((line.trim().to_owned(), others))
}

#[cfg(unix)]
fn is_open_to_others(about: &std::fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0
}

/// Folders of a user are closed to others on Windows.
#[cfg(not(unix))]
fn is_open_to_others(_about: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Option<String>, Fail> {
        let env = |name: &str| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        app_secret(Lang::En, &env)
    }

    #[cfg(unix)]
    fn close(path: &Path, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_file_of_its_own_gives_the_secret() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        std::fs::write(&path, "  canary\r\nsecond line\n").unwrap();
        #[cfg(unix)]
        close(&path, 0o600);
        let name = path.to_str().unwrap();
        assert_eq!(
            read(&[("FAHUO_APP_SECRET_FILE", name)]).unwrap().as_deref(),
            Some("canary")
        );
        assert_eq!(
            read(&[("FAHUO_APP_SECRET", "plain")]).unwrap().as_deref(),
            Some("plain")
        );
        assert_eq!(read(&[]).unwrap(), None);
        assert!(read(&[("FAHUO_APP_SECRET_FILE", name), ("FAHUO_APP_SECRET", "x")]).is_err());
        std::fs::write(&path, "\n").unwrap();
        assert!(read(&[("FAHUO_APP_SECRET_FILE", name)]).is_err());
        assert!(read(&[("FAHUO_APP_SECRET_FILE", "/no/such/file")]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_without_its_content() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        std::fs::write(&path, "canary\n").unwrap();
        for mode in [0o644, 0o640, 0o604, 0o620] {
            close(&path, mode);
            let fail = read(&[("FAHUO_APP_SECRET_FILE", path.to_str().unwrap())]).unwrap_err();
            assert!(
                fail.words.contains("chmod 600") && !fail.words.contains("canary"),
                "{}",
                fail.words
            );
        }
    }
}
