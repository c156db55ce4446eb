#!/bin/sh
# run.sh: how fast uptake is, how much memory it takes, and how both grow. From anywhere:
#
#   tests/bench/run.sh               10,000, 100,000 and 300,000 innovations, best of 5
#   tests/bench/run.sh --quick       10,000 only, best of 2, two workers: a smoke test
#   tests/bench/run.sh --sizes "10000 100000" --rounds 5
#   tests/bench/run.sh --minutes 5   no new round begins after that (default: 10); the first of each size always does
#
# The measure of speed is libyaml's bare event loop over the same file, on the same machine, in the same
# minute: what every reader built on libyaml must spend on one core. What is compared runs in turns
# (A B C A B C ...), so that a busy moment hits all alike. Timings decide nothing: the exit status is 0
# unless something could not be run at all.
#
# Environment:
#   BUILD            a build folder with uptake, libuptake_core.a and plugins/ (else build-bench/ is made)
#   UPTAKE           the program (else the build folder's)
#   UPTAKE_BENCH     folder for models and results, kept (else a temporary one, removed)
#   CC, CXX, PYTHON  compilers; the Python that may have PyYAML
set -eu
LC_ALL=C
export LC_ALL

usage() { sed -n '2,/^set -eu/{/^set/d;s/^# \{0,1\}//;p;}' "$here/run.sh"; }
say() { printf '%s\n' "$*"; }
progress() { printf 'run.sh: %s\n' "$*" >&2; }
fail() {
    printf 'run.sh: %s\n' "$*" >&2
    exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

# --- What is asked -------------------------------------------------------------------------------

sizes='10000 100000 300000' rounds=5 others_size=10000 others_rounds=2 jobs='1 2' minutes=10
whole_number() {
    case $1 in '' | *[!0-9]* | 0*) fail "$2: expected a whole number above 0, found '$1'" ;; esac
}
while [ $# -gt 0 ]; do
    case $1 in
    --quick) sizes=10000 rounds=2 others_size=1000 others_rounds=1 jobs=2 ;;
    --sizes | --rounds | --minutes)
        [ $# -ge 2 ] || fail "$1: its value is missing"
        for number in $2; do whole_number "$number" "$1"; done
        case $1 in --sizes) sizes=$2 ;; --rounds) rounds=$2 ;; *) minutes=$2 ;; esac
        shift
        ;;
    -h | --help) usage && exit 0 ;;
    *) fail "unknown option '$1'; see --help" ;;
    esac
    shift
done

# --- What is needed ------------------------------------------------------------------------------

cc=${CC:-cc} cxx=${CXX:-c++} python=${PYTHON:-python3}
if [ -n "${UPTAKE_BENCH-}" ]; then
    mkdir -p "$UPTAKE_BENCH"
    work=$(cd "$UPTAKE_BENCH" && pwd)
