/*
 * What could not be assessed, and why: one line a plugin and reason, with the innovations it holds for; what holds alike
 * for instances of one plugin is one line.
 */
#include <inttypes.h>
#include <string.h>

#include "report/findings.h"
#include "report/table.h"

enum { REASONS = 8 }; /* told apart, a plugin; the rest are counted */

struct reason {
    const char *text;
    uint64_t count;
    uint64_t first[TABLE_IDS];
};

struct reasons {
    struct reason reasons[REASONS];
    size_t count;
    uint64_t others;
};

static void count_reason(const struct table *table, struct reasons *reasons, const char *text,
                         uint64_t innovation)
{
    size_t k = 0;
    while (k < reasons->count && strcmp(reasons->reasons[k].text, text) != 0)
        k++;
    if (k == REASONS) {
        reasons->others++;
        return;
    }
    struct reason *reason = &reasons->reasons[k];
    if (k == reasons->count) {
        *reason = (struct reason){.text = texts_make(table->texts, "%s", text)};
        reasons->count++;
    }
    if (reason->count < TABLE_IDS)
        reason->first[reason->count] = innovation;
    reason->count++;
}

static void gather(const struct table *table, const struct result_plugin *plugin,
                   struct reasons *reasons)
{
    char text[UPTAKE_TEXT_BYTES + 32];
    for (uint64_t k = 0; k < table->result->model->innovations; k++) {
        uint64_t i = table->order[k];
        if (plugin->states[i] == RESULT_OK)
            continue;
        result_status_text(plugin, i, text);
        count_reason(table, reasons, text, i);
    }
}

/* A line as it is printed. ids: "hs-troponin, icd: skipped: ..." */
struct gap {
    const char *names, *ids;
    const struct result_plugin *last;
};

struct gaps {
    struct gap *list;
    size_t count;
};

static void add_gap(const struct table *table, const struct result_plugin *plugin, const char *ids,
                    struct gaps *gaps)
{
    for (size_t k = 0; k < gaps->count; k++) {
        struct gap *gap = &gaps->list[k];
        if (strcmp(gap->ids, ids) != 0 || !findings_same_plugin(gap->last, plugin))
            continue;
        gap->names = texts_make(table->texts, "%s, %s", gap->names, plugin->name);
        gap->last = plugin;
        return;
    }
    gaps->list[gaps->count++] = (struct gap){plugin->name, ids, plugin};
}

static void add_reasons(const struct table *table, const struct result_plugin *plugin,
                        struct gaps *gaps)
{
    struct reasons reasons = {0};
    gather(table, plugin, &reasons);
    for (size_t k = 0; k < reasons.count; k++) {
        const struct reason *reason = &reasons.reasons[k];
        size_t shown = reason->count < TABLE_IDS ? (size_t)reason->count : TABLE_IDS;
        const char *ids = table_ids(table, reason->first, shown, reason->count);
        add_gap(table, plugin, texts_make(table->texts, "%s: %s", ids, reason->text), gaps);
    }
    if (reasons.others > 0)
        add_gap(table, plugin,
                texts_make(table->texts, "%" PRIu64 " more innovations: for other reasons.",
                           reasons.others),
                gaps);
}

static bool has_gaps(const struct result *result)
{
    for (size_t p = 0; p < result->n_plugins; p++)
        if (result->plugins[p].skipped + result->plugins[p].failed > 0)
            return true;
    return false;
}

void table_gaps(const struct table *table)
{
    if (!has_gaps(table->result))
        return;
    size_t n = table->result->n_plugins;
    struct gaps gaps = {texts_array(table->texts, n * (REASONS + 1), sizeof(struct gap)), 0};
    prose_heading(table->out, table->style, "What could not be assessed, and why");
    for (size_t p = 0; p < n && gaps.list; p++)
        add_reasons(table, &table->result->plugins[p], &gaps);
    for (size_t k = 0; k < gaps.count; k++)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "%s, %s", gaps.list[k].names, gaps.list[k].ids));
}
