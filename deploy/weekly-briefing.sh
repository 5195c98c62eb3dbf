#!/bin/sh
# The briefing of the whole country as of today, with what changed since a week ago, into a folder
# of its own: weekly-briefing.sh DIR [more arguments of python -m dashboard.briefing].
# Ends with that command's code: 0 all made, 3 something missing, 1 nothing, 2 wrong arguments.
set -u
[ $# -ge 1 ] || { echo "usage: $0 DIR [arguments]" >&2; exit 2; }
out=$1
shift
cd "$(dirname "$0")/.." || exit 1
python=.venv/bin/python
[ -x "$python" ] || python=python3
# On a Monday this is the Monday before; after a Monday that was missed, a week back all the same.
today=$(date +%F)
since=$(date -d '7 days ago' +%F)
# The days of the 63 and of the 34 units cannot be compared (from 2025-07-01 on there are 34).
case $today in
2025-07-0[1-7]) compare="" ;;
*) compare="--since $since" ;;
esac
# shellcheck disable=SC2086
exec "$python" -m dashboard.briefing --scope country --as-of "$today" $compare \
    --format docx,pptx,pdf,xlsx,letters,zip --out "$out/$today" "$@"
