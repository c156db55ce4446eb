/* What was measured of one innovation, what that rests on, and what plugins wrote beside the rows of its lists. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/explain.h"
#include "report/figure.h"
#include "report/sheet.h"

/* --- Measures ---------------------------------------------------------------------------------- */

/* "7 rows: 7 one reader's desk reading, 3 without evidence" */
static const char *basis_text(struct texts *texts, struct result_basis basis)
{
    const char *text =
        texts_make(texts, "%" PRIu64 " %s", basis.rows, basis.rows == 1 ? "row" : "rows");
    if (basis.desk_reading > 0)
        text = texts_make(texts, "%s, %" PRIu64 " of them %s", text, basis.desk_reading,
                          view_desk_reading);
    if (basis.hindsight > 0)
        text = texts_make(texts, "%s; %" PRIu64 " read with hindsight", text, basis.hindsight);
    if (basis.without_evidence > 0)
        text = texts_make(texts, "%s; %" PRIu64 " without evidence", text, basis.without_evidence);
    return text;
}

/* Nothing was to be written, which is not the same as unknown: the column's doc says when. */
static bool is_absent(const struct result_column *column, uint64_t i)
{
    if (column->codes)
        return uptake_why_code(column->codes[i]) == UPTAKE_LEFT_OUT;
    if (!column->values)
        return !column->texts || column->texts[i] == UINT32_MAX;
    bool bounds = view_has_bounds(column) && !isnan(column->low[i]) && !isnan(column->high[i]);
    return isnan(column->values[i]) && uptake_why(column->values[i]) == UPTAKE_LEFT_OUT && !bounds;
}

/* Next of the plugin's columns of the innovation itself that has something to say, from `at` on; n_columns: none. */
static size_t next_measure(const struct result_plugin *plugin, size_t at, uint64_t i)
{
    while (at < plugin->n_columns &&
           (plugin->columns[at].write->entity[0] || is_absent(&plugin->columns[at], i)))
        at++;
    return at;
}

static void put_measure(const struct table *table, const struct result_plugin *plugin, size_t at,
                        uint64_t i)
{
    const struct result_column *column = &plugin->columns[at];
    const struct uptake_write *write = column->write;
    const struct prose_label label = {texts_make(table->texts, "%s.%s:", plugin->name, write->name),
                                      TONE_STRONG, 2, 6};
    size_t next = next_measure(plugin, at + 1, i);
    prose_item(table->out, table->style, label,
               figure_value(table->texts, plugin, column, i, figure_decimals(column, &i, 1)));
    /* What follows and means the same is explained once, under the last. */
    if (!write->doc[0] ||
        (next < plugin->n_columns && strcmp(write->doc, plugin->columns[next].write->doc) == 0))
        return;
    prose_tone(table->out, table->style, TONE_FAINT);
    prose_line(table->out, table->style, 6,
               texts_make(table->texts, "%s%s", write->doc,
                          write->better == UPTAKE_HIGHER  ? "; higher is better"
                          : write->better == UPTAKE_LOWER ? "; lower is better"
                                                          : ""));
    prose_tone(table->out, table->style, TONE_PLAIN);
}

/* What there is nothing to say of, named in one item. */
static void put_absent(const struct table *table, const struct result_plugin *plugin, uint64_t i)
{
    const char *names = NULL;
    for (size_t w = 0; w < plugin->n_columns; w++) {
        const struct result_column *column = &plugin->columns[w];
        if (column->write->entity[0] == '\0' && is_absent(column, i))
            names = texts_make(table->texts, "%s%s%s", names ? names : "", names ? ", " : "",
                               column->write->name);
    }
    const struct prose_label label = {"nothing to say of:", TONE_FAINT, 2, 6};
    if (names)
        prose_item(table->out, table->style, label,
                   texts_make(table->texts, "%s (`uptake describe %s` says when)", names,
                              plugin->plugin->id));
}

