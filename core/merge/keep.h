/* What a run keeps of a merge. */
#ifndef UPTAKE_MERGE_KEEP_H
#define UPTAKE_MERGE_KEEP_H

#include "merge/merge.h"
#include "result/result.h"
#include "spec/spec.h"

/* Up to so many innovations, parts are kept without being asked for. */
enum { KEEP_PARTS = 10000 };

/* Room for the parts of a request, in the result's arena; none where they are not wanted. Fails with: out of memory. */
int keep_parts(const struct spec_merge *spec, struct merge_request *request, struct result *result,
               struct uptake_error *error);

/* Fills `merged` from a merge that stays where it is. Fails with: out of memory. */
int keep_merge(const struct merge_result *from, const struct spec_merge *spec,
               const struct merge_request *request, struct result *result,
               struct result_merged *merged, struct uptake_error *error);

#endif
