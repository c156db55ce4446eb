/* The frameworks' constructs that a judgement can name, with each framework's scale: `uptake describe model constructs`. */
#include <math.h>
#include <string.h>

#include "model/vocabulary.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/report.h"
#include "report/sheet.h"
#include "report/view.h"
#include "report/words.h"

enum { COLUMNS = 3 };

static const char *scale_of(struct texts *texts, const struct framework *framework)
{
    const char *range =
        isinf(framework->max) ? ", any number" : words_range(texts, framework->min, framework->max);
    return texts_make(texts, "values%s%s%s", range, framework->levels ? ": " : "",
                      framework->levels ? words_choices(texts, framework->levels) : "");
}

/* Rows of one framework; false: it has none of its own. */
static bool put_framework(int framework, const struct report_style *style, struct report_out *out,
                          struct texts *texts)
{
    static const struct sheet_column columns[COLUMNS] = {
        {.above = "", .heading = "construct"},
        {.above = "", .heading = "domain"},
        {.above = "", .heading = "also written"},
    };
    size_t count, n_rows = 0;
    const struct construct *rows = constructs(&count);
    const char **cells = texts_array(texts, count * COLUMNS, sizeof *cells);
    for (size_t k = 0; k < count && cells; k++) {
        if (rows[k].framework != framework)
            continue;
        const char **row = cells + n_rows++ * COLUMNS;
        row[0] = rows[k].name;
        row[1] = rows[k].domain;
        row[2] = rows[k].spelling ? rows[k].spelling : "";
    }
    if (n_rows == 0)
        return false;
    const struct sheet sheet = {columns, COLUMNS, cells, n_rows, 0};
    sheet_print(out, style, &sheet);
    return true;
}

int report_constructs(const struct report_style *style, struct report_out *out,
                      struct uptake_error *error)
{
    struct texts texts = {0};
    prose_title(out, style, "Constructs of the frameworks");
    for (int k = 0; k < FRAMEWORK_COUNT; k++) {
        if (!frameworks[k].name)
            continue;
        prose_heading(out, style, frameworks[k].name);
        prose_line(out, style, 0, scale_of(&texts, &frameworks[k]));
        prose_gap(out, style);
        if (!put_framework(k, style, out, &texts))
            prose_line(out, style, 0, "constructs of your own");
    }
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}

void report_constructs_json(struct report_out *out)
{
    struct json json = {.out = out};
    size_t count;
    const struct construct *rows = constructs(&count);
    json_open(&json, '{');
    json_key(&json, "constructs");
    json_open(&json, '[');
    for (size_t k = 0; k < count; k++) {
        json_line(&json, 2);
        json_open(&json, '{');
        json_pair(&json, "framework", framework_names[rows[k].framework]);
        json_pair(&json, "name", rows[k].name);
        json_pair(&json, "domain", rows[k].domain);
        json_pair(&json, "also", rows[k].spelling);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}
