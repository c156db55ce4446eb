#!/bin/sh
# uptake compare --why: moves shared out by Shapley's value. Scores are weighted sums of fields from 0 to 10, so that every
# share is worked by hand, or by Python's itertools.permutations over exact fractions.
set -u
. "$ROOT/tests/whole/expect.inc"
export COLUMNS=140
UPTAKE_PLUGIN_PATH=
export UPTAKE_PLUGIN_PATH
rm -rf ./*.db ./*.yaml one three
if ! ldd "$UPTAKE" | grep -q sqlite3; then
    expect 2 compare a.db b.db --why
    exit 0
fi

# run NAME X_OF_P Y_OF_Q WEIGHT_OF_X
run() {
    cat >"$1.model.yaml" <<MODEL
uptake: 1
innovations:
- {id: p, name: P, custom: {x: $2, y: 9}}
- {id: q, name: Q, custom: {x: 8, y: $3}}
- {id: r, name: R, custom: {x: 7, y: 7}}
MODEL
    cat >"$1.yaml" <<SPEC
uptake: 1
title: $1
model: $1.model.yaml
merge:
  sum:
    method: weighted-sum
    measures:
      field:custom.x: {weight: $4, better: higher, min: 0, max: 10}
      field:custom.y: {weight: 1, better: higher, min: 0, max: 10}
SPEC
    expect 0 run "$1.yaml" -o "$1.db"
}
why() { # A B ...
    first=$1 second=$2
    shift 2
    expect 0 compare "$first.db" "$second.db" --why --format json "$@"
    mv out why.json
    jq -e '.attribution.trouble == null' why.json >/dev/null || complain "trouble: $(jq -c .attribution.trouble why.json)"
    # Whatever it is: shares add up to the change.
    jq -e '.attribution.merges[].innovations[] | select(.trouble == null)
           | ((.score_shares | add) - (.score_after - .score_before) | fabs) < 1e-12
             and ((.rank_shares | add) - (.rank_after - .rank_before) | fabs) < 1e-12' why.json >sums ||
        complain 'there are no sums'
    ! grep -q false sums || complain 'shares do not add up to the change'
}
players() { # JSON
    jq -e --argjson p "$1" '[.attribution.players[].name] == $p' why.json >/dev/null ||
        complain "players are $(jq -c '[.attribution.players[].name]' why.json), not $1"
}
shares() { # ID WHAT JSON
    jq -e --arg id "$1" --arg what "$2_shares" --argjson want "$3" \
        '.attribution.merges[0].innovations[] | select(.id == $id)[$what] as $got
         | ($got | length) == ($want | length) and ([range($got | length) | $got[.] - $want[.] | fabs] | max) < 1e-12' \
        why.json >/dev/null ||
        complain "$2 of $1: $(jq -c --arg id "$1" '.attribution.merges[0].innovations[] | select(.id == $id)' why.json)"
}
run a 9 8 1
run two 5 6 1
run ab 2 6 3
run w 2 8 3

# --- Two that add up: x of p falls by 4, y of q by 2, each with half the weight ---
why a two
players '["innovations[].custom.x", "innovations[].custom.y"]'
shares p score '[-0.2, 0]'
shares q score '[0, -0.1]'
# Scores .9 .8 .7 become .7 .7 .7: ranks 1 2 3, with x alone 2 1 2, with y alone 1 2 2, with both 1 1 1.
shares p rank '[0.5, -0.5]'
shares q rank '[-1, 0]'
shares r rank '[-1, -1]'

# --- Two that interact: p goes from .9 to .375; x alone gives .55, the weight alone nothing ---
why a w
players '["weights and rules of merges", "innovations[].custom.x"]'
shares p score '[-0.0875, -0.4375]'
shares p rank '[0, 2]'

# --- Three: fractions from itertools.permutations: p -7/80 -7/16 0, q 1/40 0 -3/40; ranks of r 1/2 -1 -1/2 ---
why a ab
players '["weights and rules of merges", "innovations[].custom.x", "innovations[].custom.y"]'
shares p score '[-0.0875, -0.4375, 0]'
shares q score '[0.025, 0, -0.075]'
shares q rank '[0, -1, 0]'
shares r rank '[0.5, -1, -0.5]'
expect 0 compare a.db ab.db --why
in_out '  A  weights and rules of merges      1          0.0375            0.17'
in_out '  r                3      2  −0.50  +1.00  +0.50'
in_out '  p            0.900  0.375   −0.088   −0.437        0'
expect 0 compare a.db ab.db --why --format csv
in_out 'r,why:sum.rank:innovations[].custom.y,changed,,,-0.5'
expect 0 compare a.db ab.db --why -o why.md
true_that 'markdown has no table' grep -q '^| p | 1 | 3 |' why.md

# --- Too many are joined, and it is said ---
why a ab --groups 2
players '["weights and rules of merges", "innovations[].custom.x, innovations[].custom.y"]'
expect 0 compare a.db ab.db --why --groups 2
in_out 'B: 2 causes joined, because only so many can be told apart (--groups)'

# --- The command line's edits, parameters and the date ---
UPTAKE_PLUGIN_PATH=$PLUGINS
demo=$ROOT/configs/against-the-odds.yaml
expect 0 run "$demo" -o before.db
expect 0 run "$demo" --set plugins.support.with.weights.time=4 --set as_of=2026-01-01 \
    --set merge.balanced.measures.fit.fit=3 -o after.db
why before after
players '["weights and rules of merges", "as_of", "support.weights"]'
# eras has the same score in weakest-link however its support is weighed; only the date moves schwartz-rounds' worst measure.
jq -e '.attribution.merges[] | select(.name == "weakest-link").innovations[] | select(.id == "schwartz-rounds")
       | .score_shares == [0, -0.5, 0]' why.json >/dev/null || complain 'the date'
# At two dates three plugins with one set of parameters, and one with two: ten runs, however many mixtures there are.
jq -e '.attribution.loads <= 7 and .attribution.plugin_runs == 10' why.json >/dev/null ||
    complain "work is not shared: $(jq -c '.attribution | [.loads, .plugin_runs]' why.json)"
UPTAKE_PLUGIN_PATH=

# --- Versions of a plugin: tests/bundles/version.h, as in compare-versions.sh ---
mkdir one three
cp "$BUNDLES/version-1.so" one/rooms.so
cp "$BUNDLES/version-3.so" three/rooms.so
rooms() { # NAME FOLDER NEEDED
    cat >"$1.model.yaml" <<MODEL
uptake: 1
innovations:
- id: a
  name: A
  support:
  - {resource: space, phase: running, needed: $3, provided: 1, unit: rooms}
  - {resource: space, phase: running, needed: 0.001, provided: 3, unit: rooms}
- {id: b, name: B, support: [{resource: space, phase: running, needed: 3, provided: 1, unit: rooms}]}
MODEL
    cat >"$1.yaml" <<SPEC
uptake: 1
model: $1.model.yaml
plugin_path: $2
plugins: {rooms: {use: rooms}}
merge: {short: {method: weighted-sum, normalise: none, measures: {rooms.short: {weight: 1, min: -10, max: 10}}}}
SPEC
    expect 0 run "$1.yaml" -o "$1.db"
}
# Short of a: 4, and 3 once it needs one less; the new version takes 2.999 off either. Less is better, so scores are -4 ...
rooms old one 5
rooms new three 4
why old new
players '["version of rooms", "innovations[].support[].needed"]'
shares a score '[2.999, 1]'
shares a rank '[-1, 0]'
# A bundle that is another now cannot be replayed.
cp three/rooms.so one/rooms.so
expect 0 compare old.db new.db --why
in_out 'It cannot be attributed, because plugin rooms: the bundle that ran in old.db'
in_out 'is not there any more, or is another now.'
cp "$BUNDLES/version-1.so" one/rooms.so

# --- Edits that need each other: a unit and its resource ---
sed 's/resource: space, phase: running, needed: 3, provided: 1, unit: rooms/resource: skills, phase: running, needed: 3, provided: 1, unit: people/' \
    old.model.yaml >bound.model.yaml
sed 's/old.model/bound.model/' old.yaml >bound.yaml
expect 0 run bound.yaml -o bound.db
expect 0 compare old.db bound.db --why --format json
jq -e '.attribution.trouble != null or (.attribution.players | length) == 1' out >/dev/null || complain 'resource and unit apart'

# --- What cannot be attributed ---
expect 0 compare a.db a.db --why
in_out 'It cannot be attributed, because nothing that went in, and could change a rank, differs.'
expect 0 compare a.db ab.db --why --seconds 0
in_out 'mixtures were run: give more --seconds, or fewer --groups'
# Unknown before, and below the floor of what must be known: it has no rank with the weights alone.
cat >gap.model.yaml <<MODEL
uptake: 1
innovations:
- {id: p, name: P, custom: {x: 9}}
- {id: q, name: Q, custom: {x: 8, y: 8}}
MODEL
gap() { # NAME WEIGHT
    sed -e "s/a.model/$1.model/" -e "s/weight: 1, better: higher, min: 0, max: 10}/weight: $2, better: higher, min: 0, max: 10}/" \
        -e 's/method: weighted-sum/method: weighted-sum\n    missing: renormalise/' a.yaml >"$1.yaml"
    expect 0 run "$1.yaml" -o "$1.db"
}
gap gap 1
sed 's/x: 9}/x: 7, y: 2}/' gap.model.yaml >full.model.yaml
sed -e 's/gap.model/full.model/' -e '0,/weight: 1/s//weight: 0.1/' gap.yaml >full.yaml
expect 0 run full.yaml -o full.db
expect 0 compare gap.db full.db --why
in_out 'p cannot be attributed, because with only this as it is after'
in_out 'it has no rank.'

expect 2 compare a.db ab.db --why --groups 11
expect 2 compare a.db ab.db --why --groups none
expect 2 compare a.db ab.db --seconds 3
expect 2 compare a.db ab.db --groups 3
in_err 'give --why, too'
expect 2 compare --plugins "$BUNDLES/version-1.so" "$BUNDLES/version-2.so" --model a.model.yaml --why
in_err 'give one of them'
silent out

# --- Interrupted: nothing is left behind ---
wide() { # NAME SHIFT
    awk -v shift="$2" 'BEGIN { print "uptake: 1\ninnovations:"; for (i = 0; i < 300; i++) {
        printf "- {id: i%d, name: N, custom: {", i
        for (k = 0; k < 9; k++) printf "%sf%d: %d", k ? ", " : "", k, (i * 7 + k * 3 + (i % 9 == k ? shift : 0)) % 11
        print "}}" } }' >"$1.model.yaml"
    { printf 'uptake: 1\nmodel: %s.model.yaml\nmerge:\n  sum:\n    method: weighted-sum\n    measures:\n' "$1"
      for k in 0 1 2 3 4 5 6 7 8; do
          echo "      field:custom.f$k: {weight: 1, better: higher, min: 0, max: 10}"
      done; } >"$1.yaml"
    expect 0 run "$1.yaml" -o "$1.db"
}
wide wide 0
wide wider 4
rm -rf tmp
mkdir tmp
code=0
TMPDIR=$PWD/tmp "$UPTAKE" compare wide.db wider.db --why >out 2>err &
child=$!
tries=0
while [ -z "$(ls tmp)" ] && [ $tries -lt 200 ]; do
    tries=$((tries + 1))
    sleep 0.02
done
kill -TERM "$child"
wait "$child" || code=$?
said='compare --why, ended by SIGTERM'
[ "$code" -eq 143 ] || complain "exit code $code, not 143"
true_that 'folders are left behind' [ -z "$(ls tmp)" ]
finish
