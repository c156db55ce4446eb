/* Parameters at the ends of what is declared: the plugin answers within what it declares, or skips, and never fails. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "check/suite_internal.h"

enum { FAR = 1000000 };

static double far_end(double end, double fallback)
{
    return isfinite(end) ? end : fallback;
}

void check_param_set(const struct uptake_param *param, char *at, double x)
{
    int64_t whole = (int64_t)(isfinite(x) ? x : 0);
    int32_t code = (int32_t)whole;
    switch (param->type) {
    case UPTAKE_NUMBER: memcpy(at, &x, sizeof x); break;
    case UPTAKE_INTEGER: memcpy(at, &whole, sizeof whole); break;
    case UPTAKE_CHOICE: memcpy(at, &code, sizeof code); break;
    case UPTAKE_FLAG: *(int8_t *)at = x != 0; break;
    case UPTAKE_TABLE:
        for (size_t k = 0; k < param->bytes / sizeof x; k++)
            memcpy(at + k * sizeof x, &x, sizeof x);
        break;
    default: break;
    }
}

size_t check_param_values(const struct uptake_param *param, double values[CHECK_PARAM_VALUES])
{
    size_t count = 0;
    if (param->type == UPTAKE_TEXT || param->type == UPTAKE_DATE)
        return 0;
    if (param->type == UPTAKE_CHOICE) {
        while (count < CHECK_PARAM_VALUES && param->choices[count]) {
            values[count] = (double)count;
            count++;
        }
        return count;
    }
    values[0] = far_end(param->min, -FAR);
    values[1] = far_end(param->max, FAR);
    return 2;
}

const char *check_param_text(const struct uptake_param *param, size_t v, char text[128])
{
    char number[NUMBER_BYTES] = "";
    double values[CHECK_PARAM_VALUES];
    if (param->type != UPTAKE_CHOICE && v < check_param_values(param, values))
        number_print(number, values[v]);
    snprintf(text, 128, "%.60s at %.60s", param->name,
             param->type == UPTAKE_CHOICE ? param->choices[v] : number);
    return text;
}

/* With one parameter (NULL: with all of them) at the v-th of its values. */
static void try_value(struct suite_run *run, const struct made_model *made,
                      const struct uptake_param *only, size_t v)
{
    static const struct run_options options = {0};
    struct trial trial;
    double values[CHECK_PARAM_VALUES];
    if (check_load(run, made, &trial)) {
        char *params = trial.plan.plugins[0].params;
        for (size_t k = 0; k < run->plugin->n_params; k++) {
            const struct uptake_param *param = &run->plugin->params[k];
            if (params && param && (!only || param == only) &&
                v < check_param_values(param, values))
                check_param_set(param, params + param->offset, values[v]);
        }
        struct suite_run quiet = *run;
        struct suite_answer found = {0};
        quiet.answer = &found;
        if (!check_run(&quiet, &options, &trial) && atomic_load(&found.verdict) == SUITE_UNDONE) {
            check_undone(run, "%s", found.text);
        } else if (check_failed(&quiet)) {
            char text[128];
            check_fail(run, "with %.100s: %.400s",
                       only     ? check_param_text(only, v, text)
                       : v == 0 ? "every parameter at its least"
                                : "every parameter at its greatest",
                       found.text);
        }
    }
    trial_finish(&trial);
}

void check_parameters(struct suite_run *run)
{
    double values[CHECK_PARAM_VALUES];
    if (run->plugin->n_params == 0)
        check_skip(run, "it has no parameters");
    for (uint64_t m = 0; m < 2 && !check_failed(run); m++) {
        struct made_model made = {0};
        if (!check_made(run, &shape_random, 100 + m, &made))
            return;
        for (size_t k = 0; k < run->plugin->n_params; k++)
            for (size_t v = 0; v < check_param_values(&run->plugin->params[k], values); v++)
                if (!check_failed(run))
                    try_value(run, &made, &run->plugin->params[k], v);
        for (size_t v = 0; v < 2 && !check_failed(run); v++)
            try_value(run, &made, NULL, v);
        made_finish(&made);
    }
}
