#!/bin/sh
# run --where keeps the adopters that match and the rows that name them; and the sources of what was read. The shares
# and counts below are those of the small model, by hand.
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :
export UPTAKE_PLUGIN_PATH="$PLUGINS"

# Adopters come last, so that rows name them before they are known; the last one closed after it adopted.
cat >where.model.yaml <<'END'
uptake: 1
innovations:
- id: a
  name: A
  evidence: [{id: e1, source: "One, 2001", year: 2001, type: rct}]
  support:
  - {adopter: n1, resource: time, phase: running, needed: 8, provided: 4, unit: hours_per_week, evidence: [e1, top],
     basis: desk_reading}
  - {adopter: s1, resource: time, phase: running, needed: 8, provided: 8, unit: hours_per_week, evidence: [top]}
  spells: [{adopter: n1, adopted: 2015, status: adopted}, {adopter: s1, adopted: 2015, status: adopted}]
- id: b
  name: B
  support: [{resource: time, phase: running, needed: 4, provided: 3, unit: hours_per_week}]
adopters:
- {id: s2, name: S2, region: South, type: trust}
- {id: n1, name: N, region: North East, type: trust, opened: 2010}
- {id: s1, name: S, region: South, type: icb, opened: 2012, closed: 2017}
ties: [{from: n1, to: s1}, {from: s1, to: s2}]
evidence: [{id: top, source: Top, url: "http://example.org/top"}, {id: unused, source: Nobody names it}]
END
cat >where.yaml <<'END'
uptake: 1
model: where.model.yaml
plugins:
  support: {use: adopter-support}
merge:
  m: {method: weighted-sum, measures: {support.coverage: 1}}
END
expect 0 run where.yaml
in_out 'A           0.75'
not_in_out 'Only adopters'

# North East: n1. Out go s1, s2, a's second support row and spell, both ties.
expect 0 run where.yaml --where 'region=North East'
in_out 'Only adopters where region=North East: 1 of 3; 6 rows of or about the others were left out.'
in_out 'A           0.50'
in_out 'B           0.75'
expect 0 run where.yaml --where region=South --format json
in_out '"where": "region=South", "adopters": 2, "adopters_in_model": 3'
in_out '"support.coverage": 1,'
in_out 'where region=South: 2 of 3; 4 rows'
expect 0 run where.yaml -w region=South -w type=icb --jobs 1 --format csv
in_out 'a,support.coverage,1,1,1'
expect 0 run where.yaml --where 'region!=South' --in-process
in_out 'A           0.50'
expect 0 explain where.yaml a --where region=South
in_out 'Only adopters where region=South: 2 of 3'
expect 0 run where.yaml --where region=South -o tables/
true_that 'the folder says whose figures these are' grep -qx 'where,region=South' tables/run.csv
true_that 'and of how many' sh -c 'grep -qx adopters,2 tables/run.csv && grep -qx adopters_in_model,3 tables/run.csv'
true_that 'run.csv says it' grep -q 'caveat,Only adopters where region=South: 2 of 3' tables/run.csv

while IFS='|' read -r condition message; do
    expect 2 run where.yaml --where "$condition"
    in_err "$message"
    silent out
done <<'CASES'
region=Sout|no adopter has region 'Sout'; did you mean 'South'?
regoin=South|/adopters[] has no field 'regoin'; did you mean 'region'?
type=trsut|has no choice 'trsut'; did you mean 'trust'?
size>=3|none of 3 adopters meets: size>=3
region>South|is not a number; only = and != can filter it
South|expected FIELD=VALUE, such as region=London
region=a,b|a value may hold no ','
CASES

# --- Sources ---
expect 0 run where.yaml
in_out 'Sources of the rows that were read'
in_out 'One, 2001; Top'
not_in_out 'Nobody names it'
expect 0 run where.yaml --format markdown
in_out '- **e1:** One, 2001 (rct, 2001)'
in_out '  - http://example.org/top'
in_out '  - for row: support[] 0, 1'
expect 0 explain where.yaml a
in_out 'for row: support[] 0, 1'
expect 0 run where.yaml --format json
in_out '{"innovation": "a", "id": "e1", "source": "One, 2001", "type": "rct", "year": 2001, "url": null, "rows": [{"entity": "support[]", "row": 0}]}'
in_out '"id": "top", "source": "Top", "type": null, "year": null, "url": "http://example.org/top", "rows": [{"entity": "support[]", "row": 0}, {"entity": "support[]", "row": 1}]}'
expect 0 run where.yaml -o tables/
printf '%s\n' innovation,source,type,year,citation,url,entity,row 'a,e1,rct,2001,"One, 2001",,support[],0' \
    'a,top,,,Top,http://example.org/top,support[],0' 'a,top,,,Top,http://example.org/top,support[],1' >wanted.csv
true_that 'sources.csv has a line a row and source' cmp -s tables/sources.csv wanted.csv
true_that 'merged.csv carries the caveat' grep -q "desk reading, not a published rating" tables/merged.csv

# Beyond what a table shows, nobody reads them.
{ echo 'uptake: 1'; echo 'innovations:'
  k=0; while [ $k -lt 31 ]; do echo "- {id: i$k, name: I$k, evidence: [{id: e, source: S$k}], support: [{resource: time, phase: running, needed: 4, provided: 3, unit: hours_per_week, evidence: [e]}]}"; k=$((k + 1)); done; } >many.model.yaml
sed 's/where.model/many.model/' where.yaml >many.yaml
expect 0 run many.yaml
not_in_out 'Sources of'
expect 0 explain many.yaml i7
in_out 'S7'
not_in_out 'S8'
finish
