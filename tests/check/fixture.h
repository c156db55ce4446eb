/* For the units of core/check: a plugin of the tests or of plugins/, and trials of it over models that are text. */
#ifndef TESTS_CHECK_FIXTURE_H
#define TESTS_CHECK_FIXTURE_H

#include "check/trial.h"

/* A bundle's first plugin; a bundle that cannot be described fails the test. */
const struct plugin *check_plugin_of(const char *path, struct arena *arena);
/* Planned, loaded and run in this process, under a watch or NULL. */
void check_trial_of(const struct plugin *plugin, const char *model, const struct watch *watch,
                    struct trial *trial);

#endif
