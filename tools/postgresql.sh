#!/bin/sh
# Installs what `./run test --database postgresql` needs and no package index brings: Debian's postgresql.
set -eu
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
as=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "To install postgresql one must be root, or have sudo." >&2; exit 1; }
  as=sudo
fi
echo "· installing postgresql" >&2
export DEBIAN_FRONTEND=noninteractive
$as apt-get update -qq >&2
$as apt-get install -y -qq --no-install-recommends postgresql >&2
