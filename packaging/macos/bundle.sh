#!/bin/sh
# Makes `Fahuo.app` and, on a Mac, the disk image.
#
#   packaging/macos/bundle.sh [FOLDER]
#
# They lie in FOLDER, `target/packages` when it is not given, with a list of all parts (CycloneDX). On a Mac it builds for
# both processors and needs cargo with the targets aarch64-apple-darwin and x86_64-apple-darwin, Xcode's command line
# tools and Python 3.11.
#
#   PROGRAMS=folder   takes `fahuo` and `fahuoctl` from there and builds nothing; then it runs on any system
#   IDENTITY=name     signs with this certificate, "Developer ID Application: …"; without it the bundle is signed for
#                     this Mac only. The keychain knows the program by its signature, so one identity signs every release.
set -eu

cd "$(dirname "$0")/../.."
out=${1:-target/packages}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

if [ -z "${PROGRAMS:-}" ]; then
    built=${CARGO_TARGET_DIR:-target}
    for target in aarch64-apple-darwin x86_64-apple-darwin; do
        MACOSX_DEPLOYMENT_TARGET=11.0 \
            RUSTFLAGS="--remap-path-prefix=$PWD=fahuo --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo" \
            cargo build --release --locked --target "$target"
    done
    mkdir "$work/programs"
    for program in fahuo fahuoctl; do
        lipo -create -output "$work/programs/$program" \
            "$built/aarch64-apple-darwin/release/$program" "$built/x86_64-apple-darwin/release/$program"
    done
    PROGRAMS=$work/programs
fi

app=$out/Fahuo.app
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
install -m755 "$PROGRAMS/fahuo" "$PROGRAMS/fahuoctl" "$app/Contents/MacOS/"
sed "s/@VERSION@/$version/" packaging/macos/Info.plist >"$app/Contents/Info.plist"
printf 'APPL????' >"$app/Contents/PkgInfo"
# What Finder calls the program in each language.
for lang in zh-Hans:发货台 en:Fahuo; do
    mkdir "$app/Contents/Resources/${lang%%:*}.lproj"
    printf '"CFBundleDisplayName" = "%s";\n"CFBundleName" = "%s";\n' "${lang#*:}" "${lang#*:}" \
        >"$app/Contents/Resources/${lang%%:*}.lproj/InfoPlist.strings"
done
install -m644 assets/icon/icon.icns LICENSE assets/fonts/OFL.txt "$app/Contents/Resources/"
packaging/supply/parts.py licences aarch64-apple-darwin >"$app/Contents/Resources/third-party-licences.txt"
packaging/supply/parts.py sbom aarch64-apple-darwin >"$out/fahuo-$version-macos.cdx.json"

if command -v codesign >/dev/null; then
    for part in "$app/Contents/MacOS/fahuoctl" "$app"; do
        if [ -n "${IDENTITY:-}" ]; then
            codesign --force --options runtime --timestamp --sign "$IDENTITY" "$part"
        else
            codesign --force --sign - "$part"
        fi
    done
    plutil -lint "$app/Contents/Info.plist"
    codesign --verify --strict "$app"
fi
if command -v hdiutil >/dev/null; then
    mkdir "$work/image"
    cp -R "$app" "$work/image/"
    # Where the program is dragged to.
    ln -s /Applications "$work/image/Applications"
    hdiutil create -quiet -ov -volname Fahuo -srcfolder "$work/image" -format UDZO "$out/fahuo-$version-macos.dmg"
fi
find "$app" -type f | sort
