/* Methods whose scores hang on everybody's values; what each does is said in its row of methods.c. */
#include <math.h>
#include <string.h>

#include "merge/matrix.h"
#include "merge/methods.h"
#include "merge/rank.h"

static void clear(double *x, size_t n)
{
    memset(x, 0, n * sizeof *x);
}

static void ends_of(const double *x, size_t n, double *least, double *most)
{
    *least = (double)INFINITY;
    *most = -(double)INFINITY;
    for (size_t j = 0; j < n; j++) {
        *least = fmin(*least, x[j]);
        *most = fmax(*most, x[j]);
    }
}

/* What a method scratches: count columns by candidate. */
static double *scratch(const struct matrix *m, size_t count, struct uptake_error *error)
{
    return rank_alloc(m->n, count * sizeof(double), error);
}

static int whole_each(const struct grid *grid, bool pairs, matrix_all all,
                      const struct score_columns *scores, struct uptake_error *error)
{
    MATRIX_OPEN matrix = {0};
    if (matrix_open(&matrix, grid, pairs, error) || matrix_each(&matrix, all, scores, error))
        return -1;
    matrix_parts(&matrix, NULL);
    return 0;
}

/* --- vikor ------------------------------------------------------------------------------------- */

static double share_of(double x, double least, double most)
{
    return most > least ? (x - least) / (most - least) : 0;
}

/* Under `declared` the ends are 0 and 1; under anything else those of the matrix. */
static int vikor_all(const struct matrix *m, const double *z, double *score, double *const *extra,
                     struct uptake_error *error)
{
    bool declared = m->grid->normalise == MERGE_DECLARED;
    double v = m->grid->options->v, least, most, least_r, most_r;
    RANK_SCRATCH double *s = scratch(m, 2, error);
    if (!s)
        return -1;
    double *r = s + m->n;
    clear(s, 2 * m->n);
    for (size_t k = 0; k < m->k; k++) {
        matrix_ends(m, z, k, &least, &most);
        least = declared ? 0 : least;
        most = declared ? 1 : most;
        for (size_t j = 0; j < m->n; j++) {
            double far = most > least ? (most - z[k * m->n + j]) / (most - least) : 0;
            s[j] += m->weight[k] * far;
            r[j] = fmax(r[j], m->weight[k] * far);
        }
    }
    ends_of(s, m->n, &least, &most);
    ends_of(r, m->n, &least_r, &most_r);
    for (size_t j = 0; j < m->n; j++) {
        score[j] = v * share_of(s[j], least, most) + (1 - v) * share_of(r[j], least_r, most_r);
        if (extra) {
            extra[0][j] = s[j];
            extra[1][j] = r[j];
            extra[2][j] = score[j];
        }
    }
    return 0;
}

/* What speaks for the first: C1, an advantage of 1/(n - 1) in Q; C2, the first in S or R as well. */
static void vikor_figures(const struct grid *grid, const struct score_columns *scores)
{
    size_t first = SIZE_MAX;
    double second = (double)INFINITY, least_s, least_r;
    for (size_t i = 0; i < grid->n; i++)
        if (!isnan(scores->score[i]) &&
            (first == SIZE_MAX || scores->score[i] < scores->score[first]))
            first = i;
    for (size_t i = 0; i < grid->n; i++)
        if (i != first)
            second = fmin(second, scores->score[i]);
    if (first == SIZE_MAX || isinf(second))
        return;
    ends_of(scores->extra[0], grid->n, &least_s, &(double){0});
    ends_of(scores->extra[1], grid->n, &least_r, &(double){0});
    double needed = 1 / ((double)grid->candidates - 1);
    bool stable = scores->extra[0][first] <= least_s || scores->extra[1][first] <= least_r;
    score_flag(scores, "acceptable_advantage", second - scores->score[first] >= needed);
    score_flag(scores, "acceptable_stability", stable);
}

int vikor_score(const struct grid *grid, const struct score_columns *scores,
                struct uptake_error *error)
{
    if (whole_each(grid, false, vikor_all, scores, error))
        return -1;
    vikor_figures(grid, scores);
    return 0;
}

/* --- copras ------------------------------------------------------------------------------------ */

