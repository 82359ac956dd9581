#!/bin/sh
# Tries the program for the other systems, from Linux: Windows by building, testing and opening it under Wine, macOS by
# checking the types of everything, C parts included.
#
#   packaging/cross-check.sh [windows|macos]
#
# Without an argument both. Not part of `.ci/run`, because each needs minutes and some gigabytes; builds lie in
# `target-cross`, which may be deleted. Pictures of the window lie in `target-cross/pictures` afterwards: look at them.
# Needs the targets of Rust, `rustup target add x86_64-pc-windows-gnu aarch64-apple-darwin`, and
#   for Windows: gcc-mingw-w64-x86-64 wine64 wine xvfb openbox xdotool imagemagick mesa-vulkan-drivers libgl1-mesa-dri
#   for macOS:   zig, for example `pip install ziglang` (ZIG says how it is called, "zig" or "python3 -m ziglang")
#
#   TESTS="name …"   the test programs that run under Wine, those of the window and of the command line when not set
#   CHECKS="…"       what is checked for macOS, in the words of cargo, "--all-targets"
#   SETTLE=secs      how long a window gets to open and paint, 20
set -eu

cd "$(dirname "$0")/.."
what=${1:-all}
export CARGO_TARGET_DIR="$PWD/target-cross"
# Line tables for a system that nobody debugs here would double the size.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0
pictures=$CARGO_TARGET_DIR/pictures
work=$(mktemp -d)
server= manager=

# Only what was started here is ended.
finish() {
    [ ! -d "$work/prefix" ] || wineserver_of -k || true
    for process in $manager $server; do
        kill "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

say() { printf '\n== %s\n' "$*"; }
need() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null || { echo "cross-check: $tool is not installed" >&2; exit 2; }
    done
}

# Wine's own folder and nothing of the person's; no windows of its own about what it lacks.
in_wine() {
    env -u WAYLAND_DISPLAY WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" "$@"
}
wineserver_of() {
    for place in /usr/lib/wine/wineserver64 /usr/lib/wine/wineserver wineserver; do
        ! command -v "$place" >/dev/null || { in_wine "$place" "$@"; return; }
    done
}

display() {
    mkfifo "$work/display"
    Xvfb -displayfd 3 -screen 0 1360x880x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
    server=$!
    read -r number <"$work/display"
    export DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1
    openbox >/dev/null 2>&1 &
    manager=$!
}

# A picture of the window after some seconds, which is ended then: NAME ARGUMENTS...
look() {
    name=$1
    shift
    in_wine FAHUO_RENDERER=glow wine "$programs/fahuo.exe" "$@" >"$work/app.log" 2>&1 &
    app=$!
    window=$(timeout 120 xdotool search --sync --onlyvisible --class fahuo.exe 2>/dev/null | tail -1) || true
    [ -n "$window" ] || { echo "cross-check: no window ($name)" >&2; cat "$work/app.log" >&2; exit 1; }
    sleep "${SETTLE:-20}"
    import -window root "$pictures/$name.png"
    wineserver_of -k
    wait "$app" 2>/dev/null || true
    echo "$pictures/$name.png"
}

windows() {
    need cargo x86_64-w64-mingw32-gcc wine Xvfb openbox xdotool import
    target=x86_64-pc-windows-gnu
    tests=${TESTS:-$(cd tests && ls ui_*.rs cli*.rs | sed 's/\.rs$//')}
    chosen=
    for name in $tests; do
        chosen="$chosen --test $name"
    done

    say "Windows: build"
    # One command for tests and programs, so that everything is compiled once; and nothing optimised, which takes half
    # the time.
    # shellcheck disable=SC2086
    cargo --config 'profile.dev.package."*".opt-level=0' test --locked --target "$target" --no-run --lib $chosen --message-format=json >"$work/built.json"
    programs=$CARGO_TARGET_DIR/$target/debug

    # Wine 8 lacks one library that Rust takes random numbers from. A test aid; it is never shipped.
    cat >"$work/prng.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
C
    x86_64-w64-mingw32-gcc -shared -o "$work/bcryptprimitives.dll" "$work/prng.c" -ladvapi32
    cp "$work/bcryptprimitives.dll" "$programs/"
    cp "$work/bcryptprimitives.dll" "$programs/deps/"
    display
    mkdir -p "$pictures"
    in_wine wine wineboot -i >/dev/null 2>&1
    in_wine wine winecfg -v win10 >/dev/null 2>&1

    say "Windows: the command line"
    in_wine wine "$programs/fahuoctl.exe" --version
    code=0
    in_wine wine "$programs/fahuoctl.exe" --sandbox --lang en ship --yes --format text \
        assets/samples/warehouse-demo.csv || code=$?
    # 1: the sample has rows that must be repaired.
    [ "$code" -le 1 ] || { echo "cross-check: fahuoctl ended with $code" >&2; exit 1; }

    say "Windows: the window"
    look windows-welcome
    look windows-orders --sandbox --page orders

    say "Windows: tests"
    failed=
    python3 -c '
import json, sys
for line in open(sys.argv[1]):
    built = json.loads(line)
    if built.get("executable") and built.get("profile", {}).get("test"):
        print(built["target"]["name"], built["executable"])
' "$work/built.json" >"$work/programs"
    while read -r name program; do
        if in_wine WGPU_BACKEND=vulkan timeout 900 wine "$program" >"$work/$name.log" 2>&1 </dev/null; then
            printf '%s: %s\n' "$name" "$(grep '^test result' "$work/$name.log" | tr -d '\r')"
        else
            failed="$failed $name"
            printf '%s FAILED\n' "$name"
            grep -E '^(test .*FAILED|---- |test result|thread .* panicked)' "$work/$name.log" | tr -d '\r' | head -40
        fi
    done <"$work/programs"
    [ -z "$failed" ] || { echo "cross-check: failed:$failed" >&2; exit 1; }
}

macos() {
    zig=${ZIG:-zig}
    need cargo "${zig%% *}"
    target=aarch64-apple-darwin
    say "macOS: check"
    # Zig's compiler knows Apple's headers of C; it does not take the options that name Apple's own tools.
    mkdir -p "$work/bin" "$work/sdk"
    cat >"$work/bin/cc" <<CC
#!/bin/bash
args=()
while [ \$# -gt 0 ]; do
    case \$1 in
        -arch | -isysroot) shift ;;
        --target=* | -mmacosx-version-min=* | -mmacos-version-min=*) ;;
        # Objective-C needs headers that only a Mac has. Nothing is linked here, so an empty object stands for it.
        *.m) args+=(-x c /dev/null) ;;
        *) args+=("\$1") ;;
    esac
    shift
done
exec $zig cc -target aarch64-macos "\${args[@]}"
CC
    printf '#!/bin/sh\nexec %s ar "$@"\n' "$zig" >"$work/bin/ar"
    chmod +x "$work/bin/cc" "$work/bin/ar"
    # shellcheck disable=SC2086
    ZIG_GLOBAL_CACHE_DIR=$work/zig ZIG_LOCAL_CACHE_DIR=$work/zig SDKROOT=$work/sdk \
        CC_aarch64_apple_darwin=$work/bin/cc AR_aarch64_apple_darwin=$work/bin/ar \
        cargo check --locked ${CHECKS:---all-targets} --target "$target"
}

case $what in
    windows) windows ;;
    macos) macos ;;
    all)
        windows
        macos
        ;;
    *) echo "usage: packaging/cross-check.sh [windows|macos]" >&2; exit 2 ;;
esac
say "all good"
