/*
 * Reports: a run's result as a readable table, JSON or CSV, and what is known of plugins as text or JSON.
 *
 * Everything goes to a struct report_out that the caller opened; only core/cli opens standard output. A
 * write that fails sticks there, so the functions fail with memory only.
 */
#ifndef UPTAKE_REPORT_REPORT_H
#define UPTAKE_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "plugin/plugin.h"
#include "report/out.h"
#include "result/result.h"

/* How a text is set: columns of the terminal, whether it takes colours; or as markdown, unwrapped. */
struct report_style {
    size_t width;
    bool colour;
    bool markdown;
    bool ascii; /* the terminal shows no line-drawing characters */
};
extern const struct report_style report_markdown;

/* Innovations that get a row, and findings, in a readable table. */
enum { TABLE_MOST = 30 };

/* For people: what must be known first, one row an innovation, what stands in the way, what is not known. */
int report_table(const struct result *result, const struct report_style *style,
                 struct report_out *out, struct uptake_error *error);

/* One innovation for people: its places and why, its measures, findings, and what is not known. What settling a measure
 * would do stands there where merge_explain was asked. */
int report_explain(const struct result *result, uint64_t innovation,
                   const struct report_style *style, struct report_out *out,
                   struct uptake_error *error);
int report_explain_json(const struct result *result, uint64_t innovation, struct report_out *out,
                        struct uptake_error *error);

/* The documented JSON of a run; the same run gives the same bytes. */
int report_json(const struct result *result, struct report_out *out, struct uptake_error *error);

/*
 * CSV (RFC 4180 quoting, lines end in LF, UTF-8 without a byte-order mark). One table of everything measured
 * and merged; or a folder (made if it is not there): run, measures, merged, findings, status, agreement, comparisons, sources, and a
 * file for each table that plugins wrote into. Nothing is there unless all of it is.
 * A text that begins with = + - @, a tab or a carriage return stands behind an apostrophe, so that no spreadsheet runs what a
 * model says as a formula; numbers stay numbers.
 */
int report_csv(const struct result *result, struct report_out *out, struct uptake_error *error);
int report_csv_folder(const struct result *result, const char *folder, struct uptake_error *error);

/* Plugins that were found, and bundles that could not be described. */
int report_plugins(const struct plugin_bundle *bundles, size_t n_bundles,
                   const struct report_style *style, struct report_out *out,
                   struct uptake_error *error);
void report_plugins_json(const struct plugin_bundle *bundles, size_t n_bundles,
                         struct report_out *out);

/* One plugin: what it reads, what can be tuned, what it writes. */
int report_describe(const struct plugin *plugin, const struct report_style *style,
                    struct report_out *out, struct uptake_error *error);
void report_describe_json(const struct plugin *plugin, struct report_out *out);

/* The same of a merge plugin. */
int report_describe_merge(const struct plugin_merge *merge, const struct report_style *style,
                          struct report_out *out, struct uptake_error *error);
void report_describe_merge_json(const struct plugin_merge *merge, struct report_out *out);

/* What there is to choose from for a merge; the keys of a spec. */
void report_merges(const struct report_style *style, struct report_out *out);
void report_merges_json(struct report_out *out);
int report_spec_keys(const struct report_style *style, struct report_out *out,
                     struct uptake_error *error);
void report_spec_keys_json(struct report_out *out);
/* The statistics of comparisons, all of them or one; false: there is none of that name. */
void report_statistics(const struct report_style *style, struct report_out *out);
void report_statistics_json(struct report_out *out);
bool report_statistic(const char *name, const struct report_style *style, struct report_out *out);
bool report_statistic_json(const char *name, struct report_out *out);
/* Tables and views of a record. */
void report_record(const struct report_style *style, struct report_out *out);
void report_record_json(struct report_out *out);
/* The fields that a model can have: all (NULL), those of one part ("support", "commissioning", "adopters"), or one by its
 * path. find fails with: there is no such part or field, and the nearest. */
int report_vocabulary_find(const char *filter, struct uptake_error *error);
int report_vocabulary(const char *filter, const struct report_style *style, struct report_out *out,
                      struct uptake_error *error);
void report_vocabulary_json(const char *filter, struct report_out *out);
/* The constructs of the frameworks; as a part of a model they are called REPORT_CONSTRUCTS. */
#define REPORT_CONSTRUCTS "constructs"
int report_constructs(const struct report_style *style, struct report_out *out,
                      struct uptake_error *error);
void report_constructs_json(struct report_out *out);
/* The keys of the JSON, and the columns of the CSV files. */
int report_json_keys(const struct report_style *style, struct report_out *out,
                     struct uptake_error *error);
void report_json_keys_json(struct report_out *out);
int report_csv_columns(const struct report_style *style, struct report_out *out,
                       struct uptake_error *error);
void report_csv_columns_json(struct report_out *out);
/* One method, or a word of `missing:`, `normalise:` or `weights:`, an object a line where several are called so; false:
 * there is none of that name. */
bool report_merge_method(const char *name, const struct report_style *style,
                         struct report_out *out);
bool report_merge_method_json(const char *name, struct report_out *out);

#endif
