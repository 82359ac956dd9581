//! Writes an old workbook (`.xls`, BIFF8 in MS-CFB) from its documents: one sheet, cells of text, numbers and
//! formulas. Only as much of the format as a spreadsheet needs to open it.

use crate::describe::Cell;

fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    out.extend(data);
}

fn begin(out: &mut Vec<u8>, kind: u16) {
    let mut data = Vec::new();
    for word in [0x0600u16, kind, 0x0dbb, 0x07cc] {
        data.extend(word.to_le_bytes());
    }
    data.extend([0; 8]);
    record(out, 0x0809, &data);
}

fn place(row: usize, column: usize) -> Vec<u8> {
    let mut data = Vec::new();
    data.extend(u16::try_from(row).unwrap().to_le_bytes());
    data.extend(u16::try_from(column).unwrap().to_le_bytes());
    data.extend(0u16.to_le_bytes());
    data
}

fn sheet(table: &[Vec<Cell>]) -> Vec<u8> {
    let mut out = Vec::new();
    begin(&mut out, 0x0010);
    for (row, cells) in table.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let mut data = place(row, column);
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    let units: Vec<u16> = text.encode_utf16().collect();
                    data.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
                    data.push(1);
                    data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
                    record(&mut out, 0x0204, &data);
                }
                Cell::Typed(digits) => {
                    data.extend(digits.parse::<f64>().unwrap().to_le_bytes());
                    record(&mut out, 0x0203, &data);
                }
                Cell::Formula(digits) => {
                    data.extend(digits.parse::<f64>().unwrap().to_le_bytes());
                    data.extend([0; 8]);
                    record(&mut out, 0x0006, &data);
                }
            }
        }
    }
    record(&mut out, 0x000a, &[]);
    out
}

/// The workbook with this one sheet.
pub fn book(table: &[Vec<Cell>]) -> Vec<u8> {
    container(&stream(table))
}

/// The stream inside the container.
pub fn stream(table: &[Vec<Cell>]) -> Vec<u8> {
    let mut globals = Vec::new();
    begin(&mut globals, 0x0005);
    // 4 of the record's head, 8 of its own, 1 letter, 4 of the end.
    let start = u32::try_from(globals.len() + 4 + 9 + 4).unwrap();
    let mut data = start.to_le_bytes().to_vec();
    data.extend([0, 0, 1, 0, b'A']);
    record(&mut globals, 0x0085, &data);
    record(&mut globals, 0x000a, &[]);
    globals.extend(sheet(table));
    globals
}

/// Puts a stream into a container: header, one table of sectors, the folder, the stream.
pub fn container(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let length = stream.len().max(4096);
    let data = length.div_ceil(SECTOR);
    let mut tables = 1;
    while tables * (SECTOR / 4) < tables + 1 + data {
        tables += 1;
    }
    let number = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let mut head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    head.extend([0; 16]);
    for word in [0x3eu16, 3, 0xfffe, 9, 6, 0, 0, 0] {
        head.extend(word.to_le_bytes());
    }
    head.extend(number(0));
    head.extend(number(tables));
    head.extend(number(tables)); // the folder stands behind the tables
    head.extend(number(0));
    head.extend(number(4096));
    head.extend(0xffff_fffeu32.to_le_bytes());
    head.extend(number(0));
    head.extend(0xffff_fffeu32.to_le_bytes());
    head.extend(number(0));
    for table in 0..109 {
        head.extend(if table < tables { number(table) } else { [0xff; 4] });
    }
    let mut chains: Vec<u32> = vec![0xffff_fffd; tables];
    chains.push(0xffff_fffe);
    let first = tables + 1;
    chains.extend((1..data).map(|n| u32::try_from(first + n).unwrap()));
    chains.push(0xffff_fffe);
    chains.resize(tables * SECTOR / 4, 0xffff_ffff);
    head.extend(chains.iter().flat_map(|n| n.to_le_bytes()));
    let mut folder = Vec::new();
    for (name, kind, child, at, size) in [
        ("Root Entry", 5u8, 1u32, 0xffff_fffeu32, 0),
        ("Workbook", 2, 0xffff_ffff, u32::try_from(first).unwrap(), length),
    ] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(bytes.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([0xff; 8]);
        entry.extend(child.to_le_bytes());
        entry.resize(116, 0);
        entry.extend(at.to_le_bytes());
        entry.extend(number(size));
        entry.resize(128, 0);
        folder.extend(entry);
    }
    folder.resize(SECTOR, 0);
    head.extend(folder);
    head.extend(stream);
    head.resize(SECTOR * (1 + tables + 1 + data), 0);
    head
}
