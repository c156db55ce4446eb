/* Asking a plugin, in a child, how large its state is. */
#include <stdio.h>

#include "run/once.h"
#include "run/supervise.h"

struct question {
    const struct share *share;
    uint64_t *bytes; /* in memory that the child shares */
};

static int body(const struct uptake_bundle *loaded, void *data, char *why)
{
    const struct question *question = data;
    return worker_state_size(question->share, loaded, question->bytes, why);
}

int supervise_state_size(const struct share *share, const struct supervision *how, bool in_process,
                         uint64_t *bytes, char failure[256], struct uptake_error *error)
{
    static const size_t sections[] = {sizeof *bytes};
    char why[ONCE_WHY_BYTES] = "";
    struct question question = {.share = share};
    struct once once = {.plugin = share->of->plugin,
                        .seconds = how->seconds,
                        .memory = how->memory,
                        .in_process = in_process,
                        .body = body,
                        .data = &question};
    int failed = once_open(&once, sections, 1, error);
    if (!failed) {
        question.bytes = once_section(&once, sizeof *bytes);
        failed = once_run(&once, why, error);
        *bytes = *question.bytes;
    }
    once_close(&once);
    if (!failed && *bytes > (uint64_t)1 << 30) {
        snprintf(why, sizeof why, "it says over 1 GiB");
        failed = 1;
    }
    snprintf(failure, 256, "%.255s", why);
    return failed;
}
