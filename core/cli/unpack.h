/* The texts of a record as files again, in a folder of their own, so that they can be run. */
#ifndef UPTAKE_CLI_UNPACK_H
#define UPTAKE_CLI_UNPACK_H

#include "result/record_read.h"

enum { UNPACK_PATH = 2048 };

struct unpacked {
    char root[UNPACK_PATH];
    char above[UNPACK_PATH]; /* folders between the root and where relative paths begin */
    char spec[UNPACK_PATH];
    const struct record *record;
};

/*
 * Writes the spec, the model and what it includes below a new temporary folder, as far from each other as they were. A text
 * that was too large to keep is taken from its own place, where it still has the recorded hash. No path leaves the folder.
 * Fails with: a text that is nowhere any more; the disk. unpack_remove takes what was begun, too.
 */
int unpack(const struct record *record, struct unpacked *unpacked, struct uptake_error *error);
/* Where a path of the record stands now. Fails with: it is too long. */
int unpack_place(const struct unpacked *unpacked, const char *path, char out[UNPACK_PATH],
                 struct uptake_error *error);
/* A path below the folder as it was before, or the path itself. */
const char *unpack_original(const struct unpacked *unpacked, const char *path);
void unpack_remove(struct unpacked *unpacked);

#endif
