/*
 * Any bytes as a file of cases: they are run, in this process, or there is a message. One that begins with "#2" is of the
 * third of the shipped plugins, others are of a bundle that holds all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "check/cases.h"
#include "fuzz.h"

int __real_run_execute(const struct plan *plan, struct model *model,
                       const struct run_options *options, struct result *result,
                       struct uptake_error *error);
int __wrap_run_execute(const struct plan *plan, struct model *model,
                       const struct run_options *options, struct result *result,
                       struct uptake_error *error);

int __wrap_run_execute(const struct plan *plan, struct model *model,
                       const struct run_options *options, struct result *result,
                       struct uptake_error *error)
{
    struct run_options here = *options;
    here.in_process = true;
    return __real_run_execute(plan, model, &here, result, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct uptake_error error;
    const struct plugin *plugins;
    size_t n_plugins = fuzz_plugins(&plugins);
    struct cases cases;
    size_t only = size > 1 && data[0] == '#' ? data[1] - (size_t)'0' : SIZE_MAX;
    if (only < n_plugins) {
        plugins += only;
        n_plugins = 1;
    }
    const char *path = fuzz_file(FUZZ_FIRST, data, size);
    error.count = error.more = 0;
    int failed = cases_run(plugins, n_plugins, path, &cases, &error);
    fuzz_expect(failed ? error.count > 0 : (error.count > 0) == (cases.failed > 0),
                "%zu of %zu cases failed, and %u messages", cases.failed, cases.count, error.count);
    fuzz_expect(error.count == 0 || error.exit_code == EXIT_INPUT ||
                    error.exit_code == EXIT_DIFFERS,
                "exit %d: %s", error.exit_code, error.text[0]);
    fuzz_expect_texts("cases_run", &error);
    return 0;
}
