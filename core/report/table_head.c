/* The first lines: what was chosen, left out and read by whom, whether any order holds, what is unknown. */
#include <inttypes.h>

#include "report/caveat.h"
#include "report/table.h"

static void say(const struct table *table, const char *sentence)
{
    if (sentence)
        prose_line(table->out, table->style, 0, sentence);
}

static void put_title(const struct table *table)
{
    const struct result *result = table->result;
    const char *title = result->spec_title ? result->spec_title : result->model->title;
    prose_title(table->out, table->style, title ? title : result->spec_path);
    say(table, result->spec_note);
    prose_gap(table->out, table->style);
}

/* --- What is unknown --------------------------------------------------------------------------- */

/* Innovations, in the order of the rows, that a plugin did not assess. Answers how many there are. */
static uint64_t list_gaps(const struct table *table, const struct result_plugin *plugin,
                          uint64_t first[TABLE_IDS])
{
    uint64_t count = 0;
    for (uint64_t k = 0; k < table->result->model->innovations; k++)
        if (plugin->states[table->order[k]] != RESULT_OK) {
            if (count < TABLE_IDS)
                first[count] = table->order[k];
            count++;
        }
    return count;
}

static const char *gaps_of(const struct table *table, const struct result_plugin *plugin)
{
    uint64_t first[TABLE_IDS];
    uint64_t count = list_gaps(table, plugin, first);
    if (count == 0)
        return NULL;
    return texts_make(
        table->texts, "%s for %" PRIu64 " of %" PRIu64 " (%s)", plugin->name, count,
        table->result->model->innovations,
        table_ids(table, first, count < TABLE_IDS ? (size_t)count : TABLE_IDS, count));
}

static uint64_t count_unknown(const struct result *result)
{
    uint64_t count = 0;
    for (size_t p = 0; p < result->n_plugins; p++)
        for (uint64_t k = 0; k < result->plugins[p].n_notes; k++)
            count += result_note(&result->plugins[p], k).level == UPTAKE_NOT_KNOWN;
    return count;
}

static void say_unknown(const struct table *table)
{
    const char *gaps = NULL;
    uint64_t unknown = count_unknown(table->result);
    for (size_t p = 0; p < table->result->n_plugins; p++) {
        const char *more = gaps_of(table, &table->result->plugins[p]);
        if (more)
            gaps = gaps ? texts_make(table->texts, "%s; %s", gaps, more) : more;
    }
    if (gaps)
        say(table, texts_make(table->texts, "Not assessed: %s.", gaps));
    if (unknown > 0)
        say(table,
            texts_make(table->texts, "Not known: %" PRIu64 " %s something that nobody knows yet.",
                       unknown, unknown == 1 ? "finding names" : "findings name"));
}

void table_head(const struct table *table)
{
    const struct result *result = table->result;
    put_title(table);
    say(table, caveat_as_of(result, table->texts));
    say(table, caveat_where(result, table->texts));
    say(table, caveat_basis(result, table->texts));
    say(table, caveat_hindsight(result, table->texts));
    say(table, table_order(table));
    table_firsts(table);
    say_unknown(table);
    for (size_t p = 0; p < result->n_plugins; p++)
        say(table, caveat_failure(&result->plugins[p], table->texts));
}
