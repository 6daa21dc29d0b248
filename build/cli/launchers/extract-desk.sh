#!/bin/sh
# The command `extract-desk` of Linux: starts the app that lies beside it without a window and without a display.
# The headless switch has to stand on the command line; what follows `--` is for the command alone.
set -eu
here=$(dirname "$(readlink -f "$0")")
sandbox=
# Chromium refuses its sandbox to root.
if [ "$(id -u)" = 0 ]; then sandbox=--no-sandbox; fi
exec "$here/extract-desk-app" $sandbox --ozone-platform=headless --disable-gpu --log-level=3 --cli -- "$@"
