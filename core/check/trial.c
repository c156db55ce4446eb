/* A trial: see trial.h. */
#include "check/trial.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* --- The plan ---------------------------------------------------------------------------------- */

const char *trial_quantity_path(struct arena *arena, const char *read_path)
{
    return arena_format(arena, "custom.%s", read_path + 1);
}

/* Another plugin's number arrives as the model's would. */
static int plan_quantity(struct trial *trial, size_t index, struct uptake_error *error)
{
    struct plan_plugin *of = &trial->plan.plugins[0];
    const struct uptake_read *read = &of->plugin->reads[index];
    struct model_request request = {.path = trial_quantity_path(&trial->plan.arena, read->path),
                                    .type = UPTAKE_NUMBER,
                                    .doubt = (read->flags & UPTAKE_DOUBT) != 0,
                                    .min = read->min,
                                    .max = read->max,
                                    .wanted_by = of->plugin->id};
    if (!request.path)
        return error_memory(error);
    of->reads[index] = (struct plan_read){plan_request(&trial->plan, &request), SIZE_MAX, 0};
    return of->reads[index].request == SIZE_MAX ? error_memory(error) : 0;
}

int trial_plan(struct trial *trial, const struct plugin *plugin, const struct tree *with,
               struct uptake_error *error)
{
    *trial = (struct trial){.use = {.name = plugin->id, .use = plugin->id, .with = with}};
    trial->spec = (struct spec){.path = plugin->bundle,
                                .folder = ".",
                                .model_text = "model",
                                .plugins = &trial->use,
                                .n_plugins = 1,
                                .limits = {10, 60, UINT64_C(512) << 20}};
    trial->use.use_place = (struct place){plugin->bundle, 0, 0};
    struct plan *plan = &trial->plan;
    plan->spec = &trial->spec;
    plan->n_plugins = 1;
    plan->plugins = arena_array(&plan->arena, 1, sizeof *plan->plugins);
    if (!plan->plugins)
        return error_memory(error);
    struct plan_plugin *of = &plan->plugins[0];
    *of = (struct plan_plugin){.spec = &trial->use, .plugin = plugin};
    of->reads = arena_array(&plan->arena, plugin->n_reads, sizeof *of->reads);
    if (!of->reads)
        return error_memory(error);
    if (params_bind(plugin, with, &plan->arena, &of->params, error) != 0)
        return -1;
    for (size_t k = 0; k < plugin->n_reads; k++)
        if (plugin->reads[k].path[0] == '@' && plan_quantity(trial, k, error) != 0)
            return -1;
    return plan_reads(plan, of, error);
}

/* --- The model --------------------------------------------------------------------------------- */

static int write_all(int file, const char *text, size_t bytes)
{
    while (bytes > 0) {
        ssize_t written = write(file, text, bytes);
        if (written <= 0)
            return -1;
        text += written;
        bytes -= (size_t)written;
    }
    return 0;
}

/* The loader reads files: this one has no name. */
int trial_load(struct trial *trial, const struct trial_model *model, struct uptake_error *error)
{
    char path[64];
    int file = memfd_create("uptake-model", MFD_CLOEXEC);
    if (file < 0)
        return error_errno(error, "make", "a file in memory");
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    trial->spec.as_of_given = model->as_of_given;
    trial->spec.as_of = model->as_of;
    struct model_options load = {.path = path,
                                 .name = model->name,
                                 .as_of_given = model->as_of_given,
                                 .as_of = model->as_of,
                                 .requests = trial->plan.requests,
                                 .n_requests = trial->plan.n_requests};
    int failed = write_all(file, model->text, model->bytes) != 0
                     ? error_errno(error, "write", "a file in memory")
                     : model_load(&load, &trial->model, error);
    close(file);
    return failed;
}

/* --- The run ----------------------------------------------------------------------------------- */

int trial_run(struct trial *trial, const struct run_options *options, struct uptake_error *error)
{
    return run_execute(&trial->plan, &trial->model, options, &trial->result, error);
}

void trial_finish(struct trial *trial)
{
    result_finish(&trial->result);
    model_finish(&trial->model);
    plan_finish(&trial->plan);
    *trial = (struct trial){0};
}
