/* What the files that read records share. */
#ifndef UPTAKE_RESULT_RECORD_READ_INTERNAL_H
#define UPTAKE_RESULT_RECORD_READ_INTERNAL_H

#include "result/record_internal.h"
#include "result/record_read.h"

/* At most that many of each: more is no record. */
enum { RECORD_MOST = 100000 };

struct record_loader {
    struct database *database;
    struct record *record;
    uint64_t rows_most;            /* a file of that size has no more rows */
    struct result_column **writes; /* by number */
    size_t n_writes;
    uint32_t *write_plugins;
    struct log_writer log; /* of the plugin log_of */
    size_t log_of;
};

/* Copies of the arena. NULL, sticking, where memory is out. */
void *record_array(struct record_loader *loader, uint64_t count, size_t size);
const char *record_copy(struct record_loader *loader, struct statement *row, int column);
/* The same, where there must be one. */
const char *record_copy_of(struct record_loader *loader, struct statement *row, int column);
/* A word's number; refuses others. */
int record_word_of(struct record_loader *loader, struct statement *row, int column,
                   const char *const *words);
/* How many rows a table of few rows has. */
uint64_t record_rows(struct record_loader *loader, const char *count_sql);

/* Stage by stage; a failure sticks in the database. */
void record_read_model(struct record_loader *loader);
void record_read_plugins(struct record_loader *loader);
void record_read_cells(struct record_loader *loader);
void record_read_findings(struct record_loader *loader);
void record_read_merged(struct record_loader *loader);

#endif
