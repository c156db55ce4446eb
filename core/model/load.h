/*
 * Inside the loader. One pass streams events into cells (value.c), closes rows (row.c: rules, as_of, tables) and
 * follows references (refs.c). Errors that only the whole model can show are found at the end without a place;
 * a second pass, which knows every id, then gives them theirs.
 */
#ifndef UPTAKE_MODEL_LOAD_H
#define UPTAKE_MODEL_LOAD_H

#include <sys/types.h>

#include "base/yaml.h"
#include "model/change.h"
#include "model/ruleset.h"
#include "model/schema.h"

enum { CONSTRUCT_BYTES = 64 };

/* A construct as written, until the row's framework is known. */
struct rating {
    char text[CONSTRUCT_BYTES];
    size_t bytes;
    struct place place;
    struct cell value;
};

/* A reference of the innovation in the making, for the check at its end. */
struct pending {
    int32_t text;
    enum field_target target;
    const struct schema_list *list; /* TARGET_SAME_LIST */
    struct place place;
};

/* Ids of the innovation in the making, by text id. */
struct scope_entry {
    uint32_t innovation; /* number + 1 */
    uint32_t row;        /* see define_local */
};
struct scope {
    struct scope_entry *entries;
    size_t count;
};

/* Ids of a whole-model target, by text id: row + 1; 0: none; ROW_DROPPED: left out as later. */
enum { ROW_DROPPED = UINT32_MAX };
struct registry {
    uint32_t *rows;
    size_t count;
    uint32_t next;
    bool dangling;       /* inside one check: what was named is not (yet) there */
    struct buffer named; /* int32_t text ids named before they were defined, if ever */
};

/* Rows that follow each other in one innovation, for the check on circles. */
struct follow {
    int32_t id;
    int32_t follows;
    struct place place;
    uint8_t state;
};

/* When an adopter lived, by its row; a spell that came before its adopter did. */
struct life {
    struct uptake_period opened, closed;
};
struct life_check {
    int32_t adopter; /* text id */
    struct uptake_period adopted, stopped;
};

/* A measurement of the innovation in the making, for the check on totals beside their levels. */
struct measured {
    uint64_t key;
    bool has_level;
    struct place place;
};

/* A file or folder still to be read: as it is opened, as it is called, and where it is named. */
struct include {
    const char *path;
    const char *name;
    struct place place;
};

/* Of what is kept. */
struct counts {
    uint64_t left_out, elsewhere, hindsight, desk_rows, basis_rows;
};

struct loader {
    const struct model_options *options;
    struct model *model;
    struct uptake_error *error;
    struct arena *arena;
    struct schema schema;
    struct pool pool;
    struct yaml *yaml;
    const char *file; /* the file being read, as it is called in messages */
    const char *path; /* as it was opened */
    bool second;
    bool stop;           /* no further message finds room, or memory is out */
    uint32_t innovation; /* number of the one in the making, from 0 */
    uint32_t kept;       /* innovations kept */

    struct registry innovations, adopters, priorities, evidence, rules;
    struct scope vehicles, levers, local_evidence;
    struct scope same_list; /* ids of one kept table's new rows; innovation: a stamp */
    uint32_t same_list_stamp;
    uint32_t evidence_before;      /* innovations' evidence rows before this one */
    uint32_t evidence_rows;        /* of this one */
    struct buffer pendings;        /* struct pending */
    struct buffer ratings;         /* struct rating */
    struct rating construct;       /* of a row with `construct:` */
    struct buffer follows;         /* struct follow, of the list being read */
    struct buffer lives;           /* struct life */
    struct buffer life_checks;     /* struct life_check */
    struct buffer measured;        /* struct measured */
    struct buffer files;           /* struct model_file */
    struct buffer includes;        /* struct include */
    struct buffer repeats;         /* of twice.c */
    struct uptake_error *told;     /* what twice.c completes while it reads once more; else NULL */
    struct ruleset rules_read;     /* as they are met */
    const struct ruleset *ruleset; /* read and checked before this load; NULL: not */
    bool rules_only;               /* that reading: nothing else of a file is looked at */
    const char *title;
    struct counts counts, counts_before; /* before this innovation */
    struct changes changes;
};

