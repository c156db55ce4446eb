/*
 * Plugins as the host knows them: found on disk, described by a scanner child, never loaded here.
 *
 * The host does not execute plugin code, not even a constructor: a child process loads the bundle,
 * walks the descriptor and sends it back as bytes; what comes back is untrusted and checked whole.
 */
#ifndef UPTAKE_PLUGIN_PLUGIN_H
#define UPTAKE_PLUGIN_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "uptake/plugin.h"

/* A checked copy of one descriptor; everything in it lives in the arena it was read into. Pointers of
 * rows are the host's own copies; choices are NULL-terminated. Function members tell presence only. */
struct plugin {
    const char *bundle;       /* path of the shared object */
    struct file_version file; /* which writing of it was described; inode 0: not known */
    const char *warning; /* to be shown once: as root, a stranger may have written it; NULL: none */
    uint32_t position;   /* in the bundle */
    const char *id;
    const char *version;
    uint32_t revision;
    uint32_t properties;
    const char *title;
    const char *summary;
    const char *source;
    const struct uptake_read *reads;
    size_t n_reads;
    const struct uptake_param *params;
    size_t n_params;
    const struct uptake_write *writes;
    size_t n_writes;
    size_t params_bytes;
    size_t state_bytes;
    int state_size_asked; /* state_size is given: ask it in a child once row counts are known */
    int has_state;        /* update, combine and finish are given */
};

/*
 * A checked copy of a merge plugin's descriptor. plugin: what it shares with analyses, its parameters among it; it
 * reads and writes nothing, and its position is among the bundle's merges. flags, better, min, max: see struct
 * uptake_merge_plugin.
 */
struct plugin_merge {
    struct plugin plugin;
    uint32_t flags;
    int32_t better;
    double min;
    double max;
};

/* Folders to look in, first found wins: UPTAKE_PLUGIN_PATH (colons between; a relative one is an error), the
 * spec's plugin_path, the build tree's plugins (when run from it), the installed folder. Never the working
 * directory. */
struct plugin_search {
    const char *const *spec_folders;
    size_t n_spec_folders;
    double seconds; /* a scan's limit; 0: 10 */
};

/*
 * Finds the plugin with that id. Looks for ID.so in every folder first, then scans the others, folder by folder.
 * Owns: arena. Fails with: no such plugin (with the nearest id, the folders looked in, then a message for each bundle
 * that could not be described), an ID.so that could not be described (why), a refused file or folder
 * (world-writable; owned by neither you nor root), two bundles of one folder with that id.
 */
int plugin_find(const struct plugin_search *search, const char *id, struct arena *arena,
                const struct plugin **found, struct uptake_error *error);

/* A bundle that was looked at: its plugins and merge plugins, or why there are none. */
struct plugin_bundle {
    const char *path; /* of a folder, where a folder is refused */
    struct file_version file;
    const struct plugin *plugins;
    size_t n_plugins;
    const struct plugin_merge *merges;
    size_t n_merges;
    const char *failure; /* NULL: none */
    const char *warning; /* NULL: none */
};

/* Everything that can be found, in folder order, then by file name. Each id once: plugin_find's choice; the others
 * are left out, with a warning; two bundles of one folder with one id fail (but for ID.so). */
int plugin_list(const struct plugin_search *search, struct arena *arena,
                const struct plugin_bundle **bundles, size_t *n_bundles,
                struct uptake_error *error);

/*
 * The merge plugin with that id, among the bundles that were found: of the first folder that has one. NULL: there is
 * none. Fails with: two bundles of one folder hold it.
 */
int plugin_merge_find(const struct plugin_bundle *bundles, size_t n_bundles, const char *id,
                      const struct plugin_merge **found, struct uptake_error *error);

/* Describes one bundle by path (for `check FILE.so`, and by the two above). Failure is an error. */
int plugin_scan(const char *path, double seconds, struct arena *arena, struct plugin_bundle *bundle,
                struct uptake_error *error);

/* In a worker (or, in-process, in the host): loads the plugin's bundle, answers its entry's constant; checks the
 * ABI's major. The handle is never closed. Fails with: a message that says what was found and what to rebuild with; a
 * bundle that is not the file that was described, before it was loaded or after. */
int plugin_load(const struct plugin *plugin, const struct uptake_bundle **loaded,
                struct uptake_error *error);

/* Of the very file that was described, and that plugin_load loads. Fails with: it is another one by now. */
int plugin_hash(const struct plugin *plugin, char hex[HASH_HEX], struct uptake_error *error);

/* The code of a plugin in a bundle that this process loaded, or NULL: the bundle has another plugin there now. */
const struct uptake_plugin *plugin_code(const struct uptake_bundle *loaded,
                                        const struct plugin *plugin, struct uptake_error *error);

/* The same of a merge plugin. */
const struct uptake_merge_plugin *plugin_merge_code(const struct uptake_bundle *loaded,
                                                    const struct plugin_merge *merge,
                                                    struct uptake_error *error);

#endif
