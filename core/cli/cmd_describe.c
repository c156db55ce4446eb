/* uptake describe: what a plugin reads, lets tune and writes; what merges and specs can say. */
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "plugin/plugin.h"
#include "report/skeleton.h"

enum { FORMAT = 1 };

static const struct cli_option options[] = {
    {FORMAT, "format", 'f', "FORMAT",
     "text (the default), json, markdown, or of a plugin skeleton: a model and a spec to begin "
     "with"},
};

static const char *const examples[] = {
    "uptake describe spread-barriers",
    "one plugin: its parameters, and what it writes",
    "uptake describe ./my-plugin.so",
    "every plugin of a bundle",
    "uptake describe vehicle --format skeleton",
    "a model and a spec to begin with",
    "uptake describe merges",
    "methods, rules for what is missing, normalisations",
    "uptake describe topsis --format json",
    "one method, statistic or rule, for a script",
    "uptake describe statistics",
    "what `compare:` can ask for, and where it comes from",
    "uptake describe record",
    "tables and views of a record, for SQL, Python or R",
    "uptake describe spec",
    "every key that a spec can have",
    "uptake describe json",
    "every key of the JSON; `csv`: every column of the CSV files",
    "uptake describe model support",
    "the fields of one part of a model; of all without it",
    "uptake describe model constructs",
    "what a judgement can name, framework by framework",
    NULL};

/* Everything that a description needs. */
struct page {
    struct report_out *out;
    struct report_style style;
    bool json;
    bool skeleton;
    struct arena *arena;
};

static int put_plugin(const struct page *page, const struct plugin *plugin,
                      struct uptake_error *error)
{
    if (page->skeleton)
        return report_skeleton(plugin, page->out, error);
    if (!page->json)
        return report_describe(plugin, &page->style, page->out, error);
    report_describe_json(plugin, page->out);
    return 0;
}

static int put_merge_plugin(const struct page *page, const struct plugin_merge *merge,
                            struct uptake_error *error)
{
    if (!page->json)
        return report_describe_merge(merge, &page->style, page->out, error);
    report_describe_merge_json(merge, page->out);
    return 0;
}

static int put_bundle(const struct page *page, const char *path, struct uptake_error *error)
{
    struct plugin_bundle bundle = {0};
    int failed = plugin_scan(path, 0, page->arena, &bundle, error);
    for (size_t k = 0; k < bundle.n_plugins && failed == 0; k++) {
        if (k > 0 && !page->json)
            out_char(page->out, '\n');
        failed = put_plugin(page, &bundle.plugins[k], error);
    }
    for (size_t k = 0; k < bundle.n_merges && failed == 0; k++) {
        if (k + bundle.n_plugins > 0 && !page->json)
            out_char(page->out, '\n');
        failed = put_merge_plugin(page, &bundle.merges[k], error);
    }
    return failed;
}

/* --- Topics ------------------------------------------------------------------------------------ */

static int put_merges(const struct report_style *style, struct report_out *out,
                      struct uptake_error *error)
{
    (void)error;
    report_merges(style, out);
    return 0;
}

static int put_statistics(const struct report_style *style, struct report_out *out,
                          struct uptake_error *error)
{
    (void)error;
    report_statistics(style, out);
    return 0;
}

static int put_record(const struct report_style *style, struct report_out *out,
                      struct uptake_error *error)
{
    (void)error;
    report_record(style, out);
    return 0;
}

/* What can be described beside plugins and the model; an alias follows its topic. */
static const struct topic {
    const char *name;
    int (*text)(const struct report_style *style, struct report_out *out,
                struct uptake_error *error);
    void (*json)(struct report_out *out);
} topics[] = {
    {"merges", put_merges, report_merges_json},
    {"merge", put_merges, report_merges_json},
    {"statistics", put_statistics, report_statistics_json},
    {"compare", put_statistics, report_statistics_json},
    {"record", put_record, report_record_json},
    {"spec", report_spec_keys, report_spec_keys_json},
    {"json", report_json_keys, report_json_keys_json},
    {"csv", report_csv_columns, report_csv_columns_json},
};

enum { TOPICS = sizeof topics / sizeof *topics };

/* Single words of those topics. They answer false where there is none of that name. */
static const struct {
    bool (*text)(const char *name, const struct report_style *style, struct report_out *out);
    bool (*json)(const char *name, struct report_out *out);
} words[] = {
    {report_merge_method, report_merge_method_json},
    {report_statistic, report_statistic_json},
};

static int put_topic_rows(const struct page *page, const struct topic *topic,
                          struct uptake_error *error)
{
    if (!page->json)
        return topic->text(&page->style, page->out, error);
    topic->json(page->out);
    return 0;
}

