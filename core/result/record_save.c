/*
 * Writing a record: see record.h. One transaction into a file that has no name yet; rows come straight from the result's
 * columns, so nothing is allocated by the row.
 */
#include "result/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "result/record_internal.h"

/* --- The schema -------------------------------------------------------------------------------- */

static void make_schema(struct database *database)
{
    char head[96];
    size_t count;
    const struct record_table *all = record_tables(&count);
    snprintf(head, sizeof head, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             RECORD_IDENTITY, RECORD_VERSION);
    database_run(database, head);
    for (size_t k = 0; k < count; k++)
        database_run(database, all[k].sql);
}

/* --- The run ----------------------------------------------------------------------------------- */

static void put_pair(struct statement *insert, const char *key, const char *value)
{
    STATEMENT_PUT(insert, value_text(key), value_text(value));
}

static void put_number(struct statement *insert, const char *key, uint64_t value)
{
    STATEMENT_PUT(insert, value_text(key), value_count(value));
}

static void save_run(struct record_saver *saver)
{
    const struct result *result = saver->result;
    const struct model *model = result->model;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO run(key, value) VALUES (?1, ?2)");
    char date[DATE_BYTES];
    date_print(date, result->as_of);
    put_pair(insert, "uptake", UPTAKE_VERSION);
    put_pair(insert, "made", saver->made);
    put_pair(insert, "title", result->spec_title);
    put_pair(insert, "note", result->spec_note);
    put_pair(insert, "spec", result->spec_path);
    put_pair(insert, "model", result->model_path);
    put_pair(insert, "model_title", model->title);
    put_pair(insert, "as_of", date);
    put_number(insert, "as_of_given", result->as_of_given);
    put_pair(insert, "containment", result->containment);
    put_number(insert, "left_out", model->left_out);
    put_number(insert, "hindsight", model->hindsight);
    put_number(insert, "desk_rows", model->desk_rows);
    put_number(insert, "basis_rows", model->basis_rows);
    put_number(insert, "innovations", model->innovations);
    put_pair(insert, "where", result->where);
    put_number(insert, "where_kept", result->where_kept);
    put_number(insert, "where_all", result->where_all);
    record_machine(insert);
    statement_close(insert);
}

static void save_asked(struct record_saver *saver)
{
    const struct record_run *run = saver->run;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO options VALUES (?1, ?2, ?3)");
    for (size_t k = 0; k < run->n_options; k++)
        STATEMENT_PUT(insert, value_count(k), value_text(run->options[k].name),
                      value_text(run->options[k].value));
    statement_close(insert);
    insert = statement_open(saver->database, "INSERT INTO timings VALUES (?1, ?2)");
    for (size_t k = 0; k < run->n_timings; k++)
        STATEMENT_PUT(insert, value_text(run->timings[k].stage),
                      value_number(run->timings[k].seconds));
    statement_close(insert);
}

/* --- Sources ----------------------------------------------------------------------------------- */

static void save_sources(struct record_saver *saver)
{
    const struct record_run *run = saver->run;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO sources VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (size_t k = 0; k < run->n_sources; k++) {
        const struct record_source *source = &run->sources[k];
        STATEMENT_PUT(insert, value_count(k), value_text(source->id), value_text(source->type),
                      value_number(source->year), value_text(source->text),
                      value_text(source->url));
    }
    statement_close(insert);
    insert = statement_open(saver->database, "INSERT INTO source_uses VALUES (?1, ?2, ?3, ?4)");
    for (size_t k = 0; k < run->n_uses; k++) {
        const struct record_use *use = &run->uses[k];
        STATEMENT_PUT(insert, value_count(use->innovation), value_text(use->entity),
                      value_count(use->row), value_count(use->source));
    }
    statement_close(insert);
}

/* --- The whole --------------------------------------------------------------------------------- */

static void save_all(struct record_saver *saver)
{
    make_schema(saver->database);
    save_run(saver);
    save_asked(saver);
    save_sources(saver);
    record_lists(saver);
    record_plugins(saver);
    record_findings(saver);
    record_merged(saver);
    record_compared(saver);
    record_scenarios(saver);
    record_views(saver);
}

static void say_time(char text[24])
{
    time_t now = time(NULL);
    struct tm parts;
    text[0] = 0;
    if (gmtime_r(&now, &parts))
        strftime(text, 24, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

int record_save(int file, const char *name, const struct result *result,
                const struct record_run *run, struct uptake_error *error)
{
    struct record_saver saver = {.result = result, .run = run, .error = error};
    saver.lists = calloc(result->model->n_tables + 1, sizeof *saver.lists);
    if (!saver.lists)
        return error_memory(error);
    say_time(saver.made);
    int failed = database_create(&saver.database, file, name, error);
    if (!failed) {
        save_all(&saver);
        failed = record_inputs(&saver);
        int closed = database_close(saver.database, failed ? NULL : error);
        failed = failed ? failed : closed;
        if (!failed && fsync(file) != 0)
            failed = error_errno(error, "write", name);
    }
    free(saver.lists);
    arena_finish(&saver.arena);
    return failed;
}
