#!/bin/sh
# kenpo-xl nightly for cron and systemd: the summary and the log go into a folder.
#   nightly.sh ROOT [LOG_FOLDER]
# Exit status as of kenpo-xl: 0 clean, 1 something is to be mended by staff, 2 wrong use, 3 look into the log.
set -u

if [ $# -lt 1 ]; then
    echo "usage: nightly.sh ROOT [LOG_FOLDER]" >&2
    exit 2
fi
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
program=$here/../.venv/bin/kenpo-xl
[ -x "$program" ] || program=$(command -v kenpo-xl)
# Never one that lies in the folder in which this happens to be started.
case $program in
    /*) ;;
    *) echo "kenpo-xl is not installed" >&2; exit 3 ;;
esac
export PYTHONSAFEPATH=1
logs=${2:-${XDG_STATE_HOME:-$HOME/.local/state}/kenpo-xl}
mkdir -p "$logs" || exit 3

# A log of more than ten million bytes becomes the old one.
size=0
[ ! -f "$logs/nightly.log" ] || size=$(wc -c < "$logs/nightly.log")
[ "$size" -le 10000000 ] || mv -f "$logs/nightly.log" "$logs/nightly.old.log"

PYTHONUTF8=1 "$program" nightly "$1" --log-format json > "$logs/nightly.txt" 2>> "$logs/nightly.log"
status=$?
cat "$logs/nightly.txt"
exit $status
