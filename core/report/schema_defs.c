/* What the fields of a model refer to in its JSON Schema: see schema_parts.h. */
#include "report/schema_parts.h"

static void put_object(struct json *json, const char *const *keys, const char *type)
{
    json_open(json, '{');
    json_pair(json, "type", "object");
    json_pair_flag(json, "additionalProperties", false);
    json_pair_count(json, "minProperties", 1);
    json_key(json, "properties");
    json_open(json, '{');
    for (size_t k = 0; keys[k]; k++) {
        json_key(json, keys[k]);
        schema_ref(json, type);
    }
    json_close(json, '}');
    json_close(json, '}');
}

static void put_any_of(struct json *json, const char *const *refs)
{
    for (size_t k = 0; refs[k]; k++)
        schema_ref(json, refs[k]);
}

void schema_model_definitions(struct json *json)
{
    static const char *const levels[] = {"simple", "complicated", "complex", NULL};
    static const char *const doubts[] = {"low",     "mode",        "high",    "at_least",
                                         "at_most", "about",       "value",   "suppressed",
                                         "simple",  "complicated", "complex", NULL};
    static const char *const ends[] = {"from", "to", "at_most", "at_least", NULL};
    json_key(json, "$defs");
    json_open(json, '{');
    json_key(json, "missing");
    json_open(json, '{');
    json_pair(json, "description",
              "unknown: looked for and not found; none: known to be none; n/a: does not apply; "
              "left out: nobody looked");
    json_key(json, "enum");
    json_open(json, '[');
    json_put_text(json, "unknown");
    json_put_text(json, "none");
    json_put_text(json, "n/a");
    json_put_null(json);
    json_close(json, ']');
    json_close(json, '}');
    json_key(json, "text");
    json_open(json, '{');
    json_key(json, "type");
    json_open(json, '[');
    json_put_text(json, "string");
    json_put_text(json, "number");
    json_put_text(json, "boolean");
    json_put_text(json, "null");
    json_close(json, ']');
    json_close(json, '}');
    json_key(json, "level");
    schema_words(json, levels);
    json_key(json, "part");
    json_open(json, '{');
    json_key(json, "anyOf");
    json_open(json, '[');
    schema_type(json, "number");
    put_any_of(json, (const char *const[]){"level", NULL});
    schema_type(json, "boolean");
    schema_type(json, "array");
    json_close(json, ']');
    json_close(json, '}');
    json_key(json, "doubt");
    json_open(json, '{');
    json_pair(json, "description",
              "what is not known exactly: {low, mode, high}, {at_least}, {at_most}, {about}, "
              "suppressed");
    json_key(json, "anyOf");
    json_open(json, '[');
    put_object(json, doubts, "part");
    schema_words(json, (const char *const[]){"suppressed", "*", NULL});
    json_close(json, ']');
    json_close(json, '}');
    json_key(json, "date");
    schema_date(json);
    json_key(json, "period");
    json_open(json, '{');
    json_key(json, "anyOf");
    json_open(json, '[');
    schema_ref(json, "date");
    put_object(json, ends, "date");
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}
