/* A run on its way into a record: see recording.h. */
#include "cli/recording.h"

#include "cli/run_line.h"
#include "report/sources.h"
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

/* Sources as the record has them; those that no row names are not among them. -1: no memory. */
static int take_sources(const struct sources *sources, struct arena *arena, struct record_run *run)
{
    size_t n = sources ? sources->n_uses : 0;
    uint64_t last = 0;
    for (size_t k = 0; k < n; k++)
        last = sources->uses[k].evidence > last ? sources->uses[k].evidence : last;
    struct record_source *all = arena_array(arena, n + 1, sizeof *all);
    struct record_use *uses = arena_array(arena, n + 1, sizeof *uses);
    size_t *places = arena_array(arena, last + 1, sizeof *places); /* + 1; 0: not yet */
    if (!all || !uses || !places)
        return -1;
    for (size_t k = 0; k < n; k++) {
        const struct source_use *use = &sources->uses[k];
        size_t *place = &places[use->evidence];
        if (*place == 0) {
            struct source of = sources_at(sources, use->evidence);
            all[run->n_sources] = (struct record_source){of.id, of.type, of.year, of.text, of.url};
            *place = ++run->n_sources;
        }
        uses[k] = (struct record_use){use->innovation, use->entity, use->row, *place - 1};
    }
    run->sources = all;
    run->uses = uses;
    run->n_uses = n;
    return 0;
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
    if (!options || take_sources(recording->pipeline->result.sources, &arena, &run) != 0) {
        arena_finish(&arena);
        return error_memory(error);
    }
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
