/*
 * Many bad innovations: each is named, what comes before and after stands, and where too many are
 * too many depends on the model alone. Every run is made with 1, 2 and 7 workers and must give the
 * same bytes.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run/fixture.h"

#define NULL_POINTER                                                                               \
    "failed: SIGSEGV: it used a null pointer (malloc answers one beyond limits: memory)"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Runs with 1, 2 and 7 workers; leaves the last attempt open. */
static void run_three(struct attempt *attempt, const struct stage *stage, const char *with,
                      const char *limits)
{
    static const int jobs[] = {1, 2, 7};
    char plugins[512], *first = NULL;
    snprintf(plugins, sizeof plugins,
             "  bad: {use: run-hostile, with: {%s}}\n  good: {use: run-steady}\n", with);
    struct remains before = remains_now();
    for (int j = 0; j < 3; j++) {
        attempt_run(attempt, stage, jobs[j], plugins, limits);
        cr_assert(attempt->code == 0, "%s: %s", with, attempt->error.text[0]);
        char *text = attempt_json(attempt);
        if (first)
            cr_expect(strcmp(first, text) == 0, "%s: other bytes with %d jobs", with, jobs[j]);
        else
            first = strdup(text);
        free(text);
        if (j < 2) {
            attempt_finish(attempt);
            remains_check(&before, with);
        }
    }
    free(first);
}

/* Findings are given one an innovation: one is lost wherever a result is kept without what was
 * said of it. */
static void check_findings(const struct attempt *attempt, const char *what)
{
    const struct result_plugin *bad = attempt_plugin(attempt, "bad");
    cr_expect(bad->n_notes == bad->ok, "%s: %d findings of %d innovations", what, (int)bad->n_notes,
              (int)bad->ok);
    for (uint64_t k = 0; k < bad->n_notes; k++) {
        char text[UPTAKE_TEXT_BYTES + 1], expected[32];
        struct result_note note = result_note(bad, k);
        result_note_text(bad, &note, text);
        snprintf(expected, sizeof expected, "seen %d", (int)note.innovation);
        cr_expect(strcmp(text, expected) == 0, "%s: '%s', not '%s'", what, text, expected);
    }
}

/* 10 killers among 3,000, in 10 different cells (of 64). */
Test(run_deaths, each_is_named, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 3000);
    run_three(&attempt, &stage, "act: abort, at: 17, every: 300", NULL);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    cr_expect(bad->failed == 10 && bad->ok == 2990 && bad->status == PLUGIN_PARTIAL);
    cr_assert(bad->n_messages == 10, "%zu", bad->n_messages);
    for (int k = 0; k < 10; k++) {
        char message[512];
        snprintf(message, sizeof message,
                 "plugin run-hostile 6.6.6 failed on innovation i%d: SIGABRT; again: uptake run "
                 "%s/spec.yaml --only bad --innovation i%d --in-process",
                 17 + 300 * k, stage.folder, 17 + 300 * k);
        cr_expect_str_eq(bad->messages[k], message);
        cr_expect_str_eq(attempt_status(&attempt, "bad", 17 + 300 * (uint64_t)k),
                         "failed: SIGABRT");
        cr_expect(isnan(bad->columns[0].values[17 + 300 * k]));
    }
    cr_expect_str_eq(attempt_status(&attempt, "bad", 16), "ok");
    cr_expect_str_eq(attempt_status(&attempt, "bad", 18), "ok");
    check_findings(&attempt, "10 killers");
    cr_expect(run_exit_code(&attempt.pipeline.result) == 3);
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* Several in one batch, with good ones between: 64 innovations a batch, of which 7 die. */
Test(run_deaths, several_in_a_batch, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 200);
    run_three(&attempt, &stage, "act: exit3, at: 66, every: 9", NULL);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    cr_expect(bad->failed == 15 && bad->ok == 185, "%d failed", (int)bad->failed);
    check_findings(&attempt, "several in a batch");
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* Dies on every one: after 8 without progress it is stopped, and nothing else suffers. */
Test(run_deaths, in_a_row, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 500);
    run_three(&attempt, &stage, "act: dereference, at: 100, every: 1", NULL);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    cr_expect(bad->ok == 100 && bad->failed == 400 && bad->status == PLUGIN_STOPPED, "%d ok",
              (int)bad->ok);
    cr_expect_str_eq(attempt_status(&attempt, "bad", 107), NULL_POINTER);
    cr_expect_str_eq(attempt_status(&attempt, "bad", 108),
                     "failed: stopped after 8 crashes in a row");
    cr_expect_str_eq(attempt_status(&attempt, "bad", 499),
                     "failed: stopped after 8 crashes in a row");
    cr_expect(bad->n_messages == 9, "%zu", bad->n_messages);
    cr_expect(attempt_plugin(&attempt, "good")->failed == 0);
    check_findings(&attempt, "in a row");
    cr_expect(run_exit_code(&attempt.pipeline.result) == 3);
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* From the very first: nothing is left of it. */
Test(run_deaths, all, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 500);
    run_three(&attempt, &stage, "act: abort, every: 1", NULL);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    cr_expect(bad->ok == 0 && bad->failed == 500 && bad->n_notes == 0);
    cr_expect_str_eq(attempt_status(&attempt, "bad", 7), "failed: SIGABRT");
    cr_expect_str_eq(attempt_status(&attempt, "bad", 8),
                     "failed: stopped after 8 crashes in a row");
    attempt_finish(&attempt);
    stage_close(&stage);
}

