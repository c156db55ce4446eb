/* Two recorded runs as texts again, and what was edited between them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "cli/why_replay.h"

__attribute__((format(printf, 2, 3))) static int cannot(struct why_replay *replay,
                                                        const char *format, ...)
{
    char text[ERROR_BYTES];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    replay->to->trouble = arena_text(&replay->to->arena, text, strlen(text));
    return replay->to->trouble ? 1 : -1;
}

/* What is wrong with a record is said of it; a machine that fails is an error. */
static int settle(struct why_replay *replay, struct uptake_error *found, struct uptake_error *error)
{
    int answer = -1;
    if (found->exit_code == EXIT_INPUT)
        answer = cannot(replay, "%s", found->text[0]);
    else if (error)
        *error = *found;
    return answer;
}

/* --- Options of the command line --------------------------------------------------------------- */

static const char *option_of(const struct record *record, const char *name)
{
    for (size_t k = 0; k < record->n_options; k++)
        if (strcmp(record->options[k].name, name) == 0)
            return record->options[k].value;
    return NULL;
}

static int take_options(struct why_replay *replay)
{
    static const char *const barred[] = {"where", "innovation"};
    const char *only[2];
    for (int side = 0; side < 2; side++) {
        only[side] = option_of(replay->records[side], "only");
        for (size_t k = 0; k < 2; k++)
            if (option_of(replay->records[side], barred[k]))
                return cannot(replay, "%s was run with --%s", replay->records[side]->path,
                              barred[k]);
    }
    if (!only[0] != !only[1] || (only[0] && strcmp(only[0], only[1]) != 0))
        return cannot(replay, "the two were run with another --only");
    replay->options = *replay->run;
    replay->options.only = only[0];
    replay->options.progress = NULL;
    replay->options.keep_model = true;
    return 0;
}

/* --- Specs ------------------------------------------------------------------------------------- */

static int read_spec(struct why_replay *replay, int side, struct uptake_error *error)
{
    const struct record *record = replay->records[side];
    struct arena *arena = &replay->to->arena;
    struct spec spec;
    size_t n_sets = 0;
    struct spec_set *sets = arena_array(arena, record->n_options, sizeof *sets);
    if (!sets)
        return error_memory(error);
    for (size_t k = 0; k < record->n_options; k++)
        if (strcmp(record->options[k].name, "set") == 0)
            sets[n_sets++].text = record->options[k].value;
    if (spec_tree(replay->files[side].spec, sets, n_sets, arena, &replay->specs[side], error) !=
            0 ||
        spec_bind(replay->files[side].spec, &replay->specs[side], arena, &spec, error) != 0)
        return -1;
    const char **folders =
        arena_array(arena, replay->n_plugin_path + spec.n_plugin_path, sizeof *folders);
    if (!folders)
        return error_memory(error);
    for (size_t k = 0; k < replay->n_plugin_path; k++)
        folders[k] = replay->plugin_path[k];
    for (size_t k = 0; k < spec.n_plugin_path; k++) {
        const char *folder = unpack_original(&replay->files[side], spec.plugin_path[k]);
        folders[replay->n_plugin_path++] = arena_text(arena, folder, strlen(folder));
    }
    replay->plugin_path = folders;
    return 0;
}

/* --- Models ------------------------------------------------------------------------------------ */

static bool is_model(const struct record_input *input)
{
    return strcmp(input->kind, "model") == 0 || strcmp(input->kind, "include") == 0;
}

/* The n-th file of the model; NULL: it has no more. */
static const struct record_input *model_file(const struct record *record, size_t n)
{
    for (size_t k = 0; k < record->n_inputs; k++)
        if (is_model(&record->inputs[k]) && n-- == 0)
            return &record->inputs[k];
    return NULL;
}

/* As its model may have called it: from the model's own folder on. */
static const char *from_model(const struct record *record, const struct record_input *input)
{
    const char *model = model_file(record, 0)->path, *slash = strrchr(model, '/');
    size_t folder = slash ? (size_t)(slash - model) + 1 : 0;
    return strncmp(input->path, model, folder) == 0 ? input->path + folder : input->path;
}

static int read_text(struct why_replay *replay, const struct record_input *input, struct tree *tree,
                     struct uptake_error *error)
{
    struct yaml *yaml;
    struct yaml_event event;
    if (yaml_open_bytes(&yaml, input->content, input->content_bytes, input->path, error) != 0)
        return -1;
    int failed = yaml_next(yaml, &event, error);
    failed = failed ? failed : tree_read(yaml, &event, &replay->to->arena, tree, error);
    yaml_close(yaml);
    return failed;
}

static int read_file(struct why_replay *replay, const struct record_input *a,
                     const struct record_input *b, struct uptake_error *error)
{
    struct why_text *text = &replay->texts[replay->n_texts++];
    text->mixed = strcmp(a->sha256, b->sha256) != 0;
    if (unpack_place(&replay->files[0], a->path, text->path, error) != 0)
        return -1;
    if (!text->mixed)
        return 0;
    if (!a->content || !b->content)
        return cannot(replay, "the text of %s was too large to keep",
                      a->content ? b->path : a->path);
    return read_text(replay, a, &text->trees[0], error) != 0 ||
                   read_text(replay, b, &text->trees[1], error) != 0
               ? -1
               : 0;
}

