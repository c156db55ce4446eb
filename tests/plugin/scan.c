/* Bundles that are hostile, broken or fine, loaded by a child: always an answer or a message, nothing left. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plugin/child.h"
#include "plugin/fixture.h"
#include "plugin/sandbox.h"

static const char *path_of(const char *bundle)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s.so", TEST_BUNDLES, bundle);
    return path;
}

/* The message, or "" where there are plugins. */
static const char *scan(const char *bundle, double seconds)
{
    static struct uptake_error error;
    struct arena arena = {0};
    struct plugin_bundle found;
    memset(&error, 0, sizeof error);
    int result = plugin_scan(path_of(bundle), seconds, &arena, &found, &error);
    cr_expect(result == (error.count ? -1 : 0), "%s: %d, %s", bundle, result, error.text[0]);
    arena_finish(&arena);
    return error.text[0];
}

static int count_files(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static const struct {
    const char *bundle;
    double seconds;
    const char *message; /* "": described */
} cases[] = {
    {"good", 0, ""},
    {"good_cpp", 0, ""},
    {"pack", 0, ""},
    {"rude_in_constructor", 0, "tried to start a process"},
    {"state_too_large", 0, ""},
    {"crash_in_constructor", 0, "the bundle crashed when it was loaded: SIGSEGV"},
    {"crash_in_entry", 0, "the bundle crashed when it was loaded: SIGABRT"},
    {"wild_pointer", 0, "the bundle crashed while its description was read: SIGSEGV"},
    {"hang_in_constructor", 0.2, "the bundle took over 0.2 seconds to load"},
    {"exit_in_constructor", 0, "the bundle exits while it is loaded"},
    {"null_entry", 0, "the bundle's uptake_bundle_1 answers NULL"},
    {"wrong_major", 0,
     "was built for ABI 2, this uptake speaks ABI 1: rebuild it against include/"},
    {"lying_major", 0, "the bundle's uptake_bundle_1 says ABI 7, expected 1"},
    {"no_entry", 0, "the bundle exports no uptake_bundle_1: not an uptake plugin"},
    {"misordered", 0,
     "plugin 'misordered', read 0 'name': it has index 1, expected 0: the enum of the"},
    {"lies_sizes", 0, "plugin 1 of the bundle: its size says "},
    {"null_strings", 0, "plugin 'null-strings': its title is NULL, expected a text"},
    {"duplicate_ids", 0, "the bundle: it holds two plugins with the id 'twin'"},
    {"undefined_symbol", 0, "the bundle cannot be loaded: undefined symbol: missing_function"},
    {"no-such-file", 0, "cannot open it: No such file or directory"},
};

Test(plugin_scan, bundles)
{
    scan("good", 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* what a child leaves behind becomes ours */
    int files = count_files();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        if (sandbox_level() == SANDBOX_PROCESS && strncmp(cases[k].message, "tried to", 8) == 0)
            continue;
        const char *message = scan(cases[k].bundle, cases[k].seconds);
        cr_expect(*cases[k].message ? strstr(message, cases[k].message) != NULL : !*message,
                  "%s: '%s'", cases[k].bundle, message);
        if (*message)
            cr_expect(
                strncmp(message, path_of(cases[k].bundle), strlen(path_of(cases[k].bundle))) == 0,
                "%s: the message names no path: %s", cases[k].bundle, message);
        cr_expect(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD, "%s: a process is left",
                  cases[k].bundle);
        cr_expect_eq(count_files(), files, "%s: a file is left open", cases[k].bundle);
    }
}

/* Without a sandbox it may do as it likes; what it leaves behind is ended. */
Test(plugin_scan, without_sandbox)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sandbox_limit(SANDBOX_PROCESS);
    cr_expect_str_eq(scan("rude_in_constructor", 0), "");
    cr_expect(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD, "a process is left");
}

Test(plugin_scan, what_was_described)
{
    struct arena arena = {0};
    struct plugin_bundle found;
    struct uptake_error error = {0};
    cr_assert(plugin_scan(path_of("good_cpp"), 0, &arena, &found, &error) == 0, "%s",
              error.text[0]);
    cr_assert_eq(found.n_plugins, 2);
    cr_expect_str_eq(found.plugins[1].id, "good-cpp-two");
    cr_expect(found.plugins[1].position == 1 && found.failure == NULL);
    cr_expect_str_eq(found.plugins[0].bundle, path_of("good_cpp"));
    arena_finish(&arena);
}

