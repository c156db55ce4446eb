/* A plugin's skeleton: see skeleton.h. */
#include "report/skeleton.h"

#include <stdio.h>

#include "check/made.h"
#include "report/view.h"
#include "report/words.h"

static void put(struct report_out *out, const char *const *parts)
{
    for (size_t k = 0; parts[k]; k++)
        out_text(out, parts[k]);
}
#define PUT(out, ...) put(out, (const char *const[]){__VA_ARGS__, NULL})

/* "NAME: value  # doc, in unit, range"; commented out where there is no default to write. */
static void put_param(struct report_out *out, struct texts *texts, const struct uptake_param *param)
{
    const char *value = words_default(texts, param);
    bool text = param->type == UPTAKE_TEXT || param->type == UPTAKE_DATE;
    PUT(out, "#|       ", text && !param->text ? "# " : "", param->name, ": ");
    for (size_t k = 0; param->type == UPTAKE_TABLE && param->choices[k]; k++)
        PUT(out, k == 0 ? "{" : ", ", param->choices[k], ": ", value);
    if (param->type == UPTAKE_TABLE)
        out_char(out, '}');
    else
        PUT(out, text ? "\"" : "", value, text ? "\"" : "");
    PUT(out, "  # ", param->doc, *param->unit ? ", in " : "", param->unit);
    if (param->type == UPTAKE_CHOICE)
        PUT(out, "; one of ", words_choices(texts, param->choices));
    else if (!text && param->type != UPTAKE_FLAG)
        out_text(out, words_range(texts, param->min, param->max));
    out_char(out, '\n');
}

static void put_spec(struct report_out *out, struct texts *texts, const struct plugin *plugin)
{
    static const char advice[] = "# A model with every field that it reads; put in what you know, "
                                 "and throw out the rest. Save "
                                 "it as model.yaml.\n"
                                 "# Its spec is in the lines that begin with #| : sed -n 's/^#| "
                                 "//p' model.yaml >spec.yaml\n";
    PUT(out, "# ", plugin->id, ": ", plugin->title, "\n#\n", advice);
    PUT(out, "#\n#| uptake: 1\n#| model: model.yaml\n#| plugins:\n#|   first:\n#|     use: ");
    PUT(out, plugin->id, "\n");
    if (plugin->n_params)
        out_text(out, "#|     with:\n");
    for (size_t k = 0; k < plugin->n_params; k++)
        put_param(out, texts, &plugin->params[k]);
    out_char(out, '\n');
}

int report_skeleton(const struct plugin *plugin, struct report_out *out, struct uptake_error *error)
{
    struct texts texts = {0};
    struct gen_schema schema = {0};
    struct made_model made = {0};
    int failed =
        gen_schema_open(&schema, plugin, error) != 0 || made_skeleton(&made, &schema, error) != 0;
    if (!failed) {
        put_spec(out, &texts, plugin);
        out_bytes(out, made.text.data, made.text.bytes);
    }
    if (texts.failed)
        failed = error_memory(error) != 0;
    made_finish(&made);
    gen_schema_close(&schema);
    arena_finish(&texts.arena);
    return failed ? -1 : 0;
}
