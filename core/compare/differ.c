/* The largest differences: see differ.h. */
#include "compare/differ.h"

#include <math.h>
#include <string.h>

#include "merge/rank.h"

/* ranks: side by side, n each. */
static int rank_sides(const struct group *group, double *ranks, struct uptake_error *error)
{
    for (size_t s = 0; s < group->n_sides; s++) {
        const struct result_side *side = &group->sides[s];
        double *own = ranks + s * group->n;
        for (size_t k = 0; k < group->n; k++)
            own[k] = side->value[group->common[k]];
        if (rank_mid(own, group->n, side->better < 0 ? -1 : 1, group->eps, own, error) != 0)
            return -1;
    }
    return 0;
}

static double gap_of(const struct group *group, const double *ranks, size_t k)
{
    double low = ranks[k], high = ranks[k];
    for (size_t s = 1; s < group->n_sides; s++) {
        low = fmin(low, ranks[s * group->n + k]);
        high = fmax(high, ranks[s * group->n + k]);
    }
    return high - low;
}

struct most {
    double gap[DIFFER_MOST];
    size_t at[DIFFER_MOST]; /* among the common rows */
    size_t count;
};

static const char *id_of(const struct group *group, const struct model *model, size_t at)
{
    return model_text(model, model->ids[group->common[at]]);
}

/* Keeps the list sorted: larger gaps first, then ids. */
static void offer(struct most *most, const struct group *group, const struct model *model,
                  size_t at, double gap)
{
    size_t place = most->count;
    while (place > 0 &&
           (most->gap[place - 1] < gap ||
            (most->gap[place - 1] == gap &&
             strcmp(id_of(group, model, most->at[place - 1]), id_of(group, model, at)) > 0)))
        place--;
    if (place == DIFFER_MOST)
        return;
    most->count += most->count < DIFFER_MOST;
    for (size_t k = most->count - 1; k > place; k--) {
        most->gap[k] = most->gap[k - 1];
        most->at[k] = most->at[k - 1];
    }
    most->gap[place] = gap;
    most->at[place] = at;
}

static int keep(const struct most *most, const struct group *group, const double *ranks,
                struct arena *arena, struct result_comparison *out, struct uptake_error *error)
{
    struct result_difference *list = arena_array(arena, most->count, sizeof *list);
    double *own = arena_array(arena, most->count * group->n_sides, sizeof *own);
    if (!list || !own)
        return error_memory(error);
    for (size_t k = 0; k < most->count; k++) {
        for (size_t s = 0; s < group->n_sides; s++)
            own[k * group->n_sides + s] = ranks[s * group->n + most->at[k]];
        list[k] = (struct result_difference){group->common[most->at[k]], own + k * group->n_sides,
                                             most->gap[k]};
    }
    out->differences = list;
    out->n_differences = most->count;
    return 0;
}

int differ_find(const struct group *group, const struct model *model, struct arena *arena,
                struct result_comparison *out, struct uptake_error *error)
{
    struct most most = {.count = 0};
    RANK_SCRATCH double *ranks = rank_alloc(group->n_sides * group->n, sizeof *ranks, error);
    if (!ranks || rank_sides(group, ranks, error) != 0)
        return -1;
    for (size_t k = 0; k < group->n; k++) {
        double gap = gap_of(group, ranks, k);
        if (gap > 0)
            offer(&most, group, model, k, gap);
    }
    return keep(&most, group, ranks, arena, out, error);
}
