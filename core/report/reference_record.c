/* Tables and views of a record, from the rows that they are made by. */
#include <stdio.h>
#include <string.h>

#include "report/json.h"
#include "report/prose.h"
#include "report/report.h"
#include "result/record.h"

enum { NAME_INDENT = 2, DOC_INDENT = 6, COLUMNS_ROOM = 600 };

/* "name, id, version" of "CREATE TABLE x(name TEXT, id TEXT, version, PRIMARY KEY (name)) ..."; "" of what has none. */
static void columns_of(const char *sql, char columns[COLUMNS_ROOM])
{
    size_t used = 0;
    const char *at = sql && strncmp(sql, "CREATE TABLE", 12) == 0 ? strchr(sql, '(') : NULL;
    columns[0] = 0;
    while (at && strncmp(at + 1, " PRIMARY", 8) != 0 && used < COLUMNS_ROOM - 1) {
        at += 1 + (at[1] == ' ');
        used += (size_t)snprintf(columns + used, COLUMNS_ROOM - used, "%s%.*s", used ? ", " : "",
                                 (int)strcspn(at, " ,)"), at);
        at += strcspn(at, ",)");
        at = *at == ',' ? at : NULL;
    }
}

static void put_rows(struct report_out *out, const struct report_style *style, const char *heading,
                     const struct record_table *rows, size_t count)
{
    char columns[COLUMNS_ROOM];
    prose_heading(out, style, heading);
    for (size_t k = 0; k < count; k++) {
        columns_of(rows[k].sql, columns);
        prose_item(out, style, (struct prose_label){rows[k].name, TONE_STRONG, NAME_INDENT, 0},
                   columns);
        prose_line(out, style, DOC_INDENT, rows[k].doc);
    }
}

void report_record(const struct report_style *style, struct report_out *out)
{
    size_t tables, made, views;
    const struct record_table *table = record_tables(&tables), *store = record_tables_made(&made),
                              *view = record_views_rows(&views);
    char format[80];
    snprintf(format, sizeof format, "Format %d; PRAGMA application_id is 0x%x.", RECORD_VERSION,
             (unsigned)RECORD_IDENTITY);
    prose_title(out, style, "The record of a run (`uptake run -o FILE.db`)");
    prose_line(out, style, 0, format);
    prose_line(
        out, style, 0,
        "Numbers such as plugin, write, innovation, list and merge count from 0 and join the "
        "tables. NULL in a number is a value that is missing; `missing` then says why: left "
        "out, unknown, none, n/a, after as of, suppressed, not assessed. Numbers are doubles, "
        "bit by bit as they were computed.");
    put_rows(out, style, "Views, with names for people", view, views);
    put_rows(out, style, "Tables", table, tables);
    put_rows(out, style, "Tables of values", store, made);
}

static void put_json(struct json *json, const char *kind, const struct record_table *rows,
                     size_t count)
{
    char columns[COLUMNS_ROOM];
    for (size_t k = 0; k < count; k++) {
        columns_of(rows[k].sql, columns);
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "name", rows[k].name);
        json_pair(json, "kind", kind);
        json_pair(json, "columns", columns[0] ? columns : NULL);
        json_pair(json, "doc", rows[k].doc);
        json_close(json, '}');
    }
}

void report_record_json(struct report_out *out)
{
    struct json json = {.out = out};
    size_t tables, made, views;
    const struct record_table *table = record_tables(&tables), *store = record_tables_made(&made),
                              *view = record_views_rows(&views);
    json_open(&json, '{');
    json_pair_count(&json, "format", RECORD_VERSION);
    json_key(&json, "tables");
    json_open(&json, '[');
    put_json(&json, "view", view, views);
    put_json(&json, "table", table, tables);
    put_json(&json, "values", store, made);
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}
