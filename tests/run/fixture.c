/* See fixture.h. */
#include "run/fixture.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "plugin/fixture.h"
#include "report/report.h"
#include "run/child.h"

/* --- The model -------------------------------------------------------------------------------- */

static FILE *open_file(const struct stage *stage, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", stage->folder, name);
    FILE *file = fopen(path, "we");
    cr_assert(file);
    return file;
}

static void put_innovation(FILE *file, uint64_t i)
{
    int number = (int)i;
    fprintf(file, "- id: i%d\n  name: Innovation %d\n", number, number);
    if (i % 7 != 3) {
        if (i % 5 == 2)
            fprintf(file, "  commissioning: {payback: {low: %d, high: %d}}\n", number % 30,
                    number % 30 + 4);
        else
            fprintf(file, "  commissioning: {payback: %d}\n", number % 30);
    }
    if (i % 3)
        fprintf(file, "  support:\n");
    for (uint64_t r = 0; r < i % 3; r++)
        fprintf(file,
                "  - {adopter: a%d, resource: time, phase: running, needed: %d, provided: %d, "
                "unit: hours_per_week}\n",
                (int)((i + r) % 5), (int)((i * 7 + r) % 19), (int)(i % 11));
}

void stage_open(struct stage *stage, uint64_t innovations)
{
    *stage = (struct stage){.innovations = innovations};
    folder_make(stage->folder);
    FILE *file = open_file(stage, "model.yaml");
    fprintf(file, "uptake: 1\nadopters:\n");
    for (int a = 0; a < 5; a++)
        fprintf(file, "- {id: a%d, name: Adopter %d, type: practice, region: R%d, size: %d}\n", a,
                a, a % 2, 1000 * (a + 1));
    fprintf(file, "innovations:\n");
    for (uint64_t i = 0; i < innovations; i++)
        put_innovation(file, i);
    cr_assert(fclose(file) == 0);
}

void stage_open_text(struct stage *stage, const char *model)
{
    *stage = (struct stage){.innovations = 0};
    folder_make(stage->folder);
    FILE *file = open_file(stage, "model.yaml");
    fputs(model, file);
    cr_assert(fclose(file) == 0);
}

void stage_close(struct stage *stage)
{
    folder_remove(stage->folder);
}

/* --- The run ---------------------------------------------------------------------------------- */

void attempt_run(struct attempt *attempt, const struct stage *stage, int jobs, const char *plugins,
                 const char *rest)
{
    char path[128];
    FILE *file = open_file(stage, "spec.yaml");
    memset(attempt, 0, sizeof *attempt);
    fprintf(file,
            "uptake: 1\nmodel: model.yaml\nas_of: 2020-01-01\nplugin_path: [%s, %s, %s]\n"
            "%splugins:\n%s",
            TEST_BUNDLES, TEST_PLUGINS, TEST_HOSTILE, rest ? rest : "", plugins);
    cr_assert(fclose(file) == 0);
    snprintf(path, sizeof path, "%s/spec.yaml", stage->folder);
    int read = spec_read(path, NULL, 0, &attempt->arena, &attempt->spec, &attempt->error);
    cr_assert(read == 0, "%s", attempt->error.text[0]);
    struct run_options options = {.jobs = jobs, .in_process = jobs == IN_PROCESS};
    if (pipeline_run(&attempt->spec, &options, &attempt->pipeline, &attempt->error) != 0)
        attempt->code = attempt->error.exit_code;
}

void attempt_finish(struct attempt *attempt)
{
    pipeline_finish(&attempt->pipeline);
    arena_finish(&attempt->arena);
}

/* --- The result ------------------------------------------------------------------------------- */

const struct result_plugin *attempt_plugin(const struct attempt *attempt, const char *name)
{
    const struct result *result = &attempt->pipeline.result;
    for (size_t p = 0; p < result->n_plugins; p++)
        if (strcmp(result->plugins[p].name, name) == 0)
            return &result->plugins[p];
    cr_assert(false, "the run has no plugin %s: %s", name, attempt->error.text[0]);
    abort();
}

