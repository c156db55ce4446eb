/* uptake check: everything that can be known of a spec, a model or a bundle without running it. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/yaml.h"
#include "cli/check_bundle.h"
#include "cli/cli.h"
#include "cli/pipeline.h"
#include "model/model.h"
#include "plugin/plugin.h"
#include "report/missing.h"
#include "report/whatif.h"
#include "spec/spec.h"

enum { MISSING = 1 };

static const struct cli_option check_options[] = {
    {CHECK_CASES, "cases", 'c', "FILE", "of a bundle: its worked examples, too"},
    {CHECK_ONLY, "only", 0, "CHECK",
     "of a bundle: this one of the conformance checks, or only its cases"},
    {CHECK_SEED, "seed", 0, "N", "of a bundle: the seed of the models that are made up (1)"},
    {CHECK_IN_PROCESS, "in-process", 0, NULL,
     "of a bundle: in this process, for a debugger; a crash ends it"},
    {CHECK_FUZZ, "fuzz", 0, "SECONDS",
     "of a bundle: go on with random models, and keep the smallest that fails"},
    {MISSING, "missing", 0, NULL,
     "lists what is unknown or left out, most useful first, and where it would be written; of a "
     "spec what its plugins and merges read"},
    {CHECK_FORMAT, "format", 'f', "FORMAT",
     "of a bundle, or of --missing: text (the default) or json; of --missing also markdown"},
};

static const char *const examples[] = {"uptake check configs/against-the-odds.yaml",
                                       "a spec, its plugins' parameters and its model",
                                       "uptake check models/*.yaml",
                                       "models by themselves",
                                       "uptake check my-plugin",
                                       "a plugin's folder: its bundle, and its cases.yaml",
                                       "uptake check --missing configs/against-the-odds.yaml",
                                       "what to find out, and where it goes",
                                       NULL};

/* --- What a file is ---------------------------------------------------------------------------- */

enum kind { KIND_UNKNOWN, KIND_SPEC, KIND_MODEL };

/* Keys that stand at the top of one of the two only. */
static const struct {
    const char *key;
    enum kind kind;
} keys[] = {
    {"plugins", KIND_SPEC},      {"merge", KIND_SPEC},     {"model", KIND_SPEC},
    {"compare", KIND_SPEC},      {"scenarios", KIND_SPEC}, {"doubt", KIND_SPEC},
    {"innovations", KIND_MODEL}, {"adopters", KIND_MODEL}, {"ties", KIND_MODEL},
    {"priorities", KIND_MODEL},  {"rules", KIND_MODEL},    {"evidence", KIND_MODEL},
    {"tables", KIND_MODEL},      {"include", KIND_MODEL},
};

static enum kind kind_of_key(const char *key)
{
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (strcmp(keys[k].key, key) == 0)
            return keys[k].kind;
    return KIND_UNKNOWN;
}

static int look_for_key(struct yaml *yaml, enum kind *kind, struct uptake_error *error)
{
    struct yaml_event event;
    if (yaml_next(yaml, &event, error) != 0)
        return -1;
    while (event.kind == YAML_MAP || event.kind == YAML_SCALAR) {
        if (event.kind == YAML_SCALAR && (*kind = kind_of_key(event.text)) != KIND_UNKNOWN)
            return 0;
        if (event.kind == YAML_SCALAR &&
            (yaml_next(yaml, &event, error) != 0 || yaml_skip(yaml, &event, error) != 0))
            return -1;
        if (yaml_next(yaml, &event, error) != 0)
            return -1;
    }
    return 0;
}

static int kind_of(const char *path, enum kind *kind, struct uptake_error *error)
{
    struct yaml *yaml = NULL;
    *kind = KIND_UNKNOWN;
    if (yaml_open(&yaml, path, path, error) != 0)
        return -1;
    int failed = look_for_key(yaml, kind, error);
    yaml_close(yaml);
    if (failed == 0 && *kind == KIND_UNKNOWN)
        return error_at(error, (struct place){path, 0, 0},
                        "is neither a spec (model, plugins, merge) nor a model (innovations)");
    return failed;
}

