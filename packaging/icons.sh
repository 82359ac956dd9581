#!/bin/sh
# Renders every picture of the icon from `assets/icon/icon.svg`: the sizes of Linux, `icon.ico` of Windows and
# `icon.icns` of macOS. They are committed, so that a build needs no picture tools.
#
#   packaging/icons.sh [FOLDER]
#
# Writes to FOLDER, `assets/icon` when it is not given. Needs rsvg-convert (Debian: librsvg2-bin) and Python 3; the same
# librsvg gives the same bytes. Each size is rendered by itself, none is scaled.
set -eu

icon=$(dirname "$0")/../assets/icon
out=${1:-$icon}
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for size in 16 24 32 48 64 128 256 512 1024; do
    rsvg-convert -w "$size" -h "$size" "$icon/icon.svg" -o "$work/$size.png"
done
for size in 16 32 48 128 256 512; do
    cp "$work/$size.png" "$out/icon-$size.png"
done

# Both containers hold PNG files one after the other, with a list before them or a name before each.
python3 - "$work" "$out" <<'PYTHON'
import struct, sys
from pathlib import Path

work, out = map(Path, sys.argv[1:])
png = lambda size: (work / f"{size}.png").read_bytes()

sizes = [16, 24, 32, 48, 64, 128, 256]
at = 6 + 16 * len(sizes)
table = pictures = b""
for size in sizes:
    # 256 is written as 0; one plane, 32 bits.
    table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png(size)), at + len(pictures))
    pictures += png(size)
(out / "icon.ico").write_bytes(struct.pack("<HHH", 0, 1, len(sizes)) + table + pictures)

names = [("ic07", 128), ("ic08", 256), ("ic09", 512), ("ic10", 1024),
         ("ic11", 32), ("ic12", 64), ("ic13", 256), ("ic14", 512)]
body = b"".join(name.encode() + struct.pack(">I", 8 + len(png(size))) + png(size) for name, size in names)
(out / "icon.icns").write_bytes(b"icns" + struct.pack(">I", 8 + len(body)) + body)
PYTHON
ls -l "$out"
