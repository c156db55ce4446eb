#!/bin/sh
# contain.sh: what holding plugins costs. From anywhere, against a build folder:
#
#   BUILD=build tests/bench/contain.sh             100,000 innovations, best of 7
#   BUILD=build tests/bench/contain.sh --quick     10,000, best of 3: a smoke test
#
#   large   a whole run of three plugins, against the same run with --in-process: at most 3 % more
#   small   the same over ten innovations: at most 3 ms more a plugin
#   list    `uptake plugins` with 50 installed bundles and a warm cache, against `true`: under 20 ms
#
# What is compared runs in turns, and the best of each counts, so that a busy moment hits all alike. Timings decide
# nothing: the exit status is 0 unless something could not be run.
set -eu
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
fail() {
    printf 'contain.sh: %s\n' "$*" >&2
    exit 1
}

size=100000 rounds=7
case ${1-} in
'') ;;
--quick) size=10000 rounds=3 ;;
-h | --help) sed -n '2,/^set -eu/{/^set/d;s/^# \{0,1\}//;p;}' "$0" && exit 0 ;;
*) fail "unknown option '$1'; see --help" ;;
esac
build=$(cd "${BUILD:-$root/build}" && pwd) || fail "there is no build folder: set BUILD"
uptake=${UPTAKE:-$build/uptake}
[ -x "$uptake" ] || fail "there is no program at $uptake"
work=$(mktemp -d "${TMPDIR:-/tmp}/uptake-contain.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

for name in generate measure; do
    ${CC:-cc} -std=c17 -O2 -D_GNU_SOURCE= -o "$work/$name" "$here/$name.c" || fail "$name.c could not be compiled"
done
XDG_CACHE_HOME=$work/cache
export XDG_CACHE_HOME

# --- What is run -----------------------------------------------------------------------------------

spec() { # N
    "$work/generate" "$1" >"$work/model-$1.yaml"
    cat >"$work/spec-$1.yaml" <<END
uptake: 1
model: model-$1.yaml
as_of: 2024-06-30
plugin_path: [$build/plugins]
plugins:
  barriers: {use: spread-barriers}
  support: {use: adopter-support}
  again: {use: spread-barriers}
END
}
bundles() { # 50 small bundles, each with a plugin of its own
    mkdir "$work/bundles"
    k=0
    while [ $k -lt 50 ]; do
        sed "s/\"good\"/\"bench-$k\"/" "$root/tests/bundles/good.c" >"$work/one.c"
        ${CC:-cc} -std=c17 -O1 -shared -fPIC -D_GNU_SOURCE= -I"$root/include" -I"$root/tests/bundles" \
            -o "$work/bundles/bench-$k.so" "$work/one.c" -lm || fail 'a bundle could not be compiled'
        k=$((k + 1))
    done
    sleep 3 # what has just changed is not remembered
}

# --- Measuring -------------------------------------------------------------------------------------

# best NAME COMMAND...: keeps the least wall clock under that name.
best() {
    name=$1
    shift
    "$work/measure" "$@" >"$work/line" 2>"$work/error" || {
        cat "$work/error" >&2
        fail "could not run: $*"
    }
    sed -n "s/^wall=\([0-9.]*\) .*/$name \1/p" "$work/line" >>"$work/times"
}
run() { # NAME N FLAG...
    name=$1 spec=$work/spec-$2.yaml
    shift 2
    best "$name" "$uptake" run "$spec" --format json -o /dev/null --jobs 1 "$@"
}

spec "$size"
spec 10
bundles
"$uptake" run "$work/spec-10.yaml" -o /dev/null --format json # the cache is warm from here on
UPTAKE_PLUGIN_PATH=$work/bundles "$uptake" plugins >"$work/list" || fail 'the bundles could not be listed'
[ "$(grep -c '^bench-[0-9]* ' "$work/list")" -ge 50 ] || fail 'not all bundles are listed'
round=0
while [ $round -lt $rounds ]; do
    run large-held "$size"
    run large-free "$size" --in-process
    for turn in 1 2 3; do
        run small-held 10
        run small-free 10 --in-process
        best list env UPTAKE_PLUGIN_PATH="$work/bundles" "$uptake" plugins
        best true env UPTAKE_PLUGIN_PATH="$work/bundles" true
    done
    round=$((round + 1))
done

level=$("$uptake" run "$work/spec-10.yaml" --format json 2>"$work/error" | sed -n 's/.*"containment": "\([^"]*\)".*/\1/p')
awk -v size="$size" -v rounds="$rounds" -v level="$level" '
    !($1 in best) || $2 < best[$1] { best[$1] = $2 }
    END {
        printf "containment: %s; one worker a plugin at a time; best of %d (%d for what is small)\n", level, rounds, 3 * rounds
        printf "%d innovations, three plugins: %.3f s held, %.3f s with --in-process: ratio %.3f (target: at most 1.03)\n", size, best["large-held"], best["large-free"], best["large-held"] / best["large-free"]
        printf "10 innovations, three plugins: %.2f ms held, %.2f ms with --in-process: %.2f ms more a plugin (target: at most 3)\n", 1000 * best["small-held"], 1000 * best["small-free"], 1000 * (best["small-held"] - best["small-free"]) / 3
        printf "uptake plugins, 50 bundles, warm: %.2f ms; true: %.2f ms; ratio %.1f (target: under 20 ms)\n", 1000 * best["list"], 1000 * best["true"], best["list"] / best["true"]
    }' "$work/times"
