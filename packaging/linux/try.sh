#!/bin/sh
# Tries the Debian package where nothing else is: makes a bare Debian system in a folder, installs the package with what
# it depends on and nothing that it recommends, opens the window, ships made-up orders from the command line, removes
# the package and looks what stayed.
#
#   packaging/linux/try.sh PACKAGE.deb [FOLDER]
#
# Pictures of the window lie in FOLDER afterwards, `target/tried` when it is not given: look at them. Ends with an error
# when something does not start, does not ship, or stays behind that is not the person's own data. Needs root for
# chroot and mount, a Debian mirror, and debootstrap, xvfb, openbox, xdotool and imagemagick; about 1 GB under TMPDIR.
#
#   SUITE=bookworm    the system
#   MIRROR=url        where it comes from
set -eu
# One order of names for all comparisons.
export LC_ALL=C

deb=$(readlink -f "${1:?usage: packaging/linux/try.sh PACKAGE.deb [FOLDER]}")
out=${2:-target/tried}
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
sample=$(dirname "$0")/../../assets/samples/warehouse-demo.csv

for tool in debootstrap Xvfb openbox xdotool import; do
    command -v "$tool" >/dev/null || { echo "try: $tool is not installed" >&2; exit 2; }
done
[ "$(id -u)" = 0 ] || { echo "try: chroot needs root" >&2; exit 2; }
mkdir -p "$out"
out=$(readlink -f "$out")
work=$(mktemp -d)
root=$work/root
# Where X11 listens, on every system.
sockets=tmp/.X11-unix
server= manager= app=

# Only what was started and mounted here is ended. A folder in which something is still mounted is left alone.
finish() {
    for process in $app $manager $server; do
        kill "$process" 2>/dev/null || true
    done
    for place in "$sockets" proc; do
        ! mountpoint -q "$root/$place" || umount "$root/$place"
    done
    if grep -q " $root/" /proc/mounts; then
        echo "try: something is still mounted below $root" >&2
    else
        rm -rf "$work"
    fi
}
trap finish EXIT
trap 'exit 1' INT TERM

say() { printf '\n== %s\n' "$*"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# The person at the desk: no locale of China, no keyring, no bus, no fonts.
clerk() {
    # Becomes the program when it runs in the background, so that ending it ends the program.
    exec chroot --userspec=clerk:clerk "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/clerk USER=clerk \
        LANG=C.UTF-8 DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1 "$@"
}
files() { find "$root" -xdev -not -type s -printf '%P\n' | grep -Ev '^(proc|tmp|run|dev|srv)(/|$)' | sort; }

say "a bare $suite"
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$work/debootstrap.log" || {
    tail -20 "$work/debootstrap.log" >&2
    exit 1
}
mount -t proc proc "$root/proc"
inside useradd --create-home --uid 1000 clerk
files >"$work/before"
inside dpkg-query -W -f '${Package}\n' >"$work/packages-before"

say "install: what it depends on, nothing that it recommends"
install -m644 "$deb" "$root/srv/fahuo.deb"
inside apt-get install -qq -y --no-install-recommends /srv/fahuo.deb >"$work/install.log" 2>&1 || {
    tail -20 "$work/install.log" >&2
    exit 1
}
inside dpkg-query -W -f '${Package}\n' | comm -13 "$work/packages-before" - | tr '\n' ' '
echo
inside dpkg --verify fahuo

say "the window"
mkdir -p "$root/$sockets"
chmod 1777 "$root/tmp" "$root/$sockets"
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1360x880x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
server=$!
read -r number <"$work/display"
mount --bind "/$sockets" "$root/$sockets"
DISPLAY=":$number" openbox >/dev/null 2>&1 &
manager=$!

# A picture of the window after some seconds, which is ended then: NAME ARGUMENTS...
look() {
    name=$1
    shift
    clerk fahuo "$@" >"$work/app.log" 2>&1 &
    app=$!
    window=
    for _ in 1 2 3 4 5 6; do
        window=$(DISPLAY=":$number" timeout 20 xdotool search --sync --onlyvisible --class fahuo 2>/dev/null | tail -1) || true
        [ -z "$window" ] || break
        sleep 1
    done
    if [ -z "$window" ]; then
        echo "try: no window ($name)" >&2
        cat "$work/app.log" >&2
        exit 1
    fi
    sleep "${SETTLE:-6}"
    DISPLAY=":$number" import -window root "$out/$name.png"
    kill "$app"
    wait "$app" 2>/dev/null || true
    app=
    cat "$work/app.log"
    echo "$out/$name.png"
}
look welcome
look orders --sandbox --page orders
look board-english --sandbox --lang en --theme dark --page board

say "the command line"
install -m644 "$sample" "$root/srv/orders.csv"
(clerk fahuoctl --version)
code=0
(clerk fahuoctl --sandbox --lang en ship --yes --format text /srv/orders.csv) >"$work/shipped" || code=$?
# 1: the sample has rows that must be repaired.
cat "$work/shipped"
[ "$code" -le 1 ] || { echo "try: fahuoctl ended with $code" >&2; exit 1; }

say "remove"
inside apt-get purge -qq -y --autoremove fahuo >"$work/remove.log" 2>&1
inside dpkg-query -W -f '${Package}\n' | comm -13 "$work/packages-before" - >"$work/packages-left"
# A bare system lacks packages that its own ones recommend; what came in and is one of them stays.
[ ! -s "$work/packages-left" ] || echo "packages that others recommend and that stay: $(tr '\n' ' ' <"$work/packages-left")"
files | comm -13 "$work/before" - >"$work/left"
echo "the person's data:"
grep '^home/clerk/' "$work/left" || { echo "try: the data is gone" >&2; exit 1; }
# What dpkg, apt and the list of certificates write about themselves is theirs, and so is what belongs to packages.
cat "$root"/var/lib/dpkg/info/*.list | sed 's,^/,,; s,^\(bin\|sbin\|lib\|lib64\)/,usr/&,' | sort -u >"$work/owned"
grep -Ev '^(home/clerk/|var/(lib/(dpkg|apt|systemd|pam)|cache|log)/|etc/ssl/|etc/ca-certificates|usr/local/share/ca-certificates)' "$work/left" |
    comm -23 - "$work/owned" >"$work/strangers" || true
if [ -s "$work/strangers" ]; then
    echo "try: files that belong to nothing stayed:" >&2
    cat "$work/strangers" >&2
    exit 1
fi
if find "$root" -xdev -iname '*fahuo*' -not -path "$root/home/*" -not -path "$root/srv/*" -not -path "$root/proc/*" | grep .; then
    echo "try: the package left files of its own" >&2
    exit 1
fi
say "all good; now look at the pictures in $out"
