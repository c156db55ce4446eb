/*
 * Scoring by a plugin: see foreign.h. The candidates' values go into sealed memory, the plugin writes between unreadable
 * pages in a child of its own, and what it wrote is copied and checked before anybody else sees it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "merge/cell.h"
#include "merge/foreign.h"
#include "merge/grid.h"
#include "merge/rank.h"
#include "merge/score.h"
#include "run/once.h"

/* A bound this little on the wrong side of its score is rounding. */
static const double ROUNDING = 1e-9;

enum end { VALUE, LOW, HIGH, ENDS };

struct asking {
    const struct grid *grid;
    const struct foreign *foreign;
    struct once once;
    size_t c;                              /* candidates */
    uint32_t *row;                         /* [c] */
    struct uptake_merge_measure *measures; /* a column each */
    const double **in[ENDS];               /* a column each, [c] */
    double *out[ENDS];                     /* [c] */
    double *parts;                         /* [columns * c], or NULL */
    double *copy;                          /* all of that, once the child is gone */
    double *copied[ENDS];                  /* into it */
    double *copied_parts;
    char *why;
};

static bool writes_bounds(const struct asking *a)
{
    return a->foreign->plugin->flags & UPTAKE_MERGE_BOUNDS;
}

/* Whether it is called for the bounds, too. */
static bool called_for_bounds(const struct asking *a)
{
    return a->grid->bounded && !writes_bounds(a);
}

static bool has_end(const struct asking *a, enum end end)
{
    return end == VALUE || writes_bounds(a) || called_for_bounds(a);
}

static void asking_finish(struct asking *a)
{
    once_close(&a->once);
    rank_free(&a->row);
    free(a->measures);
    for (size_t end = 0; end < ENDS; end++)
        free((void *)a->in[end]);
    rank_free(&a->copy);
}

/* --- Calling: in the child --------------------------------------------------------------------- */

static void fail(struct uptake_merge_call *call, const char *format, va_list values)
{
    const struct asking *a = call->private_;
    vsnprintf(a->why, 256, format, values);
}

static void fail_plain(struct uptake_merge_call *call, const char *text, size_t bytes)
{
    const struct asking *a = call->private_;
    snprintf(a->why, 256, "%.*s", (int)(bytes < 255 ? bytes : 255), text);
}

/* Every value at one of its ends; the score goes where that end's is wanted. */
static int call_once(struct asking *a, const struct uptake_merge_plugin *code, enum end end)
{
    struct uptake_merge_call call = {
        .size = sizeof call,
        .n = a->c,
        .params = a->foreign->params,
        .measures = {a->measures, a->grid->n_columns, sizeof *a->measures},
        .score = a->out[end],
        .low = writes_bounds(a) ? a->out[LOW] : NULL,
        .high = writes_bounds(a) ? a->out[HIGH] : NULL,
        .parts = end == VALUE ? a->parts : NULL,
        .fail = fail,
        .fail_plain = fail_plain,
        .private_ = a};
    for (size_t k = 0; k < a->grid->n_columns; k++) {
        a->measures[k].values = a->in[end][k];
        a->measures[k].low = writes_bounds(a) ? a->in[LOW][k] : NULL;
        a->measures[k].high = writes_bounds(a) ? a->in[HIGH][k] : NULL;
    }
    int answer = code->merge(&call);
    if (answer != 0 && !*a->why)
        snprintf(a->why, 256, "it answered %d, and no reason", answer);
    return answer != 0 ? -1 : 0;
}

static int body(const struct uptake_bundle *loaded, void *data, char *why)
{
    struct asking *a = data;
    struct uptake_error error = {0};
    const struct uptake_merge_plugin *code = plugin_merge_code(loaded, a->foreign->plugin, &error);
    a->why = why;
    if (!code) {
        snprintf(why, 256, "%.250s", error.text[0]);
        return -1;
    }
    if (call_once(a, code, VALUE) != 0)
        return -1;
    if (!called_for_bounds(a))
        return 0;
    return call_once(a, code, LOW) != 0 || call_once(a, code, HIGH) != 0 ? -1 : 0;
}

