//! A long list that need not be in memory: it lies in packed blocks, in memory while they are few and beyond that in
//! a file without a name, which ends with the program. The blocks that were read last are at hand.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::SpooledTempFile;

/// Values in one block at most.
const BLOCK: usize = 64;
/// A block with so many bytes takes no more values.
const BLOCK_BYTES: usize = 256 * 1024;
/// Packed blocks up to so many bytes stay in memory.
const IN_MEMORY_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of the length before each value.
const LENGTH_BYTES: usize = 4;
/// Blocks that are kept unpacked, at most.
const AT_HAND: usize = 16;
/// Of large ones fewer are, and the last one always.
const AT_HAND_BYTES: usize = 2 * 1024 * 1024;

/// How the values are written and read; neither gives anything for a value that cannot be had.
pub struct Form<T> {
    /// Writes a value behind what stands there.
    pub write: fn(&T, &mut Vec<u8>) -> Option<()>,
    /// Reads a value from the bytes that were written for it.
    pub read: fn(&[u8]) -> Option<T>,
    /// Reads of it only what tells it from others, which may cost less.
    pub read_key: fn(&[u8]) -> Option<T>,
}

impl<T> Clone for Form<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Form<T> {}

impl<T: Serialize + DeserializeOwned> Form<T> {
    /// As JSON, whatever it is.
    pub const JSON: Self = Self {
        write: |value, out| serde_json::to_writer(out, value).ok(),
        read: |bytes| serde_json::from_slice(bytes).ok(),
        read_key: |bytes| serde_json::from_slice(bytes).ok(),
    };
}

/// The list. A clone is the same list and costs nothing.
pub struct Kept<T>(Arc<Inner<T>>);

struct Inner<T> {
    len: usize,
    blocks: Arc<[Block]>,
    file: Arc<Mutex<SpooledTempFile>>,
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
    read: fn(&[u8]) -> Option<T>,
    read_key: fn(&[u8]) -> Option<T>,
    unpacker: Option<Decompress>,
    /// The block that was asked for last stands last.
    at_hand: VecDeque<(Block, Values<T>)>,
}