/* --- One file ---------------------------------------------------------------------------------- */

static void put_number(struct report_out *out, uint64_t count, const char *one, const char *many)
{
    out_char(out, ' ');
    out_count(out, count);
    out_char(out, ' ');
    out_text(out, count == 1 ? one : many);
}

static void put_start(struct report_out *out, const char *path, const char *what)
{
    out_visible(out, path, strlen(path));
    out_text(out, ": ");
    out_text(out, what);
}

static void put_spec(struct report_out *out, const char *path, const struct spec *spec,
                     const struct model *model)
{
    put_start(out, path, "a spec, with");
    put_number(out, spec->n_plugins, "plugin,", "plugins,");
    put_number(out, spec->n_merges, "merge,", "merges,");
    put_number(out, model->innovations, "innovation", "innovations");
    if (model->left_out > 0) {
        out_char(out, ',');
        put_number(out, model->left_out, "row that begins after its as_of",
                   "rows that begin after its as_of");
    }
    out_char(out, '\n');
}

/* A line for each change: how many rows its path matches, and how many of them it changes. */
static void put_scenarios(struct report_out *out, const char *path,
                          const struct scenarios *scenarios)
{
    struct texts texts = {0};
    for (size_t k = 0; k < scenarios->count; k++)
        for (size_t c = 0; c < scenarios->all[k].of->n_changes; c++) {
            const struct result_change change = {scenarios->all[k].of->changes[c].path, "",
                                                 scenarios->all[k].changed[c]};
            put_start(out, path, "scenario ");
            out_text(out, texts_make(&texts, "%s: %s: %s\n", scenarios->all[k].of->name,
                                     change.path, whatif_outcome(&texts, &change)));
        }
    arena_finish(&texts.arena);
}

static void say_not_yet(const struct spec *spec)
{
    const struct place *place = &spec->not_yet_place;
    if (spec->not_yet)
        terminal_say("%s:%u:%u: %s is well formed, but not available in this version: `uptake run` "
                     "refuses it",
                     place->file, place->line, place->column, spec->not_yet);
}

static int check_spec(const char *path, struct arena *arena, struct report_out *out,
                      struct uptake_error *error)
{
    struct spec spec = {0};
    struct pipeline pipeline = {0};
    int failed = spec_read(path, NULL, 0, arena, &spec, error);
    if (failed == 0)
        failed = pipeline_check(&spec, &pipeline, error);
    if (failed == 0) {
        put_spec(out, path, &spec, &pipeline.model);
        put_scenarios(out, path, &pipeline.scenarios);
        say_not_yet(&spec);
    }
    pipeline_finish(&pipeline);
    return failed;
}

static int check_model(const char *path, struct report_out *out, struct uptake_error *error)
{
    struct model_options options = {.path = path, .name = path, .check_only = true};
    struct model model = {0};
    if (model_load(&options, &model, error) != 0)
        return -1;
    put_start(out, path, "a model, with");
    put_number(out, model.innovations, "innovation", "innovations");
    if (model.rules > 0) {
        out_text(out, " and");
        put_number(out, model.rules, "rule", "rules");
    }
    out_char(out, '\n');
    model_finish(&model);
    return 0;
}

static int check_file(const struct cli_line *line, const char *path, struct arena *arena,
                      struct report_out *out, struct uptake_error *error)
{
    enum kind kind;
    if (check_is_bundle(path))
        return check_bundle(line, path, arena, out, error);
    if (kind_of(path, &kind, error) != 0)
        return -1;
    return kind == KIND_SPEC ? check_spec(path, arena, out, error) : check_model(path, out, error);
}

/* --- What is missing --------------------------------------------------------------------------- */

enum missing_format { AS_TEXT, AS_JSON, AS_MARKDOWN };

static int put_missing(const struct missing *missing, const char *path, enum missing_format format,
                       struct report_out *out, struct uptake_error *error)
{
    struct report_style style = format == AS_MARKDOWN ? report_markdown : terminal_style(false);
    if (format != AS_JSON)
        return report_missing(missing, path, &style, out, error);
    report_missing_json(missing, path, out);
    return 0;
}

