#!/bin/sh
# Scenarios end to end: worked numbers, what is said of changes, dates, crashes, and the same bytes for any number of jobs.
set -u
. "$ROOT/tests/whole/expect.inc"

cat >spec.yaml <<YAML
uptake: 1
model: $ROOT/configs/models/against-the-odds.yaml
as_of: 2018-01-24
plugins:
  barriers: {use: spread-barriers}
  support: {use: adopter-support}
merge:
  balanced: {method: weighted-sum, measures: {barriers.openness: 2, support.coverage: 1}}
scenarios:
  protected-time: {title: Half of the time that is missing, set: {"support[resource=time].provided": {close: 0.5}}}
  dafne-paid: {set: {"innovations[id=dafne].support[resource=money].provided": {value: 5000}}}
  nowhere: {set: {"innovations[id=dafne].support[resource=data].provided": {value: 3}}}
  unknown-only: {set: {"innovations[id=dafne].support[resource=skills].provided": {scale: 2}}}
  the-same: {set: {"support[resource=time].provided": {scale: 1}}}
  later: {as_of: 2026-01-01}
YAML

# The values that jq finds: answer FILTER EXPECTED
answer() {
    found=$(jq -c "$1" out 2>&1)
    [ "$found" = "$2" ] || complain "$said: $1 is $found, not $2"
}
dafne='innovations[] | select(.id == "dafne")'

# DAFNE: time 4 of 8 hours, money 3000 of 5000, space 1, skills unknown. Coverage (.5 + .6 + 1) / 3 = .7; half of the gap in time
# closed (.75 + .6 + 1) / 3 = .78333; money paid in full (.5 + 1 + 1) / 3 = .83333.
expect 0 run spec.yaml --format json
silent err
answer ".$dafne | .measures.\"support.coverage\" * 1e9 | round" 700000000
answer ".scenarios.\"protected-time\".$dafne | .measures.\"support.coverage\" * 1e9 | round" 783333333
answer ".scenarios.\"dafne-paid\".$dafne | .measures.\"support.coverage\" * 1e9 | round" 833333333
answer '.scenarios."protected-time".title' '"Half of the time that is missing"'
answer '.scenarios."protected-time".changes[0] | [.path, .change, .rows_matched, .rows_changed, .rows_unknown]' \
    '["support[resource=time].provided","close 0.5",4,2,2]'
answer '.scenarios."dafne-paid".changes[0].rows_changed' 1
answer '[.scenarios."dafne-paid".innovations[] | select(.changed) | .id]' '["dafne"]'
answer '.scenarios.nowhere.changes[0] | [.rows_matched, .outcome]' \
    '[0,"matches nothing: no row of the model is meant by this path"]'
answer '.scenarios."unknown-only".changes[0] | [.rows_matched, .rows_changed, .rows_unknown]' '[1,0,1]'
answer '.scenarios.later | [.as_of, .left_out, .hindsight]' '["2026-01-01",0,0]'
answer '[.scenarios."protected-time".plugins[] | .run_again]' '[false,true]'
answer '[.scenarios.later.plugins[] | .run_again]' '[true,true]'

# What a scenario found is what a run over the changed file finds.
sed 's/provided: {low: 2000, mode: 3000, high: 5000}/provided: 5000/' "$ROOT/configs/models/against-the-odds.yaml" >edited.yaml
[ -e rules ] || ln -s "$ROOT/configs/models/rules" rules # which the model includes
true_that 'the model has no row to edit' sh -c '! cmp -s edited.yaml "$ROOT/configs/models/against-the-odds.yaml"'
strip='[.[] | {id, measures, merged, ranges, basis, status}]'
jq -S ".scenarios.\"dafne-paid\".innovations | $strip" out >scenario.json
sed -e "s|^model: .*|model: edited.yaml|" -e '/^scenarios:/,$d' spec.yaml >edited-spec.yaml
expect 0 run edited-spec.yaml --format json
jq -S ".innovations | $strip" out >edited.json
true_that 'the edited file gives other results' cmp scenario.json edited.json

# The same for another date.
expect 0 run spec.yaml --format json
jq -S ".scenarios.later.innovations | $strip" out >scenario.json
sed -e 's/^as_of: .*/as_of: 2026-01-01/' -e '/^scenarios:/,$d' spec.yaml >later-spec.yaml
expect 0 run later-spec.yaml --format json
jq -S ".innovations | $strip" out >later.json
true_that 'the other date gives other results' cmp scenario.json later.json

# The same bytes however the work is shared out.
expect 0 run spec.yaml --format json --jobs 1
but_containment out >one
for how in "--jobs 2" "--jobs 7" --in-process; do
    # shellcheck disable=SC2086
    expect 0 run spec.yaml --format json $how
    but_containment out >other
    true_that "$how gives other bytes" cmp -s one other
done

# For people; lines are wrapped.
expect 0 run spec.yaml
tr -s '\n' ' ' <out | sed 's/  */ /g' >flat && mv flat out
in_out 'What if: arithmetic of this model, not a forecast'
in_out 'protected-time: Half of the time that is missing'
in_out 'support[resource=time].provided: close 0.5; 2 of 4 matching rows changed, 2 unknown and left so'
in_out '0.70 [0.29, 1.00] 0.78 [0.38, 1.00] +0.08'
in_out 'No change in 8 of 10 innovations.'
in_out 'matches nothing: no row of the model is meant by this path'
in_out 'changes nothing: 2 of 4 matching rows have that value already, 2 unknown and left so'
in_out 'changes nothing: what it would change is unknown in the 1 matching row'
expect 0 run spec.yaml --format markdown
in_out 'arithmetic of this model, not a forecast'

