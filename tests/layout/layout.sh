#!/bin/sh
# layout.sh ROOT: the order of the source tree.
#
# A file of core includes its own folder, those left of it, and uptake/; a plugin includes uptake/*.h,
# its own folder and what C itself has, and nothing else; libyaml, dlopen and SQLite are each named in one
# file; only core/cli prints; the readable report's sections write with its primitives only; a file has at
# most 450 lines, or stands with its reason in tests/layout/long-files.txt.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$1" && pwd)

long_files=$root/tests/layout/long-files.txt
[ -f "$long_files" ] || long_files=

list=$(mktemp)
trap 'rm -f "$list"' EXIT
for folder in core plugins; do
    [ ! -d "$root/$folder" ] || find "$root/$folder" -type f \( -name '*.c' -o -name '*.h' \)
done | sort >"$list"
[ -s "$list" ] || { echo "layout: no sources below $root"; exit 1; }

# Names hold no spaces here; find would show the odd one as an unknown folder.
xargs awk -v root="$root/" -v long_files="$long_files" -f "$here/layout.awk" <"$list"
echo "layout: $(wc -l <"$list") files in order"
