#!/bin/sh
# commissioning-fit and the rules that are shipped, as a user meets them: readable, JSON, CSV, check, explain.
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :

# --- The rules that are shipped can be checked by themselves ---
for file in "$ROOT"/configs/models/rules/*.yaml; do
    expect 0 check "$file"
    silent err
done

# --- The same device fails one year and passes the next ---
cat >model.yaml <<END
uptake: 1
include: $ROOT/configs/models/rules
innovations:
- id: scanner
  name: An invented diagnostic
  kind: diagnostic
  levers: [{kind: guidance, scheme: NICE_DG, verdict: recommended, starts: 2020, ends: open}]
  commissioning:
    saving_5y: 3200000
    payback: 18
    budget_impact: [{year: 1, gbp: 4000000}, {year: 2, gbp: 6000000}, {year: 3, gbp: 5000000}]
END
cat >spec.yaml <<END
uptake: 1
model: model.yaml
as_of: 2021-06-01
plugins: {fit: {use: commissioning-fit}}
END
expect 0 run spec.yaml
in_out 'fit, check by check'
in_out 'fit, rule by rule'
in_out 'scanner, mtfm-2021-22: unmet, not met: commissioning.payback at most 12 months'
in_out '2 pairs of an innovation and a rule that does not apply'
expect 0 run spec.yaml --format markdown
in_out 'commissioning.payback at most 12 months'
expect 0 run spec.yaml --set as_of=2022-06-01
in_out 'scanner, mtfm-2022-23: met'
not_in_out 'mtfm-2022-23: met, '
expect 0 run spec.yaml --set as_of=2018-06-01 --format json
in_out '"fit.rules": "not_applicable"'
expect 0 run spec.yaml --format json
in_out '{"innovation": "scanner", "row": 0, "rule": "mtfm-2021-22", "fit.rule_status": "unmet", "fit.rule_reason": "not met: commissioning.payback at most 12 months"}'
rm -rf tables
expect 0 run spec.yaml -o tables/
grep -q '^scanner,0,mtfm-2021-22,unmet,not met: commissioning.payback at most 12 months,' tables/table-x-rules.csv ||
    complain "tables/table-x-rules.csv lacks the pair's row: $(cat tables/*rules*.csv)"
expect 0 explain spec.yaml scanner
in_out 'mtfm-2021-22:'

# --- A wrong rule is found where it stands, whether or not a plugin asks for verdicts ---
cat >wrong.yaml <<END
uptake: 1
innovations: [{id: a, name: A}]
rules:
- id: r
  scheme: S
  source: here
  starts: 2020
  all:
  - {field: commissioning.paybak, at_most: 12}
  - {field: 'levers[scheme=NICE_DX]', exists: true}
END
expect 2 check wrong.yaml
in_err "wrong.yaml:9:13: 'commissioning.paybak': there is no 'paybak' in commissioning; did you mean 'payback'?"
in_err "wrong.yaml:10:13: 'levers[scheme=NICE_DX]': 'scheme' has no choice 'NICE_DX'; did you mean 'NICE_TA'?"
sed 's/model.yaml/wrong.yaml/' spec.yaml >wrong-spec.yaml
expect 2 run wrong-spec.yaml
in_err "wrong.yaml:9:13: 'commissioning.paybak'"

# --- A scenario changes what rules find ---
cat >scenario.yaml <<END
uptake: 1
model: model.yaml
as_of: 2021-06-01
plugins: {fit: {use: commissioning-fit}}
scenarios:
  cheaper: {set: {commissioning.payback: {value: 9}}}
END
expect 0 run scenario.yaml --format json
in_out '"fit.rules": "unknown"'