else
    work=$(mktemp -d "${TMPDIR:-/tmp}/uptake-bench.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
fi

# A program that stands in its build folder says where that is.
if [ -z "${BUILD-}" ] && [ -n "${UPTAKE-}" ] && [ -f "$(dirname "$UPTAKE")/libuptake_core.a" ]; then
    BUILD=$(dirname "$UPTAKE")
fi
if [ -n "${BUILD-}" ]; then
    build=$(cd "$BUILD" && pwd)
else
    build=$root/build-bench
    progress "building in $build"
    if ! { cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        '-DCMAKE_C_FLAGS_RELWITHDEBINFO=-O2 -g' -DUPTAKE_TESTS=OFF &&
        cmake --build "$build" --parallel; } >"$work/build.log" 2>&1; then
        tail -30 "$work/build.log" >&2
        fail "the build failed"
    fi
fi
uptake=${UPTAKE:-$build/uptake}
[ -x "$uptake" ] || fail "there is no program at $uptake"
UPTAKE_PLUGIN_PATH=$build/plugins
export UPTAKE_PLUGIN_PATH

warnings='-Wall -Wextra -Wshadow -Wconversion -Wundef -Wvla -Wdouble-promotion'
compile() { # NAME [FLAG...]: one program of this folder
    name=$1
    shift
    # shellcheck disable=SC2086
    "$cc" -std=c17 -O2 $warnings -Wstrict-prototypes -Wmissing-prototypes -D_GNU_SOURCE= \
        -o "$work/$name" "$here/$name.c" "$@" 2>"$work/$name.log" ||
        { cat "$work/$name.log" >&2; return 1; }
}
for name in generate bare measure; do
    libraries=''
    [ "$name" != bare ] || libraries=-lyaml
    compile "$name" $libraries || fail "$here/$name.c could not be compiled"
done

# Sanitizers slow a build down by a factor; its load cannot be compared with anything.
instrumented=''
if nm "$build/libuptake_core.a" 2>/dev/null | grep -q -m1 '__asan_\|__tsan_\|__ubsan_\|__gcov_'; then
    instrumented=1
    progress "$build is built with sanitizers or for coverage: its times mean nothing"
fi
have_load=''
# shellcheck disable=SC2046
if [ -z "$instrumented" ] && compile load -I"$root/core" -I"$root/include" \
    "$build/libuptake_core.a" -lyaml -lnettle $(pkg-config --libs libseccomp 2>/dev/null) $(pkg-config --libs sqlite3 2>/dev/null) -lm -ldl; then
    have_load=1
fi

# What people would otherwise use. Each is measured, or said to be missing.
missing=''
not_measured() { missing="$missing
  not measured: $*"; }
have_python='' have_cpp=''
if "$python" -c 'import yaml; yaml.CSafeLoader' 2>/dev/null; then have_python=1
else not_measured "PyYAML ($python has no yaml module with its C loader; Debian: python3-yaml)"; fi
if "$cxx" -std=c++17 -O2 -o "$work/others" "$here/others.cc" -lyaml-cpp 2>"$work/others.log"; then have_cpp=1
else not_measured "yaml-cpp (others.cc does not compile here; Debian: g++, libyaml-cpp-dev)"; fi
[ -n "$have_load" ] || not_measured "the load alone ($build has no libuptake_core.a to link with, or is instrumented)"

# --- Models and specs ----------------------------------------------------------------------------

prepare() { # N
    model=$work/model-$1.yaml
    [ -s "$model" ] || "$work/generate" "$1" >"$model" || fail "could not write $model"
    cat >"$work/spec-$1.yaml" <<END
uptake: 1
title: $1 made-up innovations
model: model-$1.yaml
as_of: 2024-06-30
plugins:
  barriers: {use: spread-barriers}
  support: {use: adopter-support}
merge:
  balanced: {method: weighted-sum, measures: {barriers.openness: 2, support.coverage: 1}}
END
}

# --- Measuring -----------------------------------------------------------------------------------

# One line a measurement: "size name wall cpu peak_kib".
results=$work/results.txt
: >"$results"
note() { # SIZE NAME COMMAND...
    note_size=$1 note_name=$2
    shift 2
    if ! "$@" >"$work/line.txt" 2>"$work/error.txt"; then
        cat "$work/error.txt" >&2
        fail "$note_name failed on $note_size innovations: $*"
    fi
    sed -n "s/^wall=\([0-9.]*\) cpu=\([0-9.]*\) peak_kib=\([0-9]*\).*/$note_size $note_name \1 \2 \3/p" \
        "$work/line.txt" >>"$results"
    if grep -q 'unread=[1-9]' "$work/line.txt"; then progress "$note_name: some memory could not be read; its peak is too low"; fi
}
whole() { # SIZE JOBS FORMAT [--memory]
    note "$1" "run-$3-$2${4:+-memory}" "$work/measure" ${4:+"$4"} \
        "$uptake" run "$work/spec-$1.yaml" --format "$3" --jobs "$2" -o /dev/null
}

# All things once, in turn.
one_round() { # SIZE
    note "$1" bare "$work/bare" "$work/model-$1.yaml"
    if [ -n "$have_load" ]; then note "$1" load "$work/load" "$work/spec-$1.yaml"; fi
    for format in json table; do
        for workers in $jobs; do whole "$1" "$workers" "$format"; done
    done
}
other_round() { # SIZE
    note "$1" bare-others "$work/bare" "$work/model-$1.yaml"
    for what in events load; do
        if [ -n "$have_python" ]; then note "$1" "pyyaml-$what" "$python" "$here/others.py" $what "$work/model-$1.yaml"; fi
        if [ -n "$have_cpp" ]; then note "$1" "yaml-cpp-$what" "$work/others" $what "$work/model-$1.yaml"; fi
    done
}

deadline=$(($(date +%s) + minutes * 60))
prepare "$others_size"
for round in $(seq "$others_rounds"); do
    progress "others, $others_size innovations, round $round of $others_rounds"
    other_round "$others_size"
done
for size in $sizes; do
    prepare "$size"
    todo=$rounds
    # Growth needs no fine figure: large models run twice.
    if [ "$size" -gt 100000 ] && [ "$todo" -gt 2 ]; then todo=2; fi
    for round in $(seq "$todo"); do
        if [ "$round" -gt 1 ] && [ "$(date +%s)" -ge "$deadline" ]; then
            progress "$size innovations: $minutes minutes are over, $((round - 1)) of $todo rounds stand"
            break
        fi
        progress "$size innovations, round $round of $todo"
        one_round "$size"
    done
    progress "$size innovations, memory"
    whole "$size" 2 json --memory
    whole "$size" 2 table --memory
done

# --- The report ----------------------------------------------------------------------------------

fact() { sed -n "s/^$1[[:space:]]*: //p" /proc/cpuinfo | sed -n 1p; }
say "machine"
say "  processor    $(fact 'model name'), $(nproc) cores"
say "  kernel       $(uname -srm)"
say "  libyaml      $(pkg-config --modversion yaml-0.1 2>/dev/null || echo 'version unknown')"
say "  compiler     $("$cc" --version | sed -n 1p)"
say "  uptake       $("$uptake" --version 2>/dev/null | sed -n 1p)${instrumented:+, INSTRUMENTED: the times below mean nothing}"
say "  load average $(cut -d' ' -f1-3 /proc/loadavg)"
say ""
for size in $sizes "$others_size"; do
    say "bytes $size $(wc -c <"$work/model-$size.yaml")"
done >"$work/bytes.txt"
awk -f "$here/report.awk" "$work/bytes.txt" "$results"
if [ -n "$missing" ]; then say "$missing"; fi
