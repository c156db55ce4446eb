#!/bin/sh
# The benchmark runs, on a small model, and reports every figure that has a target. What it measures
# decides nothing here.
set -eu

# A build with sanitizers is many times slower, and its figures mean nothing.
if nm "$BUILD/libuptake_core.a" 2>/dev/null | grep -q -m1 '__asan_\|__tsan_\|__ubsan_\|__gcov_'; then
    echo "bench-quick: not run: this build is instrumented"
    exit 0
fi

report=$("$ROOT/tests/bench/run.sh" --quick)
printf '%s\n' "$report"
for figure in 'load / bare' 'run, JSON' 'run, table' 'peak of host and workers'; do
    if ! printf '%s\n' "$report" | grep -q "10000: .*$figure.* [0-9][0-9]*\.[0-9]"; then
        echo "bench-quick: the figure '$figure' is missing from the report"
        exit 1
    fi
done
