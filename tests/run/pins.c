/* Versions and their ranges. Order as in Semantic Versioning 2.0.0, item 11 ("1.0.0-alpha < 1.0.0-beta < 1.0.0 < 2.0.0 <
 * 2.1.0 < 2.1.1"). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/trial.h"
#include "run/pin.h"

static const struct {
    const char *version, *range;
    int fits;
} cases[] = {
    {"1.2.0", "1.2.0", 1},         {"1.2.0", "=1.2.0", 1},
    {"1.2", "1.2.0", 1},           {"1.2.1", "1.2", 0},
    {"1.2.0", ">=1.2 <2", 1},      {"1.10.0", ">=1.2 <2", 1},
    {"2.0.0", ">=1.2 <2", 0},      {"1.1.9", ">=1.2 <2", 0},
    {"1.2.0", ">1.2", 0},          {"1.2.0", "<=1.2", 1},
    {"1.2.0", ">=1.2, <2", 1},     {"1.0.0-alpha", "<1.0.0-beta", 1},
    {"1.0.0-beta", "<1.0.0", 1},   {"1.0.0", "<1.0.0-beta", 0},
    {"2.1.0", ">2.0.0 <2.1.1", 1}, {"2.0.0+build7", "2.0.0", 1},
    {"nonsense", ">=0", 0},        {"1.0.0", "", -1},
    {"1.0.0", ">=", -1},           {"1.0.0", "one", -1},
    {"1.0.0", ">= 1", -1},         {"1.0.0", "1..0", -1},
    {"1.0.0", "1.0.0.0.0", -1},    {"1.0.0", "99999999999999999999", -1},
    {"1.0.0", "~1.0", -1},
};

Test(run_pins, versions)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        cr_expect(pin_version_fits(cases[k].version, cases[k].range) == cases[k].fits,
                  "'%s' in '%s': %d", cases[k].version, cases[k].range,
                  pin_version_fits(cases[k].version, cases[k].range));
}

/* --- A bundle that is another by the time it is loaded --------------------------------------------- */

/* The pin was held against the first one; what the workers would load is another. */
Test(run_pins, another_bundle)
{
    static const char text[] = "uptake: 1\ninnovations: [{id: a, name: A}]\n";
    struct trial_model model = {.text = text, .bytes = sizeof text - 1, .name = "model"};
    struct run_options options = {.jobs = 2};
    struct plugin_bundle bundle;
    struct arena arena = {0};
    struct trial trial = {0};
    struct uptake_error error = {0};
    char folder[] = "/tmp/uptake-pins-XXXXXX", path[64], hash[HASH_HEX], command[512];
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/run-steady.so", folder);
    snprintf(command, sizeof command, "cp %s/run-steady.so %s", TEST_BUNDLES, path);
    cr_assert(system(command) == 0);
    cr_assert(plugin_scan(path, 0, &arena, &bundle, &error) == 0, "%s", error.text[0]);
    cr_assert(plugin_hash(&bundle.plugins[0], hash, &error) == 0);
    const struct spec_plugin pinned = {.name = "a", .sha256 = hash, .revision = -1};
    cr_expect(pin_check(&pinned, &bundle.plugins[0], &error) == 0);
    cr_assert(trial_plan(&trial, &bundle.plugins[0], NULL, &error) == 0, "%s", error.text[0]);
    cr_assert(trial_load(&trial, &model, &error) == 0, "%s", error.text[0]);
    snprintf(command, sizeof command, "cp %s/run-gives.so %s.new && mv %s.new %s", TEST_BUNDLES,
             path, path, path);
    cr_assert(system(command) == 0);
    cr_assert(trial_run(&trial, &options, &error) == 0, "%s", error.text[0]);
    const struct result_plugin *plugin = &trial.result.plugins[0];
    cr_expect(plugin->status == PLUGIN_FAILED && plugin->ok == 0);
    cr_expect(plugin->n_messages &&
                  strstr(plugin->messages[0], "it has changed since it was described"),
              "%s", plugin->n_messages ? plugin->messages[0] : "nothing was said");
    cr_expect(pin_check(&pinned, &bundle.plugins[0], &error) == -1);
    trial_finish(&trial);
    arena_finish(&arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_expect(system(command) == 0);
}
