/* Sums and products of normalised values; what each does is said in its row of methods.c. */
#include <math.h>

#include "merge/methods.h"

/* --- weighted-sum ----------------------------------------------------------------------------- */

/* Divided at the end, not weight by weight: all ones give exactly 1. */
static void weighted_sum(const struct score_block *block, const double *const *z, double *score)
{
    const struct grid *grid = block->grid;
    for (size_t r = 0; r < block->count; r++)
        score[r] = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        double weight = grid->columns[k].weight;
        for (size_t r = 0; r < block->count; r++)
            score[r] += weight * z[k][r];
    }
    for (size_t r = 0; r < block->count; r++)
        score[r] /= grid->weight_sum;
}

static void weighted_sum_of_present(const struct score_block *block, const double *const *z,
                                    double *score)
{
    const struct grid *grid = block->grid;
    double present[SCORE_BLOCK];
    for (size_t r = 0; r < block->count; r++)
        score[r] = present[r] = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        double weight = grid->columns[k].weight;
        for (size_t r = 0; r < block->count; r++) {
            bool there = !isnan(z[k][r]);
            score[r] += there ? weight * z[k][r] : 0;
            present[r] += there ? weight : 0;
        }
    }
    for (size_t r = 0; r < block->count; r++)
        score[r] /= present[r]; /* 0 / 0: nothing present, no score */
}

void weighted_sum_rows(const struct score_block *block, const double *const *z, double *score)
{
    if (block->gaps)
        weighted_sum_of_present(block, z, score);
    else
        weighted_sum(block, z, score);
}

double weighted_sum_contribution(double z, double weight, double score)
{
    (void)score;
    return weight * z;
}

/* --- minimum ---------------------------------------------------------------------------------- */

void minimum_rows(const struct score_block *block, const double *const *z, double *score)
{
    for (size_t r = 0; r < block->count; r++)
        score[r] = z[0][r];
    for (size_t k = 1; k < block->grid->n_columns; k++)
        for (size_t r = 0; r < block->count; r++)
            score[r] = score[r] <= z[k][r] || isnan(z[k][r]) ? score[r] : z[k][r];
    for (size_t r = 0; r < block->count; r++)
        score[r] += 0.0; /* never -0 */
}

double minimum_contribution(double z, double weight, double score)
{
    (void)weight;
    return z == score ? z : 0;
}

/* --- weighted-product ------------------------------------------------------------------------- */

static double product_of(const struct score_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < row->count; k++)
        sum += row->weight[k] * log(row->z[k]); /* log 0: the score is 0 */
    return exp(sum);
}

double weighted_product_one(const struct score_row *row)
{
    return product_of(row);
}

double weighted_product_contribution(double z, double weight, double score)
{
    (void)score;
    return weight * log(z);
}

/* --- waspas ----------------------------------------------------------------------------------- */

static double sum_of(const struct score_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < row->count; k++)
        sum += row->weight[k] * row->z[k];
    return sum;
}

double waspas_one(const struct score_row *row)
{
    double lambda = row->grid->options->lambda;
    double sum = sum_of(row);
    double product = product_of(row);
    if (row->extra) {
        row->extra[0] = sum;
        row->extra[1] = product;
    }
    return lambda * sum + (1 - lambda) * product;
}

/* --- comb-mnz --------------------------------------------------------------------------------- */

double comb_mnz_one(const struct score_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < row->count; k++)
        sum += row->column[k]->weight * row->z[k];
    double mean = row->grid->weight_sum / (double)row->grid->n_columns;
    return (double)row->count * sum / mean;
}

/* --- moora ------------------------------------------------------------------------------------ */

/*
 * Weights are coefficients of significance, 1 on average, so that equal ones give the published, unweighted form.
 * Values come as `vector` has them: x/|x|, and 1 less that where lower is better.
 */
double moora_ratio_one(const struct score_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < row->count; k++)
        sum += row->weight[k] * (row->z[k] - (row->column[k]->sign < 0 ? 1 : 0));
    return sum * (double)row->count;
}

double moora_multiplicative_one(const struct score_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < row->count; k++)
        sum += row->weight[k] * (row->column[k]->sign > 0 ? log(row->z[k]) : -log(1 - row->z[k]));
    return exp(sum * (double)row->count);
}

int moora_multiplicative_prepare(struct grid *grid, struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        const struct grid_column *column = &grid->columns[k];
        double least = column->sign > 0 ? column->worst : 1 - column->best;
        if (column->bounded)
            least = fmin(least, column->measure->min);
        if (!column->constant && !(least > 0))
            failed |= grid_refuse(grid->request, column->measure, error,
                                  "`form: multiplicative` needs values above 0%s",
                                  column->bounded ? ", and a `min` above 0" : "");
    }
    return failed;
}
