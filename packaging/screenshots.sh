#!/bin/sh
# Makes a picture of every page of the real window: both languages, both themes, at 100 % and 200 %.
#
#   packaging/screenshots.sh FOLDER [PAGE ...]
#
# FOLDER is made when it is missing. Without PAGE every page that `fahuo --sandbox --pages` names is taken, so a new
# page needs no line here. Two more can be named: `order`, the list with an order open, and `repair`, a row of a file that
# must be repaired (at 100 %); README shows `orders`, `order`, `repair` and `board`. Works on made-up orders only and opens no window on your screen: it needs Xvfb, openbox,
# xdotool, ImageMagick (`import`) and software OpenGL (Debian: xvfb openbox xdotool imagemagick libgl1-mesa-dri).
#
#   FAHUO=path     the program, target/debug/fahuo when it is not set
#   SIZE=WxH       the window in pixels, 1280x800
#   ZOOMS="100 …"  the zooms in percent, "100 200"
#   LANGS="en …"   the languages, "zh-CN en"
#   THEMES="…"     the themes, "light dark"
#   SETTLE=secs    how long a page gets to fetch and paint, 4
set -eu

folder=${1:?usage: packaging/screenshots.sh FOLDER [PAGE ...]}
shift
fahuo=${FAHUO:-target/debug/fahuo}
size=${SIZE:-1280x800}
zooms=${ZOOMS:-100 200}
langs=${LANGS:-zh-CN en}
themes=${THEMES:-light dark}
settle=${SETTLE:-4}
width=${size%x*}
height=${size#*x}
sample=$(dirname "$0")/../assets/samples/warehouse-demo.csv

for tool in Xvfb openbox xdotool import; do
    command -v "$tool" >/dev/null || { echo "screenshots: $tool is not installed" >&2; exit 2; }
done
[ -x "$fahuo" ] || { echo "screenshots: $fahuo is not there; build it or set FAHUO" >&2; exit 2; }
mkdir -p "$folder"
work=$(mktemp -d)
app=

# Only what was started here is ended.
finish() {
    [ -z "$app" ] || kill "$app" 2>/dev/null || true
    [ -z "${manager:-}" ] || kill "$manager" 2>/dev/null || true
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# The window has a frame of its own, so the screen is a little larger. The server chooses a free display and writes its number.
mkfifo "$work/display"
screen=$((width + 80))x$((height + 80))x24
Xvfb -displayfd 3 -screen 0 "$screen" -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
server=$!
read -r number <"$work/display"
export DISPLAY=":$number"
openbox >"$work/openbox.log" 2>&1 &
manager=$!

export LIBGL_ALWAYS_SOFTWARE=1 FAHUO_RENDERER=glow XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-$work}"
unset WAYLAND_DISPLAY WAYLAND_SOCKET
pages=${*:-$("$fahuo" --sandbox --pages)}

# Does what a person does before there is something to see. The orders of the sandbox are the same every time.
fill() {
    case $1 in
        ship)
            keys Down 1 Return 2 s 2
            xdotool type zto && sleep 1 && keys Return 1
            xdotool type 78901234567890 && sleep 1
            ;;
        order)
            keys Down 1 Down 1 Return 3
            ;;
        repair)
            click 526 240 && sleep 1 && keys Down 1 Down 2
            ;;
        scan)
            xdotool type 4200059869471023569584022022 && sleep 1 && keys Return 3
            ;;
        outbox)
            send "$2" && sleep 1 && keys ctrl+3 2
            ;;
        history)
            # The file waits ten seconds before it is sent.
            send "$2" && sleep 20 && keys ctrl+h 3
            ;;
    esac
}

# Keys, each with the seconds that the window gets for it.
keys() {
    while [ $# -gt 1 ]; do
        xdotool key "$1"
        sleep "$2"
        shift 2
    done
}

# Presses the button that sends the checked file: in a narrow page below the title, else at the right end.
send() {
    if [ $((width * 100 / $1)) -lt 900 ]; then
        x=$((125 * $1 / 100)) y=$((125 * $1 / 100))
    else
        x=$((width - 85 * $1 / 100)) y=$((72 * $1 / 100))
    fi
    click "$x" "$y"
}

# Presses what stands there, and takes the pointer away again.
click() {
    xdotool mousemove --window "$window" "$1" "$2" click 1
    xdotool mousemove "$((width + 70))" "$((height + 70))"
}

# One picture: start, let it settle, take it, end.
take() {
    page=$1 lang=$2 theme=$3 zoom=$4
    file=$folder/$page-$lang-$theme-$zoom.png
    opened=$page
    set -- --sandbox --lang "$lang" --theme "$theme" --zoom "$zoom"
    case $page in
        # What is on its way and what has happened begins with a file.
        import | repair | outbox | history) set -- "$@" --page import --open "$sample" ;;
        # The form belongs to an open order.
        ship | order) set -- "$@" --page orders ;;
        *) set -- "$@" --page "$page" ;;
    esac
    "$fahuo" "$@" >"$work/app.log" 2>&1 &
    app=$!
    window=
    # A window that is being made can go again between two answers of the server, so the search has several tries.
    for _ in 1 2 3 4 5; do
        window=$(timeout 30 xdotool search --sync --onlyvisible --pid "$app" 2>/dev/null | tail -1) || true
        [ -z "$window" ] || break
        sleep 1
    done
    if [ -z "$window" ]; then
        echo "screenshots: no window for $opened" >&2
        cat "$work/app.log" >&2
        exit 1
    fi
    xdotool windowmove "$window" 0 0 windowsize "$window" "$width" "$height" 2>/dev/null || true
    # The pointer would leave a tooltip in the picture.
    xdotool mousemove "$((width + 70))" "$((height + 70))"
    sleep "$settle"
    fill "$page" "$zoom"
    import -window "$window" "$file"
    kill "$app" 2>/dev/null || true
    wait "$app" 2>/dev/null || true
    app=
    echo "$file"
}

for page in $pages; do
    for lang in $langs; do
        for theme in $themes; do
            for zoom in $zooms; do
                take "$page" "$lang" "$theme" "$zoom"
            done
        done
    done
done
