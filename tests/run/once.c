/* Memory and work of run/once.h: pages around every section, sealed ones read-only, and a child's end in words. */
#include <criterion/criterion.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "check/trial.h"
#include "run/once.h"

static sigjmp_buf back;

static void on_fault(int number)
{
    siglongjmp(back, number);
}

/* Whether a byte can be read, or written. */
static bool can(char *byte, bool write)
{
    if (sigsetjmp(back, 1))
        return false;
    if (write)
        *(volatile char *)byte = 1;
    else
        (void)*(volatile char *)byte;
    return true;
}

Test(run_once, sections)
{
    static const size_t sizes[] = {24, 4096, 0, 5000};
    struct once once = {0};
    struct uptake_error error = {0};
    struct sigaction action = {.sa_handler = on_fault};
    sigaction(SIGSEGV, &action, NULL);
    cr_assert(once_open(&once, sizes, 4, &error) == 0);
    for (size_t k = 0; k < 4; k++) {
        char *section = once_section(&once, sizes[k]);
        size_t end = (sizes[k] + 7) / 8 * 8;
        cr_assert(section && (uintptr_t)section % 8 == 0, "section %zu", k);
        for (size_t at = 0; at < end; at++)
            cr_assert(can(section + at, true), "section %zu, byte %zu", k, at);
        cr_expect(!can(section + end, false), "section %zu: the byte behind it", k);
        char *page = (char *)((uintptr_t)section / 4096 * 4096);
        cr_expect(!sizes[k] || !can(page - 1, false), "section %zu: the byte before its page", k);
        cr_assert(once_seal(section, sizes[k]) == 0);
        if (sizes[k])
            cr_expect(can(section, false) && !can(section, true), "section %zu is sealed", k);
    }
    cr_expect(!once_section(&once, 1), "there is no room for more");
    once_close(&once);
}

static int no_body(const struct uptake_bundle *loaded, void *data, char *why)
{
    const char *act = data;
    (void)loaded;
    if (strcmp(act, "says why") == 0) {
        snprintf(why, 256, "because \033[2J");
        return -1;
    }
    if (strcmp(act, "crash") == 0)
        raise(SIGSEGV);
    if (strcmp(act, "hang") == 0)
        for (volatile int forever = 1; forever;)
            ;
    if (strcmp(act, "exit") == 0)
        _exit(9);
    return 0;
}

Test(run_once, ends)
{
    static const struct {
        const char *act, *bundle, *why;
    } rows[] = {{"nothing", "hurwicz", NULL},
                {"says why", "hurwicz", "because ?[2J"},
                {"crash", "hurwicz", "SIGSEGV"},
                {"hang", "hurwicz", "took longer than 0.5 s (limits: seconds)"},
                {"exit", "hurwicz", "it ended its process with exit(9)"},
                {"nothing", "no_entry", "the bundle exports no uptake_bundle_1"}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        char path[256], why[ONCE_WHY_BYTES];
        struct plugin plugin = {.bundle = path};
        struct once once = {.seconds = 0.5, .memory = (uint64_t)1 << 28, .body = no_body};
        struct uptake_error error = {0};
        snprintf(path, sizeof path, "%s/%s.so", TEST_BUNDLES, rows[k].bundle);
        once.plugin = &plugin;
        once.data = (void *)(uintptr_t)rows[k].act;
        cr_assert(once_open(&once, NULL, 0, &error) == 0);
        int result = once_run(&once, why, &error);
        cr_expect(result == (rows[k].why != NULL), "%s: %d", rows[k].act, result);
        cr_expect(!rows[k].why || strstr(why, rows[k].why), "%s: %s", rows[k].act, why);
        once_close(&once);
    }
}

/* --- The machine's own limits -------------------------------------------------------------------- */

/* Whether a worker's log can be made: 0, 1 and 2 are all that may be open; false: as many as ever again. */
static void few_descriptors(bool few)
{
    struct rlimit limit;
    cr_assert(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = few ? 3 : limit.rlim_max;
    cr_assert(setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

static void check_blame(int result, const struct uptake_error *error)
{
    cr_expect(result == -1 && error->exit_code == EXIT_MACHINE, "%d", result);
    cr_expect_str_eq(error->text[0], "a worker could not be set up: Too many open files (limits of "
                                     "open files or of memory?)");
}

Test(run_once, no_fault_of_the_bundle)
{
    char why[ONCE_WHY_BYTES], act[] = "nothing";
    struct plugin plugin = {.bundle = TEST_BUNDLES "/hurwicz.so"};
    struct once once = {
        .plugin = &plugin, .seconds = 5, .memory = (uint64_t)1 << 28, .body = no_body, .data = act};
    struct uptake_error error = {0};
    cr_assert(once_open(&once, NULL, 0, &error) == 0);
    few_descriptors(true);
    int result = once_run(&once, why, &error);
    few_descriptors(false);
    check_blame(result, &error);
    once_close(&once);
}

/* The same of a run's workers: the run ends, and blames no plugin. */
Test(run_once, no_fault_of_the_plugin)
{
    static const char text[] = "uptake: 1\ninnovations: [{id: a, name: A, commissioning: "
                               "{payback: 3}}]\n";
    struct trial_model model = {.text = text, .bytes = sizeof text - 1, .name = "model"};
    struct run_options options = {.jobs = 2};
    struct plugin_bundle bundle;
    struct arena arena = {0};
    struct trial trial = {0};
    struct uptake_error error = {0};
    cr_assert(plugin_scan(TEST_BUNDLES "/run-steady.so", 0, &arena, &bundle, &error) == 0);
    cr_assert(trial_plan(&trial, &bundle.plugins[0], NULL, &error) == 0, "%s", error.text[0]);
    cr_assert(trial_load(&trial, &model, &error) == 0, "%s", error.text[0]);
    few_descriptors(true);
    int result = trial_run(&trial, &options, &error);
    few_descriptors(false);
    check_blame(result, &error);
    trial_finish(&trial);
    arena_finish(&arena);
}
