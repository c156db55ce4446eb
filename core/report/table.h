/* The readable table's parts: each prints one section of it, in this order. */
#ifndef UPTAKE_REPORT_TABLE_H
#define UPTAKE_REPORT_TABLE_H

#include "report/prose.h"
#include "report/report.h"
#include "report/view.h"

enum {
    TABLE_ROWS = TABLE_MOST, /* innovations that get a row */
    TABLE_FINDINGS = 10,     /* that get their findings, where not all get a row */
    TABLE_IDS = 6            /* ids named in a sentence */
};

struct table {
    const struct result *result;
    const struct report_style *style;
    struct report_out *out;
    struct texts *texts;
    const uint64_t *order; /* innovations as listed */
    size_t n_rows;         /* of them printed */
};

void table_head(const struct table *table);
void table_firsts(const struct table *table);
void table_rows(const struct table *table);
void table_places(const struct table *table);
void table_findings(const struct table *table);
void table_checks(const struct table *table);
void table_rules(const struct table *table);
void table_gaps(const struct table *table);
void table_scenarios(const struct table *table);
void table_methods(const struct table *table);
void table_influence(const struct table *table);
/* What must be true of a reader who saw the last line only. */
void table_foot(const struct table *table);
/* full: each with its address and the rows that name it. */
void table_sources(const struct table *table, bool full);

/* The findings of one innovation as a section; nothing without any. */
void table_findings_of(const struct table *table, uint64_t innovation, const char *heading);
void table_compare(const struct table *table);
/* How three and more sides of a comparison agree, two by two. */
void table_heat(const struct table *table, const struct result_comparison *comparison);

/* What a plugin calls the weakest point: its first choice or text of an innovation whose name begins so, or NULL. */
const struct result_column *table_weakest(const struct result_plugin *plugin);

/* Whether one order holds: a paragraph, or NULL without a merge. */
const char *table_order(const struct table *table);

/* "a, b, c and 4 more": ids, the first TABLE_IDS of them. */
const char *table_ids(const struct table *table, const uint64_t *innovations, size_t count,
                      uint64_t total);

#endif
