#!/bin/sh
# uptake check finds each mutant of an honest plugin, by the check that its first line names; no check that comes before
# that one fails, and the honest one passes them all.
set -u
. "$ROOT/tests/whole/expect.inc"
UPTAKE_PLUGIN_PATH=
export UPTAKE_PLUGIN_PATH COLUMNS=100

rm -rf answers
mkdir answers
names=$(basename -s .c "$ROOT"/tests/mutants/*.c)
echo "$names" | xargs -P 2 -I NAME sh -c \
    '"$UPTAKE" check "$MUTANTS/NAME.so" >answers/NAME 2>&1; echo "exit $?" >>answers/NAME'

tried=0
for name in $names; do
    check=$(sed -n '1s|^/\* *\([a-z-]*\):.*|\1|p' "$ROOT/tests/mutants/$name.c")
    said=$name
    cp "answers/$name" out
    : >err
    if [ -z "$check" ]; then
        in_out ' 0 failed'
        in_out 'exit 0'
    elif [ "$check" = undone ]; then # what could not be looked at is no pass
        in_out 'exit 1'
        in_out ' 0 failed, '
        in_out 'missing could not be looked at: '
        in_out 'or could not be looked at'
    else
        in_out 'exit 1'
        found=$(sed -n 's/^  \([a-z-]*\) *is not so:.*/\1/p' out | head -1)
        [ "$found" = "$check" ] || complain "$name: the first check that fails is '$found', not '$check'"
        in_out "--only $check --seed 1"
    fi
    tried=$((tried + 1))
done
true_that "only $tried mutants" [ "$tried" -ge 20 ]
echo "mutants: $tried"
finish
