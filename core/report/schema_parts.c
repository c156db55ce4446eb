/* What both schemas are made of: see schema_parts.h. */
#include "report/schema_parts.h"

#include <math.h>
#include <stdio.h>

void schema_head(struct json *json, const char *name, const char *title)
{
    char id[80];
    snprintf(id, sizeof id, "urn:uptake:schema:%s:1", name);
    json_open(json, '{');
    json_pair(json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_pair(json, "$id", id);
    json_pair(json, "title", title);
}

void schema_ref(struct json *json, const char *name)
{
    char path[80];
    snprintf(path, sizeof path, "#/$defs/%s", name);
    json_open(json, '{');
    json_pair(json, "$ref", path);
    json_close(json, '}');
}

void schema_enum(struct json *json, const char *const *words)
{
    json_key(json, "enum");
    json_open(json, '[');
    for (size_t k = 0; words[k]; k++)
        json_put_text(json, words[k]);
    json_close(json, ']');
}

void schema_limits(struct json *json, double min, double max)
{
    if (isfinite(min))
        json_pair_number(json, "minimum", min);
    if (isfinite(max))
        json_pair_number(json, "maximum", max);
}

/* 2018, 2018-01, 2018-01-24, 2018Q1, 2017/18 */
void schema_date(struct json *json)
{
    json_open(json, '{');
    json_key(json, "anyOf");
    json_open(json, '[');
    json_open(json, '{');
    json_pair(json, "type", "string");
    json_pair(json, "pattern", "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?|Q[1-4]|/[0-9]{2})?$");
    json_close(json, '}');
    json_open(json, '{');
    json_pair(json, "type", "integer");
    schema_limits(json, 1000, 9999);
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
}

void schema_words(struct json *json, const char *const *words)
{
    json_open(json, '{');
    schema_enum(json, words);
    json_close(json, '}');
}

void schema_type(struct json *json, const char *type)
{
    json_open(json, '{');
    json_pair(json, "type", type);
    json_close(json, '}');
}
