/* What both schemas are made of: see schema.h. */
#ifndef UPTAKE_REPORT_SCHEMA_PARTS_H
#define UPTAKE_REPORT_SCHEMA_PARTS_H

#include "report/json.h"
#include "report/schema.h"

/* {"$schema", "$id", "title", ... and leaves it open */
void schema_head(struct json *json, const char *name, const char *title);
/* "KEY": {"$ref": "#/$defs/NAME"} without the key: a reference, as an object */
void schema_ref(struct json *json, const char *name);
void schema_enum(struct json *json, const char *const *words);
/* "minimum" and "maximum", where there are such */
void schema_limits(struct json *json, double min, double max);
/* {"enum": [...]}, {"type": "..."} */
void schema_words(struct json *json, const char *const *words);
void schema_type(struct json *json, const char *type);
/* "$defs" of a model: missing, text, level, doubt, date, period. */
void schema_model_definitions(struct json *json);
/* Definitions that both use: a date. */
void schema_date(struct json *json);

#endif
