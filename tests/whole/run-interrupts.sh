#!/bin/sh
# A run that is ended from outside, by a signal, a closed pipe or a full disk: it ends at once, with the exit status that
# says so, and leaves neither workers nor half a file.
set -u
. "$ROOT/tests/whole/expect.inc"
program=$(readlink -f "$UPTAKE")

# --- A model and specs -------------------------------------------------------------------------

awk 'BEGIN {
    print "uptake: 1\ninnovations:"
    for (i = 0; i < 3000; i++)
        printf "- {id: i%d, name: Innovation %d, commissioning: {payback: %d}}\n", i, i, i % 30
}' >model.yaml

# spec FILE ACT: one plugin that does it on innovation 2000, beside a good one.
spec() {
    cat >"$1" <<END
uptake: 1
model: model.yaml
as_of: 2020-01-01
plugin_path: [$BUNDLES]
plugins:
  good: {use: run-steady}
  bad: {use: run-hostile, with: {act: $2, at: 2000}}
limits: {seconds: 50}
END
}
spec hang.yaml sleep
spec mask.yaml mask
spec orphan.yaml orphan
spec crash.yaml abort
spec print.yaml print
spec plain.yaml none

# --- Waiting -------------------------------------------------------------------------------------

workers_of() { cat "/proc/$1/task/$1/children" 2>/dev/null; }

# Until a command holds, for at most 5 s.
until_that() {
    tries=100
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.05
    done
}

# The hang has begun: the good plugin's workers are gone, one is left and does not change.
hangs() {
    before=$(workers_of "$pid")
    [ -n "$before" ] || return 1
    sleep 0.2
    [ "$(workers_of "$pid")" = "$before" ]
}
gone() { ! kill -0 "$1" 2>/dev/null; }
finished() { [ "$(cut -d ' ' -f 3 "/proc/$1/stat" 2>/dev/null || echo Z)" = Z ]; }

# interrupted SIGNAL STATUS SPEC
interrupted() {
    said="$1 to a run of $3"
    rm -f left.json left.json.*
    env --default-signal=INT,TERM,HUP "$UPTAKE" run "$3" --jobs 2 -o left.json >out 2>err &
    pid=$!
    until_that hangs || complain "$said: it never hung"
    workers=$(workers_of "$pid")
    start=$(date +%s%N)
    kill -s "$1" "$pid"
    until_that finished "$pid"
    took=$((($(date +%s%N) - start) / 1000000))
    code=0
    wait "$pid" || code=$?
    [ "$code" = "$2" ] || complain "$said: exit status $code, not $2"
    [ "$took" -lt 1000 ] || complain "$said: took $took ms"
    for worker in $workers; do
        until_that gone "$worker" || complain "$said: worker $worker is left"
    done
    [ -z "$(ls left.json* 2>/dev/null)" ] || complain "$said: left $(ls left.json*)"
}

# --- Signals -------------------------------------------------------------------------------------

for spec in hang.yaml mask.yaml; do
    interrupted INT 130 $spec
    in_err 'interrupted by SIGINT'
    interrupted TERM 143 $spec
    interrupted HUP 129 $spec
done
# The host has no time for anything: its workers go with it.
interrupted KILL 137 mask.yaml

# Who ignores SIGHUP (nohup) or SIGCHLD (some launchers) hands that on.
"$UPTAKE" run plain.yaml --format json >plain.json 2>err
code=0
env --ignore-signal=CHLD,HUP "$UPTAKE" run plain.yaml --format json >out 2>err || code=$?
said='a run with SIGCHLD ignored'
[ $code = 0 ] || complain "$said: exit status $code"
true_that "$said gives other bytes" cmp -s out plain.json

# --- What is left of a run that goes well ---------------------------------------------------------

expect 3 run crash.yaml --format json --jobs 2
in_err 'plugin run-hostile 6.6.6 failed on innovation i2000: SIGABRT'
in_out '"failed: SIGABRT"'
expect 0 run orphan.yaml --format json --containment process
in_out '"id": "i2999"'
# The sleeper had a session of its own: no process of this program may be left in this folder.
for process in /proc/[0-9]*; do
    [ "$(readlink "$process/cwd")" != "$PWD" ] || [ "$(readlink "$process/exe")" != "$program" ] ||
        complain "left behind: $process"
done 2>/dev/null
expect 0 run print.yaml --format json --in-process
true_that 'what a plugin prints got into the output' sh -c \
    '! grep -q "a line of 31 bytes" out && tail -c 3 out | grep -q "}"'
expect 0 run print.yaml --format json
silent err

# --- A closed pipe -------------------------------------------------------------------------------

for format in json csv; do
    said="run --format $format | head -1"
    {
        env --default-signal=PIPE "$UPTAKE" run plain.yaml --format $format 2>err
        echo $? >code
    } | head -1 >out
    [ "$(cat code)" = 141 ] || complain "$said: exit status $(cat code), not 141"
    silent err
done

# --- A full disk ---------------------------------------------------------------------------------

if [ -e /dev/full ]; then
    expect 4 run crash.yaml --format json -o /dev/full
    in_err 'No space left on device'
    code=0
    "$UPTAKE" run plain.yaml --format json >/dev/full 2>err || code=$?
    said='run >/dev/full'
    [ $code = 4 ] || complain "$said: exit status $code"
fi
mkdir -p small
if mount -t tmpfs -o size=64k none small 2>/dev/null; then
    expect 4 run plain.yaml -o small/run.json
    in_err 'No space left on device'
    true_that 'a full disk holds half a file' [ -z "$(ls small)" ]
    expect 4 run plain.yaml -o small/tables/
    umount small
fi
finish
