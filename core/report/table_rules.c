/*
 * What each innovation makes of each rule: a plugin's pair rows, those that do not apply counted instead of printed.
 */
#include <inttypes.h>
#include <string.h>

#include "report/figure.h"
#include "report/findings.h"
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
                      const struct result_column *column, const char *names)
{
    const struct model *model = table->result->model;
    const int64_t *offsets = model->tables[column->table].offsets;
    uint64_t apart = 0, shown = 0, more = 0;
    prose_heading(table->out, table->style, texts_make(table->texts, "%s, rule by rule", names));
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

/* The first column of pairs that the plugin wrote, or NULL. */
static const struct result_column *pairs_of(const struct table *table,
                                            const struct result_plugin *plugin)
{
    for (size_t w = 0; w < plugin->n_columns; w++)
        if (is_pair(table, &plugin->columns[w]))
            return plugin->columns[w].rows > 0 ? &plugin->columns[w] : NULL;
    return NULL;
}

/* Whether two instances of one plugin say the same of every pair. */
static bool same_pairs(const struct table *table, size_t p, size_t q)
{
    const struct result_plugin *a = &table->result->plugins[p], *b = &table->result->plugins[q];
    const struct result_column *column = pairs_of(table, a);
    if (!findings_same_plugin(a, b) || !column || !pairs_of(table, b))
        return false;
    const int64_t *offsets = table->result->model->tables[column->table].offsets;
    for (size_t k = 0; k < table->n_rows; k++) {
        uint64_t i = table->order[k];
        for (int64_t pair = offsets[i]; pair < offsets[i + 1]; pair++)
            if (strcmp(pair_text(table, a, (uint64_t)pair), pair_text(table, b, (uint64_t)pair)) !=
                0)
                return false;
    }
    return true;
}

void table_rules(const struct table *table)
{
    size_t n = table->result->n_plugins;
    for (size_t p = 0; p < n; p++) {
        const struct result_plugin *plugin = &table->result->plugins[p];
        const char *names = plugin->name;
        size_t before = 0;
        while (before < p && !same_pairs(table, before, p))
            before++;
        if (before < p || !pairs_of(table, plugin))
            continue;
        for (size_t q = p + 1; q < n; q++)
            if (same_pairs(table, p, q))
                names = texts_make(table->texts, "%s, %s", names, table->result->plugins[q].name);
        put_pairs(table, plugin, pairs_of(table, plugin), names);
    }
}
