//! What disks, people and other programs do to a folder.

use std::fs;
use std::path::Path;

use super::shop::{Files, Original};

/// Numbers by chance, the same for the same seed (splitmix64).
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        let mut rng = Self(seed);
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// A folder that is to be laid out.
pub struct Image {
    pub name: String,
    files: Files,
    /// The database or the second copy is as it was: nothing may be lost.
    pub one_source_is_whole: bool,
}

impl Image {
    pub fn of(original: &Original) -> Self {
        Self {
            name: String::from("nothing"),
            files: original.files.clone(),
            one_source_is_whole: true,
        }
    }

    pub fn lay(&self, dir: &Path) {
        for (name, bytes) in &self.files {
            let path = dir.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}

const DATABASE: &str = "fahuo.db";
const LOG: &str = "fahuo.db-wal";
const COPY: &str = "journal.copy";

/// A damaged image of the original.
pub fn damaged(originals: &[Original], original: &Original, rng: &mut Rng) -> Image {
    let mut image = Image::of(original);
    let target = match rng.below(10) {
        0..=4 => DATABASE,
        5 | 6 => LOG,
        7 | 8 => COPY,
        _ => "backups/",
    };
    image.name = hurt(&mut image.files, originals, original, target, rng);
    // Sometimes a second misfortune.
    if rng.below(8) == 0 {
        let second = [DATABASE, COPY, "backups/"][rng.below(3)];
        let what = hurt(&mut image.files, originals, original, second, rng);
        let side = |name: &str| name == COPY;
        image.one_source_is_whole =
            second == "backups/" || target == "backups/" || side(second) == side(target);
        image.name = format!("{} and {}", image.name, what);
        if image.name.contains("another") {
            image.one_source_is_whole = false;
        }
        image.name = String::from("two misfortunes");
    } else if image.name.contains("another folder's") && target != COPY && target != "backups/" {
        // A whole journal of another folder is believed: it may have been put there on purpose.
        image.one_source_is_whole = false;
    }
    image
}

fn hurt(
    files: &mut Files,
    originals: &[Original],
    original: &Original,
    target: &str,
    rng: &mut Rng,
) -> String {
    let names: Vec<String> = files
        .keys()
        .filter(|name| name.starts_with(target))
        .cloned()
        .collect();
    let names: Vec<String> = names
        .into_iter()
        .filter(|name| target != DATABASE || name == DATABASE)
        .collect();
    if names.is_empty() {
        return format!("{target} is not there");
    }
    let name = names[rng.below(names.len())].clone();
    let bytes = files.get_mut(&name).unwrap();
    let length = bytes.len().max(1);
    let what = match rng.below(11) {
        0 => {
            bytes.truncate(rng.below(length));
            "cut"
        }
        1..=3 => {
            for _ in 0..=rng.below(3) {
                let place = rng.below(length);
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << rng.below(8);
                }
            }
            "flipped bits"
        }
        4 => {
            let (from, span) = (rng.below(length), rng.below(9000));
            let to = (from + span).min(bytes.len());
            if from < to {
                bytes[from..to].fill(0);
            }
            "zeros"
        }
        5 => {
            tear(bytes, original.older.get(&name), rng);
            "an older page or sector"
        }
        6 => {
            files.remove(&name);
            "deleted"
        }
        7 => {
            let others = originals.iter().filter(|other| other.name != original.name);
            let others: Vec<&Vec<u8>> = others.filter_map(|other| other.files.get(&name)).collect();
            if !others.is_empty() {
                let other = others[rng.below(others.len())].clone();
                files.insert(name, other);
            }
            "another folder's"
        }
        8 => {
            match original.older.get(&name) {
                Some(older) => files.insert(name, older.clone()),
                None => files.remove(&name),
            };
            "an older one"
        }
        9 => {
            let end = bytes.len().min(16);
            bytes[..end].fill(b'x');
            "wrong magic"
        }
        _ => {
            bytes.clear();
            "emptied"
        }
    };
    format!("{target} {what}")
}

/// Puts a piece of the older file over the newer one, in whole pages or sectors.
fn tear(bytes: &mut [u8], older: Option<&Vec<u8>>, rng: &mut Rng) {
    let Some(older) = older else { return };
    let unit = [512, 4096][rng.below(2)];
    let units = bytes.len().min(older.len()) / unit;
    if units == 0 {
        return;
    }
    for _ in 0..=rng.below(3) {
        let from = rng.below(units) * unit;
        bytes[from..from + unit].copy_from_slice(&older[from..from + unit]);
    }
}
