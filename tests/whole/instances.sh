#!/bin/sh
# One plugin under several names: what its instances find alike stands once, under all their names; what differs stands apart.
# The expected lines were read off the model: weights change no row's own shortfall, and each adopter's mean.
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :
export UPTAKE_PLUGIN_PATH="$PLUGINS"

expect 0 run "$ROOT/configs/small.yaml"
in_out 'risks    equal, time-led: time: short at 2 of 2 adopters'
in_out 'risks    equal: quay gets 0.60 of what it needs'
in_out 'risks    time-led: quay gets 0.55 of what it needs'
in_out 'weakest  equal, time-led: money'
true_that 'a finding stands once' [ "$(grep -c 'One instructor covers two sites' out)" = 1 ]

# Nothing is hidden: every finding of the JSON is one name in the table.
expect 0 run "$ROOT/configs/small.yaml" --format json
jq '[.findings[], .innovations[].findings[]] | length' out >want
expect 0 run "$ROOT/configs/small.yaml" --format markdown
sed -n 's/^ *[-*] \**\(blocks\|risks\|unknown\|helps\)\** *\(equal\|time-led\)\(, time-led\)*: .*/\2\3/p' out |
    tr ',' '\n' | grep -c . >have
true_that 'the table names as many findings as the JSON has' cmp -s want have

# Explain says a gap once, too.
expect 0 explain "$ROOT/configs/small.yaml" spot-check
true_that 'a gap is told once' [ "$(sed -n '/What is not known of it/,$p' out | grep -c 'skills, set-up')" = 1 ]
in_out '  equal, time-led: skills, set-up: not known whether it is met'

# Checks and rules that two instances answer alike share a sheet; those that differ have one each.
cat >twice.yaml <<END
uptake: 1
model: $ROOT/configs/models/against-the-odds.yaml
as_of: 2018-01-24
plugins:
  now: {use: commissioning-fit}
  again: {use: commissioning-fit}
  far: {use: commissioning-fit, with: {months: 120}}
END
expect 0 run twice.yaml
in_out 'now, again, check by check'
in_out 'far, check by check'
in_out 'now, again, far, rule by rule'
in_out 'now, again, far: not known whether it serves a local priority'

# Reasons for what could not be assessed.
cat >gaps.yaml <<END
uptake: 1
model: $ROOT/configs/models/against-the-odds.yaml
plugins:
  one: {use: adopter-support}
  two: {use: adopter-support, with: {weights: {time: 2}}}
END
expect 0 run gaps.yaml
in_out 'one, two, icd: skipped: no support rows'

# --- What would settle a rule: each field once; what is absent from a measure in one item ---
expect 0 run "$ROOT/configs/against-the-odds.yaml"
true_that 'a field that two conditions ask for is told once' sh -c \
    "[ \"\$(sed -n '/icd, nice-funding-3-months: unknown/,/18 pairs/p' out | tr -d '\n ' | grep -o 'NICE_TA' | wc -l)\" = 1 ]"
expect 0 explain "$ROOT/configs/against-the-odds.yaml" dafne
in_out '  nothing to say of: cfir_hinders_least, cfir_hinders_most, cfir_helps_least'
not_in_out 'barriers.cfir_'
in_out 'says when)'
finish
