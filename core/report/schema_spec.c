/* A spec's JSON Schema, from the format's rows and the installed plugins' parameters: see schema.h. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "merge/merge.h"
#include "report/schema_parts.h"
#include "spec/format.h"

struct drawing {
    struct json json;
    const struct plugin_bundle *bundles;
    size_t n_bundles;
};

static void put_row(struct drawing *d, const struct spec_key *row);

/* --- Parameters -------------------------------------------------------------------------------- */

static void put_param_type(struct json *json, const struct uptake_param *param)
{
    switch (param->type) {
    case UPTAKE_INTEGER:
    case UPTAKE_NUMBER:
        json_pair(json, "type", param->type == UPTAKE_INTEGER ? "integer" : "number");
        schema_limits(json, param->min, param->max);
        break;
    case UPTAKE_FLAG: json_pair(json, "type", "boolean"); break;
    case UPTAKE_CHOICE: schema_enum(json, param->choices); break;
    case UPTAKE_DATE: json_pair(json, "$ref", "#/$defs/date"); break;
    case UPTAKE_TABLE:
        json_pair(json, "type", "object");
        json_pair_flag(json, "additionalProperties", false);
        json_key(json, "properties");
        json_open(json, '{');
        for (size_t k = 0; param->choices[k]; k++) {
            json_escaped_key(json, param->choices[k]);
            json_open(json, '{');
            json_pair(json, "type", "number");
            schema_limits(json, param->min, param->max);
            json_close(json, '}');
        }
        json_close(json, '}');
        break;
    default: json_pair(json, "$ref", "#/$defs/text");
    }
}

static void put_default(struct json *json, const struct uptake_param *param)
{
    switch (param->type) {
    case UPTAKE_INTEGER:
    case UPTAKE_NUMBER: json_pair_number(json, "default", param->number); break;
    case UPTAKE_FLAG: json_pair_flag(json, "default", param->number != 0); break;
    case UPTAKE_CHOICE: json_pair(json, "default", param->choices[(size_t)param->number]); break;
    case UPTAKE_TEXT:
    case UPTAKE_DATE:
        if (param->text)
            json_pair(json, "default", param->text);
        break;
    default: break;
    }
}

static void put_param(struct json *json, const struct uptake_param *param)
{
    char text[700];
    bool table = param->type == UPTAKE_TABLE;
    int used = snprintf(text, sizeof text, "%.400s%s%.60s", param->doc, *param->unit ? "; in " : "",
                        param->unit);
    if (table)
        snprintf(text + used, sizeof text - (size_t)used, "; %.15g each unless named here",
                 param->number);
    json_escaped_key(json, param->name);
    json_open(json, '{');
    json_pair(json, "description", text);
    put_param_type(json, param);
    put_default(json, param);
    json_close(json, '}');
}

/* {"if": it is this plugin, "then": its parameters} */
static void put_plugin(struct json *json, const struct plugin *plugin)
{
    json_line(json, 2);
    json_open(json, '{');
    json_key(json, "if");
    json_open(json, '{');
    json_key(json, "properties");
    json_open(json, '{');
    json_key(json, "use");
    json_open(json, '{');
    json_pair(json, "const", plugin->id);
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, '}');
    json_key(json, "then");
    json_open(json, '{');
    json_key(json, "properties");
    json_open(json, '{');
    json_key(json, "with");
    json_open(json, '{');
    json_pair(json, "description", plugin->summary);
    json_key(json, "type");
    json_open(json, '[');
    json_put_text(json, "object");
    json_put_text(json, "null");
    json_close(json, ']');
    json_pair_flag(json, "additionalProperties", false);
    json_key(json, "properties");
    json_open(json, '{');
    for (size_t k = 0; k < plugin->n_params; k++)
        put_param(json, &plugin->params[k]);
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, '}');
}

static void put_plugins(struct drawing *d)
{
    json_key(&d->json, "allOf");
    json_open(&d->json, '[');
    json_open(&d->json, '{'); /* so that the list is never empty */
    json_close(&d->json, '}');
    for (size_t b = 0; b < d->n_bundles; b++)
        for (size_t p = 0; p < d->bundles[b].n_plugins; p++)
            put_plugin(&d->json, &d->bundles[b].plugins[p]);
    json_close(&d->json, ']');
}

/* --- Words that are offered, and not the only ones ----------------------------------------------- */

static void put_offers_open(struct json *json)
{
    json_open(json, '{');
    json_key(json, "enum");
    json_open(json, '[');
}

static void put_offers_close(struct json *json)
{
    json_close(json, ']');
    json_close(json, '}');
    json_open(json, '{');
    json_pair(json, "type", "string");
    json_close(json, '}');
}

static void put_ids(struct drawing *d)
{
    bool any = false;
    put_offers_open(&d->json);
    for (size_t b = 0; b < d->n_bundles; b++)
        for (size_t p = 0; p < d->bundles[b].n_plugins; p++) {
            json_put_text(&d->json, d->bundles[b].plugins[p].id);
            any = true;
        }
    if (!any)
        json_put_text(&d->json, "PLUGIN");
    put_offers_close(&d->json);
}

static void put_methods(struct drawing *d)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    put_offers_open(&d->json);
    for (size_t k = 0; k < count; k++)
        json_put_text(&d->json, methods[k].name);
    put_offers_close(&d->json);
}

static void put_merge_words(struct drawing *d, const struct merge_word *words, size_t count)
{
    put_offers_open(&d->json);
    for (size_t k = 0; k < count; k++)
        json_put_text(&d->json, words[k].name);
    put_offers_close(&d->json);
}

