#!/bin/sh
# alone.sh COMPILER ROOT: each header includes what it needs, and may be included twice.
set -eu

compiler=$1 root=$2
failures=0
for header in $(find "$root/include" "$root/core" "$root/plugins" -name '*.h' 2>/dev/null | sort); do
    printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
        "$compiler" -std=c17 -D_GNU_SOURCE= -Wall -Wextra -Werror -Wno-unused-function \
            -I"$root/core" -I"$root/include" -x c -fsyntax-only - || {
        echo "$header does not stand alone"
        failures=$((failures + 1))
    }
done
[ "$failures" -eq 0 ]
