/* What stands in the way: findings by innovation and level, each with its reason and what that rests on. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/figure.h"
#include "report/table.h"

static const struct {
    int level;
    enum tone tone;
} levels[] = {
    {UPTAKE_BLOCKS, TONE_BAD},
    {UPTAKE_RISKS, TONE_WARN},
    {UPTAKE_NOT_KNOWN, TONE_FAINT},
    {UPTAKE_HELPS, TONE_GOOD},
};

enum { LEVELS = sizeof levels / sizeof *levels, LEVEL_COLUMNS = 9 };

struct finding {
    const struct result_plugin *plugin;
    struct result_note note;
    enum tone tone;
};

/* --- Gathering --------------------------------------------------------------------------------- */

static size_t count_notes(const struct table *table, uint64_t innovation)
{
    size_t count = 0;
    for (size_t p = 0; p < table->result->n_plugins; p++) {
        struct view_span span = view_notes(table->result, &table->result->plugins[p], innovation);
        count += (size_t)(span.end - span.first);
    }
    return count;
}

/* By level; within one, by plugin and as given. Answers how many. */
static size_t gather(const struct table *table, uint64_t innovation, struct finding *findings)
{
    size_t count = 0;
    for (size_t l = 0; l < LEVELS; l++)
        for (size_t p = 0; p < table->result->n_plugins; p++) {
            const struct result_plugin *plugin = &table->result->plugins[p];
            struct view_span span = view_notes(table->result, plugin, innovation);
            for (uint64_t k = span.first; k < span.end; k++) {
                struct result_note note = result_note(plugin, k);
                if (note.level == levels[l].level)
                    findings[count++] = (struct finding){plugin, note, levels[l].tone};
            }
        }
    return count;
}

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
    const char *because = result_because(table->result, &finding->note);
    bool desk = !all_desk(table) &&
                view_note_basis(table->result, finding->plugin, &finding->note) & BASIS_DESK;
    if (!because && !desk)
        return NULL;
    return texts_make(table->texts, "%s%s%s%s", because ? "because: " : "", because ? because : "",
                      because && desk ? " " : "", desk ? "(one reader's desk reading)" : "");
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void put_finding(const struct table *table, const struct finding *finding)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    const struct prose_label label = {view_level(finding->note.level), finding->tone, 2,
                                      2 + LEVEL_COLUMNS};
    result_note_text(finding->plugin, &finding->note, text);
    prose_item(table->out, table->style, label,
               texts_make(table->texts, "%s: %s", finding->plugin->name, text));
}

/* Findings that follow each other for one reason share it: it stands under the last. */
static void put_findings(const struct table *table, const struct finding *findings, size_t count)
{
    const char *now = count > 0 ? reason(table, &findings[0]) : NULL;
    for (size_t k = 0; k < count; k++) {
        const char *next = k + 1 < count ? reason(table, &findings[k + 1]) : NULL;
        put_finding(table, &findings[k]);
        if (now && !same(now, next)) {
            prose_tone(table->out, table->style, TONE_FAINT);
            prose_line(table->out, table->style, 4 + LEVEL_COLUMNS, now);
            prose_tone(table->out, table->style, TONE_PLAIN);
        }
        now = next;
    }
}

/* "barriers: organisation; support: time", of plugins that name one. */
static const char *weakest_points(const struct table *table, uint64_t i)
{
    const char *points = NULL;
    for (size_t p = 0; p < table->result->n_plugins; p++) {
        const struct result_plugin *plugin = &table->result->plugins[p];
        const struct result_column *column = table_weakest(plugin);
        char text[UPTAKE_TEXT_BYTES + 1] = "";
        if (!column || plugin->states[i] != RESULT_OK)
            continue;
        const char *point = view_choice(column, i);
        if (!point && !column->codes && result_text(plugin, column, i, text) > 0)
            point = text;
        if (point)
            points =
                texts_make(table->texts, "%s%s%s: %s", points ? points : "", points ? "; " : "",
                           plugin->name, figure_words(table->texts, point));
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
    size_t count = count_notes(table, innovation);
    struct finding *findings = texts_array(table->texts, count, sizeof *findings);
    if (count == 0 || !findings)
        return;
    heading(table->out, table->style, title);
    if (innovation != UINT64_MAX)
        put_weakest(table, innovation);
    put_findings(table, findings, gather(table, innovation, findings));
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
