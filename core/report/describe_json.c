/* Plugins as JSON: the same rows as describe.c, for scripts and editors. */
#include <math.h>

#include "report/json.h"
#include "report/report.h"
#include "report/words.h"

/* --- Rows -------------------------------------------------------------------------------------- */

/* One word a type, as a spec or a model would be checked by. */
static const char *type_key(uint32_t type)
{
    static const char *const keys[] = {
        [UPTAKE_NUMBER] = "number", [UPTAKE_CHOICE] = "choice",   [UPTAKE_TEXT] = "text",
        [UPTAKE_REF] = "ref",       [UPTAKE_DATE] = "date",       [UPTAKE_FLAG] = "flag",
        [UPTAKE_LIST] = "list",     [UPTAKE_VERDICT] = "verdict", [UPTAKE_INTEGER] = "integer",
        [UPTAKE_TABLE] = "table",
    };
    return type >= UPTAKE_NUMBER && type <= UPTAKE_TABLE ? keys[type] : NULL;
}

static bool has_limits(uint32_t type)
{
    return type == UPTAKE_NUMBER || type == UPTAKE_INTEGER || type == UPTAKE_TABLE;
}

static void put_choices(struct json *json, const char *const *choices)
{
    json_key(json, "choices");
    if (!choices) {
        json_put_null(json);
        return;
    }
    json_open(json, '[');
    for (size_t k = 0; choices[k]; k++)
        json_put_text(json, choices[k]);
    json_close(json, ']');
}

/* No limit is null. */
static void put_domain(struct json *json, uint32_t type, const char *unit, double min, double max,
                       const char *const *choices)
{
    json_pair(json, "type", type_key(type));
    json_pair(json, "unit", unit);
    json_pair_number(json, "min", has_limits(type) ? min : (double)NAN);
    json_pair_number(json, "max", has_limits(type) ? max : (double)NAN);
    put_choices(json, choices);
}

static void put_read(struct json *json, const struct uptake_read *read)
{
    json_line(json, 3);
    json_open(json, '{');
    json_pair(json, "path", read->path);
    put_domain(json, read->type, read->unit, read->min, read->max, read->choices);
    json_pair_flag(json, "required", (read->flags & UPTAKE_REQUIRED) != 0);
    json_pair_flag(json, "doubt", (read->flags & UPTAKE_DOUBT) != 0);
    json_pair(json, "doc", read->doc);
    json_close(json, '}');
}

static void put_default(struct json *json, const struct uptake_param *param)
{
    json_key(json, "default");
    switch (param->type) {
    case UPTAKE_FLAG: json_put_flag(json, param->number != 0); break;
    case UPTAKE_CHOICE: json_put_text(json, param->choices[(size_t)param->number]); break;
    case UPTAKE_TEXT:
    case UPTAKE_DATE: json_put_text(json, param->text); break;
    default: json_put_number(json, param->number);
    }
}

static void put_param(struct json *json, const struct uptake_param *param)
{
    json_line(json, 3);
    json_open(json, '{');
    json_pair(json, "name", param->name);
    put_domain(json, param->type, param->unit, param->min, param->max, param->choices);
    put_default(json, param);
    json_pair(json, "doc", param->doc);
    json_close(json, '}');
}

static void put_write(struct json *json, const struct uptake_write *write)
{
    json_line(json, 3);
    json_open(json, '{');
    json_pair(json, "name", write->name);
    json_pair(json, "entity", write->entity);
    put_domain(json, write->type, write->unit, write->min, write->max, write->choices);
    json_pair(json, "better", words_better(write->better));
    json_pair_flag(json, "bounds", (write->flags & UPTAKE_BOUNDS) != 0);
    json_pair_flag(json, "optional", (write->flags & UPTAKE_OPTIONAL) != 0);
    json_pair(json, "quantity", write->quantity);
    json_pair_number(json, "tolerance", write->tolerance);
    json_pair(json, "doc", write->doc);
    json_close(json, '}');
}

/* --- One plugin -------------------------------------------------------------------------------- */

