#!/bin/sh
# The JSON Schemas: valid by themselves, valid of every config of the tree and of every plugin's skeleton, by a validator that
# is not ours; and not of what is misspelt or out of range. The skeletons pass `uptake check`, and run.
set -u
. "$ROOT/tests/whole/expect.inc"
unset UPTAKE_PLUGIN_PATH COLUMNS 2>/dev/null || :

# --- Skeletons ---
rm -rf skeletons
mkdir skeletons
for folder in "$ROOT"/plugins/*/; do
    id=$(basename "$folder")
    expect 0 describe "$id" --format skeleton
    mkdir "skeletons/$id"
    cp out "skeletons/$id/model.yaml"
    sed -n 's/^#| //p' out >"skeletons/$id/spec.yaml"
    expect 0 check "skeletons/$id/model.yaml" "skeletons/$id/spec.yaml"
    expect 0 run "skeletons/$id/spec.yaml"
    # Every field that it reads stands in it.
    "$UPTAKE" describe "$id" --format json >descriptor.json
    grep -o '"path": "[^"]*"' descriptor.json | sed 's/.*: "//; s/"$//; s/\[[^]]*\]/[]/g; s/.*\.//; s/\[\]$//; s|^/||' |
        sort -u >fields
    while read -r field; do
        [ "$field" = domain ] && field=construct # which it is made of
        case $field in value | @*) continue ;; esac # a list of plain values; another plugin's
        grep -qE "^[- ]*$field:" "skeletons/$id/model.yaml" || complain "the skeleton of $id lacks '$field'"
    done <fields
    true_that "$id reads nothing?" [ -s fields ]
done
expect 2 describe merges --format skeleton
in_err "there is no plugin 'merges'"

# --- Schemas ---
expect 2 schema
expect 2 schema modle
in_err "did you mean 'model'?"
expect 0 schema model -o model.schema.json
silent out
expect 0 schema spec -o spec.schema.json
expect 0 schema model
true_that 'the output and the file differ' cmp -s out model.schema.json
in_out 'read by adopter-support'
in_out 'hours_per_week'
expect 0 schema spec
in_out '"const": "spread-barriers"'
in_out '"least_known"'

python=/usr/bin/python3 # Debian's has the modules, if any has
[ -x "$python" ] || python=python3
command -v "$python" >/dev/null 2>&1 || { echo 'skipped: there is no python3'; exit 77; }
valid() { # SCHEMA FILE...
    "$python" "$ROOT/tests/whole/schema_check.py" "$@" >out 2>err
}
code=0
valid spec.schema.json || code=$?
if [ $code = 77 ]; then
    cat out
    [ "$failures" -eq 0 ] || exit 1
    exit 77
fi
said='a validator that is not ours'
configs=$(grep -lE '^(innovations|rules):' "$ROOT"/configs/models/*.yaml "$ROOT"/configs/models/*/*.yaml "$ROOT"/templates/common/model.yaml 2>/dev/null)
# shellcheck disable=SC2086
true_that 'a model does not fit the schema' valid model.schema.json $configs skeletons/*/model.yaml
in_out ', 0 invalid'
true_that 'a spec does not fit the schema' valid spec.schema.json "$ROOT"/configs/*.yaml "$ROOT"/templates/*/spec.yaml skeletons/*/spec.yaml
in_out ', 0 invalid'

# --- What they refuse ---
refused() { # schema, file, sed expression, message
    sed "$3" "$2" >tried.yaml
    cmp -s "$2" tried.yaml && complain "'$3' changes nothing"
    if valid "$1" tried.yaml; then complain "'$3' is taken for valid"; fi
    in_out "$4"
}
small=$ROOT/configs/models/small.yaml
refused model.schema.json "$small" 's/judgements:/judgments:/' judgments
refused model.schema.json "$small" 's/resource: time/resource: tmie/' tmie
refused model.schema.json "$small" 's/fidelity: 0.9/fidelity: 1.9/' 'fidelity'
refused model.schema.json "$small" 's/^uptake: 1/uptake: 2/' 'uptake'
refused model.schema.json "$small" 's/id: tea-round/summary: x/' "'id' is a required"
refused spec.schema.json "$ROOT/configs/small.yaml" 's/merge:/merges:/' merges
refused spec.schema.json "$ROOT/configs/small.yaml" 's/use: adopter-support, with: {weights: {time/use: adopter-support, with: {weights: {tmie/' tmie
refused spec.schema.json "$ROOT/configs/small.yaml" 's/money: 0.5/money: -1/' '-1'

finish
