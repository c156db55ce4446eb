/* A merge in few words: measures and a request with what is usual, for tests to change. */
#ifndef UPTAKE_TESTS_MERGE_PROBLEM_H
#define UPTAKE_TESTS_MERGE_PROBLEM_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "merge/merge.h"

#define NONE ((double)NAN)
#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ids are an array of texts. */
static inline const char *problem_id(const void *ids, size_t i)
{
    return ((const char *const *)ids)[i];
}

static inline struct merge_measure problem_measure(const char *name, double weight, int better,
                                                   double min, double max, const double *value)
{
    return (struct merge_measure){
        .name = name, .weight = weight, .better = better, .min = min, .max = max, .value = value};
}

static inline struct merge_request problem_request(const char *method,
                                                   const struct merge_measure *measures,
                                                   size_t n_measures, size_t n)
{
    return (struct merge_request){.name = "test",
                                  .method = method,
                                  .floor = MERGE_FLOOR,
                                  .measures = measures,
                                  .n_measures = n_measures,
                                  .n = n};
}

static inline bool problem_near(double a, double b, double tolerance)
{
    return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= tolerance;
}

/* Same stream everywhere (Knuth's 64-bit linear congruential generator). */
static inline uint32_t problem_random(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

static inline bool problem_note(const struct merge_result *result, const char *part)
{
    for (size_t k = 0; k < result->n_notes; k++)
        if (strstr(result->notes[k], part))
            return true;
    return false;
}

#endif
