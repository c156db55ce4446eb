/* Models of every kind: the plugin answers within what it declares, or skips, and never fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/suite_internal.h"

const struct gen_shape shape_random = {.varied = true,
                                       .innovations = 40,
                                       .rows_least = 1,
                                       .rows_most = 9,
                                       .portfolio = 6,
                                       .empty = 0.1,
                                       .absent = 0.2,
                                       .missing = 0.1,
                                       .doubt = 0.25,
                                       .extreme = 0.03};

/* --- What the checks share --------------------------------------------------------------------- */

static uint64_t mix(uint64_t a, uint64_t b)
{
    struct rng rng = {a * 0x9e3779b97f4a7c15u + b};
    return rng_next(&rng);
}

bool check_made(struct suite_run *run, const struct gen_shape *shape, uint64_t k,
                struct made_model *made)
{
    struct uptake_error *error = calloc(1, sizeof *error);
    struct gen_shape own = *shape;
    double share = shape->varied ? (double)(k % 3) / 2 : 1;
    own.absent *= share;
    own.missing *= share;
    if (error && made_open(made, run->schema, &own, mix(run->seed, k), error) == 0) {
        free(error);
        return true;
    }
    check_undone(run, "%.500s", error && error->count ? error->text[0] : "out of memory");
    free(error);
    made_finish(made);
    return false;
}

/* Why an answer is not sound. */
static void complain(struct suite_run *run, const struct trial *trial)
{
    const struct result_plugin *answer = &trial->result.plugins[0];
    char status[UPTAKE_TEXT_BYTES + 32];
    for (uint64_t i = 0; i < trial->model.innovations; i++) {
        if (answer->states[i] != RESULT_FAILED)
            continue;
        result_status_text(answer, i, status);
        check_fail(run, "innovation '%.60s' %.300s", model_text(&trial->model, trial->model.ids[i]),
                   status);
    }
    check_fail(run, "%.500s",
               answer->n_messages ? answer->messages[0] : "an answer is not as it is declared");
}

bool check_load(struct suite_run *run, const struct made_model *made, struct trial *trial)
{
    struct uptake_error *error = calloc(1, sizeof *error);
    struct trial_model model = made_text(made);
    *trial = (struct trial){0};
    int failed = !error || trial_plan(trial, run->plugin, NULL, error) != 0 ||
                 trial_load(trial, &model, error) != 0;
    if (failed)
        check_undone(run, "%.500s", error && error->count ? error->text[0] : "out of memory");
    free(error);
    return !failed;
}

bool check_run(struct suite_run *run, const struct run_options *options, struct trial *trial)
{
    struct uptake_error *error = calloc(1, sizeof *error);
    struct run_options own = *options;
    own.in_process |= run->in_process;
    own.jobs = own.jobs ? own.jobs : 1;
    int failed = !error || trial_run(trial, &own, error) != 0;
    if (failed)
        check_undone(run, "%.500s", error && error->count ? error->text[0] : "out of memory");
    else if (trial->result.plugins[0].status != PLUGIN_OK && run->failed_before && !run->judging)
        check_skip(run, "its answers are not sound, as an earlier check says");
    else if (trial->result.plugins[0].status != PLUGIN_OK)
        complain(run, trial);
    free(error);
    return !check_failed(run);
}

bool check_run_quietly(struct suite_run *run, const struct run_options *options,
                       struct trial *trial)
{
    struct suite_answer found = {0};
    struct suite_run quiet = *run;
    quiet.answer = &found;
    bool sound = check_run(&quiet, options, trial);
    if (atomic_load(&found.verdict) == SUITE_UNDONE)
        check_undone(run, "%s", found.text);
    return sound;
}

bool check_trial(struct suite_run *run, const struct made_model *made,
                 const struct run_options *options, struct trial *trial)
{
    return check_load(run, made, trial) && check_run(run, options, trial);
}

bool check_same(struct suite_run *run, const struct trial *a, const struct trial *b,
                double tolerance, const char *when)
{
    char text[SAME_BYTES];
    if (same_results(a, b, tolerance, text))
        return true;
    check_fail(run, "%s: %s", when, text);
    return false;
}

/* --- Kinds of models --------------------------------------------------------------------------- */

static void run_shape(struct suite_run *run, const struct gen_shape *shape, unsigned models)
{
    static const struct run_options options = {0};
    uint64_t answered = 0, all = 0;
    run->judging = true;
    for (unsigned k = 0; k < models && !check_failed(run); k++) {
        struct made_model made = {0};
        struct trial trial = {0};
        if (check_made(run, shape, k, &made))
            check_trial(run, &made, &options, &trial);
        all += trial.model.innovations;
        answered += trial.result.n_plugins ? trial.result.plugins[0].ok : 0;
        trial_finish(&trial);
        made_finish(&made);
    }
    if (shape->varied)
        check_say(run, "it answered for %llu of %llu made-up innovations, and skipped the others",
                  (unsigned long long)answered, (unsigned long long)all);
}

void check_empty_lists(struct suite_run *run)
{
    struct gen_shape shape = {
        .innovations = 30, .rows_least = 1, .rows_most = 3, .portfolio = 4, .empty = 0.6};
    run_shape(run, &shape, 6);
}

/* A model without innovations is refused by the host: no plugin is called. */
void check_zero_rows(struct suite_run *run)
{
    static const struct gen_shape shapes[] = {
        {.innovations = 10, .empty = 1},
        {.innovations = 10, .empty = 1, .portfolio = 3},
        {.innovations = 6, .rows_least = 1, .rows_most = 2},
    };
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes && !check_failed(run); k++)
        run_shape(run, &shapes[k], 3);
}

void check_one_row(struct suite_run *run)
{
    struct gen_shape shape = {.innovations = 1, .rows_least = 1, .rows_most = 1, .portfolio = 1};
    run_shape(run, &shape, 12);
}

void check_missing(struct suite_run *run)
{
    struct gen_shape shape = {.innovations = 40,
                              .rows_least = 1,
                              .rows_most = 4,
                              .portfolio = 4,
                              .absent = 0.3,
                              .missing = 0.4};
    run_shape(run, &shape, 8);
}

void check_doubt(struct suite_run *run)
{
    struct gen_shape shape = {
        .innovations = 40, .rows_least = 1, .rows_most = 4, .portfolio = 4, .doubt = 0.9};
    run_shape(run, &shape, 8);
}

void check_extremes(struct suite_run *run)
{
    struct gen_shape shape = {.innovations = 40,
                              .rows_least = 1,
                              .rows_most = 4,
                              .portfolio = 4,
                              .absent = 0.1,
                              .extreme = 0.7};
    run_shape(run, &shape, 8);
}

void check_long_lists(struct suite_run *run)
{
    struct gen_shape shape = {.innovations = 3,
                              .rows_least = 600,
                              .rows_most = 1200,
                              .portfolio = 40,
                              .absent = 0.2,
                              .doubt = 0.2};
    run_shape(run, &shape, 1);
}

void check_random(struct suite_run *run)
{
    run_shape(run, &shape_random, 9);
}
