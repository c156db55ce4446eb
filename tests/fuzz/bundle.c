/*
 * Any bytes as a bundle's description, as a scanner's child would send it: checked plugins, or one message. What is
 * accepted is what the rest of the host relies on: it can be described, tuned by its defaults, and asked of a model.
 */
#include <stdlib.h>
#include <string.h>

#include "../plugin/sound.h"
#include "check/trial.h"
#include "fuzz.h"
#include "report/report.h"

static void describe(const struct plugin *plugin)
{
    static const struct report_style narrow = {.width = 40};
    static struct uptake_error error;
    error.count = error.more = 0;
    report_describe(plugin, &narrow, fuzz_out(), &error);
    fuzz_expect_printable("a description");
    report_describe(plugin, &report_markdown, fuzz_out(), &error);
    fuzz_expect_printable("a description as markdown");
    report_describe_json(plugin, fuzz_out());
    fuzz_expect_json("a description");
    fuzz_expect(error.count == 0, "%s", error.text[0]);
}

/* What it reads, of a model that has something of all. */
static void try_on(const struct plugin *plugin)
{
    static struct uptake_error error;
    static const char *text;
    static size_t bytes;
    struct trial trial;
    if (!text)
        text = fuzz_source("configs/models/small.yaml", &bytes);
    struct trial_model model = {.text = text, .bytes = bytes, .name = "m.yaml"};
    error.count = error.more = 0;
    int failed = trial_plan(&trial, plugin, NULL, &error);
    fuzz_expect_said("trial_plan", failed, &error);
    if (!failed) {
        failed = trial_load(&trial, &model, &error);
        fuzz_expect_said("trial_load", failed, &error);
    }
    trial_finish(&trial);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct uptake_error error;
    struct arena arena = {0};
    struct plugin_bundle bundle = {.path = "x.so"};
    error.count = error.more = 0;
    int failed = descriptor_read(data, size, &arena, &bundle, &error);
    fuzz_expect_said("descriptor_read", failed, &error);
    fuzz_expect(!failed || (error.count == 1 && !bundle.plugins), "refused with %u messages",
                error.count);
    for (size_t k = 0; k < bundle.n_plugins; k++) {
        fuzz_expect(plugin_is_sound(&bundle.plugins[k]), "plugin %zu is not sound", k);
        describe(&bundle.plugins[k]);
        try_on(&bundle.plugins[k]);
    }
    arena_finish(&arena);
    return 0;
}
