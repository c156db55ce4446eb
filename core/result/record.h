/*
 * The record of a run: one SQLite file with what went in (texts and hashes), what ran, and what came out, in long tables
 * that sqlite3, pandas and R read. docs/record.md describes every table; the format has a version.
 */
#ifndef UPTAKE_RESULT_RECORD_H
#define UPTAKE_RESULT_RECORD_H

#include "result/result.h"
#include "spec/spec.h"

/* "uptk", and the version of the format: raised when a table or a meaning changes. */
enum { RECORD_IDENTITY = 0x7570746b, RECORD_VERSION = 2 };
/* Texts above that many bytes are recorded by their hash alone. */
enum { RECORD_TEXT_MOST = 16 << 20 };

/* A table or view: its SQL, NULL or empty where it is made for what a run writes; doc: what one row is. */
struct record_table {
    const char *name;
    const char *sql;
    const char *doc;
};
/* Tables of every record; tables of values; views. */
const struct record_table *record_tables(size_t *count);
const struct record_table *record_tables_made(size_t *count);
const struct record_table *record_views_rows(size_t *count);

/* An option of the command line that can change what comes out: "set", "merge.balanced.missing=worst". */
struct record_option {
    const char *name, *value;
};

struct record_timing {
    const char *stage;
    double seconds;
};

/* A source that rows of the model rest on, and a row that names it. NaN or NULL: not given. */
struct record_source {
    const char *id, *type;
    double year;
    const char *text, *url;
};
struct record_use {
    uint64_t innovation;
    const char *entity; /* "support[]" */
    uint64_t row;       /* from 0 within the innovation's list */
    uint64_t source;
};

/* What of a machine can change the last digit of a result: architecture, processor, C library. */
enum { RECORD_MACHINE_BYTES = 512 };
void record_machine_words(char words[RECORD_MACHINE_BYTES]);

/* What a run was asked, beside its spec, how long it took, and what its rows rest on. */
struct record_run {
    const struct spec *spec;
    const struct record_option *options;
    size_t n_options;
    const struct record_timing *timings;
    size_t n_timings;
    const struct record_source *sources;
    size_t n_sources;
    const struct record_use *uses;
    size_t n_uses;
};

/*
 * Writes the record into an empty file that is open as `file`. name: for messages. What was read is read once more, for
 * its hash. Fails with: a file of the model that is another by now; the disk is full; without SQLite.
 */
int record_save(int file, const char *name, const struct result *result,
                const struct record_run *run, struct uptake_error *error);

#endif