/* --- Handing over ------------------------------------------------------------------------------ */

static int list_candidates(struct asking *a, struct uptake_error *error)
{
    a->row = rank_alloc(a->grid->n, sizeof *a->row, error);
    for (size_t i = 0; a->row && i < a->grid->n; i++)
        if (a->grid->standing[i] == MERGE_RANKED)
            a->row[a->c++] = (uint32_t)i;
    return a->row ? 0 : -1;
}

/* A column's ends that differ from its values need room of their own. */
static bool own_ends(const struct asking *a, size_t k)
{
    return a->grid->columns[k].bounded && has_end(a, LOW);
}

static int open_memory(struct asking *a, struct uptake_error *error)
{
    size_t columns = a->grid->n_columns, count = 0, bytes = a->c * sizeof(double);
    size_t *sections = calloc(3 * columns + ENDS + 1, sizeof *sections);
    if (!sections)
        return error_memory(error);
    for (size_t k = 0; k < columns; k++)
        for (size_t end = 0; end < (own_ends(a, k) ? ENDS : 1); end++)
            sections[count++] = bytes;
    for (size_t end = 0; end < (has_end(a, LOW) ? ENDS : 1); end++)
        sections[count++] = bytes;
    if (a->foreign->plugin->flags & UPTAKE_MERGE_PARTS)
        sections[count++] = bytes * columns;
    int failed = once_open(&a->once, sections, count, error);
    free(sections);
    return failed;
}

/* One column's candidates, into memory that nobody can change afterwards. */
static int fill_end(struct asking *a, size_t k, enum end end, const double *from)
{
    double *into = once_section(&a->once, a->c * sizeof *into);
    for (size_t j = 0; into && j < a->c; j++)
        into[j] = from[a->row[j]];
    a->in[end][k] = into;
    return into ? once_seal(into, a->c * sizeof *into) : -1;
}

static int fill_columns(struct asking *a, struct uptake_error *error)
{
    size_t n = a->grid->n;
    RANK_SCRATCH double *cells = rank_alloc(n, sizeof(double[ENDS]), error);
    if (!cells)
        return -1;
    for (size_t k = 0; k < a->grid->n_columns; k++) {
        double *const ends[ENDS] = {cells, cells + n, cells + 2 * n};
        cell_read(&a->grid->columns[k], 0, n, (struct cell_block){ends[0], ends[1], ends[2]});
        int failed = fill_end(a, k, VALUE, ends[VALUE]);
        for (size_t end = LOW; end < ENDS && !failed; end++) {
            a->in[end][k] = a->in[VALUE][k];
            if (own_ends(a, k))
                failed = fill_end(a, k, (enum end)end, ends[end]);
        }
        if (failed)
            return error_memory(error);
    }
    return 0;
}

/* What is not written is found out. */
static double *open_out(struct asking *a, size_t count)
{
    double *out = once_section(&a->once, count * sizeof *out);
    for (size_t j = 0; out && j < count; j++)
        out[j] = uptake_missing_number(UPTAKE_LEFT_OUT);
    return out;
}

static int open_outs(struct asking *a, struct uptake_error *error)
{
    bool wants_parts = a->foreign->plugin->flags & UPTAKE_MERGE_PARTS;
    for (size_t end = 0; end < ENDS; end++)
        if (has_end(a, (enum end)end) && !(a->out[end] = open_out(a, a->c)))
            return error_memory(error);
    if (wants_parts && !(a->parts = open_out(a, a->c * a->grid->n_columns)))
        return error_memory(error);
    return 0;
}

/* Limits on the scale that values are on. */
static double limit_of(const struct grid *grid, const struct grid_column *column, double oriented)
{
    double limit = grid->normalise == MERGE_NONE ? oriented : cell_normalised(column, oriented);
    return column->constant ? (double)NAN : limit;
}

