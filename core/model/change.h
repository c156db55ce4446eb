/*
 * Changes of a scenario, made to rows in the making, before anything looks at them: so the model that is loaded is the
 * one that its file would give if it said so, whatever filters, rules and as_of make of it.
 */
#ifndef UPTAKE_MODEL_CHANGE_H
#define UPTAKE_MODEL_CHANGE_H

#include "model/schema.h"

struct loader;

enum change_outcome { OUTCOME_SAME, OUTCOME_CHANGED, OUTCOME_UNKNOWN };

/* One change, bound to its field. */
struct change {
    const struct spec_change *spec;
    struct schema_field *field; /* NULL: one of the user's own that the run does not read */
    int needed;                 /* slot of what `provided` is held against; -1 */
    struct growing_table rows;  /* whose filters choose the rows; none of the schema's tables */
    struct growing_table
        owner;          /* the same of the innovation that the rows are in; list NULL: any */
    struct cell value;  /* to be set */
    struct cell before; /* of the row in the making, while it is taken */
    bool taken;
    enum change_outcome outcome;
    struct change *next; /* of the same list */
};

/*
 * Which innovations a change is about: an innovation's own fields may stand behind its lists in the file. Where they do,
 * the model is read once more, and by then it is known. matches: a byte an innovation of the file and change.
 */
struct change_owners {
    struct buffer matches;
    bool any; /* some change asks for it */
    bool known, undecided;
};

struct changes {
    struct change *all;
    size_t count;
    struct change_owners *owners;
    struct model_changed *before;     /* one a change, when the innovation began */
    const struct yaml_event *playing; /* a value of the spec that is being bound, as events */
    size_t at, n_playing;
};

/* Binds the options' changes to the schema, and marks the requests that they touch. Fails with: paths that are not of the
 * grammar, fields, types, ranges, choices, each with its place in the spec and the nearest name. */
int change_bind(struct loader *loader);
/* The row in the making, changed. */
void change_row(struct loader *loader, struct schema_list *list);
/* The row stays: it counts. */
void change_count(struct loader *loader, const struct schema_list *list);
/* The cells as they were: for a row that makes several judgements. */
void change_undo(struct loader *loader, struct schema_list *list);
/* An innovation begins; nothing of it stays. */
void change_innovation(struct loader *loader);
void change_take_back(struct loader *loader);

#endif
