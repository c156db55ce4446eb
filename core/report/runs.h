/* What two runs have in common and where they differ, for people and for scripts. */
#ifndef UPTAKE_REPORT_RUNS_H
#define UPTAKE_REPORT_RUNS_H

#include "check/versions.h"
#include "compare/attribution.h"
#include "compare/runs.h"
#include "report/declared.h"
#include "report/report.h"
#include "report/view.h"

/* What was asked beside the comparison. condition: of --fail-if; NULL: none. why: NULL: nobody asks. */
struct runs_verdict {
    const char *condition;
    bool holds;
    const struct attribution *why;
};

int report_runs(const struct runs *runs, const struct runs_verdict *verdict,
                const struct report_style *style, struct report_out *out,
                struct uptake_error *error);
void report_runs_json(const struct runs *runs, const struct runs_verdict *verdict,
                      struct report_out *out);
/* One table: a line for each score, rank, value, status and finding that is not equal in both, and for each share of why
 * (NULL: nobody asks). */
void report_runs_csv(const struct runs *runs, const struct attribution *why,
                     struct report_out *out);

/* Two versions of a plugin. command: that shows what the search found; NULL: it found nothing. keep: the file that holds
 * it; NULL: none. */
struct versions_report {
    const struct versions *versions;
    const struct versions_ask *ask;
    struct declared declared;
    const char *command, *keep;
};
int report_versions(const struct versions_report *report, const struct runs_verdict *verdict,
                    const struct report_style *style, struct report_out *out,
                    struct uptake_error *error);
void report_versions_json(const struct versions_report *report, const struct runs_verdict *verdict,
                          struct report_out *out);
void report_versions_csv(const struct versions_report *report, struct report_out *out);

/* A record and its rerun. where: of the first difference. */
struct runs_replay {
    bool same;
    const char *where;
};
void report_rerun(const struct runs *runs, const struct runs_replay *replay,
                  const struct report_style *style, struct report_out *out);
void report_rerun_json(const struct runs *runs, const struct runs_replay *replay,
                       struct report_out *out);

/* Whether a score or a rank of a merge is another. */
bool runs_moved(const struct runs *runs, const struct runs_merge *merge,
                const struct runs_row *row);

/* --- Sections of the readable report ----------------------------------------------------------- */

struct runs_table {
    const struct runs *runs;
    const struct report_style *style;
    struct report_out *out;
    struct texts *texts;
};

void table_runs_head(const struct runs_table *table);
void table_runs_verdict(const struct runs_table *table, const struct runs_verdict *verdict);
/* "WHAT: it was -> it is", a line each. */
void table_runs_changes(const struct runs_table *table, const struct runs_input *rows,
                        size_t count);
void table_runs_inputs(const struct runs_table *table);
void table_runs_why(const struct runs_table *table, const struct attribution *why);
void table_runs_lists(const struct runs_table *table);
void table_runs_statistics(const struct runs_table *table);
void table_runs_ranks(const struct runs_table *table);
void table_runs_values(const struct runs_table *table);
void table_runs_findings(const struct runs_table *table);

#endif
