/* uptake lock: writes down which plugins and files a spec stands on, so that a run can be held to them. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/pipeline.h"
#include "cli/run_line.h"
#include "run/lock.h"

static const struct cli_option options[] = {RUN_LINE_SET};

static const char *const examples[] = {
    "uptake lock runs/demo.yaml", "writes runs/demo.lock: versions, revisions and hashes",
    "uptake run runs/demo.yaml --locked", "runs only if all of them are still the same", NULL};

/* Double-quoted YAML: whatever bytes a path has. */
static void put_quoted(struct report_out *out, const char *text)
{
    char code[8];
    out_char(out, '"');
    for (; *text; text++)
        if (*text == '"' || *text == '\\' || (unsigned char)*text < 0x20 || *text == 0x7f) {
            snprintf(code, sizeof code, "\\x%02x", (unsigned)(unsigned char)*text);
            out_text(out, code);
        } else {
            out_char(out, *text);
        }
    out_char(out, '"');
}

static void put_plugin(struct report_out *out, const struct lock_plugin *plugin)
{
    out_text(out, "  ");
    put_quoted(out, plugin->name);
    out_text(out, ": {use: ");
    put_quoted(out, plugin->use);
    out_text(out, ", version: ");
    put_quoted(out, plugin->version);
    out_text(out, ", revision: ");
    out_count(out, plugin->revision);
    out_text(out, ", abi: ");
    out_count(out, plugin->abi);
    out_text(out, ",\n    sha256: ");
    put_quoted(out, plugin->sha256);
    out_text(out, "}\n");
}

static void put_lock(struct report_out *out, const struct lock *lock)
{
    out_text(out, "# Written by `uptake lock`; `uptake run --locked` holds to it.\n"
                  "uptake-lock: 1\nplugins:\n");
    for (size_t k = 0; k < lock->n_plugins; k++)
        put_plugin(out, &lock->plugins[k]);
    out_text(out, "files:\n");
    for (size_t k = 0; k < lock->n_files; k++) {
        out_text(out, "  ");
        put_quoted(out, lock->files[k].path);
        out_text(out, ": ");
        put_quoted(out, lock->files[k].sha256);
        out_char(out, '\n');
    }
}

static int write_lock(const char *path, const struct lock *lock, struct uptake_error *error)
{
    static struct report_out out;
    if (out_create(&out, path, error) != 0)
        return -1;
    put_lock(&out, lock);
    return out_finish(&out, error);
}

static int lock_spec(const struct spec *spec, struct arena *arena, struct uptake_error *error)
{
    struct pipeline pipeline = {0};
    struct lock lock;
    const char *path = lock_path(spec, arena);
    int failed = path ? pipeline_check(spec, &pipeline, error) : error_memory(error);
    if (!failed)
        failed = lock_take(&pipeline.plan, &pipeline.model, arena, &lock, error);
    if (!failed)
        failed = write_lock(path, &lock, error);
    if (!failed)
        terminal_say("plugins locked: %zu, files: %zu, in %s", lock.n_plugins, lock.n_files, path);
    pipeline_finish(&pipeline);
    return failed ? error->exit_code : EXIT_OK;
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    struct spec spec = {0};
    struct arena arena = {0};
    int code = run_line_spec(line, &arena, &spec, error) == 0 ? lock_spec(&spec, &arena, error)
                                                              : error->exit_code;
    arena_finish(&arena);
    return code;
}

const struct cli_command cmd_lock = {
    .name = "lock",
    .arguments = "SPEC",
    .least = 1,
    .most = 1,
    .summary = "writes down which plugins and files a spec stands on",
    .detail =
        "Beside the spec, with the ending .lock: of each plugin the id, version, revision and "
        "ABI, and the hash of its bundle; the hash of each file of the model. `uptake run SPEC "
        "--locked` then runs only if nothing of it has changed, and says what has.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
