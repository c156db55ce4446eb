/* Locks: see lock.h. */
#include "run/lock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/yaml.h"

const char *lock_path(const struct spec *spec, struct arena *arena)
{
    size_t bytes = strlen(spec->path);
    const char *dot = strrchr(spec->path, '.');
    if (dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0))
        bytes = (size_t)(dot - spec->path);
    return arena_format(arena, "%.*s.lock", (int)bytes, spec->path);
}

/* --- What there is ------------------------------------------------------------------------------ */

/* Of a plugin's bundle; NULL: of the file at path. */
static const char *hash_of(const struct plugin *plugin, const char *path, struct arena *arena,
                           struct uptake_error *error)
{
    char hex[HASH_HEX];
    if ((plugin ? plugin_hash(plugin, hex, error) : hash_file(path, hex, error)) != 0)
        return NULL;
    const char *kept = arena_text(arena, hex, HASH_HEX - 1);
    if (!kept)
        error_memory(error);
    return kept;
}

static const char *from_folder(const struct spec *spec, const char *path)
{
    size_t bytes = strlen(spec->folder);
    bool below = strncmp(path, spec->folder, bytes) == 0 && path[bytes] == '/';
    return below ? path + bytes + 1 : path;
}

static int take_plugin(const struct plan_plugin *of, struct arena *arena,
                       struct lock_plugin *plugin, struct uptake_error *error)
{
    *plugin = (struct lock_plugin){.name = of->spec->name,
                                   .use = of->plugin->id,
                                   .version = of->plugin->version,
                                   .revision = of->plugin->revision,
                                   .abi = UPTAKE_ABI_MAJOR,
                                   .sha256 = hash_of(of->plugin, NULL, arena, error)};
    return plugin->sha256 ? 0 : -1;
}

int lock_take(const struct plan *plan, const struct model *model, struct arena *arena,
              struct lock *lock, struct uptake_error *error)
{
    struct lock now = {.plugins = arena_array(arena, plan->n_plugins, sizeof *now.plugins),
                       .files = arena_array(arena, model->n_files, sizeof *now.files)};
    if (!now.plugins || !now.files)
        return error_memory(error);
    for (; now.n_plugins < plan->n_plugins; now.n_plugins++)
        if (take_plugin(&plan->plugins[now.n_plugins], arena, &now.plugins[now.n_plugins], error) !=
            0)
            return -1;
    for (; now.n_files < model->n_files; now.n_files++) {
        const char *path = model->files[now.n_files].path;
        now.files[now.n_files] =
            (struct lock_file){from_folder(plan->spec, path), hash_of(NULL, path, arena, error)};
        if (!now.files[now.n_files].sha256)
            return -1;
    }
    *lock = now;
    return 0;
}

/* --- What was locked ---------------------------------------------------------------------------- */

struct reading {
    const char *path;
    struct arena *arena;
    struct uptake_error *error;
};

static int refuse(const struct reading *r, const struct tree *tree, const char *expected)
{
    char what[96];
    return error_at(r->error, tree->place, "found %s; expected %s", tree_what(tree, what),
                    expected);
}

/* A text of a mapping; NULL, and a message, where there is none. */
static const char *text_of(const struct reading *r, const struct tree *map, const char *key)
{
    const struct tree *value = tree_get(map, key);
    if (value && value->kind == YAML_SCALAR && value->bytes)
        return value->text;
    error_at(r->error, value ? value->place : map->place, "%s is missing here", key);
    return NULL;
}

static bool count_of(const struct reading *r, const struct tree *map, const char *key,
                     uint64_t *count)
{
    const char *text = text_of(r, map, key);
    double x;
    if (text && number_parse(text, strlen(text), &x) && x >= 0 && x < 0x1p53) {
        *count = (uint64_t)x;
        return true;
    }
    if (text)
        error_at(r->error, map->place, "%s: found '%.40s'; expected a whole number", key, text);
    return false;
}

