/*
 * One bad innovation: the host survives, the death is named, the neighbours in the run give the
 * very bytes that they give without it, and nothing is left behind. What the plugin itself says of
 * the other innovations stands.
 */
#include <criterion/criterion.h>
#include <fenv.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plugin/sandbox.h"
#include "run/fixture.h"

enum { N = 300, AT = 130 };

static void spec_of(char plugins[512], const char *with)
{
    snprintf(plugins, 512,
             "  before: {use: run-steady}\n"
             "  bad: {use: run-hostile, with: {%s}}\n"
             "  after: {use: run-steady}\n",
             with);
}

/* limited: needs the address-space limit, which sanitizers do without. */
struct act {
    const char *name;
    const char *status; /* of the innovation AT, in a process of its own */
    bool limited;
    const char *sandboxed; /* the same in a sandbox; NULL: no other */
};

static const struct act acts[] = {
    {"none", "ok", false, NULL},
    {"dereference", "failed: SIGSEGV", false, NULL},
    {"abort", "failed: SIGABRT", false, NULL},
    {"divide", "failed: SIGFPE", false, NULL},
    {"exit0", "failed: it ended its process with exit(0)", false, NULL},
    {"exit1", "failed: it ended its process with exit(1)", false, NULL},
    {"exit3", "failed: it ended its process with exit(3)", false, NULL},
    {"loop", "failed: took longer than 1 s (limits: seconds)", false, NULL},
    {"sleep", "failed: took longer than 1 s (limits: seconds)", false, NULL},
    {"recurse", "failed: SIGSEGV", false, NULL},
    {"stop", "failed: it stopped itself", false, NULL},
    {"mask", "failed: took longer than 1 s (limits: seconds)", false, NULL},
    {"longjmp", "failed: SIG", false, NULL},
    {"parent", "failed: SIGTERM", false,
     "failed: it tried to send a signal to another process (kill)"},
    {"huge", "failed: SIG", true, NULL},
    {"leak", "failed: SIGSEGV", true, NULL},
    {"before", "failed: SIGSEGV", false, NULL},
    {"after", "failed: SIGSEGV", false, NULL},
    {"model", "failed: SIGSEGV", false, NULL},
    {"texts", "failed: SIGSEGV", false, NULL},
    {"others", "ok", false, "failed: it tried to open a file (open"},
    {"fork", "ok", false, "failed: it tried to start a process (clone)"},
    {"orphan", "ok", false, "failed: it tried to start a process (clone)"},
    {"orphan-crash", "failed: SIGABRT", false, "failed: it tried to start a process (clone)"},
    {"close", "ok", false, NULL},
    {"print", "ok", false, NULL},
    {"round", "ok", false, NULL},
    {"nan", "failed: wrote no score", false, NULL},
    {"infinite", "failed: wrote score = infinity, outside its declared 0 to 1", false, NULL},
    {"above", "failed: wrote score = 1.5, outside its declared 0 to 1", false, NULL},
    {"below", "failed: wrote score = -0.25, outside its declared 0 to 1", false, NULL},
    {"crossed", "failed: wrote score outside its own low and high", false, NULL},
    {"no-bounds", "failed: wrote score without its low and high", false, NULL},
    {"choice", "failed: wrote pick = choice 99 of 2", false, NULL},
    {"choice-negative", "failed: wrote pick = choice -2147483648 of 2", false, NULL},
    {"choice-missing", "failed: wrote no pick", false, NULL},
    {"notes", "ok", false, NULL},
    {"note-rows", "ok", false, NULL},
    {"note-long", "ok", false, NULL},
    {"note-bytes", "ok", false, NULL},
    {"note-formats", "ok", false, NULL},
    {"text-long", "ok", false, NULL},
    {"text-twice", "ok", false, NULL},
    {"skip-range", "ok", false, NULL},
    {"skip", "skipped: I would rather not: too hard", false, NULL},
    {"words", "failed: innovation 130 is beyond me", false, NULL},
    {"silent", "failed: process returned -1 and said no reason", false, NULL},
    {"unwritten", "failed: wrote no score", false, NULL},
    {"no-text", "failed: wrote no words", false, NULL},
};

static char *baseline(const struct stage *stage)
{
    struct attempt attempt;
    attempt_run(&attempt, stage, 1, "  before: {use: run-steady}\n", NULL);
    cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
    char *text = attempt_text(&attempt, "before");
    cr_assert(strstr(text, "status 0 ok 257 skipped 43 failed 0 batch 0"), "%.80s", text);
    attempt_finish(&attempt);
    return text;
}

