/* Findings and statuses of two runs: what only one of them has, or what is another, innovation by innovation. */
#include <string.h>

#include "compare/runs.h"

enum { PLUGIN_NOTES = 64 }; /* of one plugin and innovation that are looked at */

/* Findings of one plugin about one innovation, with their texts. */
struct notes {
    size_t count;
    int level[PLUGIN_NOTES];
    char text[PLUGIN_NOTES][UPTAKE_TEXT_BYTES + 1];
    bool matched[PLUGIN_NOTES];
};

static void take_notes(const struct result_plugin *plugin, uint64_t innovation, uint64_t n,
                       struct notes *notes)
{
    notes->count = 0;
    if (!plugin || !plugin->notes_at)
        return;
    bool whole = innovation == UINT64_MAX;
    uint64_t k = plugin->notes_at[whole ? n : innovation];
    uint64_t end = whole ? plugin->n_notes : plugin->notes_at[innovation + 1];
    for (; k < end && notes->count < PLUGIN_NOTES; k++) {
        struct result_note note = result_note(plugin, k);
        notes->level[notes->count] = note.level;
        notes->matched[notes->count] = false;
        result_note_text(plugin, &note, notes->text[notes->count++]);
    }
}

static void match(struct notes *a, struct notes *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count && !a->matched[i]; j++)
            if (!b->matched[j] && a->level[i] == b->level[j] && strcmp(a->text[i], b->text[j]) == 0)
                a->matched[i] = b->matched[j] = true;
}

static int keep(struct runs *runs, size_t row, const char *plugin, const struct notes *notes,
                bool added)
{
    for (size_t k = 0; k < notes->count; k++) {
        if (notes->matched[k])
            continue;
        *(added ? &runs->findings_added : &runs->findings_removed) += 1;
        runs->blocks_added += added && notes->level[k] == UPTAKE_BLOCKS;
        if (runs->n_findings == RUNS_FINDINGS_MOST)
            continue;
        const char *text = arena_text(&runs->arena, notes->text[k], strlen(notes->text[k]));
        if (!text)
            return -1;
        runs->findings[runs->n_findings++] =
            (struct runs_finding){row, plugin, text, notes->level[k], added};
    }
    return 0;
}

static const struct result_plugin *plugin_named(const struct result *result, const char *name)
{
    for (size_t p = 0; p < result->n_plugins; p++)
        if (strcmp(result->plugins[p].name, name) == 0)
            return &result->plugins[p];
    return NULL;
}

/* Both assessed it: the usual case, told without a text. */
static int compare_statuses(struct runs *runs, const struct result_plugin *a,
                            const struct result_plugin *b, size_t row)
{
    char x[UPTAKE_TEXT_BYTES + 32], y[UPTAKE_TEXT_BYTES + 32];
    uint64_t i = runs->rows[row].a, j = runs->rows[row].b;
    bool other = a->states[i] != b->states[j];
    if (!other && a->states[i] == RESULT_OK)
        return 0;
    size_t n = result_status_text(a, i, x), m = result_status_text(b, j, y);
    if (strcmp(x, y) == 0)
        return 0;
    *(other ? &runs->statuses : &runs->reasons) += 1;
    if (runs->n_changes == RUNS_STATUSES_MOST)
        return 0;
    const struct runs_status change = {row, a->name, arena_text(&runs->arena, x, n),
                                       arena_text(&runs->arena, y, m)};
    runs->changes[runs->n_changes++] = change;
    return change.a && change.b ? 0 : -1;
}

/* One plugin's about one innovation (or the portfolio). a or b may be NULL: that run has no such plugin. */
static int compare_notes(struct runs *runs, const struct result_plugin *a,
                         const struct result_plugin *b, size_t row, struct notes notes[2])
{
    const struct runs_row *of = row == SIZE_MAX ? NULL : &runs->rows[row];
    bool in_a = !of || of->a != UINT64_MAX, in_b = !of || of->b != UINT64_MAX;
    if (of && !(in_a && in_b))
        return 0; /* the innovation itself is new, or gone */
    take_notes(a, of ? of->a : UINT64_MAX, runs->a->model.innovations, &notes[0]);
    take_notes(b, of ? of->b : UINT64_MAX, runs->b->model.innovations, &notes[1]);
    match(&notes[0], &notes[1]);
    const char *name = a ? a->name : b->name;
    return (of && a && b && compare_statuses(runs, a, b, row) != 0) ||
           keep(runs, row, name, &notes[0], false) || keep(runs, row, name, &notes[1], true);
}

static int compare_plugin(struct runs *runs, const struct result_plugin *a,
                          const struct result_plugin *b, struct notes notes[2])
{
    for (size_t row = 0; row < runs->n_rows; row++)
        if (compare_notes(runs, a, b, row, notes) != 0)
            return -1;
    return compare_notes(runs, a, b, SIZE_MAX, notes);
}

int runs_compare_findings(struct runs *runs, struct uptake_error *error)
{
    const struct result *a = &runs->a->result, *b = &runs->b->result;
    struct notes *notes = arena_array(&runs->arena, 2, sizeof *notes);
    runs->findings = arena_array(&runs->arena, RUNS_FINDINGS_MOST, sizeof *runs->findings);
    runs->changes = arena_array(&runs->arena, RUNS_STATUSES_MOST, sizeof *runs->changes);
    if (!notes || !runs->findings || !runs->changes)
        return error_memory(error);
    for (size_t p = 0; p < a->n_plugins; p++)
        if (compare_plugin(runs, &a->plugins[p], plugin_named(b, a->plugins[p].name), notes) != 0)
            return error_memory(error);
    for (size_t p = 0; p < b->n_plugins; p++)
        if (!plugin_named(a, b->plugins[p].name) &&
            compare_plugin(runs, NULL, &b->plugins[p], notes) != 0)
            return error_memory(error);
    return 0;
}