static void describe_columns(struct asking *a)
{
    const struct grid *grid = a->grid;
    for (size_t k = 0; k < grid->n_columns; k++) {
        const struct grid_column *column = &grid->columns[k];
        a->measures[k] =
            (struct uptake_merge_measure){.index = (uint32_t)k,
                                          .better = column->measure->better,
                                          .name = column->measure->name,
                                          .weight = column->weight / grid->weight_sum,
                                          .min = limit_of(grid, column, column->bottom),
                                          .max = limit_of(grid, column, column->top)};
    }
}

static int asking_open(struct asking *a, struct uptake_error *error)
{
    size_t columns = a->grid->n_columns;
    a->once = (struct once){.plugin = &a->foreign->plugin->plugin,
                            .seconds = a->foreign->seconds,
                            .memory = a->foreign->memory,
                            .in_process = a->foreign->in_process,
                            .body = body,
                            .data = a};
    a->measures = calloc(columns + 1, sizeof *a->measures);
    bool whole = a->measures;
    for (size_t end = 0; end < ENDS; end++)
        whole = (a->in[end] = calloc(columns + 1, sizeof(const double *))) && whole;
    if (!whole)
        return error_memory(error);
    describe_columns(a);
    return open_memory(a, error) || fill_columns(a, error) || open_outs(a, error) ? -1 : 0;
}

/* --- What came back ---------------------------------------------------------------------------- */

static int take(struct asking *a, struct uptake_error *error)
{
    size_t columns = a->grid->n_columns, bytes = a->c * sizeof(double);
    a->copy = rank_alloc(a->c, (ENDS + columns) * sizeof(double), error);
    if (!a->copy)
        return -1;
    for (size_t end = 0; end < ENDS; end++) {
        const double *from = a->out[end] ? a->out[end] : a->out[VALUE];
        a->copied[end] = a->copy + end * a->c;
        if (from)
            memcpy(a->copied[end], from, bytes);
    }
    if (a->parts) {
        a->copied_parts = a->copy + ENDS * a->c;
        memcpy(a->copied_parts, a->parts, bytes * columns);
    }
    return 0;
}

/* Of a score that gets better downwards, the worst values give the highest. */
static void turn(struct asking *a)
{
    if (!called_for_bounds(a) || a->foreign->method.better > 0)
        return;
    double *low = a->copied[LOW];
    a->copied[LOW] = a->copied[HIGH];
    a->copied[HIGH] = low;
}

static const char *id_of(const struct asking *a, size_t j, char text[72])
{
    return grid_id(a->grid->request, a->row[j], text);
}

static bool check_number(const struct asking *a, size_t j, double x, const char *what, char *why)
{
    const struct plugin_merge *plugin = a->foreign->plugin;
    char id[72];
    if (!isfinite(x))
        snprintf(why, ONCE_WHY_BYTES, "%s for %s is %s, expected a finite number", what,
                 id_of(a, j, id), isnan(x) ? "not a number, or was not written" : "infinite");
    else if (x < plugin->min || x > plugin->max)
        snprintf(why, ONCE_WHY_BYTES, "%s for %s is %.10g, expected %g to %g, as it declares", what,
                 id_of(a, j, id), x, plugin->min, plugin->max);
    else
        return true;
    return false;
}

/* A bound that rounding put on the wrong side is the score. */
static bool check_bounds(const struct asking *a, size_t j, char *why)
{
    double score = a->copied[VALUE][j], *low = &a->copied[LOW][j], *high = &a->copied[HIGH][j];
    double slack = ROUNDING * fmax(1, fabs(score));
    char id[72];
    if (*low <= score + slack && *high >= score - slack) {
        *low = fmin(*low, score);
        *high = fmax(*high, score);
        return true;
    }
    snprintf(why, ONCE_WHY_BYTES,
             "%sits score for %s is %.10g, outside its own bounds %.10g to %.10g",
             writes_bounds(a) ? "" : "it says that better values give no worse score, but ",
             id_of(a, j, id), score, *low, *high);
    return false;
}

static bool check_parts(const struct asking *a, size_t j, char *why)
{
    char id[72];
    for (size_t k = 0; a->copied_parts && k < a->grid->n_columns; k++)
        if (!isfinite(a->copied_parts[k * a->c + j])) {
            snprintf(why, ONCE_WHY_BYTES,
                     "the part of %.60s in its score for %s is no finite number",
                     a->measures[k].name, id_of(a, j, id));
            return false;
        }
    return true;
}

