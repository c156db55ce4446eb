#!/bin/sh
# merge.sh: how fast merges are, 1,000,000 innovations by 12 measures (borda: 8), scores and ranks, beside numpy and
# scipy on the same columns in the same minute. From anywhere:
#
#   tests/bench/merge.sh             best of 3 by processor time
#   tests/bench/merge.sh --quick     best of 1
#
# Both sides have their columns in memory before the clock starts. Times are processor time. They decide nothing; figures
# that differ do: the exit status is then 1.
#
# Environment:
#   BUILD     the build folder (else build/)
#   PYTHON    the Python that may have numpy and scipy
set -eu
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-$here/../../build}
program=$build/tests/bench/bench-merge
python=${PYTHON:-python3}
rounds=3 problems='sum topsis borda'
case ${1-} in
--quick) rounds=1 ;;
'') ;;
-h | --help) sed -n '2,/^set -eu/{/^set/d;s/^# \{0,1\}//;p;}' "$0" && exit 0 ;;
*) echo "$0: unknown option '$1'; see --help" >&2 && exit 2 ;;
esac
[ -x "$program" ] || cmake --build "$build" --target bench-merge >/dev/null
work=$(mktemp -d "${TMPDIR:-/tmp}/uptake-merge.XXXXXX")
trap 'rm -rf "$work"' EXIT

versions=$("$python" "$here/merge.py" versions - 2>"$work/why") || versions=
if [ -n "$versions" ]; then echo "compared with $versions"; else echo "not compared with scipy: $(cat "$work/why")"; fi

field() { printf '%s\n' "$2" | sed "s/.*$1=\([^ ]*\).*/\1/"; }
# The line of the round that took the least processor time: a machine that does other things as well takes no more of it.
best() { # COMMAND...
    for round in $(seq "$rounds"); do
        line=$("$@") || return
        printf '%s %s\n' "$(field cpu "$line")" "$line"
    done | sort -g | head -n 1 | cut -d' ' -f2-
}
ratio() { # FIELD
    awk "BEGIN { printf \"%.1f\", $(field "$1" "$theirs") / $(field "$1" "$ours") }"
}

status=0
for what in $problems; do
    "$program" write "$what" "$work/data"
    ours=$(best "$program" "$what" "$work/data")
    line="$what: $(field cpu "$ours") s, $(field peak_kib "$ours") KiB, figure $(field figure "$ours")"
    if [ -n "$versions" ]; then
        theirs=$(best "$python" "$here/merge.py" "$what" "$work/data")
        line="$line; scipy $(field cpu "$theirs") s, $(field peak_kib "$theirs") KiB, figure $(field figure "$theirs")"
        line="$line; $(ratio cpu) times as fast ($(ratio wall) by the clock on the wall), $(awk "BEGIN { printf \"%.0f %%\", 100 * $(field peak_kib "$ours") / $(field peak_kib "$theirs") }") of the memory"
        awk "BEGIN { d = $(field figure "$ours") - $(field figure "$theirs"); d /= $(field figure "$theirs"); exit d < -1e-9 || d > 1e-9 }" ||
            { status=1; line="$line; THE FIGURES DIFFER"; }
    fi
    printf '%s\n' "$line"
done
exit "$status"
