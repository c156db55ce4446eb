/*
 * Fuzzing: random models, each in strict views and in a child of its own, until one is answered wrongly or the time is up.
 * The model that failed is then made as small as it gets, and kept as a file.
 */
#ifndef UPTAKE_CHECK_FUZZ_H
#define UPTAKE_CHECK_FUZZ_H

#include "check/suite.h"

struct fuzz {
    uint64_t models; /* tried */
    bool found;
    char text[SUITE_TEXT]; /* what was wrong */
    const char *model;     /* the smallest that fails, as YAML; NULL: none */
    size_t bytes;
};

/* Owns: arena. Fails with: the machine; an interrupt. */
int fuzz_run(const struct plugin *plugin, uint64_t seed, double seconds, struct arena *arena,
             struct fuzz *fuzz, struct uptake_error *error);

#endif
