#!/usr/bin/env bash
# Makes the pictures of the manual again, from the same scenes that the picture tests paint.
# Needs ImageMagick and a Vulkan driver (a software driver is enough); takes no arguments.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
FAHUO_PICTURES="$folder" cargo test --locked --test ui_pictures every_page

# The name in the manual, and the scene.
pictures="start:welcome-address daily:import-row unclear:outbox-row correction:ship-correct privacy:ship"
for lang in zh-CN en; do
  for picture in $pictures; do
    scene=$folder/${picture#*:}-$lang-light.png
    # Few colours keep the program small; the window has few.
    convert "$scene" -resize '1040x>' +dither -colors 96 -define png:compression-level=9 \
      "PNG8:assets/manual/$lang/${picture%%:*}.png"
  done
done
ls -l assets/manual/*/*.png
