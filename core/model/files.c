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

/* 1: read already; -1: memory. */
static int seen_before(struct loader *loader, const char *path, const char *name)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return 0; /* opening it says why */
    const struct model_file *files = (const struct model_file *)(const void *)loader->files.data;
    for (size_t k = 0; k < loader->files.bytes / sizeof *files; k++)
        if (files[k].version.device == about.st_dev && files[k].version.inode == about.st_ino)
            return 1;
    struct model_file file = {path, name, file_version(&about)};
    return buffer_append(&loader->files, &file, sizeof file) == 0 ? 0 : error_memory(loader->error);
}

/* from: where it is included; NULL: the model's own file. */
static int load_file(struct loader *loader, const char *path, const char *name,
                     const struct place *from)
{
    int seen = seen_before(loader, path, name);
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

int load_from_start(struct loader *loader)
{
    loader->second = true;
    if (loader->yaml)
        yaml_close(loader->yaml);
    loader->yaml = NULL;
    for (struct schema_list *list = loader->schema.lists; list; list = list->next)
        list->tables = NULL;
    schema_finish(&loader->schema);
    return load_files(loader);
}

/* For the places of what dangles. */
static int load_again(struct loader *loader)
{
    if (load_from_start(loader) == 0)
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

/* The files' rules alone, for a load that must know beforehand what they ask about. */
static int load_rules(struct loader *loader)
{
    loader->schema.arena = loader->arena;
    if (schema_build(&loader->schema, &loader->pool, NULL, 0, loader->error) != 0)
        return -1;
    rules_bind(&loader->schema);
    refs_bind(loader);
    return load_files(loader) == 0 && loader->error->count == 0
               ? ruleset_check(&loader->rules_read, loader->error)
               : -1;
}

/* Of the frozen model: what reports name rules by. */
static const int32_t *rule_ids(const struct loader *loader)
{
    const struct model_options *options = loader->options;
    const struct model_request *ids =
        &options->requests[options->n_requests - loader->ruleset->n_requests + RULE_IDS];
    return loader->model->tables[ids->table].columns[ids->column].values;
}

/* Of the frozen model: what it was read from. */
static int keep_files(struct loader *loader)
{
    struct model *model = loader->model;
    size_t count = loader->files.bytes / sizeof *model->files;
    struct model_file *files = arena_array(&model->arena, count, sizeof *files);
    if (!files)
        return error_memory(loader->error);
    memcpy(files, loader->files.data, loader->files.bytes);
    model->files = files;
    model->n_files = count;
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
    if (!loader->ruleset && ruleset_check(&loader->rules_read, loader->error) != 0)
        return -1;
    int left = refs_finish(loader);
    if (left < 0 || loader->error->count)
        return -1;
    if (left > 0)
        return load_again(loader);
    loader->model->rules = ruleset_count(&loader->rules_read);
    bool rules = loader->model->rules > 0 && loader->options->check_only;
    if (loader->schema.tables[0]->rows == 0 &&
        !rules) /* a file of rules can be checked by itself */
        return innovation_missing(loader);
    if (loader->ruleset && verdicts_evaluate(loader, loader->ruleset) != 0)
        return -1;
    if (model_freeze(loader, loader->model) != 0)
        return -1;
    if (loader->ruleset && ruleset_count(loader->ruleset))
        loader->model->rule_ids = rule_ids(loader);
    return keep_files(loader);
}

/* --- One reading, or two ---------------------------------------------------------------------- */

static int loader_close(struct loader *loader, int failed)
{
    if (failed)
        twice_tell(loader);
    if (loader->yaml)
        yaml_close(loader->yaml);
    refs_free(loader);
    schema_finish(&loader->schema);
    pool_finish(&loader->pool);
    if (failed && loader->error->count == 0)
        error_memory(loader->error);
    return failed ? -1 : 0;
}

/* owners: see change.h. */
static int load_once(const struct model_options *options, const struct ruleset *ruleset,
                     struct model *model, struct change_owners *owners, struct uptake_error *error)
{
    struct loader loader = {.options = options,
                            .model = model,
                            .error = error,
                            .arena = &model->arena,
                            .rules_read = {.arena = &model->arena},
                            .ruleset = ruleset,
                            .changes = {.owners = owners}};
    int failed = loader_close(&loader, load(&loader));
    ruleset_finish(&loader.rules_read);
    return failed;
}

/* What the load has to keep for the verdicts, behind what was asked of it. */
static int load_judged(const struct model_options *options, const struct ruleset *ruleset,
                       struct model *model, struct change_owners *owners,
                       struct uptake_error *error)
{
    bool touched = false;
    size_t n = options->n_requests;
    struct model_options more = *options;
    more.n_requests = n + ruleset->n_requests;
    more.requests = arena_array(ruleset->arena, more.n_requests, sizeof *more.requests);
    if (!more.requests)
        return error_memory(error);
    memcpy(more.requests, options->requests, n * sizeof *more.requests);
    if (ruleset->n_requests)
        memcpy(more.requests + n, ruleset->requests, ruleset->n_requests * sizeof *more.requests);
    int failed = load_once(&more, ruleset, model, owners, error);
    for (size_t k = n; k < more.n_requests; k++)
        touched |= more.requests[k].touched;
    memcpy(options->requests, more.requests, n * sizeof *more.requests);
    for (size_t k = 0; k < n; k++)
        options->requests[k].touched |= touched && options->requests[k].type == UPTAKE_VERDICT;
    return failed;
}

static int load_twice(const struct model_options *options, struct model *model,
                      struct change_owners *owners, struct uptake_error *error)
{
    struct model_options alone = *options;
    alone.requests = NULL;
    alone.n_requests = 0;
    alone.n_changes = 0;
    alone.as_of_given = false; /* later rules too: which of them stay the whole reading says */
    struct arena arena = {0};
    struct model none = {0};
    struct loader loader = {.options = &alone,
                            .model = &none,
                            .error = error,
                            .arena = &arena,
                            .rules_read = {.arena = &arena},
                            .rules_only = true};
    int failed = loader_close(&loader, load_rules(&loader));
    if (!failed)
        failed = load_judged(options, &loader.rules_read, model, owners, error);
    ruleset_finish(&loader.rules_read);
    arena_finish(&arena);
    return failed;
}

static bool wants_verdicts(const struct model_options *options)
{
    for (size_t k = 0; k < options->n_requests; k++)
        if (options->requests[k].type == UPTAKE_VERDICT)
            return true;
    return false;
}

static int load_whole(const struct model_options *options, struct model *model,
                      struct change_owners *owners, struct uptake_error *error)
{
    *model = (struct model){0};
    int failed = wants_verdicts(options) ? load_twice(options, model, owners, error)
                                         : load_once(options, NULL, model, owners, error);
    if (failed)
        model_finish(model);
    return failed;
}

int model_load(const struct model_options *options, struct model *model, struct uptake_error *error)
{
    struct uptake_error unseen = {0};
    struct change_owners owners = {.known = false};
    struct uptake_error *heard = error ? error : &unseen;
    int failed = load_whole(options, model, &owners, heard);
    if (!failed && owners.undecided) {
        model_finish(model);
        owners.known = true;
        failed = load_whole(options, model, &owners, heard);
    }
    buffer_finish(&owners.matches);
    return failed;
}
