/* Weights that are computed: from the given ones' order, from judgements in pairs, or from the values. */
#ifndef UPTAKE_MERGE_WEIGHTS_H
#define UPTAKE_MERGE_WEIGHTS_H

#include "merge/merge.h"

/*
 * Weights of the request's measures, in their order, that add up to 1; measures of weight 0 stay at 0. Rows with a gap
 * are left out of what looks at values; used: how many were not. Adds figures (ahp: lambda_max, consistency_ratio).
 * Fails with: values or judgements that the weighting cannot take; out of memory.
 */
int weights_compute(const struct merge_request *request, double *weights,
                    struct merge_result *result, size_t *used, struct uptake_error *error);

#endif
