/* What the files that write and read records share. */
#ifndef UPTAKE_RESULT_RECORD_INTERNAL_H
#define UPTAKE_RESULT_RECORD_INTERNAL_H

#include "base/buffer.h"
#include "base/database.h"
#include "result/record.h"

/* Words by number, NULL-terminated; the number of a word, or -1. */
extern const char *const record_levels[];   /* enum uptake_level */
extern const char *const record_missing[];  /* enum uptake_missing */
extern const char *const record_better[];   /* enum uptake_better + 1 */
extern const char *const record_types[];    /* enum uptake_type: of a write */
extern const char *const record_states[];   /* enum result_status */
extern const char *const record_statuses[]; /* enum plugin_status */
int record_word(const char *const *words, const char *word);

/* --- Where values stand: record_stores.c --------------------------------------------------------- */

struct record_write {
    uint64_t number;
    struct result_plugin *plugin;
    struct result_column *column;
};

/* A table of rows of a list (0: the innovations; MODEL_NO_TABLE: the portfolio's one), and what is written beside them. */
struct record_store {
    uint32_t table;
    uint32_t part; /* from 0: of more writes than a table has room for */
    char name[48];
    const struct record_write *writes;
    size_t n_writes;
    int head, columns; /* those before the values; all */
};

struct record_stores {
    struct record_store *all;
    size_t count;
};

/* lists: a table of the model: it is recorded, whether anything is written beside it or not. -1: no memory. */
int record_stores_build(const struct result *result, const bool *lists, struct arena *arena,
                        struct record_stores *stores);
uint64_t record_store_rows(const struct model *model, const struct record_store *store);

/* SQL in the making; text.data is a text unless it failed, which sticks. */
struct record_sql {
    struct buffer text;
    bool failed;
};
void record_say_open(struct record_sql *sql);
__attribute__((format(printf, 2, 3))) void record_say(struct record_sql *sql, const char *format,
                                                      ...);
void record_store_sql(const struct record_store *store, struct record_sql *sql);

/* --- Writing ------------------------------------------------------------------------------------- */

struct record_saver {
    struct database *database;
    const struct result *result;
    const struct record_run *run;
    bool *lists; /* a table of the model: it is recorded */
    struct record_stores stores;
    struct arena arena;
    char made[24]; /* when */
    struct uptake_error *error;
};

/* record_machine.c: rows of `run` about the machine. */
void record_machine(struct statement *run);
/* record_inputs.c. Answers -1 with a message of its own. */
int record_inputs(struct record_saver *saver);
/* record_values.c, record_rows.c, record_findings.c, record_merged.c, record_compared.c: what came out. */
void record_plugins(struct record_saver *saver);
void record_lists(struct record_saver *saver);
void record_findings(struct record_saver *saver);
void record_merged(struct record_saver *saver);
void record_compared(struct record_saver *saver);
void record_scenarios(struct record_saver *saver);
/* record_views.c: views with names for people. */
void record_views(struct record_saver *saver);

/* A row's value as a word or number, and why there is none. text: room for a written text. */
void record_cell(const struct result_plugin *plugin, const struct result_column *column,
                 uint64_t row, char text[UPTAKE_TEXT_BYTES + 1], struct database_value *value,
                 struct database_value *missing);
/* enum uptake_missing of a row without a value; 0: it has one, or is a text. */
int record_why(const struct result_column *column, uint64_t row);
/* The reason of most rows without a value, or 0: it stands once, with the write. */
int record_usual_why(const struct result_column *column);
/* The number of a plugin's first write among all. */
uint64_t record_first_write(const struct result *result, size_t plugin);
/* Merged rows, in the order in which they are listed. more: what stands behind each (the scenario), or NULL. */
void record_merged_rows(struct record_saver *saver, const char *table,
                        const struct result_merged *merged, uint64_t m, struct database_value more);

#endif
