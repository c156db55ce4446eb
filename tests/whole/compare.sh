#!/bin/sh
# Comparisons inside one run: between measures, merges, plugins, and the same plugin under two parameter sets; their names,
# and what cannot be compared. The figures are those of tests/references; here it is what a user reads.
set -u
. "$ROOT/tests/whole/expect.inc"
UPTAKE_PLUGIN_PATH=$PLUGINS
export UPTAKE_PLUGIN_PATH

cp "$ROOT/configs/models/small.yaml" model.yaml
spec() { # COMPARISON: a spec with one comparison
    cat >spec.yaml <<YAML
uptake: 1
model: model.yaml
as_of: 2024-06-01
plugins:
  equal:    {use: adopter-support}
  time-led: {use: adopter-support, with: {weights: {time: 3, money: 0.5}}}
  barriers: {use: spread-barriers}
merge:
  by-equal: {method: weighted-sum, measures: {equal.coverage: 1}}
compare:
- $1
YAML
}

# The same plugin under two parameter sets: one question, so there is a verdict, with the findings of both.
spec '{between: [equal, time-led]}'
expect 0 run spec.yaml
in_out 'How far do they agree: equal.coverage and time-led.coverage'
in_out 'equal.coverage and time-led.coverage: disagree'
in_out 'equal.coverage is 0.05 higher'
in_out 'tea-round: equal.coverage 0.75, place 1; time-led.coverage 0.55, place 3'
in_out 'equal blocks: time, running: 4.5 hours a week short'
expect 0 run spec.yaml --format json
in_out '"between": ["equal.coverage", "time-led.coverage"]'
in_out '"verdict": "disagree"'
in_out '"kendall_tau_b": -0.3333333333333333, "spearman": -0.5'
rm -rf folder; mkdir folder
expect 0 run spec.yaml --format csv -o folder
true_that 'comparisons.csv lacks the verdict' grep -q '^1,equal.coverage,time-led.coverage,3,verdict,,,disagree$' folder/comparisons.csv
true_that 'comparisons.csv lacks tau-b' grep -q '^1,equal.coverage,time-led.coverage,3,kendall_tau_b,-0.3333333333333333,,$' folder/comparisons.csv

spec '{between: [equal, time-led], tolerance: 0.3}'
expect 0 run spec.yaml
in_out 'agree within tolerance (tolerance 0.3'

# Different questions: titled so, no verdict.
spec '{between: [equal, barriers, by-equal]}'
expect 0 run spec.yaml
in_out 'equal.coverage and barriers.openness answer different questions (support-coverage;'
not_in_out 'intraclass correlation:'
expect 0 run spec.yaml --format json
in_out '"verdict": null, "verdict_reason": "different_quantity"'
in_out '"verdict": null, "verdict_reason": "no_quantity"'
spec '{between: [equal, barriers, by-equal], statistics: [icc, kendall_w]}'
expect 0 run spec.yaml
in_out "Kendall's W:"
in_out 'intraclass correlation:' # asked for, so printed whatever the sides are about
spec '{between: [equal, barriers, by-equal]}'

# --only leaves out what needs the others.
expect 0 run spec.yaml --only equal --format json
in_out '"comparisons": []'

# Names, before anything is read.
while IFS='|' read -r comparison message; do
    spec "$comparison"
    expect 2 run spec.yaml
    in_err "$message"
    silent out
    expect 2 check spec.yaml
done <<'CASES'
{between: [equall, barriers]}|spec.yaml:11:14: between: the spec has no merge or plugin 'equall' (a measure is named PLUGIN.WRITE or field:PATH); did you mean 'equal'?
{between: [equal.coverag, barriers]}|spec.yaml:11:14: between: adopter-support does not write 'coverag'; did you mean 'coverage'?
{between: [eqal.coverage, barriers]}|spec.yaml:11:14: between: the spec has no plugin 'eqal'; did you mean 'equal'?
{between: [equal, equal.coverage]}|between: 'equal.coverage' stands twice
{between: [equal, barriers], statistics: [kendal_tau_b]}|statistics: there is no statistic 'kendal_tau_b'; did you mean 'kendall_tau_b'?
{between: [equal, barriers], statistics: [kappa]}|`uptake describe statistics` lists them
{between: [equal, barriers], better: {equl: lower}}|better: 'equl' is not one of 'between'; did you mean 'equal'?
{between: [equal, barriers], quantity: support-coverag}|quantity: equal (adopter-support) writes nothing about 'support-coverag'; did you mean 'support-coverage'?
{between: [equal.coverage, barriers.openness], quantity: spread-openness}|between: 'equal.coverage' is about 'support-coverage', not about 'spread-openness'
CASES

spec "{between: [$(seq -s ', ' 101)]}"
expect 2 run spec.yaml
in_err 'between: found 101 names; expected at most 100'

# Numbers of the model need no plugin.
cat >fields.yaml <<'YAML'
uptake: 1
innovations:
- {id: a, name: a, custom: {x: 12, y: 1}}
- {id: b, name: b, custom: {x: 2, y: 4}}
- {id: c, name: c, custom: {x: 1, y: 7}}
YAML
cat >spec.yaml <<'YAML'
uptake: 1
model: fields.yaml
compare: [{between: ["field:custom.x", "field:custom.y"], better: {"field:custom.y": lower}}]
YAML
expect 0 run spec.yaml --format json
in_out '"a": "field:custom.x", "b": "field:custom.y", "n": 3, "only_a": 0, "only_b": 0, "kendall_tau_b": 1, "spearman": 1'

expect 0 describe statistics
in_out 'kendall_tau_b of a pair'
expect 0 describe statistics --format json
in_out '{"name": "kendall_tau_b", "of": "pair", "usual": true'
expect 0 describe compare
in_out 'krippendorff_alpha'
expect 0 describe top_k_overlap
in_out 'Source: Corsi'

# A heat table of three and more: of orders a b c d, its reverse, and a b d c, tau-b is -1, 4/6 and -4/6; all equal has none.
cat >fields.yaml <<'YAML'
uptake: 1
innovations:
- {id: a, name: a, custom: {x: 4, y: 1, z: 4, even: 1}}
- {id: b, name: b, custom: {x: 3, y: 2, z: 3, even: 1}}
- {id: c, name: c, custom: {x: 2, y: 3, z: 1, even: 1}}
- {id: d, name: d, custom: {x: 1, y: 4, z: 2, even: 1}}
YAML
cat >spec.yaml <<'YAML'
uptake: 1
model: fields.yaml
compare: [{between: ["field:custom.x", "field:custom.y", "field:custom.z", "field:custom.even"]}]
YAML
expect 0 run spec.yaml --format markdown
in_out "| Kendall's tau-b | field:custom.x | field:custom.y | field:custom.z | field:custom.even |"
in_out '| field:custom.x | · | █ -1.00 | ▓ 0.67 | – |'
in_out '| field:custom.y | █ -1.00 | · | ▓ -0.67 | – |'
in_out '| field:custom.even | – | – | – | · |'

finish
