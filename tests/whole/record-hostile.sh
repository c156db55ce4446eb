#!/bin/sh
# Records that a stranger made: each of these says what is wrong in one message, and ends with 2.
set -u
. "$ROOT/tests/whole/expect.inc"
export UPTAKE_PLUGIN_PATH="$PLUGINS"
rm -f ./*.db
if ! ldd "$UPTAKE" | grep -q sqlite3; then
    echo 'hostile records: this build reads none'
    exit 0
fi
expect 0 run "$ROOT/configs/against-the-odds.yaml" -o whole.db
expect 0 explain whole.db dafne

# hostile WHAT SQL: the record after that SQL is refused, in one line that says WHAT.
hostile() {
    cp whole.db bad.db
    sqlite3 bad.db "PRAGMA writable_schema = ON; PRAGMA trusted_schema = ON; $2" >/dev/null 2>sql ||
        complain "$2: $(cat sql)"
    expect 2 explain bad.db dafne
    in_err "$1"
    silent out
    [ "$(wc -l <err)" -eq 1 ] || complain "$said after $2: not one line"
}
while IFS='|' read -r what sql; do
    hostile "$what" "$sql"
done <<'CASES'
its format has version 1; this uptake reads version 2. An older uptake made it: run its spec again|PRAGMA user_version = 1
its format has version 3; this uptake reads version 2. A newer uptake made it|PRAGMA user_version = 3
but not a record of a run|PRAGMA application_id = 7
the table 'absences' is missing|DROP TABLE absences
the table 'rows_0' is missing|DROP VIEW measures; DROP VIEW wide; DROP TABLE rows_0
the table 'rows_0' is missing|DROP VIEW measures; DROP VIEW wide; ALTER TABLE rows_0 RENAME TO old; CREATE VIEW rows_0 AS SELECT * FROM old
the table 'rows_0' is not as a record has it|ALTER TABLE rows_0 ADD COLUMN more
the table 'rows_0' is not as a record has it|UPDATE writes SET bounds = 1 WHERE write = 2
the table 'rows_0' is not as a record has it|UPDATE writes SET type = 'text' WHERE write = 0
the table 'findings' is not as a record has it|ALTER TABLE findings ADD COLUMN more
rows of 'rows_0' are missing|DELETE FROM rows_0 WHERE innovation > 5
rows of 'rows_0' are not counted|DELETE FROM rows_0 WHERE innovation = 3
rows of 'rows_0' are not counted|INSERT INTO rows_0(innovation) VALUES (10)
'c0' is not a number|UPDATE rows_0 SET c0 = 'much' WHERE innovation = 1
'c0' is not a number|UPDATE rows_0 SET c0 = x'00' WHERE innovation = 1
'c0_low' is not a number|UPDATE rows_0 SET c0_low = x'00' WHERE innovation = 1
'c4' is not a whole number|UPDATE rows_0 SET c4 = 99 WHERE innovation = 1
'c4' is not a whole number|UPDATE rows_0 SET c4 = -1 WHERE innovation = 1
'missing' is not a word|INSERT INTO absences VALUES (0, 0, 'lost')
'missing' is not a word|UPDATE writes SET missing = 'lost' WHERE write = 0
a value is there and missing|INSERT INTO absences VALUES (0, 0, 'unknown')
'write' is not a whole number|INSERT INTO absences VALUES (9000, 0, 'unknown')
'row' is not a whole number|INSERT INTO absences VALUES (0, 9000, 'unknown')
'innovation' is not a whole number|UPDATE findings SET innovation = 1000000
findings are out of order|UPDATE findings SET innovation = 9 WHERE rowid = 1
'row' is not a whole number|UPDATE findings SET row = -1 WHERE row = 0
'kind' is not a whole number|UPDATE findings SET kind = 100000
'v1' is not a text|UPDATE findings SET v1 = NULL
'v1' is not a text|UPDATE findings SET v1 = x'41'
'level' is not a word|UPDATE finding_kinds SET level = 'dire'
'plugin' is not a whole number|UPDATE finding_kinds SET plugin = 77
a finding is about no list|UPDATE finding_kinds SET list = 0
'text' is not a sentence|UPDATE finding_kinds SET text = '%n%s%d'
'text' is not a sentence|UPDATE finding_kinds SET text = '%'
'text' is not a sentence|UPDATE finding_kinds SET text = '%s%s%s%s%s%s%s'
'text' is not a sentence|UPDATE finding_kinds SET text = hex(randomblob(2000))
kinds are not counted from 0|DELETE FROM finding_kinds WHERE kind = 1
its number of innovations is impossible|UPDATE run SET value = 4000000000 WHERE key = 'innovations'
innovations are missing|UPDATE run SET value = 11 WHERE key = 'innovations'
its as_of is no date|UPDATE run SET value = 'soon' WHERE key = 'as_of'
a text in UTF-8|UPDATE innovations SET id = CAST(x'ff' AS TEXT) WHERE innovation = 1
'id' is not a text|UPDATE innovations SET id = NULL WHERE innovation = 1
stands in none|UPDATE lists SET parent = 2 WHERE list = 1; UPDATE lists SET parent = 1 WHERE list = 2
'row_count' is not a whole number|UPDATE lists SET row_count = 1e15
rows of 'rows_1' are missing|DELETE FROM rows_1 WHERE rowid > 3
rows of 'rows_1' are not counted|DELETE FROM rows_1 WHERE rowid = 3
rows of 'judgements[framework=nasss]' are out of order|UPDATE rows_1 SET parent_row = 900 WHERE rowid = 3
a write has other rows than its list|UPDATE writes SET row_count = 9 WHERE write = 0
a write has other rows than its list|UPDATE writes SET list = NULL WHERE write = 0
a write has other rows than its list|UPDATE writes SET entity = 'support[]' WHERE write = 0
a write has other rows than its list|UPDATE writes SET row_count = 70000 WHERE write < 5
plugins are not counted from 0|UPDATE plugins SET plugin = 4 WHERE plugin = 3
a write rests on a list without basis|INSERT INTO rests_on VALUES (0, 4)
choices are not counted from 0|DELETE FROM choices WHERE code = 0
merged rows are out of order|UPDATE merged SET innovation = 0
merged rows are missing|DELETE FROM merged
'rank' is not a whole number|UPDATE merged SET rank = 100
sources are not counted from 0|DELETE FROM sources WHERE source = 1
'source' is not a whole number|UPDATE source_uses SET source = 100000
uses of sources are out of order|UPDATE source_uses SET innovation = 9 WHERE rowid = 1
a table has|WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < 110000) INSERT INTO options SELECT x + 9, 'a', 'b' FROM n
CASES

# Triggers, functions and extensions of the file are never run: what it holds beside our tables does not matter.
cp whole.db more.db
sqlite3 more.db "CREATE TABLE secret(x); CREATE TRIGGER t AFTER INSERT ON rows_0 BEGIN SELECT writefile('pwned', 'x'); END;
    CREATE VIEW v AS SELECT load_extension('pwned');"
expect 0 explain more.db dafne
true_that 'nothing was run' test ! -e pwned

# No database, half a database, a folder, a pipe.
head -c 20000 whole.db >half.db
expect 2 explain half.db dafne
in_err 'half.db: the file is damaged'
head -c 50 whole.db >head.db
expect 2 explain head.db dafne
in_err 'head.db: it is not a record of a run'
sqlite3 other.db 'CREATE TABLE x(y)'
expect 2 explain other.db dafne
in_err 'it is a SQLite database, but not a record of a run'
expect 2 explain whole.db dafn
in_err "whole.db: has no innovation 'dafn'; did you mean 'dafne'?"
expect 2 explain whole.db dafne --set title=x
in_err 'only --format and --output'
finish
