#!/bin/sh
# Methods of merging that come from a bundle. The numbers are worked by hand from Hurwicz's formula, a * best + (1 - a) *
# worst of the values between 0 and 1, with every value at its worst and at its best for the bounds.
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :
rm -rf plugins && mkdir plugins && cp "$BUNDLES/hurwicz.so" "$BUNDLES/merge-hostile.so" plugins/
export UPTAKE_PLUGIN_PATH="$PWD/plugins"

cat >merge.model.yaml <<'END'
uptake: 1
innovations:
- {id: a, name: a, custom: {x: 8, y: unknown, z: 1}}
- {id: b, name: b, custom: {x: 6, y: 6, z: 1}}
- {id: c, name: c, custom: {x: 2, y: {low: 4, mode: 7, high: 10}, z: 1}}
END

# merge_spec METHOD LINE...: two measures of 0 to 10; further lines stand in the merge.
merge_spec() {
    method=$1
    shift
    cat >merge.yaml <<END
uptake: 1
title: Merge
model: merge.model.yaml
limits: {seconds: 1}
merge:
  plain:
    method: minimum
    measures: {field:custom.x: {weight: 1, better: higher, min: 0, max: 10}}
  mix:
    method: $method
    measures:
      field:custom.x: {weight: 1, better: higher, min: 0, max: 10}
      field:custom.y: {weight: 1, better: higher, min: 0, max: 10}
END
    for line in "$@"; do printf '    %s\n' "$line" >>merge.yaml; done
}
merged() { in_out "\"mix\": {$1"; }

# --- The one of the guide ------------------------------------------------------------------------

# optimism .25: a .25 * .8 + .75 * .5 (y in the middle); y at 0: .2; y at 10: .25 + .6.
merge_spec hurwicz 'with: {optimism: 0.25}'
expect 0 run merge.yaml --format json
merged '"score": 0.575, "score_low": 0.2, "score_high": 0.8500000000000001, "rank": 3, "rank_low": 1, "rank_high": 3, "coverage": 0.5'
merged '"score": 0.6, "score_low": 0.6, "score_high": 0.6, "rank": 1, "rank_low": 1, "rank_high": 2'
merged '"score": 0.325, "score_low": 0.25, "score_high": 0.4, "rank": 2, "rank_low": 2, "rank_high": 3'
but_containment out >worker.json
expect 0 run merge.yaml --format json --in-process
but_containment out >host.json
true_that 'in the host the same bytes' cmp -s worker.json host.json
expect 0 run merge.yaml
in_out 'method hurwicz'
expect 0 check merge.yaml
expect 0 describe hurwicz
in_out 'optimism: number, 0 to 1; default 0.5'
in_out 'Hurwicz, L. (1951)'
expect 0 describe hurwicz --format json
in_out '"kind": "merge"'
expect 0 check plugins/hurwicz.so
in_out 'a bundle, with 1 merge plugin: hurwicz 1.0.0'
in_out 'hurwicz 1.0.0, seed 1: 13 checks passed, 0 failed'
expect 0 plugins
in_out '(merge method)'
expect 0 plugins --format json
in_out '"id": "hurwicz", "kind": "merge"'

# Rules for what is missing: without bounds best values only; what is dropped is no candidate.
merge_spec hurwicz 'missing: drop'
expect 0 run merge.yaml --format json
merged '"score": null, "score_low": null, "score_high": null, "rank": null'
merged '"score": 0.44999999999999996, "score_low": 0.44999999999999996, "score_high": 0.44999999999999996, "rank": 2'
merge_spec hurwicz 'missing: worst' # a: .5 * .8 + .5 * 0
expect 0 run merge.yaml --format json
merged '"score": 0.4, "score_low": 0.4, "score_high": 0.4, "rank": 3'
merge_spec hurwicz 'floor: 0.8'
expect 0 run merge.yaml --format json
merged '"score": null, "score_low": null, "score_high": null, "rank": null, "rank_low": null, "rank_high": null, "coverage": 0.5'

# --- What is refused -----------------------------------------------------------------------------

