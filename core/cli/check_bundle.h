/* uptake check of a bundle, or of a plugin's folder: is it sound, and are its worked examples right? */
#ifndef UPTAKE_CLI_CHECK_BUNDLE_H
#define UPTAKE_CLI_CHECK_BUNDLE_H

#include "cli/cli.h"

/* Options of `check` that are about bundles. */
enum { CHECK_CASES = 100, CHECK_SEED, CHECK_ONLY, CHECK_IN_PROCESS, CHECK_FUZZ, CHECK_FORMAT };

/* A shared object, or a folder. */
bool check_is_bundle(const char *path);

/* What does not hold is a message, exit code 1; then 0 is answered all the same. */
int check_bundle(const struct cli_line *line, const char *path, struct arena *arena,
                 struct report_out *out, struct uptake_error *error);

#endif
