#!/bin/sh
# can-fail.sh LAYOUT: layout.sh finds each breach in a tree that has it, and none in one that has not.
set -eu

layout=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# A small tree that is in order, with what looks like a breach in comments, strings and other words.
fresh() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/core/base" "$work/tree/core/plugin" "$work/tree/core/run" \
        "$work/tree/core/cli" "$work/tree/plugins/some" "$work/tree/plugins/other" \
        "$work/tree/tests/layout"
    cd "$work/tree"
    printf '#include <yaml.h>\nstatic yaml_parser_t parser;\n' >core/base/yaml.c
    printf '#include "base/arena.h"\n#include "text.h"\n#include "uptake/plugin.h"\n' >core/base/text.c
    cat >core/base/error.h <<'END'
/* dlopen( and printf( and yaml_parser_parse( in a comment,
#include "cli/main.h"
 * over lines */
__attribute__((format(printf, 1, 2))) int error_add(const char *format, ...);
static const char *text = "printf(\"x\") to stderr"; // puts("x")
static int f(char *b) { return snprintf(b, 1, "x") + '"' + STDERR_FILENO; }
END
    printf 'void *f(void) { return dlopen("x", 2); }\n' >core/plugin/load.c
    printf '#include "plugin/plugin.h"\n#include "base/error.h"\n' >core/run/worker.c
    printf '#include "report/table.h"\nint main(void) { return puts("x") + fputs("x", stderr); }\n' \
        >core/cli/main.c
    printf '#include <math.h>\n#include <uptake/plugin.h>\n#include "own.h"\n' >plugins/some/plugin.c
    printf '#include "uptake/plugin.h"\n' >plugins/some/own.h
    printf '#include "uptake/plugin.h"\n' >plugins/other/other.h
    printf '#include "own.h"\n#  include <stdio.h> // snprintf\n' >plugins/some/rows.c
}

# expect WHAT FILE: the check fails, and names the file and a text.
expect() {
    if output=$(sh "$layout" "$work/tree" 2>&1); then
        echo "not found: $1"
        failures=$((failures + 1))
    elif ! printf '%s\n' "$output" | grep -q "^$2:.*$1"; then
        printf 'wanted "%s" in %s, got: %s\n' "$1" "$2" "$output"
        failures=$((failures + 1))
    fi
}

fresh
if ! output=$(sh "$layout" "$work/tree" 2>&1); then
    printf 'a tree in order was refused: %s\n' "$output"
    failures=1
fi

# add FILE LINE WHAT
add() {
    fresh
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$2" >>"$1"
    expect "$3" "$1"
}
add core/base/text.c '#include "run/plan.h"' 'base may not include run/plan.h'
add core/base/text.c '#  include "spec/spec.h" /* x */' 'base may not include spec/spec.h'
add core/run/worker.c '#include "merge/merge.h"' 'run may not include merge/merge.h'
add core/run/worker.c '#include "../cli/main.h"' 'relative path'
add core/run/worker.c '#include "elsewhere/x.h"' 'no folder of core'
add core/run/worker.c '#include HEADER' 'cannot be read'
add core/run/worker.c '#include <yaml.h>' 'libyaml'
add core/run/worker.c 'int f(yaml_event_t *e);' 'libyaml'
add core/run/worker.c 'void g(void) { dlopen ("x", 2); }' 'dlopen'
add core/run/worker.c 'void g(void) { printf("x"); }' 'only core/cli prints'
add core/run/worker.c 'void g(void) { fputs("x", stdout); }' 'only core/cli prints'
add core/run/worker.c 'void g(void) { /* a */ perror("x"); /* b */ }' 'only core/cli prints'
add core/report/table_x.c 'void g(void) { out_char(out, 1); }' 'prose_\* and sheet_\* only'
add core/other/x.c 'int x;' 'no folder of the pipeline'
only='its own headers and standard ones only'
add plugins/some/plugin.c '#include "base/arena.h"' "$only, not base/arena.h"
add plugins/some/rows.c '#include <base/arena.h>' "$only, not base/arena.h"
add plugins/some/own.h '#include "base/arena.h"' "$only, not base/arena.h"
add plugins/some/rows.c '#include "missing.h"' "$only, not missing.h"
add plugins/some/rows.c '#include "other/other.h"' "$only, not other/other.h"
add plugins/some/rows.c '#include "other.h"' "$only, not other.h"
add plugins/some/rows.c '#include "../other/other.h"' "$only, not ../other/other.h"
add plugins/some/rows.c '#include <own.h>' "$only, not own.h"
add plugins/some/rows.c '#include <unistd.h> /* not of C */' "$only, not unistd.h"
add plugins/some/rows.c '#include <sqlite3.h>' "$only, not sqlite3.h"
add plugins/some/rows.c '#include "uptake/other.h"' "$only, not uptake/other.h"
add plugins/some/plugin.c 'void g(void) { puts("x"); }' 'only core/cli prints'
add plugins/some/own.h 'static void g(void) { puts("x"); }' 'only core/cli prints'

fresh
printf '#include <sqlite3.h>\n' >core/base/a.c
cp core/base/a.c core/base/b.c
expect 'SQLite' core/base/b.c

fresh
yes 'int x;' | head -451 >plugins/some/long.c
expect 'over 450' plugins/some/long.c
mv plugins/some/long.c core/run/long.c
expect 'over 450' core/run/long.c
printf 'core/run/long.c\n' >tests/layout/long-files.txt
expect 'no reason' tests/layout/long-files.txt
printf 'core/run/long.c a table\n' >tests/layout/long-files.txt
if ! sh "$layout" "$work/tree" >/dev/null; then
    echo "a long file with its reason was refused"
    failures=$((failures + 1))
fi
printf 'core/run/gone.c a table\n' >>tests/layout/long-files.txt
expect 'no such file' tests/layout/long-files.txt

[ "$failures" -eq 0 ] || exit 1
echo "layout: every breach was found"
