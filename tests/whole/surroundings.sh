#!/bin/sh
# A machine that is against it: files that are none, names that a terminal would obey, closed descriptors, limits of the
# process, somebody else's files, full disks, terminals without a width. One clear message, the exit code that says whose
# fault it is, and nothing left behind.
set -u
. "$ROOT/tests/whole/expect.inc"
unset UPTAKE_PLUGIN_PATH COLUMNS 2>/dev/null || :
spec=$ROOT/configs/against-the-odds.yaml
escape=$(printf '\033')
csi=$(printf '\302\233')

# --- Paths ---------------------------------------------------------------------------------------

rm -rf a-folder fifo loop
mkdir -p a-folder
mkfifo fifo
ln -s loop loop
for command in run check; do
    while IFS='|' read -r path message; do
        expect 2 $command "$path"
        in_err "$message"
        silent out
    done <<'PATHS'
fifo|fifo: is not a regular file
loop|cannot open loop: Too many levels of symbolic links
/dev/zero|/dev/zero: is not a regular file
/dev/null|/dev/null: is not a regular file
|cannot open '': No such file or directory
PATHS
done
expect 2 run a-folder
in_err 'a-folder: is a folder'

long=$(printf '%05000d' 0)
expect 2 check "$long"
in_err 'File name too long'
true_that 'a long path takes more than a message' [ "$(wc -c <err)" -lt 640 ]

# What a file is called reaches the terminal as one line that it does not obey.
rm -f "a${escape}[31m.yaml" # of the run before
for name in "a${escape}[31m.yaml" "b
c.yaml" "d${csi}31m.yaml" "$(printf 'e\377.yaml')"; do
    expect 2 check "$name"
    true_that "check '$name': more than a line" [ "$(wc -l <err)" = 1 ]
    true_that "check '$name': escapes" sh -c '! grep -q "$1\|$2" err' - "$escape" "$csi"
done
printf 'uptake: 1\ninnovations:\n- {id: a, name: A}\n' >"a${escape}[31m.yaml"
expect 0 check "a${escape}[31m.yaml"
in_out 'a?[31m.yaml: a model'

# --- Closed descriptors --------------------------------------------------------------------------

code=0
"$UPTAKE" run "$spec" -o closed.json <&- >&- 2>&- || code=$?
said='run -o with everything closed'
[ $code = 0 ] || complain "$said: exit $code"
true_that "$said" jq -e .innovations closed.json >/dev/null
code=0
"$UPTAKE" run "$spec" >&- 2>err || code=$?
[ $code = 4 ] || complain "run with its output closed: exit $code"

# --- Limits of the process -----------------------------------------------------------------------

# limited LIMIT CODE MESSAGE: a run into left.json. Sanitizers need more than any limit leaves.
limited() {
    rm -f left.json
    code=0
    # shellcheck disable=SC2086
    (ulimit $1 && exec "$UPTAKE" run "$spec" -o left.json) 2>&1 | cat >err
    said="run under ulimit $1"
    in_err "$3"
    true_that "$said leaves a file" [ -z "$(ls left.json* 2>/dev/null)" ]
    # shellcheck disable=SC2086
    (ulimit $1 && exec "$UPTAKE" run "$spec" -o left.json 2>/dev/null) || code=$?
    [ "$code" = "$2" ] || complain "$said: exit $code, not $2"
}
limited '-f 100' 4 'cannot write left.json: File too large'

# --- Somebody else's -----------------------------------------------------------------------------

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    shared=$(mktemp -d)
    chmod 755 "$shared"
    printf 'uptake: 1\ninnovations:\n- {id: a, name: A}\n' >"$shared/closed.yaml"
    chmod 600 "$shared/closed.yaml"
    if nobody test -x "$UPTAKE"; then
        code=0
        nobody "$UPTAKE" check "$shared/closed.yaml" >out 2>err || code=$?
        said='check of what one may not read'
        [ $code = 2 ] || complain "$said: exit $code"
        in_err 'Permission denied'
        code=0
        (cd "$shared" && nobody "$UPTAKE" new plugin mine) >out 2>err || code=$?
        said='new where one may not write'
        [ $code = 2 ] || complain "$said: exit $code"
        true_that "$said: something is left" [ "$(ls -A "$shared")" = closed.yaml ]
    fi
    rm -rf "$shared"
fi

# --- A full disk ---------------------------------------------------------------------------------

mkdir -p small
if mount -t tmpfs -o size=16k none small 2>/dev/null; then
    for format in table json csv markdown; do
        expect 4 run "$spec" --format $format -o small/run
        in_err 'No space left on device'
        true_that "run --format $format left $(ls -A small)" [ -z "$(ls -A small)" ]
    done
    code=0
    (cd small && "$UPTAKE" new plugin mine) >out 2>err || code=$?
    said='new on a full disk'
    [ $code = 4 ] || complain "$said: exit $code"
    true_that "$said left $(ls -A small)" [ -z "$(ls -A small)" ]
    umount small
fi

# --- Terminals -----------------------------------------------------------------------------------

"$UPTAKE" run "$spec" >plain 2>err
for setting in COLUMNS=0 COLUMNS=-5 COLUMNS=x TERM=dumb TERM= LC_ALL=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8; do
    env "$setting" "$UPTAKE" run "$spec" >out 2>err
    said="run with $setting"
    true_that "$said gives other bytes" cmp -s plain out
done
finish
