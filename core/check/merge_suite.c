/* The checks of merge plugins, in their order, and those that need no made-up values: see suite.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check/merge_case.h"
#include "run/plan.h"

const struct suite_check merge_checks[] = {
    {"descriptor", "what it says of itself is whole: texts, source, every byte of its parameters",
     0, false, FAULT_NONE, check_descriptor},
    {"exports", "the bundle exports its entry and nothing else, so that two bundles never meet", 0,
     false, FAULT_NONE, check_exports},
    {"scores", "random values give a finite score each, within what is declared", 0, false,
     FAULT_NONE, merge_check_scores},
    {"one-row", "a single innovation gets a score", 0, false, FAULT_NONE, merge_check_one_row},
    {"one-measure", "a single measure gives scores", 0, false, FAULT_NONE, merge_check_one_measure},
    {"constant", "measures that are the same everywhere give scores", 0, false, FAULT_NONE,
     merge_check_constant},
    {"missing", "where it says that it can do with missing values, every innovation gets a score",
     0, false, FAULT_NONE, merge_check_missing},
    {"parameters", "every parameter may be set to its least, its greatest and each of its choices",
     0, false, FAULT_NONE, merge_check_parameters},
    {"repeatable", "the same values give the same scores, in another process and once more", 0,
     false, FAULT_NONE, merge_check_repeatable},
    {"order", "innovations in another order get the same scores", 0, false, FAULT_NONE,
     merge_check_rows},
    {"measures-order", "measures in another order give the same scores", 0, false, FAULT_NONE,
     merge_check_columns},
    {"ties", "innovations with the same values get the same score", 0, false, FAULT_NONE,
     merge_check_ties},
    {"weights", "weights count where it says so, and only there", 0, false, FAULT_NONE,
     merge_check_weights},
    {"monotone",
     "where it says so, a score rests on the innovation's own values, and better ones "
     "make it no worse",
     0, false, FAULT_NONE, merge_check_monotone},
    {"bounds", "where it writes bounds, no values from within theirs give a score outside them", 0,
     false, FAULT_NONE, merge_check_bounds},
    {0},
};

/* --- Parameters -------------------------------------------------------------------------------- */

/* With one parameter (NULL: with all of them) at the v-th of its values. */
static void try_value(struct suite_run *run, struct merge_case *of, char *params,
                      const struct uptake_param *only, size_t v)
{
    char text[128], when[160];
    double values[CHECK_PARAM_VALUES];
    struct merge_answer answer;
    for (size_t k = 0; k < run->plugin->n_params; k++) {
        const struct uptake_param *param = &run->plugin->params[k];
        if (param && (!only || param == only) && v < check_param_values(param, values))
            check_param_set(param, params + param->offset, values[v]);
    }
    snprintf(when, sizeof when, "with %.130s",
             only     ? check_param_text(only, v, text)
             : v == 0 ? "every parameter at its least"
                      : "every parameter at its greatest");
    of->params = params;
    merge_ask(run, of, 1, when, &answer);
    merge_answer_finish(&answer);
}

/* The defaults, and then a value in their place. */
static void try_afresh(struct suite_run *run, struct merge_case *of,
                       const struct uptake_param *only, size_t v)
{
    struct arena arena = {0};
    void *params = NULL;
    if (params_bind(run->plugin, NULL, &arena, &params, NULL) == 0 && params)
        try_value(run, of, params, only, v);
    else
        check_undone(run, "out of memory");
    arena_finish(&arena);
}

void merge_check_parameters(struct suite_run *run)
{
    struct rng rng = {run->seed};
    double values[CHECK_PARAM_VALUES];
    struct merge_case of;
    if (run->plugin->n_params == 0) {
        check_skip(run, "it has no parameters");
        return;
    }
    if (!merge_case_make(run, &rng, 9, 3, 0.1, 0.3, &of))
        return;
    for (size_t k = 0; k < run->plugin->n_params; k++)
        for (size_t v = 0; v < check_param_values(&run->plugin->params[k], values); v++)
            if (!check_failed(run))
                try_afresh(run, &of, &run->plugin->params[k], v);
    for (size_t v = 0; v < 2 && !check_failed(run); v++)
        try_afresh(run, &of, NULL, v);
    merge_case_finish(&of);
}