static bool check_scores(const struct asking *a, char *why)
{
    for (size_t j = 0; j < a->c; j++)
        if (!check_number(a, j, a->copied[VALUE][j], "its score", why) ||
            !check_number(a, j, a->copied[LOW][j], "its lower bound", why) ||
            !check_number(a, j, a->copied[HIGH][j], "its upper bound", why) ||
            !check_bounds(a, j, why) || !check_parts(a, j, why))
            return false;
    return true;
}

/* --- Into the merge ---------------------------------------------------------------------------- */

static void clear(const struct grid *grid, const struct score_columns *scores)
{
    for (size_t i = 0; i < grid->n; i++)
        scores->score[i] = scores->low[i] = scores->high[i] = (double)NAN;
}

/* Weight that counts for a candidate: of what is there. */
static double weight_of(const struct asking *a, size_t j)
{
    double sum = 0;
    for (size_t k = 0; k < a->grid->n_columns; k++)
        sum += isnan(a->in[VALUE][k][j]) ? 0 : a->grid->columns[k].weight;
    return sum;
}

static void put_parts(const struct asking *a, size_t j)
{
    double sum = weight_of(a, j);
    for (size_t k = 0; k < a->grid->n_columns; k++) {
        const struct grid_column *column = &a->grid->columns[k];
        double value = a->in[VALUE][k][j];
        score_part(a->grid, column, a->row[j], value, isnan(value) ? 0 : column->weight / sum,
                   a->copied_parts ? a->copied_parts[k * a->c + j] : (double)NAN);
    }
}

static void put_scores(const struct asking *a, const struct score_columns *scores)
{
    bool bounded = a->grid->rule == MERGE_BOUNDS;
    for (size_t j = 0; j < a->c; j++) {
        size_t i = a->row[j];
        scores->score[i] = a->copied[VALUE][j];
        scores->low[i] = a->copied[bounded ? LOW : VALUE][j];
        scores->high[i] = a->copied[bounded ? HIGH : VALUE][j];
        put_parts(a, j);
    }
}

static void give_up(const struct asking *a, const char *why)
{
    const struct plugin *plugin = &a->foreign->plugin->plugin;
    for (size_t j = 0; j < a->c; j++)
        a->grid->standing[a->row[j]] = MERGE_FAILED;
    snprintf(a->grid->failure, MERGE_FAILURE_BYTES, "its method %s %s failed: %s", plugin->id,
             plugin->version, why);
}

/* --- All of it --------------------------------------------------------------------------------- */

static int ask(struct asking *a, const struct score_columns *scores, struct uptake_error *error)
{
    char why[ONCE_WHY_BYTES] = "";
    if (asking_open(a, error) != 0)
        return -1;
    int failed = once_run(&a->once, why, error);
    if (failed < 0 || (!failed && take(a, error) != 0))
        return -1;
    if (!failed)
        turn(a);
    if (failed || !check_scores(a, why))
        give_up(a, why);
    else
        put_scores(a, scores);
    return 0;
}

int foreign_score(const struct grid *grid, const struct score_columns *scores,
                  struct uptake_error *error)
{
    const struct foreign *foreign = grid->request->foreign;
    const uint32_t knows_bounds = UPTAKE_MERGE_MONOTONE | UPTAKE_MERGE_BOUNDS;
    __attribute__((cleanup(asking_finish))) struct asking a = {.grid = grid, .foreign = foreign};
    if (grid->bounded && !(foreign->plugin->flags & knows_bounds))
        return grid_refuse(
            grid->request, NULL, error,
            "something is missing or doubtful, and method %s knows no bounds; choose "
            "another rule than `missing: bounds` (`uptake describe merges`)",
            foreign->method.name);
    clear(grid, scores);
    if (list_candidates(&a, error) != 0)
        return -1;
    return a.c == 0 ? 0 : ask(&a, scores, error);
}
