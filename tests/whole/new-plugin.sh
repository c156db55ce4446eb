#!/bin/sh
# A new plugin, from nothing to its answer, against an installation below a prefix of its own: what `uptake new` writes
# builds with no edit (CMake's find_package, and pkg-config), passes its checks and runs.
set -u
. "$ROOT/tests/whole/expect.inc"
unset UPTAKE_PLUGIN_PATH COLUMNS 2>/dev/null || :
here=$PWD
rm -rf "$here/prefix" "$here/work"
mkdir "$here/work"

cmake --install "$BUILD" --prefix "$here/prefix" >install.log 2>&1 || { cat install.log; exit 1; }
UPTAKE=$here/prefix/bin/uptake
PKG_CONFIG_PATH=$here/prefix/lib/pkgconfig
PATH=$here/prefix/bin:$PATH
export PKG_CONFIG_PATH PATH

# --- An installation finds its plugins from where it is ---
cd "$here/work"
expect 0 plugins
in_out 'adopter-support'
in_out "$here/prefix/bin/../lib/uptake/plugins"
expect 0 run "$ROOT/configs/small.yaml"
in_out 'Tea Round'

# --- What is refused ---
while IFS='|' read -r words message; do
    # shellcheck disable=SC2086
    expect 2 $words
    in_err "$message"
    silent out
done <<'CASES'
new|ID is missing
new plugin|ID is missing
new model a|expected 'plugin', but found 'model'
new plugin A|'A' is no id
new plugin a_b|'a_b' is no id
new plugin ../a|'../a' is no id
new plugin -- -a|'-a' is no id
new plugin 1st|'1st' is no id
new plugin a-|'a-' is no id
new plugin test|means something else
new plugin a --lang fortran|--lang must be
new plugin aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|at most 63
CASES
true_that 'a refusal leaves something behind' [ "$(ls -A | tr '\n' ' ')" = 'err out ' ]

# --- The folder: whole, and never over another ---
expect 0 new plugin first-one
in_out 'cd first-one'
true_that 'a placeholder is left' [ -z "$(grep -rl 'template-plugin' first-one)" ]
for file in plugin.c CMakeLists.txt README.md spec.yaml model.yaml cases.yaml; do
    true_that "first-one/$file is missing" [ -s "first-one/$file" ]
done
cp -r first-one before
expect 2 new plugin first-one
in_err "there is already something called 'first-one'"
true_that 'an existing folder was changed' diff -r first-one before
echo mine >a-file
expect 2 new plugin a-file
true_that 'an existing file was changed' [ "$(cat a-file)" = mine ]
ln -s nowhere a-link
expect 2 new plugin a-link
true_that 'something half-written is left' [ "$(ls -A | tr '\n' ' ')" = 'a-file a-link before err first-one out ' ]
mkdir sealed && chmod 555 sealed
if ! touch sealed/x 2>/dev/null; then
    cd sealed && code=0 && "$UPTAKE" new plugin other >../out 2>../err || code=$?
    cd .. && true_that "a folder that cannot be written: exit $code" [ "$code" = 2 ]
fi

# --- It builds outside the tree, and runs ---
build() { # ID
    { cmake -S "$1" -B "$1/build" -DCMAKE_PREFIX_PATH="$here/prefix" && cmake --build "$1/build"; } >build.log 2>&1 ||
        { cat build.log; complain "$1 does not build"; }
}
build first-one
expect 0 check first-one/build/first-one.so
in_out 'first-one 0.1.0'
expect 0 check first-one/spec.yaml first-one/model.yaml
expect 0 run first-one/spec.yaml
in_out 'A balance class'
in_out '3 hours a week are missing'
cp out by-cmake

# The same without CMake.
# shellcheck disable=SC2046
"${CC:-cc}" -O2 -Wall -Wextra -Werror -shared -fPIC -fvisibility=hidden $(pkg-config --cflags uptake) \
    -o first-one/build/first-one.so first-one/plugin.c -lm || complain 'the line in its README does not build it'
expect 0 run first-one/spec.yaml
true_that 'CMake and a compiler line give different answers' cmp -s out by-cmake

expect 0 check first-one
in_out '4 cases, all as expected'

# Installed, it needs no plugin_path.
expect 0 new plugin second-one
build second-one
cmake --install second-one/build --prefix "$here/prefix" >install.log 2>&1 || complain 'it does not install'
rm -r second-one/build
expect 0 describe second-one
in_out 'tolerable'

# --- The same in C++ and, where there is a toolchain, in Rust; all in one spec, with one answer ---
expect 0 new plugin in-cpp --lang cpp
build in-cpp
expect 0 check in-cpp
in_out '4 cases, all as expected'
expect 0 run in-cpp/spec.yaml
plugins='one: {use: first-one}, two: {use: in-cpp}' paths='first-one/build, in-cpp/build' same='one two'

# Every rustc that there is: what PATH finds, rustup's, and the distribution's, which is often older (Debian 12: 1.63).
rustcs=$(for rustc in "$(command -v rustc)" "${HOME-}/.cargo/bin/rustc" /usr/bin/rustc; do
    [ ! -x "$rustc" ] || echo "$rustc"; done | sort -u)
count=0
for rustc in $rustcs; do
    count=$((count + 1))
    id=in-rust-$count
    echo "rustc $count: $("$rustc" --version)"
    expect 0 new plugin "$id" --lang rust
    mkdir -p "$id/build/release"
    "$rustc" --edition 2021 --crate-type cdylib -C panic=abort -O -D warnings -o "$id/build/release/libplugin.so" \
        "$id/src/lib.rs" >build.log 2>&1 || { cat build.log; complain "the Rust plugin does not build ($rustc)"; }
    expect 0 check "$id"
    in_out '4 cases, all as expected'
    expect 0 run "$id/spec.yaml"
    plugins="$plugins, rust$count: {use: $id}" paths="$paths, $id/build/release" same="$same rust$count"
done
[ "$count" -gt 0 ] || echo 'skipped: the plugin in Rust (there is no rustc)'
printf 'uptake: 1\nmodel: first-one/model.yaml\nplugin_path: [%s]\nplugins: {%s}\n' "$paths" "$plugins" >all.yaml
expect 0 run all.yaml --format json
for name in $same; do
    in_out "\"$name.gap\": 3"
done
mv out by-cmake
for jobs in 1 2; do
    expect 0 run all.yaml --format json --jobs "$jobs"
    true_that "other bytes with $jobs workers" cmp -s out by-cmake
done

# cargo goes with the rustc beside it, whichever comes first in PATH.
if command -v cargo >/dev/null 2>&1; then
    expect 0 new plugin by-cargo --lang rust
    beside=$(dirname "$(command -v cargo)")/rustc
    [ ! -x "$beside" ] || { RUSTC=$beside && export RUSTC; }
    (cd by-cargo && cargo build --offline --release --target-dir build) >build.log 2>&1 ||
        { cat build.log; complain 'cargo does not build it'; }
    expect 0 check by-cargo
    in_out '4 cases, all as expected'
else
    echo 'skipped: building with cargo (there is none)'
fi

finish
