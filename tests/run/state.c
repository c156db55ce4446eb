/*
 * Statistics over the portfolio: the sums are the right ones to the last bit of the order that the
 * grid gives, for any number of workers; whatever goes wrong in update, combine, finish or the
 * state's size is the plugin's own misfortune.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/sandbox.h"
#include "run/fixture.h"

enum { ADOPTERS = 5, CELLS = 64 };
enum { SHARE, TOTAL, DIGEST, LOAD, WORDS };

/* --- What the model says, computed here once more --------------------------------------------- */

struct sums {
    uint64_t digest;
    double sum;
    double load[ADOPTERS];
};

static double payback_of(uint64_t i)
{
    double low = (double)(i % 30);
    return i % 7 == 3 ? (double)NAN : i % 5 == 2 ? low + 2 : low; /* a range's middle */
}

static void add(struct sums *sums, uint64_t i)
{
    sums->digest = sums->digest * 31 + i + 1;
    sums->sum += isnan(payback_of(i)) ? 0 : payback_of(i) / 7;
    for (uint64_t r = 0; r < i % 3; r++)
        sums->load[(i + r) % ADOPTERS] += (double)((i * 7 + r) % 19) / 3;
}

static void merge(struct sums *into, const struct sums *from)
{
    into->digest = (into->digest * 1000003) ^ from->digest;
    into->sum += from->sum;
    for (int a = 0; a < ADOPTERS; a++)
        into->load[a] += from->load[a];
}

/* Cells of max(64, n / 64 rounded up), combined in pairs, then pairs of pairs. without: is left
 * out. */
static struct sums expected(uint64_t n, uint64_t without)
{
    static struct sums cells[CELLS];
    uint64_t size = (n + CELLS - 1) / CELLS < 64 ? 64 : (n + CELLS - 1) / CELLS;
    uint64_t count = (n + size - 1) / size;
    memset(cells, 0, sizeof cells);
    for (uint64_t i = 0; i < n; i++)
        if (i != without)
            add(&cells[i / size], i);
    for (uint64_t width = 1; width < count; width *= 2)
        for (uint64_t k = 0; k + width < count; k += 2 * width)
            merge(&cells[k], &cells[k + width]);
    return cells[0];
}

static void check_sums(const struct attempt *attempt, const struct sums *sums, uint64_t disorder,
                       const char *what)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, "state");
    char text[UPTAKE_TEXT_BYTES + 1];
    cr_expect(plugin->columns[TOTAL].values[0] == sums->sum, "%s: %a, not %a", what,
              plugin->columns[TOTAL].values[0], sums->sum);
    cr_expect(plugin->columns[DIGEST].values[0] ==
                  (double)(sums->digest & 0xffffffff) + (double)disorder,
              "%s: the digest", what);
    for (int a = 0; a < ADOPTERS; a++)
        cr_expect(plugin->columns[LOAD].values[a] == sums->load[a], "%s: load of %d", what, a);
    result_text(plugin, &plugin->columns[WORDS], 0, text);
    cr_expect(strstr(text, " innovations"), "%s: '%s'", what, text);
    uint64_t n = attempt->pipeline.model.innovations;
    for (uint64_t i = 0; i < n; i++)
        if (plugin->states[i] == RESULT_OK && !isnan(payback_of(i)) && sums->sum > 0)
            cr_expect(plugin->columns[SHARE].values[i] == payback_of(i) / (2 * sums->sum),
                      "%s: share of %d", what, (int)i);
}

/* The portfolio's findings: two of four name something. */
static void check_findings(const struct attempt *attempt)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, "state");
    char text[UPTAKE_TEXT_BYTES + 1];
    cr_assert(plugin->n_notes == 2 && plugin->notes_dropped == 2, "%d", (int)plugin->n_notes);
    struct result_note note = result_note(plugin, 0);
    result_note_text(plugin, &note, text);
    cr_expect(note.innovation == UINT64_MAX && note.table == MODEL_NO_TABLE);
    cr_expect_str_eq(text, "5 adopters");
    note = result_note(plugin, 1);
    cr_expect(note.innovation == UINT64_MAX && note.table != MODEL_NO_TABLE && note.row == 2);
}

