#!/bin/sh
# docs/reference/json.md and csv.md are printed from rows (core/report/*_rows*.c). Here every key and column that runs write is held
# against those rows, with its type, and every row against one that is written: neither can be stale.
set -u
. "$ROOT/tests/whole/expect.inc"
unset COLUMNS 2>/dev/null || :
rm -rf plugins docs folder ./*.db && mkdir plugins docs
cp "$PLUGINS"/*.so "$BUNDLES/merge-hostile.so" plugins/
export UPTAKE_PLUGIN_PATH="$PWD/plugins"
odds=$ROOT/configs/against-the-odds.yaml
shortlist=$ROOT/configs/shortlist.yaml

# --- Documents in which every key appears ------------------------------------------------------

# write DOCUMENT CODE WORD...: its JSON is one of that document's.
count=0
write() {
    document=$1
    shift
    expect "$@" --format json
    count=$((count + 1))
    cp out "docs/$document.$count.json"
}
cat >all.yaml <<END
uptake: 1
model: $ROOT/configs/models/against-the-odds.yaml
limits: {seconds: 5}
plugins: {barriers: {use: spread-barriers}, support: {use: adopter-support}, twice: {use: adopter-support}}
merge:
  sum: {method: weighted-sum, influence: true, measures: {barriers.openness: 1, support.coverage: 1}}
  far: {method: topsis, missing: worst, measures: {barriers.openness: 1, support.coverage: 1}}
  exact: {method: kemeny, missing: drop, measures: {barriers.openness: 1, support.coverage: 1}}
  lone: {method: weighted-sum, influence: true, measures: {barriers.openness: 1}}
  dead: {method: merge-crash, measures: {barriers.openness: 1}}
compare:
- {between: [barriers.openness, support.coverage, twice.coverage], statistics: all}
scenarios:
  later: {title: In 2030, as_of: 2030-01-01}
  timed: {set: {"support[resource=time].provided": {close: 0.5}}}
END
write run 3 run all.yaml
write run 0 run "$odds"
write run 0 run "$shortlist"
write run 0 run "$shortlist" --where type=trust
write run 0 run "$ROOT/configs/small.yaml"
write run 0 run "$shortlist" --innovation steady-feet
write explain 3 explain all.yaml icd
write explain 0 explain "$odds" icd
write explain 0 explain "$shortlist" steady-feet --where type=trust

# Records: values, findings, merges, innovations and a condition that differ; a rerun that does, by another plugin file.
recorded=no
if ldd "$UPTAKE" | grep -q sqlite3; then
    recorded=yes
    cat >two.model.yaml <<'END'
uptake: 1
innovations:
- {id: a, name: A, support: [{resource: time, phase: running, unit: hours_per_week, needed: 4, provided: 1}]}
- {id: b, name: B, support: [{resource: time, phase: running, unit: hours_per_week, needed: 4, provided: 3}]}
- {id: c, name: C}
END
    cat >two.yaml <<'END'
uptake: 1
model: two.model.yaml
plugins: {support: {use: adopter-support}}
merge: {sum: {method: weighted-sum, measures: {support.coverage: 1}}}
END
    expect 0 run two.yaml -o before.db
    sed -i 's/provided: 1}/provided: 4}/; s/id: c, name: C/id: d, name: D/' two.model.yaml
    expect 0 run two.yaml -o after.db
    sed -i 's/  *- {id: [bd].*//; /id: [bd]/d' two.model.yaml
    sed -i 's/ sum:/ other:/' two.yaml
    expect 0 run two.yaml -o one.db
    write compare 1 compare before.db after.db --fail-if 'moved > 0'
    write compare 0 compare after.db before.db
    write compare 0 compare before.db one.db
    write compare 0 compare before.db after.db --why
    write rerun 0 rerun before.db
fi
cat >rooms.model.yaml <<'END'
uptake: 1
innovations:
- id: a
  name: A
  support:
  - {resource: space, phase: running, needed: 5, provided: 1, unit: rooms}
  - {resource: space, phase: running, needed: 0.001, provided: 3, unit: rooms}
- {id: b, name: B, support: [{resource: space, phase: running, needed: 3, provided: 2, unit: rooms}]}
- {id: c, name: C}
END
write compare--plugins 0 compare --plugins "$BUNDLES/version-1.so" "$BUNDLES/version-3.so" --model rooms.model.yaml --seconds 30 --seed 3

# --- The rows, and what was written --------------------------------------------------------------

