/*
 * Kemeny's order: the one (or those) that disagrees least with the measures, pair by pair. Kemeny, J. G. (1959),
 * Mathematics without numbers, Daedalus 88(4); Young, H. P. and Levenglick, A. (1978), SIAM J. Appl. Math. 35(2).
 *
 * The majority graph falls into components that are strictly ahead of each other (Truchon, M. (1998), the extended
 * Condorcet criterion): orders of the components follow each other in every optimum. Within one of up to 18, all optima
 * are found by dynamic programming over subsets; a larger one is improved by moving single innovations until nothing
 * helps, and is proven only where it reaches the sum of the smaller majorities, below which no order can be.
 *
 * The score is the mean position over all optima: where there are several, none is picked by the order of the rows.
 */
#include <math.h>
#include <string.h>

#include "merge/methods.h"
#include "merge/orders.h"
#include "merge/rank.h"

enum { EXACT_MOST = 18 };

struct kemeny {
    const struct orders *orders;
    double slack;
    double *position;    /* [n], from 1 */
    uint32_t *sequence;  /* [n]: candidates, those of a component together, the leading one first */
    uint32_t *component; /* [n]: sizes */
    size_t n_components;
    double disagreement, least; /* of the order found; below which none can be */
    double optima;
    bool proven, counted;
};

static double above(const struct kemeny *k, size_t i, size_t j)
{
    return k->orders->above[i * k->orders->n + j];
}

/* --- Components -------------------------------------------------------------------------------- */

/*
 * By wins in the majority graph, with level pairs as half: a component that is ahead of another has more. Between two
 * neighbours of that order there is a border where everybody before is strictly ahead of everybody behind.
 */
static int split(struct kemeny *k, struct uptake_error *error)
{
    size_t n = k->orders->n;
    RANK_SCRATCH double *losses = rank_alloc(n, sizeof *losses, error);
    RANK_SCRATCH size_t *last = losses ? rank_alloc(n, sizeof *last, error) : NULL;
    if (!last)
        return -1;
    for (size_t i = 0; i < n; i++) {
        losses[i] = 0;
        k->sequence[i] = (uint32_t)i;
        for (size_t j = 0; j < n; j++) {
            double by = above(k, j, i) - above(k, i, j);
            losses[i] += i == j ? 0 : by > k->slack ? 1 : by >= -k->slack ? 0.5 : 0;
        }
    }
    if (rank_order(losses, k->sequence, n, error))
        return -1;
    /* last[at]: the last place whose innovation is not strictly behind the one at `at` */
    for (size_t at = 0; at < n; at++) {
        last[at] = at;
        for (size_t to = at + 1; to < n; to++)
            if (above(k, k->sequence[at], k->sequence[to]) -
                    above(k, k->sequence[to], k->sequence[at]) <=
                k->slack)
                last[at] = to;
    }
    for (size_t first = 0, end; first < n; first = end) {
        end = first + 1;
        for (size_t at = first; at < end; at++)
            end = last[at] + 1 > end ? last[at] + 1 : end;
        k->component[k->n_components++] = (uint32_t)(end - first);
    }
    return 0;
}

/* --- Exactly ----------------------------------------------------------------------------------- */

/* By subset, those that are placed already: what the rest costs at least, in how many ways; and the ways to get there. */
struct table {
    double *rest, *ways, *paths;
};

/* What placing i next costs: the weight of those that would have it above one that is placed. */
static double cost_of(const struct kemeny *k, const uint32_t *who, size_t m, uint32_t placed,
                      size_t i)
{
    double cost = 0;
    for (size_t j = 0; j < m; j++)
        cost += placed >> j & 1 ? above(k, who[i], who[j]) : 0;
    return cost;
}

