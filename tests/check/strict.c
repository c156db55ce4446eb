/* Strict views: what lies before and behind every slice is out of reach, whichever end it is held against. The plugin of the
 * tests' mutants is run in a child, since a fault ends it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check/fixture.h"
#include "check/strict.h"

static const char model[] =
    "uptake: 1\nadopters: []\nrules: [{id: r, scheme: s, source: x, starts: 2020, all: [{field: "
    "commissioning.payback, at_most: 12}]}]\ninnovations:\n"
    "- {id: a, name: A, support: [{resource: time, phase: running, needed: 6, provided: 3, unit: "
    "hours_per_week}]}\n"
    "- {id: b, name: B, support: []}\n"
    "- {id: c, name: C, support: [{resource: time, phase: running, needed: 8, provided: 3, unit: "
    "hours_per_week}]}\n";

static void run_strictly(const char *path, struct strict_report *report, bool at_start)
{
    struct arena arena = {0};
    struct trial trial = {0};
    const struct plugin *plugin = check_plugin_of(path, &arena);
    pid_t pid = fork();
    cr_assert(pid >= 0);
    if (pid == 0) {
        struct strict *strict = strict_open(report, at_start);
        struct watch watch = strict_watch(strict);
        check_trial_of(plugin, model, &watch, &trial);
        strict_close(strict);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    arena_finish(&arena);
}

Test(check_strict, both_ends, .timeout = 60)
{
    static const struct {
        const char *mutant;
        bool at_start;
        enum strict_fault fault;
        const char *said;
    } rows[] = {
        {"honest", false, FAULT_NONE, ""},
        {"honest", true, FAULT_NONE, ""},
        {"past_its_list", false, FAULT_READ, "support[].needed (values) behind its last row"},
        {"before_its_list", true, FAULT_READ, "support[].needed (values) before its first row"},
        {"past_its_rules", false, FAULT_READ, "/rules[] (values) behind its last row"},
        {"first_of_portfolio", false, FAULT_READ, "/adopters[].size (values) behind its last row"},
        {"first_of_portfolio", true, FAULT_READ, "/adopters[].size (values) behind its last row"},
        {"past_its_batch", false, FAULT_WRITE, "share (values) behind its last row"},
        {"past_its_batch", true, FAULT_WRITE, "share (values) behind its last row"},
        {"writes_an_input", false, FAULT_INPUT, "wrote to what it may only read"},
    };
    struct strict_report *report =
        mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    cr_assert(report != MAP_FAILED);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        char path[512];
        memset(report, 0, sizeof *report);
        snprintf(path, sizeof path, "%s/%s.so", TEST_MUTANTS, rows[k].mutant);
        run_strictly(path, report, rows[k].at_start);
        cr_expect(atomic_load(&report->fault) == (int)rows[k].fault, "%s at its %s: fault %d: %s",
                  rows[k].mutant, rows[k].at_start ? "start" : "end",
                  (int)atomic_load(&report->fault), report->text);
        cr_expect(strstr(report->text, rows[k].said), "%s: %s", rows[k].mutant, report->text);
    }
    munmap(report, sizeof *report);
}
