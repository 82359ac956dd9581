#!/usr/bin/env bash
# Runs every test at the most talkative level, keeps whatever they write, and searches it for secrets.
#
# Tests remove their folders when they end. Here a small library stands before the C library: it gives each file that
# is about to be removed a second name in a folder of its own, so that the last bytes of every file can be searched.
# What the tests print is searched too. Needs Linux, gcc and the disk for it (some GB); takes no arguments.
# FAHUO_KEPT names a folder for what is kept (new or empty); without it nothing is left behind.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kept=${FAHUO_KEPT:-$work/kept}
# Temporary files lie on the same disk as what is kept, because a second name needs that.
mkdir -p "$kept/left"

cat > "$work/keep.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_ulong count;

static void keep(int folder, const char *path) {
    const char *kept = getenv("KEEP_IN");
    struct stat about;
    if (!kept || fstatat(folder, path, &about, AT_SYMLINK_NOFOLLOW) || !S_ISREG(about.st_mode)) return;
    const char *name = strrchr(path, '/');
    char to[4096];
    snprintf(to, sizeof to, "%s/%d-%lu-%s", kept, (int)getpid(), ++count, name ? name + 1 : path);
    linkat(folder, path, AT_FDCWD, to, 0);
}

int unlink(const char *path) {
    int (*next)(const char *) = dlsym(RTLD_NEXT, "unlink");
    keep(AT_FDCWD, path);
    return next(path);
}

int unlinkat(int folder, const char *path, int flags) {
    int (*next)(int, const char *, int) = dlsym(RTLD_NEXT, "unlinkat");
    if (!(flags & AT_REMOVEDIR)) keep(folder, path);
    return next(folder, path, flags);
}
C
gcc -shared -fPIC -O1 -o "$work/keep.so" "$work/keep.c" -ldl

echo "== building"
cargo test --locked --no-run
echo "== running every test"
env -u FAHUO_KEPT LD_PRELOAD="$work/keep.so" KEEP_IN="$kept" TMPDIR="$kept/left" FAHUO_LOG=trace RUST_LOG=trace \
  cargo test --locked --no-fail-fast -- --nocapture > "$kept/printed.txt" 2>&1 || echo "some tests failed; what they left is searched all the same"
grep -c '^test .* ok$' "$kept/printed.txt" | sed 's/^/tests that passed: /'
# What tests bring as files beyond every limit: gigabytes of one sign.
find "$kept" -type f -size +100M -delete
find "$kept" -type f | wc -l | sed 's/^/files: /'
# Equal ones are searched once.
find "$kept" -type f -exec sha256sum {} + | sort | awk 'seen[$1]++ { sub(/^[^ ]+ +/, ""); print }' | xargs -r -d '\n' rm
du -sh "$kept" | sed 's/\t.*//; s/^/size: /'

echo "== searching"
FAHUO_KEPT="$kept" cargo test --locked --test unattended -- --nocapture what_tests_leave
