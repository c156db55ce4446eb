#!/bin/sh
# A plugin that crashes on one innovation of three: exit 3, and everything else is in the output.
set -u
. "$ROOT/tests/whole/expect.inc"
mkdir -p plugins
cp "$BUNDLES/crash_on_13.so" plugins/crash-on-13.so
UPTAKE_PLUGIN_PATH=$PWD/plugins
export UPTAKE_PLUGIN_PATH

cat >model.yaml <<'YAML'
uptake: 1
innovations:
- {id: one, name: One, commissioning: {payback: 6}}
- {id: two, name: Two, commissioning: {payback: 13}}
- {id: three, name: Three, commissioning: {payback: 24}}
YAML
cat >spec.yaml <<'YAML'
uptake: 1
model: model.yaml
plugins: {payback: {use: crash-on-13}}
merge: {soonest: {method: weighted-sum, measures: {payback.score: {weight: 1, max: 60}}}}
YAML

expect 3 run spec.yaml
in_err 'payback (crash-on-13 1.0)'
in_err 'on innovation two: SIGSEGV'
in_out 'failed on 1 of 3 innovations'
in_out 'payback, two: failed: '

expect 3 run spec.yaml --format json
in_out '"measures": {"payback.score": 6}'
in_out '"measures": {"payback.score": null}'
in_out '"measures": {"payback.score": 24}'
in_out '"status": "partial", "failed": 1'
in_out '"status": {"payback": "failed: SIGSEGV'

# The file is there all the same: what succeeded is worth having.
expect 3 run spec.yaml -o result.csv
true_that 'result.csv is missing' [ -s result.csv ]

# Who does not crash is not blamed.
expect 0 run spec.yaml --innovation one
silent err

finish