Test(plugin_scan, no_bundle)
{
    char folder[FOLDER_BYTES], path[128];
    struct arena arena = {0};
    struct plugin_bundle found;
    struct uptake_error error = {0};
    folder_make(folder);
    cr_expect(plugin_scan(folder, 0, &arena, &found, &error) == -1);
    cr_expect(strstr(error.text[0], "it is a folder, expected a bundle"), "%s", error.text[0]);
    snprintf(path, sizeof path, "%s/text.so", folder);
    FILE *file = fopen(path, "w");
    fputs("no shared object", file);
    fclose(file);
    cr_expect(plugin_scan(path, 0, &arena, &found, &error) == -1);
    cr_expect(strstr(error.text[1], "the bundle cannot be loaded: file too short") ||
                  strstr(error.text[1], "the bundle cannot be loaded: invalid ELF header"),
              "%s", error.text[1]);
    arena_finish(&arena);
    folder_remove(folder);
}

/* Without a slash the name is a file here, not one of the system's libraries. */
Test(plugin_scan, in_the_working_directory)
{
    struct arena arena = {0};
    struct plugin_bundle found;
    struct uptake_error error = {0};
    cr_assert(chdir(TEST_BUNDLES) == 0);
    cr_expect(plugin_scan("good.so", 0, &arena, &found, &error) == 0, "%s", error.text[0]);
    arena_finish(&arena);
}

static int *handler_ran;
static void note_that_it_ran(void)
{
    *handler_ran = 1;
}

