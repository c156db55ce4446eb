/*
 * Finding plugins. A run looks for ID.so first, in every folder, and loads nothing else if it is there; only
 * an id that no file is named after costs a look at every bundle.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plugin/describe.h"
#include "plugin/folders.h"

/* A bundle that was looked at. */
struct entry {
    struct plugin_bundle bundle;
    const char *name; /* of the file */
    size_t folder;
    dev_t device;
    ino_t inode;
    size_t n_hidden;
};

struct looking {
    double seconds;
    struct arena *arena;
    struct uptake_error *error;
    struct folder *folders;
    size_t n_folders;
    struct entry *entries;
    size_t count;
    size_t room;
};

static int look_start(struct looking *l, const struct plugin_search *search, struct arena *arena,
                      struct uptake_error *error)
{
    *l = (struct looking){.seconds = search->seconds, .arena = arena, .error = error};
    return folders_find(search, arena, &l->folders, &l->n_folders, error);
}

/* --- Looking at files -------------------------------------------------------------------------- */

static struct entry *entry_add(struct looking *l)
{
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : 16;
        struct entry *entries = arena_array(l->arena, room, sizeof *entries);
        if (!entries)
            return NULL;
        if (l->count)
            memcpy(entries, l->entries, l->count * sizeof *entries);
        l->entries = entries;
        l->room = room;
    }
    return &l->entries[l->count++];
}

/* A file under two names is one bundle. */
static bool is_known(const struct looking *l, const struct stat *file)
{
    for (size_t k = 0; k < l->count; k++)
        if (l->entries[k].device == file->st_dev && l->entries[k].inode == file->st_ino)
            return true;
    return false;
}

/* A bundle of a folder. That it cannot be described is noted; that the machine fails is an error. */
static int look_at_file(struct looking *l, size_t folder, const char *name)
{
    struct stat file;
    struct uptake_error why = {0};
    const char *path = arena_format(l->arena, "%s/%s", l->folders[folder].path, name);
    if (!path)
        return error_memory(l->error);
    if (stat(path, &file) != 0 || !S_ISREG(file.st_mode) || is_known(l, &file))
        return 0;
    struct entry *entry = entry_add(l);
    if (!entry)
        return error_memory(l->error);
    *entry = (struct entry){.bundle = {.path = path},
                            .name = path + strlen(path) - strlen(name),
                            .folder = folder,
                            .device = file.st_dev,
                            .inode = file.st_ino};
    if (bundle_scan(path, l->seconds, l->folders[folder].warning, l->arena, &entry->bundle, &why) ==
        0)
        return 0;
    if (why.exit_code == EXIT_MACHINE)
        return error_add(l->error, EXIT_MACHINE, "%s: %s", path, why.text[0]);
    entry->bundle.failure = arena_text(l->arena, why.text[0], strlen(why.text[0]));
    return entry->bundle.failure ? 0 : error_memory(l->error);
}

static int is_bundle(const struct dirent *file)
{
    size_t bytes = strlen(file->d_name);
    return *file->d_name != '.' && bytes > 3 && strcmp(file->d_name + bytes - 3, ".so") == 0;
}

/* By bytes, so that the order is the same in every locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* A folder in which nothing is looked at takes an entry that says why. */
static int note_folder(struct looking *l, size_t folder, const char *why)
{
    struct entry *entry = entry_add(l);
    l->folders[folder].refused = why;
    if (!entry || !why)
        return error_memory(l->error);
    *entry = (struct entry){
        .bundle = {.path = l->folders[folder].path, .failure = why}, .name = "", .folder = folder};
    return 0;
}

static int look_in_folder(struct looking *l, size_t k)
{
    const struct folder *folder = &l->folders[k];
    struct dirent **files;
    int failed = 0;
    if (!folder->there)
        return 0;
    if (folder->refused)
        return note_folder(l, k, arena_format(l->arena, "refused: %s", folder->refused));
    int count = scandir(folder->path, &files, is_bundle, by_name);
    if (count < 0)
        return note_folder(l, k, arena_format(l->arena, "cannot be read: %s", strerror(errno)));
    for (int f = 0; f < count; f++) {
        if (!failed)
            failed = look_at_file(l, k, files[f]->d_name);
        free(files[f]);
    }
    free(files);
    return failed;
}

static const struct plugin *plugin_of(const struct plugin_bundle *bundle, const char *id)
{
    for (size_t k = 0; k < bundle->n_plugins; k++)
        if (strcmp(bundle->plugins[k].id, id) == 0)
            return &bundle->plugins[k];
    return NULL;
}