cat >keys.jq <<'END'
# A part that several documents have is seen in any of them.
def own: [.part, .key];
# A path as keys; "[]" for an entry of a list.
def segments: split(".") | map(if endswith("[]") then (.[:-2], "[]") else . end);
# Of a key in capitals: any. The more of it is fixed, the more it says.
def pattern: map(gsub("(?<c>[.\\[\\]*/])"; "\\\(.c)") | gsub("[A-Z]{3,}"; "[^\u0001]+"))
    | "^" + join("\u0001") + "$";
def free: map(scan("[A-Z]{3,}")) | length;
def words: {"text": "string", "count": "number", "number": "number", "flag": "boolean", "list": "array", "object": "object"};
def types: [splits(", | or ") | words[.] // .];
($rows[0].keys | map(. + {at: (.path | segments)} | . + {re: (.at | pattern), free: (.at | free), types: (.type | types)}))
    as $all |
[inputs | (input_filename | sub(".*/"; "") | sub("\\..*"; "") | sub("--"; " --")) as $document |
    [paths as $p | {key: ($p | map(if type == "number" then "[]" else . end) | join("\u0001")), type: (getpath($p) | type)}]
    | unique[] | {document: $document} + .] | unique as $found |
# By its very words, or by a word in capitals, the one that says most first.
([$all[] | select(.free == 0) | {key: (.document + "\u0002" + (.at | join("\u0001"))), value: .}] | from_entries) as $plain |
([$all[] | select(.free > 0)] | group_by(.document) | map({key: .[0].document, value: sort_by([.free, -(.path | length)])})
    | from_entries) as $named |
[$found[] as $f | ($plain[$f.document + "\u0002" + $f.key] //
    first(($named[$f.document][]? | .re as $re | select($f.key | test($re))), null)) as $row |
    {found: $f, row: $row}] as $pairs |
($pairs[] | select(.row == null) | "no row: \(.found.document): \(.found.key | gsub("\u0001"; "."))"),
($pairs[] | select(.row != null) | . as $pair | select(.row.types | index($pair.found.type) | not) |
    "not \(.row.type) but \(.found.type): \(.found.document): \(.row.path)"),
([$pairs[].row | select(. != null) | own] | unique) as $seen |
($all[] | select(own as $p | $seen | index([$p]) | not) | select(.document | IN("run", "explain") or $recorded) |
    "no document has it: \(.document): \(.path)")
END
expect 0 describe json --format json
cp out rows.json
[ "$recorded" = yes ] && have=true || have=false
jq -rn --slurpfile rows rows.json --argjson recorded $have -f keys.jq docs/*.json >out 2>err || complain 'jq failed'
said='keys of the JSON and their rows'
silent out
silent err
true_that 'there are rows' [ "$(jq '.keys | length' rows.json)" -gt 300 ]

# --- Columns -------------------------------------------------------------------------------------

expect 0 describe csv --format json
cp out columns.json
cat >columns.jq <<'END'
def pattern: "^" + (gsub("(?<c>[.])"; "\\\(.c)") | gsub("[A-Z]{4,}"; ".+")) + "$";
[inputs | split(" ") | {file: .[0], columns: (.[1] | split(","))}] as $files |
([$files[].file] | unique) as $names |
($files[] | .file as $file | ([$rows[0].columns[] | select(.document == $file)]) as $all |
    if $all == [] then "no rows: \($file)" else empty end,
    (.columns[] as $c | if ([$all[].path | select(. as $p | $c | test($p | pattern))] == []) then "no row: \($file): \($c)" else empty end)),
($rows[0].columns[] | .document as $d | .path as $p |
    if ($names | index([$d]) | not) then (if $d != "compare" or $recorded then "no such file: \($d)" else empty end)
    elif ([$files[] | select(.file == $d) | .columns[] | select(test($p | pattern))] == []) then "no file has it: \($d): \($p)"
    else empty end)
END
: >heads
head_of() { # DOCUMENT FILE
    printf '%s %s\n' "$1" "$(head -1 "$2")" >>heads
}
expect 0 run "$shortlist" -o folder/
expect 3 run all.yaml -o folder2/
for file in folder/*.csv folder2/*.csv; do
    case $(basename "$file") in
    table*) head_of table-LIST.csv "$file" ;;
    *) head_of "$(basename "$file")" "$file" ;;
    esac
done
expect 0 run "$shortlist" --format csv
cp out run.csv
head_of run run.csv
if [ "$recorded" = yes ]; then
    expect 0 compare before.db after.db --format csv
    cp out compare.csv
    head_of compare compare.csv
fi
jq -rR -n --slurpfile rows columns.json --argjson recorded $have -f columns.jq heads >out 2>err || complain 'jq failed'
said='columns of the CSV files and their rows'
silent out
silent err
rm -rf folder folder2
finish
