#!/bin/sh
# Where each may stand, as lines: drawn from ranges that follow from the scores by hand. Five scores of 0 to 10 with ranges:
# a 9 (1), b 7 to 8 (2), c 3 to 6 (3-4, worse end 3), d 4 to 5 (3-4, worse end 4: it stands before c), e 1 (5).
set -u
. "$ROOT/tests/whole/expect.inc"
cat >five.model.yaml <<'END'
uptake: 1
innovations:
- {id: a, name: a, custom: {x: 9}}
- {id: b, name: b, custom: {x: {low: 7, mode: 7.5, high: 8}}}
- {id: c, name: c, custom: {x: {low: 3, mode: 5, high: 6}}}
- {id: d, name: d, custom: {x: {low: 4, mode: 4.5, high: 5}}}
- {id: e, name: e, custom: {x: 1}}
END
cat >five.yaml <<'END'
uptake: 1
model: five.model.yaml
merge:
  one: {method: weighted-sum, measures: {field:custom.x: {better: higher, min: 0, max: 10}}}
END
cat >utf8 <<'END'
Where each may stand, from the first place to the last
            one
Innovation  1       5
a           ●
b             ●
d               ●─┤
c               ├─●
e                   ●
END
section() { sed -n '/Where each may stand/,/^$/p' out | sed '/^$/d' >section; }
LC_ALL=C.UTF-8 expect 0 run five.yaml
section
true_that 'the lines are those of the ranges' cmp -s section utf8
sed 's/●/o/; s/─/-/; s/[├┤]/|/' utf8 >ascii
LC_ALL=C expect 0 run five.yaml
section
true_that 'where the terminal has no UTF-8, in ASCII' cmp -s section ascii
LC_ALL=C expect 0 run five.yaml -o five.txt
cp five.txt out
section
true_that 'a file is UTF-8' cmp -s section utf8

# Markdown has the figures; where everything is possible for everyone, or nothing is ranked, there is nothing to show.
expect 0 run five.yaml --format markdown
not_in_out 'Where each may stand'
sed -i 's/{x: .*}}/{x: unknown}}/' five.model.yaml
expect 0 run five.yaml --set merge.one.floor=0
not_in_out 'Where each may stand'
expect 0 run five.yaml
not_in_out 'Where each may stand'

# More places than cells: the first and the last stand at the ends.
{ printf 'uptake: 1\ninnovations:\n'; for k in $(seq 1 200); do printf -- '- {id: i%s, name: n, custom: {x: %s}}\n' "$k" "$k"; done; } >many.model.yaml
sed 's/five.model/many.model/; s/max: 10/max: 200/' five.yaml >many.yaml
LC_ALL=C expect 0 run many.yaml
section
in_out 'Innovation  1                                     200'
true_that 'the first' grep -qx 'i200        o' section
finish
