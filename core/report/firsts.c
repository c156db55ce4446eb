/* What it would pay to find out first: see firsts.h. */
#include "report/firsts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRSTS_JSON = 10 };

/* --- Adding up --------------------------------------------------------------------------------- */

static bool same(const struct result_part *a, const struct result_part *b)
{
    return a->innovation == b->innovation && strcmp(a->measure, b->measure) == 0;
}

/* A measure that several merges use is one thing to find out. */
static void add(struct first *all, size_t *count, const struct result_part *part, size_t merges)
{
    size_t k = 0;
    while (k < *count && !same(all[k].part, part))
        k++;
    if (k == *count)
        all[(*count)++] = (struct first){.part = part};
    if (part->places > all[k].part->places)
        all[k].part = part;
    all[k].places += part->places / (double)merges;
    all[k].score += part->score / (double)merges;
}

/* Places count to a thousandth: beyond that the score decides, then the order in which they stand. */
static int by_use(const void *a, const void *b)
{
    const struct first *x = a, *y = b;
    double px = round(x->places * 1000), py = round(y->places * 1000);
    if (px != py)
        return px > py ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->part->innovation != y->part->innovation)
        return x->part->innovation < y->part->innovation ? -1 : 1;
    return strcmp(x->part->measure, y->part->measure);
}

size_t firsts_find(const struct result *result, struct texts *texts, struct first *firsts,
                   size_t room)
{
    size_t n_parts = 0, count = 0;
    for (size_t m = 0; m < result->n_merges; m++)
        n_parts += result->merges[m].n_parts;
    struct first *all = texts_array(texts, n_parts, sizeof *all);
    if (!all)
        return 0;
    for (size_t m = 0; m < result->n_merges; m++)
        for (size_t k = 0; k < result->merges[m].n_parts; k++) {
            const struct result_part *part = &result->merges[m].parts[k];
            if (part->measure && !isnan(part->places))
                add(all, &count, part, result->n_merges);
        }
    if (count > 1)
        qsort(all, count, sizeof *all, by_use);
    count = count < room ? count : room;
    if (count > 0)
        memcpy(firsts, all, count * sizeof *all);
    return count;
}

const char *firsts_why(const struct result *result, struct texts *texts, const struct first *first)
{
    char text[UPTAKE_TEXT_BYTES + 32];
    uint64_t i = first->part->innovation;
    if (first->part->plugin == SIZE_MAX)
        return NULL;
    const struct result_plugin *plugin = &result->plugins[first->part->plugin];
    if (plugin->states[i] != RESULT_OK) {
        result_status_text(plugin, i, text);
        return texts_make(texts, "%s", text);
    }
    struct view_span span = view_notes(result, plugin, i);
    for (uint64_t k = span.first; k < span.end; k++) {
        struct result_note note = result_note(plugin, k);
        if (note.level == UPTAKE_NOT_KNOWN && result_note_text(plugin, &note, text) > 0)
            return texts_make(texts, "%s", text);
    }
    return NULL;
}

/* --- JSON -------------------------------------------------------------------------------------- */

static void put(struct json *json, const struct view *view, const struct first *first,
                struct texts *texts)
{
    const struct result_part *part = first->part;
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "innovation", view_id(view->result, part->innovation));
    json_pair(json, "measure", part->measure);
    json_pair_flag(json, "missing", isnan(part->value));
    json_pair_number(json, "low", part->low);
    json_pair_number(json, "high", part->high);
    json_pair_number(json, "places", first->places);
    json_pair_number(json, "score", first->score);
    json_pair(json, "why", firsts_why(view->result, texts, first));
    json_close(json, '}');
}

void firsts_json(struct json *json, const struct view *view)
{
    struct texts texts = {0};
    struct first firsts[FIRSTS_JSON];
    bool known = false;
    for (size_t m = 0; m < view->result->n_merges; m++)
        known = known || view->result->merges[m].n_parts > 0;
    json_key(json, "find_out_first");
    if (known) {
        size_t count = firsts_find(view->result, &texts, firsts, FIRSTS_JSON);
        json_open(json, '[');
        for (size_t k = 0; k < count; k++)
            put(json, view, &firsts[k], &texts);
        json_close(json, ']');
    } else {
        json_put_null(json);
    }
    arena_finish(&texts.arena);
}
