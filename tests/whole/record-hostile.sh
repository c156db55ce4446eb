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
its format has version 2|PRAGMA user_version = 2
but not a record of a run|PRAGMA application_id = 7
the table 'cells' is missing|DROP VIEW measures; DROP VIEW list_values; DROP TABLE cells
the table 'cells' is missing|DROP VIEW measures; DROP VIEW list_values; ALTER TABLE cells RENAME TO old; CREATE VIEW cells AS SELECT * FROM old
the table 'findings' is not as a record has it|ALTER TABLE findings ADD COLUMN more
values are missing|DELETE FROM cells WHERE rowid > 100
values are out of order|UPDATE cells SET row = 7 WHERE rowid = 1
'write' is not a whole number|UPDATE cells SET write = -1 WHERE rowid = 1
'value' is not a number|UPDATE cells SET value = 'much' WHERE rowid = 1
'value' is not a number|UPDATE cells SET value = x'00' WHERE rowid = 1
'missing' is not a word|UPDATE cells SET missing = 'lost' WHERE rowid = 1
'innovation' is not a whole number|UPDATE findings SET innovation = 1000000
findings are out of order|UPDATE findings SET innovation = 9 WHERE rowid = 1
'row' is not a whole number|UPDATE findings SET row = -1 WHERE row = 0
'level' is not a word|UPDATE findings SET level = 'dire'
its number of innovations is impossible|UPDATE run SET value = 4000000000 WHERE key = 'innovations'
innovations are missing|UPDATE run SET value = 11 WHERE key = 'innovations'
its as_of is no date|UPDATE run SET value = 'soon' WHERE key = 'as_of'
a text in UTF-8|UPDATE innovations SET id = CAST(x'ff' AS TEXT) WHERE innovation = 1
'id' is not a text|UPDATE innovations SET id = NULL WHERE innovation = 1
stands in none|UPDATE lists SET parent = 2 WHERE list = 1; UPDATE lists SET parent = 1 WHERE list = 2
'row_count' is not a whole number|UPDATE lists SET row_count = 1e15
rows of 'judgements[framework=nasss]' are missing|DELETE FROM list_rows WHERE list = 1
rows of 'judgements[framework=nasss]' are out of order|UPDATE list_rows SET parent_row = 900 WHERE rowid = 3
a write has other rows than its list|UPDATE writes SET row_count = 9 WHERE write = 0
a write has other rows than its list|UPDATE writes SET list = NULL WHERE write = 0
a write has other rows than its list|UPDATE writes SET entity = 'support[]' WHERE write = 0
a write has other rows than its list|UPDATE writes SET row_count = 70000 WHERE write < 5
plugins are not counted from 0|UPDATE plugins SET plugin = 4 WHERE plugin = 3
a write rests on a list without basis|INSERT INTO rests_on VALUES (0, 4)
choices are not counted from 0|UPDATE choices SET code = code + 1
merged rows are out of order|UPDATE merged SET innovation = 0
merged rows are missing|DELETE FROM merged
'rank' is not a whole number|UPDATE merged SET rank = 100
findings of no plugin|UPDATE findings SET plugin = 77
a table has|WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < 110000) INSERT INTO options SELECT x + 9, 'a', 'b' FROM n
CASES

# Triggers, functions and extensions of the file are never run: what it holds beside our tables does not matter.
cp whole.db more.db
sqlite3 more.db "CREATE TABLE secret(x); CREATE TRIGGER t AFTER INSERT ON cells BEGIN SELECT writefile('pwned', 'x'); END;
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
