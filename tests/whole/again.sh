#!/bin/sh
# The line that a crash is reported with shows it again: with the run's own --set and --where, and words that a shell would
# take apart.
set -u
. "$ROOT/tests/whole/expect.inc"
UPTAKE_PLUGIN_PATH=$BUNDLES
export UPTAKE_PLUGIN_PATH
rm -rf 'a folder' && mkdir 'a folder'

cat >'a folder/model.yaml' <<'END'
uptake: 1
adopters: [{id: hill, name: Hill, region: North East}, {id: quay, name: Quay, region: South}]
innovations:
- {id: one, name: One, commissioning: {payback: 3}, support: [{adopter: hill, resource: time, phase: running, needed: 2, provided: 1, unit: hours_per_week}]}
- {id: two, name: Two, commissioning: {payback: 4}, support: [{adopter: quay, resource: time, phase: running, needed: 2, provided: 1, unit: hours_per_week}]}
END
cat >'a folder/spec.yaml' <<'END'
uptake: 1
model: model.yaml
as_of: 2024
plugins: {bad: {use: run-hostile, with: {act: none, every: 1}}, good: {use: run-steady}}
END

# The spec by itself crashes nothing.
expect 0 run 'a folder/spec.yaml'
expect 3 run 'a folder/spec.yaml' --set plugins.bad.with.act=abort --where 'region=North East'
line=$(sed -n 's/.*innovation two: .*; again: uptake //p' err)
[ "$line" = "run 'a folder/spec.yaml' --set 'plugins.bad.with.act=abort' --where 'region=North East' \
--only bad --innovation two --in-process" ] || complain "the line is: $line"
code=0
(eval "\"\$UPTAKE\" $line") >out 2>err || code=$?
[ "$code" = 134 ] || complain "the line ends with $code, not with SIGABRT (134): $line"

# An innovation that the run was narrowed to stands in the line once; a plugin that is stopped as a whole keeps it.
expect 3 run 'a folder/spec.yaml' --set plugins.bad.with.act=abort --innovation one
in_err "--set 'plugins.bad.with.act=abort' --only bad --innovation one --in-process"
not_in_err() { ! grep -qF -- "$1" err || complain "$said: standard error has '$1'"; }
not_in_err '--innovation one --only'
expect 3 run 'a folder/spec.yaml' --set 'plugins.bad={use: run-hostile, with: {act: loop, every: 1}}' \
    --set 'limits={total: 0.2, seconds: 5}' --innovation one
in_err "--innovation one --only bad --in-process"
finish
