//! Takes the one stream that matters out of the container of an old workbook (MS-CFB). Apart from `biff`, which
//! reads the stream; both by hand, because what is declared in such a file must never decide how much memory is
//! taken, only what is really there.

use super::grid::Stop;

/// Sector numbers from here on are marks and no sectors.
const LAST_SECTOR: u32 = 0xffff_fff9;
/// Streams shorter than this lie in the small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;

/// Two bytes of a record, little-endian.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let piece = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(piece.try_into().ok()?))
}

/// Four bytes of a record, little-endian.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let piece = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(piece.try_into().ok()?))
}

fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The stream of the workbook.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    let container = Container::open(bytes).ok_or(Stop::Unsupported)?;
    if container.entry(&["EncryptedPackage"]).is_some() {
        return Err(Stop::Protected);
    }
    container.stream(&["Workbook", "Book"]).ok_or(Stop::Unsupported)
}

struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    /// The small sector that follows each small sector.
    next_small: Vec<u32>,
    entries: Vec<u8>,
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut container = Self {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            entries: Vec::new(),
        };
        container.next = container.table()?;
        container.entries = container.chain(u32_at(bytes, 48)?)?;
        container.next_small = numbers(&container.chain(u32_at(bytes, 60)?)?);
        Some(container)
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = size(sector).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|piece| !piece.is_empty())
    }

    /// How many sectors the file can have: no chain is longer.
    fn most(&self) -> usize {
        self.bytes.len().checked_div(self.sector).unwrap_or_default()
    }

    /// The table of all chains, which lies in sectors listed in the header and in a chain of their own.
    fn table(&self) -> Option<Vec<u32>> {
        let mut places: Vec<u32> = numbers(self.bytes.get(76..512)?);
        let mut list = u32_at(self.bytes, 68)?;
        let mut lists: usize = 0;
        while list <= LAST_SECTOR {
            lists = lists.checked_add(1).filter(|lists| *lists <= self.most())?;
            let mut more = numbers(self.at(list)?);
            list = more.pop()?;
            places.extend(more);
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|place| *place <= LAST_SECTOR) {
            if table.len() > self.bytes.len() {
                return None;
            }
            table.extend(numbers(self.at(place)?));
        }
        Some(table)
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut sector = first;
        let mut steps: usize = 0;
        while sector <= LAST_SECTOR {
            steps = steps
                .checked_add(1)
                .filter(|steps| *steps <= self.most().saturating_add(1))?;
            out.extend_from_slice(self.at(sector)?);
            sector = self.next.get(size(sector)).copied()?;
        }
        Some(out)
    }

    fn small_chain(&self, first: u32, whole: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut sector = first;
        let mut steps: usize = 0;
        while sector <= LAST_SECTOR {
            steps = steps
                .checked_add(1)
                .filter(|steps| *steps <= self.next_small.len())?;
            let start = size(sector).checked_mul(SMALL_SECTOR)?;
            out.extend_from_slice(whole.get(start..start.checked_add(SMALL_SECTOR)?)?);
            sector = self.next_small.get(size(sector)).copied()?;
        }
        Some(out)
    }

    /// The first stream that has one of these names, in the list of streams.
    fn entry(&self, names: &[&str]) -> Option<&[u8]> {
        names.iter().find_map(|name| {
            self.entries
                .chunks_exact(ENTRY)
                .find(|entry| entry.get(66) == Some(&2) && entry_name(entry).eq_ignore_ascii_case(name))
        })
    }

    /// The first stream that has one of these names.
    fn stream(&self, names: &[&str]) -> Option<Vec<u8>> {
        let root = self
            .entries
            .chunks_exact(ENTRY)
            .find(|entry| entry.get(66) == Some(&5))?;
        let found = self.entry(names)?;
        let first = u32_at(found, 116)?;
        let length = size(u32_at(found, 120)?);
        let mut stream = if length < SMALL_STREAM {
            self.small_chain(first, &self.chain(u32_at(root, 116)?)?)?
        } else {
            self.chain(first)?
        };
        stream.truncate(length);
        Some(stream)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (quads, _) = bytes.as_chunks::<4>();
    quads.iter().map(|quad| u32::from_le_bytes(*quad)).collect()
}

fn entry_name(entry: &[u8]) -> String {
    let (pairs, _) = entry.get(..64).unwrap_or_default().as_chunks::<2>();
    let units = pairs
        .iter()
        .map(|pair| u16::from_le_bytes(*pair))
        .take_while(|unit| *unit != 0);
    char::decode_utf16(units)
        .map(|c| c.unwrap_or('\u{fffd}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_containers_are_refused() {
        let mut header = vec![0u8; 512];
        for bytes in [vec![], vec![0; 100], header.clone()] {
            assert_eq!(workbook_stream(&bytes), Err(Stop::Unsupported));
        }
        // A table that lists itself for ever.
        header[30] = 9;
        header.extend_from_slice(&[0u8; 512]);
        assert_eq!(workbook_stream(&header), Err(Stop::Unsupported));
    }
}