static bool put_word(const struct page *page, const char *name)
{
    bool found = false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        found |= page->json ? words[k].json(name, page->out)
                            : words[k].text(name, &page->style, page->out);
    return found;
}

/* There is no plugin of that name; but what else there is to describe has names, too. */
static int not_found(const char *id, struct uptake_error *error)
{
    struct nearest nearest;
    nearest_start(&nearest, id, strlen(id));
    nearest_offer(&nearest, "model");
    for (size_t k = 0; k < TOPICS; k++)
        nearest_offer(&nearest, topics[k].name);
    return nearest_best(&nearest)
               ? error_add(error, EXIT_INPUT, "did you mean 'uptake describe %s'?",
                           nearest_best(&nearest))
               : -1;
}

/* A merge plugin, where no analysis has the id; what the search for that found stands otherwise. */
static int put_found_merge(const struct page *page, const char *id,
                           const struct uptake_error *unknown, struct uptake_error *error)
{
    const struct plugin_search search = {0};
    const struct plugin_bundle *bundles;
    const struct plugin_merge *merge = NULL;
    size_t n_bundles;
    if (plugin_list(&search, page->arena, &bundles, &n_bundles, error) != 0 ||
        plugin_merge_find(bundles, n_bundles, id, &merge, error) != 0)
        return -1;
    if (merge)
        return put_merge_plugin(page, merge, error);
    *error = *unknown;
    return not_found(id, error);
}

static int put_found(const struct page *page, const char *id, struct uptake_error *error)
{
    static struct uptake_error unknown;
    const struct plugin_search search = {0};
    const struct plugin *plugin = NULL;
    unknown = *error;
    if (plugin_find(&search, id, page->arena, &plugin, &unknown) != 0)
        return put_found_merge(page, id, &unknown, error);
    return put_plugin(page, plugin, error);
}

static int put_constructs(const struct page *page, struct uptake_error *error)
{
    if (!page->json)
        return report_constructs(&page->style, page->out, error);
    report_constructs_json(page->out);
    return 0;
}

static int put_model(const struct page *page, const char *part, struct uptake_error *error)
{
    if (part && report_vocabulary_find(part, error) != 0)
        return -1;
    if (part && strcmp(part, REPORT_CONSTRUCTS) == 0)
        return put_constructs(page, error);
    if (!page->json)
        return report_vocabulary(part, &page->style, page->out, error);
    report_vocabulary_json(part, page->out);
    return 0;
}

static int put_topic(const struct page *page, const char *topic, const char *part,
                     struct uptake_error *error)
{
    size_t bytes = strlen(topic);
    bool path = strchr(topic, '/') || (bytes > 3 && strcmp(topic + bytes - 3, ".so") == 0);
    if (page->skeleton)
        return path ? put_bundle(page, topic, error) : put_found(page, topic, error);
    if (strcmp(topic, "model") == 0)
        return put_model(page, part, error);
    for (size_t k = 0; k < TOPICS; k++)
        if (strcmp(topic, topics[k].name) == 0)
            return put_topic_rows(page, &topics[k], error);
    if (path)
        return put_bundle(page, topic, error);
    if (put_word(page, topic))
        return 0;
    return put_found(page, topic, error);
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static const char *const formats[] = {"text", "json", "markdown", "skeleton", NULL};
    static struct report_out out;
    struct arena arena = {0};
    char quoted[72];
    int format = cli_choice(line, FORMAT, "format", formats, error);
    struct page page = {&out, format == 2 ? report_markdown : terminal_style(false), format == 1,
                        format == 3, &arena};
    terminal_open(&out);
    const char *part = line->n_arguments > 1 ? line->arguments[1] : NULL;
    if (format >= 0 && part && strcmp(line->arguments[0], "model") != 0)
        format = cli_misuse(line->command, error, "only `model` takes a part, but found '%s'",
                            text_quote(quoted, part, strlen(part)));
    int failed = format < 0 || put_topic(&page, line->arguments[0], part, error) != 0;
    arena_finish(&arena);
    return failed ? error->exit_code : terminal_close(&out, EXIT_OK, error);
}

const struct cli_command cmd_describe = {
    .name = "describe",
    .arguments = "ID [PART]",
    .least = 1,
    .most = 2,
    .summary =
        "says what a plugin reads, lets you tune and writes; or `merges`, `statistics`, `spec`, "
        "`model`, `record`, `json`, `csv`",
    .detail =
        "ID is a plugin's id, the path of a bundle (.so), `merges` or a word of a merge (a method, "
        "a "
        "rule for what is missing, a normalisation, a weighting), `statistics` or one of them, "
        "`spec`, `record`, `json` or `csv` (what the outputs hold), or `model`, of which PART "
        "names one part "
        "or field.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