Test(run_state, sums, .timeout = 250)
{
    static const uint64_t sizes[] = {1, 63, 64, 65, 300, 3000, 5001, 70000};
    static const int jobs[] = {1, 2, 7, IN_PROCESS};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct stage stage;
        struct sums sums = expected(sizes[k], UINT64_MAX);
        stage_open(&stage, sizes[k]);
        for (int j = 0; j < 4; j++) {
            struct attempt attempt;
            char what[64];
            snprintf(what, sizeof what, "%d innovations, %d jobs", (int)sizes[k], jobs[j]);
            attempt_run(&attempt, &stage, jobs[j], "  state: {use: run-state}\n", NULL);
            cr_assert(attempt.code == 0, "%s: %s", what, attempt.error.text[0]);
            check_sums(&attempt, &sums, 0, what);
            check_findings(&attempt);
            attempt_finish(&attempt);
        }
        stage_close(&stage);
    }
}

/* --- What goes wrong -------------------------------------------------------------------------- */

enum { N = 300, AT = 130 };

struct wrong {
    const char *act;
    const char *status; /* of every innovation; or with `one` of AT */
    bool one;           /* only AT fails: the sums are those of the others */
    bool whole;
};

static const struct wrong wrongs[] = {
    {"update-dies", "failed: SIGABRT", true, false},
    {"update-refuses", "failed: cannot count innovation 130", true, false},
    {"process-dies", "failed: SIGABRT", true, false},
    {"process-writes-state", "failed: SIGSEGV: it wrote outside of its results and its state", true,
     false},
    {"process-writes-portfolio",
     "failed: SIGSEGV: it used a null pointer (malloc answers one beyond limits: memory)", true,
     false},
    {"combine-dies", "failed: failed when it put its statistics together: SIGABRT", false, true},
    {"combine-refuses",
     "failed: failed when it put its statistics together: combine returned 1 and said no reason",
     false, true},
    {"finish-dies", "failed: failed when it put its statistics together: SIGABRT", false, true},
    {"finish-refuses", "failed: failed when it put its statistics together: nothing adds up", false,
     true},
    {"finish-hangs",
     "failed: failed when it put its statistics together: took longer than 0.3 s (limits: seconds)",
     false, true},
    {"runs-over", "failed: SIGSEGV: it wrote outside of its results and its state", false, true},
    {"size-dies", "failed: could not say how large its state is: SIG", false, true},
    {"size-hangs", "failed: could not say how large its state is: took longer than", false, true},
    {"size-exits",
     "failed: could not say how large its state is: it ended its process with exit(0)", false,
     true},
    {"size-two-gib", "failed: could not say how large its state is: it says over 1 GiB", false,
     true},
    {"size-half-gib", "failed: its statistics need 512 MiB in each of 5 parts", false, true},
    {"size-zero",
     "failed: SIGSEGV: it used a null pointer (malloc answers one beyond limits: memory)", false,
     true},
};

static void check_whole(const struct attempt *attempt, const struct wrong *wrong)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, "state");
    cr_expect(plugin->ok == 0 && plugin->failed == N && plugin->status == PLUGIN_FAILED, "%s",
              wrong->act);
    const char *status = attempt_status(attempt, "state", N - 1);
    bool stopped = strncmp(status, "failed: stopped after 8 crashes in a row", 40) == 0;
    cr_expect(stopped || strncmp(status, wrong->status, strlen(wrong->status)) == 0, "%s: %s",
              wrong->act, status);
    if (stopped)
        cr_expect_str_eq(attempt_status(attempt, "state", 0), wrong->status);
    cr_expect(isnan(plugin->columns[TOTAL].values[0]) && isnan(plugin->columns[LOAD].values[3]),
              "%s", wrong->act);
    cr_expect(plugin->n_notes == 0, "%s", wrong->act);
}

static void check_one(const struct attempt *attempt, const struct wrong *wrong)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, "state");
    bool counted = strncmp(wrong->act, "process", 7) == 0;
    struct sums sums = expected(N, counted ? UINT64_MAX : AT);
    cr_expect(plugin->ok == N - 1 && plugin->failed == 1 && plugin->status == PLUGIN_PARTIAL,
              "%s: %d ok", wrong->act, (int)plugin->ok);
    cr_expect_str_eq(attempt_status(attempt, "state", AT), wrong->status);
    check_sums(attempt, &sums, 0, wrong->act);
}

