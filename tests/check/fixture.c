#include "check/fixture.h"

#include <criterion/criterion.h>
#include <string.h>

const struct plugin *check_plugin_of(const char *path, struct arena *arena)
{
    struct plugin_bundle bundle;
    struct uptake_error error = {0};
    cr_assert(plugin_scan(path, 0, arena, &bundle, &error) == 0, "%s", error.text[0]);
    return &bundle.plugins[0];
}

void check_trial_of(const struct plugin *plugin, const char *model, const struct watch *watch,
                    struct trial *trial)
{
    struct trial_model text = {.text = model, .bytes = strlen(model), .name = "model"};
    struct run_options options = {.in_process = true, .watch = watch};
    struct uptake_error error = {0};
    cr_assert(trial_plan(trial, plugin, NULL, &error) == 0, "%s", error.text[0]);
    cr_assert(trial_load(trial, &text, &error) == 0, "%s", error.text[0]);
    cr_assert(trial_run(trial, &options, &error) == 0, "%s", error.text[0]);
}
