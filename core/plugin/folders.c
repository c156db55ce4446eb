/*
 * Where bundles are looked for: UPTAKE_PLUGIN_PATH, the spec's folders, "plugins" beside the program (a build tree),
 * "../lib/uptake/plugins" from it (an installation below any prefix), the folder given when it was built. Never
 * the working directory: whoever can put a file where you happen to stand could run code as you.
 */
#include "plugin/folders.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- Trust ------------------------------------------------------------------------------------- */

const char *owner_problem(const struct stat *file, uid_t you, char text[OWNER_BYTES])
{
    if (file->st_mode & S_IWOTH)
        snprintf(text, OWNER_BYTES, "is world-writable");
    else if (file->st_uid != you && file->st_uid != 0)
        snprintf(text, OWNER_BYTES, "is owned by user %u, neither you nor root",
                 (unsigned)file->st_uid);
    else
        return NULL;
    return text;
}

/* Why a stranger may have written what; as root that is a warning. 0, or -1 when memory is out. */
static int judge(const struct stat *file, const char *what, struct arena *arena,
                 const char **refused, const char **warning)
{
    char text[OWNER_BYTES];
    uid_t you = geteuid();
    const char *problem = owner_problem(file, you, text);
    if (!problem)
        return 0;
    const char **where = you == 0 ? warning : refused;
    if (!*where)
        *where = arena_format(arena, "%s%s", what, problem);
    return *where ? 0 : -1;
}

/* A bundle that is a link: what it leads to lies in a folder that the search did not judge. */
static int judge_link(const char *path, struct arena *arena, const char **refused,
                      const char **warning)
{
    char real[PATH_MAX];
    struct stat file;
    if (lstat(path, &file) != 0 || !S_ISLNK(file.st_mode) || !realpath(path, real))
        return 0;
    char *slash = strrchr(real, '/');
    if (!slash || slash == real)
        return 0;
    *slash = 0;
    if (stat(real, &file) != 0)
        return 0;
    return judge(&file, "leads to a folder that ", arena, refused, warning);
}

int owner_check_file(const char *path, struct arena *arena, const char **warning,
                     struct uptake_error *error)
{
    struct stat file;
    const char *refused = NULL;
    if (stat(path, &file) != 0)
        return error_errno(error, "open", "it");
    if (!S_ISREG(file.st_mode))
        return error_add(error, EXIT_INPUT, "it is %s, expected a bundle (a shared object)",
                         S_ISDIR(file.st_mode) ? "a folder" : "no plain file");
    if (judge(&file, "it ", arena, &refused, warning) != 0 ||
        judge_link(path, arena, &refused, warning) != 0)
        return error_memory(error);
    return refused ? error_add(error, EXIT_INPUT, "refused: %s", refused) : 0;
}

/* --- The folders ------------------------------------------------------------------------------- */

struct listing {
    struct arena *arena;
    struct uptake_error *error;
    struct folder *folders;
    size_t count;
    size_t room;
};

static bool is_listed(const struct listing *listing, const struct folder *folder)
{
    for (size_t k = 0; k < listing->count; k++) {
        const struct folder *other = &listing->folders[k];
        if (folder->there
                ? other->there && other->device == folder->device && other->inode == folder->inode
                : strcmp(other->path, folder->path) == 0)
            return true;
    }
    return false;
}

/* missing_too: a folder that somebody asked for is listed also where it does not exist. */
static int add(struct listing *listing, const char *path, bool missing_too)
{
    struct folder folder = {.path = path};
    struct stat file;
    if (!path || listing->count == listing->room)
        return error_memory(listing->error);
    folder.there = stat(path, &file) == 0 && S_ISDIR(file.st_mode);
    if (folder.there) {
        folder.device = file.st_dev;
        folder.inode = file.st_ino;
        if (judge(&file, "it ", listing->arena, &folder.refused, &folder.warning) != 0)
            return error_memory(listing->error);
    }
    if ((folder.there || missing_too) && !is_listed(listing, &folder))
        listing->folders[listing->count++] = folder;
    return 0;
}

static int add_environment(struct listing *listing, const char *folders)
{
    for (size_t bytes; folders && *folders; folders += bytes + (folders[bytes] == ':')) {
        bytes = strcspn(folders, ":");
        if (bytes == 0)
            continue;
        if (*folders != '/')
            return error_add(listing->error, EXIT_INPUT,
                             "UPTAKE_PLUGIN_PATH: '%.*s' depends on the working directory, where "
                             "plugins are never looked for: expected a folder that begins with '/'",
                             (int)(bytes < 200 ? bytes : 200), folders);
        if (add(listing, arena_text(listing->arena, folders, bytes), true) != 0)
            return -1;
    }
    return 0;
}

static int add_program(struct listing *listing, const char *program)
{
    if (program && (add(listing, arena_format(listing->arena, "%s/plugins", program), false) != 0 ||
                    add(listing, arena_format(listing->arena, "%s/../lib/uptake/plugins", program),
                        false) != 0))
        return -1;
#ifdef UPTAKE_PLUGIN_FOLDER
    if (add(listing, UPTAKE_PLUGIN_FOLDER, false) != 0)
        return -1;
#endif
    return 0;
}

static size_t count_entries(const char *environment)
{
    size_t count = environment != NULL;
    for (; environment && *environment; environment++)
        count += *environment == ':';
    return count;
}

int folders_list(const struct folders_from *from, struct arena *arena, struct folder **folders,
                 size_t *n_folders, struct uptake_error *error)
{
    struct listing listing = {.arena = arena, .error = error};
    listing.room = count_entries(from->environment) + from->n_spec_folders + 3;
    listing.folders = arena_array(arena, listing.room, sizeof *listing.folders);
    if (!listing.folders)
        return error_memory(error);
    if (add_environment(&listing, from->environment) != 0)
        return -1;
    for (size_t k = 0; k < from->n_spec_folders; k++)
        if (*from->spec_folders[k] && add(&listing, from->spec_folders[k], true) != 0)
            return -1;
    if (add_program(&listing, from->program) != 0)
        return -1;
    *folders = listing.folders;
    *n_folders = listing.count;
    return 0;
}

/* The folder of the running program, or NULL. */
static const char *program_folder(char folder[PATH_MAX])
{
    ssize_t bytes = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (bytes <= 0)
        return NULL;
    folder[bytes] = 0;
    char *slash = strrchr(folder, '/');
    if (!slash)
        return NULL;
    *slash = 0;
    return folder;
}

int folders_find(const struct plugin_search *search, struct arena *arena, struct folder **folders,
                 size_t *n_folders, struct uptake_error *error)
{
    char program[PATH_MAX];
    struct folders_from from = {.environment = secure_getenv("UPTAKE_PLUGIN_PATH"),
                                .spec_folders = search->spec_folders,
                                .n_spec_folders = search->n_spec_folders,
                                .program = program_folder(program)};
    return folders_list(&from, arena, folders, n_folders, error);
}
