/* Fuzzing and making small: see fuzz.h. */
#include "check/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/suite_internal.h"

/* The model that the child is to try. One at a time. */
static struct made_model trying;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* --- One model, in a child --------------------------------------------------------------------- */

static void try_model(struct suite_run *run)
{
    struct trial trial = {0};
    struct strict *strict = strict_open(&run->answer->strict, run->seed % 2 == 0);
    struct watch watch = strict_watch(strict);
    struct grid_cut cut = {.batch = 1 + run->seed % 5};
    struct run_options options = {.in_process = true, .cut = &cut, .watch = &watch};
    run->judging = true;
    if (!strict)
        check_skip(run, "out of memory");
    else
        check_trial(run, &trying, &options, &trial);
    trial_finish(&trial);
    strict_close(strict);
}

/* True: it fails, and text says how. */
static bool fails(struct suite_run *run, char text[SUITE_TEXT], int *failed,
                  struct uptake_error *error)
{
    *run->answer = (struct suite_answer){0};
    *failed = suite_child(try_model, run, 10, text, error);
    if (*failed)
        return false;
    if (atomic_load(&run->answer->strict.fault) != FAULT_NONE)
        snprintf(text, SUITE_TEXT, "%.300s", run->answer->strict.text);
    else if (!text[0] && atomic_load(&run->answer->verdict) == SUITE_FAILED)
        snprintf(text, SUITE_TEXT, "%.600s", run->answer->text);
    return text[0] != 0;
}

/* --- Making it small --------------------------------------------------------------------------- */

struct shrinking {
    struct suite_run *run;
    struct fuzz *fuzz;
    double until;
    int failed;
    bool smaller;
    struct uptake_error *error;
};

/* Whether the model still fails; one that is no longer valid does not. */
static bool still_fails(struct shrinking *s)
{
    char text[SUITE_TEXT] = "";
    if (gen_print(trying.root, GEN_LINES, &trying.text) != 0)
        return false;
    bool still = fails(s->run, text, &s->failed, s->error);
    if (still)
        memcpy(s->fuzz->text, text, sizeof text);
    return still;
}

/* A long text in quotes says no more than a short one. */
static void shorten(struct shrinking *s, struct node *node)
{
    const char *text = node->text;
    if (node->kind != NODE_SCALAR || text[0] != '"' || strlen(text) < 20)
        return;
    node->text = "\"w\"";
    if (!still_fails(s))
        node->text = text;
}

/* Parts from the outside in: whole innovations before rows, rows before fields. */
static void shrink(struct shrinking *s, struct node *node)
{
    for (struct node *child = node->first; child && !s->failed && now() < s->until;
         child = child->next) {
        if (child->gone)
            continue;
        child->gone = true;
        if (still_fails(s)) {
            s->smaller = true;
            continue;
        }
        child->gone = false;
        shorten(s, child);
        shrink(s, child);
    }
}

static int make_small(struct suite_run *run, struct fuzz *fuzz, double seconds, struct arena *arena,
                      struct uptake_error *error)
{
    struct shrinking s = {run, fuzz, now() + seconds, 0, true, error};
    while (s.smaller && !s.failed && now() < s.until) {
        s.smaller = false;
        shrink(&s, trying.root);
    }
    if (s.failed || gen_print(trying.root, GEN_PLAIN, &trying.text) != 0)
        return s.failed ? -1 : error_memory(error);
    fuzz->model = arena_text(arena, trying.text.data, trying.text.bytes);
    fuzz->bytes = trying.text.bytes;
    return fuzz->model ? 0 : error_memory(error);
}

/* --- Looking for one --------------------------------------------------------------------------- */

static struct gen_shape some_shape(struct rng *rng)
{
    struct gen_shape shape = {.innovations = 1 + (unsigned)rng_below(rng, 30),
                              .rows_least = (unsigned)rng_below(rng, 2),
                              .rows_most = 2 + (unsigned)rng_below(rng, 12),
                              .portfolio = 1 + (unsigned)rng_below(rng, 8)};
    double *const chances[] = {&shape.empty, &shape.absent, &shape.missing, &shape.doubt,
                               &shape.extreme};
    for (size_t k = 0; k < sizeof chances / sizeof *chances; k++)
        *chances[k] = rng_chance(rng, 0.4) ? 0 : rng_unit(rng) * 0.5;
    return shape;
}

static int try_one(struct suite_run *run, struct rng *rng, struct fuzz *fuzz, struct arena *arena,
                   struct uptake_error *error)
{
    struct uptake_error *unmade = calloc(1, sizeof *unmade);
    struct gen_shape shape = some_shape(rng);
    int failed = 0;
    run->seed = rng_next(rng);
    if (!unmade)
        return error_memory(error);
    if (made_open(&trying, run->schema, &shape, run->seed, unmade) == 0) {
        fuzz->models++;
        fuzz->found = fails(run, fuzz->text, &failed, error);
        if (fuzz->found)
            failed = make_small(run, fuzz, 20, arena, error);
    }
    made_finish(&trying);
    free(unmade);
    return failed;
}

int fuzz_run(const struct plugin *plugin, uint64_t seed, double seconds, struct arena *arena,
             struct fuzz *fuzz, struct uptake_error *error)
{
    struct gen_schema schema;
    struct rng rng = {seed};
    double until = now() + seconds;
    int failed = 0;
    *fuzz = (struct fuzz){0};
    if (gen_schema_open(&schema, plugin, error) != 0)
        return -1;
    struct suite_run run = {.plugin = plugin, .schema = &schema, .answer = suite_answer_open()};
    if (!run.answer) {
        gen_schema_close(&schema);
        return error_memory(error);
    }
    while (!failed && !fuzz->found && now() < until)
        failed = try_one(&run, &rng, fuzz, arena, error);
    suite_answer_close(run.answer);
    gen_schema_close(&schema);
    return failed;
}
