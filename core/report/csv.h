/* CSV cells: RFC 4180 quoting, LF, empty for what is missing. Shared by the one table and the folder. */
#ifndef UPTAKE_REPORT_CSV_H
#define UPTAKE_REPORT_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "report/out.h"
#include "report/view.h"

struct csv {
    struct report_out *out;
    bool comma;
};

void csv_text(struct csv *csv, const char *text); /* NULL: empty */
void csv_number(struct csv *csv, double x);       /* not finite: empty */
void csv_count(struct csv *csv, uint64_t x);
void csv_empty(struct csv *csv);
void csv_line(struct csv *csv);
/* A whole line of texts, ended by NULL. */
void csv_header(struct csv *csv, const char *const *names);

/* Of what rests on several measures: that some of it is desk reading; NULL: none is. */
const char *csv_caveat(const struct result *result);

/* A measure's value: number, choice or text. */
void csv_value(struct csv *csv, const struct view_measure *measure, uint64_t row);
/* Every measure of every innovation, a line each; merges too, as "merge:NAME.score". */
void csv_measures(struct csv *csv, const struct view *view, bool merges);

/* What each innovation's score is made of; and weights, figures and influence of each merge. */
void csv_merge_parts(struct csv *csv, const struct view *view);
void csv_merges(struct csv *csv, const struct view *view);

/* Every figure of every comparison, a line each; a and b are empty where it is of all sides together. */
void csv_comparisons(struct csv *csv, const struct view *view);

#endif
