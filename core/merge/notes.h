/* Notes: what a reader of a merge should be told beside its numbers. */
#ifndef UPTAKE_MERGE_NOTES_H
#define UPTAKE_MERGE_NOTES_H

#include "base/error.h"
#include "merge/grid.h"

/* Fills notes and n_notes of a ranked result, from its arena. Fails with: out of memory. */
int notes_write(const struct grid *grid, struct merge_result *result, struct uptake_error *error);

#endif
