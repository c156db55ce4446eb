/*
 * The hostile zoo: every bundle of tests/hostile beside three honest plugins. The host survives, the honest ones give
 * the very bytes that they give without it, what is said names the cause, it takes no longer than its limits, and
 * nothing is left behind. Where the machine offers less containment than an act needs, it is left out, and that is said.
 */
#include <criterion/criterion.h>
#include <criterion/logging.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plugin/fixture.h"
#include "plugin/plugin.h"
#include "plugin/sandbox.h"
#include "run/fixture.h"

enum { N = 300, AT = 130, HONEST = 3 };

/* status: of innovation AT; "": whatever the chance of what it hit brings. */
static const struct act {
    const char *name;
    const char *status;
} acts[] = {
    {"null-dereference", "failed: SIGSEGV: it used a null pointer"},
    {"abort", "failed: SIGABRT"},
    {"exit-zero", "failed: it ended its process with exit(0)"},
    {"exit-at-once", "failed: it ended its process with exit(7)"},
    {"infinite-loop", "failed: took longer than 1 s (limits: seconds)"},
    {"infinite-recursion", "failed: SIGSEGV: its stack was full"},
    {"fork-bomb", "failed: it tried to start a process (clone)"},
    {"thread-left-behind",
     "failed: it tried to start a thread, or made another forbidden system call with its signals "
     "masked"},
    {"replace-handler", "failed: it tried to open a file (openat)"},
    {"stat-file", "failed: it tried to look at files (newfstatat)"},
    {"stat-file-quietly", "ok"},
    {"allocate-100-gb",
     "failed: SIGSEGV: it used a null pointer (malloc answers one beyond limits: memory)"},
    {"leak", "failed: SIGSEGV: it used a null pointer (malloc answers one beyond limits: memory)"},
    {"write-before-output", "failed: SIGSEGV: it wrote outside of its results"},
    {"write-after-output", "failed: SIGSEGV: it wrote outside of its results"},
    {"write-into-model", "failed: SIGSEGV: it wrote into the model"},
    {"close-descriptors", "ok"},
    {"kill-parent", "failed: it tried to send a signal to another process (kill)"},
    {"kill-group", "failed: it tried to send a signal to another process (kill)"},
    {"open-passwd", "failed: it tried to open a file (openat)"},
    {"constructor-reads", "ok"},
    {"connect-loopback", "failed: it tried to use the network (socket)"},
    {"execute", "failed: it tried to run a program (execve)"},
    {"print-a-gigabyte", "ok"},
    {"raise-sigstop", "failed: it stopped itself"},
    {"mask-and-hang", "failed: took longer than 1 s (limits: seconds)"},
    {"longjmp-out", "failed: SIG"},
    {"throw-exception", "failed: SIGABRT"},
    {"nan-output", "failed: wrote no score"},
    {"out-of-range-output", "failed: wrote score = 1.5, outside its declared 0 to 1"},
    {"million-findings", "ok"},
    {"state-too-small", "failed: "},
    {"setsid-double-fork", "failed: it tried to start a process (clone)"},
    {"ptrace-traceme", "failed: it tried to trace or read another process (ptrace)"},
    {"floating-point-environment", "ok"},
    {"write-every-descriptor", "ok"},
    {"write-other-results", ""},
};
enum { ACTS = sizeof acts / sizeof *acts };

/* Those that no run begins with: their bundles cannot be described. */
static const struct liar {
    const char *name;
    enum sandbox_level needs;
    const char *message;
} liars[] = {
    {"constructor-crashes", SANDBOX_PROCESS, "the bundle crashed when it was loaded: SIGSEGV"},
    {"constructor-hangs", SANDBOX_PROCESS, "the bundle took over 0.3 seconds to load"},
    {"constructor-forks", SANDBOX_NO_LANDLOCK,
     "the bundle tried to start a process (clone) when it was loaded"},
    {"constructor-grows", SANDBOX_PROCESS, "the bundle crashed when it was loaded: SIGABRT"},
    {"wrong-major", SANDBOX_PROCESS, "the bundle was built for ABI 9, this uptake speaks ABI 1"},
    {"lies-about-sizes", SANDBOX_PROCESS, "its size says"},
    {"lies-about-counts", SANDBOX_PROCESS, "reads"},
    {"lies-about-rows", SANDBOX_PROCESS, "writes"},
};
enum { LIARS = sizeof liars / sizeof *liars };