static void put_plugin(const struct table *table, const struct result_plugin *plugin, uint64_t i)
{
    char status[UPTAKE_TEXT_BYTES + 32];
    prose_subheading(table->out, table->style,
                     texts_make(table->texts, "%s: %s (%s %s)", plugin->name, plugin->plugin->title,
                                plugin->plugin->id, plugin->plugin->version));
    if (plugin->states[i] != RESULT_OK) {
        result_status_text(plugin, i, status);
        prose_line(table->out, table->style, 2, status);
        return;
    }
    struct result_basis basis = result_basis_of(table->result, plugin, 0, i);
    if (basis.rows > 0)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "rests on %s", basis_text(table->texts, basis)));
    if (plugin->with_text)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "set by the spec, not the plugin's default: %s",
                              plugin->with_text));
    for (size_t w = next_measure(plugin, 0, i); w < plugin->n_columns;
         w = next_measure(plugin, w + 1, i))
        put_measure(table, plugin, w, i);
    put_absent(table, plugin, i);
}

/* --- Rows of its lists ------------------------------------------------------------------------- */

/* The innovation's rows of a list; none of one inside another, or of the portfolio. */
static struct view_span rows_of(const struct model *model, uint32_t table, uint64_t i)
{
    if (table == MODEL_NO_TABLE || table == 0 || model->tables[table].parent != 0 ||
        !model->tables[table].offsets)
        return (struct view_span){0, 0};
    const int64_t *offsets = model->tables[table].offsets;
    return (struct view_span){(uint64_t)offsets[i], (uint64_t)offsets[i + 1]};
}

static const char *because(const struct model *model, uint32_t table, uint64_t row)
{
    const int32_t *texts = model->tables[table].because;
    return texts && texts[row] >= 0 ? model_text(model, texts[row]) : "";
}

static void put_row(const struct table *table, const struct view_table *of, uint64_t row,
                    uint64_t number)
{
    const char *text = "";
    for (size_t c = 0; c < of->n_columns; c++) {
        const struct view_measure *column = &of->columns[c];
        text = texts_make(table->texts, "%s%s%s %s", text, c > 0 ? "; " : "", column->name,
                          figure_value(table->texts, column->plugin, column->column, row,
                                       figure_decimals(column->column, &row, 1)));
    }
    const char *rule = view_rule(table->result->model, of->table, row);
    const struct prose_label label = {rule ? texts_make(table->texts, "%s:", rule)
                                           : texts_make(table->texts, "row %" PRIu64 ":", number),
                                      TONE_STRONG, 2, 6};
    prose_item(table->out, table->style, label, text);
    const char *why = because(table->result->model, of->table, row);
    if (why[0])
        prose_line(table->out, table->style, 6, texts_make(table->texts, "because: %s", why));
}

static void put_list(const struct table *table, const struct view_table *of, uint64_t i)
{
    struct view_span span = rows_of(table->result->model, of->table, i);
    if (span.first == span.end)
        return;
    prose_subheading(table->out, table->style,
                     view_rule(table->result->model, of->table, span.first) ? "Rule by rule"
                                                                            : of->entity);
    for (uint64_t row = span.first; row < span.end; row++)
        put_row(table, of, row, row - span.first);
}

void explain_measures(const struct table *table, const struct view *view, uint64_t innovation)
{
    if (table->result->n_plugins > 0)
        prose_heading(table->out, table->style, "What was measured");
    for (size_t p = 0; p < table->result->n_plugins; p++)
        put_plugin(table, &table->result->plugins[p], innovation);
    bool any = false;
    for (size_t t = 0; t < view->n_tables; t++) {
        struct view_span span = rows_of(table->result->model, view->tables[t].table, innovation);
        any = any || span.first < span.end;
    }
    if (any)
        prose_heading(table->out, table->style, "Row by row (as they stand in the model, from 0)");
    for (size_t t = 0; t < view->n_tables; t++)
        put_list(table, &view->tables[t], innovation);
}
