#!/bin/sh
# The specs of configs/ as a user runs them: every format, to a terminal's width, a file and a folder; the same bytes
# whatever the number of workers.
set -u
. "$ROOT/tests/whole/expect.inc"
UPTAKE_PLUGIN_PATH=$PLUGINS
export UPTAKE_PLUGIN_PATH
unset COLUMNS 2>/dev/null || :
demo=$ROOT/configs/against-the-odds.yaml

# --- Everything that is shipped is well formed ---
expect 0 check "$ROOT"/configs/*.yaml "$ROOT"/configs/models/*.yaml
silent err

# --- The table: what must be known first, and nothing wider than the page ---
expect 0 run "$demo"
for text in 'As of 2018-01-24' "one reader's desk reading" 'No single order holds' 'Not assessed: ' \
    'openness ' 'What stands in the way' 'What could not be assessed' \
    'All of this rests on desk reading, not on a published rating.'; do
    in_out "$text"
done
not_in_out 'nan'
# Bytes are not columns: dashes of three bytes count as one.
sed 's/[–—…£]/x/g' out | LC_ALL=C awk 'length($0) > 100 { print; wide = 1 } END { exit wide }' >wide ||
    complain "wider than 100 columns: $(cat wide)"
head -n 50 out | grep -q '^  rank: ' || complain 'the table and what it means take more than 50 lines'

# --- JSON: the same bytes for any number of workers, and in this process ---
expect 0 run "$demo" --format json --jobs 1
cp out one.json
but_containment one.json >any.json
for how in '--jobs 2' '--jobs 7' '--in-process'; do
    # shellcheck disable=SC2086
    expect 0 run "$demo" --format json $how
    but_containment out >same.json
    true_that "JSON differs with $how" cmp -s same.json any.json
done
if command -v jq >/dev/null; then
    true_that 'openness of DAFNE is not 1 - 2.5/7' jq -e \
        '.innovations[] | select(.id == "dafne") | .measures["barriers.openness"] - (1 - 2.5/7) | fabs < 1e-12' \
        one.json >/dev/null
    # Worked by hand in the plugins' READMEs.
    true_that 'fit of DAFNE is not 1 [1/2, 1]' jq -e '.innovations[] | select(.id == "dafne") |
        .measures["fit.fit"] == 1 and .ranges["fit.fit"] == [0.5, 1]' one.json >/dev/null
    true_that 'fit of IAPT is not 4/5 [4/6, 5/6]' jq -e '.innovations[] | select(.id == "iapt") |
        .measures["fit.fit"] == 0.8 and .measures["fit.beyond_targets"] == "unmet" and
        (.ranges["fit.fit"] | (.[0] - 4/6 | fabs) < 1e-12 and (.[1] - 5/6 | fabs) < 1e-12)' one.json >/dev/null
    true_that 'secured of DAFNE is not 1/2 [1/5, 4/5]' jq -e '.innovations[] | select(.id == "dafne") |
        .measures["vehicle.secured"] == 0.5 and .ranges["vehicle.secured"] == [0.2, 0.8]' one.json >/dev/null
    expect 0 run "$demo" --set as_of=2025-06-01 --format json --innovation schwartz-rounds
    true_that 'secured of Schwartz Rounds is not 0 [0, 3/5]' jq -e '.innovations[0] |
        .measures["vehicle.secured"] == 0 and .ranges["vehicle.secured"] == [0, 0.6] and
        .measures["vehicle.end"] == "unmet" and .measures["vehicle.successor"] == "none"' out >/dev/null
    true_that 'ten innovations' jq -e '.innovations | length == 10' one.json >/dev/null
    true_that 'the caveat does not leave with the file' jq -e '.run.caveats | any(test("desk reading"))' \
        one.json >/dev/null
else
    complain 'jq is missing: the figures of the ten cases cannot be looked at'
fi

# --- The report's three recommendations ---
expect 0 run "$demo"
for text in 'short in 4 of 4 innovations' 'adopters are bound by licence or fee to whoever drives scaling' \
    'rests on targets and tariffs alone: Half of people recover' 'drove scaling until 2011-03 and stopped'; do
    in_out "$text"
done

# --- The shortlist: there an order means something ---
expect 0 run "$ROOT/configs/shortlist.yaml"
for text in 'Marlshire is invented' 'support.coverage and people-first.coverage: disagree' 'next-spring'; do
    in_out "$text"
done

# --- Files: by ending, by option, and a folder ---
expect 0 run "$demo" -o two.json
silent out
true_that 'the file is not what standard output had' cmp -s two.json one.json
expect 0 run "$demo" -o tables/
for table in run measures merged findings status agreement; do
    true_that "tables/$table.csv is missing" [ -s tables/$table.csv ]
done
true_that 'the caveat is missing in measures.csv' grep -q 'desk reading' tables/measures.csv
expect 0 run "$demo" --format csv
true_that 'no line for DAFNE' grep -q '^dafne,barriers.openness,0.64285' out

# --- Parts of a run ---
expect 0 run "$demo" --innovation dafne --format json
in_out '"id": "dafne"'
not_in_out '"id": "iapt"'
expect 0 run "$demo" --only barriers --format json
in_out 'barriers.openness'
not_in_out 'support.coverage'
expect 0 run "$demo" --set merge.balanced.missing=worst
in_out 'missing values: worst'
expect 2 run "$demo" --only barrier
expect 2 run "$demo" --innovation dafn
expect 2 run "$demo" --set merge.balanced.mising=worst
in_err 'mising'

# --- Nothing half-written, and nothing run, where the output cannot be ---
expect 2 run "$demo" -o no/such/folder.json
in_err 'no/such/folder.json'
if [ -e /dev/full ]; then
    expect 4 run "$demo" --format json -o /dev/full
    in_err 'No space left on device'
fi
expect 2 run "$ROOT/configs/models/small.yaml" -o left.json
true_that 'a run that failed left a file' [ ! -e left.json ]

# --- What is installed ---
expect 0 plugins
in_out 'spread-barriers'
expect 0 plugins --format json
in_out '"id": "adopter-support"'
expect 0 describe spread-barriers
in_out 'openness'
expect 0 describe spread-barriers --format json
for topic in merges spec weighted-sum; do
    expect 0 describe $topic
    silent err
done
expect 0 describe "$PLUGINS/adopter-support.so"
in_out 'coverage'

finish
