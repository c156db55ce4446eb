/*
 * Replaying mixtures of two runs. Work is shared wherever it can be:
 *
 *   (1) A model is written and loaded once for each mixture of the players that change it (fields, the date), and stays for all
 *       mixtures of the others, as long as their plans ask for the same of it.
 *   (2) A plugin runs once for the same inputs (run/inputs.h): what it reads, its parameters, its bundle, the date.
 *   (3) Merges are made each time.
 */
#include "cli/why_replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "merge/apply.h"

/* --- The spec ---------------------------------------------------------------------------------- */

/* The mixture, with the model where it is written. */
static int mix_spec(struct why_replay *replay, unsigned made, struct arena *arena,
                    struct tree *root, struct uptake_error *error)
{
    static const struct tree key = {
        .kind = YAML_SCALAR, .plain = true, .text = "model", .bytes = 5};
    if (edits_mix(&replay->to->edits, EDIT_SPEC, &replay->specs[0], &replay->specs[1], made, arena,
                  root, error) != 0)
        return -1;
    struct tree *keys = arena_array(arena, root->count + 1, sizeof *keys);
    struct tree *values = arena_array(arena, root->count + 1, sizeof *values);
    if (!keys || !values)
        return error_memory(error);
    for (size_t k = 0; k < root->count; k++) {
        keys[k] = root->keys[k];
        values[k] = root->values[k];
    }
    keys[root->count] = key;
    values[root->count] = (struct tree){
        .kind = YAML_SCALAR, .text = replay->texts[0].path, .bytes = strlen(replay->texts[0].path)};
    root->keys = keys;
    root->values = values;
    root->count++;
    return 0;
}

static const char *bundle_for(const struct why_replay *replay, const char *id, unsigned made)
{
    for (size_t k = 0; k < replay->n_bundles; k++) {
        const struct why_bundle *bundle = &replay->bundles[k];
        if (strcmp(bundle->id, id) != 0)
            continue;
        bool after = bundle->group && made >> edits_player(&replay->to->edits, bundle->group) & 1;
        return bundle->paths[after || !bundle->paths[0]];
    }
    return NULL;
}

static int make_spec(struct why_replay *replay, unsigned made, struct arena *arena,
                     struct spec *spec, struct uptake_error *error)
{
    struct tree root;
    if (mix_spec(replay, made, arena, &root, error) != 0 ||
        spec_bind(replay->files[0].spec, &root, arena, spec, error) != 0)
        return -1;
    spec->plugin_path = replay->plugin_path;
    spec->n_plugin_path = replay->n_plugin_path;
    for (size_t p = 0; p < spec->n_plugins; p++)
        spec->plugins[p].bundle = bundle_for(replay, spec->plugins[p].use, made);
    for (size_t m = 0; m < spec->n_merges; m++) {
        spec->merges[m].parts = 0;
        spec->merges[m].influence = false;
    }
    return 0;
}

/* --- The model --------------------------------------------------------------------------------- */

static int write_text(const struct why_replay *replay, const struct why_text *text, unsigned made,
                      struct uptake_error *error)
{
    struct arena arena = {0};
    struct tree mixed;
    unlink(text->path);
    FILE *out = fopen(text->path, "wxe");
    int failed = out ? 0 : error_errno(error, "write", text->path);
    if (!failed)
        failed = edits_mix(&replay->to->edits, EDIT_IN_MODEL, &text->trees[0], &text->trees[1],
                           made, &arena, &mixed, error);
    if (!failed && tree_write(&mixed, out) != 0)
        failed = error_errno(error, "write", text->path);
    if (out && fclose(out) != 0 && !failed)
        failed = error_errno(error, "write", text->path);
    arena_finish(&arena);
    return failed;
}

static bool same_texts(const char *const *a, const char *const *b)
{
    for (; a && b && *a && *b; a++, b++)
        if (strcmp(*a, *b) != 0)
            return false;
    return a && b ? !*a && !*b : a == b;
}

static bool same_limit(double a, double b)
{
    return a == b || (a != a && b != b);
}

/* A request without a type takes the field's own, with its unit and choices. */
static bool same_request(const struct model_request *a, const struct model_request *b)
{
    const char *x = a->unit ? a->unit : "", *y = b->unit ? b->unit : "";
    return strcmp(a->path, b->path) == 0 && a->doubt == b->doubt && same_limit(a->min, b->min) &&
           same_limit(a->max, b->max) && (a->type == 0 || a->type == b->type) &&
           (a->type == 0 || (strcmp(x, y) == 0 && same_texts(a->choices, b->choices)));
}

