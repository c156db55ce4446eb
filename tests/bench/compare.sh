#!/bin/sh
# compare.sh: how fast comparisons are, beside numpy and scipy on the same columns in the same minute. From anywhere:
#
#   tests/bench/compare.sh             best of 3
#   tests/bench/compare.sh --quick     best of 1, without weighted tau (scipy takes ten seconds for it)
#
# Both sides have their columns in memory before the clock starts. The time decides nothing; figures that differ do: the exit
# status is then 1.
#
# Environment:
#   BUILD     the build folder (else build/)
#   PYTHON    the Python that may have numpy and scipy
set -eu
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-$here/../../build}
program=$build/tests/bench/bench-compare
python=${PYTHON:-python3}
rounds=3 problems='tau-untied tau-tied weighted-untied weighted-tied alpha'
case ${1-} in
--quick) rounds=1 problems='tau-untied tau-tied alpha' ;;
'') ;;
-h | --help) sed -n '2,/^set -eu/{/^set/d;s/^# \{0,1\}//;p;}' "$0" && exit 0 ;;
*) echo "$0: unknown option '$1'; see --help" >&2 && exit 2 ;;
esac
[ -x "$program" ] || cmake --build "$build" --target bench-compare >/dev/null
work=$(mktemp -d "${TMPDIR:-/tmp}/uptake-compare.XXXXXX")
trap 'rm -rf "$work"' EXIT

versions=$("$python" "$here/compare.py" versions - 2>"$work/why") || versions=
if [ -n "$versions" ]; then echo "compared with $versions"; else echo "not compared with scipy: $(cat "$work/why")"; fi

# The best line of several rounds.
best() { # COMMAND...
    for round in $(seq "$rounds"); do "$@"; done | sort -t= -k2 -g | head -n 1
}
field() { printf '%s\n' "$2" | sed "s/.*$1=\([^ ]*\).*/\1/"; }

status=0
for what in $problems; do
    "$program" write "$what" "$work/data"
    ours=$(best "$program" "$what" "$work/data")
    line="$what: $(field wall "$ours") s, $(field peak_kib "$ours") KiB, figure $(field figure "$ours")"
    if [ -n "$versions" ]; then
        theirs=$(best "$python" "$here/compare.py" "$what" "$work/data")
        line="$line; scipy $(field wall "$theirs") s, $(field peak_kib "$theirs") KiB, figure $(field figure "$theirs")"
        line="$line; $(awk "BEGIN { printf \"%.1f times as fast\", $(field wall "$theirs") / $(field wall "$ours") }")"
        awk "BEGIN { d = $(field figure "$ours") - $(field figure "$theirs"); exit d < -1e-10 || d > 1e-10 }" ||
            { status=1; line="$line; THE FIGURES DIFFER"; }
    fi
    printf '%s\n' "$line"
done
exit "$status"
