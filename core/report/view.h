/*
 * A result as its writers see it: the measures with their names, the tables that plugins wrote into, and
 * what a reader must be told wherever the numbers go (the caveats). Made once, used by every format.
 */
#ifndef UPTAKE_REPORT_VIEW_H
#define UPTAKE_REPORT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "result/result.h"

/* Texts made as they are needed. The first failure sticks: text is "" from then on, and `failed` is asked once. */
struct texts {
    struct arena arena;
    bool failed;
};
__attribute__((format(printf, 2, 3))) const char *texts_make(struct texts *texts,
                                                             const char *format, ...);
void *texts_array(struct texts *texts, size_t count, size_t size);

/* One written column. name: "NAME.WRITE": letters, digits, '-' and '_' beside the point. */
struct view_measure {
    const char *name;
    size_t name_bytes;
    const struct result_plugin *plugin;
    const struct result_column *column;
    size_t write; /* its place among the plugin's writes */
};

/* The columns that plugins wrote into one table. */
struct view_table {
    const char *entity; /* "support[]", "/adopters[]", "/" */
    uint32_t table;     /* of the model; MODEL_NO_TABLE: one row for the whole portfolio */
    uint64_t rows;
    const struct view_measure *columns;
    size_t n_columns;
};

struct view {
    const struct result *result;
    struct view_measure *measures; /* of innovations */
    size_t n_measures;
    struct view_table *tables;
    size_t n_tables;
    const char **caveats;
    size_t n_caveats;
    struct texts texts;
};

/* Fails with: out of memory. */
int view_build(const struct result *result, struct view *view, struct uptake_error *error);
void view_finish(struct view *view);

/* --- Words ------------------------------------------------------------------------------------- */

const char *view_level(int level); /* enum uptake_level */
const char *view_plugin_status(enum plugin_status status);
const char *view_missing(int why); /* enum uptake_missing */
/* What a desk reading is, in the words that go with every number that rests on one. */
extern const char view_desk_reading[];

/* --- Values ------------------------------------------------------------------------------------ */

const char *view_id(const struct result *result, uint64_t innovation);
const char *view_name(const struct result *result, uint64_t innovation);
/* A choice's word, or NULL where there is none. */
const char *view_choice(const struct result_column *column, uint64_t row);
bool view_has_bounds(const struct result_column *column);

/* The id of the rule that a pair's row is about; NULL: the table is not of pairs. */
const char *view_rule(const struct model *model, uint32_t table, uint64_t row);

/* Where a row of a table stands. innovation: UINT64_MAX: of the portfolio. row: from 0 within the innovation's list. */
struct view_place {
    uint64_t innovation;
    uint64_t row;
};
struct view_place view_place(const struct model *model, uint32_t table, uint64_t row);
/* The same, where the row is likely to be that innovation's, or the next one's. */
struct view_place view_place_near(const struct model *model, uint32_t table, uint64_t row,
                                  uint64_t innovation);

/* A finding about the innovation, or the portfolio, as a whole; else it is about a row of a list. */
bool view_is_whole(const struct result *result, const struct result_note *note);
/* What a finding is about: "" the whole, else a list ("support[]"). */
const char *view_entity(const struct result *result, const struct result_note *note);
/* Flags (enum model_basis) of the row that a finding is about; of an innovation as a whole BASIS_DESK where
 * every row that the plugin's headline rests on is a desk reading. */
unsigned view_note_basis(const struct result *result, const struct result_plugin *plugin,
                         const struct result_note *note);

/* Findings of one innovation: notes[first]..notes[end - 1]; of the portfolio for innovation = UINT64_MAX. */
struct view_span {
    uint64_t first, end;
};
struct view_span view_notes(const struct result *result, const struct result_plugin *plugin,
                            uint64_t innovation);

#endif