Test(run_state, each_wrong, .timeout = 250)
{
    static const int jobs[] = {1, 2, 7};
    struct stage stage;
    stage_open(&stage, N);
    for (size_t k = 0; k < sizeof wrongs / sizeof *wrongs; k++) {
        char plugins[256], *first = NULL;
        snprintf(plugins, sizeof plugins,
                 "  state: {use: run-state, with: {act: %s, at: %d}}\n  good: {use: run-steady}\n",
                 wrongs[k].act, AT);
        struct remains before = remains_now();
        for (int j = 0; j < 3; j++) {
            struct attempt attempt;
            bool hangs = strstr(wrongs[k].act, "hangs") != NULL;
            attempt_run(&attempt, &stage, jobs[j], plugins,
                        hangs ? "limits: {seconds: 0.3}\n" : "limits: {seconds: 20}\n");
            cr_assert(attempt.code == 0, "%s: %s", wrongs[k].act, attempt.error.text[0]);
            if (wrongs[k].one)
                check_one(&attempt, &wrongs[k]);
            else
                check_whole(&attempt, &wrongs[k]);
            cr_expect(attempt_plugin(&attempt, "good")->status == PLUGIN_OK, "%s", wrongs[k].act);
            cr_expect(run_exit_code(&attempt.pipeline.result) == 3);
            char *text = attempt_json(&attempt);
            if (first)
                cr_expect(strcmp(first, text) == 0, "%s: other bytes with %d jobs", wrongs[k].act,
                          jobs[j]);
            else
                first = strdup(text);
            free(text);
            attempt_finish(&attempt);
        }
        free(first);
        remains_check(&before, wrongs[k].act);
    }
    stage_close(&stage);
}

/* A death of update in a batch but not alone: counted all the same. */
Test(run_state, update_in_a_batch, .timeout = 60)
{
    struct stage stage;
    struct sums sums = expected(N, UINT64_MAX);
    stage_open(&stage, N);
    for (int jobs = 1; jobs < 4; jobs++) {
        struct attempt attempt;
        attempt_run(&attempt, &stage, jobs,
                    "  state: {use: run-state, with: {act: update-batch, at: 130}}\n", NULL);
        cr_assert(attempt.code == 0);
        check_sums(&attempt, &sums, 0, "update-batch");
        cr_expect(attempt_plugin(&attempt, "state")->batch_dependent);
        attempt_finish(&attempt);
    }
    stage_close(&stage);
}

/* What update says to the outside is dropped; what finish leaves out, or lies about, is said. */
Test(run_state, the_portfolio_s_own, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    struct sums sums = expected(N, UINT64_MAX);
    stage_open(&stage, N);
    attempt_run(&attempt, &stage, 2, "  state: {use: run-state, with: {act: update-speaks}}\n",
                NULL);
    check_sums(&attempt, &sums, 0, "update-speaks");
    const struct result_plugin *plugin = attempt_plugin(&attempt, "state");
    cr_expect(plugin->ok == N && plugin->n_notes == 2, "%d ok", (int)plugin->ok);
    attempt_finish(&attempt);

    attempt_run(&attempt, &stage, 2, "  state: {use: run-state, with: {act: finish-lies}}\n", NULL);
    plugin = attempt_plugin(&attempt, "state");
    cr_expect(isnan(plugin->columns[TOTAL].values[0]) &&
              plugin->columns[LOAD].values[0] == sums.load[0]);
    cr_expect(attempt_said(&attempt, "state", "wrote total = -5, outside its declared 0 to"));
    cr_expect(plugin->status == PLUGIN_PARTIAL && run_exit_code(&attempt.pipeline.result) == 3);
    attempt_finish(&attempt);

    attempt_run(&attempt, &stage, 2, "  state: {use: run-state, with: {act: finish-forgets}}\n",
                NULL);
    cr_expect(attempt_said(&attempt, "state", "wrote no total"));
    cr_expect(attempt_said(&attempt, "state", "wrote no load"));
    cr_expect(attempt_said(&attempt, "state", "wrote no words"));
    attempt_finish(&attempt);

    struct remains before = remains_now();
    if (sandbox_level() != SANDBOX_PROCESS) {
        attempt_run(&attempt, &stage, 2, "  state: {use: run-state, with: {act: size-leaves}}\n",
                    NULL);
        cr_expect(attempt_said(&attempt, "state", "tried to start a process"));
        attempt_finish(&attempt);
    }
    sandbox_limit(SANDBOX_PROCESS);
    attempt_run(&attempt, &stage, 2, "  state: {use: run-state, with: {act: size-leaves}}\n", NULL);
    check_sums(&attempt, &sums, 0, "size-leaves");
    attempt_finish(&attempt);
    remains_check(&before, "size-leaves");
    stage_close(&stage);
}
