/* spec_read: the file as a tree, the sets applied, the tree checked, the tree bound. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "spec/format.h"

static int read_root(struct yaml *yaml, const char *path, struct arena *arena, struct tree *root,
                     struct uptake_error *error)
{
    struct yaml_event event;
    if (yaml_next(yaml, &event, error) != 0)
        return -1;
    struct place place = {path, 0, 0};
    if (event.kind == YAML_END)
        return error_at(error, place,
                        "holds no values; expected at least 'uptake: 1' and 'model: FILE'");
    if (tree_read(yaml, &event, arena, root, error) != 0)
        return -1;
    if (tree_is_null(root))
        return error_at(error, place,
                        "holds no values; expected at least 'uptake: 1' and 'model: FILE'");
    return yaml_next(yaml, &event, error); /* the end, or why it is not */
}

static int read_file(const char *path, struct arena *arena, struct tree *root,
                     struct uptake_error *error)
{
    struct yaml *yaml;
    if (yaml_open(&yaml, path, path, error) != 0)
        return -1;
    int failed = read_root(yaml, path, arena, root, error);
    yaml_close(yaml);
    return failed;
}

static int apply_sets(struct tree *root, const struct spec_set *sets, size_t n_sets,
                      struct arena *arena, struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < n_sets && root->kind == YAML_MAP; k++)
        failed |= set_apply(root, &sets[k], arena, error);
    return failed;
}

static int name_folder(struct spec *spec, struct arena *arena, struct uptake_error *error)
{
    const char *slash = strrchr(spec->path, '/');
    size_t bytes = slash ? (size_t)(slash - spec->path) : 0;
    if (slash)
        spec->folder = bytes ? arena_text(arena, spec->path, bytes) : "/";
    else
        spec->folder = ".";
    return spec->folder ? 0 : error_memory(error);
}

/* Looked at here, because here its place in the spec is known. */
static int check_model(const struct spec *spec, struct uptake_error *error)
{
    char quoted[72];
    struct stat about;
    const char *model = text_quote(quoted, spec->model_text, strlen(spec->model_text));
    if (stat(spec->model, &about) == 0)
        return S_ISDIR(about.st_mode)
                   ? error_at(error, spec->model_place,
                              "model: '%s' is a folder; expected a YAML file", model)
                   : 0;
    if (errno != ENOENT && errno != ENOTDIR)
        return error_at(error, spec->model_place, "model: cannot look at '%s': %s", model,
                        strerror(errno));
    if (spec->model_text[0] == '/')
        return error_at(error, spec->model_place, "model: there is no file '%s'", model);
    return error_at(error, spec->model_place,
                    "model: there is no file '%s' in the spec's folder (%.200s)%s", model,
                    spec->folder, model[0] == '~' ? "; '~' is not expanded" : "");
}

static int bind_model(const struct tree *root, struct spec *spec, struct arena *arena,
                      struct uptake_error *error)
{
    const struct tree *model = root->kind == YAML_MAP ? tree_get(root, "model") : NULL;
    if (!model || values_left_out(model) || model->kind != YAML_SCALAR || model->bytes == 0)
        return -1; /* check_tree has said so */
    spec->model_text = model->text;
    spec->model_place = model->place;
    spec->model = path_resolve(spec, model->text, arena);
    return spec->model ? check_model(spec, error) : error_memory(error);
}

int spec_tree(const char *path, const struct spec_set *sets, size_t n_sets, struct arena *arena,
              struct tree *root, struct uptake_error *error)
{
    const char *kept = arena_text(arena, path, strlen(path));
    if (!kept)
        return error_memory(error);
    if (read_file(kept, arena, root, error) != 0)
        return -1;
    return apply_sets(root, sets, n_sets, arena, error) ? 1 : 0;
}

int spec_bind(const char *path, const struct tree *root, struct arena *arena, struct spec *spec,
              struct uptake_error *error)
{
    struct spec fresh = {.path = arena_text(arena, path, strlen(path))};
    if (!fresh.path)
        return error_memory(error);
    if (name_folder(&fresh, arena, error) != 0)
        return -1;
    int failed = check_tree(root, &fresh, arena, error);
    if (bind_model(root, &fresh, arena, error) != 0)
        failed = -1;
    if (failed || bind_tree(root, &fresh, arena, error) != 0)
        return -1;
    *spec = fresh;
    return 0;
}

int spec_read(const char *path, const struct spec_set *sets, size_t n_sets, struct arena *arena,
              struct spec *spec, struct uptake_error *error)
{
    struct tree root;
    struct spec fresh;
    int failed = spec_tree(path, sets, n_sets, arena, &root, error);
    if (failed < 0 || spec_bind(path, &root, arena, &fresh, error) != 0 || failed)
        return -1;
    *spec = fresh;
    return 0;
}
