#!/bin/sh
# record.sh: what a record of a run costs beside the run: processor time (user and system, so that a busy machine tells
# the same) of 100,000 innovations, computed from the YAML; saved; read back; run again with nothing changed. They take turns.
# Aim: saving and reading back cost less than computing.
#
#   tests/bench/record.sh            100,000 innovations
#   tests/bench/record.sh N          as many
#
# Environment: UPTAKE, BUILD (with plugins/ and tests/bench/bench-generate), as "./build.sh bench" sets them.
set -eu
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${BUILD:-$here/../../build}" && pwd)
uptake=${UPTAKE:-$build/uptake}
n=${1:-100000}
work=$(mktemp -d "${TMPDIR:-/tmp}/uptake-record.XXXXXX")
trap 'rm -rf "$work"' EXIT
UPTAKE_PLUGIN_PATH=$build/plugins
export UPTAKE_PLUGIN_PATH

[ -x "$build/tests/bench/bench-generate" ] || cmake --build "$build" --target bench-generate >/dev/null
"$build/tests/bench/bench-generate" "$n" >"$work/model.yaml"
printf 'uptake: 1\nmodel: model.yaml\nas_of: 2024-06-30\nplugins:\n  barriers: {use: spread-barriers}\n  support: {use: adopter-support}\nmerge:\n  m: {method: weighted-sum, measures: {barriers.openness: 2, support.coverage: 1}}\n' \
    >"$work/spec.yaml"

seconds() { # COMMAND...: processor time
    { TIMEFORMAT=; bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>/dev/null' bash "$@"; } 2>&1 |
        awk '{ printf "%.2f\n", $1 + $2 }'
}
least() { sort -n "$1" | head -1; }
for _ in 1 2 3; do
    seconds "$uptake" run "$work/spec.yaml" -o "$work/out.txt" >>"$work/computed"
    seconds "$uptake" run "$work/spec.yaml" -o "$work/run.db" --fresh >>"$work/whole"
    seconds "$uptake" explain "$work/run.db" i000001 -o "$work/explained.txt" >>"$work/read"
    seconds "$uptake" run "$work/spec.yaml" -o "$work/out.txt" --reuse "$work/run.db" >>"$work/reused"
done
computed=$(least "$work/computed") whole=$(least "$work/whole") read_back=$(least "$work/read") reused=$(least "$work/reused")
bytes=$(wc -c <"$work/run.db")
awk -v n="$n" -v a="$computed" -v b="$whole" -v c="$read_back" -v d="$reused" -v bytes="$bytes" 'BEGIN {
    printf "%d innovations, processor time of the best of 3 runs\n", n
    printf "  computed from the YAML   %.2f s\n  saved                    %.2f s (%.0f MB)\n", a, b - a, bytes / 1e6
    printf "  read back and explained  %.2f s\n  saved and read back      %.0f %% of computing (aim: under 100 %%)\n", c, 100 * (b - a + c) / a
    printf "  run with all reused      %.2f s\n", d }'
if command -v sqlite3 >/dev/null; then
    sqlite3 "$work/run.db" "SELECT '  values ' || (SELECT sum(row_count) FROM writes) || ', findings ' ||
        (SELECT count(*) FROM findings) || ', rows of lists ' || (SELECT count(*) FROM list_rows)"
fi
