/* What went into two runs and differs: a line each, what it was and what it is. */
#include <string.h>

#include "report/prose.h"
#include "report/runs.h"

enum { SHOWN = 40 };

static const char *shown(const char *text)
{
    return !text ? "(not there)" : *text ? text : "(empty)";
}

void table_runs_changes(const struct runs_table *table, const struct runs_input *rows, size_t count)
{
    for (size_t k = 0; k < count && k < SHOWN; k++) {
        const struct prose_label label = {texts_make(table->texts, "%s:", rows[k].what),
                                          TONE_STRONG, 2, 6};
        prose_item(table->out, table->style, label,
                   texts_make(table->texts, "%s → %s", shown(rows[k].a), shown(rows[k].b)));
    }
    if (count > SHOWN)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "and %zu more", count - SHOWN));
}

void table_runs_inputs(const struct runs_table *table)
{
    const struct runs *runs = table->runs;
    prose_heading(table->out, table->style, "What went in");
    if (runs->n_inputs == 0)
        prose_line(table->out, table->style, 0,
                   "The same spec, model, plugins, parameters and machine.");
    table_runs_changes(table, runs->inputs, runs->n_inputs);
}
