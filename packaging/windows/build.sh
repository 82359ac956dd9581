#!/bin/sh
# Makes the installer and the archive for Windows, from Linux.
#
#   packaging/windows/build.sh [FOLDER]
#
# They lie in FOLDER, `target/packages` when it is not given, with a list of all parts (CycloneDX). Needs cargo with the
# target x86_64-pc-windows-gnu (`rustup target add`), Python 3.11, git, and from Debian gcc-mingw-w64-x86-64, zip and nsis.
# The programs import DLLs of Windows only. They are not signed here.
#
#   PROGRAMS=folder   takes `fahuo.exe` and `fahuoctl.exe` from there and builds nothing
#   PROFILE=dev       another profile than release
set -eu

cd "$(dirname "$0")/../.."
out=${1:-target/packages}
target=x86_64-pc-windows-gnu
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
profile=${PROFILE:-release}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

if [ -z "${PROGRAMS:-}" ]; then
    folder=$([ "$profile" = dev ] && echo debug || echo "$profile")
    for program in fahuo fahuoctl; do
        # The resource is an object file among the others, so the build needs no script of its own.
        x86_64-w64-mingw32-windres -I packaging/windows -O coff -i packaging/windows/fahuo.rc -o "$work/$program.o" \
            "-DFAHUO_VERSION=\\\"$version\\\"" "-DFAHUO_NUMBERS=$(echo "$version" | tr . ,),0" \
            "-DFAHUO_PROGRAM=\\\"$program\\\""
        RUSTFLAGS="--remap-path-prefix=$PWD=fahuo --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo" \
            cargo rustc --profile "$profile" --locked --target "$target" --bin "$program" -- -C "link-arg=$work/$program.o"
    done
    PROGRAMS=${CARGO_TARGET_DIR:-target}/$target/$folder
fi

name=fahuo-$version-windows-x86_64
tree=$work/$name
install -Dm755 -t "$tree" "$PROGRAMS/fahuo.exe" "$PROGRAMS/fahuoctl.exe"
x86_64-w64-mingw32-strip "$tree/fahuo.exe" "$tree/fahuoctl.exe"
# Windows shows texts with its own line ends best.
crlf() { sed 's/$/\r/' "$1" >"$2"; }
crlf LICENSE "$tree/LICENSE.txt"
crlf assets/fonts/OFL.txt "$tree/OFL.txt"
packaging/supply/parts.py licences "$target" >"$work/licences"
crlf "$work/licences" "$tree/third-party-licences.txt"
install -Dm644 -t "$tree/examples" assets/import-template.csv assets/samples/warehouse-demo.csv
find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +

mkdir -p "$out"
out=$(readlink -f "$out")
rm -f "$out/$name.zip"
(cd "$work" && find "$name" | sort | TZ=UTC zip -X -q "$out/$name.zip" -@)
packaging/supply/parts.py sbom "$target" >"$out/$name.cdx.json"
makensis -V2 -NOCD "-DVERSION=$version" "-DTREE=$tree" "-DOUT=$out/$name-setup.exe" packaging/windows/setup.nsi
ls -l "$out/$name.zip" "$out/$name.cdx.json" "$out/$name-setup.exe"