# As files.
expect 0 run spec.yaml --format csv -o folder/
true_that 'scenarios.csv lacks a line' grep -q '^dafne-paid,dafne,support.coverage,0.7000000000000001,0.8333333333333334,0.13' folder/scenarios.csv
true_that 'scenario-changes.csv lacks the date' grep -qF 'later,as_of,2026-01-01,,,,"0 rows begin later and are left out, instead of 29"' folder/scenario-changes.csv
true_that 'scenario-changes.csv lacks a line' grep -q '^nowhere,.*,0,0,0,matches nothing' folder/scenario-changes.csv

# Some of it only.
expect 0 run spec.yaml --innovation dafne --format json
answer ".scenarios.\"dafne-paid\".$dafne | .measures.\"support.coverage\" * 1e9 | round" 833333333
answer '.scenarios."protected-time".changes[0].rows_matched' 1
expect 0 run spec.yaml --only barriers --format json
answer '.scenarios."dafne-paid".changes[0] | [.rows_changed, .read]' '[1,false]'
answer '[.scenarios."dafne-paid".innovations[] | select(.changed)]' '[]'

expect 0 check spec.yaml
in_out 'scenario protected-time: support[resource=time].provided: 2 of 4 matching rows changed'
in_out 'scenario nowhere: '

# What is wrong is said before anything runs, with its place.
sed 's/close: 0.5/value: plenty/' spec.yaml >wrong.yaml
expect 2 run wrong.yaml
silent out
in_err "wrong.yaml:10:"
in_err "provided: found 'plenty'; expected a number"
sed 's/support\[resource=time\].provided/suport[resource=time].provided/' spec.yaml >wrong.yaml
expect 2 check wrong.yaml
in_err "there is no 'suport'; did you mean 'support'?"

many() { k=0; while [ "$k" -lt "$1" ]; do printf '  s%d: {as_of: 2020}\n' "$k"; k=$((k + 1)); done; }
{ sed '/^scenarios:/,$d' spec.yaml; echo 'scenarios:'; many 257; } >wrong.yaml
expect 2 check wrong.yaml
in_err 'scenarios: found 257; expected at most 256'

# A plugin that crashes in a scenario only: the baseline stands.
mkdir -p plugins
cp "$BUNDLES/crash_on_13.so" plugins/crash-on-13.so
UPTAKE_PLUGIN_PATH=$PWD/plugins
export UPTAKE_PLUGIN_PATH
cat >model.yaml <<'YAML'
uptake: 1
innovations:
- {id: one, name: One, commissioning: {payback: 6}}
- {commissioning: {payback: 12}, id: two, name: Two}
YAML
cat >crash.yaml <<'YAML'
uptake: 1
model: model.yaml
plugins: {payback: {use: crash-on-13}}
merge: {soonest: {method: weighted-sum, measures: {payback.score: {weight: 1, max: 60}}}}
scenarios:
  unlucky: {set: {"innovations[id=two].commissioning.payback": {value: 13}}}
  lucky: {set: {"commissioning.payback": {scale: 2}}}
YAML
expect 3 run crash.yaml --format json
in_err 'scenario unlucky: plugin payback (crash-on-13 1.0): failed in part'
answer '[.innovations[].measures."payback.score"]' '[6,12]'
answer '[.scenarios.unlucky.innovations[].measures."payback.score"]' '[6,null]'
answer '[.scenarios.lucky.innovations[].measures."payback.score"]' '[12,24]'
answer '.scenarios.unlucky.plugins[0] | [.status, .failed]' '["partial",1]'
expect 3 run crash.yaml
in_out 'payback failed in this scenario on 1 of 2 innovations'

# Interrupted in a scenario: the signal's exit code, and no file. The plugin hangs in the scenario only.
cp "$BUNDLES/hang_on_13.so" plugins/hang-on-13.so
sed 's/crash-on-13/hang-on-13/' crash.yaml >hang.yaml
rm -f hang.json
said='an interrupted scenario'
"$UPTAKE" run hang.yaml --format json -o hang.json >out 2>err &
run=$!
sleep 1
kill -TERM "$run"
code=0
wait "$run" || code=$?
[ "$code" = 143 ] || complain "$said: exit $code, not 143"
true_that 'a file is left of an interrupted run' [ ! -e hang.json ]

# A change that the figures' digits hide is told in as many as show it: 3 of 5000 pounds is a third of .0006, and a
# millionth of a pound is less than any figure shows.
cat >small.yaml <<YAML
uptake: 1
model: $ROOT/configs/models/against-the-odds.yaml
plugins: {support: {use: adopter-support}}
scenarios:
  little: {set: {"innovations[id=dafne].support[resource=money].provided": {value: 3003}}}
  less: {set: {"innovations[id=dafne].support[resource=money].provided": {value: 2999.999999}}}
YAML
expect 0 run small.yaml
in_out '+0.0002'
in_out 'down, under 0.000001'
true_that 'no change is a whole last digit' sh -c '! grep -qE "[+-]0\.01( |$)" out'

# Where a table is cut in two, each line still says of what it is.
COLUMNS=60 expect 0 run spec.yaml
true_that 'a change without its measure' sh -c 'grep -q "support.coverage .*+0\.08" out && ! grep -qE "^ +[+-]?[0-9.]+ *(up|down|range only)?$" out'
expect 0 run "$ROOT/configs/shortlist.yaml"
in_out 'Something changes in all 6 innovations.'
finish
