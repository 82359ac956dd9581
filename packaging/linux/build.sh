#!/bin/sh
# Makes the Debian package and the archive for other Linux systems.
#
#   packaging/linux/build.sh [FOLDER]
#
# They lie in FOLDER, `target/packages` when it is not given, with a list of all parts (CycloneDX). Needs cargo, a C
# compiler, dpkg-deb, binutils, Python 3.11 and git; nothing is downloaded but what Cargo.lock names, and the same
# commit on the same system gives the same bytes. Build on the oldest system that is to be supported: the C library
# of the builder is the least that the package asks for.
#
#   PROGRAMS=folder   takes `fahuo` and `fahuoctl` from there and builds nothing
set -eu

cd "$(dirname "$0")/../.."
out=${1:-target/packages}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
arch=$(dpkg --print-architecture)
machine=$(uname -m)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

if [ -z "${PROGRAMS:-}" ]; then
    # No folder of the builder stays in the programs.
    RUSTFLAGS="--remap-path-prefix=$PWD=fahuo --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo" \
        cargo build --release --locked
    PROGRAMS=${CARGO_TARGET_DIR:-target}/release
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
tree=$work/tree
share=$tree/usr/share
doc=$share/doc/fahuo

# Both kinds of package have this tree; the archive leaves `usr` away.
install -Dm755 -t "$tree/usr/bin" "$PROGRAMS/fahuo" "$PROGRAMS/fahuoctl"
strip --strip-unneeded "$tree/usr/bin/fahuo" "$tree/usr/bin/fahuoctl"
install -Dm644 -t "$share/applications" packaging/linux/fahuo.desktop
install -Dm644 -t "$share/metainfo" packaging/linux/io.github.fahuo.Fahuo.metainfo.xml
install -Dm644 assets/icon/icon.svg "$share/icons/hicolor/scalable/apps/fahuo.svg"
for size in 16 32 48 128 256 512; do
    install -Dm644 "assets/icon/icon-$size.png" "$share/icons/hicolor/${size}x$size/apps/fahuo.png"
done
install -Dm644 -t "$doc" LICENSE assets/fonts/OFL.txt
install -Dm644 -t "$doc/examples" assets/import-template.csv assets/samples/warehouse-demo.csv
packaging/supply/parts.py licences >"$work/licences"
gzip -9n <"$work/licences" >"$doc/third-party-licences.txt.gz"
gzip -9n <CHANGELOG.md >"$doc/CHANGELOG.md.gz"
install -Dm644 packaging/linux/copyright "$doc/copyright"
# The window has a page of its own; the command line describes itself.
install -d "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/vendor-completions" \
    "$share/fish/vendor_completions.d"
sed "s/@VERSION@/$version/" packaging/linux/fahuo.1 >"$share/man/man1/fahuo.1"
ctl=$tree/usr/bin/fahuoctl
"$ctl" --lang en man --into "$share/man/man1"
gzip -9n "$share/man/man1"/*
"$ctl" --lang en completions bash >"$share/bash-completion/completions/fahuoctl"
"$ctl" --lang en completions zsh >"$share/zsh/vendor-completions/_fahuoctl"
"$ctl" --lang en completions fish >"$share/fish/vendor_completions.d/fahuoctl.fish"
cp -r packaging/unattended "$doc/examples/"
chmod -R u=rwX,go=rX "$tree"
find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +

mkdir -p "$out"
name=fahuo-$version-linux-$machine
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --transform="s,^\./usr,$name," -C "$tree" -cf - ./usr | gzip -9n >"$out/$name.tar.gz"
packaging/supply/parts.py sbom >"$out/$name.cdx.json"

# What only Debian wants: its own form of a changelog, with one line.
maintainer=$(sed -n 's/^Maintainer: //p' packaging/linux/control)
printf 'fahuo (%s) stable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(LC_ALL=C date -ud "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000')" |
    gzip -9n >"$doc/changelog.gz"

# The least C library is the newest of its versions that a symbol of the programs asks for.
libc=$(objdump -T "$tree/usr/bin/fahuo" "$tree/usr/bin/fahuoctl" |
    sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -Vu | tail -1)
mkdir "$tree/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@LIBC@/$libc/" \
    -e "s/@KIB@/$(du -sk --apparent-size "$tree/usr" | cut -f1)/" packaging/linux/control >"$tree/DEBIAN/control"
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
chmod 644 "$tree/DEBIAN/control" "$tree/DEBIAN/md5sums"
find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
DPKG_DEB_COMPRESSOR_TYPE=${DPKG_DEB_COMPRESSOR_TYPE:-xz} dpkg-deb --root-owner-group --build "$tree" "$out/fahuo_${version}_$arch.deb" >/dev/null

ls -l "$out/$name.tar.gz" "$out/$name.cdx.json" "$out/fahuo_${version}_$arch.deb"
