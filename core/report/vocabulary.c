/* The vocabulary of models, as it is checked by: every field with its type, unit, range and choices. */
#include "model/vocabulary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/figure.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/report.h"
#include "report/words.h"

enum { BLOCK_BYTES = 64 };

/* --- Which rows -------------------------------------------------------------------------------- */

/* The part of a model that a row stands in: "support", "/adopters", "commissioning"; "innovation" for its own fields. */
static const char *block_of(const struct vocabulary_row *row, char block[BLOCK_BYTES])
{
    size_t slash = row->path[0] == '/', bytes = slash + strcspn(row->path + slash, "[.");
    if (row->path[bytes] == '\0')
        snprintf(block, BLOCK_BYTES, "innovation");
    else
        snprintf(block, BLOCK_BYTES, "%.*s", (int)bytes, row->path);
    return block;
}

/* "support" names support[]; "adopters" both /adopters[] and what begins so; a whole path one row. */
static bool is_asked(const struct vocabulary_row *row, const char *filter)
{
    char block[BLOCK_BYTES];
    if (!filter || strcmp(row->path, filter) == 0)
        return true;
    block_of(row, block);
    return strcmp(block, filter) == 0 || (block[0] == '/' && strcmp(block + 1, filter) == 0);
}

int report_vocabulary_find(const char *filter, struct uptake_error *error)
{
    struct texts texts = {0};
    size_t count;
    struct nearest nearest;
    char block[BLOCK_BYTES], quoted[72], hint[96];
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    bool found = strcmp(filter, REPORT_CONSTRUCTS) == 0;
    nearest_start(&nearest, filter, strlen(filter));
    nearest_offer(&nearest, REPORT_CONSTRUCTS);
    for (size_t k = 0; k < count && !found; k++) {
        found = is_asked(&rows[k], filter);
        nearest_offer(&nearest, texts_make(&texts, "%s", block_of(&rows[k], block)));
        nearest_offer(&nearest, rows[k].path);
    }
    int failed =
        found ? 0
              : error_add(error, EXIT_INPUT, "a model has no part or field '%s'%s",
                          text_quote(quoted, filter, strlen(filter)), nearest_hint(&nearest, hint));
    arena_finish(&texts.arena);
    return failed;
}

/* --- Text -------------------------------------------------------------------------------------- */

static const char *type_of(struct texts *texts, const struct vocabulary_row *row)
{
    static const char *const forms[] = {
        [FORM_CONSTRUCT] = "a construct of the row's framework",
        [FORM_RATING] = "a number, or the name of a level",
        [FORM_RATINGS] = "{construct: value, ...}",
        [FORM_TREE] = "conditions",
    };
    static const char *const targets[] = {
        [TARGET_EVIDENCE] = "id of evidence",
        [TARGET_ADOPTERS] = "id of an adopter",
        [TARGET_PRIORITIES] = "id of a priority",
        [TARGET_SAME_LIST] = "id in the same list",
    };
    if (row->form != FORM_PLAIN)
        return forms[row->form];
    if (row->target != TARGET_NONE)
        return targets[row->target];
    const char *unit = strcmp(row->unit, "row") == 0 ? " (unit as the row says)"
                       : row->unit[0] ? texts_make(texts, " (%s)", figure_words(texts, row->unit))
                                      : "";
    return texts_make(texts, "%s%s%s%s%s", words_type(row->type), row->choices ? " of " : "",
                      words_choices(texts, row->choices), unit,
                      row->type == UPTAKE_NUMBER ? words_range(texts, row->min, row->max) : "");
}

static void put_row(struct report_out *out, const struct report_style *style, struct texts *texts,
                    const struct vocabulary_row *row)
{
    const struct prose_label label = {texts_make(texts, "%s:", row->path), TONE_STRONG, 2, 6};
    prose_item(out, style, label,
               texts_make(texts, "%s%s%s", type_of(texts, row),
                          row->flags & FIELD_REQUIRED ? "; required" : "",
                          row->flags & FIELD_DERIVED ? "; worked out, never written" : ""));
    if (row->doc && row->doc[0])
        prose_line(out, style, 6, row->doc);
}

int report_vocabulary(const char *filter, const struct report_style *style, struct report_out *out,
                      struct uptake_error *error)
{
    struct texts texts = {0};
    size_t count;
    char block[BLOCK_BYTES], last[BLOCK_BYTES] = "";
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    prose_title(out, style, filter ? filter : "The fields of a model");
    for (size_t k = 0; k < count; k++) {
        if (!is_asked(&rows[k], filter))
            continue;
        if (!filter && strcmp(block_of(&rows[k], block), last) != 0)
            prose_heading(out, style, block);
        snprintf(last, sizeof last, "%s", block_of(&rows[k], block));
        put_row(out, style, &texts, &rows[k]);
    }
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}

/* --- JSON -------------------------------------------------------------------------------------- */

static void put_json(struct json *json, const struct vocabulary_row *row)
{
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "path", row->path);
    json_pair(json, "type", words_type(row->type));
    json_pair_flag(json, "required", (row->flags & FIELD_REQUIRED) != 0);
    json_pair_flag(json, "derived", (row->flags & FIELD_DERIVED) != 0);
    json_pair(json, "unit", row->unit);
    json_pair_number(json, "min", row->type == UPTAKE_NUMBER ? row->min : (double)NAN);
    json_pair_number(json, "max", row->type == UPTAKE_NUMBER ? row->max : (double)NAN);
    json_key(json, "choices");
    json_open(json, '[');
    for (size_t k = 0; row->choices && row->choices[k]; k++)
        json_put_text(json, row->choices[k]);
    json_close(json, ']');
    json_pair(json, "doc", row->doc);
    json_close(json, '}');
}

void report_vocabulary_json(const char *filter, struct report_out *out)
{
    struct json json = {.out = out};
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    json_open(&json, '{');
    json_key(&json, "fields");
    json_open(&json, '[');
    for (size_t k = 0; k < count; k++)
        if (is_asked(&rows[k], filter))
            put_json(&json, &rows[k]);
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}
