#!/bin/sh
# The command `extract-desk` of macOS, in Contents/Resources of the app; a link to it may lie anywhere on the path.
set -eu
self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
contents=$(cd "$(dirname "$self")/.." && pwd -P)
exec "$contents/MacOS/Extract Desk" --disable-gpu --log-level=3 --cli -- "$@"
