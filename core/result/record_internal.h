/* What the files that write and read records share. */
#ifndef UPTAKE_RESULT_RECORD_INTERNAL_H
#define UPTAKE_RESULT_RECORD_INTERNAL_H

#include "base/database.h"
#include "result/record.h"

/* The tables and views, as their own SQL; each is a row. */
struct record_table {
    const char *name;
    const char *sql;
};
const struct record_table *record_tables(size_t *count);
const struct record_table *record_views(size_t *count);

/* Words by number, NULL-terminated; the number of a word, or -1. */
extern const char *const record_levels[];   /* enum uptake_level */
extern const char *const record_missing[];  /* enum uptake_missing */
extern const char *const record_better[];   /* enum uptake_better + 1 */
extern const char *const record_types[];    /* enum uptake_type: of a write */
extern const char *const record_states[];   /* enum result_status */
extern const char *const record_statuses[]; /* enum plugin_status */
int record_word(const char *const *words, const char *word);

struct record_saver {
    struct database *database;
    const struct result *result;
    const struct record_run *run;
    bool *lists; /* a table of the model: it is recorded */
    struct uptake_error *error;
};

/* record_machine.c: rows of `run` about the machine. */
void record_machine(struct statement *run);
/* record_inputs.c. Answers -1 with a message of its own. */
int record_inputs(struct record_saver *saver);
/* record_values.c, record_merged.c: what came out. */
void record_values(struct record_saver *saver);
void record_merged(struct record_saver *saver);
void record_compared(struct record_saver *saver);
void record_scenarios(struct record_saver *saver);
/* One column, all its rows; more: what stands behind each (the scenario). */
void record_column(struct statement *insert, const struct result_plugin *plugin,
                   const struct result_column *column, uint64_t write, struct database_value more);
/* The number of a plugin's first write among all. */
uint64_t record_first_write(const struct result *result, size_t plugin);

#endif