static void put_head(struct json *json, const struct plugin *plugin)
{
    json_pair(json, "id", plugin->id);
    json_pair(json, "version", plugin->version);
    json_pair_count(json, "revision", plugin->revision);
    json_pair(json, "title", plugin->title);
    json_pair(json, "headline", plugin->n_writes > 0 ? plugin->writes[0].name : NULL);
    json_pair(json, "bundle", plugin->bundle);
}

static void put_merge_head(struct json *json, const struct plugin_merge *merge)
{
    json_pair(json, "id", merge->plugin.id);
    json_pair(json, "kind", "merge");
    json_pair(json, "version", merge->plugin.version);
    json_pair_count(json, "revision", merge->plugin.revision);
    json_pair(json, "title", merge->plugin.title);
    json_pair(json, "bundle", merge->plugin.bundle);
}

/* The first row's key opens a list. */
static void open_rows(struct json *json, const char *key)
{
    json_line(json, 2);
    json_key(json, key);
    json_open(json, '[');
}

static void put_params(struct json *json, const struct plugin *plugin)
{
    open_rows(json, "params");
    for (size_t k = 0; k < plugin->n_params; k++)
        put_param(json, &plugin->params[k]);
    json_close(json, ']');
}

void report_describe_json(const struct plugin *plugin, struct report_out *out)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    put_head(&json, plugin);
    json_pair(&json, "summary", plugin->summary);
    json_pair(&json, "source", plugin->source);
    open_rows(&json, "reads");
    for (size_t k = 0; k < plugin->n_reads; k++)
        put_read(&json, &plugin->reads[k]);
    json_close(&json, ']');
    put_params(&json, plugin);
    open_rows(&json, "writes");
    for (size_t k = 0; k < plugin->n_writes; k++)
        put_write(&json, &plugin->writes[k]);
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}

void report_describe_merge_json(const struct plugin_merge *merge, struct report_out *out)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    put_merge_head(&json, merge);
    json_pair(&json, "summary", merge->plugin.summary);
    json_pair(&json, "source", merge->plugin.source);
    json_pair(&json, "better", words_better(merge->better));
    json_pair_number(&json, "min", merge->min);
    json_pair_number(&json, "max", merge->max);
    json_pair_flag(&json, "weights", (merge->flags & UPTAKE_MERGE_WEIGHTS) != 0);
    json_pair_flag(&json, "scale", (merge->flags & UPTAKE_MERGE_SCALE) != 0);
    json_pair_flag(&json, "gaps", (merge->flags & UPTAKE_MERGE_GAPS) != 0);
    json_pair_flag(&json, "bounds",
                   (merge->flags & (UPTAKE_MERGE_MONOTONE | UPTAKE_MERGE_BOUNDS)) != 0);
    json_pair_flag(&json, "parts", (merge->flags & UPTAKE_MERGE_PARTS) != 0);
    json_pair_flag(&json, "ordered", (merge->flags & UPTAKE_MERGE_ORDERED) != 0);
    put_params(&json, &merge->plugin);
    json_close(&json, '}');
    out_char(out, '\n');
}

/* --- What is installed ------------------------------------------------------------------------- */

void report_plugins_json(const struct plugin_bundle *bundles, size_t n_bundles,
                         struct report_out *out)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "plugins");
    json_open(&json, '[');
    for (size_t b = 0; b < n_bundles; b++)
        for (size_t k = 0; k < bundles[b].n_plugins; k++) {
            json_line(&json, 2);
            json_open(&json, '{');
            put_head(&json, &bundles[b].plugins[k]);
            json_close(&json, '}');
        }
    json_close(&json, ']');
    open_rows(&json, "merges");
    for (size_t b = 0; b < n_bundles; b++)
        for (size_t k = 0; k < bundles[b].n_merges; k++) {
            json_line(&json, 2);
            json_open(&json, '{');
            put_merge_head(&json, &bundles[b].merges[k]);
            json_close(&json, '}');
        }
    json_close(&json, ']');
    open_rows(&json, "failures");
    for (size_t b = 0; b < n_bundles; b++)
        if (bundles[b].failure) {
            json_open(&json, '{');
            json_pair(&json, "bundle", bundles[b].path);
            json_pair(&json, "reason", bundles[b].failure);
            json_close(&json, '}');
        }
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}
