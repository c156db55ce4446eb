#!/bin/sh
# uptake rerun: a record holds all that its run needs, and says when something else came out.
set -u
. "$ROOT/tests/whole/expect.inc"
export UPTAKE_PLUGIN_PATH="$PLUGINS"
mkdir -p scratch
TMPDIR=$PWD/scratch
export TMPDIR
rm -rf ./*.db moved changed
if ! ldd "$UPTAKE" | grep -q sqlite3; then
    expect 2 rerun a.db
    exit 0
fi
clean() { true_that 'no copy is left' test -z "$(ls -A scratch)"; }

# The spec and the model go away; the record alone is enough.
cp -r "$ROOT/configs" moved
expect 0 run moved/against-the-odds.yaml --set merge.balanced.missing=worst --only support -o a.db
rm -rf moved
expect 0 rerun a.db
in_out 'a.db run again: the same to the bit.'
not_in_out 'What went in'
clean
expect 0 rerun a.db --jobs 1 --format json
jq -e '.same and .first_difference == null and .comparison.figures.inputs_changed == 0' out >/dev/null ||
    complain 'the JSON of a rerun'

# Paths that climb, that are absolute, and a folder that is not the spec's.
mkdir -p deep/er
(cd deep/er && "$UPTAKE" run ../../../../../../configs/small.yaml -o ../../up.db >/dev/null 2>&1 ||
    "$UPTAKE" run "$ROOT/configs/small.yaml" -o ../../up.db)
expect 0 rerun up.db
in_out 'the same to the bit'
expect 0 run "$ROOT/configs/against-the-odds.yaml" -o full.db
expect 0 rerun full.db
clean

# Another bundle that answers the same: said, but the same; a result that is another: where, and exit code 1.
mkdir changed
cp "$PLUGINS"/*.so changed
printf ' ' >>changed/adopter-support.so
chmod go-w changed changed/*
UPTAKE_PLUGIN_PATH=$PWD/changed
expect 0 rerun a.db
in_out 'the same to the bit'
in_out 'plugin support: bundle (SHA-256)'
UPTAKE_PLUGIN_PATH=$PLUGINS
cp a.db b.db
sqlite3 b.db "UPDATE rows_0 SET c0 = 0.5 WHERE innovation = 1"
expect 1 rerun b.db
in_out 'not the same, from support.coverage, row 1 on'
expect 1 rerun b.db --format json
jq -e '.same == false and .comparison.figures.values_changed == 1' out >/dev/null || complain 'the JSON of a difference'

# A plugin that is gone; a record whose paths would lead out of the folder, by dots or from the root.
UPTAKE_PLUGIN_PATH=$PWD/scratch
sqlite3 b.db "UPDATE inputs SET content = replace(content, 'use: adopter-support', 'use: no-such-plugin') WHERE kind = 'spec'"
expect 2 rerun b.db
in_err 'no-such-plugin'
clean
for path in ../../../../../../../../../../../../../evil.yaml /../../../evil.yaml "$PWD/../evil.yaml"; do
    cp a.db c.db
    sqlite3 c.db "UPDATE inputs SET path = '$path' WHERE kind = 'spec'"
    expect 2 rerun c.db
    clean
    true_that "$path stays within" sh -c '[ ! -e /evil.yaml ] && [ ! -e ../evil.yaml ]'
done
sqlite3 c.db "UPDATE inputs SET content = NULL WHERE kind = 'model'"
expect 2 rerun c.db
in_err 'was too large to keep'
expect 2 rerun c.db --set title=x
in_err 'there is no option --set'
finish
