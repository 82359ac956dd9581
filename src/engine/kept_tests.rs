//! Lists that were kept come back, whatever their size, and take no more memory than they may.

use super::*;

#[test]
fn what_was_kept_comes_back_in_any_order_from_memory_and_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    // Text that cannot be packed, so that a part of it does not stay in memory.
    let text = |n: u64| -> String {
        let mut state = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from_u32(0x4E00 + u32::try_from(state % 20_000).unwrap()).unwrap()
        };
        (0..400).map(|_| next()).collect()
    };
    for count in [0, 1, 64, 65, 8_000] {
        let mut keeper = Keeper::new(folder.path(), Form::JSON);
        for n in 0..count {
            keeper.push(&text(n)).unwrap();
        }
        let kept = keeper.finish().unwrap();
        let on_disk = kept.0.file.lock().unwrap().is_rolled();
        assert_eq!(on_disk, count == 8_000);
        assert_eq!(kept.len() as u64, count);
        assert!(kept.get(kept.len()).is_none());
        for n in (0..count).map(|n| n * 7_919 % count) {
            assert_eq!(*kept.get(usize::try_from(n).unwrap()).unwrap(), text(n));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no name");
    }
}

#[test]
fn what_is_at_hand_and_what_is_packed_at_once_is_bounded_in_bytes_and_not_in_values() {
    let long = "长".repeat(100_000);
    let values: Vec<String> = (0..40).map(|n| format!("{n}{long}")).collect();
    let kept: Kept<String> = values.clone().into();
    let largest = kept.0.blocks.iter().map(|block| block.unpacked_bytes).max();
    assert!(largest.unwrap() < BLOCK_BYTES + 2 * long.len());
    for (n, value) in values.iter().enumerate() {
        assert_eq!(*kept.get(n).unwrap(), *value);
        assert!(kept.0.source.lock().unwrap().bytes_at_hand() <= AT_HAND_BYTES);
    }
}
