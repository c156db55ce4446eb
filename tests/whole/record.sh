#!/bin/sh
# Records: what is in one is what the JSON of the same run says (read by sqlite3 and jq, not by uptake), and nothing
# half-written is ever left.
set -u
. "$ROOT/tests/whole/expect.inc"
export UPTAKE_PLUGIN_PATH="$PLUGINS"
demo=$ROOT/configs/against-the-odds.yaml
rm -rf ./*.db tree
if ! ldd "$UPTAKE" | grep -q sqlite3; then
    expect 2 run "$demo" -o a.db
    in_err 'built without SQLite'
    echo 'records: this build has none; only its message was tried'
    finish
    exit 0
fi

query() { sqlite3 "$1" "$2" >rows 2>&1 || complain "$2: $(cat rows)"; }
is() { # FILE QUERY ROWS
    query "$1" "$2"
    [ "$(cat rows)" = "$3" ] || complain "$2: found '$(head -c 300 rows)', not '$3'"
}

expect 0 run "$demo" -o a.db
silent out
expect 0 run "$demo" --format json
mv out run.json
is a.db 'PRAGMA integrity_check' ok
is a.db 'PRAGMA user_version' 2
is a.db 'PRAGMA application_id' 1970304107
is a.db 'SELECT count(*) FROM innovations' 10
is a.db "SELECT value FROM run WHERE key = 'as_of'" 2018-01-24

# numbers FILTER QUERY: the JSON's and the record's "name number" lines agree to 1e-12 (sqlite3 prints 15 digits).
numbers() {
    jq -r "$1" run.json | sort >want
    sqlite3 -separator ' ' a.db "$2" | sort >rows
    [ -s want ] || complain "$1: the JSON has none"
    paste -d ' ' want rows | awk -v OFMT=%.17g '
        NF != 4 || $1 != $3 || ($2 - $4)^2 > 1e-24 * (1 + $2 * $2) { print; bad = 1 } END { exit bad }' >differ ||
        complain "$2: $(head -3 differ)"
}
numbers '.innovations[] | .id as $i | .measures | to_entries[] | select(.value | type == "number") |
    "\($i)/\(.key) \(.value)"' \
    "SELECT innovation || '/' || measure, value FROM measures WHERE typeof(value) = 'real'"
numbers '.innovations[] | .id as $i | .ranges | to_entries[] | select(.value[0] != null) | "\($i)/\(.key) \(.value[0])"' \
    "SELECT innovation || '/' || measure, low FROM measures WHERE low IS NOT NULL"
numbers '.innovations[] | .id as $i | .merged | to_entries[] | select(.value.rank) |
    "\($i)/\(.key) \(.value.rank)", "\($i)/\(.key)/s \(.value.score)", "\($i)/\(.key)/h \(.value.rank_high)"' \
    "SELECT innovation || '/' || merge, rank FROM ranks WHERE rank UNION ALL
     SELECT innovation || '/' || merge || '/s', score FROM ranks WHERE rank UNION ALL
     SELECT innovation || '/' || merge || '/h', rank_high FROM ranks WHERE rank"
numbers '.innovations[] | .id as $i | .basis | to_entries[] | select(.value.rows > 0) |
    "\($i)/\(.key) \(.value.desk_reading)"' \
    "SELECT innovation || '/' || measure, desk_reading FROM basis"
numbers '.scenarios | to_entries[] | .key as $s | .value.innovations[] | .id as $i | .merged | to_entries[] |
    select(.value.score) | "\($s)/\($i)/\(.key) \(.value.score)"' \
    "SELECT s.name || '/' || i.id || '/' || m.name, r.score FROM scenario_merged r JOIN scenarios s USING (scenario)
     JOIN innovations i USING (innovation) JOIN merges m USING (merge) WHERE r.score IS NOT NULL"

# Findings, statuses and words, letter by letter.
same() { # WHAT FILTER QUERY
    jq -r "$2" run.json | sort >want
    sqlite3 -separator '|' a.db "$3" | sort >rows
    true_that "$1: the record and the JSON" cmp -s want rows
    true_that "$1: there are some" test -s want
}
same findings '.innovations[] | .id as $i | .findings[] | "\($i)|\(.plugin)|\(.level)|\(.text)"' \
    'SELECT innovation, plugin, level, text FROM notes WHERE innovation IS NOT NULL'
same statuses '.innovations[] | .id as $i | .status | to_entries[] | select(.value != "ok") | "\($i)|\(.key)|\(.value)"' \
    "SELECT i.id, p.name, s.status || ': ' || s.reason FROM statuses s JOIN plugins p USING (plugin)
     JOIN innovations i USING (innovation)"
same choices '.innovations[] | .id as $i | .measures | to_entries[] | select(.value | type == "string") |
    "\($i)|\(.key)|\(.value)"' \
    "SELECT innovation, measure, value FROM measures WHERE typeof(value) = 'text'"

same sources '.sources[] | . as $s | .rows[] | "\($s.innovation)|\($s.id)|\($s.source)|\(.entity)|\(.row)"' \
    'SELECT innovation, source, citation, entity, row FROM evidence'
# What is said of an innovation is what a live run says of it.
expect 0 explain a.db dafne
mv out recorded
expect 0 explain "$demo" dafne
true_that 'a record and a live run explain alike' cmp -s out recorded
expect 0 explain a.db dafne --format markdown
mv out recorded
expect 0 explain "$demo" dafne --format markdown
true_that 'a record and a live run explain alike, as markdown' cmp -s out recorded

# The same values as a data frame, and as the sums that a merge made of them.
is a.db 'SELECT count(*) FROM wide w JOIN measures m USING (innovation)
    WHERE m.measure = '"'barriers.openness'"' AND m.value IS w."barriers.openness" AND m.low IS w."barriers.openness.low"' 10
is a.db "SELECT count(*) FROM ranks r WHERE score NOT NULL AND abs(score - (SELECT sum(c.contribution)
    FROM contributions c WHERE c.merge = r.merge AND c.innovation = r.innovation)) > 1e-12 AND merge = 'balanced'" 0
# A sentence of many findings stands once.
is a.db 'SELECT (SELECT count(*) FROM finding_kinds) < (SELECT count(*) FROM findings)' 1

# Every table and view is described, and what is described is there.
expect 0 describe record --format json
jq -r '.tables[] | select(.kind != "values") | .name' out | sort >want
sqlite3 a.db "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'rows~_%' ESCAPE '~'" |
    sort >rows
true_that 'describe record says what is in one' cmp -s want rows
jq -r '.tables[] | select(.kind == "table") | "\(.name): \(.columns)"' out | sort >want
for table in $(sed 's/:.*//' want); do
    sqlite3 a.db "SELECT '$table: ' || group_concat(name, ', ') FROM pragma_table_info('$table')"
