#!/bin/sh
# cases.yaml: the worked examples of the bundled plugins hold; what does not hold, or is no such file, is said with its place.
set -u
. "$ROOT/tests/whole/expect.inc"
unset UPTAKE_PLUGIN_PATH COLUMNS 2>/dev/null || :

# --- Every bundled plugin has cases, and they hold ---
for folder in "$ROOT"/plugins/*/; do
    expect 0 check "$folder"
    in_out 'all as expected'
    silent err
done

# --- What does not hold: exit 1, each with its place; the rest is still looked at ---
rm -rf one
expect 0 new plugin one
"${CC:-cc}" -shared -fPIC -I "$ROOT/include" -o one/one.so one/plugin.c -lm || exit 1
expect 0 check one --only cases
in_out 'cases.yaml: 4 cases, all as expected'
expect 0 check one/one.so --only cases --cases one/cases.yaml
in_out 'cases.yaml: 4 cases, all as expected'
tried() { # sed expression, exit code, message
    sed "$1" one/cases.yaml >tried.yaml
    ! cmp -s one/cases.yaml tried.yaml || complain "'$1' changes nothing"
    expect "$2" check one/one.so --only cases --cases tried.yaml
    [ -z "$3" ] || in_err "$3"
}
tried 's/gap: {value: 3/gap: {value: 3.5/' 1 "tried.yaml:14:29: case 'a gap with a range': 'a': gap is 3, expected 3.5"
tried 's/low: 0/low: 1/' 1 "gap, its low, is 0, expected 1"
tried 's/low: 0, high: 4/low: 0, high: 4.5, tolerance: 0.6/' 0 ''
tried 's/value: 3,/value: 3.0001,/' 1 'expected 3.0001'
tried 's/gap: 3}/gap: null}/' 1 "gap is 3, expected missing"
tried 's/level: risks/level: helps/' 1 'has no such finding among its 1; the first: 3 hours a week are missing'
tried 's/contains: 3 hours/contains: 4 hours/' 1 'has no such finding'
tried 's/gap: {value: 3, low: 0, high: 4}/gap: 3/; s/findings: \[{level.*/findings: []/' 1 'has a finding, expected none: 3 hours'
tried 's/high: open/high: 7/' 1 "gap, its high, is open, expected 7"
tried 's/no row/not there/' 1 "'b' is skipped: no row says what time it takes, expected skipped: not there"
tried 's/skip: no row/writes: {gap: 1}/' 1 "'b' is skipped: no row says what time it takes, expected values"
tried 's/a: {writes/b: {writes/' 2 "the case's model has no innovation 'b'"
tried 's/no row/not there/; s/gap: 3}/gap: 4}/' 1 'gap is 3, expected 4'
in_err 'expected skipped: not there'
in_out '4 cases, 2 not as expected'

# --- What is no such file: exit 2 ---
tried 's/gap: {/gpa: {/' 2 "one writes no 'gpa'; did you mean 'gap'?"
tried 's/lwo: 0/x/; s/low: 0/lwo: 0/' 2 "tried.yaml:14:32: unknown key 'lwo' in an expected number; did you mean 'low'?"
tried 's/tolerable: 5/tolerable: 500/' 2 'tolerable: found '
tried 's/expect:/expects:/' 2 "unknown key 'expects' in a case; did you mean 'expect'?"
tried 's/needed: 6, provided: 3/nedeed: 6, provided: 3/' 2 "tried.yaml:37:42: unknown field 'nedeed'"
tried 's/resource: time/resource: tmie/' 2 'tried.yaml:11:20'
tried 's/level: risks/level: risky/' 2 'level: expected blocks, risks, helps or unknown'
tried 's/^uptake: 1/uptake: 2/' 2 "expected 'uptake: 1'"
tried '/^cases/,$d' 2 'cases: expected a list'
tried 's/- name: a gap with a range/- nmae: a/' 2 "unknown key 'nmae'"
printf 'uptake: 1\ncases:\n- {name: flow, model: {innovations: [{id: a, name: A}]}, expect: {a: {skip: no row}}}\n' >flow.yaml
expect 2 check one/one.so --only cases --cases flow.yaml
in_err 'flow.yaml:3:16: model: expected a model on the lines below'
expect 2 check one/one.so --only cases --cases nowhere.yaml
in_err 'nowhere.yaml'
expect 2 check .
in_err "there is no plugin 'cases'"

finish