Test(plugin_scan, exit_runs_no_handler_of_the_host)
{
    handler_ran =
        mmap(NULL, sizeof *handler_ran, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    cr_assert(handler_ran != MAP_FAILED && atexit(note_that_it_ran) == 0);
    scan("exit_in_constructor", 0);
    cr_expect_eq(*handler_ran, 0);
}

static volatile sig_atomic_t alarms;
static void on_alarm(int signal)
{
    (void)signal;
    alarms++;
}

/* Signals that the host handles neither shorten nor lengthen the wait. */
Test(plugin_scan, interrupted)
{
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval every = {{0, 5000}, {0, 5000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
    double start = now();
    const char *message = scan("hang_in_constructor", 0.3);
    double took = now() - start;
    setitimer(ITIMER_REAL, &never, NULL);
    cr_expect(strstr(message, "took over 0.3 seconds to load"), "%s", message);
    cr_expect(took >= 0.3 && took < 5, "%g s", took);
    cr_expect(alarms > 5, "%d alarms", (int)alarms);
}

/* Without a descriptor to wait on the host looks again and again. */
Test(plugin_scan, no_free_descriptor)
{
    struct rlimit before, few;
    getrlimit(RLIMIT_NOFILE, &before);
    int lowest = dup(0);
    close(lowest);
    few = (struct rlimit){(rlim_t)lowest, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
    const char *good = scan("good", 0), *hang;
    cr_expect_str_eq(good, "");
    hang = scan("hang_in_constructor", 0.1);
    cr_expect(strstr(hang, "took over 0.1 seconds to load"), "%s", hang);
    setrlimit(RLIMIT_NOFILE, &before);
}

/* A program that ignores SIGCHLD has its children reaped by the kernel. */
Test(plugin_scan, children_reaped_by_the_kernel)
{
    signal(SIGCHLD, SIG_IGN);
    cr_expect_str_eq(scan("good", 0), "");
    cr_expect_neq(*scan("crash_in_constructor", 0), 0);
}

static int say_something_odd(const struct uptake_bundle *bundle, const void *context,
                             struct bytes_out *out, struct uptake_error *why)
{
    (void)bundle, (void)out;
    return error_add(why, EXIT_INPUT, "%s", (const char *)context);
}

/* What a child says is shown on a terminal. */
Test(plugin_scan, messages_are_made_fit)
{
    static const struct {
        const char *said, *shown;
    } rows[] = {
        {"plain", "plain"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"\033[2Jgone\n", "?[2Jgone?"},
        {"a\xc2\x9b"
         "2J",
         "a?2J"},
        {"caf\xe9 \xc3\xa9", "caf? \xc3\xa9"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct child_task task = {
            .path = path_of("good"), .ask = say_something_odd, .context = rows[k].said};
        struct uptake_error error = {0};
        void *reply = NULL;
        size_t bytes;
        cr_expect(child_ask(&task, &reply, &bytes, &error) == -1 && reply == NULL);
        cr_expect_str_eq(error.text[0], rows[k].shown);
    }
}

/* --- Loading and states ------------------------------------------------------------------------ */

Test(plugin_load, entries)
{
    const struct uptake_bundle *loaded = NULL;
    struct uptake_error error = {0};
    struct plugin plugin = {.bundle = path_of("good"), .id = "good", .version = "1.2.0"};
    cr_assert(plugin_load(&plugin, &loaded, &error) == 0, "%s", error.text[0]);
    cr_expect(loaded->abi_major == 1 && loaded->plugins.count == 1);
    plugin.bundle = "x.so";
    const struct uptake_plugin *code = plugin_code(loaded, &plugin, &error);
    cr_assert(code);
    cr_expect_str_eq(code->title, "Good");
    plugin.version = "1.1.0";
    cr_expect_null(plugin_code(loaded, &plugin, &error));
    cr_expect(strstr(error.text[0], "x.so: it has changed since it was described"), "%s",
              error.text[0]);
    plugin.position = 1;
    cr_expect_null(plugin_code(loaded, &plugin, &error));
    loaded = NULL;
    plugin.bundle = path_of("wrong_major");
    cr_expect(plugin_load(&plugin, &loaded, &error) == -1 && !loaded);
    cr_expect(strstr(error.text[2], "was built for ABI 2"), "%s", error.text[2]);
}

/* Ways of changing a bundle between its description and what is done with it. Each command is given the bundle's path, and the
 * path of another copy. */
Test(plugin_load, another_file)
{
    static const struct {
        const char *what, *command;
        bool changed;
    } rows[] = {
        {"nothing", "true", false},
        {"read", "cat %s >/dev/null; true %s", false},
        {"another in its place", "mv %2$s %1$s", true},
        {"another written over it", "cat %2$s >%1$s", true},
        {"away", "rm %s; true %s", true},
        {"another, and its own back", "mv %1$s %1$s.own; cp %2$s %1$s; mv %1$s.own %1$s", true},
    };
    char folder[] = "/tmp/uptake-changed-XXXXXX";
    cr_assert(mkdtemp(folder));
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        char command[2048], path[128], other[128], hash[HASH_HEX];
        const struct uptake_bundle *loaded = NULL;
        struct arena arena = {0};
        struct plugin_bundle bundle = {0};
        struct uptake_error error = {0};
        snprintf(path, sizeof path, "%s/good.so", folder);
        snprintf(other, sizeof other, "%s/other.so", folder);
        snprintf(command, sizeof command, "rm -f %2$s; cp %1$s %2$s; cp %1$s %3$s", path_of("good"),
                 path, other);
        cr_assert(system(command) == 0);
        cr_assert(plugin_scan(path, 0, &arena, &bundle, &error) == 0, "%s", error.text[0]);
        snprintf(command, sizeof command, rows[k].command, path, other);
        cr_assert(system(command) == 0, "%s", rows[k].what);
        int expected = rows[k].changed ? -1 : 0;
        cr_expect(plugin_hash(&bundle.plugins[0], hash, &error) == expected, "hash: %s",
                  rows[k].what);
        cr_expect(plugin_load(&bundle.plugins[0], &loaded, &error) == expected, "load: %s",
                  rows[k].what);
        cr_expect(!rows[k].changed || error.count == 2, "%s", rows[k].what);
        cr_expect(!rows[k].changed ||
                      strstr(error.text[1], "good.so: it has changed since it was described"),
                  "%s: %s", rows[k].what, error.text[1]);
        arena_finish(&arena);
    }
    char command[256];
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_expect(system(command) == 0);
}
