/* Findings, those alike told once: see findings.h. */
#include "report/findings.h"

#include <string.h>

static const struct {
    int level;
    enum tone tone;
} levels[] = {
    {UPTAKE_BLOCKS, TONE_BAD},
    {UPTAKE_RISKS, TONE_WARN},
    {UPTAKE_NOT_KNOWN, TONE_FAINT},
    {UPTAKE_HELPS, TONE_GOOD},
};

enum { LEVELS = sizeof levels / sizeof *levels };

bool findings_same_plugin(const struct result_plugin *a, const struct result_plugin *b)
{
    return a->plugin == b->plugin || (strcmp(a->plugin->id, b->plugin->id) == 0 &&
                                      strcmp(a->plugin->version, b->plugin->version) == 0);
}

bool findings_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static size_t count_notes(const struct result *result, uint64_t innovation)
{
    size_t count = 0;
    for (size_t p = 0; p < result->n_plugins; p++) {
        struct view_span span = view_notes(result, &result->plugins[p], innovation);
        count += (size_t)(span.end - span.first);
    }
    return count;
}

/* What an instance says twice is said twice: a finding joins one that its instance has no part in yet. */
static bool alike(const struct finding *a, const struct finding *b)
{
    return a->last != b->last && findings_same_plugin(a->last, b->last) && a->level == b->level &&
           a->desk == b->desk && strcmp(a->text, b->text) == 0 &&
           findings_same_text(a->because, b->because);
}

static void add(struct texts *texts, struct finding *list, size_t *count,
                const struct finding *finding)
{
    size_t k = 0;
    while (k < *count && !alike(&list[k], finding))
        k++;
    if (k == *count) {
        list[(*count)++] = *finding;
        return;
    }
    list[k].names = texts_make(texts, "%s, %s", list[k].names, finding->names);
    list[k].last = finding->last;
}

static struct finding finding_of(const struct result *result, struct texts *texts,
                                 const struct result_plugin *plugin, const struct result_note *note)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    result_note_text(plugin, note, text);
    return (struct finding){.names = plugin->name,
                            .text = texts_make(texts, "%s", text),
                            .because = result_because(result, note),
                            .desk = view_note_basis(result, plugin, note) & BASIS_DESK,
                            .level = note->level,
                            .last = plugin};
}

static void add_level(const struct result *result, struct texts *texts, uint64_t innovation,
                      size_t level, struct finding *list, size_t *count)
{
    for (size_t p = 0; p < result->n_plugins; p++) {
        const struct result_plugin *plugin = &result->plugins[p];
        struct view_span span = view_notes(result, plugin, innovation);
        for (uint64_t k = span.first; k < span.end; k++) {
            struct result_note note = result_note(plugin, k);
            if (note.level != levels[level].level)
                continue;
            struct finding finding = finding_of(result, texts, plugin, &note);
            finding.tone = levels[level].tone;
            add(texts, list, count, &finding);
        }
    }
}

struct findings findings_of(const struct result *result, struct texts *texts, uint64_t innovation,
                            int level)
{
    struct finding *list =
        texts_array(texts, count_notes(result, innovation), sizeof(struct finding));
    size_t count = 0;
    for (size_t l = 0; list && l < LEVELS; l++)
        if (level == FINDINGS_EVERY_LEVEL || level == levels[l].level)
            add_level(result, texts, innovation, l, list, &count);
    return (struct findings){list, count};
}
