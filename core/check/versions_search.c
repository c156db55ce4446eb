/* The search for the smallest model on which two versions of a plugin differ: see versions.h. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/number.h"
#include "check/shrink.h"
#include "check/versions.h"

/* --- How much differs -------------------------------------------------------------------------- */

/* Findings of one level that only one version has, less those that only the other has. */
static bool levels_differ(const struct runs *runs)
{
    for (int level = UPTAKE_BLOCKS; level <= UPTAKE_NOT_KNOWN; level++) {
        int64_t more = 0;
        for (size_t k = 0; k < runs->n_findings; k++)
            if (runs->findings[k].level == level)
                more += runs->findings[k].added ? 1 : -1;
        if (more != 0)
            return true;
    }
    return false;
}

enum versions_weight versions_weigh(const struct runs *runs)
{
    if (runs_figure(runs, "values_changed") > 0 || runs_figure(runs, "list_values_changed") > 0 ||
        runs->statuses > 0 || levels_differ(runs))
        return VERSIONS_RESULTS;
    return runs->reasons + runs->findings_added + runs->findings_removed > 0 ? VERSIONS_WORDS
                                                                             : VERSIONS_SAME;
}

/* --- One difference in words ------------------------------------------------------------------- */

static const char *cell_text(const struct result_plugin *plugin, const struct result_column *column,
                             uint64_t row, struct arena *arena)
{
    char text[UPTAKE_TEXT_BYTES + 1] = "missing";
    if (column->codes)
        return column->codes[row] < 0 ? "missing" : column->write->choices[column->codes[row]];
    if (!column->values)
        result_text(plugin, column, row, text);
    else if (isinf(column->values[row]))
        snprintf(text, sizeof text, "no limit");
    else if (!isnan(column->values[row]))
        number_print(text, column->values[row]);
    return arena_format(arena, "%s%s%s", text, column->values && *column->write->unit ? " " : "",
                        column->values ? column->write->unit : "");
}

static const char *say_cell(const struct runs *runs, const struct runs_measure *measure,
                            const char *where, uint64_t a, uint64_t b, struct arena *arena)
{
    const char *before = cell_text(measure->plugin_a, measure->a, a, arena);
    const char *after = cell_text(measure->plugin_b, measure->b, b, arena);
    (void)runs;
    if (!before || !after)
        return NULL;
    return arena_format(arena, "%s: %s is %s before and %s after%s", where, measure->name, before,
                        after, strcmp(before, after) == 0 ? " (its range differs)" : "");
}

static const char *say_value(const struct runs *runs, struct arena *arena)
{
    for (size_t m = 0; m < runs->n_measures; m++)
        for (size_t k = 0; runs->measures[m].changed > 0 && k < runs->n_rows; k++)
            if (runs_cell(runs, &runs->measures[m], k, NULL) == RUNS_CHANGED)
                return say_cell(runs, &runs->measures[m], runs->rows[k].id, runs->rows[k].a,
                                runs->rows[k].b, arena);
    return NULL;
}

static const char *say_list(const struct runs *runs, struct arena *arena)
{
    for (size_t l = 0; l < runs->n_lists; l++) {
        const struct runs_list *list = &runs->lists[l];
        if (list->of.changed + list->added + list->removed > 0)
            return arena_format(arena,
                                "%s: %" PRIu64 " rows of %s differ, %" PRIu64
                                " are only after, %" PRIu64 " only before",
                                list->of.name, list->of.changed, list->entity, list->added,
                                list->removed);
    }
    return NULL;
}

static const char *say_finding(const struct runs *runs, struct arena *arena)
{
    if (runs->n_findings == 0)
        return NULL;
    const struct runs_finding *finding = &runs->findings[0];
    return arena_format(arena, "%s: a finding only %s: %s",
                        finding->row == SIZE_MAX ? "the portfolio" : runs->rows[finding->row].id,
                        finding->added ? "after" : "before", finding->text);
}

static const char *say_status(const struct runs *runs, struct arena *arena)
{
    if (runs->n_changes == 0)
        return NULL;
    const struct runs_status *change = &runs->changes[0];
    return arena_format(arena, "%s: '%s' before and '%s' after", runs->rows[change->row].id,
                        change->a, change->b);
}

const char *versions_say(const struct runs *runs, struct arena *arena)
{
    const char *(*const ways[])(const struct runs *, struct arena *) = {say_status, say_value,
                                                                        say_list, say_finding};
    const char *said = NULL;
    for (size_t k = 0; k < sizeof ways / sizeof *ways && !said; k++)
        said = ways[k](runs, arena);
    return said ? said : "nothing differs";
}

/* --- One model --------------------------------------------------------------------------------- */

struct searching {
    const struct versions_ask *ask;
    const struct run_progress *progress; /* NULL: nobody asks */
    struct versions *versions;
    struct gen_schema schema;
    struct made_model made;
    enum versions_weight least; /* what still counts while a model is made small */
};

static struct trial_model text_of(const struct searching *s)
{
    struct trial_model model = made_text(&s->made);
    if (s->ask->as_of_given) {
        model.as_of_given = true;
        model.as_of = s->ask->as_of;
    }
    return model;
}

