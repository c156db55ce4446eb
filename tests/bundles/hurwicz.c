/* The Hurwicz criterion as a merge plugin: between the best and the worst of an innovation's measures. */
#include <uptake/plugin.h>

struct params {
    double optimism;
};
static const struct uptake_param params[] = {UPTAKE_PARAM_NUMBER(
    struct params, optimism, 0.5, 0, 1, "", "weight of the best measure; the worst has the rest")};

static int merge(struct uptake_merge_call *call)
{
    double optimism = ((const struct params *)call->params)->optimism;
    for (uint64_t i = 0; i < call->n; i++) {
        double worst = INFINITY, best = -INFINITY;
        for (uint32_t k = 0; k < call->measures.count; k++) {
            worst = fmin(worst, uptake_merge_measure_of(call, k)->values[i]);
            best = fmax(best, uptake_merge_measure_of(call, k)->values[i]);
        }
        call->score[i] = optimism * best + (1 - optimism) * worst;
    }
    return 0;
}

static const struct uptake_merge_plugin hurwicz = {
    .size = sizeof(struct uptake_merge_plugin),
    .id = "hurwicz",
    .version = "1.0.0",
    .revision = 1,
    .flags = UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE,
    .better = UPTAKE_HIGHER,
    .title = "Between the best and the worst measure",
    .summary = "Weighs an innovation's best measure against its worst; those between do not count.",
    .source = "Hurwicz, L. (1951), Optimality criteria for decision making under ignorance",
    .params = UPTAKE_ROWS(params),
    .params_bytes = sizeof(struct params),
    .min = -UPTAKE_NO_LIMIT,
    .max = UPTAKE_NO_LIMIT,
    .merge = merge,
};

UPTAKE_MERGE_BUNDLE(&hurwicz)
