/* The table of checks, and how each is run in a child: see suite.h. */
#include "check/suite.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "check/suite_internal.h"
#include "run/custody.h"

/* In this order: what a later check finds is often explained by an earlier one. */
const struct suite_check suite_checks[] = {
    {"descriptor", "what it says of itself is whole: texts, source, every byte of its parameters",
     0, false, FAULT_NONE, check_descriptor},
    {"exports", "the bundle exports its entry and nothing else, so that two bundles never meet", 0,
     false, FAULT_NONE, check_exports},
    {"read-bounds", "only the rows of the batch are read, and nothing before or behind them", 0,
     false, FAULT_READ, check_strict},
    {"write-bounds", "only the rows of the batch are written, and nothing before or behind them", 0,
     false, FAULT_WRITE, check_strict},
    {"inputs-unwritten", "what a plugin reads, it never writes to", 0, false, FAULT_INPUT,
     check_strict},
    {"constants", "the entry returns the same constants every time, also after a run", 0, false,
     FAULT_NONE, check_constants},
    {"system-calls", "no file, network, thread or process is asked for", 0, false, FAULT_NONE,
     check_system_calls},
    {"empty-lists", "an innovation whose lists are empty is answered or skipped", 0, false,
     FAULT_NONE, check_empty_lists},
    {"zero-rows",
     "a model whose lists, or whose portfolio's lists, are all empty is answered or skipped", 0,
     false, FAULT_NONE, check_zero_rows},
    {"one-row", "a portfolio of one innovation is answered or skipped", 0, false, FAULT_NONE,
     check_one_row},
    {"missing", "values that are missing, for every reason, are no numbers", 0, false, FAULT_NONE,
     check_missing},
    {"doubt", "ranges, at least, at most, about and suppressed give answers within bounds", 0,
     false, FAULT_NONE, check_doubt},
    {"extremes", "values at the ends of their ranges give answers within what is declared", 0,
     false, FAULT_NONE, check_extremes},
    {"long-lists", "lists of a thousand rows give answers within what is declared", 0, false,
     FAULT_NONE, check_long_lists},
    {"random", "models of every kind give answers within what is declared", 0, false, FAULT_NONE,
     check_random},
    {"parameters", "every parameter may be set to its least, its greatest and each of its choices",
     0, false, FAULT_NONE, check_parameters},
    {"repeatable", "the same model gives the same answer in another process", UPTAKE_NOT_REPEATABLE,
     false, FAULT_NONE, check_repeatable},
    {"same-batch", "the same batch, given twice in a row, gives the same answer twice",
     UPTAKE_NOT_REPEATABLE, false, FAULT_NONE, check_same_batch},
    {"finish-repeatable", "finish gives the same from the same state", UPTAKE_NOT_REPEATABLE, true,
     FAULT_NONE, check_finish_repeatable},
    {"fresh-start", "nothing of an earlier run in the same process is left", UPTAKE_NOT_REPEATABLE,
     false, FAULT_NONE, check_fresh_start},
    {"batch-cut", "however innovations are cut in batches, the answers are the same bits",
     UPTAKE_BATCH_SENSITIVE | UPTAKE_NOT_REPEATABLE, false, FAULT_NONE, check_batch_cut},
    {"workers", "one worker and several give the same bits",
     UPTAKE_BATCH_SENSITIVE | UPTAKE_NOT_REPEATABLE, false, FAULT_NONE, check_workers},
    {"combine-neutral", "combining with a state that saw nothing changes nothing",
     UPTAKE_BATCH_SENSITIVE | UPTAKE_NOT_REPEATABLE, true, FAULT_NONE, check_combine_neutral},
    {"combine-associative", "states may be combined in any grouping",
     UPTAKE_BATCH_SENSITIVE | UPTAKE_NOT_REPEATABLE, true, FAULT_NONE, check_combine_associative},
    {"combine-whole", "states of parts, combined, are the state of the whole",
     UPTAKE_BATCH_SENSITIVE | UPTAKE_NOT_REPEATABLE, true, FAULT_NONE, check_combine_whole},
    {"order", "innovations in another order get the same answers",
     UPTAKE_ORDER_SENSITIVE | UPTAKE_NOT_REPEATABLE, false, FAULT_NONE, check_order},
    {"memory", "no memory is kept from batch to batch", 0, false, FAULT_NONE, check_memory},
    {"speed", "the time for an innovation does not grow with their number", 0, false, FAULT_NONE,
     check_speed},
    {0},
};

