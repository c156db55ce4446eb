/*
 * Scenarios of a spec: the model as each has it, read before anything runs, so that what is wrong with one is said
 * before any time is spent; and then each run against the baseline.
 */
#ifndef UPTAKE_RUN_SCENARIO_H
#define UPTAKE_RUN_SCENARIO_H

#include "run/run.h"

struct scenario {
    const struct spec_scenario *of;
    struct spec spec; /* with the scenario's date */
    struct plan plan; /* the baseline's, with requests of its own; nothing of it is owned */
    struct model model;
    struct model_changed *changed; /* one a change */
};

/* Zeroed is valid and empty. */
struct scenarios {
    struct scenario *all;
    size_t count;
    struct arena arena;
};

/* Loads the model of every scenario. baseline: the model without them. Fails with: changes that the model cannot hold,
 * each with its place. */
int scenarios_load(const struct plan *plan, const struct run_options *options, bool check,
                   const struct model *baseline, struct scenarios *scenarios,
                   struct uptake_error *error);

/* Runs one. What it shares with the baseline's result is the baseline's: that must outlive it. */
int scenario_run(struct scenario *scenario, const struct run_options *options,
                 const struct result *baseline, struct result *result, struct uptake_error *error);

/* What a scenario was and what came of its changes; made of the arena. */
int scenario_describe(const struct scenario *scenario, const struct result *result,
                      struct arena *arena, struct result_scenario *described,
                      struct uptake_error *error);

void scenarios_finish(struct scenarios *scenarios);

#endif
