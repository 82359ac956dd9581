//! A long list that need not be in memory: it lies in packed blocks, in memory while they are few and beyond that in
//! a file without a name, which ends with the program. The blocks that were read last are at hand.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::SpooledTempFile;

/// Values in one block at most.
const BLOCK: usize = 64;
/// A block with so many bytes takes no more values.
const BLOCK_BYTES: usize = 256 * 1024;
/// Packed blocks up to so many bytes stay in memory.
const IN_MEMORY_BYTES: usize = 4 * 1024 * 1024;
/// Blocks that are kept unpacked, at most.
const AT_HAND: usize = 16;
/// Of large ones fewer are, and the last one always.
const AT_HAND_BYTES: usize = 2 * 1024 * 1024;

/// The list. A clone is the same list and costs nothing.
pub struct Kept<T>(Arc<Inner<T>>);

struct Inner<T> {
    len: usize,
    blocks: Vec<Block>,
    source: Mutex<Source<T>>,
}

/// Where a packed block lies.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// The index of its first value.
    first: usize,
    at: u64,
    bytes: u32,
    unpacked_bytes: usize,
}

/// The values of a block.
type Values<T> = Arc<[Arc<T>]>;

struct Source<T> {
    file: SpooledTempFile,
    /// The block that was asked for last stands last.
    at_hand: VecDeque<(Block, Values<T>)>,
}

impl<T: DeserializeOwned> Kept<T> {
    /// How many values it has.
    pub fn len(&self) -> usize {
        self.0.len
    }

    /// It has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// It is the same list, not one with the same values.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// One value; `None` beyond the end, and when the disk does not give it back.
    pub fn get(&self, index: usize) -> Option<Arc<T>> {
        if index >= self.len() {
            return None;
        }
        let after = self.0.blocks.partition_point(|block| block.first <= index);
        let block = *self.0.blocks.get(after.checked_sub(1)?)?;
        let mut source = self.0.source.lock().unwrap_or_else(PoisonError::into_inner);
        let values = source.block(block)?;
        values.get(index.checked_sub(block.first)?).cloned()
    }

    /// All values at once; for short lists.
    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.iter().map(Arc::unwrap_or_clone).collect()
    }

    /// All values in their order.
    pub fn iter(&self) -> impl Iterator<Item = Arc<T>> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

impl<T: DeserializeOwned> Source<T> {
    fn block(&mut self, block: Block) -> Option<Values<T>> {
        let is_same = |(known, _): &(Block, Values<T>)| known.first == block.first;
        if let Some(at) = self.at_hand.iter().position(is_same) {
            let known = self.at_hand.remove(at)?;
            let values = Arc::clone(&known.1);
            self.at_hand.push_back(known);
            return Some(values);
        }
        let mut packed = vec![0; usize::try_from(block.bytes).ok()?];
        self.file.seek(SeekFrom::Start(block.at)).ok()?;
        self.file.read_exact(&mut packed).ok()?;
        let values: Vec<Arc<T>> =
            serde_json::from_reader(io::BufReader::new(DeflateDecoder::new(packed.as_slice()))).ok()?;
        let values: Values<T> = values.into();
        let mut bytes = self.bytes_at_hand().saturating_add(block.unpacked_bytes);
        while self.at_hand.len() >= AT_HAND || bytes > AT_HAND_BYTES {
            let Some((gone, _)) = self.at_hand.pop_front() else {
                break;
            };
            bytes = bytes.saturating_sub(gone.unpacked_bytes);
        }
        self.at_hand.push_back((block, Arc::clone(&values)));
        Some(values)
    }

    fn bytes_at_hand(&self) -> usize {
        let bytes = self.at_hand.iter().map(|(block, _)| block.unpacked_bytes);
        bytes.fold(0, usize::saturating_add)
    }
}

/// Takes the values of a list one after the other.
pub struct Keeper<T> {
    len: usize,
    blocks: Vec<Block>,
    file: SpooledTempFile,
    at: u64,
    /// The values of the open block as JSON, without the closing bracket.
    open: Vec<u8>,
    /// How many they are.
    in_open: usize,
    of: PhantomData<T>,
}

impl<T: Serialize> Keeper<T> {
    /// Begins a list. What does not stay in memory goes into this folder.
    pub fn new(folder: &Path) -> Self {
        Self::over(SpooledTempFile::new_in(IN_MEMORY_BYTES, PathBuf::from(folder)))
    }

    fn over(file: SpooledTempFile) -> Self {
        Self {
            len: 0,
            blocks: Vec::new(),
            file,
            at: 0,
            open: Vec::new(),
            in_open: 0,
            of: PhantomData,
        }
    }

    /// Takes the next value.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn push(&mut self, value: &T) -> io::Result<()> {
        self.open.push(if self.in_open == 0 { b'[' } else { b',' });
        serde_json::to_writer(&mut self.open, value)?;
        self.in_open = self.in_open.saturating_add(1);
        self.len = self.len.saturating_add(1);
        if self.in_open >= BLOCK || self.open.len() >= BLOCK_BYTES {
            self.pack()?;
        }
        Ok(())
    }

    fn pack(&mut self) -> io::Result<()> {
        if self.in_open == 0 {
            return Ok(());
        }
        self.open.push(b']');
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&self.open)?;
        let packed = encoder.finish()?;
        self.file.write_all(&packed)?;
        let bytes = u32::try_from(packed.len()).map_err(io::Error::other)?;
        self.blocks.push(Block {
            first: self.len.saturating_sub(self.in_open),
            at: self.at,
            bytes,
            unpacked_bytes: self.open.len(),
        });
        self.at = self.at.saturating_add(u64::from(bytes));
        self.open.clear();
        self.open.shrink_to(BLOCK_BYTES);
        self.in_open = 0;
        Ok(())
    }

    /// After the last value.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> io::Result<Kept<T>> {
        self.pack()?;
        self.blocks.shrink_to_fit();
        Ok(Kept(Arc::new(Inner {
            len: self.len,
            blocks: self.blocks,
            source: Mutex::new(Source {
                file: self.file,
                at_hand: VecDeque::new(),
            }),
        })))
    }
}

impl<T> fmt::Debug for Keeper<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} values so far", self.len)
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Arc::new(Inner {
            len: 0,
            blocks: Vec::new(),
            source: Mutex::new(Source {
                file: tempfile::spooled_tempfile(0),
                at_hand: VecDeque::new(),
            }),
        }))
    }
}

impl<T: fmt::Debug + DeserializeOwned> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: PartialEq + DeserializeOwned> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || (self.len() == other.len() && self.iter().eq(other.iter()))
    }
}

impl<T: Serialize> FromIterator<T> for Kept<T> {
    /// All in memory.
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut keeper = Keeper::over(tempfile::spooled_tempfile(usize::MAX));
        for value in values {
            if keeper.push(&value).is_err() {
                break; // memory refuses nothing
            }
        }
        keeper.finish().unwrap_or_default()
    }
}

impl<T: Serialize> From<Vec<T>> for Kept<T> {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
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
            let mut keeper = Keeper::new(folder.path());
            for n in 0..count {
                keeper.push(&text(n)).unwrap();
            }
            let kept = keeper.finish().unwrap();
            let on_disk = kept.0.source.lock().unwrap().file.is_rolled();
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
}