static const char *path_of(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/hostile-%s.so", TEST_HOSTILE, name);
    return path;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static size_t entries(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count;
}

/* --- What an act needs -------------------------------------------------------------------------- */

/* As its own bundle says: "needs no-landlock: ...". */
static enum sandbox_level needs_of(const char *name)
{
    struct arena arena = {0};
    struct plugin_bundle bundle;
    struct uptake_error error = {0};
    int needs = -1;
    cr_assert(plugin_scan(path_of(name), 0, &arena, &bundle, &error) == 0, "%s", error.text[0]);
    const char *summary = bundle.plugins[0].summary;
    for (int level = SANDBOX_PROCESS; level <= SANDBOX_FULL; level++) {
        char words[32];
        snprintf(words, sizeof words, "needs %s: ", sandbox_name((enum sandbox_level)level));
        if (strncmp(summary, words, strlen(words)) == 0)
            needs = level;
    }
    cr_assert(needs >= 0, "%s names no level: %s", name, summary);
    arena_finish(&arena);
    return (enum sandbox_level)needs;
}

static bool is_limit_of_memory(const char *name)
{
#ifdef UPTAKE_SANITIZED
    return strcmp(name, "allocate-100-gb") == 0 || strcmp(name, "leak") == 0 ||
           strcmp(name, "constructor-grows") == 0;
#else
    (void)name;
    return false;
#endif
}

/* Says so where an act is left out. */
static bool is_skipped(const char *name, enum sandbox_level needs)
{
    bool sanitized = is_limit_of_memory(name);
    if (needs <= sandbox_offered() && !sanitized)
        return false;
    if (sanitized)
        cr_log_info("%s: skipped: sanitizers do without a limit of memory", name);
    else
        cr_log_info("%s: skipped: it needs containment %s, this machine offers %s", name,
                    sandbox_name(needs), sandbox_name(sandbox_offered()));
    return true;
}

/* --- Honest neighbours -------------------------------------------------------------------------- */

static const char honest_lines[] = "  honest1: {use: run-steady}\n"
                                   "  honest2: {use: spread-barriers}\n"
                                   "  honest3: {use: adopter-support}\n";
static const char *const honest[HONEST] = {"honest1", "honest2", "honest3"};

struct truth {
    char *texts[HONEST];
};

static struct truth truth_of(const struct stage *stage)
{
    struct attempt attempt;
    struct truth truth;
    attempt_run(&attempt, stage, 1, honest_lines, NULL);
    cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
    for (int k = 0; k < HONEST; k++)
        truth.texts[k] = attempt_text(&attempt, honest[k]);
    cr_assert(strstr(truth.texts[0], "status 0 ok 257 skipped 43 failed 0 batch 0"));
    attempt_finish(&attempt);
    return truth;
}

static void truth_check(const struct truth *truth, const struct attempt *attempt, const char *what)
{
    for (int k = 0; k < HONEST; k++) {
        char *text = attempt_text(attempt, honest[k]);
        cr_expect(strcmp(text, truth->texts[k]) == 0, "%s changed %s", what, honest[k]);
        free(text);
    }
}

static void truth_finish(struct truth *truth)
{
    for (int k = 0; k < HONEST; k++)
        free(truth->texts[k]);
}

/* --- One by one --------------------------------------------------------------------------------- */

static bool hangs(const struct act *act)
{
    return strstr(act->status, "1 s (") != NULL;
}

static const char *limits_of(const struct act *act)
{
    return hangs(act) ? "limits: {seconds: 1, memory: 256MiB}\n"
                      : "limits: {seconds: 20, memory: 256MiB}\n";
}

static void check_alone(const struct act *act, const struct attempt *attempt)
{
    const char *status = attempt_status(attempt, "bad", AT);
    cr_expect(strncmp(status, act->status, strlen(act->status)) == 0, "%s: %s", act->name, status);
    if (strncmp(act->status, "failed", 6) == 0)
        cr_expect(run_exit_code(&attempt->pipeline.result) == 3, "%s", act->name);
    if (strcmp(act->status, "ok") == 0)
        cr_expect(run_exit_code(&attempt->pipeline.result) == 0, "%s", act->name);
}

static void alone(const struct act *act, const struct stage *stage, const struct truth *truth,
                  int jobs)
{
    char plugins[512];
    struct attempt attempt;
    struct remains before = remains_now();
    size_t files = entries(stage->folder);
    snprintf(plugins, sizeof plugins, "%s  bad: {use: hostile-%s}\n", honest_lines, act->name);
    double start = now();
    attempt_run(&attempt, stage, jobs, plugins, limits_of(act));
    double took = now() - start;
    cr_assert(attempt.code == 0, "%s: %s", act->name, attempt.error.text[0]);
    check_alone(act, &attempt);
    truth_check(truth, &attempt, act->name);
    /* A hang is met three times: in its batch, once more, and alone. */
    cr_expect(took < 10, "%s took %g s", act->name, took);
    attempt_finish(&attempt);
    remains_check(&before, act->name);
    cr_expect(entries(stage->folder) <= files + 1, "%s left files", act->name);
}

Test(run_zoo, each, .timeout = 280)
{
    struct stage stage;
    stage_open(&stage, N);
    struct truth truth = truth_of(&stage);
    for (size_t k = 0; k < ACTS; k++) {
        if (is_skipped(acts[k].name, needs_of(acts[k].name)))
            continue;
        for (int jobs = 1; jobs <= 2; jobs++)
            alone(&acts[k], &stage, &truth, jobs);
    }
    truth_finish(&truth);
    stage_close(&stage);
}

/* --- All at once -------------------------------------------------------------------------------- */

Test(run_zoo, together, .timeout = 280)
{
    struct stage stage;
    stage_open(&stage, N);
    struct truth truth = truth_of(&stage);
    static char plugins[8192];
    size_t used = (size_t)snprintf(plugins, sizeof plugins, "%s", honest_lines);
    for (size_t k = 0; k < ACTS; k++)
        if (!is_skipped(acts[k].name, needs_of(acts[k].name)))
            used += (size_t)snprintf(plugins + used, sizeof plugins - used,
                                     "  %s: {use: hostile-%s}\n", acts[k].name, acts[k].name);
    for (int jobs = 1; jobs <= 2; jobs++) {
        struct attempt attempt;
        struct remains before = remains_now();
        attempt_run(&attempt, &stage, jobs, plugins, "limits: {seconds: 0.5, memory: 256MiB}\n");
        cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
        truth_check(&truth, &attempt, "the zoo");
        cr_expect(run_exit_code(&attempt.pipeline.result) == 3);
        attempt_finish(&attempt);
        remains_check(&before, "the zoo");
    }
    truth_finish(&truth);
    stage_close(&stage);
}

/* --- Those that cannot be described --------------------------------------------------------------- */

Test(run_zoo, liars, .timeout = 60)
{
    for (size_t k = 0; k < LIARS; k++) {
        struct arena arena = {0};
        struct plugin_bundle bundle;
        struct uptake_error error = {0};
        if (is_skipped(liars[k].name, liars[k].needs))
            continue;
        struct remains before = remains_now();
        double start = now();
        cr_expect(plugin_scan(path_of(liars[k].name),
                              strcmp(liars[k].name, "constructor-hangs") == 0 ? 0.3 : 10, &arena,
                              &bundle, &error) == -1,
                  "%s", liars[k].name);
        cr_expect(strstr(error.text[0], liars[k].message), "%s: %s", liars[k].name, error.text[0]);
        cr_expect(error.exit_code == EXIT_INPUT && now() - start < 10, "%s", liars[k].name);
        arena_finish(&arena);
        remains_check(&before, liars[k].name);
    }
}

/* No bundle of the folder is forgotten here. */
Test(run_zoo, whole)
{
    size_t bundles = 0;
    DIR *folder = opendir(TEST_HOSTILE);
    cr_assert(folder);
    for (struct dirent *file; (file = readdir(folder));)
        bundles += strstr(file->d_name, ".so") != NULL;
    closedir(folder);
    cr_expect(bundles == ACTS + LIARS, "%zu bundles, %d in the tables", bundles, ACTS + LIARS);
}
