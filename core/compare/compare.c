/* Comparisons over a run: see compare.h. */
#include "compare/compare.h"

#include <math.h>
#include <string.h>

#include "compare/differ.h"
#include "compare/verdict.h"
#include "merge/rank.h"

/* --- Sides ------------------------------------------------------------------------------------- */

/* Values without a place in an order (infinite ones) are none. A column that nobody filled has none either. */
static const double *finite_values(const double *values, size_t n, struct arena *arena)
{
    size_t k = 0;
    while (values && k < n && !isinf(values[k]))
        k++;
    if (values && k == n)
        return values;
    double *copy = arena_array(arena, n, sizeof *copy);
    for (size_t i = 0; copy && i < n; i++)
        copy[i] = values && !isinf(values[i]) ? values[i] : (double)NAN;
    return copy;
}

static void fill_merge(const struct result *result, const struct compare_name *name,
                       struct result_side *side, const double **values)
{
    for (size_t m = 0; m < result->n_merges; m++)
        if (strcmp(result->merges[m].name, name->merge->name) == 0) {
            side->merge = m;
            side->better = result->merges[m].better;
            *values = result->merges[m].score;
        }
}

/* A write that declares no quantity answers a question of its own. */
static const char *quantity_of(const struct plugin *plugin, const struct uptake_write *write,
                               struct arena *arena)
{
    return *write->quantity ? write->quantity
                            : arena_format(arena, "%s.%s", plugin->id, write->name);
}

static void fill_measure(const struct plan *plan, struct result *result,
                         const struct compare_name *name, struct result_side *side,
                         const double **values)
{
    if (name->source.plugin == SIZE_MAX) {
        const struct model_column *column = source_field(plan, result->model, &name->source);
        *values = column->values;
        side->unit = column->unit ? column->unit : "";
        return;
    }
    const struct result_plugin *plugin = &result->plugins[name->source.plugin];
    const struct result_column *column = &plugin->columns[name->source.write];
    side->plugin = name->source.plugin;
    side->write = name->source.write;
    side->better = column->write->better;
    side->unit = column->write->unit;
    side->quantity = quantity_of(plugin->plugin, column->write, &result->arena);
    *values = column->values;
}

static int fill_side(const struct plan *plan, const struct compare_job *job, size_t k,
                     struct result *result, struct result_side *side, struct uptake_error *error)
{
    const struct compare_name *name = &job->names[k];
    const double *values = NULL;
    *side = (struct result_side){
        .name = name->label, .plugin = SIZE_MAX, .merge = SIZE_MAX, .quantity = "", .unit = ""};
    if (name->merge)
        fill_merge(result, name, side, &values);
    else
        fill_measure(plan, result, name, side, &values);
    if (job->spec->quantity)
        side->quantity = job->spec->quantity;
    if (name->better != UPTAKE_NEITHER)
        side->better = name->better;
    side->value = finite_values(values, result->model->innovations, &result->arena);
    return side->value && side->quantity ? 0 : error_memory(error);
}

/* --- Pairs ------------------------------------------------------------------------------------- */

/* What the pairs of one comparison share: every side's own list, and the common values of one pair. */
struct work {
    const struct spec_compare *spec;
    const bool *picked; /* NULL: the usual statistics */
    const struct result *result;
    struct arena *arena;
    const struct result_side *sides;
    size_t n_sides;
    size_t rows;
    uint32_t *lists; /* rows a side */
    uint32_t *common;
    double *x, *y;
};

static void work_finish(struct work *work)
{
    rank_free(&work->lists);
    rank_free(&work->common);
    rank_free(&work->x);
    rank_free(&work->y);
}

static int work_start(struct work *work, struct uptake_error *error)
{
    work->lists = rank_alloc(work->rows * work->n_sides, sizeof *work->lists, error);
    work->common = work->lists ? rank_alloc(work->rows, sizeof *work->common, error) : NULL;
    work->x = work->common ? rank_alloc(work->rows, sizeof *work->x, error) : NULL;
    work->y = work->x ? rank_alloc(work->rows, sizeof *work->y, error) : NULL;
    if (!work->y)
        return -1;
    for (size_t s = 0; s < work->n_sides; s++)
        if (rank_competition(work->sides[s].value, work->rows, work->sides[s].better < 0 ? -1 : 1,
                             work->spec->eps, work->lists + s * work->rows, error) != 0)
            return -1;
    return 0;
}

static double tolerance_of(const struct work *work, const struct result_side *side)
{
    if (side->plugin == SIZE_MAX)
        return 0;
    const struct result_plugin *plugin = &work->result->plugins[side->plugin];
    double tolerance = plugin->columns[side->write].write->tolerance;
    return isfinite(tolerance) ? fmax(tolerance, 0) : 0;
}

static int pair_start(const struct work *work, size_t a, size_t b, struct pair *pair,
                      struct uptake_error *error)
{
    const struct spec_compare *spec = work->spec;
    const struct result_side *sides[] = {&work->sides[a], &work->sides[b]};
    *pair = (struct pair){.a = sides[0],
                          .b = sides[1],
                          .rows = work->rows,
                          .eps = spec->eps,
                          .top_k = spec->top_k,
                          .rbo_p = spec->rbo_p,
                          .tolerance = spec->tolerance,
                          .x = work->x,
                          .y = work->y,
                          .list_a = work->lists + a * work->rows,
                          .list_b = work->lists + b * work->rows};
    if (isnan(pair->tolerance))
        pair->tolerance = fmax(tolerance_of(work, sides[0]), tolerance_of(work, sides[1]));
    for (size_t i = 0; i < work->rows; i++)
        if (!isnan(sides[0]->value[i]) && !isnan(sides[1]->value[i])) {
            work->x[pair->n] = sides[0]->value[i];
            work->y[pair->n] = sides[1]->value[i];
            pair->n++;
        }
    struct agreement_column columns[2];
    for (int k = 0; k < 2; k++)
        columns[k] = (struct agreement_column){sides[k]->value, sides[k]->better, spec->eps};
    return agreement_measure(&columns[0], &columns[1], work->rows, &pair->agreement, error);
}