static void fill_rest(const struct kemeny *k, const uint32_t *who, size_t m, struct table *t)
{
    uint32_t full = (uint32_t)((1u << m) - 1);
    t->rest[full] = 0;
    t->ways[full] = 1;
    for (uint32_t placed = full; placed-- > 0;) {
        t->rest[placed] = (double)INFINITY;
        t->ways[placed] = 0;
        for (size_t i = 0; i < m; i++) {
            if (placed >> i & 1)
                continue;
            uint32_t next = placed | 1u << i;
            double cost = cost_of(k, who, m, placed, i) + t->rest[next];
            if (cost < t->rest[placed] - k->slack)
                t->ways[placed] = 0;
            if (cost <= t->rest[placed] + k->slack)
                t->ways[placed] += t->ways[next];
            t->rest[placed] = fmin(t->rest[placed], cost);
        }
    }
}

/* Along the optimal steps only: how often each innovation stands at each place. */
static void fill_positions(struct kemeny *k, const uint32_t *who, size_t m, size_t before,
                           struct table *t)
{
    uint32_t full = (uint32_t)((1u << m) - 1);
    memset(t->paths, 0, ((size_t)full + 1) * sizeof *t->paths);
    t->paths[0] = 1;
    for (size_t i = 0; i < m; i++)
        k->position[who[i]] = 0;
    for (uint32_t placed = 0; placed < full; placed++) {
        double place = (double)(before + (size_t)__builtin_popcount(placed) + 1);
        for (size_t i = 0; i < m && t->paths[placed] > 0; i++) {
            uint32_t next = placed | 1u << i;
            if (placed >> i & 1 ||
                cost_of(k, who, m, placed, i) + t->rest[next] > t->rest[placed] + k->slack)
                continue;
            t->paths[next] += t->paths[placed];
            k->position[who[i]] += place * (t->paths[placed] * t->ways[next] / t->ways[0]);
        }
    }
    k->disagreement += t->rest[0];
    k->optima *= t->ways[0];
}

static int solve(struct kemeny *k, const uint32_t *who, size_t m, size_t before,
                 struct uptake_error *error)
{
    size_t sets = (size_t)1 << m;
    RANK_SCRATCH double *memory = rank_alloc(sets, sizeof(double[3]), error);
    if (!memory)
        return -1;
    struct table table = {memory, memory + sets, memory + 2 * sets};
    fill_rest(k, who, m, &table);
    fill_positions(k, who, m, before, &table);
    return 0;
}

/* --- By moving one at a time ------------------------------------------------------------------- */

/* The best place for the one at `at`: what moving it there saves. */
static double best_move(const struct kemeny *k, const uint32_t *who, size_t m, size_t at,
                        size_t *to)
{
    double saved = 0, most = 0;
    *to = at;
    for (size_t p = at; p-- > 0;) { /* up, over the one at p */
        saved += above(k, who[at], who[p]) - above(k, who[p], who[at]);
        if (saved > most + k->slack) {
            most = saved;
            *to = p;
        }
    }
    saved = 0;
    for (size_t p = at + 1; p < m; p++) {
        saved += above(k, who[p], who[at]) - above(k, who[at], who[p]);
        if (saved > most + k->slack) {
            most = saved;
            *to = p;
        }
    }
    return most;
}

static void move(uint32_t *who, size_t at, size_t to)
{
    uint32_t one = who[at];
    if (to < at)
        memmove(who + to + 1, who + to, (at - to) * sizeof *who);
    else
        memmove(who + at, who + at + 1, (to - at) * sizeof *who);
    who[to] = one;
}

static double disagreement_of(const struct kemeny *k, const uint32_t *who, size_t m)
{
    double sum = 0;
    for (size_t p = 0; p < m; p++)
        for (size_t q = p + 1; q < m; q++)
            sum += above(k, who[q], who[p]);
    return sum;
}

static double least_of(const struct kemeny *k, const uint32_t *who, size_t m)
{
    double sum = 0;
    for (size_t p = 0; p < m; p++)
        for (size_t q = p + 1; q < m; q++)
            sum += fmin(above(k, who[p], who[q]), above(k, who[q], who[p]));
    return sum;
}