static void check_act(const struct act *act, const struct attempt *attempt, const char *steady)
{
    const struct result_plugin *bad = attempt_plugin(attempt, "bad");
    bool held = sandbox_level() != SANDBOX_PROCESS && act->sandboxed;
    const char *wanted = held ? act->sandboxed : act->status;
    bool failed = strncmp(wanted, "failed", 6) == 0, ok = strcmp(wanted, "ok") == 0;
    const char *status = attempt_status(attempt, "bad", AT);
    cr_expect(strncmp(status, wanted, strlen(wanted)) == 0, "%s: %s", act->name, status);
    cr_expect(bad->failed == failed && bad->ok == (ok ? N : N - 1), "%s: %d failed, %d ok",
              act->name, (int)bad->failed, (int)bad->ok);
    cr_expect(bad->status == (failed ? PLUGIN_PARTIAL : PLUGIN_OK), "%s", act->name);
    cr_expect(run_exit_code(&attempt->pipeline.result) == (failed ? 3 : 0), "%s", act->name);
    cr_expect(!bad->batch_dependent, "%s", act->name);
    static const char *const neighbours[] = {"before", "after"};
    for (int k = 0; k < 2; k++) {
        char *text = attempt_text(attempt, neighbours[k]);
        cr_expect(strcmp(text, steady) == 0, "%s changed its neighbour", act->name);
        free(text);
    }
}

static bool is_left_out(const struct act *act)
{
#ifdef UPTAKE_SANITIZED
    return act->limited;
#else
    (void)act;
    return false;
#endif
}

/* The same bytes with 1, 2 and 7 workers, with and without a sandbox, whatever happens. */
Test(run_hostile, each_alone, .timeout = 280)
{
    static const struct {
        int jobs;
        enum sandbox_level level;
    } ways[] = {{1, SANDBOX_PROCESS}, {7, SANDBOX_PROCESS}, {1, SANDBOX_FULL}, {2, SANDBOX_FULL}};
    struct stage stage;
    stage_open(&stage, N);
    char *steady = baseline(&stage);
    for (size_t k = 0; k < sizeof acts / sizeof *acts; k++) {
        char plugins[512], with[64], *first = NULL;
        if (is_left_out(&acts[k]))
            continue;
        snprintf(with, sizeof with, "act: %s, at: %d", acts[k].name, AT);
        spec_of(plugins, with);
        struct remains before = remains_now();
        for (int j = 0; j < 4; j++) {
            struct attempt attempt;
            sandbox_limit(ways[j].level);
            attempt_run(&attempt, &stage, ways[j].jobs, plugins,
                        strstr(acts[k].status, "1 s (")
                            ? "limits: {seconds: 1}\n"
                            : "limits: {seconds: 20, memory: 256MiB}\n");
            cr_assert(attempt.code == 0, "%s: %s", acts[k].name, attempt.error.text[0]);
            check_act(&acts[k], &attempt, steady);
            char *text = attempt_json(&attempt);
            if (first && !(j == 2 && acts[k].sandboxed)) {
                cr_expect(strcmp(first, text) == 0, "%s: other bytes with %d jobs", acts[k].name,
                          ways[j].jobs);
                free(text);
            } else {
                free(first);
                first = text;
            }
            attempt_finish(&attempt);
        }
        free(first);
        remains_check(&before, acts[k].name);
    }
    free(steady);
    stage_close(&stage);
}

/* What can be done in the host without ending it gives the same bytes there. */
Test(run_hostile, in_process, .timeout = 120)
{
    static const char *const harmless[] = {
        "none",       "close-not",    "round",     "nan",        "infinite",   "above",
        "below",      "crossed",      "choice",    "notes",      "note-rows",  "note-long",
        "note-bytes", "note-formats", "text-long", "text-twice", "skip-range", "skip",
        "words",      "silent",       "unwritten", "no-text"};
    struct stage stage;
    stage_open(&stage, N);
    for (size_t k = 0; k < sizeof harmless / sizeof *harmless; k++) {
        char plugins[512], with[64];
        struct attempt here, there;
        if (strcmp(harmless[k], "close-not") == 0)
            continue;
        snprintf(with, sizeof with, "act: %s, at: 5, every: 9", harmless[k]);
        spec_of(plugins, with);
        attempt_run(&here, &stage, IN_PROCESS, plugins, NULL);
        attempt_run(&there, &stage, 2, plugins, NULL);
        cr_assert(here.code == 0 && there.code == 0);
        cr_expect(fegetround() == FE_TONEAREST, "%s", harmless[k]);
        char *a = attempt_json(&here), *b = attempt_json(&there);
        cr_expect(strcmp(a, b) == 0, "%s: other bytes in process", harmless[k]);
        free(a);
        free(b);
        attempt_finish(&here);
        attempt_finish(&there);
    }
    stage_close(&stage);
}

