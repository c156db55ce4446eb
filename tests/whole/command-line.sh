#!/bin/sh
# The command line: help, exit codes, misspelt words, and outputs that cannot be written. Nothing here needs a plugin.
set -u
. "$ROOT/tests/whole/expect.inc"
unset UPTAKE_PLUGIN_PATH COLUMNS 2>/dev/null || :

# --- Help: every command, in each way of asking ---
expect 2
in_err 'a command is missing'
silent out
for words in --help -h help; do
    expect 0 $words
    in_out 'Commands'
    silent err
done
for command in run explain check plugins describe new help; do
    expect 0 help $command
    cp out asked
    in_out "uptake $command"
    in_out 'Examples'
    in_out '-h, --help'
    expect 0 $command --help
    true_that "help $command and $command --help differ" cmp -s out asked
    expect 0 $command -h
    expect 0 --help
    in_out "$command"
done
expect 0 help run
for option in --format --output --set --only --innovation --jobs --in-process --containment; do
    in_out "$option"
done
expect 0 --version
in_out 'uptake 0.'
in_out 'plugin interface 1.'

# --- Misspelt and missing words: exit 2, the nearest word, nothing on standard output ---
while IFS='|' read -r words message; do
    # shellcheck disable=SC2086
    expect 2 $words
    in_err "$message"
    silent out
done <<'CASES'
rnu|there is no command 'rnu'; did you mean 'run'?
help rnu|there is no command 'rnu'; did you mean 'run'?
frobnicate|there is no command 'frobnicate' (try 'uptake --help')
run|SPEC is missing
run a b|nothing more is expected, but found 'b'
run a --fromat json|there is no option --fromat; did you mean --format?
run a --format|--format needs a value
run a --format jsn|--format must be table, json, csv, markdown or record, but found 'jsn'; did you mean 'json'?
run a --in-process=1|--in-process takes no value
run a --jobs 0|--jobs must be a whole number from 1
run a --jobs 1.5|--jobs must be a whole number from 1
run a --jobs many|--jobs must be a whole number from 1
run a --containment firm|--containment must be best, full, no-landlock or process, but found 'firm'
explain a b -o x.db|a record (x.db) is written by `uptake run` only
run a --format record|a record is a file, never standard output
run a -o ./ --format json|only --format csv writes one
run no-such.yaml|no-such.yaml
check|FILE... is missing
check no-such.yaml|no-such.yaml
plugins extra|nothing more is expected, but found 'extra'
describe|ID [PART] is missing
describe mergez|did you mean 'uptake describe merges'?
explain a.yaml|uptake explain: ID is missing
check a.yaml --cases b.yaml|--cases goes with a bundle (.so) or a plugin's folder
check a.yaml --fuzz 1|--fuzz goes with a bundle
describe model suport|a model has no part or field 'suport'; did you mean 'support'?
describe spec support|only `model` takes a part
describe no-such-plugin|no-such-plugin
describe spec --format xml|--format must be text, json, markdown or skeleton
CASES

# --- Checks go on after a file that is wrong ---
printf 'uptake: 1\ninnovations:\n- {id: a, name: A}\n' >good.yaml
printf 'uptake: 1\ninnovations:\n- {id: a, nmae: A}\n' >bad.yaml
printf 'a: 1\n' >neither.yaml
expect 0 check good.yaml
in_out 'good.yaml: a model, with 1 innovation'
expect 2 check bad.yaml neither.yaml good.yaml
in_err 'bad.yaml:3:'
in_err 'neither a spec'
in_out 'good.yaml: a model'

# --- A key that this version cannot do is refused, with its place ---
printf 'uptake: 1\nmodel: good.yaml\nplugins: {a: {use: b}}\ndoubt: {samples: 10}\n' >later.yaml
expect 2 run later.yaml
in_err 'later.yaml:4:'
in_err 'is not available in this version'

# --- Outputs that cannot be written: exit 4 ---
if [ -e /dev/full ]; then
    code=0
    "$UPTAKE" describe spec >/dev/full 2>err || code=$?
    said='describe spec >/dev/full'
    true_that "$said: exit $code, not 4" [ $code = 4 ]
    in_err 'No space left on device'
fi
code=0
"$UPTAKE" --help >&- 2>err || code=$?
true_that "a closed standard output: exit $code, not 4" [ $code = 4 ]

# --- A closed pipe ends the program as SIGPIPE does, also where SIGPIPE is ignored ---
{ sleep 0.3; code=0; "$UPTAKE" --help 2>err || code=$?; echo $code >pipe; } | :
{ trap '' PIPE; sleep 0.3; code=0; "$UPTAKE" --help 2>err || code=$?; echo $code >ignored; } | :
sleep 0.6
true_that "a closed pipe: exit $(cat pipe), not 141" [ "$(cat pipe)" = 141 ]
true_that "a closed pipe, SIGPIPE ignored: exit $(cat ignored), not 141" [ "$(cat ignored)" = 141 ]
true_that 'a closed pipe is no message' [ ! -s err ]

finish
