//! Where the folder lies: a journal is not kept on a network drive, and a folder that a program for file sync
//! also writes to is named. Also tells a folder from a copy of it.

use std::fs;
use std::path::Path;

use super::json::sha256_hex;

/// File systems of other computers: two of them could write to one journal.
const NETWORK: [&str; 14] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "davfs",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
];

/// Names of folders that programs for file sync make, with the name of the program.
const SYNCED: [(&str, &str); 12] = [
    ("onedrive", "OneDrive"),
    ("icloud", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("mobile documents", "iCloud"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nutstore", "坚果云"),
    ("坚果云", "坚果云"),
    ("baidusyncdisk", "百度网盘"),
    ("wpsdrive", "WPS 云盘"),
    ("wps云盘", "WPS 云盘"),
];

/// The program for file sync in whose folder this path lies.
pub(super) fn synced_by(path: &Path) -> Option<&'static str> {
    path.components().find_map(|part| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        let known = SYNCED
            .iter()
            .find(|(folder, _)| part.strip_prefix("我的").unwrap_or(&part).starts_with(folder));
        known.map(|(_, program)| *program)
    })
}

/// The kind of network drive on which a path lies. `mounts` is the system's list: lines of `/proc/mounts`, or
/// what `mount` prints on macOS. A path of Windows says it itself.
pub(super) fn network_drive(path: &Path, mounts: &str) -> Option<String> {
    let text = path.to_string_lossy();
    if text.starts_with(r"\\?\UNC\") || (text.starts_with(r"\\") && !text.starts_with(r"\\?\")) {
        return Some(String::from("UNC"));
    }
    let holding = mounts
        .lines()
        .filter_map(mounted)
        .filter(|(folder, _)| path.starts_with(folder))
        .max_by_key(|(folder, _)| folder.len())?;
    let kind = holding.1;
    NETWORK.contains(&kind.as_str()).then_some(kind)
}

/// The folder and the kind of a line: `server:/a /home nfs4 rw` or `//server/a on /Volumes/a (smbfs, nodev)`.
fn mounted(line: &str) -> Option<(String, String)> {
    if let Some((front, options)) = line.split_once(" (") {
        let (_, folder) = front.split_once(" on ")?;
        let kind = options.split([',', ')']).next()?;
        return Some((folder.to_owned(), kind.trim().to_owned()));
    }
    let mut words = line.split(' ').skip(1);
    let folder = words.next()?.replace("\\040", " ");
    Some((folder, words.next()?.to_owned()))
}

/// The system's list of mounted drives; empty where there is none.
pub(super) fn mounts() -> String {
    if cfg!(target_os = "linux") {
        fs::read_to_string("/proc/mounts").unwrap_or_default()
    } else if cfg!(target_os = "macos") {
        let output = std::process::Command::new("/sbin/mount").output();
        output.map_or_else(
            |_| String::new(),
            |output| String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    } else {
        String::new()
    }
}

/// A word for this computer and this very file: a copy of the file, or the same disk in another computer, has
/// another. Empty when the system tells neither.
pub(super) fn word_of(file: &Path) -> String {
    let machine = fs::read_to_string("/etc/machine-id")
        .ok()
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .unwrap_or_default();
    let made = fs::metadata(file).and_then(|found| found.created()).ok();
    let made = made.and_then(|moment| moment.duration_since(std::time::UNIX_EPOCH).ok());
    match made {
        Some(made) => sha256_hex(&format!("{machine}{}", made.as_nanos())),
        None if machine.is_empty() => String::new(),
        None => sha256_hex(&machine),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_drive_is_told_from_a_disk() {
        let linux = "/dev/sda1 / ext4 rw 0 0\nserver:/home /home nfs4 rw 0 0\n\
            /dev/sdb1 /home/local ext4 rw 0 0\n//nas/a /mnt/my\\040nas cifs rw 0 0";
        let mac = "/dev/disk3s1s1 on / (apfs, sealed, local)\n//me@nas/a on /Volumes/a b (smbfs, nodev)";
        for (path, mounts, kind) in [
            ("/var/lib/fahuo", linux, None),
            ("/home/li/fahuo", linux, Some("nfs4")),
            ("/home/local/fahuo", linux, None),
            ("/home2/li", linux, None),
            ("/mnt/my nas/fahuo", linux, Some("cifs")),
            ("/Users/li/fahuo", mac, None),
            ("/Volumes/a b/fahuo", mac, Some("smbfs")),
            (r"\\server\share\fahuo", "", Some("UNC")),
            (r"\\?\UNC\server\share", "", Some("UNC")),
            (r"\\?\C:\fahuo", "", None),
            ("/anywhere", "", None),
        ] {
            assert_eq!(network_drive(Path::new(path), mounts).as_deref(), kind, "{path}");
        }
    }

    #[test]
    fn folders_of_sync_programs_are_named() {
        for (path, program) in [
            ("/home/li/OneDrive/fahuo", Some("OneDrive")),
            ("/home/li/OneDrive - Shop/fahuo", Some("OneDrive")),
            (
                "/Users/li/Library/Mobile Documents/com~apple~CloudDocs/f",
                Some("iCloud"),
            ),
            ("/home/li/Dropbox/fahuo", Some("Dropbox")),
            ("/home/li/我的坚果云/fahuo", Some("坚果云")),
            ("/home/li/Nutstore Files/fahuo", Some("坚果云")),
            ("/home/li/BaiduSyncdisk/f", Some("百度网盘")),
            ("/home/li/.local/share/fahuo", None),
        ] {
            assert_eq!(synced_by(Path::new(path)), program, "{path}");
        }
    }
}
