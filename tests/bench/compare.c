/*
 * compare write WHAT FILE    fixed data as doubles, column by column
 * compare WHAT FILE          reads it, computes, and prints what stopwatch.h describes, with the figure itself
 *
 * WHAT: tau-untied, tau-tied (100 levels), weighted-untied, weighted-tied: 1,000,000 pairs; alpha: 1,000 units by 20
 * sides, 500 levels, every tenth missing. Columns are in memory before the clock starts.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/concordance.h"
#include "compare/weighted.h"
#include "stopwatch.h"

enum { PAIRS = 1000000, UNITS = 1000, SIDES = 20, LEVELS = 500, TIED_LEVELS = 100 };

struct problem {
    const char *name;
    size_t rows, columns;
    uint64_t levels; /* 0: no ties */
    double missing;  /* share */
    void (*compute)(const double *columns, double *figure);
};

/* SplitMix64 (Steele, Lea and Flood 2014): 0 to 1. */
static double draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static void tau(const double *columns, double *figure)
{
    struct agreement agreement;
    struct agreement_column a = {columns, 1, 0}, b = {columns + PAIRS, 1, 0};
    if (agreement_measure(&a, &b, PAIRS, &agreement, NULL) == 0)
        *figure = agreement.kendall_tau_b;
}

static void weighted(const double *columns, double *figure)
{
    struct arena arena = {0};
    struct figures figures = {.arena = &arena};
    struct result_side side = {.better = 1};
    struct pair pair = {
        .a = &side, .b = &side, .rows = PAIRS, .n = PAIRS, .x = columns, .y = columns + PAIRS};
    if (weighted_tau(&pair, &figures, NULL) == 0 && figures.n == 1)
        *figure = figures.list[0].value;
    arena_finish(&arena);
}

/* All four levels; the figure is the ordinal one. */
static void alpha(const double *columns, double *figure)
{
    struct arena arena = {0};
    struct figures figures = {.arena = &arena};
    struct result_side sides[SIDES] = {0};
    for (size_t s = 0; s < SIDES; s++)
        sides[s].value = columns + s * UNITS;
    struct group group = {.sides = sides, .n_sides = SIDES, .rows = UNITS};
    if (alpha_levels(&group, &figures, NULL) == 0)
        for (size_t k = 0; k < figures.n; k++)
            if (strcmp(figures.list[k].name, "krippendorff_alpha.ordinal") == 0)
                *figure = figures.list[k].value;
    arena_finish(&arena);
}

static const struct problem problems[] = {
    {"tau-untied", PAIRS, 2, 0, 0, tau},
    {"tau-tied", PAIRS, 2, TIED_LEVELS, 0, tau},
    {"weighted-untied", PAIRS, 2, 0, 0, weighted},
    {"weighted-tied", PAIRS, 2, TIED_LEVELS, 0, weighted},
    {"alpha", UNITS, SIDES, LEVELS, 0.1, alpha},
};

static const struct problem *find(const char *name)
{
    for (size_t k = 0; k < sizeof problems / sizeof *problems; k++)
        if (strcmp(problems[k].name, name) == 0)
            return &problems[k];
    return NULL;
}

/* Columns that go together somewhat: a common part, and a part of their own. */
static void fill(const struct problem *problem, double *columns)
{
    uint64_t state = 2026;
    for (size_t i = 0; i < problem->rows; i++) {
        double common = draw(&state);
        for (size_t c = 0; c < problem->columns; c++) {
            double x = (common + draw(&state)) / 2;
            x = problem->levels ? 1 + floor(x * (double)problem->levels) : x;
            columns[c * problem->rows + i] = draw(&state) < problem->missing ? (double)NAN : x;
        }
    }
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

int main(int argc, char **argv)
{
    int writing = argc == 4 && strcmp(argv[1], "write") == 0;
    const struct problem *problem = argc >= 3 ? find(argv[1 + writing]) : NULL;
    double figure = (double)NAN;
    if (!problem || argc != 3 + writing) {
        fputs("usage: compare [write] WHAT FILE\n", stderr);
        return 2;
    }
    size_t count = problem->rows * problem->columns;
    double *columns = malloc(count * sizeof *columns);
    if (!columns)
        return 4;
    if (writing)
        fill(problem, columns);
    if (with_file(argv[2 + writing], writing ? "wb" : "rb", columns, count) != 0) {
        perror(argv[2 + writing]);
        return 4;
    }
    if (!writing) {
        struct stopwatch from = stopwatch_start();
        problem->compute(columns, &figure);
        stopwatch_print(&from);
        printf(" figure=%.15g\n", figure);
    }
    free(columns);
    return 0;
}
