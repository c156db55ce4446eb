/*
 * merge write WHAT FILE    fixed data as doubles, column by column
 * merge WHAT FILE          reads it, merges, and prints what stopwatch.h describes, with a figure of the result
 *
 * WHAT: sum, topsis: 1,000,000 innovations by 12 measures, scores and competition ranks; borda: 8 measures. Columns are
 * in memory before the clock starts. The figure: the sum over all of score times rank, as a share of n^2.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "merge/merge.h"
#include "stopwatch.h"

enum { ROWS = 1000000, MOST = 12 };

struct problem {
    const char *name, *method, *normalise;
    size_t columns;
};

static const struct problem problems[] = {
    {"sum", "weighted-sum", "range", 12},
    {"topsis", "topsis", "vector", 12},
    {"borda", "borda", NULL, 8},
};

/* SplitMix64 (Steele, Lea and Flood 2014): 0 to 1. */
static double draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static const struct problem *find(const char *name)
{
    for (size_t k = 0; k < sizeof problems / sizeof *problems; k++)
        if (strcmp(problems[k].name, name) == 0)
            return &problems[k];
    return NULL;
}

static int with_file(const char *path, const char *mode, double *columns, size_t count)
{
    FILE *file = fopen(path, mode);
    if (!file)
        return 1;
    size_t done = *mode == 'w' ? fwrite(columns, sizeof *columns, count, file)
                               : fread(columns, sizeof *columns, count, file);
    return fclose(file) != 0 || done != count;
}

/* Weights 1, 2, 3, ...; every third measure is better lower. */
static int compute(const struct problem *problem, const double *columns)
{
    struct merge_measure measures[MOST] = {0};
    struct merge_result result = {0};
    double figure = 0;
    for (size_t k = 0; k < problem->columns; k++)
        measures[k] = (struct merge_measure){.name = "m",
                                             .weight = (double)k + 1,
                                             .better = k % 3 == 2 ? -1 : 1,
                                             .min = (double)NAN,
                                             .max = (double)NAN,
                                             .value = columns + k * ROWS};
    struct merge_request request = {.name = "bench",
                                    .method = problem->method,
                                    .normalise = problem->normalise,
                                    .floor = MERGE_FLOOR,
                                    .measures = measures,
                                    .n_measures = problem->columns,
                                    .n = ROWS};
    struct stopwatch from = stopwatch_start();
    if (merge_run(&request, &result, NULL) != 0)
        return 1;
    stopwatch_print(&from);
    for (size_t i = 0; i < ROWS; i++)
        figure += result.score[i] * result.rank[i] / ROWS / ROWS;
    printf(" figure=%.15g\n", figure);
    merge_finish(&result);
    return 0;
}

int main(int argc, char **argv)
{
    int writing = argc == 4 && strcmp(argv[1], "write") == 0, failed = 0;
    const struct problem *problem = argc >= 3 ? find(argv[1 + writing]) : NULL;
    uint64_t state = 2026;
    if (!problem || argc != 3 + writing) {
        fputs("usage: merge [write] WHAT FILE\n", stderr);
        return 2;
    }
    size_t count = ROWS * problem->columns;
    double *columns = malloc(count * sizeof *columns);
    if (!columns)
        return 4;
    for (size_t at = 0; writing && at < count; at++)
        columns[at] = 1 + 99 * draw(&state);
    if (with_file(argv[2 + writing], writing ? "wb" : "rb", columns, count) != 0) {
        perror(argv[2 + writing]);
        return 4;
    }
    if (!writing)
        failed = compute(problem, columns);
    free(columns);
    return failed;
}