/* Whether the loaded model holds what a plan asks for; then the plan learns where. */
static bool serves(const struct why_world *world, struct plan *plan)
{
    if (world->plan.n_requests != plan->n_requests)
        return false;
    for (size_t k = 0; k < plan->n_requests; k++)
        if (!same_request(&plan->requests[k], &world->plan.requests[k]))
            return false;
    for (size_t k = 0; k < plan->n_requests; k++)
        plan->requests[k] = world->plan.requests[k];
    return true;
}

static void leave(struct why_world *world)
{
    model_finish(&world->model);
    plan_finish(&world->plan);
    arena_finish(&world->arena);
    *world = (struct why_world){0};
}

/* The plan that asked stays with the model: its requests say where everything is. */
static int enter(struct why_replay *replay, unsigned made, struct uptake_error *error)
{
    struct why_world *world = &replay->world;
    struct merge_jobs jobs;
    leave(world);
    for (size_t k = 0; k < replay->n_texts; k++)
        if (replay->texts[k].mixed && write_text(replay, &replay->texts[k], made, error) != 0)
            return -1;
    if (make_spec(replay, made, &world->arena, &world->spec, error) != 0 ||
        plan_build(&world->spec, replay->options.only, &world->plan, error) != 0 ||
        merge_resolve(&world->spec, &world->plan, &jobs, error) != 0)
        return -1;
    replay->to->loads++;
    if (run_load(&world->plan, &replay->options, false, &world->model, error) != 0)
        return -1;
    world->loaded = true;
    world->made = made & replay->reloading;
    return 0;
}

/* --- Plugins ----------------------------------------------------------------------------------- */

static void make_key(const struct result_input *inputs, size_t count, char key[HASH_HEX])
{
    struct hash hash;
    hash_start(&hash);
    for (size_t k = 0; k < count; k++) {
        const char *const texts[] = {inputs[k].kind, inputs[k].name, inputs[k].sha256};
        for (size_t t = 0; t < 3; t++)
            hash_add(&hash, texts[t], strlen(texts[t]) + 1);
    }
    hash_end(&hash, key);
}

static double *keep_numbers(struct arena *arena, const double *values, uint64_t n, bool *failed)
{
    double *kept = values ? arena_array(arena, n, sizeof *kept) : NULL;
    if (kept && n)
        memcpy(kept, values, n * sizeof *kept);
    *failed |= values && !kept;
    return kept;
}

/* Numbers of innovations are all that merges, and plugins that read another's answers, look at. */
static int keep(struct why_replay *replay, const struct result_plugin *from, uint64_t n,
                struct uptake_error *error)
{
    struct arena *arena = &replay->to->arena;
    struct why_known *known = arena_alloc(arena, sizeof *known);
    struct result_column *columns = arena_array(arena, from->n_columns, sizeof *columns);
    bool failed = !known || !columns;
    for (size_t w = 0; w < from->n_columns && !failed; w++) {
        const struct result_column *column = &from->columns[w];
        if (column->write->entity[0] || !column->values)
            continue;
        columns[w].values = keep_numbers(arena, column->values, n, &failed);
        columns[w].low = keep_numbers(arena, column->low, n, &failed);
        columns[w].high = keep_numbers(arena, column->high, n, &failed);
        columns[w].rows = n;
    }
    if (failed)
        return error_memory(error);
    *known = (struct why_known){
        .result = {.columns = columns, .n_columns = from->n_columns, .status = from->status},
        .next = replay->known};
    make_key(from->inputs, from->n_inputs, known->key);
    replay->known = known;
    return 0;
}

/* A known result as this plan calls it. */
static const struct result_plugin *dress(const struct why_known *known,
                                         const struct plan_plugin *of, struct arena *arena)
{
    struct result_plugin *result = arena_alloc(arena, sizeof *result);
    struct result_column *columns = arena_array(arena, known->result.n_columns, sizeof *columns);
    if (!result || !columns)
        return NULL;
    *result = known->result;
    result->name = of->spec->name;
    result->plugin = of->plugin;
    result->columns = columns;
    for (size_t w = 0; w < result->n_columns; w++) {
        columns[w] = known->result.columns[w];
        columns[w].write = &of->plugin->writes[w];
    }
    return result;
}

static int check_plugin(const struct result_plugin *plugin, struct uptake_error *error)
{
    if (plugin->status == PLUGIN_OK && plugin->failed == 0)
        return 0;
    return error_add(error, EXIT_INPUT, "plugin %s failed%s%.400s", plugin->name,
                     plugin->n_messages ? ": " : "", plugin->n_messages ? plugin->messages[0] : "");
}

/* Of one mixture. arena: its own. */
struct asking {
    const struct why_replay *replay;
    struct arena *arena;
};

static const struct result_plugin *find_known(void *user, const struct plan_plugin *of,
                                              const struct result_input *inputs, size_t n_inputs)
{
    const struct asking *asking = user;
    const struct why_known *known = asking->replay->known;
    char key[HASH_HEX];
    make_key(inputs, n_inputs, key);
    while (known && strcmp(known->key, key) != 0)
        known = known->next;
    return known ? dress(known, of, asking->arena) : NULL;
}