/* Memory that is its own may be full of anything: the host reads it and lives. */
Test(run_hostile, own_memory_is_not_trusted, .timeout = 120)
{
    static const char *const scribblers[] = {"scribble", "scribble-exit", "clear-exit", "beat"};
    struct stage stage;
    sandbox_limit(SANDBOX_PROCESS); /* they look for it in /proc */
    stage_open(&stage, N);
    char *steady = baseline(&stage);
    for (size_t k = 0; k < 4; k++)
        for (int at = 0; at < N; at += 37) {
            char plugins[512], with[64];
            struct attempt attempt;
            if (strcmp(scribblers[k], "beat") == 0 && at != AT + 18)
                continue;
            snprintf(with, sizeof with, "act: %s, at: %d", scribblers[k], at);
            spec_of(plugins, with);
            struct remains before = remains_now();
            attempt_run(&attempt, &stage, at % 3 + 1, plugins, "limits: {seconds: 0.5}\n");
            cr_assert(attempt.code == 0, "%s: %s", scribblers[k], attempt.error.text[0]);
            char *json = attempt_json(&attempt), *text = attempt_text(&attempt, "after");
            cr_expect(strcmp(text, steady) == 0, "%s changed its neighbour", scribblers[k]);
            free(json);
            free(text);
            attempt_finish(&attempt);
            remains_check(&before, scribblers[k]);
        }
    free(steady);
    stage_close(&stage);
}

Test(run_hostile, exception, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, N);
    attempt_run(&attempt, &stage, 2, "  bad: {use: run-throws}\n", NULL);
    cr_assert(attempt.code == 0);
    cr_expect_str_eq(attempt_status(&attempt, "bad", AT), "failed: SIGABRT");
    cr_expect(attempt_plugin(&attempt, "bad")->failed == 1);
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* x / 3 rounds to nearest in every call and in the host after it. */
Test(run_hostile, floating_point, .timeout = 60)
{
    struct stage stage;
    stage_open(&stage, N);
    for (int jobs = IN_PROCESS; jobs < 4; jobs += 2) {
        struct attempt attempt;
        attempt_run(&attempt, &stage, jobs, "  bad: {use: run-fenv}\n", NULL);
        cr_assert(attempt.code == 0);
        cr_expect(fegetround() == FE_TONEAREST);
        const double *third = attempt_plugin(&attempt, "bad")->columns[0].values;
        for (uint64_t i = 0; i < N; i++)
            if (i % 7 != 3 && i % 5 != 2) {
                volatile double payback = (double)(i % 30), expected = payback / 3;
                cr_expect(third[i] == expected, "innovation %d", (int)i);
            }
        attempt_finish(&attempt);
    }
    stage_close(&stage);
}

/* --- What it says ------------------------------------------------------------------------------ */

static const struct {
    const char *act;
    const char *notes[9]; /* of innovation 0, after its "seen 0" */
    const char *words;    /* NULL: "innovation 0" */
    int dropped;
} sayings[] = {
    {"notes",
     {"finding 0", "finding 1", "finding 2", "finding 3", "finding 4", "finding 5", "finding 6"},
     NULL,
     999993},
    {"note-rows", {NULL}, NULL, 30},
    {"note-bytes", {"a???z", "?( ?[31m???", "a?b"}, NULL, 0},
    {"note-formats", {"    7|ab", "%|  abc|3   |300|1099511627776|7", "2 1", NULL}, NULL, 0},
    {"text-twice", {NULL}, "second", 0},
    {"skip-range", {NULL}, NULL, 0},
};

