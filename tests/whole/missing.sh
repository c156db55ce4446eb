#!/bin/sh
# uptake check --missing: what a model does not say, counted by hand in the model below.
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :

cat >gaps.model.yaml <<'END'
uptake: 1
adopters: [{id: north, name: North}, {id: south, name: South, region: unknown}]
innovations:
- id: a
  name: A
  kind: service
  support:
  - {resource: time, phase: running, needed: 8, provided: unknown, unit: hours_per_week}
  - {resource: money, phase: set_up, met: partly}
  spells: [{adopter: north, adopted: 2015, status: adopted, fidelity: unknown}]
  levers: [{kind: guidance, name: one}, {kind: grant, name: two}]
- id: b
  name: B
  custom: {cost: 5}
  support: unknown
END
expect 0 check --missing gaps.model.yaml
in_out 'support[].provided: unknown 1; in 1 of 2 innovations'
in_out 'innovations[id=a].support[resource=time, phase=running].provided: unknown'
in_out 'support[]: the whole list unknown 1; in 1 of 2 innovations'
in_out 'innovations[id=b].support: unknown'
in_out 'innovations[id=a].spells[adopter=north, status=adopted].fidelity: unknown'
in_out '/adopters[id=south].region: unknown'
in_out '/adopters[id=north].region: left out'
in_out 'innovations[id=b].kind: left out'
# A row with met needs no numbers, guidance pays nobody, and what nobody filled in is no gap.
not_in_out 'resource=money'
not_in_out 'levers[kind=guidance'
not_in_out 'judgements'
expect 0 check --missing --format json gaps.model.yaml
in_out '"field": "support[].provided", "type": "number", "unit": "", "readers": [], "unknown": 1, "left_out": 0'
in_out '{"innovation": "a", "path": "innovations[id=a].support[resource=time, phase=running].provided", "why": "unknown"}'
in_out '{"innovation": null, "path": "/adopters[id=south].region", "why": "unknown"}'

# Of a spec: what is read, and who reads it.
cat >gaps.yaml <<'END'
uptake: 1
model: gaps.model.yaml
merge:
  m: {method: weighted-sum, measures: {field:custom.cost: {weight: 1, better: lower, min: 0, max: 9}}}
END
expect 0 check --missing gaps.yaml
in_out 'custom.cost: left out 1; in 1 of 2 innovations; read by m'
in_out 'innovations[id=a].custom.cost: left out'
not_in_out 'support'
export UPTAKE_PLUGIN_PATH="$PLUGINS"
expect 0 check --missing --format markdown "$ROOT/configs/against-the-odds.yaml"
in_out '- **support[].provided:** unknown 8; in 7 of 10 innovations; read by support'
in_out '  - innovations[id=dafne].support[resource=skills, phase=set_up].provided: unknown'
not_in_out 'construct=condition].value' # said not to apply

expect 2 check --missing "$PLUGINS/spread-barriers.so"
in_err 'is a bundle'
expect 2 check --format json gaps.yaml
in_err '--format goes with --missing'
printf 'uptake: 1\ninnovations:\n- {id: a, nmae: A}\n' >bad.yaml
expect 2 check --missing bad.yaml
in_err 'bad.yaml:3:'
finish
