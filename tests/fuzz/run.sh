#!/bin/sh
# run.sh SECONDS [TARGET...]: fuzzes, each target in a process of its own at the lowest priority, and says what came of it.
# Called by "./build.sh fuzz"; FUZZERS is the folder of the built targets (build-fuzz/tests).
#
#   build-fuzz/corpus/NAME     inputs that reach something new; kept between runs
#   build-fuzz/findings/NAME   inputs on which the target ended: "FUZZERS/fuzz-NAME FILE" tries one again
#
# What matters goes into tests/fuzz/corpus/NAME, which every run of the suite tries.
set -u
seconds=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
top=$(dirname "$FUZZERS")
ASAN_OPTIONS=allocator_may_return_null=1
export ASAN_OPTIONS
[ $# -gt 0 ] || set -- $(cd "$here" && for target in *.c; do echo "${target%.c}"; done)

mkdir -p "$top/fuzz-logs"
# Words of the formats, as the sources have them.
{
    grep -ohE '"[a-zA-Z_/.][a-zA-Z0-9_/. -]{1,39}"' "$root"/core/model/*.c "$root"/core/spec/*.c \
        "$root"/core/merge/methods.c "$root"/core/compare/statistics.c "$root"/core/check/*.c \
        "$root"/plugins/*/*.c | grep -v '\.h"'
    printf '"%s"\n' '\x0a====' ': {' '[{' '}]' '{about: 1}' '{low: 1, mode: 2, high: 3}' \
        '{suppressed: [1, 7]}' 1e308 -1e308 5e-324 0001-01-01 9999-12-31 '&a ' '*a'
} | sort -u >"$top/fuzz-logs/words"

# What there is in the tree of each kind, beside the kept inputs; copied, because a target may have no folder of its own.
seeds() { # TARGET FOLDER
    case $1 in
    model) cp "$root"/configs/models/*.yaml "$root"/configs/models/rules/*.yaml "$2" ;;
    spec) cp "$root"/configs/*.yaml "$2" ;;
    cases)
        number=0
        for plugin in spread-barriers adopter-support commissioning-fit vehicle; do
            { echo "#$number" && cat "$root/plugins/$plugin/cases.yaml"; } >"$2/$plugin"
            number=$((number + 1))
        done
        ;;
    esac
}

pids=
trap 'kill $pids 2>/dev/null; exit 130' INT TERM HUP
for target in "$@"; do
    [ -x "$FUZZERS/fuzz-$target" ] || { echo "fuzz: there is no target '$target'" >&2; exit 2; }
    seeds=$top/fuzz-logs/$target.seeds
    mkdir -p "$top/corpus/$target" "$top/findings/$target" "$seeds"
    seeds "$target" "$seeds"
    nice -n 19 "$FUZZERS/fuzz-$target" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=60 \
        -max_len=8192 -dict="$top/fuzz-logs/words" -artifact_prefix="$top/findings/$target/" \
        -print_final_stats=1 "$top/corpus/$target" "$here/corpus/$target" "$seeds" \
        >"$top/fuzz-logs/$target" 2>&1 &
    pids="$pids $!"
done
wait

found=0
for target in "$@"; do
    log=$top/fuzz-logs/$target
    findings=$(find "$top/findings/$target" -type f | wc -l)
    found=$((found + findings))
    printf 'fuzz %-8s %s executions, %s edges, %s inputs kept, %s findings\n' "$target" \
        "$(sed -n 's/^stat::number_of_executed_units: //p' "$log")" \
        "$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -1)" \
        "$(find "$top/corpus/$target" -type f | wc -l)" "$findings"
    [ "$findings" -eq 0 ] || grep -m 3 -E '^broken:|ERROR:|runtime error:' "$log" | sed 's/^/  /'
done
[ "$found" -eq 0 ] || { echo "fuzz: findings below $top/findings"; exit 1; }
