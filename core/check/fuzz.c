/* Fuzzing and making small: see fuzz.h. */
#include "check/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/shrink.h"
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
        check_undone(run, "out of memory");
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

struct failing {
    struct suite_run *run;
    struct fuzz *fuzz;
};

/* The last that was found wrong of a smaller model is what is said. */
static int still_fails(void *user, bool *holds, struct uptake_error *error)
{
    const struct failing *failing = user;
    char text[SUITE_TEXT] = "";
    int failed = 0;
    *holds = fails(failing->run, text, &failed, error);
    if (*holds)
        memcpy(failing->fuzz->text, text, sizeof text);
    return failed;
}

static int make_small(struct suite_run *run, struct fuzz *fuzz, double seconds, struct arena *arena,
                      struct uptake_error *error)
{
    struct failing failing = {run, fuzz};
    const struct shrink shrink = {&trying, still_fails, &failing, seconds};
    if (shrink_model(&shrink, error) != 0)
        return -1;
    fuzz->model = arena_text(arena, trying.text.data, trying.text.bytes);
    fuzz->bytes = trying.text.bytes;
    return fuzz->model ? 0 : error_memory(error);
}

/* --- Looking for one --------------------------------------------------------------------------- */

static int try_one(struct suite_run *run, struct rng *rng, struct fuzz *fuzz, struct arena *arena,
                   struct uptake_error *error)
{
    struct uptake_error *unmade = calloc(1, sizeof *unmade);
    struct gen_shape shape = gen_some_shape(rng);
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
