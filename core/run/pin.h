/* What a spec demands of a plugin: its version, its method's revision, the very bytes of its bundle. */
#ifndef UPTAKE_RUN_PIN_H
#define UPTAKE_RUN_PIN_H

#include <stdbool.h>

#include "plugin/plugin.h"
#include "spec/spec.h"

/*
 * Whether a version lies within a range: conditions with blanks between, all of which must hold: `>=1.2 <2`, `1.4.0`,
 * `=1.4.0`. Versions are numbers with dots between; what is left out counts as 0, and a version with a hyphen (1.0.0-rc.1)
 * comes before the one without. -1: the range is none.
 */
int pin_version_fits(const char *version, const char *range);

/* Fails with: every demand that is not met, at its place in the spec, what was demanded and what was found. */
int pin_check(const struct spec_plugin *spec, const struct plugin *plugin,
              struct uptake_error *error);

#endif
