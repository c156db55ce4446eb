/*
 * An honest method of merging, of which each file merge_*.c of this folder is a mutant: it defines one word otherwise. The
 * weighted mean of what is known, with its bounds.
 *
 * The first line of a file names the check that must find it, before any other check fails.
 */
#include <uptake/plugin.h>

#include <stdlib.h>

struct params {
    double scale;
};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_NUMBER(struct params, scale, 1, 0.5, 2, "", "what the mean is multiplied by"),
};

/* --- What mutants define otherwise -------------------------------------------------------------- */

#ifndef FLAGS
#define FLAGS                                                                                      \
    UPTAKE_MERGE_WEIGHTS | UPTAKE_MERGE_SCALE | UPTAKE_MERGE_BOUNDS | UPTAKE_MERGE_GAPS |          \
        UPTAKE_MERGE_PARTS
#endif
#ifndef SUMMARY
#define SUMMARY "The weighted mean."
#endif
#ifndef NOTHING /* the mean of nothing */
#define NOTHING 0
#endif
#ifndef WEIGHT
#define WEIGHT(call, k) uptake_merge_measure_of(call, k)->weight
#endif
#ifndef SCORE
#define SCORE(call, i, mean) (mean)
#endif
#ifndef LOW
#define LOW(call, i, mean) (mean)
#endif
#ifndef MEAN_BEGIN
#define MEAN_BEGIN(call)
#endif
#ifndef MERGE_END
#define MERGE_END(call)
#endif

/* --- The method --------------------------------------------------------------------------------- */

static const double *end_of(const struct uptake_merge_measure *measure, int end)
{
    return end < 0 && measure->low    ? measure->low
           : end > 0 && measure->high ? measure->high
                                      : measure->values;
}

static double mean(const struct uptake_merge_call *call, uint64_t i, int end)
{
    double sum = 0, weights = 0;
    MEAN_BEGIN(call)
    for (uint32_t k = 0; k < call->measures.count; k++) {
        double x = end_of(uptake_merge_measure_of(call, k), end)[i];
        if (isnan(x))
            continue;
        sum += WEIGHT(call, k) * x;
        weights += WEIGHT(call, k);
    }
    return weights > 0 ? ((const struct params *)call->params)->scale * sum / weights : NOTHING;
}

static int merge(struct uptake_merge_call *call)
{
    for (uint64_t i = 0; i < call->n; i++) {
        call->score[i] = SCORE(call, i, mean(call, i, 0));
        if (call->low)
            call->low[i] = LOW(call, i, mean(call, i, -1));
        if (call->high)
            call->high[i] = mean(call, i, 1);
        for (uint32_t k = 0; call->parts && k < call->measures.count; k++)
            call->parts[k * call->n + i] = WEIGHT(call, k);
    }
    MERGE_END(call)
    return 0;
}

static const struct uptake_merge_plugin mutant = {
    .size = sizeof(struct uptake_merge_plugin),
    .id = "merge-mutant",
    .version = "1.0.0",
    .revision = 1,
    .flags = FLAGS,
    .better = UPTAKE_HIGHER,
    .title = "Mutant",
    .summary = SUMMARY,
    .source = "made up for a test",
    .params = UPTAKE_ROWS(params),
    .params_bytes = sizeof(struct params),
    .min = 0,
    .max = 2,
    .merge = merge,
};

UPTAKE_MERGE_BUNDLE(&mutant)
