//! Five thousand damaged folders: pieces of real journals that were cut, torn, flipped, emptied, taken away,
//! swapped or put back. Each is opened, and then nothing has panicked, every damage is said, nothing is sent
//! without a look, and every shipment that was accepted is there.
//!
//! `SEED=17 cargo test --test store_images` makes the one image again of which a failure has told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    missing_docs,
    reason = "tests say it by failing"
)]

#[path = "store_images/damage.rs"]
mod damage;
#[path = "store_images/seen.rs"]
mod seen;
#[path = "store_images/shop.rs"]
mod shop;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use damage::{Image, Rng, damaged};
use fahuo::store::{Damage, Recovered, Store};
use seen::{Seen, check_looks_first};
use shop::{Original, at, originals};

const IMAGES: u64 = 5_000;
/// More than there are cores: most of the time is spent waiting for the disk.
const THREADS: usize = 16;

/// What became of one image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Nothing,
    Damage,
}

fn check(originals: &[Original], number: u64) -> (String, Told) {
    let mut rng = Rng::new(number);
    let original = &originals[rng.below(originals.len())];
    let image = damaged(originals, original, &mut rng);
    let guard = tempfile::tempdir().unwrap();
    let dir = guard.path().join("data");
    image.lay(&dir);
    let (store, opened) = Store::open(&dir, at(5_000)).unwrap_or_else(|error| panic!("{error}"));
    let seen = Seen::of(&store);
    check_looks_first(&store, &opened, at(5_000));
    let told = match &opened.recovered {
        // Every image is a copy of a folder, and told as that.
        Some(Recovered {
            damage: Damage::Copied,
            ..
        }) => {
            // Both sides put back together are a whole older folder, which can only be told as that.
            let same = seen == original.seen;
            assert!(
                same || !image.one_source_is_whole,
                "no damage was told, and it reads differently"
            );
            Told::Nothing
        }
        None => panic!("a copied folder was not noticed"),
        Some(recovered) => {
            assert_eq!(opened.doubtful_since, at(5_000));
            if image.one_source_is_whole {
                assert_eq!(recovered.lost_changes, 0, "{recovered:?}");
                assert!(seen.shipments == original.seen.shipments, "{recovered:?}");
                assert!(seen.accounts == original.seen.accounts, "{recovered:?}");
                assert!(store.verify_chain().unwrap());
            }
            assert_eq!(store.recovered().unwrap().as_ref(), Some(recovered));
            Told::Damage
        }
    };
    drop(store);
    if !number.is_multiple_of(8) {
        return (image.name, told);
    }
    // What was brought back is whole: the next start finds nothing.
    let (store, opened) = Store::open(&dir, at(5_010)).unwrap();
    assert_eq!(opened.recovered, None, "said again");
    assert!(Seen::of(&store) == seen, "another start reads something else");
    (image.name, told)
}

fn checked(originals: &[Original], seed: u64) -> (String, Told) {
    catch_unwind(AssertUnwindSafe(|| check(originals, seed)))
        .unwrap_or_else(|_said| panic!("SEED={seed} cargo test --test store_images -- --nocapture"))
}

#[test]
fn damaged_images_are_told_and_nothing_is_lost_or_sent_blindly() {
    let originals = originals();
    if let Ok(seed) = std::env::var("SEED") {
        let seed = seed.parse().unwrap();
        let mut rng = Rng::new(seed);
        let original = &originals[rng.below(originals.len())];
        println!(
            "{}: {}",
            original.name,
            damaged(&originals, original, &mut rng).name
        );
        println!("{:?}", checked(&originals, seed));
        return;
    }
    let next = AtomicU64::new(0);
    let mut table: BTreeMap<(String, Told), usize> = BTreeMap::new();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let mut found = Vec::new();
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed >= IMAGES {
                            return found;
                        }
                        found.push(checked(&originals, seed));
                    }
                })
            })
            .collect();
        for worker in workers {
            for key in worker.join().unwrap() {
                *table.entry(key).or_default() += 1;
            }
        }
    });
    for ((name, told), count) in &table {
        println!("{count:5}  {told:?}  {name}");
    }
    let told: usize = table
        .iter()
        .filter(|((_, told), _)| *told == Told::Damage)
        .map(|(_, count)| count)
        .sum();
    assert!(told > 2_000, "the images are too mild: {told}");
}

#[test]
fn an_image_that_is_not_damaged_is_opened_without_a_word() {
    for original in originals() {
        let guard = tempfile::tempdir().unwrap();
        let dir = guard.path().join("data");
        Image::of(&original).lay(&dir);
        let (store, opened) = Store::open(&dir, at(5_000)).unwrap();
        let recovered = opened.recovered.unwrap();
        assert_eq!(recovered.damage, Damage::Copied, "{}", original.name);
        assert_eq!(Seen::of(&store), original.seen, "{}", original.name);
    }
}