static bool all_level(const struct kemeny *k, const uint32_t *who, size_t m)
{
    for (size_t p = 0; p < m; p++)
        for (size_t q = p + 1; q < m; q++)
            if (fabs(above(k, who[p], who[q]) - above(k, who[q], who[p])) > k->slack)
                return false;
    return true;
}

/* Neighbours that are level stand at one place: so far does the order of the rows not count. */
static void place_levels(struct kemeny *k, const uint32_t *who, size_t m, size_t before)
{
    for (size_t first = 0, end; first < m; first = end) {
        for (end = first + 1; end < m && all_level(k, who + first, end + 1 - first); end++)
            ;
        for (size_t p = first; p < end; p++)
            k->position[who[p]] = (double)before + ((double)first + 1 + (double)end) / 2;
    }
}

static void improve(struct kemeny *k, uint32_t *who, size_t m, size_t before)
{
    bool moved = !all_level(k, who, m);
    for (size_t pass = 0; moved && pass < m; pass++) {
        moved = false;
        for (size_t at = 0, to; at < m; at++)
            if (best_move(k, who, m, at, &to) > k->slack) {
                move(who, at, to);
                moved = true;
            }
    }
    double found = disagreement_of(k, who, m), least = least_of(k, who, m);
    k->disagreement += found;
    k->proven = k->proven && found <= least + k->slack;
    k->counted = false;
    place_levels(k, who, m, before);
}

/* --- The method -------------------------------------------------------------------------------- */

static void kemeny_finish(struct kemeny *k)
{
    rank_free(&k->position);
    rank_free(&k->sequence);
    rank_free(&k->component);
}

static int kemeny_build(struct kemeny *k, const struct orders *orders, struct uptake_error *error)
{
    size_t n = orders->n;
    *k = (struct kemeny){.orders = orders,
                         .slack = 1e-12 * orders->weight * ((double)n + 1) * ((double)n + 1),
                         .optima = 1,
                         .proven = true,
                         .counted = true};
    k->position = rank_alloc(n, sizeof *k->position, error);
    k->sequence = k->position ? rank_alloc(n, sizeof *k->sequence, error) : NULL;
    k->component = k->sequence ? rank_alloc(n, sizeof *k->component, error) : NULL;
    if (!k->component || split(k, error))
        return -1;
    for (size_t c = 0, first = 0; c < k->n_components; first += k->component[c++]) {
        size_t m = k->component[c];
        if (m > EXACT_MOST)
            improve(k, k->sequence + first, m, first);
        else if (solve(k, k->sequence + first, m, first, error))
            return -1;
    }
    /* Between components: what is behind costs what speaks for it. */
    for (size_t c = 0, first = 0; c < k->n_components; first += k->component[c++])
        for (size_t p = first; p < first + k->component[c]; p++)
            for (size_t q = first + k->component[c]; q < n; q++)
                k->disagreement += above(k, k->sequence[q], k->sequence[p]);
    k->least = least_of(k, k->sequence, n);
    return 0;
}

int kemeny_score(const struct grid *grid, const struct score_columns *scores,
                 struct uptake_error *error)
{
    MATRIX_OPEN matrix = {0};
    __attribute__((cleanup(orders_finish))) struct orders orders = {0};
    __attribute__((cleanup(kemeny_finish))) struct kemeny kemeny = {0};
    if (matrix_open(&matrix, grid, false, error) || orders_build(&orders, &matrix, error) ||
        kemeny_build(&kemeny, &orders, error))
        return -1;
    matrix_scores(&matrix, kemeny.position, scores);
    matrix_parts(&matrix, NULL);
    score_flag(scores, "proven", kemeny.proven);
    score_figure(scores, "optima", kemeny.counted ? kemeny.optima : (double)NAN);
    score_figure(scores, "disagreement", kemeny.disagreement);
    score_figure(scores, "least_possible", kemeny.least);
    return 0;
}