static int read_plugin(const struct reading *r, const struct tree *key, const struct tree *tree,
                       struct lock_plugin *plugin)
{
    if (tree->kind != YAML_MAP)
        return refuse(r, tree, "a mapping such as {use: ID, version: 1.0, sha256: ...}");
    *plugin = (struct lock_plugin){.name = key->text,
                                   .use = text_of(r, tree, "use"),
                                   .version = text_of(r, tree, "version"),
                                   .sha256 = text_of(r, tree, "sha256")};
    bool whole = count_of(r, tree, "revision", &plugin->revision);
    whole &= count_of(r, tree, "abi", &plugin->abi);
    return whole && plugin->use && plugin->version && plugin->sha256 ? 0 : -1;
}

static int read_file(const struct reading *r, const struct tree *key, const struct tree *tree,
                     struct lock_file *file)
{
    if (tree->kind != YAML_SCALAR)
        return refuse(r, tree, "a SHA-256");
    *file = (struct lock_file){key->text, tree->text};
    return 0;
}

/* Of a mapping that may be left out. */
static size_t count_under(const struct tree *root, const char *key, const struct tree **map)
{
    *map = tree_get(root, key);
    return *map && (*map)->kind == YAML_MAP ? (*map)->count : 0;
}

static int bind(const struct reading *r, const struct tree *root, struct lock *lock)
{
    const struct tree *format = root->kind == YAML_MAP ? tree_get(root, "uptake-lock") : NULL;
    const struct tree *plugins, *files;
    if (!format || format->kind != YAML_SCALAR || strcmp(format->text, "1") != 0)
        return refuse(r, format ? format : root, "a lock, which begins with 'uptake-lock: 1'");
    *lock = (struct lock){.n_plugins = count_under(root, "plugins", &plugins),
                          .n_files = count_under(root, "files", &files)};
    lock->plugins = arena_array(r->arena, lock->n_plugins, sizeof *lock->plugins);
    lock->files = arena_array(r->arena, lock->n_files, sizeof *lock->files);
    if (!lock->plugins || !lock->files)
        return error_memory(r->error);
    int failed = 0;
    for (size_t k = 0; k < lock->n_plugins; k++)
        failed |= read_plugin(r, &plugins->keys[k], &plugins->values[k], &lock->plugins[k]);
    for (size_t k = 0; k < lock->n_files; k++)
        failed |= read_file(r, &files->keys[k], &files->values[k], &lock->files[k]);
    return failed;
}

int lock_read(const char *path, struct arena *arena, struct lock *lock, struct uptake_error *error)
{
    struct reading r = {path, arena, error};
    struct yaml *yaml;
    struct yaml_event event;
    struct tree root;
    if (yaml_open(&yaml, path, path, error) != 0)
        return -1;
    int failed = yaml_next(yaml, &event, error);
    if (!failed && event.kind == YAML_END)
        failed = error_add(error, EXIT_INPUT, "%s: holds nothing; expected 'uptake-lock: 1'", path);
    else if (!failed)
        failed = tree_read(yaml, &event, arena, &root, error) != 0 ||
                         yaml_next(yaml, &event, error) != 0 || bind(&r, &root, lock) != 0
                     ? -1
                     : 0;
    yaml_close(yaml);
    return failed;
}

/* --- The difference ----------------------------------------------------------------------------- */

static int differ(const char *path, const char *what, const char *name, const char *locked,
                  const char *found, struct uptake_error *error)
{
    if (strcmp(locked, found) == 0)
        return 0;
    return error_add(error, EXIT_INPUT, "%s: %s of %.100s: locked %.80s, found %.80s", path, what,
                     name, locked, found);
}

static int differ_count(const char *path, const char *what, const char *name, uint64_t locked,
                        uint64_t found, struct uptake_error *error)
{
    char a[24], b[24];
    snprintf(a, sizeof a, "%" PRIu64, locked);
    snprintf(b, sizeof b, "%" PRIu64, found);
    return differ(path, what, name, a, b, error);
}

