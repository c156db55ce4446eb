/*
 * Majorities, and Schulze's method over them: Schulze, M. (2011), A new monotonic, clone-independent, reversal
 * symmetric, and Condorcet-consistent single-winner election method, Social Choice and Welfare 36(2). Strength of a
 * majority: the weight for it (winning votes).
 */
#include <math.h>

#include "merge/methods.h"
#include "merge/orders.h"
#include "merge/rank.h"

void orders_finish(struct orders *orders)
{
    rank_free(&orders->above);
}

static int check_orders(const struct matrix *m, struct uptake_error *error)
{
    const struct grid *grid = m->grid;
    for (size_t k = 0; k < m->k; k++)
        if (grid->rule == MERGE_BOUNDS && grid->columns[k].missing)
            return grid_refuse(
                grid->request, grid->columns[k].measure, error,
                "it is missing for %zu, and method %s has no bounds: one order of all "
                "hangs on every pair; set another rule than `missing: bounds`, such as "
                "`neutral` (pairs with a gap say nothing) or `drop`",
                grid->columns[k].missing, grid->method->name);
    if (m->n > ORDERS_MOST)
        return grid_refuse(
            grid->request, NULL, error,
            "method %s takes at most %zu innovations, and found %zu; borda and copeland "
            "have the same data and no such limit",
            grid->method->name, ORDERS_MOST, m->n);
    return 0;
}

int orders_build(struct orders *orders, const struct matrix *m, struct uptake_error *error)
{
    if (check_orders(m, error))
        return -1;
    *orders = (struct orders){.n = m->n};
    orders->above = rank_alloc(m->n * m->n, sizeof *orders->above, error);
    if (!orders->above)
        return -1;
    for (size_t k = 0; k < m->k; k++)
        orders->weight += m->grid->columns[k].measure->weight;
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = 0; j < m->n; j++) {
            double sum = 0;
            for (size_t k = 0; k < m->k; k++)
                if (m->value[k * m->n + i] > m->value[k * m->n + j])
                    sum += m->grid->columns[k].measure->weight;
            orders->above[i * m->n + j] = sum;
        }
    return 0;
}

/* --- Schulze ----------------------------------------------------------------------------------- */

/* The strength of the strongest path from each to each, in place of the majorities. */
static void strongest_paths(double *path, size_t n, double slack)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++) {
            double up = path[i * n + j], down = path[j * n + i];
            path[i * n + j] = up - down > slack ? up : 0;
            path[j * n + i] = down - up > slack ? down : 0;
        }
    for (size_t by = 0; by < n; by++)
        for (size_t i = 0; i < n; i++) {
            double to = path[i * n + by];
            if (i == by || !(to > 0))
                continue;
            for (size_t j = 0; j < n; j++) {
                double over = fmin(to, path[by * n + j]);
                path[i * n + j] = j == i ? 0 : fmax(path[i * n + j], over);
            }
        }
}

int schulze_score(const struct grid *grid, const struct score_columns *scores,
                  struct uptake_error *error)
{
    MATRIX_OPEN matrix = {0};
    __attribute__((cleanup(orders_finish))) struct orders orders = {0};
    if (matrix_open(&matrix, grid, false, error) || orders_build(&orders, &matrix, error))
        return -1;
    RANK_SCRATCH double *beaten = rank_alloc(matrix.n, sizeof *beaten, error);
    if (!beaten)
        return -1;
    double slack = 1e-12 * orders.weight;
    strongest_paths(orders.above, matrix.n, slack);
    for (size_t i = 0; i < matrix.n; i++) {
        beaten[i] = 0;
        for (size_t j = 0; j < matrix.n; j++)
            beaten[i] += orders.above[i * matrix.n + j] - orders.above[j * matrix.n + i] > slack;
    }
    matrix_scores(&matrix, beaten, scores);
    matrix_parts(&matrix, NULL);
    return 0;
}
