#!/bin/sh
# uptake check --fuzz: an honest plugin stands, a mutant is found, and the model that is kept is small, valid and shows it.
set -u
. "$ROOT/tests/whole/expect.inc"
UPTAKE_PLUGIN_PATH=
export UPTAKE_PLUGIN_PATH COLUMNS=100
rm -f mutant-fails-*.yaml

expect 0 check "$MUTANTS/honest.so" --only descriptor --fuzz 1 --seed 3
in_out 'none answered wrongly'
true_that 'a model is kept of a plugin that stands' [ -z "$(ls mutant-fails-*.yaml 2>/dev/null)" ]

expect 1 check "$MUTANTS/missing_as_it_is.so" --only descriptor --fuzz 30 --seed 9
in_err "wrote no gap (the smallest model that shows it: mutant-fails-9.yaml)"
expect 0 check mutant-fails-9.yaml
in_out 'a model, with 1 innovation'
true_that 'the model is not small' [ "$(wc -l <mutant-fails-9.yaml)" -le 6 ]
cp mutant-fails-9.yaml kept.yaml
expect 2 check "$MUTANTS/missing_as_it_is.so" --only descriptor --fuzz 30 --seed 9
in_err "there is already something called 'mutant-fails-9.yaml'"
true_that 'a kept model was changed' cmp -s mutant-fails-9.yaml kept.yaml

expect 1 check "$MUTANTS/past_its_list.so" --only descriptor --fuzz 30 --seed 10
in_err 'process touched support[].needed (values) behind its last row'
expect 2 check "$MUTANTS/honest.so" --fuzz many
in_err '--fuzz must be a number'
finish
