#!/bin/sh
# Merges as a user asks for them and reads them: parameters, weights, what the order hangs on, CSV of the parts. The figures
# are those of tests/references/cases/influence.txt, by hand.
set -u
. "$ROOT/tests/whole/expect.inc"

cat >model.yaml <<'YAML'
uptake: 1
innovations:
- {id: a, name: A, custom: {x: 3, y: 9, z: 2}}
- {id: b, name: B, custom: {x: 6, y: 5, z: 4}}
- {id: c, name: C, custom: {x: 8, y: 1, z: 7}}
- {id: d, name: D, custom: {x: 2, y: 2}}
- {id: e, name: E, custom: {x: 5, y: 6, z: 6}}
YAML
spec() { # METHOD-AND-MORE
    cat >spec.yaml <<YAML
uptake: 1
model: model.yaml
merge:
  m:
    $1
    measures:
      "field:custom.x": {weight: 2, better: higher, min: 0, max: 10}
      "field:custom.y": {better: higher, min: 0, max: 10}
      "field:custom.z": {better: higher, min: 0, max: 10}
YAML
}

spec 'method: weighted-sum
    influence: true'
expect 0 run spec.yaml --format table
in_out 'What the order of m hangs on'
in_out '40.0 to 100.0 %'
in_out 'Without any one of the first 5, the others keep their places.'
rm -rf folder; mkdir folder
expect 0 run spec.yaml --format csv -o folder
true_that 'merge-parts.csv lacks a part' grep -q '^a,m,field:custom.x,0.3,0.5,0.15$' folder/merge-parts.csv
true_that 'merges.csv lacks a weight' grep -q '^m,weight,field:custom.y,0.25,,$' folder/merges.csv
true_that 'merges.csv lacks how far a weight may move' grep -q '^m,weight_keeps_first,field:custom.z,0.25,0,1$' folder/merges.csv

spec 'method: topsis
    influence: true'
expect 0 run spec.yaml --format table
in_out 'score_low and score_high are not bounds'
in_out 'how far weights may move cannot be said'

spec 'method: kemeny'
expect 2 run spec.yaml
in_err 'method kemeny has no bounds'
spec 'method: topsis
    v: 0.3'
expect 2 run spec.yaml
in_err 'method topsis has no parameter `v`, which is one of vikor; it takes p'
spec 'method: pooled-random
    tau2: RMEL'
expect 2 run spec.yaml
in_err "did you mean 'REML'?"
spec 'method: weighted-sum
    weights: {method: ahp, pairwise: [[1, 2, 3], [1, 1, 1], [0.3333, 1, 1]]}
    normalise: range'
expect 2 run spec.yaml
in_err 'expected one to be 1 divided by the other'
finish
