/* Merge plugins: what their descriptors must hold to, the one with an id, and its code. */
#include "plugin/describe.h"

/* --- Checking ---------------------------------------------------------------------------------- */

static int check_scores(const struct plugin_merge *merge, const struct spot *spot,
                        struct uptake_error *error)
{
    const uint32_t known = UPTAKE_MERGE_WEIGHTS | UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE |
                           UPTAKE_MERGE_BOUNDS | UPTAKE_MERGE_GAPS | UPTAKE_MERGE_PARTS |
                           UPTAKE_MERGE_ORDERED;
    const uint32_t both = UPTAKE_MERGE_MONOTONE | UPTAKE_MERGE_BOUNDS;
    if (merge->flags & ~known)
        return spot_refuse(spot, error, "it has flags %#x, of which %#x are known", merge->flags,
                           known);
    if ((merge->flags & both) == both)
        return spot_refuse(spot, error,
                           "it has UPTAKE_MERGE_MONOTONE and UPTAKE_MERGE_BOUNDS, expected one of "
                           "them: either the host finds the bounds, or it does");
    if (merge->better != UPTAKE_HIGHER && merge->better != UPTAKE_LOWER)
        return spot_refuse(spot, error, "its better end is %d, expected -1 or 1", merge->better);
    if (!(merge->min <= merge->max) || merge->min == UPTAKE_NO_LIMIT ||
        merge->max == -UPTAKE_NO_LIMIT)
        return spot_refuse(spot, error, "its range is %g to %g, expected the lower number first",
                           merge->min, merge->max);
    return 0;
}

int plugin_merge_check(const struct plugin_merge *merge, size_t position, unsigned functions,
                       struct arena *scratch, struct uptake_error *error)
{
    const struct spot spot = {.merge = true, .plugin = position, .id = merge->plugin.id};
    if (plugin_head_check(&merge->plugin, &spot, scratch, error) != 0)
        return -1;
    if (!(functions & HAS_MERGE))
        return spot_refuse(&spot, error, "it has no merge function");
    return check_scores(merge, &spot, error);
}

/* --- Finding ----------------------------------------------------------------------------------- */

static size_t folder_bytes(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) : 0;
}

static bool same_folder(const char *a, const char *b)
{
    size_t bytes = folder_bytes(a);
    return bytes == folder_bytes(b) && memcmp(a, b, bytes) == 0;
}

static const struct plugin_merge *merge_of(const struct plugin_bundle *bundle, const char *id)
{
    for (size_t k = 0; k < bundle->n_merges; k++)
        if (strcmp(bundle->merges[k].plugin.id, id) == 0)
            return &bundle->merges[k];
    return NULL;
}

int plugin_merge_find(const struct plugin_bundle *bundles, size_t n_bundles, const char *id,
                      const struct plugin_merge **found, struct uptake_error *error)
{
    const struct plugin_merge *first = NULL;
    *found = NULL;
    for (size_t k = 0; k < n_bundles; k++) {
        const struct plugin_merge *merge = merge_of(&bundles[k], id);
        if (merge && first && same_folder(first->plugin.bundle, merge->plugin.bundle))
            return error_add(error, EXIT_INPUT,
                             "two bundles of one folder hold the merge plugin '%s': %s and %s", id,
                             first->plugin.bundle, merge->plugin.bundle);
        if (!first)
            first = merge;
    }
    *found = first;
    return 0;
}

/* --- Its code ---------------------------------------------------------------------------------- */

const struct uptake_merge_plugin *plugin_merge_code(const struct uptake_bundle *loaded,
                                                    const struct plugin_merge *merge,
                                                    struct uptake_error *error)
{
    const struct plugin *plugin = &merge->plugin;
    const struct uptake_merge_plugin *code = NULL;
    const bool has_merges =
        loaded->size >= offsetof(struct uptake_bundle, merges) + sizeof loaded->merges;
    if (has_merges && plugin->position < loaded->merges.count)
        memcpy(&code, (const char *)loaded->merges.rows + plugin->position * loaded->merges.stride,
               sizeof code);
    if (code && strcmp(code->id, plugin->id) == 0 && strcmp(code->version, plugin->version) == 0)
        return code;
    error_add(error, EXIT_INPUT,
              "%s: it has changed since it was described: there is no merge plugin '%s' %s at its "
              "place any more",
              plugin->bundle, plugin->id, plugin->version);
    return NULL;
}
