/* From a merge to the run's results: see keep.h. */
#include "merge/keep.h"

#include <math.h>

int keep_parts(const struct spec_merge *spec, struct merge_request *request, struct result *result,
               struct uptake_error *error)
{
    size_t cells = request->n_measures * request->n;
    double **const into[] = {&request->parts.value, &request->parts.weight,
                             &request->parts.contribution};
    if (!(spec->parts < 0 ? request->n <= KEEP_PARTS : spec->parts))
        return 0;
    for (size_t k = 0; k < 3; k++)
        if (!(*into[k] = arena_array(&result->arena, cells, sizeof(double))))
            return error_memory(error);
    return 0;
}

static const char *normalise_of(const struct merge_result *from)
{
    size_t count;
    const struct merge_word *words = merge_normalisations(&count);
    return (size_t)from->normalise < count ? words[from->normalise].name : "rank";
}

static size_t count_extras(const struct merge_result *from)
{
    size_t count = 0;
    while (count < MERGE_EXTRAS && from->method->extras[count])
        count++;
    return count;
}

static int keep_all(const struct merge_result *from, const struct merge_request *request,
                    struct result *result, struct result_merge_parts *all)
{
    const char **names = arena_array(&result->arena, request->n_measures, sizeof *names);
    if (!names)
        return -1;
    for (size_t k = 0; k < request->n_measures; k++)
        names[k] = request->measures[k].name;
    *all = (struct result_merge_parts){.measures = names,
                                       .weights = from->weights,
                                       .n_measures = request->n_measures,
                                       .n_innovations = request->n,
                                       .value = request->parts.value,
                                       .weight = request->parts.weight,
                                       .contribution = request->parts.contribution,
                                       .extra_names = from->method->extras,
                                       .extra = from->extra,
                                       .n_extras = count_extras(from)};
    return 0;
}

static int keep_figures(const struct merge_result *from, struct result *result,
                        struct result_merged *merged)
{
    struct result_merge_figure *figures =
        arena_array(&result->arena, from->n_figures, sizeof *figures);
    for (size_t k = 0; figures && k < from->n_figures; k++)
        figures[k] = (struct result_merge_figure){.name = from->figures[k].name,
                                                  .value = from->figures[k].value,
                                                  .flag = from->figures[k].flag};
    merged->figures = figures;
    merged->n_figures = from->n_figures;
    return figures ? 0 : -1;
}

/* Where too little is known for a rank, a best guess would look like an answer; the bounds stay. */
static int hide_unranked(const struct merge_result *from, struct result *result,
                         struct result_merged *merged)
{
    bool alike = from->score_low == from->score && from->ranked < from->n;
    if (alike) {
        merged->score = arena_array(&result->arena, from->n, sizeof *merged->score);
        if (!merged->score)
            return -1;
        for (size_t i = 0; i < from->n; i++)
            merged->score[i] = from->score[i];
    }
    for (size_t i = 0; i < from->n; i++)
        if (from->rank[i] == 0)
            merged->score[i] = (double)NAN;
    return 0;
}

int keep_merge(const struct merge_result *from, const struct spec_merge *spec,
               const struct merge_request *request, struct result *result,
               struct result_merged *merged, struct uptake_error *error)
{
    size_t count;
    const char *source;
    *merged = (struct result_merged){
        .name = spec->name,
        .method = from->method->name,
        .not_a_bound = from->not_a_bound,
        .failure = *from->failure ? from->failure : NULL,
        .normalise = normalise_of(from),
        .missing = merge_rules(&count)[from->rule].name,
        .better = from->method->better,
        .score = from->score,
        .score_low = from->score_low,
        .score_high = from->score_high,
        .coverage = from->coverage,
        .rank = from->rank,
        .rank_low = from->rank_low,
        .rank_high = from->rank_high,
        .notes = from->notes,
        .n_notes = from->n_notes,
        .weighting = merge_weighting_at((size_t)from->weighting, &source)->name};
    int failed = hide_unranked(from, result, merged);
    if (from->n == 1) /* a place among nobody says nothing */
        from->rank[0] = from->rank_low[0] = from->rank_high[0] = 0;
    merged->order = arena_array(&result->arena, from->n, sizeof *merged->order);
    for (size_t k = 0; merged->order && k < from->n; k++)
        merged->order[k] = from->order[k];
    if (failed || !merged->order || keep_all(from, request, result, &merged->all) != 0 ||
        keep_figures(from, result, merged) != 0)
        return error_memory(error);
    return 0;
}
