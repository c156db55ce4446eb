/*
 * Every key of the JSON and every column of the CSV files, as rows: what `uptake describe json` and `describe csv` print, and
 * docs/reference with them. The writers stand beside them, in json_*.c and csv_*.c; tests/whole/output-keys.sh holds every
 * key and column that several runs write against these rows, and every row against one that is written: a key that is new needs its row, one that goes takes it along.
 */
#ifndef UPTAKE_REPORT_OUTPUT_ROWS_H
#define UPTAKE_REPORT_OUTPUT_ROWS_H

#include <stddef.h>

struct output_shape;

/*
 * path: below the shape's own: keys joined by points, "[]" for each entry of a list; a word in capitals stands for any key
 * (of CSV: for a column named after it). type: "text", "number", "count", "flag", "list", "object"; "... or null". shape:
 * what is below that path; NULL: nothing that is told elsewhere.
 */
struct output_row {
    const char *path, *type, *unit, *doc;
    const struct output_shape *shape;
};

/* A document, a part that several documents have, or a CSV file. */
struct output_shape {
    const char *name, *doc;
    const struct output_row *rows;
    size_t count;
};

#define OUTPUT_SHAPE(name, doc, rows)                                                              \
    {                                                                                              \
        name, doc, rows, sizeof(rows) / sizeof *(rows)                                             \
    }

/* Documents first, then their parts. */
const struct output_shape *const *output_json(size_t *count);
const struct output_shape *const *output_csv(size_t *count);
/* How many of them are documents. */
enum { OUTPUT_DOCUMENTS = 5 };

extern const struct output_shape output_head, output_values, output_finding, output_table_row,
    output_source, output_run, output_explain, output_compare, output_rerun, output_scenario,
    output_merge, output_comparison, output_part, output_innovation, output_versions, output_runs,
    output_column, output_verdict;

#endif
