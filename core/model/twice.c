/*
 * Ids that stand twice. A message is written where the second one stands; no place of the first is stored, so when the
 * load has failed for it the files are read once more, and the message is told where the first one was.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/load.h"

/* innovation: the one that both stand in, for lists inside one. */
struct repeat {
    const struct schema_list *list;
    int32_t text;
    uint32_t innovation;
    uint32_t message;
    struct place place;
    bool found;
};

int twice_found(struct loader *loader, const struct schema_list *list, const struct cell *id)
{
    char quoted[72];
    const char *text = pool_text(&loader->pool, (int32_t)id->is.code);
    struct repeat repeat = {
        list, (int32_t)id->is.code, loader->innovation, loader->error->count, id->place, false};
    bool told = loader->error->count < ERROR_MESSAGES && !loader->second;
    error_at(loader->error, id->place, "id: '%s' stands twice in %s",
             text_quote(quoted, text, strlen(text)), *list->path ? list->path : "innovations[]");
    return !told || buffer_append(&loader->repeats, &repeat, sizeof repeat) == 0
               ? 0
               : error_memory(loader->error);
}

static void tell(const struct loader *loader, const struct repeat *repeat, struct place first)
{
    char *message = loader->told->text[repeat->message];
    size_t used = strlen(message);
    if (strcmp(first.file, repeat->place.file) == 0 && first.line == repeat->place.line &&
        first.column == repeat->place.column)
        snprintf(message + used, ERROR_BYTES - used, "; an alias repeats it");
    else
        snprintf(message + used, ERROR_BYTES - used, "; the first is at %s:%u:%u", first.file,
                 first.line, first.column);
}

void twice_seen(struct loader *loader, const struct schema_list *list, const struct cell *id)
{
    struct repeat *repeats = (struct repeat *)(void *)loader->repeats.data;
    for (size_t k = 0; k < loader->repeats.bytes / sizeof *repeats; k++) {
        struct repeat *repeat = &repeats[k];
        if (repeat->found || repeat->list != list || repeat->text != (int32_t)id->is.code ||
            (!list->registry && repeat->innovation != loader->innovation))
            continue;
        repeat->found = true;
        tell(loader, repeat, id->place);
    }
}

void twice_tell(struct loader *loader)
{
    struct uptake_error unheard = {0};
    if (loader->repeats.bytes == 0 || loader->second)
        return;
    loader->told = loader->error;
    loader->error = &unheard;
    loader->stop = false;
    load_from_start(loader);
    loader->error = loader->told;
    loader->told = NULL;
}
