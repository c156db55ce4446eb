/*
 * A whole load: the model's own file, then what it includes, once each; then what only the whole
 * can show. What dangles at the end has no place, so the files are read once more, and then every
 * id is known.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "model/load.h"

/* --- Files ------------------------------------------------------------------------------------ */

struct file_seen {
    dev_t device;
    ino_t inode;
};

/* 1: read already; -1: memory. */
static int seen_before(struct loader *loader, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return 0; /* opening it says why */
    const struct file_seen *files = (const struct file_seen *)(const void *)loader->files.data;
    for (size_t k = 0; k < loader->files.bytes / sizeof *files; k++)
        if (files[k].device == about.st_dev && files[k].inode == about.st_ino)
            return 1;
    struct file_seen file = {about.st_dev, about.st_ino};
    return buffer_append(&loader->files, &file, sizeof file) == 0 ? 0 : error_memory(loader->error);
}

/* from: where it is included; NULL: the model's own file. */
static int load_file(struct loader *loader, const char *path, const char *name,
                     const struct place *from)
{
    int seen = seen_before(loader, path);
    if (seen < 0)
        return -1;
    if (seen)
        return error_at(loader->error, from ? *from : (struct place){name, 0, 0},
                        "include: '%.200s' is read already; a file is included once", name);
    loader->file = name;
    loader->path = path;
    if (yaml_open(&loader->yaml, path, name, loader->error) != 0)
        return -1;
    int failed = top_read(loader);
    yaml_close(loader->yaml);
    loader->yaml = NULL;
    return failed;
}

static int is_yaml(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && entry->d_name[0] != '.' &&
           (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int load_entry(struct loader *loader, const struct include *folder, const char *entry)
{
    const char *path = arena_format(loader->arena, "%s/%s", folder->path, entry);
    const char *name = arena_format(loader->arena, "%s/%s", folder->name, entry);
    return path && name ? load_file(loader, path, name, &folder->place)
                        : error_memory(loader->error);
}

static int load_folder(struct loader *loader, const struct include *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder->path, &entries, is_yaml, by_name);
    if (count < 0)
        return error_errno(loader->error, "read the folder", folder->name);
    int failed = 0;
    if (count == 0)
        failed = error_at(loader->error, folder->place,
                          "include: the folder '%.200s' has no .yaml file", folder->name);
    for (int k = 0; k < count; k++) {
        if (!failed)
            failed = load_entry(loader, folder, entries[k]->d_name);
        free(entries[k]);
    }
    free(entries);
    return failed;
}

static int load_includes(struct loader *loader)
{
    for (size_t done = 0; done < loader->includes.bytes; done += sizeof(struct include)) {
        struct include include;
        struct stat about;
        memcpy(&include, loader->includes.data + done, sizeof include);
        bool folder = stat(include.path, &about) == 0 && S_ISDIR(about.st_mode);
        if ((folder ? load_folder(loader, &include)
                    : load_file(loader, include.path, include.name, &include.place)) != 0)
            return -1;
    }
    return 0;
}

static int load_files(struct loader *loader)
{
    loader->files.bytes = loader->includes.bytes = loader->pendings.bytes = 0;
    loader->innovation = loader->evidence_before = 0;
    refs_forget(loader);
    if (load_file(loader, loader->options->path, loader->options->name, NULL) != 0)
        return -1;
    return load_includes(loader);
}

/* --- The whole -------------------------------------------------------------------------------- */

/* Once more, now that every id is known: for the places of what dangles. Nothing is kept. */
static int load_again(struct loader *loader)
{
    loader->second = true;
    for (struct schema_list *list = loader->schema.lists; list; list = list->next)
        list->tables = NULL;
    schema_finish(&loader->schema);
    if (load_files(loader) == 0)
        refs_finish(loader);
    if (loader->error->count == 0)
        error_add(loader->error, EXIT_INPUT, "%s: changed while it was read",
                  loader->options->name);
    return -1;
}

static int innovation_missing(struct loader *loader)
{
    struct nearest nearest;
    char hint[96];
    const char *wanted = loader->options->innovation;
    if (!wanted)
        return error_add(loader->error, EXIT_INPUT, "%s: has no innovations",
                         loader->options->name);
    nearest_start(&nearest, wanted, strlen(wanted));
    for (size_t k = 0; k < loader->innovations.count; k++)
        if (loader->innovations.rows[k])
            nearest_offer(&nearest, pool_text(&loader->pool, (int32_t)k));
    return error_add(loader->error, EXIT_INPUT, "%s: has no innovation '%.60s'%s",
                     loader->options->name, wanted, nearest_hint(&nearest, hint));
}

static int start_offsets(struct loader *loader)
{
    int64_t zero = 0;
    for (uint32_t t = 0; t < loader->schema.n_tables; t++)
        if (loader->schema.tables[t]->parent &&
            buffer_append(&loader->schema.tables[t]->offsets, &zero, sizeof zero) != 0)
            return error_memory(loader->error);
    return 0;
}

static int load(struct loader *loader)
{
    loader->schema.arena = loader->arena;
    if (schema_build(&loader->schema, &loader->pool, loader->options->requests,
                     loader->options->n_requests, loader->error) != 0 ||
        start_offsets(loader) != 0 || change_bind(loader) != 0)
        return -1;
    rules_bind(&loader->schema);
    refs_bind(loader);
    if (load_files(loader) != 0)
        return -1;
    int left = refs_finish(loader);
    if (left < 0 || loader->error->count)
        return -1;
    if (left > 0)
        return load_again(loader);
    if (loader->schema.tables[0]->rows == 0)
        return innovation_missing(loader);
    return model_freeze(loader, loader->model);
}

/* owners: see change.h. */
static int load_once(const struct model_options *options, struct model *model,
                     struct change_owners *owners, struct uptake_error *error)
{
    struct uptake_error unseen = {0};
    *model = (struct model){0};
    struct loader loader = {.options = options,
                            .model = model,
                            .error = error ? error : &unseen,
                            .arena = &model->arena,
                            .changes = {.owners = owners}};
    int failed = load(&loader);
    if (loader.yaml)
        yaml_close(loader.yaml);
    refs_free(&loader);
    schema_finish(&loader.schema);
    pool_finish(&loader.pool);
    if (failed && loader.error->count == 0)
        error_memory(loader.error);
    if (failed)
        model_finish(model);
    return failed ? -1 : 0;
}

int model_load(const struct model_options *options, struct model *model, struct uptake_error *error)
{
    struct change_owners owners = {.known = false};
    int failed = load_once(options, model, &owners, error);
    if (!failed && owners.undecided) {
        model_finish(model);
        owners.known = true;
        failed = load_once(options, model, &owners, error);
    }
    buffer_finish(&owners.matches);
    return failed;
}
