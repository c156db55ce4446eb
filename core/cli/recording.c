/* A run on its way into a record: see recording.h. */
#include "cli/recording.h"

#include "cli/run_line.h"
#include "result/record.h"

/* Options that change what comes out; the others say how it is computed or where it goes. */
static const struct {
    int id;
    const char *name;
} kept[] = {
    {RUN_SET, "set"},
    {RUN_ONLY, "only"},
    {RUN_INNOVATION, "innovation"},
    {RUN_WHERE, "where"},
};

static const char *name_of(int id)
{
    for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
        if (kept[k].id == id)
            return kept[k].name;
    return NULL;
}

int recording_write(const struct recording *recording, const struct report_out *out,
                    struct uptake_error *error)
{
    static const char *const stages[STAGES] = {"reading", "plugins", "merging", "scenarios"};
    const struct cli_line *line = recording->line;
    struct arena arena = {0};
    struct record_option *options = arena_array(&arena, line->n_values + 1, sizeof *options);
    struct record_timing timings[STAGES];
    struct record_run run = {
        .spec = recording->spec, .options = options, .timings = timings, .n_timings = STAGES};
    if (!options)
        return error_memory(error);
    for (size_t k = 0; k < line->n_values; k++)
        if (name_of(line->values[k].id))
            options[run.n_options++] =
                (struct record_option){name_of(line->values[k].id), line->values[k].text};
    for (int k = 0; k < STAGES; k++)
        timings[k] = (struct record_timing){stages[k], recording->pipeline->seconds[k]};
    int failed = record_save(out->fd, out->target, &recording->pipeline->result, &run, error);
    arena_finish(&arena);
    return failed;
}
