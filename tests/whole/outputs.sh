#!/bin/sh
# Where a result goes: an ending that stands for no format is refused before anything runs, with what there is instead.
set -u
. "$ROOT/tests/whole/expect.inc"
export UPTAKE_PLUGIN_PATH="$PLUGINS"
small=$ROOT/configs/small.yaml

for name in r.docx r.doc r.xlsx r.html r.pdf r.rst .r.odt r.json.gz; do
    rm -f "$name"
    expect 2 run "$small" -o "$name"
    in_err "there is no output for "
    in_err 'expected .txt (table), .md (markdown), .json (json), .csv (csv), .db (record), or a folder that ends in / (csv)'
    silent out
    true_that "$name was not written" [ ! -e "$name" ]
done
expect 2 run "$small" -o r.docx
in_err 'for Word write .md'
expect 2 run "$small" -o r.xlsx
in_err 'a spreadsheet opens CSV'

# Each command names what it can write itself.
expect 2 explain "$small" tea-round -o r.csv
in_err 'expected .txt (table), .md (markdown), .json (json);'
expect 2 explain "$small" tea-round --format csv
in_err '--format must be table, json or markdown'
mkdir -p folder
expect 2 explain "$small" tea-round -o folder
in_err 'folder is a folder: only `uptake run` writes one'
expect 2 explain "$small" tea-round -o r.db
in_err 'written by `uptake run` only'

# What is asked for by --format is written under any name; a name without an ending, a hidden one and a device take the table.
expect 0 run "$small" -o r.report --format markdown
true_that 'markdown' grep -q '^# Does it matter what counts most?$' r.report
for name in r.txt r .hidden ./a.folder/../r2; do
    mkdir -p a.folder
    expect 0 run "$small" -o "$name"
    true_that "$name is the table" grep -qx 'Does it matter what counts most?' "$name"
done
expect 0 run "$small" -o /dev/null
silent err
expect 2
for command in run explain check plugins describe new lock schema compare rerun help; do
    grep -q "[ ,]$command[ ,]" err || complain "no command: $command is not named"
done
finish
