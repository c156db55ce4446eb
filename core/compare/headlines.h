/* Do the orders go together: agreement between the headlines of a run's plugins, pair by pair. */
#ifndef UPTAKE_COMPARE_HEADLINES_H
#define UPTAKE_COMPARE_HEADLINES_H

#include "result/result.h"

/* Fills result->agreements. Only headlines that are numbers of an innovation take part. */
int headlines_compare(struct result *result, struct uptake_error *error);

#endif
