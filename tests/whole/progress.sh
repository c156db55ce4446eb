#!/bin/sh
# Progress: a line on a terminal only, rewritten and cleared; never in what is written, never where nobody looks.
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :
escape=$(printf '\033')

# Large enough to be said before it is read; most of it is notes.
{ printf 'uptake: 1\ninnovations:\n- {id: a, name: "A \\e[31m"}\n'
  awk 'BEGIN { note = sprintf("%01000d", 0); for (k = 0; k < 17500; k++) printf "- {id: i%d, name: I, note: x%s}\n", k, note }'; } >large.yaml
printf 'uptake: 1\nmodel: large.yaml\nmerge:\n  m: {method: weighted-sum, measures: {field:custom.x: {weight: 1, better: higher, min: 0, max: 1}}}\n' >spec.yaml

expect 0 run spec.yaml
silent err
not_in_out "$escape" # and what a model says moves no cursor
expect 0 run spec.yaml --innovation a
in_out 'A ?[31m'
expect 0 run spec.yaml --format markdown
not_in_out "$escape"

# script gives the program a terminal, whose two outputs arrive as one.
if command -v script >/dev/null 2>&1; then
    TERM=xterm NO_COLOR=1 script -qec "'$UPTAKE' run spec.yaml -o written.txt" /dev/null >out 2>err </dev/null
    said='on a terminal'
    in_out 'uptake: reading'
    true_that 'the line is cleared' sh -c "tail -c 4 out | grep -q '$escape\[K'"
    true_that 'the file has no escapes' sh -c "! grep -q '$escape' written.txt"
    TERM=dumb script -qec "'$UPTAKE' run spec.yaml -o written.txt" /dev/null >out 2>err </dev/null
    said='on a dumb terminal'
    not_in_out 'uptake: reading'
else
    complain 'script (bsdutils) is missing: no terminal to test with'
fi

# The vocabulary, by part and by path.
expect 0 describe model support
in_out 'support[].needed: number (unit as the row says), 0 or more'
not_in_out 'levers[]'
expect 0 describe model --format markdown
in_out '# The fields of a model'
in_out '## commissioning'
expect 0 describe model 'support[].met' --format json
in_out '"choices": ["no", "partly", "yes"]'
finish
