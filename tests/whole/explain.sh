#!/bin/sh
# uptake explain: places, and what settling a measure does to them. Every number below was worked by hand from the
# definitions of ranks under bounds (1 + those whose low is above my high; those whose high is at least my low).
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :

# Three innovations, two measures of 0 to 10 that count alike. Scores: a [.4, .9], b .6, c [.3, .6].
cat >places.model.yaml <<'END'
uptake: 1
innovations:
- {id: a, name: First one, custom: {x: 8, y: unknown}}
- {id: b, name: b, custom: {x: 6, y: 6}}
- {id: c, name: c, custom: {x: 2, y: {low: 4, mode: 7, high: 10}}}
END
cat >places.yaml <<'END'
uptake: 1
title: Places
model: places.model.yaml
merge:
  sum:
    method: weighted-sum
    measures:
      field:custom.x: {weight: 1, better: higher, min: 0, max: 10}
      field:custom.y: {weight: 1, better: higher, min: 0, max: 10}
END

# a.y at 0: a 2-3, b 1-2, c 1-3; at 5 and at 10: a 1, b and c 2-3. Before: 1-3 each, so 2, 4 and 4 places of 6 go.
expect 0 explain places.yaml a --format json
in_out '"measure": "field:custom.y", "value": null, "low": 0, "high": 10, "missing": true'
in_out '"settled": {"worst": [2, 3], "best": [1, 1], "places": 3.333333333333333, "score": 0.5}'
in_out '"measure": "field:custom.x", "value": 8, "low": 8, "high": 8, "missing": false'
in_out '"weight": 0.5, "contribution": 0.4, "settled": null}'
in_out '"together": null'
in_out '"id": "a"'
not_in_out '"id": "b"'
expect 0 explain places.yaml a
in_out 'First one (a)'
in_out 'One of 3 innovations in: Places'
in_out 'Finding out field:custom.y would narrow the places of all innovations together by 3.3'
in_out 'missing [0, 10]'
in_out '  field:custom.y: unknown'
not_in_out 'desk reading'

# c.y at 4: c 3, a and b 1-2 (4 go); at 7: c 2-3, a 1-3, b 1-2 (2 go); at 10: nothing goes.
expect 0 explain places.yaml c --format json
in_out '"settled": {"worst": [3, 3], "best": [1, 3], "places": 2, '
expect 0 explain places.yaml b
in_out 'Everything about it is known; its range comes from what is not known of the others.'

# The run names the same first, and a lone innovation has no rank.
expect 0 run places.yaml
in_out 'find out first: a field:custom.y (3.3 places), c field:custom.y (2.0 places);'
expect 0 run places.yaml --format json
in_out '"find_out_first": ['
in_out '{"innovation": "a", "measure": "field:custom.y", "missing": true, "low": 0, "high": 10, "places": 3.3'
expect 0 run places.yaml --innovation a
in_out 'One innovation alone has no rank'
not_in_out 'rank: the best'
expect 0 run places.yaml --innovation a --format json
in_out '"score_high": 0.9, "rank": null, "rank_low": null, "rank_high": null, "coverage": 0.5'
in_out '"find_out_first": null'

# Where best values count alone, a range of c settles nothing; what is missing of a still does.
expect 0 explain places.yaml c --set merge.sum.missing=worst --format json
in_out '"missing": false, "normalised": 0.7, "weight": 0.5, "contribution": 0.35, "settled": null}'
expect 0 explain places.yaml a --set merge.sum.missing=worst --format json
in_out '"worst": [3, 3], "best": [1, 1]'

# --- Markdown, files, misspelt words ---
expect 0 explain places.yaml a -o a.md
true_that 'a.md has a title' grep -qx '# First one (a)' a.md
true_that 'a.md has a table' grep -q '^| field:custom.y | missing \[0, 10\] | 50 % | 0.25 | 2–3 | 1 | 3.3 |$' a.md
true_that 'a.md has no colours' sh -c '! grep -q "$(printf "\033")" a.md'
expect 2 explain places.yaml aa
in_err "places.model.yaml: has no innovation 'aa'; did you mean 'a'?"
silent out
expect 2 explain places.yaml
in_err 'ID is missing'
expect 2 explain places.yaml a --format csv
in_err '--format must be table, json or markdown'
expect 2 explain places.yaml a --innovation b
in_err 'there is no option --innovation'

# --- The case studies: each section, with its caveats ---
export UPTAKE_PLUGIN_PATH="$PLUGINS"
for format in table markdown; do
    expect 0 explain "$ROOT/configs/against-the-odds.yaml" dafne --format $format
    for text in 'Where it stands' 'Why, and what would settle it' 'What was measured' 'Row by row' \
        'What is not known of it' 'rests on 7 rows, 7 of them one reader' 'with hindsight' 'because:' \
        'support: skills, set-up: not known whether it is met' \
        'All of this rests on desk reading, not on a published rating.'; do
        in_out "$text"
    done
done
# On a narrow terminal, too, a measure has one line in each merge.
COLUMNS=80 expect 0 explain "$ROOT/configs/against-the-odds.yaml" schwartz-rounds
true_that 'a line a measure and merge' [ "$(grep -c '^  all of these' out)" = 2 ]
true_that 'a line fits' [ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 80 ]
finish
