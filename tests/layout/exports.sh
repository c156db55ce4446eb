#!/bin/sh
# exports.sh BUILD: a bundle exports its entry and wants nothing of the host; the program exports nothing
# but libyaml's memory (core/base/yaml_memory.c);
# and no name of a plugin meets one of the host or of another plugin where tests link them together (the
# linker says nothing of a library's: it would take the plugin's).
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

objects=$(find "$build"/CMakeFiles/*.dir/plugins -name '*.o' 2>/dev/null || true)
if [ -n "$objects" ] && [ -f "$build/libuptake_core.a" ]; then
    # shellcheck disable=SC2086
    twice=$(nm -g --defined-only "$build/libuptake_core.a" $objects | awk '$2 ~ /[TDBR]/ {print $NF}' |
        grep -v "$tools\|^uptake_bundle_1\$" | sort | uniq -d)
    [ -z "$twice" ] || complain "shared between plugins, or with the host: $twice"
fi

if [ -f "$build/uptake" ]; then
    # Functions only: the C library copies its own data (stdout) into a program.
    exported=$(nm -D --defined-only "$build/uptake" | awk '$2 == "T" {print $NF}' |
        grep -v "^_\(init\|fini\|start\)\$\|^main\$\|^yaml_\(malloc\|realloc\|free\|strdup\)\$\|$tools" || true)
    [ -z "$exported" ] || complain "the program exports: $exported"
fi

[ "$failures" -eq 0 ]
