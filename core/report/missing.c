/* What a model does not say, for people and as JSON: see check/missing.h. */
#include "report/missing.h"

#include <inttypes.h>

#include "report/figure.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"

enum { PLACES_SHOWN = 6 };

static const char *why_text(int why)
{
    return why == UPTAKE_LEFT_OUT ? "left out" : view_missing(why);
}

/* "unknown 6, left out 2" */
static const char *counts(struct texts *texts, const struct missing_field *field)
{
    const struct {
        uint64_t count;
        int why;
    } all[] = {{field->unknown, UPTAKE_UNKNOWN},
               {field->left_out, UPTAKE_LEFT_OUT},
               {field->suppressed, UPTAKE_SUPPRESSED}};
    const char *text = "";
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        if (all[k].count > 0)
            text = texts_make(texts, "%s%s%s %" PRIu64, text, text[0] ? ", " : "",
                              why_text(all[k].why), all[k].count);
    return text;
}

static const char *readers(struct texts *texts, const struct missing_field *field)
{
    const char *text = "";
    for (size_t k = 0; k < field->n_readers; k++)
        text = texts_make(texts, "%s%s%s", text, k == 0 ? "; read by " : ", ", field->readers[k]);
    return text;
}

static void put_field(struct report_out *out, const struct report_style *style, struct texts *texts,
                      const struct missing *missing, const struct missing_field *field)
{
    uint64_t all = field->unknown + field->left_out + field->suppressed;
    const char *unit =
        field->unit[0] ? texts_make(texts, " (%s)", figure_words(texts, field->unit)) : "";
    const char *of = field->innovations > 0
                         ? texts_make(texts, "; in %" PRIu64 " of %" PRIu64 " innovations",
                                      field->innovations, missing->innovations)
                         : "";
    const struct prose_label label = {texts_make(texts, "%s:", field->path), TONE_STRONG, 2, 6};
    prose_item(out, style, label,
               texts_make(texts, "%s%s%s%s%s", field->type == UPTAKE_LIST ? "the whole list " : "",
                          counts(texts, field), unit, of, readers(texts, field)));
    for (size_t k = 0; k < field->n_places && k < PLACES_SHOWN; k++)
        prose_line(
            out, style, 6,
            texts_make(texts, "%s: %s", field->places[k].path, why_text(field->places[k].why)));
    if (all > PLACES_SHOWN)
        prose_line(out, style, 6,
                   texts_make(texts, "and %" PRIu64 " more; --format json gives them",
                              all - PLACES_SHOWN));
}

int report_missing(const struct missing *missing, const char *path,
                   const struct report_style *style, struct report_out *out,
                   struct uptake_error *error)
{
    struct texts texts = {0};
    prose_title(out, style, texts_make(&texts, "What %s does not say", path));
    prose_line(out, style, 0,
               texts_make(&texts,
                          "%" PRIu64 " %s missing in %zu %s, most useful first: by %s how many "
                          "innovations lack it.",
                          missing->values, missing->values == 1 ? "value is" : "values are",
                          missing->n_fields, missing->n_fields == 1 ? "field" : "fields",
                          missing->of_spec
                              ? "how many of the spec's plugins and merges read it, and"
                              : ""));
    prose_line(out, style, 0,
               "unknown: looked for and not found. left out: nobody looked. A path says where it "
               "would be written.");
    prose_gap(out, style);
    for (size_t k = 0; k < missing->n_fields; k++)
        put_field(out, style, &texts, missing, &missing->fields[k]);
    if (!missing->of_spec)
        prose_line(out, style, 0,
                   "Fields that nobody filled in anywhere are not listed; a spec's plugins say "
                   "which matter: uptake check --missing SPEC.");
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}

/* --- JSON -------------------------------------------------------------------------------------- */

static void put_field_json(struct json *json, const struct missing_field *field)
{
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "field", field->path);
    json_pair(json, "type", words_type(field->type));
    json_pair(json, "unit", field->unit);
    json_key(json, "readers");
    json_open(json, '[');
    for (size_t k = 0; k < field->n_readers; k++)
        json_put_text(json, field->readers[k]);
    json_close(json, ']');
    json_pair_count(json, "unknown", field->unknown);
    json_pair_count(json, "left_out", field->left_out);
    json_pair_count(json, "suppressed", field->suppressed);
    json_pair_count(json, "innovations", field->innovations);
    json_key(json, "places");
    json_open(json, '[');
    for (size_t k = 0; k < field->n_places; k++) {
        json_line(json, 3);
        json_open(json, '{');
        json_pair(json, "innovation", field->places[k].innovation);
        json_pair(json, "path", field->places[k].path);
        json_pair(json, "why", why_text(field->places[k].why));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_pair_count(json, "places_not_given",
                    field->unknown + field->left_out + field->suppressed - field->n_places);
    json_close(json, '}');
}

void report_missing_json(const struct missing *missing, const char *path, struct report_out *out)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_pair(&json, "file", path);
    json_pair_count(&json, "innovations", missing->innovations);
    json_pair_count(&json, "missing", missing->values);
    json_line(&json, 1);
    json_key(&json, "fields");
    json_open(&json, '[');
    for (size_t k = 0; k < missing->n_fields; k++)
        put_field_json(&json, &missing->fields[k]);
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}