merge_spec hurwics
expect 2 run merge.yaml
in_err "merge.yaml:10:13: merge mix: unknown method 'hurwics'"
in_err "did you mean 'hurwicz'?"
merge_spec hurwicz 'with: {optimist: 1}'
expect 2 run merge.yaml
in_err "merge.yaml:14:12: hurwicz has no parameter 'optimist'"
merge_spec hurwicz 'with: {optimism: 2}'
expect 2 run merge.yaml
in_err 'merge.yaml:14:22'
merge_spec weighted-sum 'with: {optimism: 1}'
expect 2 run merge.yaml
in_err 'method weighted-sum is built in: `with` is for methods of plugins'
merge_spec hurwicz 'missing: renormalise'
expect 2 check merge.yaml
in_err '`missing: renormalise` does not go with method hurwicz, which needs every value'
merge_spec hurwicz 'v: 0.5'
expect 2 run merge.yaml
in_err 'has no `v`: its parameters stand under `with:`'
merge_spec merge-unbounded
expect 2 run merge.yaml
in_err 'method merge-unbounded knows no bounds; choose another rule'
merge_spec merge-unbounded 'missing: neutral'
expect 0 run merge.yaml

# --- What a method does with flags ---------------------------------------------------------------

# Less is better: 1 less y, so that the highest score is that of the worst values; c.y is 7, from 4 to 10.
merge_spec merge-lower
expect 0 run merge.yaml --format json
merged '"score": 0.30000000000000004, "score_low": 0, "score_high": 0.6, '
# Bounds, gaps and parts of its own: a .5 * .8 + .5 * (0 .. 1).
merge_spec merge-bounded
expect 0 run merge.yaml --format json
merged '"score": 0.65, "score_low": 0.4, "score_high": 0.9, '
expect 0 explain merge.yaml a --format json
in_out '"weight": 0.5, "contribution": 0.4'
merge_spec merge-bounded 'missing: renormalise'
expect 0 run merge.yaml --format json
merged '"score": 0.4, "score_low": 0.4, "score_high": 0.4, '

# --- Deaths, lies: named, and the rest is whole --------------------------------------------------

# dies METHOD WHY: exit 3; nobody has a score in that merge, and the other merge stands.
dies() {
    merge_spec "$1"
    expect 3 run merge.yaml --format json
    in_err "merge mix: its method $1 6.6.6 failed: $2"
    merged '"score": null, "score_low": null, "score_high": null, "rank": null'
    in_out "\"score_reason\": \"its method $1 6.6.6 failed: $2"
    in_out '"plain": {"score": 0.8, "score_low": 0.8, "score_high": 0.8, "rank": 1'
}
dies merge-crash 'SIGSEGV'
dies merge-hang 'took longer than 1 s (limits: seconds)'
dies merge-exit 'it ended its process with exit(0)'
dies merge-nan 'its score for b is not a number, or was not written'
dies merge-infinite 'its score for b is infinite, expected a finite number'
dies merge-outside 'its score for b is 1.5, expected 0 to 1, as it declares'
dies merge-silent 'its score for a is not a number, or was not written'
dies merge-beyond 'SIGSEGV: it wrote outside of its results'
dies merge-before 'SIGSEGV: it wrote outside of its results'
dies merge-into-values 'SIGSEGV: it wrote outside of its results'
dies merge-falls 'it says that better values give no worse score, but its score for a is 0.5, outside its own bounds 1 to 0'
dies merge-turned 'its score for a is 0.8, outside its own bounds 1 to 0'
dies merge-nan-parts 'the part of field:custom.x in its score for a is no finite number'
dies merge-fails 'it has 3 reasons'
dies merge-answers 'it answered 7, and no reason'
dies merge-stops 'it stopped itself'
expect 3 run merge.yaml
in_out 'its method merge-stops 6.6.6 failed: it stopped itself'
expect 3 explain merge.yaml a
expect 3 run merge.yaml -f csv
if "$UPTAKE" run merge.yaml -f json 2>/dev/null | grep -q '"containment": "full"'; then
    dies merge-open 'it tried to open a file'
fi
# The guide shows the bundle that is tried here, letter by letter.
sed -n '/^```c hurwicz.c$/,/^```$/p' "$ROOT/docs/guide/write-a-plugin.md" | sed '1d;$d' >shown.c
true_that 'the guide shows another hurwicz.c' cmp -s shown.c "$ROOT/tests/bundles/hurwicz.c"
finish