/* Values as they are, negated where lower is better; all above 0 before. */
static int check_above(const struct grid *grid, bool costs_only, struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        const struct grid_column *column = &grid->columns[k];
        double least = column->sign > 0 ? column->worst : -column->best;
        bool cost = column->sign < 0;
        if (column->bounded)
            least = fmin(least, column->measure->min);
        if (grid->candidates && (cost || !costs_only ? !(least > 0) : !(least >= 0)))
            failed |=
                grid_refuse(grid->request, column->measure, error,
                            "method %s needs values %s 0, and its least is %.10g",
                            grid->method->name, cost || !costs_only ? "above" : "from", least);
    }
    return failed;
}

static int copras_all(const struct matrix *m, const double *z, double *score, double *const *extra,
                      struct uptake_error *error)
{
    RANK_SCRATCH double *gain = scratch(m, 2, error);
    double costs = 0, reciprocals = 0, least, most;
    if (!gain)
        return -1;
    double *cost = gain + m->n;
    clear(gain, 2 * m->n);
    for (size_t k = 0; k < m->k; k++) {
        double sum = 0;
        bool up = m->grid->columns[k].sign > 0;
        for (size_t j = 0; j < m->n; j++)
            sum += z[k * m->n + j];
        for (size_t j = 0; j < m->n; j++) /* both are negated where lower is better */
            (up ? gain : cost)[j] += sum != 0 ? m->weight[k] * z[k * m->n + j] / sum : 0;
    }
    for (size_t j = 0; j < m->n; j++) {
        costs += cost[j];
        reciprocals += cost[j] > 0 ? 1 / cost[j] : 0;
    }
    for (size_t j = 0; j < m->n; j++)
        score[j] = gain[j] + (cost[j] > 0 ? costs / (cost[j] * reciprocals) : 0);
    ends_of(score, m->n, &least, &most);
    for (size_t j = 0; j < m->n; j++) {
        score[j] = most > 0 ? score[j] / most : 1;
        if (extra) {
            extra[0][j] = gain[j];
            extra[1][j] = cost[j];
        }
    }
    return 0;
}

int copras_score(const struct grid *grid, const struct score_columns *scores,
                 struct uptake_error *error)
{
    return check_above(grid, true, error) ? -1 : whole_each(grid, false, copras_all, scores, error);
}

/* --- edas -------------------------------------------------------------------------------------- */

static int edas_all(const struct matrix *m, const double *z, double *score, double *const *extra,
                    struct uptake_error *error)
{
    RANK_SCRATCH double *above = scratch(m, 2, error);
    double most_above, most_below;
    if (!above)
        return -1;
    double *below = above + m->n;
    clear(above, 2 * m->n);
    for (size_t k = 0; k < m->k; k++) {
        double mean = 0;
        for (size_t j = 0; j < m->n; j++)
            mean += z[k * m->n + j] / (double)m->n;
        for (size_t j = 0; j < m->n; j++) {
            double far = mean != 0 ? (z[k * m->n + j] - mean) / fabs(mean) : 0;
            *(far > 0 ? &above[j] : &below[j]) += m->weight[k] * fabs(far);
        }
    }
    ends_of(above, m->n, &(double){0}, &most_above);
    ends_of(below, m->n, &(double){0}, &most_below);
    for (size_t j = 0; j < m->n; j++) {
        double up = most_above > 0 ? above[j] / most_above : 0;
        double down = most_below > 0 ? 1 - below[j] / most_below : 1;
        score[j] = up / 2 + down / 2;
        if (extra) {
            extra[0][j] = above[j];
            extra[1][j] = below[j];
        }
    }
    return 0;
}

int edas_score(const struct grid *grid, const struct score_columns *scores,
               struct uptake_error *error)
{
    return check_above(grid, false, error) ? -1 : whole_each(grid, false, edas_all, scores, error);
}

/* --- mabac ------------------------------------------------------------------------------------- */

/* w (1 + z) less its geometric mean over all; contribution (may be NULL): each measure's. */
static void mabac_put(const struct matrix *m, const double *z, double *score, double *contribution)
{
    clear(score, m->n);
    for (size_t k = 0; k < m->k; k++) {
        double logs = 0;
        for (size_t j = 0; j < m->n; j++)
            logs += log1p(z[k * m->n + j]);
        double border = m->n ? m->weight[k] * exp(logs / (double)m->n) : 0;
        for (size_t j = 0; j < m->n; j++) {
            double far = m->weight[k] * (1 + z[k * m->n + j]) - border;
            score[j] += far;
            if (contribution)
                contribution[k * m->n + j] = far;
        }
    }
}

static int mabac_all(const struct matrix *m, const double *z, double *score, double *const *extra,
                     struct uptake_error *error)
{
    (void)extra;
    (void)error;
    mabac_put(m, z, score, NULL);
    return 0;
}

