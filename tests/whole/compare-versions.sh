#!/bin/sh
# uptake compare --plugins: versions of the bundle `rooms` (tests/bundles/version.h), whose answers are worked by hand here.
set -u
. "$ROOT/tests/whole/expect.inc"
UPTAKE_PLUGIN_PATH=
export UPTAKE_PLUGIN_PATH COLUMNS=140
rm -f ./*.yaml ./*.db
one=$BUNDLES/version-1.so two=$BUNDLES/version-2.so three=$BUNDLES/version-3.so

cat >model.yaml <<'MODEL'
uptake: 1
innovations:
- id: a
  name: A
  support:
  - {resource: space, phase: running, needed: 5, provided: 1, unit: rooms}
  - {resource: space, phase: running, needed: 0.001, provided: 3, unit: rooms}
- {id: b, name: B, support: [{resource: space, phase: running, needed: 3, provided: 2, unit: rooms}]}
- {id: c, name: C}
MODEL

# --- The same under another number: nothing differs, on the model or on any that is made up ---
expect 0 compare --plugins "$one" "$two" --model model.yaml --seconds 2 --fail-if 'search_found > 0'
in_out 'Every value, rank, finding and status is the same'
in_out 'version: 1.0.0 → 2.0.0'
in_out 'None found: they agree on all of'
expect 0 compare --plugins "$one" "$one" --model model.yaml --seconds 0 --fail-if 'declared_changed > 0 or inputs_changed > 0'
in_out 'The same version, revision, reads, parameters and writes.'
not_in_out 'Search for a model'

# --- Another: short of a is 4 + 0 before, 4 - 2.999 after; b and its row are as before ---
expect 0 compare --plugins "$one" "$three" --model model.yaml --seconds 30 --seed 3 --keep kept.yaml --format json
mv out found.json
figure() { # NAME VALUE
    jq -e --argjson x "$2" ".figures.$1 == \$x" found.json >/dev/null ||
        complain "$1 is $(jq ".figures.$1" found.json), not $2"
}
figure values_changed 1
figure list_values_changed 1
figure statuses_changed 0
figure reasons_changed 1 # c is skipped in both, for another reason
figure findings_added 1 # "4 rooms short" became "1.001 rooms short"
figure findings_removed 1
figure search_found 1
figure declared_changed 4 # the version, one default, one parameter that is new, the range of the write
jq -e '.measures[0] | .name == "rooms.short" and .equal == 2 and .changed == 1 and .where == "a"
       and (.largest_difference - 2.999 | fabs) < 1e-12' found.json >/dev/null || complain 'the measure'
# Of the common values (4, 1) and (1.001, 1): bias of before less after (2.999 + 0)/2, root mean square sqrt(2.999^2/2).
jq -e '.measures[0].statistics | .n == 2 and .verdict == "disagree" and (.bland_altman.bias - 1.4995 | fabs) < 1e-12
       and (.rmse - 2.999 / (2 | sqrt) | fabs) < 1e-12' found.json >/dev/null || complain 'the statistics'
jq -e '.lists[0] | .name == "rooms.row" and .equal == 2 and .changed == 1 and .where == "a" and .where_row == 1' \
    found.json >/dev/null || complain 'the rows of lists'
jq -e '.statuses == [{"id": "c", "plugin": "rooms", "before": "skipped: no row is of rooms",
                      "after": "skipped: nothing is said of rooms"}]' found.json >/dev/null || complain 'the statuses'
jq -e '[.declared[].what] == ["version", "parameter spare", "parameter whole", "writes short"]' found.json >/dev/null ||
    complain 'what they declare'

# The model that was found is small, valid, kept as it is shown, and the command shows it.
jq -r .search.model found.json | sed '$d' | cmp -s - kept.yaml || complain 'another model is kept than is shown'
true_that 'the model is not small' [ "$(wc -l <kept.yaml)" -le 6 ]
expect 0 check kept.yaml
in_out 'a model, with 1 innovation'
again=$(jq -r .search.command found.json)
eval "set -- $again"
shift
expect 0 "$@" --fail-if 'values_changed == 0'
in_out 'rooms.short'
# The same seed finds the same.
rm kept.yaml
expect 0 compare --plugins "$one" "$three" --model model.yaml --seconds 30 --seed 3 --keep kept.yaml --format json
true_that 'another search finds something else' cmp -s out found.json

expect 1 compare --plugins "$one" "$three" --model model.yaml --seconds 0 --fail-if 'values_changed > 0'
in_out 'Results differ, though both declare revision 1: a change of results raises the revision.'
in_out 'parameter whole: (not there) → true or false; default false'
expect 0 compare --plugins "$one" "$three" --model model.yaml --seconds 0 --atol 3 --fail-if 'values_changed > 0'
expect 0 compare --plugins "$one" "$three" --model model.yaml --seconds 0 --format csv
in_out 'a,rooms.short,changed,4,1.001'
in_out 'c,status:rooms,changed,skipped: no row is of rooms,skipped: nothing is said of rooms,'
in_out ',rows:rooms.row,changed,,1,2.999'
expect 0 compare --plugins "$one" "$three" --model model.yaml --seconds 0 -o found.md
true_that 'markdown has no table' grep -q '^| rooms.short |' found.md

# --- Only words: found, shown as such, and no change of results ---
expect 0 compare --plugins "$one" "$BUNDLES/version-4.so" --model model.yaml --seconds 3 --format json
jq -e '.search.found == "words" and .figures.values_changed == 0 and .figures.findings_added == 2 and .figures.search_found == 1' \
    out >/dev/null || complain 'other words'
expect 0 compare --plugins "$one" "$BUNDLES/version-4.so" --model model.yaml --seconds 2
in_out 'They differ in words alone'
not_in_out 'Results differ'

# --- In one process, side by side ---
expect 0 compare --plugins "$one" "$three" --model model.yaml --seconds 0 --in-process --fail-if 'values_changed != 1'

# --- Parameters ---
expect 0 compare --plugins "$one" "$three" --model model.yaml --seconds 0 --with spare=2
expect 2 compare --plugins "$one" "$three" --model model.yaml --with whole=true
in_err "version-1.so: --with:1:1: rooms has no parameter 'whole'"
expect 2 compare --plugins "$one" "$three" --model model.yaml --with spare=much
in_err 'expected a number from 0 to 100 rooms'
expect 2 compare --plugins "$one" "$three" --model model.yaml --with spare

# --- A crash of one is a difference like another ---
cat >months.yaml <<'MODEL'
uptake: 1
innovations:
- {id: a, name: A, commissioning: {payback: 12}}
- {id: b, name: B, commissioning: {payback: 13}}
MODEL
expect 0 compare --plugins "$BUNDLES/run-steady.so" "$BUNDLES/crash_on_13.so" --model months.yaml --seconds 0
in_err 'SIGSEGV'
in_out 'failed: '

# --- What cannot be compared ---
expect 2 compare --plugins "$one" "$three"
in_err '--plugins needs --model FILE'
expect 2 compare --plugins "$one" "$three" --model missing.yaml
in_err 'missing.yaml'
expect 2 compare --plugins "$one" model.yaml --model model.yaml
expect 2 compare --plugins "$one" "$three" --model model.yaml --plugin room
in_err "it has no plugin 'room'; did you mean 'rooms'?"
expect 2 compare --plugins "$one" "$BUNDLES/pack.so" --model model.yaml
in_err 'have no plugin in common'
expect 2 compare "$one" "$three" --model model.yaml
in_err 'give --plugins, too'
expect 2 compare --plugins "$one" "$three" --model model.yaml --as-of soon
expect 2 compare --plugins "$one" "$three" --model model.yaml --keep kept.yaml
in_err "there is already something called 'kept.yaml'"
silent out
finish
