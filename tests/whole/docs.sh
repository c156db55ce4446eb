#!/bin/sh
# Every command and every file that README and docs show is tried here, in a folder of its own.
#
#   ```console        lines that begin with "$ " are commands; what stands under one is its output, where a line "..."
#                     stands for any lines. A command may end in "# exit N".
#   ```console demo   the same, where "./build.sh demo" is run as what it runs when all is built
#   ```yaml NAME      a file (also c, cpp); later blocks of the same page find it
#   ```python, ```r   runs where Python has pandas, R has RSQLite; where not, that is said
#   ```text           shown only
#
# A block with any other word is an error: nothing is passed over silently. docs/reference is printed by the program:
# reference.sh holds it to that.
set -eu
pages="$ROOT/README.md $(find "$ROOT/docs" -name '*.md' ! -path '*/reference/*' | sort)"
here=$PWD
PATH=$(dirname "$UPTAKE"):$PATH
export PATH COLUMNS=100
failed=0 commands=0 files=0

# Cuts a page into numbered blocks: N.word, N.name and N.body.
cut_page() {
    awk -v to="$2" '
        /^```/ && !inside { inside = 1; n++; word = substr($1, 4); name = $2
            printf "%s\n", word > (to "/" n ".word"); printf "%s\n", name > (to "/" n ".name")
            printf "%d\n", NR > (to "/" n ".line"); printf "" > (to "/" n ".body"); next }
        /^```/ { inside = 0; close(to "/" n ".body"); next }
        inside { print > (to "/" n ".body") }
        END { print n + 0 > (to "/count") }' "$1"
}

# Whether output $2 is what $1 expects, "..." standing for any lines.
same_lines() {
    awk '
        NR == FNR { want[++w] = $0; next }
        { got[++g] = $0 }
        function match_from(i, j) {
            for (; i <= w; i++) {
                if (want[i] == "...") {
                    for (; j <= g + 1; j++) if (match_from(i + 1, j)) return 1
                    return 0
                }
                if (j > g || got[j] != want[i]) { if (i > best) { best = i; at = j }; return 0 }
                j++
            }
            return j == g + 1
        }
        END { if (match_from(1, 1)) exit 0
            printf "      expected: %s\n      found:    %s\n", want[best ? best : w], got[at ? at : g]; exit 1 }' "$1" "$2"
}

# One command with its expected output in the file "want".
try() {
    command=${1%%  \# exit *}
    exit_wanted=0
    case $1 in *"  # exit "*) exit_wanted=${1##*  \# exit } ;; esac
    case $2:$command in
    demo:./build.sh\ demo) command="(cd \"$ROOT\" && uptake run configs/against-the-odds.yaml)" ;;
    esac
    commands=$((commands + 1))
    code=0
    sh -c "$command" >out 2>&1 </dev/null || code=$?
    if [ "$code" -ne "$exit_wanted" ]; then
        echo "  $3: '$command' ended with $code, not $exit_wanted"
        sed 's/^/      /' out | head -5
        failed=$((failed + 1))
    elif [ -s want ] && ! same_lines want out; then
        echo "  $3: '$command' printed something else"
        failed=$((failed + 1))
    fi
}

console() { # body, word, place
    : >want
    pending=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        "\$ "*)
            [ -z "$pending" ] || try "$pending" "$2" "$3" <&4
            pending=${line#??}
            : >want
            ;;
        *) printf '%s\n' "$line" >>want ;;
        esac
    done 4</dev/null <"$1"
    [ -z "$pending" ] || try "$pending" "$2" "$3"
}

# A program in another language, where it and what it needs are there.
script() { # body, place, what is needed, how that is tried, how it runs
    if ! sh -c "$4" >/dev/null 2>&1; then
        echo "  $2: not run, as there is no $3"
    elif sh -c "$5" <"$1" >out 2>&1; then
        commands=$((commands + 1))
    else
        echo "  $2: failed"
        sed 's/^/      /' out | tail -5
        failed=$((failed + 1))
    fi
}

for page in $pages; do
    work=$here/$(echo "${page#"$ROOT"/}" | tr / -)
    rm -rf "$work"
    mkdir -p "$work/blocks"
    cut_page "$page" "$work/blocks"
    cd "$work"
    ln -s "$ROOT/configs" configs
    ln -s "$ROOT/include" include
    k=0
    while [ $k -lt "$(cat blocks/count)" ]; do
        k=$((k + 1))
        place="${page#"$ROOT"/}:$(cat blocks/$k.line)"
        name=$(cat blocks/$k.name)
        case $(cat blocks/$k.word) in
        console) console blocks/$k.body "$name" "$place" ;;
        yaml | c | cpp)
            [ -n "$name" ] || { echo "  $place: a file without a name"; failed=$((failed + 1)); }
            mkdir -p "$(dirname "./$name")"
            cp blocks/$k.body "./$name"
            files=$((files + 1))
            ;;
        python) script blocks/$k.body "$place" pandas 'python3 -c "import pandas"' 'python3 -' ;;
        r) script blocks/$k.body "$place" RSQLite 'Rscript -e "library(RSQLite)"' 'Rscript -' ;;
        text) ;;
        *) echo "  $place: a block of an unknown kind"; failed=$((failed + 1)) ;;
        esac
    done
    cd "$here"
done
echo "docs: $commands commands, $files files, $failed failed"
[ "$commands" -gt 0 ] && [ "$failed" -eq 0 ]
