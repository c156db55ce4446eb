/* uptake schema: the formats as JSON Schema, for editors. */
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "plugin/plugin.h"
#include "report/schema.h"

enum { OUTPUT = 1 };

static const struct cli_option options[] = {
    {OUTPUT, "output", 'o', "PATH", "a file, instead of standard output"},
};

static const char *const examples[] = {"uptake schema model -o uptake-model.schema.json",
                                       "what an editor needs to complete and check models",
                                       "uptake schema spec -o uptake-spec.schema.json",
                                       "the same for specs", NULL};

static const struct {
    const char *name;
    void (*put)(const struct plugin_bundle *bundles, size_t n_bundles, struct report_out *out);
} topics[] = {{"model", report_schema_model}, {"spec", report_schema_spec}};

static int topic_of(const struct cli_line *line, struct uptake_error *error)
{
    const char *word = line->arguments[0];
    char quoted[72], hint[96];
    struct nearest nearest;
    nearest_start(&nearest, word, strlen(word));
    for (int k = 0; k < 2; k++) {
        if (strcmp(topics[k].name, word) == 0)
            return k;
        nearest_offer(&nearest, topics[k].name);
    }
    cli_misuse(line->command, error, "expected model or spec, but found '%s'%s",
               text_quote(quoted, word, strlen(word)), nearest_hint(&nearest, hint));
    return -1;
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static struct report_out out;
    static const struct plugin_search search;
    const struct plugin_bundle *bundles = NULL;
    size_t n_bundles = 0;
    struct arena arena = {0};
    const char *path = cli_value(line, OUTPUT);
    int topic = topic_of(line, error), code = EXIT_OK;
    if (topic < 0 || plugin_list(&search, &arena, &bundles, &n_bundles, error) != 0 ||
        (path && out_create(&out, path, error) != 0)) {
        arena_finish(&arena);
        return error->exit_code;
    }
    if (!path)
        terminal_open(&out);
    topics[topic].put(bundles, n_bundles, &out);
    if (!path)
        code = terminal_close(&out, EXIT_OK, error);
    else if (out_finish(&out, error) != 0)
        code = error->exit_code;
    arena_finish(&arena);
    return code;
}

const struct cli_command cmd_schema = {
    .name = "schema",
    .arguments = "model|spec",
    .least = 1,
    .most = 1,
    .summary = "prints the JSON Schema of models or specs, for editors",
    .detail = "Docs, units, ranges and choices of every field, with what the installed plugins "
              "read and let tune.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
