#!/bin/sh
# A spec's pins, its lock, and runs that are held to it.
set -u
. "$ROOT/tests/whole/expect.inc"

rm -rf copy
mkdir copy
cp "$ROOT/configs/against-the-odds.yaml" copy/demo.yaml
cp -r "$ROOT/configs/models" copy/models

# --- Locked: the same run; anything else: what was locked, what was found, nothing run ---
expect 2 run copy/demo.yaml --locked
in_err 'copy/demo.lock'
in_err 'uptake lock copy/demo.yaml'
expect 0 lock copy/demo.yaml
silent out
in_err 'copy/demo.lock'
true_that 'the lock names no model' grep -q '"models/against-the-odds.yaml": "[0-9a-f]\{64\}"' copy/demo.lock
expect 0 run copy/demo.yaml --locked --format json
mv out plain.json
expect 0 run copy/demo.yaml --format json
true_that 'a lock changes the result' cmp -s out plain.json
expect 0 run copy/demo.yaml --locked --only barriers --format json

cp copy/demo.lock good.lock
echo '# a remark' >>copy/models/against-the-odds.yaml
expect 2 run copy/demo.yaml --locked -o never.json
in_err 'the content of models/against-the-odds.yaml: locked '
in_err ', found '
true_that 'something was written' test ! -e never.json
expect 0 lock copy/demo.yaml
expect 0 run copy/demo.yaml --locked --format json

sed 's/revision: 1/revision: 7/' good.lock >copy/demo.lock
expect 2 run copy/demo.yaml --locked
in_err 'the revision of plugin barriers (spread-barriers): locked 7, found 1'
sed 's/sha256: "..../sha256: "dead/' good.lock >copy/demo.lock
expect 2 run copy/demo.yaml --locked
in_err "the bundle's SHA-256 of plugin barriers (spread-barriers): locked dead"
sed 's/"barriers"/"hindrances"/' good.lock >copy/demo.lock
expect 2 run copy/demo.yaml --locked
in_err 'plugin barriers is not locked'
in_err 'plugin hindrances is locked, and not in the spec any more'

# --- Hostile locks: one message, exit code 2 ---
for content in '' '[' 'uptake-lock: 2' 'uptake-lock: 1' '{uptake-lock: 1, plugins: {barriers: x}}' \
    '{uptake-lock: 1, plugins: {barriers: {use: [], version: 1}}}' '- a' '{uptake-lock: 1, files: {a: [b]}}'; do
    printf '%s\n' "$content" >copy/demo.lock
    expect 2 run copy/demo.yaml --locked
    in_err 'copy/demo.lock'
done
rm copy/demo.lock
mkdir copy/demo.lock
expect 2 run copy/demo.yaml --locked
rmdir copy/demo.lock

# --- Pins ---
bundle=$PLUGINS/spread-barriers.so
hash=$(sha256sum "$bundle" | cut -d ' ' -f 1)
expect 0 run copy/demo.yaml --set "plugins.barriers.sha256='$hash'" --format json
expect 0 run copy/demo.yaml --set "plugins.barriers.sha256='$(echo "$hash" | tr a-f A-F)'" --format json
expect 0 run copy/demo.yaml --set "plugins.barriers.version='>=0.1 <2'" --set plugins.barriers.revision=1 --format json
expect 2 run copy/demo.yaml --set "plugins.barriers.sha256='$(echo "$hash" | tr 0-9a-f 1-9a-f0)'"
in_err "is another one: found $hash; expected"
expect 2 run copy/demo.yaml --set "plugins.barriers.version='>=7'" --set plugins.barriers.revision=9
in_err "plugin spread-barriers has version 0."
in_err "expected '>=7'"
in_err 'has revision 1 of its method; expected 9'
expect 2 run copy/demo.yaml --set "plugins.barriers.version=latest"
in_err "expected a version, or a range such as '>=1.2 <2'"

# --- How firmly plugins are held ---
expect 0 run copy/demo.yaml --containment process --format json
in_out '"containment": "process"'
in_err 'containment: process: crashes and hangs are contained, hostile code is not'
expect 0 run copy/demo.yaml --in-process --format json
in_out '"containment": "none"'
in_err 'containment: none'
if "$UPTAKE" run copy/demo.yaml --containment full --format json >out 2>err; then
    in_out '"containment": "full"'
    silent err
else
    echo "skipped: --containment full (this machine offers less)"
    expect 4 run copy/demo.yaml --containment full
    in_err '--containment full is refused'
    silent out
fi
# As an ordinary user, too.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    other=$(mktemp -d /tmp/uptake-other-XXXXXX)
    chmod 755 "$other"
    cp "$UPTAKE" "$other/uptake"
    cp -r copy/demo.yaml copy/models "$PLUGINS" "$other/"
    chmod -R a+rX "$other"
    code=0
    setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent XDG_CACHE_HOME= \
        UPTAKE_PLUGIN_PATH="$other/plugins" "$other/uptake" run "$other/demo.yaml" --format json >out 2>err || code=$?
    said='run as nobody'
    [ $code = 0 ] || complain "$said: exit status $code"
    level=$("$UPTAKE" run copy/demo.yaml --format json 2>/dev/null | sed -n 's/.*"containment": "\([^"]*\)".*/\1/p')
    in_out "\"containment\": \"$level\""
    rm -rf "$other"
else
    echo "skipped: run as nobody (not root, or no setpriv)"
fi

finish
