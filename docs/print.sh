#!/bin/sh
# Prints docs/reference from the program's own rows: sh docs/print.sh PROGRAM FOLDER. "./build.sh docs" does it in place;
# tests/whole/reference.sh does it elsewhere, and fails where what stands here is stale.
set -eu
program=$1 to=$2
root=$(cd "$(dirname "$0")/.." && pwd)
export COLUMNS=100
unset UPTAKE_PLUGIN_PATH XDG_CACHE_HOME 2>/dev/null || :

start() { # PAGE
    page=$to/$1
    echo '<!-- Printed from the rows of the program by "./build.sh docs": change those, not this page. -->' >"$page"
    echo >>"$page"
}
add() { "$program" "$@" --format markdown >>"$page"; }

mkdir -p "$to"
start vocabulary.md
add describe model
echo >>"$page"
"$program" describe model constructs --format markdown | sed 's/^#/##/' >>"$page"
start spec.md
add describe spec
start merges.md
add describe merges
start statistics.md
add describe statistics
start record.md
add describe record
start json.md
add describe json
start csv.md
add describe csv
start command-line.md
add help

# One page of all plugins: their headings stand one level down.
start plugins.md
echo '# Plugins' >>"$page"
for folder in "$root"/plugins/*/; do
    id=$(basename "$folder")
    echo >>"$page"
    "$program" describe "$id" --format markdown | sed 's/^#/##/' >>"$page"
done

"$program" help --format man >"$to/uptake.1"
