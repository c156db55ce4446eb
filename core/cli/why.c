/* Why a ranking changed: see why.h. Every mixture of what was edited is run, and each move shared out by Shapley's value. */
#include "cli/why.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/why_replay.h"
#include "compare/shapley.h"

/* A score and a rank; NaN: none. */
struct place_of {
    double score, rank;
};

struct why {
    const struct why_ask *ask;
    struct attribution *to;
    struct why_replay replay;
    const struct runs_merge **merges; /* that both runs have, one a merge of the attribution */
    struct place_of *ends[2];         /* n_merges x rows of the runs: before, and after */
    unsigned taking;                  /* the end, or the mixture, that is being taken */
    int32_t *slots;                   /* the same: row of the attribution, or -1 */
    struct place_of *values;          /* mixtures x n_slots */
    size_t n_slots;
    const char **troubles; /* a mixture's */
};

__attribute__((format(printf, 2, 3))) static int cannot(struct why *why, const char *format, ...)
{
    char text[ERROR_BYTES];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    why->to->trouble = arena_text(&why->to->arena, text, strlen(text));
    return why->to->trouble ? 1 : -1;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* --- Taking what a mixture gives --------------------------------------------------------------- */

static size_t row_of(const struct runs *runs, const char *id)
{
    size_t low = 0, high = runs->n_rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(runs->rows[middle].id, id);
        if (order == 0)
            return middle;
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return SIZE_MAX;
}

static const struct result_merged *merge_named(const struct result *result, const char *name)
{
    for (size_t m = 0; m < result->n_merges; m++)
        if (strcmp(result->merges[m].name, name) == 0)
            return &result->merges[m];
    return NULL;
}

static struct place_of place_in(const struct result_merged *merged, uint64_t i)
{
    return (struct place_of){merged->score[i],
                             merged->rank[i] ? (double)merged->rank[i] : (double)NAN};
}

static void clear(struct place_of *places, size_t count)
{
    for (size_t k = 0; k < count; k++)
        places[k] = (struct place_of){(double)NAN, (double)NAN};
}

/* Calls put for each innovation of the runs that the mixture has, merge by merge. */
static void take(struct why *why, const struct result *result,
                 void (*put)(struct why *why, size_t m, size_t row, struct place_of place))
{
    const struct model *model = result->model;
    for (uint64_t i = 0; i < model->innovations; i++) {
        size_t row = row_of(why->ask->runs, model_text(model, model->ids[i]));
        for (size_t m = 0; m < why->to->n_merges && row != SIZE_MAX; m++) {
            const struct result_merged *merged = merge_named(result, why->to->merges[m].name);
            if (merged)
                put(why, m, row, place_in(merged, i));
        }
    }
}

static void put_end(struct why *why, size_t m, size_t row, struct place_of place)
{
    why->ends[why->taking][m * why->ask->runs->n_rows + row] = place;
}

static void take_end(void *user, unsigned made, const struct result *result)
{
    (void)made;
    take(user, result, put_end);
}

static void put_value(struct why *why, size_t m, size_t row, struct place_of place)
{
    int32_t slot = why->slots[m * why->ask->runs->n_rows + row];
    if (slot >= 0)
        why->values[why->taking * why->n_slots + (size_t)slot] = place;
}

static void take_value(void *user, unsigned made, const struct result *result)
{
    struct why *why = user;
    why->taking = made;
    take(why, result, put_value);
}

/* --- Both ends --------------------------------------------------------------------------------- */

static bool close_to(double x, double y)
{
    return isnan(x) || isnan(y) ? isnan(x) && isnan(y)
                                : fabs(x - y) <= 1e-9 * fmax(1, fmax(fabs(x), fabs(y)));
}

/* A replay that gives something else than the record cannot explain it. */
static int hold_against_record(struct why *why, int end)
{
    const struct runs *runs = why->ask->runs;
    for (size_t m = 0; m < why->to->n_merges; m++)
        for (size_t k = 0; k < runs->n_rows; k++) {
            const struct runs_merge *merge = why->merges[m];
            const struct result_merged *recorded = end ? merge->b : merge->a;
            uint64_t i = end ? runs->rows[k].b : runs->rows[k].a;
            if (i == UINT64_MAX)
                continue;
            struct place_of was = place_in(recorded, i);
            struct place_of is = why->ends[end][m * runs->n_rows + k];
            if (!close_to(was.score, is.score) || !close_to(was.rank, is.rank))
                return cannot(why,
                              "run again, %s gives %s another score or rank in %s: something is no "
                              "longer what it was (`uptake rerun` says more)",
                              why->replay.records[end]->path, runs->rows[k].id, merge->name);
        }
    return 0;
}

static int run_end(struct why *why, int end, struct uptake_error *error)
{
    const struct why_taker taker = {take_end, why};
    size_t cells = why->to->n_merges * why->ask->runs->n_rows;
    unsigned made = end ? (1u << why->to->edits.n_players) - 1 : 0;
    const char *trouble;
    why->ends[end] = arena_array(&why->to->arena, cells, sizeof(struct place_of));
    if (!why->ends[end])
        return error_memory(error);
    clear(why->ends[end], cells);
    why->taking = (unsigned)end;
    int answer = why_replay_run(&why->replay, made, &taker, &trouble, error);
    if (answer > 0)
        return cannot(why, "%s cannot be run again: %s", why->replay.records[end]->path, trouble);
    return answer ? answer : hold_against_record(why, end);
}

/* --- Which innovations ------------------------------------------------------------------------- */

static int by_move(const void *a, const void *b)
{
    const struct attribution_row *x = a, *y = b;
    double dx = fabs(x->rank[1] - x->rank[0]), dy = fabs(y->rank[1] - y->rank[0]);
    if (dx != dy)
        return dx > dy ? -1 : 1;
    dx = fabs(x->score[1] - x->score[0]);
    dy = fabs(y->score[1] - y->score[0]);
    return dx != dy ? (dx > dy ? -1 : 1) : strcmp(x->id, y->id);
}

static bool changed(const struct attribution_row *row)
{
    bool ranked = !isnan(row->rank[0]) && !isnan(row->rank[1]) && isfinite(row->score[0]) &&
                  isfinite(row->score[1]);
    return ranked && (row->rank[0] != row->rank[1] || row->score[0] != row->score[1]);
}

static int pick_rows(struct why *why, size_t m, struct uptake_error *error)
{
    const struct runs *runs = why->ask->runs;
    struct attribution_merge *merge = &why->to->merges[m];
    size_t count = 0;
    merge->rows = arena_array(&why->to->arena, runs->n_rows, sizeof *merge->rows);
    if (!merge->rows)
        return error_memory(error);
    for (size_t k = 0; k < runs->n_rows; k++) {
        struct place_of a = why->ends[0][m * runs->n_rows + k];
        struct place_of b = why->ends[1][m * runs->n_rows + k];
        struct attribution_row row = {
            .id = runs->rows[k].id, .score = {a.score, b.score}, .rank = {a.rank, b.rank}};
        if (changed(&row))
            merge->rows[count++] = row;
    }
    if (count)
        qsort(merge->rows, count, sizeof *merge->rows, by_move);
    merge->n_rows = count < ATTRIBUTION_MOST ? count : ATTRIBUTION_MOST;
    merge->left_out = count - merge->n_rows;
    for (size_t k = 0; k < merge->n_rows; k++)
        why->slots[m * runs->n_rows + row_of(runs, merge->rows[k].id)] = (int32_t)why->n_slots++;
    return 0;
}

static int pick_all(struct why *why, struct uptake_error *error)
{
    size_t cells = why->to->n_merges * why->ask->runs->n_rows;
    why->slots = arena_array(&why->to->arena, cells, sizeof *why->slots);
    if (!why->slots)
        return error_memory(error);
    memset(why->slots, -1, cells * sizeof *why->slots);
    for (size_t m = 0; m < why->to->n_merges; m++)
        if (pick_rows(why, m, error) != 0)
            return -1;
    return why->n_slots ? 0
                        : cannot(why, "no score and no rank of an innovation that both have "
                                      "changed");
}

/* --- Every mixture ----------------------------------------------------------------------------- */

/* Mixtures that load the same model come one after the other. */
static unsigned nth_mixture(unsigned n, unsigned reloading, unsigned players)
{
    unsigned made = 0, inner = 0;
    for (unsigned pass = 0; pass < 2; pass++)
        for (unsigned p = 0; p < players; p++)
            if ((reloading >> p & 1) == pass)
                made |= (n >> inner++ & 1) << p;
    return made;
}

static int run_all(struct why *why, struct uptake_error *error)
{
    const struct why_taker taker = {take_value, why};
    const struct run_progress *progress = why->ask->run->progress;
    unsigned players = why->to->edits.n_players, count = 1u << players;
    double start = now();
    why->values = arena_array(&why->to->arena, (size_t)count * why->n_slots, sizeof *why->values);
    why->troubles = arena_array(&why->to->arena, count, sizeof *why->troubles);
    if (!why->values || !why->troubles)
        return error_memory(error);
    clear(why->values, (size_t)count * why->n_slots);
    for (unsigned n = 0; n < count; n++) {
        unsigned made = nth_mixture(n, why->replay.reloading, players);
        if (now() - start > why->ask->seconds)
            return cannot(why,
                          "after %g s only %u of %u mixtures were run: give more --seconds, or "
                          "fewer --groups",
                          why->ask->seconds, n, count);
        if (progress)
            progress->show(progress->user, "attributing", why->replay.records[1]->path,
                           (double)n / count);
        if (why_replay_run(&why->replay, made, &taker, &why->troubles[made], error) < 0)
            return -1;
    }
    return 0;
}

/* --- Shares ------------------------------------------------------------------------------------ */

/* "weights, barriers.floor": what a mixture has of the second run. */
static const char *players_of(struct why *why, unsigned made)
{
    const char *text = NULL;
    for (unsigned p = 0; p < why->to->edits.n_players; p++)
        if (made >> p & 1)
            text = arena_format(&why->to->arena, "%s%s%s", text ? text : "", text ? "; " : "",
                                why->to->edits.players[p].name);
    return text ? text : "nothing";
}

static const char *trouble_of(struct why *why, unsigned made)
{
    const char *which = players_of(why, made);
    return why->troubles[made]
               ? arena_format(&why->to->arena, "with only this as it is after (%s): %s", which,
                              why->troubles[made])
               : arena_format(&why->to->arena, "with only this as it is after (%s) it has no rank",
                              which);
}

static int share_out(struct why *why, struct attribution_row *row, size_t slot,
                     struct uptake_error *error)
{
    unsigned players = why->to->edits.n_players;
    const struct place_of *values = why->values + slot;
    size_t stride = why->n_slots * sizeof *values / sizeof(double);
    for (unsigned made = 0; made < 1u << players; made++) {
        const struct place_of *place = &values[made * why->n_slots];
        if (isfinite(place->score) && !isnan(place->rank))
            continue;
        row->trouble = trouble_of(why, made);
        return row->trouble ? 0 : error_memory(error);
    }
    row->score_shares = arena_array(&why->to->arena, players, sizeof(double));
    row->rank_shares = arena_array(&why->to->arena, players, sizeof(double));
    if (!row->score_shares || !row->rank_shares)
        return error_memory(error);
    shapley_values(&values->score, stride, players, row->score_shares);
    shapley_values(&values->rank, stride, players, row->rank_shares);
    return 0;
}

static int share_all(struct why *why, struct uptake_error *error)
{
    size_t slot = 0;
    for (size_t m = 0; m < why->to->n_merges; m++)
        for (size_t k = 0; k < why->to->merges[m].n_rows; k++)
            if (share_out(why, &why->to->merges[m].rows[k], slot++, error) != 0)
                return -1;
    return 0;
}

/* --- All of it --------------------------------------------------------------------------------- */

static int list_merges(struct why *why, struct uptake_error *error)
{
    const struct runs *runs = why->ask->runs;
    struct arena *arena = &why->to->arena;
    why->to->merges = arena_array(arena, runs->n_merges, sizeof *why->to->merges);
    why->merges = arena_array(arena, runs->n_merges, sizeof *why->merges);
    if (!why->to->merges || !why->merges)
        return error_memory(error);
    for (size_t k = 0; k < runs->n_merges; k++)
        if (runs->merges[k].a && runs->merges[k].b) {
            why->merges[why->to->n_merges] = &runs->merges[k];
            why->to->merges[why->to->n_merges++].name = runs->merges[k].name;
        }
    return why->to->n_merges ? 0 : cannot(why, "the two have no merge in common");
}

static int settle_players(struct why *why, struct uptake_error *error)
{
    struct edits *edits = &why->to->edits;
    if (edits->n_groups == 0)
        return cannot(why, "nothing that went in, and could change a rank, differs");
    if (edits_settle(edits, why->ask->players, error) != 0)
        return -1;
    why_replay_forget(&why->replay);
    return 0;
}

static int attribute(struct why *why, struct uptake_error *error)
{
    int answer = list_merges(why, error);
    answer = answer ? answer : why_replay_open(&why->replay, error);
    answer = answer ? answer : settle_players(why, error);
    for (int end = 0; end < 2 && answer == 0; end++)
        answer = run_end(why, end, error);
    answer = answer ? answer : pick_all(why, error);
    answer = answer ? answer : why_bind(&why->replay, error);
    answer = answer ? answer : run_all(why, error);
    return answer ? answer : share_all(why, error);
}

int why_attribute(const struct why_ask *ask, struct attribution *attribution,
                  struct uptake_error *error)
{
    *attribution = (struct attribution){0};
    attribution->edits.arena = &attribution->arena;
    struct why why = {
        .ask = ask,
        .to = attribution,
        .replay = {.records = {ask->runs->a, ask->runs->b}, .run = ask->run, .to = attribution}};
    int answer = attribute(&why, error);
    why_replay_close(&why.replay);
    return answer < 0 ? -1 : 0;
}

void why_finish(struct attribution *attribution)
{
    arena_finish(&attribution->arena);
    *attribution = (struct attribution){0};
}