static int compare_plugin(const char *path, const struct lock_plugin *locked,
                          const struct lock_plugin *found, struct uptake_error *error)
{
    char name[160];
    snprintf(name, sizeof name, "plugin %.60s (%.64s)", found->name, found->use);
    int failed = differ(path, "the id", name, locked->use, found->use, error);
    failed |= differ(path, "the version", name, locked->version, found->version, error);
    failed |= differ_count(path, "the revision", name, locked->revision, found->revision, error);
    failed |= differ_count(path, "the ABI", name, locked->abi, found->abi, error);
    return failed |
           differ(path, "the bundle's SHA-256", name, locked->sha256, found->sha256, error);
}

static const struct lock_plugin *plugin_named(const struct lock *lock, const char *name)
{
    for (size_t k = 0; k < lock->n_plugins; k++)
        if (strcmp(lock->plugins[k].name, name) == 0)
            return &lock->plugins[k];
    return NULL;
}

static const struct lock_file *file_named(const struct lock *lock, const char *path)
{
    for (size_t k = 0; k < lock->n_files; k++)
        if (strcmp(lock->files[k].path, path) == 0)
            return &lock->files[k];
    return NULL;
}

static int compare_plugins(const char *path, const struct lock *locked, const struct lock *found,
                           bool whole, struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < found->n_plugins; k++) {
        const struct lock_plugin *now = &found->plugins[k], *was = plugin_named(locked, now->name);
        failed |=
            was ? compare_plugin(path, was, now, error)
                : error_add(error, EXIT_INPUT, "%s: plugin %.60s is not locked", path, now->name);
    }
    for (size_t k = 0; whole && k < locked->n_plugins; k++)
        if (!plugin_named(found, locked->plugins[k].name))
            failed = error_add(error, EXIT_INPUT,
                               "%s: plugin %.60s is locked, and not in the spec any more", path,
                               locked->plugins[k].name);
    return failed;
}

static int compare_files(const char *path, const struct lock *locked, const struct lock *found,
                         struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < found->n_files; k++) {
        const struct lock_file *now = &found->files[k], *was = file_named(locked, now->path);
        failed |=
            was ? differ(path, "the content", now->path, was->sha256, now->sha256, error)
                : error_add(error, EXIT_INPUT, "%s: the model reads %.200s, which is not locked",
                            path, now->path);
    }
    for (size_t k = 0; k < locked->n_files; k++)
        if (!file_named(found, locked->files[k].path))
            failed = error_add(error, EXIT_INPUT,
                               "%s: %.200s is locked, and not read by the model any more", path,
                               locked->files[k].path);
    return failed;
}

int lock_compare(const char *path, const struct lock *locked, const struct lock *found, bool whole,
                 struct uptake_error *error)
{
    int failed = compare_plugins(path, locked, found, whole, error);
    failed |= compare_files(path, locked, found, error);
    return failed
               ? error_add(error, EXIT_INPUT,
                           "%s: nothing was run; `uptake lock` would lock what there is now", path)
               : 0;
}

static int hold(const char *path, const struct plan *plan, const struct model *model,
                struct arena *arena, struct uptake_error *error)
{
    struct lock locked, found;
    if (access(path, F_OK) != 0)
        return error_add(error, EXIT_INPUT, "%s: there is no lock; `uptake lock %s` writes it",
                         path, plan->spec->path);
    if (lock_read(path, arena, &locked, error) != 0 ||
        lock_take(plan, model, arena, &found, error) != 0)
        return -1;
    return lock_compare(path, &locked, &found, plan->n_plugins == plan->spec->n_plugins, error);
}

int lock_hold(const struct plan *plan, const struct model *model, struct uptake_error *error)
{
    struct arena arena = {0};
    const char *path = lock_path(plan->spec, &arena);
    int failed = -1;
    if (path)
        failed = hold(path, plan, model, &arena, error);
    else
        error_memory(error);
    arena_finish(&arena);
    return failed;
}
