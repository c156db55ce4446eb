#!/bin/sh
# What must not change a comparison: the order of the rows, the units, which end is better (where values are turned round
# with it), the order of the names. Numbers are compared to 10 digits: sums may be taken in another order.
set -u
. "$ROOT/tests/whole/expect.inc"

# 60 innovations, three numbers each, with ties and holes; the same ones everywhere.
awk 'BEGIN {
    seed = 1
    for (i = 1; i <= 60; i++) {
        line = sprintf("n%02d", i)
        for (c = 0; c < 3; c++) {
            seed = (seed * 16807) % 2147483647 # Park and Miller (1988)
            line = line " " (seed % 17 == 0 ? "-" : 1 + seed % (c == 2 ? 1000 : 9))
        }
        print line
    }
}' >rows
true_that 'there are no holes' grep -q ' -' rows

# Rows on standard input, a comparison -> its figures, one a line, numbers to 10 digits.
figures() { # COMPARISON
    {
        printf 'uptake: 1\ninnovations:\n'
        awk '{
            printf "- {id: %s, name: %s, custom: {", $1, $1
            for (c = 2; c <= 4; c++) if ($c != "-") printf "%s: %s, ", substr("xyz", c - 1, 1), $c
            print "}}"
        }'
    } >model.yaml
    printf 'uptake: 1\nmodel: model.yaml\ncompare: [%s]\n' "$1" >spec.yaml
    expect 0 run spec.yaml --format json
    sed -n '/"comparisons"/,/"scenarios"/p' out | tr -s ',{}[] ' '\n' |
        awk '/^-?[0-9.]+(e[-+]?[0-9]+)?$/ { printf "%.10g\n", $1 + 0; next } { print }'
}
same() { # WHAT
    true_that "$1 changes a figure" cmp -s before after
    true_that "$1: nothing was compared" [ "$(wc -l <after)" -gt 40 ]
}

all='"field:custom.x", "field:custom.y", "field:custom.z"'
orders='kendall_tau_b, spearman, weighted_tau, gamma, somers_d, top_k_overlap, average_overlap, rbo, rbo_a, rbo_b, kemeny_distance, kendall_w'

figures "{between: [$all], statistics: all}" <rows >before
sort -r rows | figures "{between: [$all], statistics: all}" >after
same 'the order of the rows'
sort -k3 rows | figures "{between: [$all], statistics: all}" >after
same 'another order of the rows'

# Another unit for all: the orders stay, and so does what compares spread with spread.
scaled() { awk '{ for (c = 2; c <= 4; c++) if ($c != "-") $c = $c * 8 + 1024; print }' rows; }
figures "{between: [$all], statistics: [$orders, ccc, icc]}" <rows >before
scaled | figures "{between: [$all], statistics: [$orders, ccc, icc]}" >after
same 'the unit'

# Lower is better, and the values turned round.
figures "{between: [$all], statistics: [$orders]}" <rows >before
awk '{ if ($2 != "-") $2 = -$2; print }' rows |
    figures "{between: [$all], statistics: [$orders], better: {\"field:custom.x\": lower}}" >after
same 'the direction'

# The names in another order: figures of all together stay, those of a pair that is turned round too, where they are
# symmetric.
among() { sed -n '/"all":/,/"differ_most":/p'; }
figures "{between: [$all], statistics: [kendall_w, icc, krippendorff_alpha]}" <rows | among >before
figures '{between: ["field:custom.z", "field:custom.x", "field:custom.y"], statistics: [kendall_w, icc, krippendorff_alpha]}' <rows |
    among >after
same 'the order of the names'
symmetric() { grep -v 'field:custom\|only_' | sed '/differ_most/,$d'; }
pair='statistics: [kendall_tau_b, spearman, weighted_tau, gamma, top_k_overlap, top_k_jaccard, average_overlap, rbo, rbo_a, rbo_b, kemeny_distance, frobenius_distance, ccc, rmse, mae, max_difference, kendall_w, icc]'
figures "{between: [\"field:custom.x\", \"field:custom.y\"], $pair}" <rows | symmetric | grep -vx '[0-4]' >before
figures "{between: [\"field:custom.y\", \"field:custom.x\"], $pair}" <rows | symmetric | grep -vx '[0-4]' >after
same 'which side is first'

finish
