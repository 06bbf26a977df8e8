#!/bin/sh
# Installs what the browser tests and `./run shots` need and no package index brings: Debian's chromium (its build without a window) and a Chinese font.
set -eu
has_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family)" ]; }
wanted=
command -v chromium-headless-shell >/dev/null 2>&1 || wanted="chromium-headless-shell"
has_font || wanted="$wanted fontconfig fonts-noto-cjk"
[ -n "$wanted" ] || exit 0
as=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "To install $wanted one must be root, or have sudo." >&2; exit 1; }
  as=sudo
fi
echo "· installing" $wanted >&2
export DEBIAN_FRONTEND=noninteractive
$as apt-get update -qq >&2
# shellcheck disable=SC2086 - several packages
$as apt-get install -y -qq --no-install-recommends $wanted >&2
