/* What stands in the way: findings by innovation and level, each with its reason and what that rests on. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/figure.h"
#include "report/findings.h"
#include "report/table.h"

enum { LEVEL_COLUMNS = 9 };

/* --- Printing ---------------------------------------------------------------------------------- */

/* Then it is said once, above them all. */
static bool all_desk(const struct table *table)
{
    const struct model *model = table->result->model;
    return model->desk_rows > 0 && model->desk_rows == model->basis_rows;
}

/* Its reason with what it rests on, indented below; NULL: nothing to say. */
static const char *reason(const struct table *table, const struct finding *finding)
{
    const char *because = finding->because;
    bool desk = finding->desk && !all_desk(table);
    if (!because && !desk)
        return NULL;
    return texts_make(table->texts, "%s%s%s%s", because ? "because: " : "", because ? because : "",
                      because && desk ? " " : "", desk ? "(one reader's desk reading)" : "");
}

static void put_finding(const struct table *table, const struct finding *finding)
{
    const struct prose_label label = {view_level(finding->level), finding->tone, 2,
                                      2 + LEVEL_COLUMNS};
    prose_item(table->out, table->style, label,
               texts_make(table->texts, "%s: %s", finding->names, finding->text));
}

/* Findings that follow each other for one reason share it: it stands under the last. */
static void put_findings(const struct table *table, struct findings findings)
{
    const char *now = findings.count > 0 ? reason(table, &findings.list[0]) : NULL;
    for (size_t k = 0; k < findings.count; k++) {
        const char *next = k + 1 < findings.count ? reason(table, &findings.list[k + 1]) : NULL;
        put_finding(table, &findings.list[k]);
        if (now && !findings_same_text(now, next)) {
            prose_tone(table->out, table->style, TONE_FAINT);
            prose_line(table->out, table->style, 4 + LEVEL_COLUMNS, now);
            prose_tone(table->out, table->style, TONE_PLAIN);
        }
        now = next;
    }
}

/* What a plugin calls the weakest point of an innovation; NULL: it names none. */
static const char *weakest_point(const struct table *table, size_t p, uint64_t i)
{
    const struct result_plugin *plugin = &table->result->plugins[p];
    const struct result_column *column = table_weakest(plugin);
    char text[UPTAKE_TEXT_BYTES + 1] = "";
    if (!column || plugin->states[i] != RESULT_OK)
        return NULL;
    const char *point = view_choice(column, i);
    if (!point && !column->codes && result_text(plugin, column, i, text) > 0)
        point = text;
    return point ? figure_words(table->texts, point) : NULL;
}

/* Whether the plugins are instances of one, and name the same. */
static bool shares(const struct table *table, size_t p, size_t other, uint64_t i)
{
    return findings_same_plugin(&table->result->plugins[p], &table->result->plugins[other]) &&
           findings_same_text(weakest_point(table, p, i), weakest_point(table, other, i));
}

/* "barriers: organisation; board, sites: time", of plugins that name one. */
static const char *weakest_points(const struct table *table, uint64_t i)
{
    const char *points = NULL;
    size_t n = table->result->n_plugins;
    for (size_t p = 0; p < n; p++) {
        const char *point = weakest_point(table, p, i);
        const char *names = table->result->plugins[p].name;
        size_t before = 0;
        while (point && before < p && !shares(table, p, before, i))
            before++;
        if (!point || before < p)
            continue;
        for (size_t q = p + 1; q < n; q++)
            if (shares(table, p, q, i))
                names = texts_make(table->texts, "%s, %s", names, table->result->plugins[q].name);
        points = texts_make(table->texts, "%s%s%s: %s", points ? points : "", points ? "; " : "",
                            names, point);
    }
    return points;
}

static void put_weakest(const struct table *table, uint64_t innovation)
{
    const char *points = weakest_points(table, innovation);
    const struct prose_label label = {"weakest", TONE_PLAIN, 2, 2 + LEVEL_COLUMNS};
    if (points)
        prose_item(table->out, table->style, label, points);
}

static void put_group(const struct table *table, uint64_t innovation, const char *title,
                      void (*heading)(struct report_out *out, const struct report_style *style,
                                      const char *text))
{
    struct findings findings =
        findings_of(table->result, table->texts, innovation, FINDINGS_EVERY_LEVEL);
    if (findings.count == 0)
        return;
    heading(table->out, table->style, title);
    if (innovation != UINT64_MAX)
        put_weakest(table, innovation);
    put_findings(table, findings);
}

void table_findings_of(const struct table *table, uint64_t innovation, const char *heading)
{
    put_group(table, innovation, heading, prose_heading);
}

static const char *title_of(const struct table *table, uint64_t innovation)
{
    const char *id = view_id(table->result, innovation);
    const char *name = view_name(table->result, innovation);
    return strcmp(id, name) == 0 ? id : texts_make(table->texts, "%s (%s)", name, id);
}

static uint64_t count_all(const struct table *table)
{
    uint64_t count = 0;
    for (size_t p = 0; p < table->result->n_plugins; p++)
        count += table->result->plugins[p].n_notes;
    return count;
}

static void put_dropped(const struct table *table)
{
    for (size_t p = 0; p < table->result->n_plugins; p++) {
        const struct result_plugin *plugin = &table->result->plugins[p];
        if (plugin->notes_dropped > 0)
            prose_line(table->out, table->style, 2,
                       texts_make(table->texts,
                                  "%s gave %" PRIu64
                                  " more findings than are kept (%d an innovation).",
                                  plugin->name, plugin->notes_dropped, UPTAKE_NOTES_MAX));
    }
}

void table_findings(const struct table *table)
{
    uint64_t n = table->result->model->innovations;
    size_t shown = n > table->n_rows ? TABLE_FINDINGS : table->n_rows;
    if (count_all(table) == 0)
        return;
    prose_heading(table->out, table->style,
                  "What stands in the way, what helps, and what is not known");
    if (all_desk(table))
        prose_line(table->out, table->style, 0,
                   "Every finding and every reason below rests on one reader's desk reading.");
    put_group(table, UINT64_MAX, "All innovations together", prose_subheading);
    for (size_t k = 0; k < shown; k++)
        put_group(table, table->order[k], title_of(table, table->order[k]), prose_subheading);
    if (n > table->n_rows)
        prose_line(
            table->out, table->style, 2,
            texts_make(
                table->texts,
                "Findings of the first %zu are shown; --innovation ID shows one, --format json "
                "gives all.",
                shown));
    put_dropped(table);
}
