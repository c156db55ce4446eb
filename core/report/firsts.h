/*
 * What it would pay to find out first: measures of innovations, by how far settling one of them alone would narrow
 * the places of all. From the parts that merge/explain.h fills; nothing without them.
 */
#ifndef UPTAKE_REPORT_FIRSTS_H
#define UPTAKE_REPORT_FIRSTS_H

#include "report/json.h"
#include "report/view.h"

/* part: of the merge in which it narrows most. places, score: means over the merges. */
struct first {
    const struct result_part *part;
    double places, score;
};

/* The best of them, at most `room`; answers how many. A failure sticks to texts. */
size_t firsts_find(const struct result *result, struct texts *texts, struct first *firsts,
                   size_t room);
/* Why it is not known: what its plugin says of the innovation; NULL: nothing. */
const char *firsts_why(const struct result *result, struct texts *texts, const struct first *first);
/* "find_out_first": [...], null where it was not worked out. */
void firsts_json(struct json *json, const struct view *view);

#endif