impl<T> Kept<T> {
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
        let values = source.block(block, &self.0.file)?;
        values.get(index.checked_sub(block.first)?).cloned()
    }

    /// The same list with only what tells its values from each other; who goes over all of them saves the rest.
    #[must_use]
    pub fn keys(&self) -> Self {
        let source = self.0.source.lock().unwrap_or_else(PoisonError::into_inner);
        Self(Arc::new(Inner {
            len: self.0.len,
            blocks: Arc::clone(&self.0.blocks),
            file: Arc::clone(&self.0.file),
            source: Mutex::new(Source::new(source.read_key, source.read_key)),
        }))
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

impl<T> Source<T> {
    fn new(read: fn(&[u8]) -> Option<T>, read_key: fn(&[u8]) -> Option<T>) -> Self {
        Self {
            read,
            read_key,
            unpacker: None,
            at_hand: VecDeque::new(),
        }
    }

    fn block(&mut self, block: Block, file: &Mutex<SpooledTempFile>) -> Option<Values<T>> {
        let is_same = |(known, _): &(Block, Values<T>)| known.first == block.first;
        if let Some((_, values)) = self.at_hand.back().filter(|known| is_same(known)) {
            return Some(Arc::clone(values));
        }
        if let Some(at) = self.at_hand.iter().position(is_same) {
            let known = self.at_hand.remove(at)?;
            let values = Arc::clone(&known.1);
            self.at_hand.push_back(known);
            return Some(values);
        }
        let mut packed = vec![0; usize::try_from(block.bytes).ok()?];
        {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(block.at)).ok()?;
            file.read_exact(&mut packed).ok()?;
        }
        // The tables of the unpacker are made once and not for each block.
        let inflate = self.unpacker.get_or_insert_with(|| Decompress::new(false));
        inflate.reset(false);
        let mut unpacked = Vec::with_capacity(block.unpacked_bytes);
        inflate
            .decompress_vec(&packed, &mut unpacked, FlushDecompress::Finish)
            .ok()?;
        if unpacked.len() != block.unpacked_bytes {
            return None; // the disk gave something else back
        }
        let values: Values<T> = values_of(&unpacked, self.read)?.into();
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

/// Each value stands behind its length in bytes.
fn values_of<T>(mut bytes: &[u8], read: fn(&[u8]) -> Option<T>) -> Option<Vec<Arc<T>>> {
    let mut values = Vec::with_capacity(BLOCK);
    while let Some((length, rest)) = bytes.split_first_chunk::<LENGTH_BYTES>() {
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (value, rest) = rest.split_at_checked(length)?;
        values.push(Arc::new(read(value)?));
        bytes = rest;
    }
    Some(values)
}

/// Takes the values of a list one after the other.
pub struct Keeper<T> {
    len: usize,
    blocks: Vec<Block>,
    file: SpooledTempFile,
    at: u64,
    /// The values of the open block as they are written.
    open: Vec<u8>,
    /// How many they are.
    in_open: usize,
    form: Form<T>,
    packer: Compress,
}

impl<T> Keeper<T> {
    /// Begins a list. What does not stay in memory goes into this folder.
    pub fn new(folder: &Path, form: Form<T>) -> Self {
        Self::over(
            SpooledTempFile::new_in(IN_MEMORY_BYTES, PathBuf::from(folder)),
            form,
        )
    }

    fn over(file: SpooledTempFile, form: Form<T>) -> Self {
        Self {
            len: 0,
            blocks: Vec::new(),
            file,
            at: 0,
            open: Vec::new(),
            in_open: 0,
            form,
            packer: Compress::new(Compression::fast(), false),
        }
    }

    /// Takes the next value.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn push(&mut self, value: &T) -> io::Result<()> {
        let from = self.open.len();
        self.open.extend_from_slice(&[0; LENGTH_BYTES]);
        let behind = self.open.len();
        (self.form.write)(value, &mut self.open).ok_or(io::ErrorKind::InvalidData)?;
        let length = self.open.len().saturating_sub(behind);
        let length = u32::try_from(length).map_err(io::Error::other)?;
        if let Some(place) = self.open.get_mut(from..behind) {
            place.copy_from_slice(&length.to_le_bytes());
        }
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
        let packed = self.packed()?;
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

    fn packed(&mut self) -> io::Result<Vec<u8>> {
        self.packer.reset();
        let mut packed = Vec::with_capacity(self.open.len());
        let mut rest = self.open.as_slice();
        loop {
            // What cannot be packed takes more room than before.
            packed.reserve((self.open.len() / 4).max(1_024));
            let before = self.packer.total_in();
            let done = self
                .packer
                .compress_vec(rest, &mut packed, FlushCompress::Finish)?;
            if done == Status::StreamEnd {
                return Ok(packed);
            }
            let taken = self.packer.total_in().saturating_sub(before);
            let taken = usize::try_from(taken).map_err(io::Error::other)?;
            rest = rest.get(taken..).unwrap_or_default();
        }
    }

    /// After the last value.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> io::Result<Kept<T>> {
        self.pack()?;
        Ok(Kept(Arc::new(Inner {
            len: self.len,
            blocks: self.blocks.into(),
            file: Arc::new(Mutex::new(self.file)),
            source: Mutex::new(Source::new(self.form.read, self.form.read_key)),
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
            blocks: Arc::from([]),
            file: Arc::new(Mutex::new(tempfile::spooled_tempfile(0))),
            source: Mutex::new(Source::new(|_| None, |_| None)),
        }))
    }
}

impl<T: fmt::Debug> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: PartialEq> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || (self.len() == other.len() && self.iter().eq(other.iter()))
    }
}

impl<T: Serialize + DeserializeOwned> FromIterator<T> for Kept<T> {
    /// All in memory.
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut keeper = Keeper::over(tempfile::spooled_tempfile(usize::MAX), Form::JSON);
        for value in values {
            if keeper.push(&value).is_err() {
                break; // memory refuses nothing
            }
        }
        keeper.finish().unwrap_or_default()
    }
}

impl<T: Serialize + DeserializeOwned> From<Vec<T>> for Kept<T> {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().collect()
    }
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;