/*
 * Every 10th: never 8 in a row, but 64 in all. A batch of 64 dies twice as a whole, then 6 or 7 of
 * its innovations one by one: the deaths before the stop must add up to 64, or to 63 where the 64th
 * was the first of a batch as a whole.
 */
Test(run_deaths, too_many, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 2000);
    run_three(&attempt, &stage, "act: abort, every: 10", NULL);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    uint64_t stop = 0, died = 0, batches = 0;
    while (stop < 2000 &&
           strcmp(attempt_status(&attempt, "bad", stop), "failed: stopped after 64 crashes") != 0) {
        bool meant = stop % 10 == 0;
        const char *status = attempt_status(&attempt, "bad", stop);
        cr_expect_str_eq(status, meant ? "failed: SIGABRT" : "ok");
        died += meant;
        stop++;
    }
    for (uint64_t i = stop; i < 2000; i++)
        cr_expect_str_eq(attempt_status(&attempt, "bad", i), "failed: stopped after 64 crashes");
    batches = (stop + 63) / 64; /* each died twice as a whole, unless it was never begun */
    cr_expect(died + 2 * batches == 64 || died + 2 * batches == 63, "%d and %d", (int)died,
              (int)batches);
    cr_expect(bad->status == PLUGIN_STOPPED);
    check_findings(&attempt, "too many");
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* Dies on a batch, never on one alone: the result stands and the plugin is marked. */
Test(run_deaths, only_in_a_batch, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 300);
    run_three(&attempt, &stage, "act: abort, at: 130, batch: true", NULL);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    cr_expect(bad->ok == 300 && bad->failed == 0 && bad->batch_dependent);
    cr_expect(attempt_said(&attempt, "bad", "failed on a batch of innovations but not on any"));
    check_findings(&attempt, "only in a batch");
    cr_expect(run_exit_code(&attempt.pipeline.result) == 0);
    char *json = attempt_json(&attempt);
    cr_expect(strstr(json, "\"batch_dependent\": true"));
    cr_expect(strstr(json, "bad: the result depends on how the work was cut."));
    free(json);
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* Says no to a batch, and again to its one innovation: no death at all. */
Test(run_deaths, refusals, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 1000);
    run_three(&attempt, &stage, "act: words, every: 3", NULL);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    cr_expect(bad->failed == 334 && bad->ok == 666, "%d", (int)bad->failed);
    cr_expect_str_eq(attempt_status(&attempt, "bad", 999), "failed: innovation 999 is beyond me");
    check_findings(&attempt, "refusals");
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* More different reasons than are kept apart: none is given another's. */
Test(run_deaths, many_reasons, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 1000);
    run_three(&attempt, &stage, "act: above, every: 1", NULL);
    for (uint64_t i = 0; i < 1000; i++)
        cr_expect_str_eq(attempt_status(&attempt, "bad", i),
                         "failed: wrote score = 1.5, outside its declared 0 to 1");
    cr_expect(attempt_plugin(&attempt, "bad")->status == PLUGIN_FAILED);
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* A hang costs its time three times: the batch, the batch again, the innovation. */
Test(run_deaths, hangs, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 300);
    double start = now();
    run_three(&attempt, &stage, "act: sleep, at: 200", "limits: {seconds: 0.2}\n");
    double took = (now() - start) / 3;
    cr_expect(took > 0.6 && took < 3, "%g s", took);
    cr_expect_str_eq(attempt_status(&attempt, "bad", 200),
                     "failed: took longer than 0.2 s (limits: seconds)");
    cr_expect(attempt_plugin(&attempt, "bad")->ok == 299);
    check_findings(&attempt, "hangs");
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* Processor time of all its workers, those that were killed included. */
Test(run_deaths, total, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 300);
    attempt_run(&attempt, &stage, 2,
                "  bad: {use: run-hostile, with: {act: loop, at: 200}}\n"
                "  good: {use: run-steady}\n",
                "limits: {seconds: 30, total: 0.3}\n");
    cr_assert(attempt.code == 0);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    const char *status = attempt_status(&attempt, "bad", 200);
    cr_expect_str_eq(status, "failed: stopped: it used more than 0.3 s of processor time "
                             "(limits: total)");
    cr_expect(bad->status == PLUGIN_STOPPED && bad->ok >= 64 && bad->ok <= 299);
    cr_expect(attempt_plugin(&attempt, "good")->status == PLUGIN_OK);
    check_findings(&attempt, "total");
    attempt_finish(&attempt);
    /* Hangs that are killed count too: 0.1 s each, of which there may be 3. */
    attempt_run(&attempt, &stage, 1,
                "  bad: {use: run-hostile, with: {act: loop, at: 0, every: 2}}\n",
                "limits: {seconds: 0.1, total: 0.35}\n");
    cr_assert(attempt.code == 0);
    cr_expect(attempt_said(&attempt, "bad", "0.35 s of processor time"));
    attempt_finish(&attempt);
    stage_close(&stage);
}

