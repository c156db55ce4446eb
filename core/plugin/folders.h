/* Where bundles are looked for, and which files and folders are trusted. */
#ifndef UPTAKE_PLUGIN_FOLDERS_H
#define UPTAKE_PLUGIN_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "plugin/plugin.h"

/* A folder of the search. */
struct folder {
    const char *path;
    bool there;
    const char *refused; /* why nothing in it is loaded; NULL: nothing against it */
    const char *warning; /* as root: what would refuse it for anybody else */
    dev_t device;
    ino_t inode;
};

/* What the search is made of; see struct plugin_search for the order. */
struct folders_from {
    const char *environment; /* UPTAKE_PLUGIN_PATH; NULL: not set */
    const char *const *spec_folders;
    size_t n_spec_folders;
    const char *program; /* the folder of the running program; NULL: not known */
};

/* The folders in order, each once; the defaults only where they exist. Fails with: a relative folder in
 * UPTAKE_PLUGIN_PATH. */
int folders_list(const struct folders_from *from, struct arena *arena, struct folder **folders,
                 size_t *n_folders, struct uptake_error *error);

/* folders_list of this process. */
int folders_find(const struct plugin_search *search, struct arena *arena, struct folder **folders,
                 size_t *n_folders, struct uptake_error *error);

#define OWNER_BYTES 96

/* Why a stranger may have written it: "is world-writable"; NULL: nobody but you and root can have. */
const char *owner_problem(const struct stat *file, uid_t you, char text[OWNER_BYTES]);

/* A bundle's file, and the folder it really lies in where the path is a link. As root what would be refused is
 * *warning. Messages do not name the path. */
int owner_check_file(const char *path, struct arena *arena, const char **warning,
                     struct uptake_error *error);

/* As plugin_scan, but from the cache where it can be, and messages do not name the path. warning: of its folder, or NULL. */
int bundle_scan(const char *path, double seconds, const char *warning, struct arena *arena,
                struct plugin_bundle *bundle, struct uptake_error *error);

#endif