static int read_models(struct why_replay *replay, struct uptake_error *error)
{
    size_t room = replay->records[0]->n_inputs;
    int answer = 0;
    replay->texts = arena_array(&replay->to->arena, room, sizeof *replay->texts);
    if (!replay->texts)
        return error_memory(error);
    for (size_t n = 0; answer == 0; n++) {
        const struct record_input *a = model_file(replay->records[0], n);
        const struct record_input *b = model_file(replay->records[1], n);
        if (!a && !b)
            return n > 0 ? 0 : cannot(replay, "the two records hold no model");
        if (!a || !b ||
            (n > 0 &&
             strcmp(from_model(replay->records[0], a), from_model(replay->records[1], b)) != 0))
            return cannot(replay, "the two models include other files");
        answer = read_file(replay, a, b, error);
    }
    return answer;
}

/* --- Bundles ----------------------------------------------------------------------------------- */

static const char *bundle_path(const struct record *record, const char *hash)
{
    for (size_t k = 0; k < record->n_inputs; k++)
        if (strcmp(record->inputs[k].kind, "bundle") == 0 &&
            strcmp(record->inputs[k].sha256, hash) == 0)
            return record->inputs[k].path;
    return NULL;
}

static struct why_bundle *bundle_of(struct why_replay *replay, const char *id)
{
    for (size_t k = 0; k < replay->n_bundles; k++)
        if (strcmp(replay->bundles[k].id, id) == 0)
            return &replay->bundles[k];
    replay->bundles[replay->n_bundles] = (struct why_bundle){.id = id};
    return &replay->bundles[replay->n_bundles++];
}

/* The very file that ran, or nothing. */
static int take_bundle(struct why_replay *replay, int side, size_t p, struct uptake_error *error)
{
    const struct record *record = replay->records[side];
    const char *id = record->result.plugins[p].plugin->id,
               *hash = record->hashes[p] ? record->hashes[p] : "";
    const char *path = bundle_path(record, hash);
    char now[HASH_HEX];
    struct why_bundle *bundle = bundle_of(replay, id);
    if (bundle->paths[side])
        return 0;
    if (!path || hash_file(path, now, NULL) != 0 || strcmp(now, hash) != 0)
        return cannot(replay,
                      "plugin %s: the bundle that ran in %s (%s) is not there any more, or "
                      "is another now",
                      id, record->path, path ? path : "unknown");
    bundle->paths[side] = path;
    if (side == 0 || !bundle->paths[0])
        return 0;
    char before[HASH_HEX];
    if (hash_file(bundle->paths[0], before, error) != 0)
        return -1;
    if (strcmp(before, hash) == 0)
        return 0;
    bundle->group = arena_format(&replay->to->arena, "version of %s", id);
    if (!bundle->group)
        return error_memory(error);
    edits_add(&replay->to->edits, EDIT_VERSION, bundle->group);
    return 0;
}

static int take_bundles(struct why_replay *replay, struct uptake_error *error)
{
    size_t room = replay->records[0]->result.n_plugins + replay->records[1]->result.n_plugins;
    int answer = 0;
    replay->bundles = arena_array(&replay->to->arena, room, sizeof *replay->bundles);
    if (!replay->bundles)
        return error_memory(error);
    for (int side = 0; side < 2; side++)
        for (size_t p = 0; p < replay->records[side]->result.n_plugins && answer == 0; p++)
            answer = take_bundle(replay, side, p, error);
    return answer;
}

/* --- All of it --------------------------------------------------------------------------------- */

static int find_edits(struct why_replay *replay, struct uptake_error *error)
{
    struct edits *edits = &replay->to->edits;
    struct arena arena = {0};
    struct tree mixed;
    int failed =
        edits_mix(edits, EDIT_SPEC, &replay->specs[0], &replay->specs[1], 0, &arena, &mixed, error);
    for (size_t k = 0; k < replay->n_texts && !failed; k++)
        if (replay->texts[k].mixed)
            failed = edits_mix(edits, EDIT_IN_MODEL, &replay->texts[k].trees[0],
                               &replay->texts[k].trees[1], 0, &arena, &mixed, error);
    arena_finish(&arena);
    return failed;
}

static int open_both(struct why_replay *replay, struct uptake_error *error)
{
    int answer = take_options(replay);
    for (int side = 0; side < 2 && answer == 0; side++) {
        answer = unpack(replay->records[side], &replay->files[side], error);
        answer = answer ? answer : read_spec(replay, side, error);
    }
    answer = answer ? answer : read_models(replay, error);
    answer = answer ? answer : take_bundles(replay, error);
    return answer ? answer : find_edits(replay, error);
}

static void hold_signals(struct why_replay *replay)
{
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    replay->held = sigprocmask(SIG_BLOCK, &held, &replay->mask) == 0;
}

int why_replay_open(struct why_replay *replay, struct uptake_error *error)
{
    struct uptake_error *found = calloc(1, sizeof *found);
    if (!found)
        return error_memory(error);
    hold_signals(replay);
    int answer = open_both(replay, found);
    if (answer < 0)
        answer = found->count ? settle(replay, found, error) : error_memory(error);
    free(found);
    return answer;
}