/* References in a kept column, until they are settled: the text id of what is named, or a local evidence row. */
#define REF_NAMED(text) (-((int64_t)1 << 40) - (text))
#define REF_LOCAL(row) (((int64_t)1 << 40) + (row))

/* --- load.c ------------------------------------------------------------------------------------ */

/* The next event; -1 also once the load has been stopped. */
int load_next(struct loader *loader, struct yaml_event *event);
/* Reads over the value whose first event is given. */
int load_skip(struct loader *loader, const struct yaml_event *event);
/* A list of rows, or of single values. */
int load_list(struct loader *loader, struct schema_list *list, const struct yaml_event *event);
/* A key that the mapping lacks: a message, and its value is read over. */
int load_unknown(struct loader *loader, const struct schema_map *map, const struct yaml_event *key);

/* --- top.c ------------------------------------------------------------------------------------- */

/* The file that is open, whole. */
int top_read(struct loader *loader);

/* --- value.c ----------------------------------------------------------------------------------- */

/* Binds a value, scalar or mapping, to a field's cell. What is wrong is a message; -1 only ends the load. */
int value_bind(struct loader *loader, struct schema_list *list, struct schema_field *field,
               const struct yaml_event *event);
/* The same into any cell: for ratings. */
int value_into(struct loader *loader, const struct schema_field *field, struct cell *cell,
               const struct yaml_event *event);
/* enum uptake_missing of a plain word, or UPTAKE_PRESENT. */
int value_reason(const struct yaml_event *event);
/* Puts a reason into a field's cell. */
void value_missing(struct schema_list *list, const struct schema_field *field, int why,
                   struct place place);
/* A bare number, or one of a rating's levels by name. False: neither. */
bool value_number(const struct schema_field *field, struct cell *cell,
                  const struct yaml_event *event, double *x);
/* "FIELD: found 'X'; expected Y"; answers 0. */
int value_complain(struct loader *loader, const struct schema_field *field,
                   const struct yaml_event *event, const char *expected);
/* Messages so far, those without room too. */
static inline uint64_t value_messages(const struct loader *loader)
{
    return (uint64_t)loader->error->count + loader->error->more;
}
/* "0 to 1, for plugin X" */
const char *value_range_text(double min, double max, const char *wanted_by, char text[160]);
void value_range_check(struct loader *loader, const struct schema_field *field,
                       const struct yaml_event *event, double x);
void value_number_expected(struct loader *loader, const struct schema_field *field,
                           const struct yaml_event *event);
/* The code of a choice's text, or -1. */
int value_choice(const struct schema_field *field, const char *text, size_t bytes);
void value_choice_unknown(struct loader *loader, const struct schema_field *field,
                          const struct yaml_event *event);

/* --- doubt.c ----------------------------------------------------------------------------------- */

/* {low, mode, high} and the like, into a cell. */
int doubt_number(struct loader *loader, const struct schema_field *field, struct cell *cell,
                 const struct yaml_event *event);
/* A share for each choice. */
int doubt_choice(struct loader *loader, const struct schema_field *field, struct cell *cell,
                 const struct yaml_event *event);
void doubt_set(struct cell *cell, int doubt, double best, double low, double high);
void doubt_suppressed(const struct schema_field *field, struct cell *cell, double low, double high);
/* What may stand for a number, in words. */
extern const char doubt_forms[];

/* --- row.c ------------------------------------------------------------------------------------- */

void row_begin(struct loader *loader, struct schema_list *list);
int row_end(struct loader *loader, struct schema_list *list, struct place place);
static inline const struct cell *row_cell(const struct schema_list *list, int role)
{
    return role >= 0 && list->cells[role].stamp == list->stamp ? &list->cells[role] : NULL;
}
/* The cell where it holds a value, else NULL. */
static inline const struct cell *row_value(const struct schema_list *list, int role)
{
    const struct cell *cell = row_cell(list, role);
    return cell && cell->why == UPTAKE_PRESENT ? cell : NULL;
}

/* --- table.c ----------------------------------------------------------------------------------- */

