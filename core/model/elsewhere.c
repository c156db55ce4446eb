/* A run over some adopters only (--where): the others, and the rows that name them, are left out. */
#include <stdlib.h>
#include <string.h>

#include "model/load.h"

static int by_text(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static bool is_kept(const struct loader *loader, const struct cell *adopter)
{
    const struct model_adopters *kept = loader->options->adopters;
    const char *id = pool_text(&loader->pool, (int32_t)adopter->is.code);
    return bsearch(&id, kept->ids, kept->count, sizeof *kept->ids, by_text) != NULL;
}

bool elsewhere_leaves_out(const struct loader *loader, const struct schema_list *list)
{
    if (!loader->options->adopters)
        return false;
    const struct cell *id = row_value(list, list->roles.id);
    if (list->registry == &loader->adopters)
        return !(id && is_kept(loader, id));
    for (uint32_t slot = 0; slot < list->n_slots; slot++) {
        const struct cell *cell =
            list->by_slot[slot]->row.target == TARGET_ADOPTERS ? row_value(list, (int)slot) : NULL;
        if (cell && !is_kept(loader, cell))
            return true;
    }
    return false;
}

void elsewhere_forget(struct loader *loader, const struct schema_list *list)
{
    loader->counts.elsewhere++;
    if (list->registry == &loader->adopters && !loader->second)
        lives_forget(loader);
}