static void check_saying(const struct attempt *attempt, size_t k)
{
    const struct result_plugin *bad = attempt_plugin(attempt, "bad");
    char text[UPTAKE_TEXT_BYTES + 1];
    for (uint32_t n = 0; sayings[k].notes[n]; n++) {
        cr_assert(bad->notes_at[0] + 1 + n < bad->notes_at[1], "%s: %d findings", sayings[k].act,
                  (int)bad->notes_at[1]);
        struct result_note note = result_note(bad, bad->notes_at[0] + 1 + n);
        result_note_text(bad, &note, text);
        cr_expect(strcmp(text, sayings[k].notes[n]) == 0, "%s, %d: '%s'", sayings[k].act, (int)n,
                  text);
    }
    result_text(bad, &bad->columns[2], 0, text);
    const char *words = sayings[k].words ? sayings[k].words : "innovation 0";
    cr_expect(strcmp(text, words) == 0, "%s: '%s'", sayings[k].act, text);
    cr_expect((int)bad->notes_dropped == sayings[k].dropped, "%s: %d dropped", sayings[k].act,
              (int)bad->notes_dropped);
}

Test(run_hostile, words, .timeout = 60)
{
    struct stage stage;
    stage_open(&stage, 3);
    for (size_t k = 0; k < sizeof sayings / sizeof *sayings; k++) {
        char plugins[256];
        struct attempt attempt;
        snprintf(plugins, sizeof plugins, "  bad: {use: run-hostile, with: {act: %s}}\n",
                 sayings[k].act);
        attempt_run(&attempt, &stage, 2, plugins, NULL);
        cr_assert(attempt.code == 0);
        check_saying(&attempt, k);
        attempt_finish(&attempt);
    }
    stage_close(&stage);
}

/* Whatever is said, what is kept is at most 240 bytes of it. */
Test(run_hostile, long_words, .timeout = 60)
{
    static const char *const longest[] = {"note-long", "text-long", "note-formats"};
    struct stage stage;
    stage_open(&stage, 3);
    for (size_t k = 0; k < 3; k++) {
        char plugins[256], text[UPTAKE_TEXT_BYTES + 1];
        struct attempt attempt;
        snprintf(plugins, sizeof plugins, "  bad: {use: run-hostile, with: {act: %s}}\n",
                 longest[k]);
        attempt_run(&attempt, &stage, 2, plugins, NULL);
        cr_assert(attempt.code == 0);
        const struct result_plugin *bad = attempt_plugin(&attempt, "bad");
        cr_expect(bad->notes_at[1] == (k == 0   ? 3
                                       : k == 1 ? 1
                                                : 7),
                  "%s: %d", longest[k], (int)bad->notes_at[1]);
        for (uint32_t n = 1; n < bad->notes_at[1] && k == 0; n++) {
            struct result_note note = result_note(bad, n);
            cr_expect(result_note_text(bad, &note, text) == UPTAKE_TEXT_BYTES);
        }
        if (k == 1)
            cr_expect(result_text(bad, &bad->columns[2], 0, text) == UPTAKE_TEXT_BYTES);
        attempt_finish(&attempt);
    }
    stage_close(&stage);
}

/* It cannot keep itself alive by raising its own heartbeat for ever. */
Test(run_hostile, beat, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    sandbox_limit(SANDBOX_PROCESS);
    stage_open(&stage, 100);
    attempt_run(&attempt, &stage, 1, "  bad: {use: run-hostile, with: {act: beat, at: 70}}\n",
                "limits: {seconds: 1}\n");
    cr_assert(attempt.code == 0);
    cr_expect_str_eq(attempt_status(&attempt, "bad", 70),
                     "failed: took longer than 1 s (limits: seconds)");
    cr_expect(attempt_plugin(&attempt, "bad")->ok == 99);
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* A program that embeds the host keeps its own children. */
Test(run_hostile, children_of_others, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    pid_t mine = fork();
    if (mine == 0) {
        sleep(60);
        _exit(0);
    }
    cr_assert(mine > 0);
    stage_open(&stage, 100);
    sandbox_limit(SANDBOX_PROCESS);
    attempt_run(&attempt, &stage, 2, "  bad: {use: run-hostile, with: {act: orphan, at: 70}}\n",
                NULL);
    cr_expect(attempt.code == 0);
    cr_expect(waitpid(mine, NULL, WNOHANG) == 0, "the run ended a child that was not its own");
    kill(mine, SIGKILL);
    waitpid(mine, NULL, 0);
    attempt_finish(&attempt);
    stage_close(&stage);
}
