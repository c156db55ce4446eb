/*
 * One innovation explained, from a result alone: where it stands and why, what was measured, what was found and on
 * what basis, what is not known.
 */
#include "report/explain.h"

#include <inttypes.h>
#include <string.h>

#include "report/caveat.h"

static void say(const struct table *table, const char *sentence)
{
    if (sentence)
        prose_line(table->out, table->style, 0, sentence);
}

static void put_head(const struct table *table, uint64_t i)
{
    const struct result *result = table->result;
    const char *id = view_id(result, i), *name = view_name(result, i);
    const char *title = result->spec_title ? result->spec_title : result->model->title;
    prose_title(table->out, table->style,
                strcmp(id, name) == 0 ? id : texts_make(table->texts, "%s (%s)", name, id));
    say(table, texts_make(table->texts, "One of %" PRIu64 " innovations in: %s",
                          result->model->innovations, title ? title : result->spec_path));
    say(table, result->spec_note);
    prose_gap(table->out, table->style);
    say(table, caveat_as_of(result, table->texts));
    say(table, caveat_where(result, table->texts));
    say(table, caveat_basis(result, table->texts));
    say(table, caveat_hindsight(result, table->texts));
    for (size_t p = 0; p < result->n_plugins; p++)
        say(table, caveat_failure(&result->plugins[p], table->texts));
}

int report_explain(const struct result *result, uint64_t innovation,
                   const struct report_style *style, struct report_out *out,
                   struct uptake_error *error)
{
    struct view view;
    if (view_build(result, &view, error) != 0)
        return -1;
    const struct table table = {.result = result,
                                .style = style,
                                .out = out,
                                .texts = &view.texts,
                                .order = &innovation,
                                .n_rows = 1};
    put_head(&table, innovation);
    explain_places(&table, innovation);
    table_findings_of(&table, innovation,
                      "What stands in the way, what helps, and what is not known");
    explain_measures(&table, &view, innovation);
    explain_unknown(&table, innovation);
    table_sources(&table, true);
    table_foot(&table);
    bool failed = view.texts.failed;
    view_finish(&view);
    return failed ? error_memory(error) : 0;
}
