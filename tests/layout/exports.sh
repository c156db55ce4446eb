#!/bin/sh
# exports.sh BUILD: a bundle exports its entry and wants nothing of the host; the program exports nothing.
set -eu

build=$1
failures=0
# What sanitizers and gcov add.
tools='^__\(asan\|odr_asan\|ubsan\|tsan\|lsan\|sanitizer\|gcov\)_\|^mangle_path$'
complain() {
    echo "$1"
    failures=$((failures + 1))
}

for bundle in "$build"/plugins/*.so; do
    [ -f "$bundle" ] || continue
    exported=$(nm -D --defined-only "$bundle" | awk '{print $NF}' | grep -v "$tools" || true)
    [ "$exported" = uptake_bundle_1 ] || complain "$bundle exports: $exported"
    wanted=$(nm -D --undefined-only "$bundle" | awk '$NF ~ /^uptake_/ {print $NF}')
    [ -z "$wanted" ] || complain "$bundle wants of the host: $wanted"
done

if [ -f "$build/uptake" ]; then
    # Functions only: the C library copies its own data (stdout) into a program.
    exported=$(nm -D --defined-only "$build/uptake" | awk '$2 == "T" {print $NF}' |
        grep -v "^_\(init\|fini\|start\)\$\|^main\$\|$tools" || true)
    [ -z "$exported" ] || complain "the program exports: $exported"
fi

[ "$failures" -eq 0 ]