done | sort >rows
true_that 'and its columns' cmp -s want rows

# More writes than a table of SQLite has columns for: they stand in several, and nothing else changes.
awk 'BEGIN { print "uptake: 1\nmodel: '"$ROOT"'/configs/models/small.yaml\nplugins:"
    for (k = 0; k < 40; k++) printf "  many-%d: {use: spread-barriers}\n", k }' >many.yaml
expect 0 run many.yaml -o many.db
expect 0 run many.yaml --format json
jq -r '.innovations[] | .id as $i | .measures | to_entries[] | select(.value | type == "number") | "\($i)|\(.key)"' out |
    sort >want
sqlite3 many.db "SELECT innovation, measure FROM measures WHERE typeof(value) = 'real'" | sort >rows
true_that 'all measures of 40 plugins' cmp -s want rows
is many.db "SELECT count(*) > 1 FROM sqlite_schema WHERE name LIKE 'rows~_0%' ESCAPE '~'" 1
expect 0 rerun many.db
in_out 'the same to the bit'
rm many.db

# --- Inputs: hashes are those of sha256sum, texts those of the files ---
query a.db 'SELECT sha256, path FROM inputs'
true_that 'the hashes are those of the files' sh -c 'sed "s/|/  /" rows | sha256sum --check --status'
sqlite3 a.db "SELECT content FROM inputs WHERE kind = 'spec'" >text
true_that 'the text of the spec' sh -c 'printf "\n" | cat "$0" - | cmp -s - text' "$demo"
expect 0 run "$demo" --set merge.balanced.missing=worst --only support -o set.db
is set.db 'SELECT name, value FROM options' "set|merge.balanced.missing=worst
only|support"

# --- Nothing half-written: a disk (a limit of 16 KiB) that is full, a place that is no plain file ---
cp a.db before.db
(
    trap '' XFSZ
    ulimit -f 16
    code=0
    "$UPTAKE" run "$demo" -o a.db >out 2>err || code=$?
    exit $code
)
code=$?
said='run -o a.db on a full disk'
[ "$code" = 4 ] || complain "$said: exit $code, not 4"
in_err 'cannot write'
true_that 'the record from before stands' cmp -s a.db before.db
true_that 'no file but what was asked for' test "$(ls ./*.db | wc -l)" = 3
expect 2 run "$demo" -o no-such-folder/a.db
ln -s /dev/null null.db
expect 2 run "$demo" -o null.db
in_err 'a record is written to a plain file only'
rm null.db
mkfifo pipe.db # which would wait for a reader
expect 2 run "$demo" -o pipe.db
in_err 'a record is written to a plain file only'
rm pipe.db
finish
