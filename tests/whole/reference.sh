#!/bin/sh
# docs/reference says what the program's rows say, every page of it; and the manual page is right by groff's own checks, and
# installed.
set -u
. "$ROOT/tests/whole/expect.inc"
: >out
: >err
rm -rf printed installed
said='docs/print.sh'
sh "$ROOT/docs/print.sh" "$UPTAKE" printed >out 2>err || complain 'docs/print.sh failed'

diff -ru "$ROOT/docs/reference" printed >out 2>err || complain 'docs/reference is stale: ./build.sh docs prints it again'

# Every row stands in it: counted apart from how it is printed.
for page in vocabulary spec merges statistics json csv plugins command-line; do
    true_that "there is no page $page" [ -s "printed/$page.md" ]
done
"$UPTAKE" describe model --format json | grep -c '"path"' >out
true_that 'a field is not on its page' [ "$(grep -c '^- \*\*' printed/vocabulary.md)" = "$(cat out)" ]
"$UPTAKE" describe model constructs --format json | grep -c '"framework"' >out
true_that 'a construct is not on its page' [ "$(grep -c '^| [a-z]' printed/vocabulary.md)" = "$(($(cat out) + 7))" ]
"$UPTAKE" describe model constructs >out
for word in nasss cfir 'simple, complicated, complex' leadership_engagement 'constructs of your own'; do
    in_out "$word"
done
expect 2 describe model construct
in_err "did you mean 'constructs'?"
"$UPTAKE" describe json --format json >out
for document in run explain compare "compare --plugins" rerun; do
    for part in $(jq -r --arg d "$document" '[.keys[] | select(.document == $d) | .part] | unique[] | gsub(" "; "_")' out); do
        grep -qx "## $(echo "$part" | tr _ ' ')" printed/json.md || complain "json.md lacks the part $part"
    done
done
"$UPTAKE" describe csv --format json | grep -c '"path"' >out
true_that 'a column is not on its page' [ "$(grep -c '^- \*\*' printed/csv.md)" = "$(cat out)" ]

# --- One word of a merge or a comparison, as text, as markdown and as JSON from the same rows ---
for word in topsis kendall_tau_b bounds critic declared; do
    expect 0 describe $word
    in_out "$word"
    expect 0 describe $word --format markdown
    in_out "**$word"
    expect 0 describe $word --format json
    true_that "$word is one object" [ "$(jq -sr 'map(.name) | join(" ")' out)" = $word ]
    jq -c . out >one
    case $word in
    kendall_tau_b) "$UPTAKE" describe statistics --format json | jq -c '.statistics[]' >all ;;
    topsis) "$UPTAKE" describe merges --format json | jq -c '.methods[]' >all ;;
    *) "$UPTAKE" describe merges --format json | jq -c '.missing[], .normalise[], .weights[]' | jq -c .doc >all
        jq -c .doc out >one ;;
    esac
    true_that "$word says what the whole list says" grep -qxFf one all
done
expect 0 describe equal --format json
in_out '"of": "weights"'
expect 2 describe topsi --format json
expect 2 describe jso
in_err "did you mean 'uptake describe json'?"
expect 0 describe model 'support[].needed' --format json
true_that 'one field' [ "$(jq -r '.fields[].path' out)" = 'support[].needed' ]
"$UPTAKE" describe spec --format json | grep -c '"path"' >out
true_that 'a key is not on its page' [ "$(grep -c '^- \*\*' printed/spec.md)" = "$(cat out)" ]
for command in run explain check plugins describe new help; do
    grep -q "^## uptake $command" printed/command-line.md || complain "command-line.md lacks $command"
    grep -q "^\.SS uptake $command" printed/uptake.1 || complain "uptake.1 lacks $command"
done
for folder in "$ROOT"/plugins/*/; do
    grep -q "^## $(basename "$folder") " printed/plugins.md || complain "plugins.md lacks $(basename "$folder")"
done

# --- help --format ---
expect 2 help run --format man
in_err 'there is all of the command line only'
expect 2 help --format html
in_err "--format must be text, markdown or man"

# --- The manual page: no warning of groff's, every option in the text that it makes, and where `man` looks ---
cmake --install "$BUILD" --prefix "$PWD/installed" >out 2>err || complain 'the installation failed'
true_that 'the manual page is not installed' cmp -s installed/share/man/man1/uptake.1 printed/uptake.1
LC_ALL=C.UTF-8 groff -k -man -ww -T utf8 -P -c -P -b -P -o -P -u printed/uptake.1 >out 2>err || complain 'groff failed'
silent err
said='the manual page'
for word in NAME SYNOPSIS COMMANDS 'EXIT STATUS' ENVIRONMENT FILES EXAMPLES 'uptake run SPEC' '-o, --output PATH'; do
    in_out "$word"
done
grep -o -- '^- \*\*[^*]*--[a-z-]*' printed/command-line.md | grep -o -- '--[a-z-]*' | sort -u >options
while read -r option; do
    in_out "$option"
done <options
true_that 'there are no options' [ -s options ]
finish
