/* The keys of the JSON and the columns of the CSV files, from the rows beside their writers: see output_rows.h. */
#include <stdio.h>
#include <string.h>

#include "report/json.h"
#include "report/output_rows.h"
#include "report/prose.h"
#include "report/report.h"
#include "report/view.h"

/* --- Text -------------------------------------------------------------------------------------- */

/* "count or null (places): 1 is best"; of what is told elsewhere where that is. */
static const char *row_text(struct texts *texts, const struct output_row *row)
{
    const char *unit = row->unit[0] ? texts_make(texts, " (%s)", row->unit) : "";
    const char *told = row->shape
                           ? texts_make(texts, "%s\"%s\" below",
                                        row->type[0] ? "; see " : "all keys of ", row->shape->name)
                           : "";
    return texts_make(texts, "%s%s%s%s%s", row->type, unit, row->doc[0] ? ": " : "", row->doc,
                      told);
}

static void put_shape(struct report_out *out, const struct report_style *style, struct texts *texts,
                      const struct output_shape *shape)
{
    prose_heading(out, style, shape->name);
    prose_line(out, style, 0, shape->doc);
    for (size_t k = 0; k < shape->count; k++) {
        const struct output_row *row = &shape->rows[k];
        const struct prose_label label = {
            texts_make(texts, "%s%s", row->path[0] ? row->path : "and", row->path[0] ? ":" : ""),
            TONE_STRONG, 2, 6};
        prose_item(out, style, label, row_text(texts, row));
    }
}

static int put_shapes(const struct report_style *style, struct report_out *out, const char *title,
                      const char *note, const struct output_shape *const *shapes, size_t count,
                      struct uptake_error *error)
{
    struct texts texts = {0};
    prose_title(out, style, title);
    prose_line(out, style, 0, note);
    for (size_t k = 0; k < count; k++)
        put_shape(out, style, &texts, shapes[k]);
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}

int report_json_keys(const struct report_style *style, struct report_out *out,
                     struct uptake_error *error)
{
    size_t count;
    const struct output_shape *const *shapes = output_json(&count);
    return put_shapes(
        style, out, "The keys of the JSON",
        "Five documents, then the parts that they have in common. A word in capitals "
        "stands for any key: the name of a measure, a merge, a scenario. Numbers read "
        "back to the same double; what is missing is null. Keys may be added; those "
        "that are here stay.",
        shapes, count, error);
}

int report_csv_columns(const struct report_style *style, struct report_out *out,
                       struct uptake_error *error)
{
    size_t count;
    const struct output_shape *const *shapes = output_csv(&count);
    return put_shapes(
        style, out, "The columns of the CSV files",
        "`uptake run SPEC -o FOLDER/` writes one file a table. UTF-8, a comma "
        "between columns, quotes where a text has one, an empty cell where there is "
        "nothing. A text that a spreadsheet would take for a formula stands behind an "
        "apostrophe.",
        shapes, count, error);
}

/* --- JSON -------------------------------------------------------------------------------------- */

/* Where a row stands: the document, its shape, and the keys above that. */
struct above {
    const char *document, *part, *path;
};

static void put_row(struct json *json, struct above above, const struct output_row *row)
{
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "document", above.document);
    json_pair(json, "part", above.part);
    json_pair(json, "key", row->path);
    json_pair(json, "path", above.path);
    json_pair(json, "type", row->type);
    json_pair(json, "unit", row->unit);
    json_pair(json, "doc", row->doc);
    json_close(json, '}');
}

/* Shapes within shapes are written out. They nest four deep at most, and their paths are our own. */
static void put_rows(struct json *json, struct above above, const struct output_shape *shape)
{
    for (size_t k = 0; k < shape->count; k++) {
        const struct output_row *row = &shape->rows[k];
        char path[256];
        snprintf(path, sizeof path, "%s%s%s", above.path, above.path[0] && row->path[0] ? "." : "",
                 row->path);
        const struct above here = {above.document, shape->name, path};
        if (row->type[0])
            put_row(json, here, row);
        if (row->shape)
            put_rows(json, here, row->shape);
    }
}

static void put_all(struct report_out *out, const char *key,
                    const struct output_shape *const *shapes, size_t count)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, key);
    json_open(&json, '[');
    for (size_t k = 0; k < count; k++)
        put_rows(&json, (struct above){shapes[k]->name, "", ""}, shapes[k]);
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}

void report_json_keys_json(struct report_out *out)
{
    size_t count;
    put_all(out, "keys", output_json(&count), OUTPUT_DOCUMENTS);
}

void report_csv_columns_json(struct report_out *out)
{
    size_t count;
    const struct output_shape *const *shapes = output_csv(&count);
    put_all(out, "columns", shapes, count);
}
