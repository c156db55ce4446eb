/*
 * Where a missing value would be written: the path of one row, by what tells it from the others of its list
 * ("support[resource=skills, phase=set_up].provided"), and whether its absence says something by itself.
 */
#ifndef UPTAKE_CHECK_MISSING_LABELS_H
#define UPTAKE_CHECK_MISSING_LABELS_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/model.h"

/* Requests that one field may ask for besides its own. */
enum { LABEL_KEYS = 3, LABELS_EACH = LABEL_KEYS + 3 };

/* key: "resource". request: of its column; SIZE_MAX: none. */
struct label_key {
    const char *key;
    size_t request;
    const struct model_request *found;
};

struct labels {
    const char *path;  /* of the field: "support[].provided" */
    const char *field; /* behind the list: "provided"; "" the list itself */
    bool list;         /* the list itself is missing */
    uint32_t table;    /* whose rows lack it; of a missing list its parent */
    struct label_key keys[LABEL_KEYS];
    size_t n_keys;
    struct label_key adopters;   /* ids of adopters, where a key refers to them */
    struct label_key instead[2]; /* where one of these is there, it is not missed */
    bool silent;                 /* left out, it says something by itself */
};

/* "reachable[].value" is a field of rows; "core_components[].value" stands for single values. */
bool labels_is_scalars(const char *path);
/* Appends the requests that a field's labels need. Fails with: out of memory. */
int labels_ask(struct labels *labels, const struct model_request *request,
               struct model_request *requests, size_t *n_requests, struct arena *arena);
/* After the load: where everything is. request: of the field itself. */
void labels_found(struct labels *labels, const struct model_request *requests, size_t request);

/* The innovation of a row; UINT64_MAX: the portfolio's. */
uint64_t labels_innovation(const struct model *model, uint32_t table, uint64_t row);
/* Whether leaving the field out says something in this row, so that nothing is missed. */
bool labels_says(const struct model *model, const struct labels *labels, uint64_t row);
/* The path of the field in that row. NULL: out of memory. */
const char *labels_path(struct arena *arena, const struct model *model, const struct labels *labels,
                        uint64_t row);
/* Copies that outlive the model. */
const char *labels_copy(struct arena *arena, const struct model *model, int32_t text);
const char *labels_unit(struct arena *arena, const char *unit);

#endif
