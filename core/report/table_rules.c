/*
 * What each innovation makes of each rule: a plugin's pair rows, those that do not apply counted instead of printed.
 */
#include <inttypes.h>
#include <string.h>

#include "report/figure.h"
#include "report/table.h"

enum { RULES_SHOWN = 40 };

static bool is_pair(const struct table *table, const struct result_column *column)
{
    return column->table != MODEL_NO_TABLE &&
           strcmp(table->result->model->tables[column->table].path, MODEL_PAIRS) == 0;
}

static bool applies(const struct table *table, const struct result_plugin *plugin, uint64_t pair)
{
    for (size_t w = 0; w < plugin->n_columns; w++) {
        const struct result_column *column = &plugin->columns[w];
        const char *choice = is_pair(table, column) ? view_choice(column, pair) : NULL;
        if (choice && strcmp(choice, "not_applicable") == 0)
            return false;
    }
    return true;
}

/* "unmet, not met: commissioning.payback at most 12 months"; a text that is absent adds nothing. */
static const char *pair_text(const struct table *table, const struct result_plugin *plugin,
                             uint64_t pair)
{
    const char *all = "";
    char text[UPTAKE_TEXT_BYTES + 1];
    for (size_t w = 0; w < plugin->n_columns; w++) {
        const struct result_column *column = &plugin->columns[w];
        if (!is_pair(table, column))
            continue;
        const char *one = column->write->type == UPTAKE_TEXT
                              ? (result_text(plugin, column, pair, text) > 0 ? text : "")
                              : figure_value(table->texts, plugin, column, pair,
                                             figure_decimals(column, &pair, 1));
        if (*one)
            all = texts_make(table->texts, "%s%s%s", all, *all ? ", " : "", one);
    }
    return all;
}

static void put_pairs(const struct table *table, const struct result_plugin *plugin,
                      const struct result_column *column)
{
    const struct model *model = table->result->model;
    const int64_t *offsets = model->tables[column->table].offsets;
    uint64_t apart = 0, shown = 0, more = 0;
    prose_heading(table->out, table->style,
                  texts_make(table->texts, "%s, rule by rule", plugin->name));
    for (size_t k = 0; k < table->n_rows; k++) {
        uint64_t i = table->order[k];
        for (int64_t pair = offsets[i]; pair < offsets[i + 1]; pair++) {
            if (!applies(table, plugin, (uint64_t)pair)) {
                apart++;
                continue;
            }
            if (++shown > RULES_SHOWN) {
                more++;
                continue;
            }
            const struct prose_label label = {
                texts_make(table->texts, "%s, %s:", view_id(table->result, i),
                           view_rule(model, column->table, (uint64_t)pair)),
                TONE_STRONG, 2, 6};
            prose_item(table->out, table->style, label, pair_text(table, plugin, (uint64_t)pair));
        }
    }
    if (more)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "%" PRIu64 " more; --format json gives all.", more));
    if (apart)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts,
                              "%" PRIu64 " %s of an innovation and a rule that does not apply to "
                              "it, or has ended, %s left out here.",
                              apart, apart == 1 ? "pair" : "pairs", apart == 1 ? "is" : "are"));
}

void table_rules(const struct table *table)
{
    for (size_t p = 0; p < table->result->n_plugins; p++) {
        const struct result_plugin *plugin = &table->result->plugins[p];
        size_t w = 0;
        while (w < plugin->n_columns && !is_pair(table, &plugin->columns[w]))
            w++;
        if (w < plugin->n_columns && plugin->columns[w].rows > 0)
            put_pairs(table, plugin, &plugin->columns[w]);
    }
}