static int run_plugins(struct why_replay *replay, const struct plan *plan, struct arena *arena,
                       struct result *result, struct uptake_error *error)
{
    struct asking asking = {replay, arena};
    const struct run_known known = {find_known, &asking};
    struct run_options options = replay->options;
    options.inputs = true;
    options.known = &known;
    if (run_execute(plan, &replay->world.model, &options, result, error) != 0)
        return -1;
    for (size_t p = 0; p < plan->n_plugins; p++) {
        const struct result_plugin *plugin = &result->plugins[p];
        if (!plugin->inputs) /* a known one has none */
            continue;
        replay->to->plugin_runs++;
        if (check_plugin(plugin, error) != 0 ||
            keep(replay, plugin, replay->world.model.innovations, error) != 0)
            return -1;
    }
    return 0;
}

/* --- One mixture ------------------------------------------------------------------------------- */

static int check_merges(const struct result *result, struct uptake_error *error)
{
    for (size_t m = 0; m < result->n_merges; m++)
        if (result->merges[m].failure)
            return error_add(error, EXIT_INPUT, "merge %s: %.400s", result->merges[m].name,
                             result->merges[m].failure);
    return 0;
}

struct mixture {
    struct spec spec;
    struct plan plan;
    struct merge_jobs merges;
    struct result result;
    struct arena arena;
};

static int run_mixture(struct why_replay *replay, unsigned made, struct mixture *mixture,
                       struct uptake_error *error)
{
    struct plan *plan = &mixture->plan;
    if (make_spec(replay, made, &mixture->arena, &mixture->spec, error) != 0 ||
        plan_build(&mixture->spec, replay->options.only, plan, error) != 0 ||
        merge_resolve(&mixture->spec, plan, &mixture->merges, error) != 0)
        return -1;
    const struct why_world *world = &replay->world;
    bool same = world->loaded && world->made == (made & replay->reloading);
    if (!(same && serves(world, plan)) && (enter(replay, made, error) != 0 || !serves(world, plan)))
        return error && error->count ? -1 : error_memory(error);
    if (replay->options.in_process)
        merge_in_process(&mixture->merges);
    if (merge_check_all(plan, &world->model, &mixture->merges, error) != 0 ||
        run_plugins(replay, plan, &mixture->arena, &mixture->result, error) != 0 ||
        merge_apply(plan, &mixture->merges, &mixture->result, error) != 0)
        return -1;
    return check_merges(&mixture->result, error);
}

/* A signal that came and is waiting: the run ends here, and the signal is delivered once the folders are gone. */
static int check_interrupt(struct uptake_error *error)
{
    static const int kinds[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t waiting;
    sigpending(&waiting);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct sigaction action;
        sigaction(kinds[k], NULL, &action);
        if (sigismember(&waiting, kinds[k]) == 1 && action.sa_handler != SIG_IGN)
            return error_add(error, 128 + kinds[k], "interrupted by SIG%s", sigabbrev_np(kinds[k]));
    }
    return 0;
}

int why_replay_run(struct why_replay *replay, unsigned made, const struct why_taker *taker,
                   const char **trouble, struct uptake_error *error)
{
    struct uptake_error *found = calloc(1, sizeof *found);
    struct mixture mixture = {0};
    *trouble = NULL;
    int failed = found ? check_interrupt(found) : error_memory(error);
    failed = failed ? failed : run_mixture(replay, made, &mixture, found);
    if (found && !failed)
        taker->take(taker->user, made, &mixture.result);
    result_finish(&mixture.result);
    merge_jobs_finish(&mixture.merges);
    plan_finish(&mixture.plan);
    arena_finish(&mixture.arena);
    if (found && failed) {
        bool wrong = found->exit_code == EXIT_INPUT;
        *trouble =
            wrong ? arena_text(&replay->to->arena, found->text[0], strlen(found->text[0])) : NULL;
        if (!wrong && error)
            *error = *found;
        failed = *trouble ? 1 : -1;
    }
    free(found);
    replay->to->coalitions++;
    return failed;
}

void why_replay_forget(struct why_replay *replay)
{
    leave(&replay->world);
    replay->reloading = 0;
    for (unsigned p = 0; p < replay->to->edits.n_players; p++)
        replay->reloading |= (unsigned)replay->to->edits.players[p].reloads << p;
}

void why_replay_close(struct why_replay *replay)
{
    leave(&replay->world);
    for (int side = 0; side < 2; side++)
        unpack_remove(&replay->files[side]);
    if (replay->held)
        sigprocmask(SIG_SETMASK, &replay->mask, NULL);
}
