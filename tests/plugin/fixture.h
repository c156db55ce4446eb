/* A descriptor in memory with nothing wrong with it, for tests to spoil, and temporary folders of bundles. */
#ifndef TESTS_PLUGIN_FIXTURE_H
#define TESTS_PLUGIN_FIXTURE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "plugin/plugin.h"

enum { GOOD_READS = 11, GOOD_PARAMS = 7, GOOD_WRITES = 7, FOLDER_BYTES = 64 };

/* Copies of bundles/good.c: the rows in the arrays, and the structs that point to them. */
struct fixture {
    struct uptake_read reads[GOOD_READS];
    struct uptake_param params[GOOD_PARAMS];
    struct uptake_write writes[GOOD_WRITES];
    struct uptake_plugin plugin;
    struct uptake_plugin second; /* a copy with another id, not in the bundle */
    const struct uptake_plugin *plugins[2];
    struct uptake_bundle bundle;
};

void fixture_start(struct fixture *fixture);

/* As a child would describe it and the host read it. */
int bundle_fixture_read(const struct fixture *fixture, struct arena *arena,
                        struct plugin_bundle *bundle, struct uptake_error *error);

/* A new folder below /tmp, mode 0755; removed with all that is in it by folder_remove. */
void folder_make(char folder[FOLDER_BYTES]);
void folder_remove(const char *folder);
/* TEST_BUNDLES/BUNDLE.so as FOLDER/NAME. */
void folder_copy(const char *folder, const char *bundle, const char *name);

#endif
