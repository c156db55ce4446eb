/* Scenarios: see scenario.h. */
#include "run/scenario.h"

#include <stdio.h>
#include <string.h>

/* --- Loading ----------------------------------------------------------------------------------- */

static int prepare(const struct plan *plan, const struct spec_scenario *of,
                   struct scenario *scenario, struct arena *arena, struct uptake_error *error)
{
    scenario->of = of;
    scenario->spec = *plan->spec;
    if (of->as_of_given) {
        scenario->spec.as_of_given = true;
        scenario->spec.as_of = of->as_of;
    }
    scenario->plan = *plan;
    scenario->plan.spec = &scenario->spec;
    scenario->plan.requests = arena_array(arena, plan->n_requests, sizeof *scenario->plan.requests);
    scenario->changed = arena_array(arena, of->n_changes, sizeof *scenario->changed);
    if (!scenario->plan.requests || !scenario->changed)
        return error_memory(error);
    if (plan->n_requests)
        memcpy(scenario->plan.requests, plan->requests, plan->n_requests * sizeof *plan->requests);
    return 0;
}

/* Old and new are held against each other row by row, so the innovations must be the same ones. */
static bool same_innovations(const struct model *a, const struct model *b)
{
    if (a->innovations != b->innovations)
        return false;
    for (uint64_t i = 0; i < a->innovations; i++)
        if (strcmp(model_text(a, a->ids[i]), model_text(b, b->ids[i])) != 0)
            return false;
    return true;
}

/* Where a rule of the model no longer holds, the message names a place of the model, which is right as it stands. */
static int load_failed(const struct spec_scenario *of, struct uptake_error *error)
{
    size_t bytes = strlen(of->place.file);
    for (uint32_t k = 0; error && error->exit_code == EXIT_INPUT && k < error->count; k++)
        if (strncmp(error->text[k], of->place.file, bytes) != 0)
            return error_at(error, of->place, "scenario '%.64s': its changes do not fit the model",
                            of->name);
    return -1;
}

static int load(struct scenario *scenario, const struct run_options *options, bool check,
                const struct model *baseline, struct uptake_error *error)
{
    struct run_options with = *options;
    with.changes = scenario->of->changes;
    with.n_changes = scenario->of->n_changes;
    with.changed = scenario->changed;
    if (run_load(&scenario->plan, &with, check, &scenario->model, error) != 0)
        return load_failed(scenario->of, error);
    if (same_innovations(baseline, &scenario->model))
        return 0;
    return error_add(error, EXIT_INPUT, "%s: changed while it was read", scenario->spec.model);
}

int scenarios_load(const struct plan *plan, const struct run_options *options, bool check,
                   const struct model *baseline, struct scenarios *scenarios,
                   struct uptake_error *error)
{
    const struct spec *spec = plan->spec;
    int failed = 0;
    scenarios->all = arena_array(&scenarios->arena, spec->n_scenarios, sizeof *scenarios->all);
    if (!scenarios->all)
        return error_memory(error);
    for (size_t k = 0; k < spec->n_scenarios; k++) {
        struct scenario *scenario = &scenarios->all[scenarios->count++];
        if (prepare(plan, &spec->scenarios[k], scenario, &scenarios->arena, error) != 0)
            return -1;
        failed |= load(scenario, options, check, baseline, error);
    }
    return failed;
}

/* --- Running ----------------------------------------------------------------------------------- */

int scenario_run(struct scenario *scenario, const struct run_options *options,
                 const struct result *baseline, struct result *result, struct uptake_error *error)
{
    struct run_options with = *options;
    with.inputs = false;
    with.reuse = NULL;
    return run_execute_again(&scenario->plan, &scenario->model, &with, baseline,
                             scenario->of->as_of_given, result, error);
}

static const char *what_is_done(const struct spec_change *change, struct arena *arena)
{
    static const char *const kinds[] = {
        [CHANGE_VALUE] = "value", [CHANGE_SCALE] = "scale", [CHANGE_CLOSE] = "close"};
    char line[200];
    return arena_format(arena, "%s %s", kinds[change->kind],
                        tree_line(change->value, false, line, sizeof line));
}

int scenario_describe(const struct scenario *scenario, const struct result *result,
                      struct arena *arena, struct result_scenario *described,
                      struct uptake_error *error)
{
    const struct spec_scenario *of = scenario->of;
    struct result_change *changes = arena_array(arena, of->n_changes, sizeof *changes);
    if (!changes)
        return error_memory(error);
    for (size_t k = 0; k < of->n_changes; k++) {
        changes[k] = (struct result_change){
            of->changes[k].path, what_is_done(&of->changes[k], arena), scenario->changed[k]};
        if (!changes[k].what)
            return error_memory(error);
    }
    *described = (struct result_scenario){of->name, of->title,     of->as_of_given,
                                          changes,  of->n_changes, result};
    return 0;
}

void scenarios_finish(struct scenarios *scenarios)
{
    for (size_t k = 0; k < scenarios->count; k++)
        model_finish(&scenarios->all[k].model);
    arena_finish(&scenarios->arena);
    *scenarios = (struct scenarios){0};
}