/* What the two make of the model as it is printed. One that is not valid for both: nothing. */
static int weigh(struct searching *s, enum versions_weight *found, const char **what,
                 struct uptake_error *error)
{
    struct uptake_error *invalid = calloc(1, sizeof *invalid);
    struct version sides[2] = {s->versions->sides[0], s->versions->sides[1]};
    struct trial_model model = text_of(s);
    struct runs runs = {0};
    if (!invalid)
        return error_memory(error);
    *found = VERSIONS_SAME;
    for (int k = 0; k < 2; k++)
        sides[k].trial = (struct trial){0};
    int failed = versions_both(s->ask, s->versions->name, &model, sides, &runs, invalid);
    if (!failed)
        *found = versions_weigh(&runs);
    if (!failed && what)
        *what = versions_say(&runs, &s->versions->arena);
    runs_finish(&runs);
    for (int k = 0; k < 2; k++)
        trial_finish(&sides[k].trial);
    if (failed && invalid->exit_code != EXIT_INPUT)
        *error = *invalid;
    failed = failed && invalid->exit_code != EXIT_INPUT ? -1 : 0;
    free(invalid);
    return failed;
}

static int still_differs(void *user, bool *holds, struct uptake_error *error)
{
    struct searching *s = user;
    enum versions_weight found;
    if (weigh(s, &found, NULL, error) != 0)
        return -1;
    *holds = found >= s->least;
    return 0;
}

/* --- The search -------------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Reads of both, so that a model has what either looks at. */
static int both_reads(const struct versions *versions, struct plugin *both, struct arena *arena)
{
    const struct plugin *a = versions->sides[0].plugin, *b = versions->sides[1].plugin;
    struct uptake_read *reads = arena_array(arena, a->n_reads + b->n_reads, sizeof *reads);
    if (!reads)
        return -1;
    if (a->n_reads)
        memcpy(reads, a->reads, a->n_reads * sizeof *reads);
    if (b->n_reads)
        memcpy(reads + a->n_reads, b->reads, b->n_reads * sizeof *reads);
    *both = *b;
    both->reads = reads;
    both->n_reads = a->n_reads + b->n_reads;
    return 0;
}

/* Keeps the model in s->made where it weighs more than what was found before. */
static int try_one(struct searching *s, struct rng *rng, struct made_model *best,
                   struct uptake_error *error)
{
    struct versions_search *search = &s->versions->search;
    struct uptake_error *unmade = calloc(1, sizeof *unmade);
    struct gen_shape shape = gen_some_shape(rng);
    enum versions_weight found = VERSIONS_SAME;
    int failed = unmade ? 0 : error_memory(error);
    uint64_t seed = rng_next(rng);
    if (unmade && made_open(&s->made, &s->schema, &shape, seed, unmade) == 0) {
        search->models++;
        failed = weigh(s, &found, NULL, error);
    } else if (unmade && search->models == 0) {
        search->trouble = arena_text(&s->versions->arena, unmade->text[0], strlen(unmade->text[0]));
    }
    free(unmade);
    if (failed || found <= search->found) {
        made_finish(&s->made);
        return failed;
    }
    search->found = found;
    search->number = search->models;
    made_finish(best);
    *best = s->made;
    s->made = (struct made_model){0};
    return 0;
}

/* A date that does not matter is one thing less to say. */
static int drop_date(struct searching *s, struct uptake_error *error)
{
    bool differs = false;
    if (!s->made.as_of_given)
        return 0;
    s->made.as_of_given = false;
    int failed = still_differs(s, &differs, error);
    s->made.as_of_given = !differs;
    return failed;
}

static int make_small(struct searching *s, struct uptake_error *error)
{
    struct versions_search *search = &s->versions->search;
    const struct shrink shrink = {&s->made, still_differs, s, s->ask->seconds};
    enum versions_weight found;
    struct trial_model model;
    s->least = search->found;
    if (shrink_model(&shrink, error) != 0 || drop_date(s, error) != 0 ||
        weigh(s, &found, &search->what, error) != 0)
        return -1;
    model = text_of(s);
    search->as_of_given = model.as_of_given;
    search->as_of = model.as_of;
    search->model = arena_text(&s->versions->arena, model.text, model.bytes);
    search->bytes = model.bytes;
    return search->model ? 0 : error_memory(error);
}

static int look(struct searching *s, struct uptake_error *error)
{
    const struct run_progress *progress = s->progress;
    struct versions_search *search = &s->versions->search;
    struct made_model best = {0};
    struct rng rng = {s->ask->seed};
    double start = now(), spent = 0;
    int failed = 0;
    while (!failed && search->found < VERSIONS_RESULTS && spent < s->ask->seconds) {
        failed = try_one(s, &rng, &best, error);
        spent = now() - start;
        if (progress)
            progress->show(progress->user, "searching", s->versions->name, spent / s->ask->seconds);
    }
    s->made = best;
    if (!failed && search->found != VERSIONS_SAME)
        failed = make_small(s, error);
    made_finish(&s->made);
    search->done = !failed;
    if (search->models > 0)
        search->trouble = NULL;
    return failed;
}

int versions_look(const struct versions_ask *ask, struct versions *versions,
                  struct uptake_error *error)
{
    /* The search tells of itself. */
    struct run_options quiet = *ask->run;
    struct versions_ask own = *ask;
    struct searching s = {.ask = &own, .progress = ask->run->progress, .versions = versions};
    struct plugin both;
    if (both_reads(versions, &both, &versions->arena) != 0)
        return error_memory(error);
    if (gen_schema_open(&s.schema, &both, error) != 0)
        return -1;
    quiet.jobs = 1;
    quiet.progress = NULL;
    own.run = &quiet;
    int failed = look(&s, error);
    gen_schema_close(&s.schema);
    return failed;
}
