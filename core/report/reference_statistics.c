/* The statistics that a comparison can ask for, from the table that the program works by. */
#include "compare/statistics.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/report.h"

enum { NAME_INDENT = 2, DOC_INDENT = 6 };

static void put_labelled(struct report_out *out, const struct report_style *style,
                         const char *label, const char *text)
{
    if (text && text[0])
        prose_item(out, style, (struct prose_label){label, TONE_PLAIN, DOC_INDENT, DOC_INDENT},
                   text);
}

static const char *kind_of(const struct statistic *row)
{
    if (row->group)
        return row->flags & STATISTIC_USUAL ? "of all together, where there are three or more"
                                            : "of all together, where asked for";
    if (!(row->flags & STATISTIC_USUAL))
        return "of a pair, where asked for";
    return row->flags & STATISTIC_VALUES
               ? "of a pair, where both answer one question or it is asked for"
               : "of a pair";
}

static void put_row(struct report_out *out, const struct report_style *style,
                    const struct statistic *row)
{
    prose_item(out, style, (struct prose_label){row->name, TONE_STRONG, NAME_INDENT, 0},
               kind_of(row));
    prose_line(out, style, DOC_INDENT, row->doc);
    put_labelled(out, style, "Needs:", row->needs);
    put_labelled(out, style, "Source:", row->source);
}

void report_statistics(const struct report_style *style, struct report_out *out)
{
    size_t count;
    const struct statistic *rows = statistics_rows(&count);
    prose_title(out, style, "Statistics (`statistics:` of a comparison)");
    for (size_t k = 0; k < count; k++)
        put_row(out, style, &rows[k]);
}

bool report_statistic(const char *name, const struct report_style *style, struct report_out *out)
{
    const struct statistic *row = statistics_find(name);
    if (row)
        put_row(out, style, row);
    return row != NULL;
}

static void put_row_json(struct json *json, const struct statistic *row)
{
    json_open(json, '{');
    json_pair(json, "name", row->name);
    json_pair(json, "of", row->group ? "all" : "pair");
    json_pair_flag(json, "usual", (row->flags & STATISTIC_USUAL) != 0);
    json_pair_flag(json, "compares_values", (row->flags & STATISTIC_VALUES) != 0);
    json_pair(json, "doc", row->doc);
    json_pair(json, "needs", row->needs);
    json_pair(json, "source", row->source);
    json_close(json, '}');
}

void report_statistics_json(struct report_out *out)
{
    struct json json = {.out = out};
    size_t count;
    const struct statistic *rows = statistics_rows(&count);
    json_open(&json, '{');
    json_key(&json, "statistics");
    json_open(&json, '[');
    for (size_t k = 0; k < count; k++) {
        json_line(&json, 2);
        put_row_json(&json, &rows[k]);
    }
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}

bool report_statistic_json(const char *name, struct report_out *out)
{
    const struct statistic *row = statistics_find(name);
    if (!row)
        return false;
    put_row_json(&(struct json){.out = out}, row);
    out_char(out, '\n');
    return true;
}