static bool is_named_after(const char *file, const char *id)
{
    size_t bytes = strlen(id);
    return strncmp(file, id, bytes) == 0 && strcmp(file + bytes, ".so") == 0;
}

/* --- One plugin -------------------------------------------------------------------------------- */

/* ID.so of one folder: 1 when it is there and holds the plugin. */
static int find_by_name(struct looking *l, const struct folder *folder, const char *id,
                        const struct plugin **found)
{
    struct stat file;
    struct uptake_error why = {0};
    struct plugin_bundle bundle;
    const char *path = arena_format(l->arena, "%s/%s.so", folder->path, id);
    if (!path)
        return error_memory(l->error);
    if (!folder->there || stat(path, &file) != 0)
        return 0;
    if (folder->refused)
        return error_add(l->error, EXIT_INPUT, "%s: its folder is refused: %s", path,
                         folder->refused);
    if (bundle_scan(path, l->seconds, folder->warning, l->arena, &bundle, &why) != 0)
        return error_add(l->error, why.exit_code, "%s: %s", path, why.text[0]);
    const struct plugin *plugin = plugin_of(&bundle, id);
    if (plugin)
        *found = plugin;
    return plugin != NULL;
}

/* Every bundle of one folder: 1 when one holds the plugin. */
static int find_in_folder(struct looking *l, size_t folder, const char *id,
                          const struct plugin **found)
{
    const struct plugin *first = NULL;
    size_t k = l->count;
    if (look_in_folder(l, folder) != 0)
        return -1;
    for (; k < l->count; k++) {
        const struct plugin *plugin = plugin_of(&l->entries[k].bundle, id);
        if (first && plugin)
            return error_add(l->error, EXIT_INPUT,
                             "two bundles of one folder hold the plugin '%s': %s and %s", id,
                             first->bundle, plugin->bundle);
        if (plugin)
            first = plugin;
    }
    if (first)
        *found = first;
    return first != NULL;
}

static const char *nearest_id(const struct looking *l, const char *id, char hint[96])
{
    struct nearest nearest;
    nearest_start(&nearest, id, strlen(id));
    for (size_t e = 0; e < l->count; e++)
        for (size_t p = 0; p < l->entries[e].bundle.n_plugins; p++)
            nearest_offer(&nearest, l->entries[e].bundle.plugins[p].id);
    return nearest_hint(&nearest, hint);
}

static void print_folders(const struct looking *l, char *text, size_t room)
{
    size_t used = 0;
    for (size_t k = 0; k < l->n_folders && used < room; k++) {
        const struct folder *folder = &l->folders[k];
        const char *state = !folder->there    ? " (does not exist)"
                            : folder->refused ? " (refused)"
                                              : "";
        int bytes =
            snprintf(text + used, room - used, "%s%s%s", k ? ", " : "", folder->path, state);
        used += bytes < 0 ? 0 : (size_t)bytes;
    }
}

/* What was looked for and where, then what stood in the way. */
static int refuse_unknown(const struct looking *l, const char *id)
{
    char quoted[72], hint[96], folders[400] = "";
    text_quote(quoted, id, strlen(id));
    nearest_id(l, id, hint);
    print_folders(l, folders, sizeof folders);
    if (l->n_folders == 0)
        error_add(l->error, EXIT_INPUT,
                  "there is no plugin '%s', and no folder to look in: name one in "
                  "UPTAKE_PLUGIN_PATH, or in the spec's plugin_path",
                  quoted);
    else
        error_add(l->error, EXIT_INPUT, "there is no plugin '%s'%s%s in %s", quoted, hint,
                  *hint ? " Looked" : "; looked", folders);
    for (size_t k = 0; k < l->count; k++)
        if (l->entries[k].bundle.failure)
            error_add(l->error, EXIT_INPUT, "%s: %s", l->entries[k].bundle.path,
                      l->entries[k].bundle.failure);
    return -1;
}

int plugin_find(const struct plugin_search *search, const char *id, struct arena *arena,
                const struct plugin **found, struct uptake_error *error)
{
    struct looking l;
    int result = 0;
    if (look_start(&l, search, arena, error) != 0)
        return -1;
    /* What is no id names no file. */
    bool named = name_is_plain(id, "-") && strlen(id) <= ID_BYTES;
    for (size_t k = 0; named && result == 0 && k < l.n_folders; k++)
        result = find_by_name(&l, &l.folders[k], id, found);
    for (size_t k = 0; result == 0 && k < l.n_folders; k++)
        result = find_in_folder(&l, k, id, found);
    if (result == 0)
        return refuse_unknown(&l, id);
    return result > 0 ? 0 : -1;
}

