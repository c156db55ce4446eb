#!/bin/sh
# build.sh: builds uptake, runs its demo, its tests and its benchmarks. "./build.sh help" lists all.
#
# What is missing is found by looking, so that apt-get is called, and the network needed, only where
# something is missing.
set -eu

called_from=$PWD
cd "$(dirname "$0")"

usage() {
    cat <<'END'
usage: ./build.sh [COMMAND]

  demo              install what is missing, build, and run configs/against-the-odds.yaml (default)
  build [PRESET]    build only: the program is build/uptake, the plugins are build/plugins/*.so
  test [PRESET]     build and run the whole suite
  docs              build, and print docs/reference from the program's own rows
  bench             build and run the benchmarks
  fuzz [SECONDS]    build and run the fuzzers (60), each in a process of its own; needs Clang
  install PREFIX    build, and install below PREFIX
  help              this text

PRESET: release (default, in build/), dev, asan, tsan, coverage, fuzz (each in build-PRESET/).

Environment:
  CC, CXX           compilers
  JOBS              compilers at once (the number of processors)
  UPTAKE_WERROR=1   warnings are errors
END
}

say() { printf 'build.sh: %s\n' "$*"; }
fail() {
    printf 'build.sh: %s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
have_library() { have pkg-config && pkg-config --exists "$1"; }

# A compiler without the C library's headers cannot build anything.
works() { # COMPILER LANGUAGE
    have "$1" && printf '#include <stdio.h>\nint main(void) { return 0; }\n' |
        "$1" -x "$2" - -o /dev/null >/dev/null 2>&1
}

fuzzes() {
    printf 'int LLVMFuzzerTestOneInput(void) { return 0; }\n' |
        clang -fsanitize=fuzzer -x c - -o /dev/null >/dev/null 2>&1
}

# --- What is needed ------------------------------------------------------------------------------

# The Debian packages that are missing. tests: those of the suite as well; fuzzers: and Clang.
missing_packages() {
    works "${CC:-cc}" c || [ -n "${CC-}" ] || printf ' gcc libc6-dev'
    have cmake || printf ' cmake'
    have ninja || have make || printf ' ninja-build'
    have pkg-config || printf ' pkg-config'
    have_library yaml-0.1 || printf ' libyaml-dev'
    have_library nettle || printf ' nettle-dev'
    have_library sqlite3 || printf ' libsqlite3-dev'
    have_library libseccomp || printf ' libseccomp-dev'
    if [ "$1" = fuzzers ]; then
        have clang || printf ' clang'
        fuzzes || printf ' libclang-rt-dev'
    fi
    if [ "$1" != "" ]; then
        works "${CXX:-c++}" c++ || [ -n "${CXX-}" ] || printf ' g++'
        have_library criterion || printf ' libcriterion-dev'
        have_library jansson || printf ' libjansson-dev'
        have nm || printf ' binutils'
        # What the JSON Schemas are held against; where there is no Python, that test says that it is skipped.
        ! have apt-get || /usr/bin/python3 -c 'import jsonschema, yaml' 2>/dev/null ||
            printf ' python3-jsonschema python3-yaml'
        have jq || printf ' jq'
        have groff || printf ' groff-base'
        have sqlite3 || printf ' sqlite3'
    fi
}

# apt-get, as root or through sudo.
apt() {
    DEBIAN_FRONTEND=${DEBIAN_FRONTEND:-noninteractive}
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND="$DEBIAN_FRONTEND" apt-get "$@"
    else
        sudo env DEBIAN_FRONTEND="$DEBIAN_FRONTEND" apt-get "$@"
    fi
}

need() { # tests, fuzzers or nothing
    packages=$(missing_packages "${1-}")
    packages=${packages# }
    [ -n "$packages" ] || return 0
    have apt-get || fail "missing, by their Debian names: $packages. Install them, then run this again."
    [ "$(id -u)" -eq 0 ] || have sudo ||
        fail "missing: $packages. As root: apt-get install $packages"
    say "installing $packages"
    apt update || say "apt-get update failed; trying with the package lists that are here"
    # shellcheck disable=SC2086
    apt install -y --no-install-recommends $packages ||
        fail "apt-get could not install: $packages. Install them by hand, then run this again."
    packages=$(missing_packages "${1-}")
    [ -z "$packages" ] || fail "still missing after the installation:$packages"
}

# --- Building ------------------------------------------------------------------------------------

jobs() { echo "${JOBS:-$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)}"; }

folder_of() { if [ "$1" = release ]; then echo build; else echo "build-$1"; fi; }

# The value of a variable in a folder's cache, or nothing.
cached() { sed -n "s/^$2:[A-Z]*=//p" "$1/CMakeCache.txt" 2>/dev/null || :; }

configure() { # PRESET, and ON where the tests are wanted
    preset=$1 tests=$2
    folder=$(folder_of "$preset")
    set -- --preset "$preset"
    # A folder configured elsewhere, or whose generator is gone, is configured afresh.
    tool=$(cached "$folder" CMAKE_MAKE_PROGRAM)
    if [ -f "$folder/CMakeCache.txt" ] &&
        { [ "$(cached "$folder" CMAKE_HOME_DIRECTORY)" != "$(pwd -P)" ] || [ ! -x "$tool" ]; }; then
        set -- "$@" --fresh
    fi
    case " $* " in
    *" --fresh "*) fresh=1 ;;
    *) if [ -f "$folder/CMakeCache.txt" ]; then fresh=0; else fresh=1; fi ;;
    esac
    if [ "$fresh" -eq 1 ]; then
        if have ninja; then set -- "$@" -G Ninja; else set -- "$@" -G 'Unix Makefiles'; fi
    fi
    # A folder that has the tests keeps them.
    if [ "$tests" = ON ] || [ "$fresh" -eq 1 ]; then set -- "$@" "-DUPTAKE_TESTS=$tests"; fi
    if [ "${UPTAKE_WERROR-}" = 1 ]; then set -- "$@" -DUPTAKE_WERROR=ON; fi
    log=$(mktemp)
    if ! cmake "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        fail "cmake could not configure $folder"
    fi
    grep -A8 'CMake .*Warning' "$log" >&2 || :
    rm -f "$log"
}

build() { # PRESET TESTS
    case $1 in
    release | dev | asan | tsan | coverage | fuzz) ;;
    *) fail "no such preset: $1 (release, dev, asan, tsan, coverage, fuzz)" ;;
    esac
    if [ "$2" = ON ]; then need tests; else need; fi
    configure "$1" "$2"
    cmake --build "$(folder_of "$1")" --parallel "$(jobs)" || fail "the build in $(folder_of "$1") failed"
}

# --- Commands ------------------------------------------------------------------------------------

demo() {
    build release OFF
    [ -x build/uptake ] || fail "the build left no build/uptake"
    say "build/uptake run configs/against-the-odds.yaml"
    build/uptake run configs/against-the-odds.yaml
}

# "N passed, N failed": CTest's entries, with the units of the runner counted one by one.
summary() { # FOLDER
    awk '
        /^Test (Passed|Failed)\./ || /^Test timeout/ { if (/Passed/) passed++; else failed++ }
        /Synthesis: Tested:/ {
            gsub(/\033\[[0-9;]*m/, "")
            for (i = 1; i < NF; i++) {
                if ($i == "Tested:") tested = $(i + 1)
                if ($i == "Passing:") units = $(i + 1)
            }
            if (tested > units) failed += tested - units - 1; else passed--
            passed += units
        }
        END { printf "%d passed, %d failed\n", passed, failed }
    ' "$1/Testing/Temporary/LastTest.log"
}

test_all() { # PRESET
    build "$1" ON
    folder=$(folder_of "$1")
    status=0
    ctest --test-dir "$folder" --output-on-failure --no-tests=error --parallel "$(jobs)" || status=$?
    summary "$folder"
    return "$status"
}

docs() {
    build release OFF
    sh docs/print.sh build/uptake docs/reference
    say "printed docs/reference"
}

bench() {
    build release ON
    cmake --build build --parallel "$(jobs)" --target benchmarks
    found=0
    for one in tests/bench/*.sh; do
        [ -f "$one" ] && [ -x "$one" ] || continue
        found=1
        say "$one"
        BUILD=$PWD/build UPTAKE=$PWD/build/uptake ROOT=$PWD "./$one" || fail "$one failed"
    done
    [ "$found" -eq 1 ] || say "there are no benchmarks in tests/bench"
}

fuzz() { # SECONDS
    case $1 in *[!0-9]* | '') fail "fuzz takes a number of seconds, but found '$1'" ;; esac
    need fuzzers
    configure fuzz ON
    cmake --build build-fuzz --parallel "$(jobs)" --target fuzzers || fail "the build in build-fuzz failed"
    FUZZERS=$PWD/build-fuzz/tests tests/fuzz/run.sh "$1"
}

install_to() {
    [ -n "$1" ] || fail "install needs a folder: ./build.sh install PREFIX"
    case $1 in /*) prefix=$1 ;; *) prefix=$called_from/$1 ;; esac
    build release OFF
    cmake --install build --prefix "$prefix"
}

case ${1:-demo} in
demo) demo ;;
build) build "${2:-release}" OFF ;;
test) test_all "${2:-release}" ;;
docs) docs ;;
bench) bench ;;
fuzz) fuzz "${2:-60}" ;;
install) install_to "${2-}" ;;
help | -h | --help) usage ;;
*)
    usage >&2
    fail "no such command: $1"
    ;;
esac
