#!/bin/sh
# Answers of a run before: what is taken from a record is what a fresh run computes, byte by byte and at any number of
# workers; the input that forced a plugin to run is named; and a record that cannot be believed is not.
set -u
. "$ROOT/tests/whole/expect.inc"
unset UPTAKE_PLUGIN_PATH
rm -rf ./*.db ./*.yaml bundles
if ! ldd "$UPTAKE" | grep -q sqlite3; then
    echo 'records: this build has none'
    exit 0
fi
mkdir bundles
cp "$BUNDLES"/run-steady.so "$BUNDLES"/run-gives.so "$BUNDLES"/run-needs.so "$BUNDLES"/run-state.so \
    "$BUNDLES"/run-fickle.so "$BUNDLES"/run-hostile.so bundles
chmod go-w bundles bundles/*

# Some have no payback and are skipped; rows of support, findings on rows, texts, a portfolio with rows of its own.
awk 'BEGIN {
    print "uptake: 1\nadopters:\n- {id: a, name: A, size: 3}\n- {id: b, name: B, size: 5}\ninnovations:"
    for (i = 0; i < 3000; i++) {
        printf "- id: i%d\n  name: Innovation %d\n", i, i
        if (i % 7) printf "  commissioning: {payback: %s}\n", i % 11 ? i % 30 : "{low: 2, high: 9}"
        if (i % 3 || i % 5 == 1) print "  support:"
        if (i % 3) printf "  - {resource: time, phase: running, unit: hours_per_week, needed: %d, provided: 1, adopter: a}\n", i % 13
        if (i % 5 == 1) printf "  - {resource: money, phase: running, unit: gbp_per_year, needed: %s}\n", i % 2 ? "unknown" : "3, adopter: b"
    }
}' >model.yaml
cat >spec.yaml <<'END'
uptake: 1
model: model.yaml
as_of: 2020-01-01
plugin_path: [bundles]
plugins:
  steady: {use: run-steady}
  gives: {use: run-gives, with: {skip: 9}}
  needs: {use: run-needs}
merge:
  all: {method: weighted-sum, measures: {steady.score: 1, gives.weight: {weight: 1, min: -10, max: 40}}}
END

# Statistics over the portfolio, with rows and a text of its own; nothing is missing.
awk 'BEGIN {
    print "uptake: 1\nadopters:\n- {id: a, name: A, size: 3}\n- {id: b, name: B, size: 5}\ninnovations:"
    for (i = 0; i < 3000; i++)
        printf "- {id: i%d, name: I, commissioning: {payback: %d}, support: [{resource: time, phase: running, unit: hours_per_week, needed: %d, adopter: %s}]}\n",
            i, i % 30, i % 13, i % 2 ? "a" : "b"
}' >full.yaml
printf 'uptake: 1\nmodel: full.yaml\nas_of: 2020-01-01\nplugin_path: [bundles]\nplugins:\n  state: {use: run-state}\n' >state.yaml

# --- The same bytes ---
same_bytes() { # SPEC RECORD PLUGINS JOBS
    rm -f "$2"
    expect 0 run "$1" --format json --jobs "$4"
    mv out fresh.json
    expect 0 run "$1" -o "$2" --jobs "$4" --why
    [ "$(grep -c ': computed; there is no record to take it from' err)" = "$3" ] || complain "$1: all computed"
    expect 0 run "$1" --reuse "$2" --format json --jobs "$4" --why
    true_that "$1 reused with $4 workers: the same bytes" cmp -s fresh.json out
    [ "$(grep -c "taken from $2, computed 20" err)" = "$3" ] || complain "$1: all taken"
    # And out of the record that was made of them again.
    expect 0 run "$1" -o "$2" --jobs "$4"
    in_err "$3 of $3 plugins taken from $2"
    expect 0 run "$1" --reuse "$2" --format json --jobs "$4"
    true_that "$1 reused twice with $4 workers: the same bytes" cmp -s fresh.json out
}
for jobs in 1 2; do
    same_bytes spec.yaml run.db 3 $jobs
    same_bytes state.yaml state.db 1 $jobs
    UPTAKE_PLUGIN_PATH=$PLUGINS same_bytes "$ROOT/configs/against-the-odds.yaml" odds.db 4 $jobs
    UPTAKE_PLUGIN_PATH=$PLUGINS same_bytes "$ROOT/configs/small.yaml" small.db 2 $jobs
done
sqlite3 run.db 'SELECT count(*), sum(reused), count(DISTINCT computed) FROM plugins' >rows
[ "$(cat rows)" = '3|3|1' ] || complain "the record says what was reused: $(cat rows)"
expect 0 run spec.yaml -o fresh.db
sqlite3 run.db "SELECT * FROM notes; SELECT * FROM measures; SELECT * FROM list_values; SELECT * FROM ranks" >a
sqlite3 fresh.db "SELECT * FROM notes; SELECT * FROM measures; SELECT * FROM list_values; SELECT * FROM ranks" >b
true_that 'a record of reused answers holds what a fresh one holds' cmp -s a b
expect 0 run spec.yaml -o run.db --fresh --why
in_err 'steady: computed; there is no record to take it from'
expect 0 rerun run.db
in_out 'the same to the bit'

# --- What forced a plugin to run ---
why() { # LINE OPTION...: of each
    line=$1
    shift
    expect 0 run "$@" --reuse run.db --why -o out.json
    in_err "$line"
}
why 'gives: computed; changed: parameter factor' spec.yaml --set plugins.gives.with.factor=0.5
in_err 'needs: computed; changed: measure gives.weight'
in_err 'steady: taken from run.db'
why 'steady: computed; changed: the date' spec.yaml --set as_of=2021-01-01
why 'steady: computed; changed: the innovations, field commissioning.payback, field name and 3 more' spec.yaml --innovation i3
sed 's/^uptake: 1$/&  # a comment/; s/needed: 12,/needed: 11,/' model.yaml >other.yaml
why 'steady: computed; changed: field support[].needed' spec.yaml --set model=other.yaml
in_err 'gives: taken from run.db'
in_err 'needs: taken from run.db'
sed 's/{low: 2, high: 9}/{low: 3, high: 8}/' model.yaml >other.yaml
why 'steady: computed; changed: field commissioning.payback' spec.yaml --set model=other.yaml
sed 's/needed: unknown/needed: none/' model.yaml >other.yaml
why 'steady: computed; changed: field support[].needed' spec.yaml --set model=other.yaml
sed 's/  steady: {use/  other: {use/; s/steady.score/other.score/' spec.yaml >other-name.yaml
why 'other: computed; the record does not have it' other-name.yaml
sed 's/needs: {use: run-needs}/needs: {use: run-fickle}/' spec.yaml >other-plugin.yaml
expect 0 run other-plugin.yaml --reuse run.db --why -o out.json
in_err 'needs: computed; it says of itself'
sed 's,use: run-steady},use: run-state},; s,model: model,model: full,; /^merge:/,$d' spec.yaml >other-plugin.yaml
why "steady: computed; changed: the plugin's bundle, " other-plugin.yaml
! grep -q "bundle, the plugin's bundle" err || complain 'an input is named once'
printf ' ' >>bundles/run-steady.so
why "steady: computed; changed: the plugin's bundle" spec.yaml
in_err 'gives: taken from run.db'

# What another number of bounds, words or reasons would be is told apart from what is the same: a change that no plugin reads.
sed 's/^  name: Innovation 7$/&\n  custom: {cost: 9}/' model.yaml >other.yaml
why 'gives: taken from run.db' spec.yaml --set model=other.yaml

# --- Never ---
cat >bad.yaml <<'END'
uptake: 1
model: model.yaml
as_of: 2020-01-01
plugin_path: [bundles]
plugins:
  fickle: {use: run-fickle}
  bad: {use: run-hostile, with: {act: abort, at: 5}}
END
expect 3 run bad.yaml -o bad.db
expect 3 run bad.yaml -o bad.db --why
in_err 'fickle: computed; it says of itself that the same input may give another answer'
in_err 'bad: computed; something went wrong with it before'

# --- Records that are not to be believed ---
expect 0 run spec.yaml -o run.db --fresh
expect 0 run spec.yaml --format json
mv out fresh.json
doubted() { # SQL MESSAGE: all is computed, said, and the answer is right
    cp run.db bad.db
    sqlite3 bad.db "$1" >/dev/null 2>sql || complain "$1: $(cat sql)"
    expect 0 run "$spec" --reuse bad.db --why --format json
    in_err "$2"
    true_that "after $1: the same bytes" cmp -s fresh.json out
}
spec=spec.yaml
not_computed='computed; what the record holds is not what was computed'
doubted 'UPDATE rows_0 SET c0 = 0.5 WHERE innovation = 1' "steady: $not_computed"
doubted 'UPDATE rows_0 SET c0 = 7 WHERE innovation = 1' "steady: $not_computed"
doubted 'UPDATE rows_0 SET c0_low = c0_low / 2 WHERE innovation = 1' "steady: $not_computed"
doubted 'UPDATE rows_0 SET c1 = 1 - c1 WHERE innovation = 2' "steady: $not_computed"
doubted "UPDATE rows_0 SET c2 = 'words' WHERE innovation = 2" "steady: $not_computed"
doubted "UPDATE findings SET v1 = '99' WHERE rowid = 1" "steady: $not_computed"
doubted "UPDATE finding_kinds SET level = 'helps'" "steady: $not_computed"
doubted 'DELETE FROM findings WHERE rowid = 1' "steady: $not_computed"
doubted "UPDATE statuses SET reason = 'because' WHERE rowid = 1" "steady: $not_computed"
doubted "UPDATE lists SET path = 'spells[]' WHERE path = 'support[]'" "steady: $not_computed"
doubted "UPDATE answers SET values_sha256 = ''" "steady: $not_computed"
doubted 'DELETE FROM answers' "steady: $not_computed"
doubted 'DELETE FROM plugin_inputs' 'steady: computed; the record does not say what it rested on'
doubted 'DELETE FROM messages' 'steady: taken from bad.db'

expect 0 run state.yaml --format json
mv out fresh.json
cp state.db run.db
spec=state.yaml
doubted 'UPDATE rows_portfolio SET c1 = 1' "state: $not_computed"
doubted "UPDATE rows_portfolio SET c4 = 'six adopters'" "state: $not_computed"
doubted "UPDATE $(sqlite3 state.db "SELECT 'rows_' || list FROM lists WHERE path = '/adopters[]'") SET c3 = c3 + 1" "state: $not_computed"
expect 0 run spec.yaml -o run.db --fresh

# One that cannot be read at all: asked for by name it is an error; where it is only replaced, that is said.
head -c 9000 run.db >half.db
expect 2 run spec.yaml --reuse half.db
in_err 'half.db'
silent out
expect 0 run spec.yaml -o half.db
in_err 'half.db: the file is damaged'
in_err 'nothing of it is reused'
expect 0 explain half.db i3
cp run.db old.db
sqlite3 old.db 'PRAGMA user_version = 1'
expect 0 run spec.yaml -o old.db
in_err 'An older uptake made it: run its spec again; nothing of it is reused'
expect 2 run spec.yaml --reuse model.yaml
in_err 'it is not a record of a run'
expect 2 run spec.yaml --reuse run.db --fresh
in_err '--reuse and --fresh exclude each other'
finish
