/*
 * How far an innovation is from the best there is; what each method does is said in its row of methods.c. The ends of
 * a column (best, worst) are the candidates': see ends.c for what bounds do to them.
 */
#include <math.h>

#include "merge/methods.h"

/* --- topsis ----------------------------------------------------------------------------------- */

static void topsis_euclid(const struct score_block *block, const double *const *z, double *to_best,
                          double *to_worst)
{
    const struct grid *grid = block->grid;
    for (size_t k = 0; k < grid->n_columns; k++) {
        const struct grid_column *column = &grid->columns[k];
        double weight = column->weight / grid->weight_sum;
        double best = column->best, worst = column->worst;
        for (size_t r = 0; r < block->count; r++) {
            double above = weight * (best - z[k][r]), below = weight * (z[k][r] - worst);
            to_best[r] += above == above ? above * above : 0;
            to_worst[r] += below == below ? below * below : 0;
        }
    }
    for (size_t r = 0; r < block->count; r++) {
        to_best[r] = sqrt(to_best[r]);
        to_worst[r] = sqrt(to_worst[r]);
    }
}

static void topsis_any(const struct score_block *block, const double *const *z, double *to_best,
                       double *to_worst)
{
    const struct grid *grid = block->grid;
    double p = grid->options->p;
    for (size_t k = 0; k < grid->n_columns; k++) {
        const struct grid_column *column = &grid->columns[k];
        double weight = column->weight / grid->weight_sum;
        for (size_t r = 0; r < block->count; r++) {
            bool there = !isnan(z[k][r]);
            to_best[r] += there ? pow(weight * fabs(column->best - z[k][r]), p) : 0;
            to_worst[r] += there ? pow(weight * fabs(z[k][r] - column->worst), p) : 0;
        }
    }
    for (size_t r = 0; r < block->count; r++) {
        to_best[r] = pow(to_best[r], 1 / p);
        to_worst[r] = pow(to_worst[r], 1 / p);
    }
}

/* Where best and worst are one point, nothing tells anybody apart: 0.5. */
void topsis_rows(const struct score_block *block, const double *const *z, double *score)
{
    double to_best[SCORE_BLOCK], to_worst[SCORE_BLOCK];
    for (size_t r = 0; r < block->count; r++)
        to_best[r] = to_worst[r] = 0;
    if (block->grid->options->p == 2)
        topsis_euclid(block, z, to_best, to_worst);
    else
        topsis_any(block, z, to_best, to_worst);
    for (size_t r = 0; r < block->count; r++) {
        double sum = to_best[r] + to_worst[r];
        score[r] = sum > 0 ? to_worst[r] / sum : 0.5;
    }
    for (size_t r = 0; block->extra && r < block->count; r++) {
        block->extra[0][r] = to_best[r];
        block->extra[1][r] = to_worst[r];
    }
    for (size_t r = 0; block->gaps && r < block->count; r++) {
        bool any = false;
        for (size_t k = 0; k < block->grid->n_columns && !any; k++)
            any = !isnan(z[k][r]);
        score[r] = any ? score[r] : (double)NAN;
    }
}

/* --- spotis, rim ------------------------------------------------------------------------------ */

double spotis_one(const struct score_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < row->count; k++)
        sum += row->weight[k] * (1 - row->z[k]);
    return sum;
}

double spotis_contribution(double z, double weight, double score)
{
    (void)score;
    return weight * (1 - z);
}

double rim_one(const struct score_row *row)
{
    double to_best = 0, to_worst = 0;
    for (size_t k = 0; k < row->count; k++) {
        double below = row->weight[k] * row->z[k];
        double above = row->weight[k] - below;
        to_best += above * above;
        to_worst += below * below;
    }
    to_best = sqrt(to_best);
    to_worst = sqrt(to_worst);
    if (row->extra) {
        row->extra[0] = to_best;
        row->extra[1] = to_worst;
    }
    return to_worst / (to_best + to_worst); /* weights are above 0: never 0 / 0 */
}

/* --- moora, aras ------------------------------------------------------------------------------ */

/* Weights are 1 on average: see moora_ratio_one. */
double moora_reference_one(const struct score_row *row)
{
    double most = 0;
    for (size_t k = 0; k < row->count; k++)
        most = fmax(most, row->weight[k] * (row->column[k]->best - row->z[k]));
    return most * (double)row->count;
}

/* The best alternative stands in the sums that its method normalises by. */
double aras_one(const struct score_row *row)
{
    double mine = 0, best = 0;
    for (size_t k = 0; k < row->count; k++) {
        double top = row->column[k]->best;
        mine += row->weight[k] * row->z[k] / (1 + top);
        best += row->weight[k] * top / (1 + top);
    }
    return best > 0 ? mine / best : 1;
}
