/* Weights from judgements in pairs (AHP). */
#ifndef UPTAKE_MERGE_WEIGHTS_PAIRS_H
#define UPTAKE_MERGE_WEIGHTS_PAIRS_H

#include "merge/merge.h"

/* See weights_compute. Adds lambda_max, consistency_index and consistency_ratio to the figures. */
int weights_of_pairs(const struct merge_request *request, double *weights,
                     struct merge_result *result, struct uptake_error *error);

#endif
