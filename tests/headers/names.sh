#!/bin/sh
# names.sh HEADER EVERYTHING ABI: every public name of the header stands in one of the sources, and every
# member of a public struct has its offset in ABI. Comments do not count.
set -eu

header=$1 everything=$2 abi=$3
here=$(cd "$(dirname "$0")" && pwd)
failures=0

# Each uptake_ or UPTAKE_ word of a file's code, once.
words() {
    awk '
        { line = $0 }
        in_comment { if (!sub(/^.*\*\//, "", line)) next; in_comment = 0 }
        {
            while (match(line, /\/\*([^*]|\*+[^*\/])*\*+\//))
                line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
            if (sub(/\/\*.*/, "", line)) in_comment = 1
            gsub(/"[^"]*"/, "", line)
            while (match(line, /[A-Za-z0-9_]+/)) {
                word = substr(line, RSTART, RLENGTH)
                if (word ~ /^(uptake|UPTAKE)_/ && !(word in seen)) { seen[word] = 1; print word }
                line = substr(line, RSTART + RLENGTH)
            }
        }' "$@" | sort -u
}

public=$(words "$header" | grep -v '^UPTAKE_PLUGIN_H$')
used=$(words "$everything" "$abi")
for name in $public; do
    printf '%s\n' "$used" | grep -qx "$name" || {
        echo "$name is public and stands in no test source"
        failures=$((failures + 1))
    }
done

members=$(awk -f "$here/members.awk" "$header")
[ "$(printf '%s\n' "$members" | wc -l)" -gt 90 ] || { echo "members of structs were not found"; exit 1; }
printf '%s\n' "$members" | {
    missing=0
    while read -r struct member; do
        grep -q "^AT($struct, $member, [0-9]*);" "$abi" && grep -q "^SIZE($struct, " "$abi" || {
            echo "struct $struct: $member has no row in $abi"
            missing=1
        }
    done
    exit $missing
} || failures=$((failures + 1))

# The check itself: a name, and a member, that only a comment mentions are found.
if [ "${4-}" != nested ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    sed 's|^#endif$||; $a\
/* uptake_a */ struct uptake_new {\
    int added;\
};\
int uptake_forgotten(void);' "$header" >"$work/plugin.h"
    { cat "$everything"; echo '/* uptake_forgotten */ struct uptake_new x;'; } >"$work/everything.inc"
    report=$(sh "$0" "$work/plugin.h" "$work/everything.inc" "$abi" nested 2>&1) && {
        echo "a header with a name that nobody tests was accepted"
        failures=$((failures + 1))
    }
    printf '%s\n' "$report" | grep -q '^uptake_forgotten is public' || {
        echo "the forgotten function was not reported: $report"
        failures=$((failures + 1))
    }
fi
[ "$failures" -eq 0 ]