static void put_rules(struct drawing *d)
{
    size_t count;
    const struct merge_word *words = merge_rules(&count);
    put_merge_words(d, words, count);
}

static void put_normalisations(struct drawing *d)
{
    size_t count;
    const struct merge_word *words = merge_normalisations(&count);
    put_merge_words(d, words, count);
}

static const struct {
    const char *path;
    void (*put)(struct drawing *d);
} offers[] = {{"plugins.NAME.use", put_ids},
              {"merge.NAME.method", put_methods},
              {"merge.NAME.missing", put_rules},
              {"merge.NAME.normalise", put_normalisations}};

/* --- What a row's type accepts ------------------------------------------------------------------- */

static void put_object(struct drawing *d, const struct spec_key *row)
{
    struct json *json = &d->json;
    const struct spec_key *wild = format_wild(row);
    json_open(json, '{');
    json_pair(json, "type", "object");
    json_key(json, "properties");
    json_open(json, '{');
    for (const struct spec_key *child = NULL; (child = format_next(row, child));)
        if (!format_is_wild(child)) {
            json_line(json, 2);
            json_key(json, format_last(child));
            put_row(d, child);
        }
    json_close(json, '}');
    json_key(json, "required");
    json_open(json, '[');
    for (const struct spec_key *child = NULL; (child = format_next(row, child));)
        if (!format_is_wild(child) && format_required(child))
            json_put_text(json, format_last(child));
    json_close(json, ']');
    json_key(json, "additionalProperties");
    if (wild)
        put_row(d, wild);
    else
        json_put_flag(json, false);
    if (row && strcmp(row->path, "plugins.NAME") == 0)
        put_plugins(d);
    json_close(json, '}');
}

static void put_any(struct json *json, const char *type)
{
    json_open(json, '{');
    json_pair(json, "type", type);
    json_close(json, '}');
}

static void put_list(struct drawing *d, const struct spec_key *row, const struct format_type *type)
{
    const struct spec_key *items = format_items(row);
    json_open(&d->json, '{');
    json_pair(&d->json, "type", "array");
    if (type->list == LIST_ROWS && items) {
        json_key(&d->json, "items");
        put_row(d, items);
    } else if (type->list == LIST_TEXTS) {
        json_key(&d->json, "items");
        schema_ref(&d->json, "text");
    }
    json_close(&d->json, '}');
}

static void put_number(struct json *json, const struct format_type *type)
{
    json_open(json, '{');
    json_pair(json, "type", type->scalar == SCALAR_WHOLE ? "integer" : "number");
    if (type->min > -DBL_MAX)
        json_pair_number(json, type->above ? "exclusiveMinimum" : "minimum", type->min);
    if (type->max < DBL_MAX)
        json_pair_number(json, type->below ? "exclusiveMaximum" : "maximum", type->max);
    json_close(json, '}');
}

static void put_scalar(struct json *json, const struct format_type *type)
{
    switch (type->scalar) {
    case SCALAR_NONE: break;
    case SCALAR_ONE:
        json_open(json, '{');
        json_pair_count(json, "const", 1);
        json_close(json, '}');
        break;
    case SCALAR_NUMBER:
    case SCALAR_WHOLE: put_number(json, type); break;
    case SCALAR_DATE: schema_ref(json, "date"); break;
    case SCALAR_WORD:
        json_open(json, '{');
        schema_enum(json, type->words);
        json_close(json, '}');
        break;
    default: schema_ref(json, "text");
    }
}

static void put_alternatives(struct drawing *d, const struct spec_key *row)
{
    const struct format_type *type = format_type(row);
    for (size_t k = 0; k < sizeof offers / sizeof *offers; k++)
        if (strcmp(offers[k].path, row->path) == 0) {
            offers[k].put(d);
            return;
        }
    if (type->map == MAP_ROWS)
        put_object(d, row);
    else if (type->map == MAP_ANY)
        put_any(&d->json, "object");
    if (type->list != LIST_NONE)
        put_list(d, row, type);
    put_scalar(&d->json, type);
}

static void put_row(struct drawing *d, const struct spec_key *row)
{
    char text[900];
    struct json *json = &d->json;
    bool fallback = *row->fallback && !format_required(row);
    snprintf(text, sizeof text, "%.600s%s%.60s%s", row->doc, fallback ? "; unless given: " : "",
             fallback ? row->fallback : "",
             row->available ? "" : "; not available in this version");
    json_open(json, '{');
    json_pair(json, "description", text);
    json_key(json, "anyOf");
    json_open(json, '[');
    put_alternatives(d, row);
    if (!format_required(row))
        put_any(json, "null"); /* left out */
    json_close(json, ']');
    json_close(json, '}');
}

/* --- The whole --------------------------------------------------------------------------------- */

static void put_definitions(struct json *json)
{
    json_key(json, "$defs");
    json_open(json, '{');
    json_key(json, "text");
    json_open(json, '{');
    json_key(json, "type");
    json_open(json, '[');
    json_put_text(json, "string");
    json_put_text(json, "number");
    json_put_text(json, "boolean");
    json_close(json, ']');
    json_close(json, '}');
    json_key(json, "date");
    schema_date(json);
    json_close(json, '}');
}

void report_schema_spec(const struct plugin_bundle *bundles, size_t n_bundles,
                        struct report_out *out)
{
    struct drawing drawing = {{.out = out}, bundles, n_bundles};
    struct json *json = &drawing.json;
    schema_head(json, "spec", "A spec for uptake");
    json_key(json, "allOf");
    json_open(json, '[');
    put_object(&drawing, NULL);
    json_close(json, ']');
    put_definitions(json);
    json_close(json, '}');
    out_char(out, '\n');
}