/* Puts the row in the making down in one table. */
int table_put(struct loader *loader, struct growing_table *table, uint8_t basis, bool has_basis);
/* Takes back what a row's inner lists put down. */
void table_take_back_inner(struct growing_table *table);
/* Takes back all rows behind the first ones. */
void table_truncate(struct growing_table *table, uint64_t rows);

/* --- as_of.c ----------------------------------------------------------------------------------- */

/* Whether the row has any field that as_of looks at: most rows, and most runs, can skip the rest. */
bool as_of_looks_at(const struct schema_list *list);
/* The row is to be left out. */
bool as_of_begins_later(const struct loader *loader, const struct schema_list *list);
/* What the row says of later is missing. */
void as_of_forget(const struct loader *loader, struct schema_list *list);

/* --- filter.c ---------------------------------------------------------------------------------- */

/* Whether the row in the making is one of the table's. */
bool filter_takes(const struct growing_table *table);

/* --- rules.c ----------------------------------------------------------------------------------- */

/* What one row must hold to by itself; messages only. */
void rules_check(struct loader *loader, struct schema_list *list, struct place place);
/* Hangs each list's rule on it. */
void rules_bind(struct schema *schema);
/* Framework, construct and value of a judgement; sets construct and domain. False: a message was given. */
bool rules_judgement(struct loader *loader, struct schema_list *list, const struct rating *rating,
                     const struct cell *value, struct place place);
/* Whether a rating lies on its framework's scale; else a message. */
bool rules_in_framework(struct loader *loader, int framework, const struct cell *value);
/* At an innovation's end: totals beside their levels. */
int rules_measured(struct loader *loader);

/* --- refs.c ------------------------------------------------------------------------------------ */

/* Hangs each list's registry on it. */
void refs_bind(struct loader *loader);
/* Registers a row's id; a message where it stands twice. */
int refs_define(struct loader *loader, struct schema_list *list, const struct cell *id,
                bool dropped);
/* Notes a reference for the check. */
int refs_name(struct loader *loader, const struct schema_list *list, enum field_target target,
              const struct cell *cell);
/* At an innovation's end: everything local is checked and settled. */
int refs_innovation(struct loader *loader);
/* A list of an innovation is read: circles of `follows`. */
int refs_follows(struct loader *loader, struct schema_list *list);
/* The row of an adopter, by its text id: row + 1; 0: none (yet). */
uint32_t refs_adopter_row(const struct loader *loader, int32_t adopter);
/* At the model's end. 0: all is well; 1: something dangles, a second pass finds the place. */
int refs_finish(struct loader *loader);
/* Before a file is read from its beginning: no innovation has ids yet. */
void refs_forget(struct loader *loader);
void refs_free(struct loader *loader);

/* --- files.c ----------------------------------------------------------------------------------- */

/* Reads the files once more: every id is known, nothing is kept, and messages go to the loader's error. */
int load_from_start(struct loader *loader);

/* --- twice.c ----------------------------------------------------------------------------------- */

/* An id that stands twice: a message. -1: memory. */
int twice_found(struct loader *loader, const struct schema_list *list, const struct cell *id);
/* An id, while the files are read once more. */
void twice_seen(struct loader *loader, const struct schema_list *list, const struct cell *id);
/* After a load that failed: tells each such message where the first one stands. */
void twice_tell(struct loader *loader);

/* --- lives.c ----------------------------------------------------------------------------------- */

/* Notes when an adopter lived. */
int lives_adopter(struct loader *loader, const struct schema_list *list);
/* Whether a spell stands inside its adopter's life; noted, where the adopter comes later. */
int lives_spell(struct loader *loader, const struct schema_list *list);
/* Takes back the last adopter's. */
void lives_forget(struct loader *loader);
/* At the model's end: whether a noted spell does not. */
bool lives_violated(const struct loader *loader);

/* --- elsewhere.c ------------------------------------------------------------------------------- */

/* Whether the row in the making is of an adopter, or names one, that the run is not about. */
bool elsewhere_leaves_out(const struct loader *loader, const struct schema_list *list);
/* Counts it, and takes back what was noted of it. */
void elsewhere_forget(struct loader *loader, const struct schema_list *list);

/* --- freeze.c ---------------------------------------------------------------------------------- */

int model_freeze(struct loader *loader, struct model *model);

#endif
