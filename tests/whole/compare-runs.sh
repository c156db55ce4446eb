#!/bin/sh
# uptake compare: two records. The merge is a sum of two fields from 0 to 10, so that every figure below is worked by hand.
set -u
. "$ROOT/tests/whole/expect.inc"
export COLUMNS=120
rm -f ./*.db
if ! ldd "$UPTAKE" | grep -q sqlite3; then
    expect 2 compare a.db b.db
    exit 0
fi

# model FILE X_OF_A ROWS...
model() {
    file=$1
    shift
    printf 'uptake: 1\ninnovations:\n' >"$file"
    for row in "$@"; do printf -- '- {id: %s, name: n, custom: {x: %s, y: %s}}\n' ${row} >>"$file"; done
}
spec() {
    cat >"$1.yaml" <<SPEC
uptake: 1
title: Two fields
model: $1.model.yaml
merge:
  sum:
    method: weighted-sum
    measures:
      field:custom.x: {weight: 1, better: higher, min: 0, max: 10}
      field:custom.y: {weight: 1, better: higher, min: 0, max: 10}
SPEC
    expect 0 run "$1.yaml" -o "$1.db"
}
# Scores .9 .8 .7 .6 .5 -> p q r s t; in the second p falls to .55: q r s p t.
model a.model.yaml 'p 9 9' 'q 8 8' 'r 7 7' 's 6 6' 't 5 5'
spec a
model b.model.yaml 't 5 5' 'p 2 9' 'q 8 8' 'r 7 7' 's 6 6'
spec b
model c.model.yaml 'q 8 8' 'r 7 7' 's 6 6' 't 5 5' 'u 1 1'
spec c
model d.model.yaml 'v 1 1'
spec d

expect 0 compare a.db b.db --format json
mv out ab.json
figure() { # NAME VALUE: to 12 digits
    found=$(jq ".figures.$1" ab.json)
    awk -v a="$found" -v b="$2" 'BEGIN { exit !(a != "null" && (a - b)^2 < 1e-24) }' || complain "$1 is $found, not $2"
}
# 10 pairs, 3 of them the other way round: (7 - 3)/10. p moves 3 places; q, r and s one.
figure tau_b 0.4
figure rank_moves 3
figure moved 4
figure top_k_changes 1
figure scores_changed 1
figure values_changed 0
figure added 0
figure removed 0
# One field of the model; the spec names another model; the model's own path is no difference.
figure inputs_changed 2
# Rank-biased overlap of p q r s t and q r s p t, p = .9, depth 5: agreements 0, 1/2, 2/3, 1, 1;
# ext = (1-p)/p sum p^d A_d + p^5 A_5 (Webber et al. 2010).
figure rbo "$(awk 'BEGIN { p = .9; s = p^2/2 + p^3*2/3 + p^4 + p^5; printf "%.17g", (1-p)/p*s + p^5 }')"
jq -e '.inputs[] | select(.what == "model: innovations[id=p].custom.x") | .before == "9" and .after == "2"' \
    ab.json >/dev/null || complain 'the changed field is not named'
jq -e '.merges[0].innovations | map(select(.id == "p"))[0] | .rank_before == 1 and .rank_after == 4' ab.json \
    >/dev/null || complain 'the move of p'

expect 0 compare a.db b.db
in_out 'model: innovations[id=p].custom.x: 9 → 2'
in_out '1 of 5 scores changed; 4 innovations moved, by 3 places at most; 1 came into the first 3, 1 left them.'
in_out '  p                1      4          −3           │━━━━━━━▶'
in_out '  q                2      1          +1        ◀━━│'
expect 0 compare a.db b.db --format csv
in_out 'p,merge:sum.rank,changed,1,4,3'
in_out 'p,merge:sum.score,changed,0.9,0.55,-0.35'
expect 0 compare a.db b.db -o ab.md
true_that 'ab.md has a table' grep -q '^| p | 1 | 4 | −3 |' ab.md

# --- Nothing changed ---
expect 0 run a.yaml -o a2.db
expect 0 compare a.db a2.db --fail-if 'tau_b < 1 or inputs_changed > 0 or scores_changed > 0'
in_out 'Nothing changed: inputs and results are the same.'
in_out 'The same spec, model, plugins, parameters and machine.'

# --- Added and removed ---
expect 0 compare a.db c.db --format json
jq -e '.added == ["u"] and .removed == ["p"] and .figures.added == 1 and .figures.rank_moves == 1' out >/dev/null ||
    complain 'added and removed'
expect 2 compare a.db d.db
in_err 'they have no innovation in common'

# --- Conditions and exit codes ---
expect 1 compare a.db b.db --fail-if 'tau_b < 0.9 or rank_moves > 3'
in_out 'it holds (exit code 1)'
expect 0 compare a.db b.db --fail-if 'tau_b < 0.4 or rank_moves > 3'
in_out 'it does not hold (exit code 0)'
expect 0 compare a.db b.db --atol 0.36 --fail-if 'scores_changed > 0'
expect 1 compare a.db b.db --atol 0.34 --fail-if 'scores_changed > 0'
expect 0 compare a.db b.db --top-k 4 --fail-if 'top_k_changes > 0'
expect 2 compare a.db b.db --fail-if 'rank_move > 2'
in_err "--fail-if:1: there is no figure 'rank_move'; did you mean 'rank_moves'?"
silent out
expect 2 compare a.db b.db --fail-if 'rank_moves >'
expect 2 compare a.db missing.db
in_err 'missing.db'
expect 2 compare a.db a.yaml
in_err 'a.yaml: it is not a record of a run'
expect 2 compare a.db
expect 2 compare a.db b.db --top-k 0
expect 2 compare a.db b.db --rtol many

# --- Plugins: findings, parameters, statuses ---
export UPTAKE_PLUGIN_PATH="$PLUGINS"
demo=$ROOT/configs/against-the-odds.yaml
expect 0 run "$demo" -o before.db
expect 0 run "$demo" --set plugins.support.with.weights.time=4 -o after.db
expect 0 compare before.db after.db
in_out 'command line: (not there) → --set plugins.support.with.weights.time=4'
in_out 'plugin support: parameters: (not there) → weights: {time: 4}'
in_out 'support.coverage'
# time counts 4 of 7 instead of 1 of 4: skills unknown, time .5, money .6, space 1 (plugins/adopter-support/README.md).
expect 0 compare before.db after.db --format csv
grep '^dafne,support.coverage,changed,' out >line || complain 'the coverage of dafne'
awk -F, '{ exit !(($4 - 2.1/3)^2 < 1e-20 && ($5 - (4 * .5 + .6 + 1)/6)^2 < 1e-20) }' line || complain "$(cat line)"
finish