static bool is_wanted(const struct work *work, const struct statistic *rows, size_t k)
{
    return work->picked ? work->picked[k] : (rows[k].flags & STATISTIC_USUAL) != 0;
}

/* Values are compared where the spec asks for it, or both sides answer one question. */
static int compare_pair(const struct work *work, size_t a, size_t b, struct result_pair *out,
                        struct uptake_error *error)
{
    struct figures figures = {.arena = work->arena};
    struct pair pair;
    size_t count;
    const struct statistic *rows = statistics_rows(&count);
    if (pair_start(work, a, b, &pair, error) != 0)
        return -1;
    *out = (struct result_pair){.a = a, .b = b, .n = pair.n};
    if (verdict_give(&pair, work->arena, out, error) != 0)
        return -1;
    for (size_t k = 0; k < count; k++) {
        if (!rows[k].pair || !is_wanted(work, rows, k))
            continue;
        if (!work->picked && rows[k].flags & STATISTIC_VALUES && out->verdict_reason)
            figures_undefined(&figures, rows[k].name, out->verdict_reason);
        else if (rows[k].pair(&pair, &figures, error) != 0)
            return -1;
    }
    out->figures = figures.list;
    out->n_figures = figures.n;
    return figures.failed ? error_memory(error) : 0;
}

/* --- All sides together ------------------------------------------------------------------------ */

static size_t find_common(const struct work *work)
{
    size_t n = 0;
    for (size_t i = 0; i < work->rows; i++) {
        size_t s = 0;
        while (s < work->n_sides && !isnan(work->sides[s].value[i]))
            s++;
        if (s == work->n_sides)
            work->common[n++] = (uint32_t)i;
    }
    return n;
}

static int compare_all(const struct work *work, struct result_comparison *out,
                       struct uptake_error *error)
{
    struct figures figures = {.arena = work->arena};
    struct group group = {.sides = work->sides,
                          .n_sides = work->n_sides,
                          .rows = work->rows,
                          .eps = work->spec->eps,
                          .common = work->common,
                          .n = find_common(work)};
    size_t count;
    const struct statistic *rows = statistics_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (rows[k].group && (work->n_sides > 2 || work->picked) && is_wanted(work, rows, k) &&
            rows[k].group(&group, &figures, error) != 0)
            return -1;
    out->n = group.n;
    out->all = figures.list;
    out->n_all = figures.n;
    if (figures.failed)
        return error_memory(error);
    return differ_find(&group, work->result->model, work->arena, out, error);
}

/* --- One comparison ---------------------------------------------------------------------------- */

static int compare_sides(struct work *work, struct result_comparison *out,
                         struct uptake_error *error)
{
    size_t n = out->n_sides;
    out->pairs = arena_array(work->arena, n * (n - 1) / 2, sizeof *out->pairs);
    if (!out->pairs)
        return error_memory(error);
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (compare_pair(work, a, b, &out->pairs[out->n_pairs++], error) != 0)
                return -1;
    return compare_all(work, out, error);
}

static int compare_one(const struct plan *plan, const struct compare_job *job,
                       struct result *result, struct result_comparison *out,
                       struct uptake_error *error)
{
    *out = (struct result_comparison){.n_sides = job->spec->n_between,
                                      .picked = job->picked != NULL,
                                      .top_k = job->spec->top_k,
                                      .rbo_p = job->spec->rbo_p};
    out->sides = arena_array(&result->arena, out->n_sides, sizeof *out->sides);
    if (!out->sides)
        return error_memory(error);
    for (size_t k = 0; k < out->n_sides; k++)
        if (fill_side(plan, job, k, result, &out->sides[k], error) != 0)
            return -1;
    __attribute__((cleanup(work_finish))) struct work work = {.spec = job->spec,
                                                              .picked = job->picked,
                                                              .result = result,
                                                              .arena = &result->arena,
                                                              .sides = out->sides,
                                                              .n_sides = out->n_sides,
                                                              .rows = result->model->innovations};
    return work_start(&work, error) != 0 ? -1 : compare_sides(&work, out, error);
}

int compare_two(const struct result_side sides[2], size_t rows, const struct spec_compare *how,
                struct arena *arena, struct result_pair *out, struct uptake_error *error)
{
    __attribute__((cleanup(work_finish))) struct work work = {
        .spec = how, .arena = arena, .sides = sides, .n_sides = 2, .rows = rows};
    return work_start(&work, error) != 0 ? -1 : compare_pair(&work, 0, 1, out, error);
}

int compare_apply(const struct plan *plan, const struct compare_jobs *jobs, struct result *result,
                  struct uptake_error *error)
{
    result->comparisons = arena_array(&result->arena, jobs->n_jobs, sizeof *result->comparisons);
    if (!result->comparisons)
        return error_memory(error);
    for (size_t k = 0; k < jobs->n_jobs; k++) {
        if (compare_one(plan, &jobs->jobs[k], result, &result->comparisons[k], error) != 0)
            return -1;
        result->n_comparisons++;
    }
    return 0;
}