/* --- All plugins ------------------------------------------------------------------------------- */

/* Whose plugin plugin_find would answer: of ID.so, else of the first bundle. */
static struct entry *winner_of(const struct looking *l, const char *id)
{
    struct entry *first = NULL;
    for (size_t k = 0; k < l->count; k++) {
        struct entry *entry = &l->entries[k];
        if (!plugin_of(&entry->bundle, id))
            continue;
        if (is_named_after(entry->name, id))
            return entry;
        if (!first)
            first = entry;
    }
    return first;
}

static int note_clash(const struct looking *l, struct entry *entry, const struct entry *other,
                      const char *id)
{
    if (!entry->bundle.failure)
        entry->bundle.failure = arena_format(
            l->arena, "its plugin '%s' stands in another bundle of the folder, too: %s", id,
            other->name);
    return entry->bundle.failure ? 0 : error_memory(l->error);
}

static int note_hidden(const struct looking *l, struct entry *entry, const struct entry *other,
                       const char *id)
{
    struct plugin_bundle *bundle = &entry->bundle;
    if (entry->n_hidden++ == 0)
        bundle->warning = arena_format(l->arena, "%s%splugin '%s' is hidden by %s",
                                       bundle->warning ? bundle->warning : "",
                                       bundle->warning ? "; " : "", id, other->bundle.path);
    return bundle->warning ? 0 : error_memory(l->error);
}

/* Holds an entry's plugins against the others'; sets what is left of them. */
static int settle_entry(const struct looking *l, struct entry *entry, struct plugin *left,
                        size_t *n_left)
{
    *n_left = 0;
    for (size_t p = 0; p < entry->bundle.n_plugins; p++) {
        const struct plugin *plugin = &entry->bundle.plugins[p];
        struct entry *winner = winner_of(l, plugin->id);
        bool clash = winner != entry && winner->folder == entry->folder;
        if (winner == entry)
            left[(*n_left)++] = *plugin;
        else if (!clash && note_hidden(l, entry, winner, plugin->id) != 0)
            return -1;
        if (clash && note_clash(l, entry, winner, plugin->id) != 0)
            return -1;
        /* Neither is ID.so: none of the two is to be preferred. */
        if (clash && !is_named_after(winner->name, plugin->id) &&
            note_clash(l, winner, entry, plugin->id) != 0)
            return -1;
    }
    return 0;
}

/* The bundles, once all are settled: until then winner_of needs every plugin. */
static struct plugin_bundle *settle(const struct looking *l)
{
    struct plugin_bundle *bundles = arena_array(l->arena, l->count + 1, sizeof *bundles);
    for (size_t k = 0; bundles && k < l->count; k++) {
        struct entry *entry = &l->entries[k];
        size_t n_left;
        struct plugin *left = arena_array(l->arena, entry->bundle.n_plugins + 1, sizeof *left);
        if (!left || settle_entry(l, entry, left, &n_left) != 0)
            return NULL;
        bundles[k].plugins = left;
        bundles[k].n_plugins = n_left;
    }
    for (size_t k = 0; bundles && k < l->count; k++) {
        bundles[k].path = l->entries[k].bundle.path;
        bundles[k].merges = l->entries[k].bundle.merges;
        bundles[k].n_merges = l->entries[k].bundle.n_merges;
        bundles[k].failure = l->entries[k].bundle.failure;
        bundles[k].warning = l->entries[k].bundle.warning;
        if (bundles[k].failure)
            bundles[k].n_plugins = bundles[k].n_merges = 0;
    }
    return bundles;
}

int plugin_list(const struct plugin_search *search, struct arena *arena,
                const struct plugin_bundle **bundles, size_t *n_bundles, struct uptake_error *error)
{
    struct looking l;
    if (look_start(&l, search, arena, error) != 0)
        return -1;
    for (size_t k = 0; k < l.n_folders; k++)
        if (look_in_folder(&l, k) != 0)
            return -1;
    const struct plugin_bundle *settled = settle(&l);
    if (!settled)
        return error_memory(error);
    *bundles = settled;
    *n_bundles = l.count;
    return 0;
}