#ifndef UPTAKE_SANITIZED
Test(run_deaths, memory, .timeout = 120)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 100);
    attempt_run(&attempt, &stage, 2,
                "  bad: {use: run-hostile, with: {act: leak, at: 50}}\n"
                "  good: {use: run-steady}\n",
                "limits: {memory: 64MiB}\n");
    cr_assert(attempt.code == 0);
    cr_expect_str_eq(attempt_status(&attempt, "bad", 50), NULL_POINTER);
    cr_expect(attempt_plugin(&attempt, "bad")->ok == 99);
    cr_expect(attempt_plugin(&attempt, "good")->status == PLUGIN_OK);
    attempt_finish(&attempt);
    stage_close(&stage);
}
#endif

/* 70,000: 64 cells of 1,094, so two batches each; three killers, one of them in a second batch. */
Test(run_deaths, large, .timeout = 250)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 70000);
    double start = now();
    run_three(&attempt, &stage, "act: abort, at: 1090, every: 30000", NULL);
    cr_log_info("3 runs of 70,000 took %.2f s", now() - start);
    const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
    cr_expect(bad->failed == 3 && bad->ok == 69997, "%d", (int)bad->failed);
    check_findings(&attempt, "large");
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* A merge over a plugin that failed: its share is unknown, so the score has bounds and nobody is
 * left out. */
Test(run_deaths, merged, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 60);
    attempt_run(&attempt, &stage, 2,
                "  bad: {use: run-hostile, with: {act: abort, at: 20, every: 10}}\n"
                "  good: {use: run-hostile}\n",
                "merge:\n"
                "  both: {method: weighted-sum, measures: {bad.score: 1, good.score: 1}}\n");
    cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
    const struct result_merged *both = &attempt.pipeline.result.merges[0];
    for (uint64_t i = 0; i < 60; i++) {
        bool died = i >= 20 && i % 10 == 0;
        double score = (double)i / 100;
        cr_expect(both->coverage[i] == (died ? 0.5 : 1), "coverage of %d", (int)i);
        /* low and high of run-hostile: score / 2 and score / 2 + 0.5; of what is missing 0 and 1 */
        double low = died ? score / 4 : score / 2;
        double high = died ? (score / 2 + 0.5 + 1) / 2 : score / 2 + 0.5;
        cr_expect(fabs(both->score_low[i] - low) < 1e-12, "low of %d: %g", (int)i,
                  both->score_low[i]);
        cr_expect(fabs(both->score_high[i] - high) < 1e-12, "high of %d: %g", (int)i,
                  both->score_high[i]);
    }
    attempt_finish(&attempt);
    stage_close(&stage);
}

#ifndef UPTAKE_SANITIZED
/* Too little to be loaded in: said as that, and nothing of it stands. */
Test(run_deaths, no_room, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 60);
    attempt_run(&attempt, &stage, 2, "  bad: {use: run-steady}\n", "limits: {memory: 4KiB}\n");
    cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
    cr_expect(attempt_plugin(&attempt, "bad")->status == PLUGIN_FAILED);
    cr_expect(strncmp(attempt_status(&attempt, "bad", 3), "failed: cannot be loaded: ", 26) == 0,
              "%s", attempt_status(&attempt, "bad", 3));
    attempt_finish(&attempt);
    stage_close(&stage);
}
#endif