static int missing_in_spec(const char *path, struct arena *arena, struct missing *missing,
                           struct uptake_error *error)
{
    struct spec spec = {0};
    struct pipeline pipeline = {0};
    int failed = spec_read(path, NULL, 0, arena, &spec, error);
    if (failed == 0)
        failed = pipeline_check(&spec, &pipeline, error);
    if (failed == 0)
        failed = missing_of_spec(&pipeline.plan, &pipeline.merges, missing, error);
    pipeline_finish(&pipeline);
    return failed;
}

static int missing_in(const char *path, enum missing_format format, struct arena *arena,
                      struct report_out *out, struct uptake_error *error)
{
    struct missing missing = {0};
    enum kind kind;
    if (check_is_bundle(path))
        return error_add(error, EXIT_INPUT, "%s: is a bundle; --missing is of specs and models",
                         path);
    int failed = kind_of(path, &kind, error);
    if (failed == 0)
        failed = kind == KIND_SPEC ? missing_in_spec(path, arena, &missing, error)
                                   : missing_of_model(path, &missing, error);
    if (failed == 0)
        failed = put_missing(&missing, path, format, out, error);
    missing_finish(&missing);
    return failed;
}

/* --- The command ------------------------------------------------------------------------------- */

static const char *option_name(int id)
{
    size_t k = 0;
    while (check_options[k].id != id)
        k++;
    return check_options[k].name;
}

/* What concerns bundles only is not ignored where there is none. */
static int options_fit(const struct cli_line *line, struct uptake_error *error)
{
    static const int of_bundles[] = {CHECK_CASES, CHECK_ONLY, CHECK_SEED, CHECK_IN_PROCESS,
                                     CHECK_FUZZ};
    size_t bundles = 0;
    for (size_t k = 0; k < line->n_arguments; k++)
        bundles += check_is_bundle(line->arguments[k]);
    for (size_t k = 0; k < sizeof of_bundles / sizeof *of_bundles && bundles == 0; k++)
        if (cli_has(line, of_bundles[k]))
            return cli_misuse(line->command, error,
                              "--%s goes with a bundle (.so) or a plugin's folder",
                              option_name(of_bundles[k]));
    if (cli_has(line, CHECK_FORMAT) && !cli_has(line, MISSING) && bundles < line->n_arguments)
        return cli_misuse(line->command, error, "--format goes with --missing, or a bundle");
    return 0;
}

/* A file that is wrong does not hide what is wrong with the next. The worst exit code is answered. */
static int run(const struct cli_line *line, struct uptake_error *error)
{
    static const char *const formats[] = {"text", "json", "markdown", NULL};
    static struct report_out out;
    static struct uptake_error found;
    int code = EXIT_OK;
    int format = cli_choice(line, CHECK_FORMAT, "format", formats, error);
    if (format < 0 || options_fit(line, error) != 0)
        return error->exit_code;
    terminal_open(&out);
    for (size_t k = 0; k < line->n_arguments; k++) {
        struct arena arena = {0};
        found = (struct uptake_error){0};
        const char *file = line->arguments[k];
        int failed = cli_has(line, MISSING)
                         ? missing_in(file, (enum missing_format)format, &arena, &out, &found)
                         : check_file(line, file, &arena, &out, &found);
        if (failed != 0 || found.count) {
            terminal_messages(&found);
            code = found.exit_code > code ? found.exit_code : code;
        }
        arena_finish(&arena);
    }
    return terminal_close(&out, code, error);
}

const struct cli_command cmd_check = {
    .name = "check",
    .arguments = "FILE...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "finds what is wrong with a spec, a model or a bundle, without running it",
    .detail =
        "Every key, value, unit, reference and parameter is checked, read by a plugin or not. A "
        "line for "
        "each file that is well formed; a message with its place for each fault of the others. "
        "With --missing, what the file does not say.",
    .options = check_options,
    .n_options = sizeof check_options / sizeof *check_options,
    .examples = examples,
    .run = run,
};
