/*
 * The sort beneath ranks, where its first 32 bits do not tell rows apart. Expected is what the C library gives:
 * qsort over keys, ties by place.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "merge/problem.h"
#include "merge/sort.h"

enum { N = 4000 };

struct row {
    double key;
    uint32_t place;
};

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* All places, and the tops: equal keys have equal tops, and tops never fall. */
static void expect_order(const char *name, const struct sort_by *by, size_t n)
{
    static struct row rows[N];
    static uint32_t order[N], top[N];
    size_t wrong = 0;
    for (uint32_t i = 0; i < n; i++) {
        order[i] = i;
        rows[i] = (struct row){sort_key(by, i), i};
    }
    qsort(rows, n, sizeof *rows, compare_rows);
    cr_assert_eq(sort_rows(by, order, n, &(struct sort_room){.top = top}, NULL), 0);
    for (size_t at = 0; at < n; at++)
        wrong += order[at] != rows[at].place;
    cr_expect_eq(wrong, 0, "%s: %zu of %zu out of order", name, wrong, n);
    for (size_t at = 1; at < n; at++) {
        wrong += top[at] < top[at - 1];
        wrong += rows[at].key == rows[at - 1].key && top[at] != top[at - 1];
        wrong += sort_level(by, order, top, at - 1, at) != (rows[at].key == rows[at - 1].key);
    }
    cr_expect_eq(wrong, 0, "%s: tops", name);
}

static double steps(uint64_t *seed)
{
    return 1 + problem_random(seed, 1000) * 0x1p-52;
}
static double wide_steps(uint64_t *seed)
{
    return problem_random(seed, N) == 0 ? 1e300 : steps(seed);
}
static double clusters(uint64_t *seed)
{
    double of = problem_random(seed, 2) ? 1 : -1e9;
    return of * steps(seed) * (1 + problem_random(seed, 3));
}
static double few(uint64_t *seed)
{
    return problem_random(seed, 3) - 1.0;
}
static double sizes(uint64_t *seed)
{
    return ldexp(steps(seed), (int)problem_random(seed, 2000) - 1000);
}
static double alike(uint64_t *seed)
{
    (void)seed;
    return 0.1;
}
static double infinite(uint64_t *seed)
{
    static const double ends[] = {(double)INFINITY, -(double)INFINITY, 0.0, -0.0, 1};
    return ends[problem_random(seed, 5)];
}

static const struct {
    const char *name;
    double (*draw)(uint64_t *seed);
} cases[] = {{"neighbouring doubles", steps}, {"neighbouring doubles and one far away", wide_steps},
             {"clusters", clusters},          {"few values", few},
             {"every size", sizes},           {"all alike", alike},
             {"infinite", infinite}};

Test(merge_sort, rows_stand_as_qsort_puts_them)
{
    static const size_t counts[] = {1, 32, 33, 100, N};
    static const double eps[] = {0, 0x1p-50, 0.25};
    static double value[N];
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        uint64_t seed = 7 + c;
        for (size_t i = 0; i < N; i++)
            value[i] = cases[c].draw(&seed);
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
            for (size_t e = 0; e < sizeof eps / sizeof *eps; e++)
                for (int sign = -1; sign <= 1; sign += 2)
                    expect_order(cases[c].name, &(struct sort_by){value, sign, eps[e]}, counts[k]);
    }
}