const char *suite_check_name(size_t index)
{
    return suite_checks[index].name;
}

const char *suite_check_doc(size_t index)
{
    return suite_checks[index].doc;
}

/* --- Answers ----------------------------------------------------------------------------------- */

struct suite_answer *suite_answer_open(void)
{
    void *answer = mmap(NULL, sizeof(struct suite_answer), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return answer == MAP_FAILED ? NULL : answer;
}

void suite_answer_close(struct suite_answer *answer)
{
    if (answer)
        munmap(answer, sizeof *answer);
}

static void settle(struct suite_run *run, enum suite_verdict verdict, const char *format,
                   va_list values)
{
    if (atomic_load(&run->answer->verdict))
        return;
    vsnprintf(run->answer->text, sizeof run->answer->text, format, values);
    if (verdict)
        atomic_store(&run->answer->verdict, verdict);
}

void check_fail(struct suite_run *run, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    settle(run, SUITE_FAILED, format, values);
    va_end(values);
}

void check_skip(struct suite_run *run, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    settle(run, SUITE_SKIPPED, format, values);
    va_end(values);
}

void check_undone(struct suite_run *run, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    settle(run, SUITE_UNDONE, format, values);
    va_end(values);
}

void check_say(struct suite_run *run, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    settle(run, 0, format, values);
    va_end(values);
}

bool check_failed(const struct suite_run *run)
{
    return atomic_load(&run->answer->verdict) != 0;
}

/* --- A child ----------------------------------------------------------------------------------- */

struct errand {
    void (*function)(struct suite_run *run);
    struct suite_run *run;
};

static int body(const struct share *share, const void *data)
{
    const struct errand *errand = data;
    (void)share;
    /* Workers that the check starts have nothing to do with its answer. */
    madvise(errand->run->answer, sizeof *errand->run->answer, MADV_DONTFORK);
    atomic_store(&errand->run->answer->begun, 1);
    errand->function(errand->run);
    if (!check_failed(errand->run))
        atomic_store(&errand->run->answer->verdict, SUITE_PASSED);
    return 0;
}

static void how_it_ended(pid_t pid, double seconds, bool ended, const siginfo_t *info,
                         char crash[SUITE_TEXT])
{
    (void)pid;
    if (!ended)
        snprintf(crash, SUITE_TEXT, "it took longer than %g s", seconds);
    else if (info->si_code == CLD_EXITED && info->si_status != 0)
        snprintf(crash, SUITE_TEXT, "it ended its process, with exit code %d", info->si_status);
    else if (info->si_code == CLD_KILLED || info->si_code == CLD_DUMPED)
        snprintf(crash, SUITE_TEXT, "it ended with SIG%s", sigabbrev_np(info->si_status));
    else if (info->si_code != CLD_EXITED)
        snprintf(crash, SUITE_TEXT, "it stopped its own process");
    else
        crash[0] = 0;
}

static void await(pid_t pid, double seconds, const sigset_t *mask, char crash[SUITE_TEXT])
{
    struct timespec most = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    siginfo_t info = {0};
    if (end.fd >= 0) {
        ppoll(&end, 1, &most, mask);
        close(end.fd);
    }
    bool ended = waitid(P_PID, (id_t)pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
                 info.si_pid == pid;
    how_it_ended(pid, seconds, ended, &info, crash);
    child_kill(pid);
}

int suite_child(void (*function)(struct suite_run *run), struct suite_run *run, double seconds,
                char *crash, struct uptake_error *error)
{
    static const struct share none;
    const struct errand errand = {function, run};
    struct custody custody;
    crash[0] = 0;
    custody_take(&custody);
    pid_t pid = child_fork(&none, body, &errand, UINT64_C(4) << 30);
    int failed = pid < 0 ? error_errno(error, "start", "a check") : 0;
    if (!failed)
        await(pid, seconds, &custody.mask, crash);
    custody_give_back(&custody);
    int interrupt = custody_interrupted();
    if (!interrupt)
        return failed;
    return error_add(error, 128 + interrupt, "interrupted by SIG%s", sigabbrev_np(interrupt));
}

/* --- One check --------------------------------------------------------------------------------- */

static const char *const fault_checks[] = {[FAULT_READ] = "read-bounds",
                                           [FAULT_WRITE] = "write-bounds",
                                           [FAULT_INPUT] = "inputs-unwritten"};

static void judge(const struct suite_check *check, const struct suite_answer *answer,
                  const char *crash, struct suite_outcome *outcome)
{
    int fault = atomic_load(&answer->strict.fault), verdict = atomic_load(&answer->verdict);
    if (fault < FAULT_NONE || fault > FAULT_ELSEWHERE) /* the plugin wrote over it */
        fault = FAULT_ELSEWHERE;
    outcome->verdict = verdict >= SUITE_PASSED && verdict <= SUITE_SKIPPED ? (unsigned)verdict : 0;
    if (!atomic_load(&answer->begun)) {
        outcome->verdict = SUITE_UNDONE;
        snprintf(outcome->text, SUITE_TEXT,
                 "its process could not be set up (limits of open files or of memory?)");
    } else if (fault != FAULT_NONE) {
        bool other = fault != FAULT_ELSEWHERE && fault != (int)check->fault;
        outcome->verdict = other ? SUITE_SKIPPED : SUITE_FAILED;
        snprintf(outcome->text, SUITE_TEXT, "%s%s%.300s", other ? fault_checks[fault] : "",
                 other ? " comes first: " : "", answer->strict.text);
    } else if (crash[0]) {
        outcome->verdict = SUITE_FAILED;
        snprintf(outcome->text, SUITE_TEXT, "%s", crash);
    } else if (!outcome->verdict) {
        outcome->verdict = SUITE_FAILED;
        snprintf(outcome->text, SUITE_TEXT, "it ended its process before the check was over");
    } else {
        memcpy(outcome->text, answer->text, SUITE_TEXT);
        outcome->text[SUITE_TEXT - 1] = 0;
    }
}

static bool excused(const struct suite_check *check, const struct plugin *plugin,
                    struct suite_outcome *outcome)
{
    static const char *const lacks[] = {[UPTAKE_ORDER_SENSITIVE] = "UPTAKE_ORDER_SENSITIVE",
                                        [UPTAKE_BATCH_SENSITIVE] = "UPTAKE_BATCH_SENSITIVE",
                                        [UPTAKE_NOT_REPEATABLE] = "UPTAKE_NOT_REPEATABLE"};
    for (unsigned bit = 1; bit <= UPTAKE_NOT_REPEATABLE; bit *= 2)
        if (check->excused_by & plugin->properties & bit) {
            outcome->verdict = SUITE_EXCUSED;
            snprintf(outcome->text, SUITE_TEXT, "the plugin declares %s", lacks[bit]);
            return true;
        }
    if (check->state && !plugin->has_state) {
        outcome->verdict = SUITE_SKIPPED;
        snprintf(outcome->text, SUITE_TEXT, "it has no statistics over the portfolio");
        return true;
    }
    return false;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int run_one(const struct suite_check *check, struct suite_run *run,
                   const struct suite_options *options, struct suite_outcome *outcome,
                   struct uptake_error *error)
{
    char crash[SUITE_TEXT] = "";
    double start = now();
    int failed = 0;
    outcome->name = check->name;
    outcome->doc = check->doc;
    if (excused(check, run->plugin, outcome))
        return 0;
    *run->answer = (struct suite_answer){0};
    run->judging = false;
    if (options->in_process) {
        atomic_store(&run->answer->begun, 1);
        check->run(run);
        if (!check_failed(run))
            atomic_store(&run->answer->verdict, SUITE_PASSED);
    } else {
        failed = suite_child(check->run, run, options->seconds > 0 ? options->seconds : 60, crash,
                             error);
    }
    judge(check, run->answer, crash, outcome);
    outcome->seconds = now() - start;
    return failed;
}

/* --- All of them ------------------------------------------------------------------------------- */

/* Not a check: the worked examples beside a plugin (core/check/cases.h), and none of these. */
const char suite_only_cases[] = "cases";

/* Of either kind of plugin. */
static bool is_known(const char *name)
{
    const struct suite_check *const tables[] = {suite_checks, merge_checks};
    for (size_t t = 0; t < 2; t++)
        for (const struct suite_check *check = tables[t]; check->name; check++)
            if (strcmp(check->name, name) == 0)
                return true;
    return false;
}

static int unknown_check(const char *name, struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, name, strlen(name));
    for (size_t k = 0; suite_checks[k].name; k++)
        nearest_offer(&nearest, suite_checks[k].name);
    for (size_t k = 0; merge_checks[k].name; k++)
        nearest_offer(&nearest, merge_checks[k].name);
    nearest_offer(&nearest, suite_only_cases);
    return error_add(error, EXIT_INPUT, "--only: there is no check '%s'%s",
                     text_quote(quoted, name, strlen(name)), nearest_hint(&nearest, hint));
}

static int run_all(struct suite_run *run, const struct suite_check *checks,
                   const struct suite_options *options, struct suite *suite,
                   struct uptake_error *error)
{
    if (options->only && strcmp(options->only, suite_only_cases) == 0)
        return 0;
    if (options->only && !is_known(options->only))
        return unknown_check(options->only, error);
    for (const struct suite_check *check = checks; check->name; check++) {
        if (options->only && strcmp(check->name, options->only) != 0)
            continue;
        struct suite_outcome *outcome = &suite->outcomes[suite->n_outcomes++];
        run->failed_before = suite->n_failed > 0;
        if (run_one(check, run, options, outcome, error) != 0)
            return -1;
        suite->n_failed += outcome->verdict == SUITE_FAILED || outcome->verdict == SUITE_UNDONE;
    }
    return 0;
}

static int run_table(struct suite_run *run, const struct suite_check *checks,
                     const struct suite_options *options, struct arena *arena, struct suite *suite,
                     struct uptake_error *error)
{
    size_t count = 0;
    while (checks[count].name)
        count++;
    *suite = (struct suite){.plugin = run->plugin,
                            .seed = options->seed,
                            .outcomes = arena_array(arena, count, sizeof *suite->outcomes)};
    run->seed = options->seed;
    run->in_process = options->in_process;
    run->answer = suite_answer_open();
    int failed = run->answer && suite->outcomes ? run_all(run, checks, options, suite, error)
                                                : error_memory(error);
    suite_answer_close(run->answer);
    return failed;
}

int suite_run(const struct plugin *plugin, const struct suite_options *options, struct arena *arena,
              struct suite *suite, struct uptake_error *error)
{
    struct gen_schema schema;
    if (gen_schema_open(&schema, plugin, error) != 0)
        return -1;
    struct suite_run run = {.plugin = plugin, .schema = &schema};
    int failed = run_table(&run, suite_checks, options, arena, suite, error);
    gen_schema_close(&schema);
    return failed;
}

int suite_run_merge(const struct plugin_merge *merge, const struct suite_options *options,
                    struct arena *arena, struct suite *suite, struct uptake_error *error)
{
    struct suite_run run = {.plugin = &merge->plugin, .merge = merge};
    return run_table(&run, merge_checks, options, arena, suite, error);
}