int mabac_score(const struct grid *grid, const struct score_columns *scores,
                struct uptake_error *error)
{
    MATRIX_OPEN matrix = {0};
    if (matrix_open(&matrix, grid, false, error) || matrix_each(&matrix, mabac_all, scores, error))
        return -1;
    RANK_SCRATCH double *contribution =
        rank_alloc(matrix.n * (matrix.k + 1), sizeof *contribution, error);
    if (!contribution)
        return -1;
    mabac_put(&matrix, matrix.value, contribution + matrix.n * matrix.k, contribution);
    matrix_parts(&matrix, contribution);
    return 0;
}

/* --- codas ------------------------------------------------------------------------------------- */

static int codas_all(const struct matrix *m, const double *z, double *score, double *const *extra,
                     struct uptake_error *error)
{
    RANK_SCRATCH double *euclid = scratch(m, 2, error);
    if (!euclid)
        return -1;
    double *taxicab = euclid + m->n, least, most;
    clear(euclid, 2 * m->n);
    for (size_t k = 0; k < m->k; k++) {
        matrix_ends(m, z, k, &least, &most);
        for (size_t j = 0; j < m->n; j++) {
            double far = m->weight[k] * (z[k * m->n + j] - least);
            euclid[j] += far * far;
            taxicab[j] += far;
        }
    }
    for (size_t j = 0; j < m->n; j++)
        euclid[j] = sqrt(euclid[j]);
    for (size_t j = 0; j < m->n; j++) {
        score[j] = 0;
        for (size_t i = 0; i < m->n; i++) {
            double far = euclid[j] - euclid[i];
            bool both = fabs(far) >= m->grid->options->threshold;
            score[j] += far + (both ? taxicab[j] - taxicab[i] : 0);
        }
        if (extra) {
            extra[0][j] = euclid[j];
            extra[1][j] = taxicab[j];
        }
    }
    return 0;
}

int codas_score(const struct grid *grid, const struct score_columns *scores,
                struct uptake_error *error)
{
    return whole_each(grid, true, codas_all, scores, error);
}

/* --- electre-1 --------------------------------------------------------------------------------- */

/* Each column divided by its sum (both are negated where lower is better); most: the widest one's range. */
static double electre_scale(const struct matrix *m, const double *z, double *scaled)
{
    double widest = 0, least, most;
    for (size_t k = 0; k < m->k; k++) {
        double sum = 0;
        for (size_t j = 0; j < m->n; j++)
            sum += fabs(z[k * m->n + j]);
        for (size_t j = 0; j < m->n; j++)
            scaled[k * m->n + j] = sum > 0 ? z[k * m->n + j] / sum : 0;
        matrix_ends(m, scaled, k, &least, &most);
        widest = fmax(widest, most - least);
    }
    return widest;
}

static bool outranks(const struct matrix *m, const double *z, size_t i, size_t j, double widest)
{
    double agree = 0, against = 0;
    for (size_t k = 0; k < m->k; k++) {
        double far = z[k * m->n + j] - z[k * m->n + i];
        agree += far <= 0 ? m->weight[k] : 0;
        against = fmax(against, far);
    }
    against = widest > 0 ? against / widest : 0;
    return agree >= m->grid->options->concordance - 1e-12 &&
           against <= m->grid->options->discordance + 1e-12;
}

static int electre_all(const struct matrix *m, const double *z, double *score, double *const *extra,
                       struct uptake_error *error)
{
    RANK_SCRATCH double *scaled = rank_alloc(m->n * m->k + 2 * m->n, sizeof *scaled, error);
    if (!scaled)
        return -1;
    double *over = scaled + m->n * m->k, *under = over + m->n;
    double widest = electre_scale(m, z, scaled);
    clear(over, 2 * m->n);
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = 0; j < m->n; j++)
            if (i != j && outranks(m, scaled, i, j, widest)) {
                over[i] += 1;
                under[j] += 1;
            }
    for (size_t j = 0; j < m->n; j++) {
        score[j] = over[j] - under[j];
        if (extra) {
            extra[0][j] = over[j];
            extra[1][j] = under[j];
            extra[2][j] = under[j] == 0;
        }
    }
    return 0;
}

int electre_score(const struct grid *grid, const struct score_columns *scores,
                  struct uptake_error *error)
{
    return whole_each(grid, true, electre_all, scores, error);
}
