/* What the files that read records share. */
#ifndef UPTAKE_RESULT_RECORD_READ_INTERNAL_H
#define UPTAKE_RESULT_RECORD_READ_INTERNAL_H

#include "result/record_internal.h"
#include "result/record_read.h"

/* At most that many of each: more is no record. */
enum { RECORD_MOST = 100000 };

/* A kind of finding: whose, how grave, about which list (UINT64_MAX: none), in which words. */
struct record_kind {
    size_t plugin;
    uint8_t level;
    uint64_t list;
    const char *text;
    int n_values;
    int32_t number; /* in its plugin's log; -1: none yet, or no room */
};

struct record_loader {
    struct database *database;
    struct record *record;
    uint64_t rows_most;            /* a file of that size has no more rows */
    bool answers;                  /* nothing but what plugins answered is read */
    struct result_column **writes; /* by number */
    size_t n_writes;
    uint32_t *write_plugins;
    uint8_t *usual;      /* a write: enum uptake_missing where no other reason is named */
    uint32_t *n_choices; /* a write's */
    struct record_kind *kinds;
    size_t n_kinds;
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

/* A table's SQL is as it should be. */
void record_check_table(struct record_loader *loader, const char *name, const char *sql);
/* The id of a row's text in the model's pool; -1: NULL. The pool stands still once it is settled. */
int32_t record_pool(struct record_loader *loader, struct statement *row, int column);
void record_settle_pool(struct record_loader *loader);
/* A record of a plugin's log; its place, UINT32_MAX where it found no room. */
uint32_t record_append(struct record_loader *loader, size_t p, struct log_head head,
                       const char *text, size_t bytes);

/* Stage by stage; a failure sticks in the database. */
void record_read_model(struct record_loader *loader);
void record_read_plugins(struct record_loader *loader);
void record_read_rows(struct record_loader *loader);
void record_read_findings(struct record_loader *loader);
void record_read_merged(struct record_loader *loader);

#endif
