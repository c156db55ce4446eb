/*
 * cases.yaml: worked examples beside a plugin, models with what the plugin must answer to them.
 *
 *   uptake: 1
 *   cases:
 *   - name: a gap with a range
 *     plugin: time-gap              # only where the bundle has several
 *     source: Smith 2020, table 2   # where the figures are from
 *     as_of: 2018-01-24
 *     with: {tolerable: 2}
 *     model:                        # on the lines below, as in a file of its own
 *       innovations:
 *       - {id: a, name: A, support: [...]}
 *     expect:
 *       a:                          # an innovation's id; / is the portfolio
 *         writes: {gap: 3, reach: {value: 3, low: 0, high: 4, tolerance: 0.01}, worst: time, none_here: null,
 *                  per_row: [1, 2], at_least_3: {value: 3, high: open}}
 *         findings: [{level: risks, contains: 3 hours}]      # []: none at all
 *       b: {skip: not known}        # words of the reason
 */
#ifndef UPTAKE_CHECK_CASES_H
#define UPTAKE_CHECK_CASES_H

#include "check/trial.h"

struct cases {
    size_t count;
    size_t failed;
};

/* Runs the cases of a file against a bundle's plugins. Fails with: a file that is not as above (exit code 2).
 * What is not as expected is a message with its place, exit code 1; then 0 is answered all the same. */
int cases_run(const struct plugin *plugins, size_t n_plugins, const char *path, struct cases *cases,
              struct uptake_error *error);

#endif
