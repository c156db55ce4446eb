/*
 * Any bytes as a spec, and behind a line "====" as arguments of --set, one a line; behind a second one, as its model
 * (without: configs/models/small.yaml). What is well formed is run, in this process, and written in every format.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/pipeline.h"
#include "fuzz.h"
#include "report/report.h"

enum { SETS_MOST = 16 };

int __wrap_plugin_find(const struct plugin_search *search, const char *id, struct arena *arena,
                       const struct plugin **found, struct uptake_error *error);

/* Without a look at the disk. */
int __wrap_plugin_find(const struct plugin_search *search, const char *id, struct arena *arena,
                       const struct plugin **found, struct uptake_error *error)
{
    const struct plugin *plugins;
    size_t count = fuzz_plugins(&plugins);
    char quoted[72];
    (void)search, (void)arena;
    for (size_t k = 0; k < count; k++)
        if (strcmp(plugins[k].id, id) == 0) {
            *found = &plugins[k];
            return 0;
        }
    return error_add(error, EXIT_INPUT, "no plugin '%s'", text_quote(quoted, id, strlen(id)));
}

/* --- Writing ------------------------------------------------------------------------------------ */

static void write_all(const struct result *result, struct pipeline *pipeline, size_t width,
                      struct uptake_error *error)
{
    const struct report_style style = {.width = width};
    report_table(result, &style, fuzz_out(), error);
    fuzz_expect_printable("a table");
    report_table(result, &report_markdown, fuzz_out(), error);
    fuzz_expect_printable("markdown");
    report_csv(result, fuzz_out(), error);
    fuzz_expect_printable("CSV");
    report_json(result, fuzz_out(), error);
    fuzz_expect_json("a run");
    if (pipeline->model.innovations == 0)
        return;
    uint64_t innovation = width % pipeline->model.innovations;
    fuzz_expect(pipeline_explain(pipeline, innovation, error) == 0, "%s", error->text[0]);
    report_explain(result, innovation, &style, fuzz_out(), error);
    fuzz_expect_printable("an explanation");
    report_explain_json(result, innovation, fuzz_out(), error);
    fuzz_expect_json("an explanation");
}

/* --- Running ------------------------------------------------------------------------------------ */

static void run(const struct spec *spec, size_t width)
{
    static struct uptake_error error;
    struct pipeline pipeline = {0};
    const struct run_options options = {.jobs = 1, .in_process = true};
    error.count = error.more = 0;
    int failed = pipeline_run(spec, &options, &pipeline, &error);
    fuzz_expect_said("pipeline_run", failed, &error);
    if (!failed) {
        write_all(&pipeline.result, &pipeline, width, &error);
        fuzz_expect(error.count == 0, "%s", error.text[0]);
    }
    pipeline_finish(&pipeline);
}

/* The model is always the same file: what a spec names instead is not looked at. */
static size_t read_sets(const struct part *part, const char *model, struct arena *arena,
                        struct spec_set *sets)
{
    size_t count = 0;
    const char *at = (const char *)part->data, *end = part->size ? at + part->size : at;
    while (at < end && count < SETS_MOST) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t bytes = (size_t)((line ? line : end) - at);
        if (bytes)
            sets[count++].text = arena_text(arena, at, strnlen(at, bytes));
        at += bytes + 1;
    }
    sets[count++].text = arena_format(arena, "model=%s", model);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct uptake_error error;
    static const char *small;
    static size_t small_bytes;
    struct part parts[3] = {{.data = NULL}};
    struct spec_set sets[SETS_MOST + 1];
    struct arena arena = {0};
    struct spec spec = {0};
    if (!small)
        small = fuzz_source("configs/models/small.yaml", &small_bytes);
    size_t count = fuzz_parts(data, size, parts, 3);
    const char *path = fuzz_file(FUZZ_FIRST, parts[0].data, parts[0].size);
    const char *model = count == 3 ? fuzz_file(FUZZ_SECOND, parts[2].data, parts[2].size)
                                   : fuzz_file(FUZZ_SECOND, small, small_bytes);
    size_t n_sets = read_sets(&parts[1], model, &arena, sets);
    error.count = error.more = 0;
    int failed = spec_read(path, sets, n_sets, &arena, &spec, &error);
    fuzz_expect_said("spec_read", failed, &error);
    if (!failed && !spec.not_yet)
        run(&spec, 20 + size % 180);
    arena_finish(&arena);
    return 0;
}