static void put_row(FILE *file, const struct result_plugin *plugin,
                    const struct result_column *column, uint64_t row)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    if (column->values)
        fprintf(file, " %a/%d", column->values[row], uptake_why(column->values[row]));
    if (column->low)
        fprintf(file, " %a..%a", column->low[row], column->high[row]);
    if (column->codes)
        fprintf(file, " %d", column->codes[row]);
    if (column->texts && result_text(plugin, column, row, text))
        fprintf(file, " '%s'", text);
    fputc('\n', file);
}

static void put_notes(FILE *file, const struct result_plugin *plugin)
{
    for (uint64_t k = 0; k < plugin->n_notes; k++) {
        char text[UPTAKE_TEXT_BYTES + 1];
        struct result_note note = result_note(plugin, k);
        result_note_text(plugin, &note, text);
        fprintf(file, "note %lld %d %llu %d %s\n", (long long)note.innovation, (int)note.table,
                (unsigned long long)note.row, note.level, text);
    }
    fprintf(file, "dropped %llu\n", (unsigned long long)plugin->notes_dropped);
}

char *attempt_text(const struct attempt *attempt, const char *name)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, name);
    char *text = NULL, status[UPTAKE_TEXT_BYTES + 32];
    size_t bytes;
    FILE *file = open_memstream(&text, &bytes);
    cr_assert(file);
    fprintf(file, "status %d ok %d skipped %d failed %d batch %d\n", (int)plugin->status,
            (int)plugin->ok, (int)plugin->skipped, (int)plugin->failed, plugin->batch_dependent);
    for (uint64_t i = 0; i < attempt->pipeline.model.innovations; i++) {
        result_status_text(plugin, i, status);
        fprintf(file, "%d %s\n", (int)i, status);
    }
    for (size_t c = 0; c < plugin->n_columns; c++) {
        fprintf(file, "%s\n", plugin->columns[c].write->name);
        for (uint64_t row = 0; row < plugin->columns[c].rows; row++)
            put_row(file, plugin, &plugin->columns[c], row);
    }
    put_notes(file, plugin);
    fclose(file);
    return text;
}

char *attempt_json(const struct attempt *attempt)
{
    static struct report_out out;
    struct uptake_error error = {0};
    int fd = memfd_create("json", MFD_CLOEXEC), kept = dup(fd);
    cr_assert(fd >= 0 && kept >= 0);
    out_start(&out, fd, "memory");
    struct result result = attempt->pipeline.result;
    result.containment = "any"; /* it is not to change anything else */
    cr_assert(report_json(&result, &out, &error) == 0);
    cr_assert(out_finish(&out, &error) == 0);
    off_t bytes = lseek(kept, 0, SEEK_END);
    char *text = calloc((size_t)bytes + 1, 1);
    cr_assert(text && pread(kept, text, (size_t)bytes, 0) == bytes);
    close(kept);
    return text;
}

const char *attempt_status(const struct attempt *attempt, const char *name, uint64_t innovation)
{
    static char text[UPTAKE_TEXT_BYTES + 32];
    result_status_text(attempt_plugin(attempt, name), innovation, text);
    return text;
}

bool attempt_said(const struct attempt *attempt, const char *name, const char *text)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, name);
    for (size_t k = 0; k < plugin->n_messages; k++)
        if (strstr(plugin->messages[k], text))
            return true;
    return false;
}

/* --- What is left behind ---------------------------------------------------------------------- */

static size_t entries(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count;
}

static size_t shared_regions(void)
{
    size_t count = 0;
    char line[512], mode[5];
    FILE *maps = fopen("/proc/self/maps", "re");
    while (maps && fgets(line, sizeof line, maps))
        count += sscanf(line, "%*s %4s", mode) == 1 && mode[3] == 's';
    if (maps)
        fclose(maps);
    return count;
}

struct remains remains_now(void)
{
    struct child_set children;
    child_list(&children);
    return (struct remains){children.count, entries("/proc/self/fd"), shared_regions()};
}

void remains_check(const struct remains *before, const char *what)
{
    struct remains now = remains_now();
    cr_expect(now.children == before->children, "%s: %zu children are left", what, now.children);
    cr_expect(now.descriptors == before->descriptors, "%s: %zu descriptors, before %zu", what,
              now.descriptors, before->descriptors);
    cr_expect(now.shared == before->shared, "%s: shared memory is left", what);
}
