/*
 * One plugin as it is called: its code, the views of a batch, and what the host does for it meanwhile. Used in a
 * worker, or in the host under --in-process; the bytes it makes are the same.
 */
#ifndef UPTAKE_RUN_CALLER_H
#define UPTAKE_RUN_CALLER_H

#include "run/share.h"

/* What a read's column is spread into where it is stored smaller than the plugin sees it. */
struct spread {
    const int32_t
        *codes; /* a choice: the plugin's code for each of the model's; NULL: as they are */
    size_t n_codes;
    void *values; /* scratch */
    double *low, *high;
    uint8_t *kinds;
    size_t room; /* rows of scratch */
};

/* A required read. */
struct need {
    const struct model_column *column; /* NULL: another plugin's measure, or a list as such */
    const int64_t *offsets;            /* of a list; NULL: the innovation's own */
    const double *provided;
    const char *plugin; /* whose measure; NULL: the model's */
    const char *name;
};

struct caller {
    const struct share *share;
    const struct uptake_plugin *code;
    struct uptake_call call;
    struct uptake_column *columns;
    struct uptake_out *outs;
    struct spread *spreads;
    struct share_out
        *stages; /* a write: where a batch of it goes first; values NULL: where it stays */
    char *stages_map;
    size_t stages_bytes;
    uint64_t unit, unit_first, unit_count; /* of process, in work */
    struct log_writer log;
    uint8_t notes[GRID_BATCH]; /* findings so far, an innovation of the batch */
    unsigned portfolio_notes;
    uint64_t last_owner; /* innovation of the last row that a finding was about */
    char *failure;       /* 256 bytes */
    bool mute;           /* in update: a finding, a text or a skip means nothing there */
    bool failed;
    struct need *needs; /* an innovation that lacks one is skipped */
    size_t n_needs;
    struct arena arena;
};

int caller_open(struct caller *caller, const struct share *share, const struct uptake_plugin *code,
                unsigned slot, uint64_t log_used, char failure[256]);
void caller_close(struct caller *caller);

/* Views of [first, first + count); state may be NULL. -1: no memory. */
int caller_batch(struct caller *caller, uint64_t first, uint64_t count, void *state, bool finish);
/* The unit of process that the next batches are of. */
void caller_unit(struct caller *caller, uint64_t unit, uint64_t first, uint64_t count);
/* Once the batch's results are good: what is not yet where it stays goes there. */
void caller_keep(struct caller *caller);
/* The rows of a table that belong to the batch: [from, to). */
void caller_rows(const struct caller *caller, uint32_t table, uint64_t *from, uint64_t *to);
/* Puts missing values where the batch's results will be. */
void caller_clear(struct caller *caller);
/* States of the batch after process: ok unless skipped; what lacks a required field is skipped. */
void caller_settle(struct caller *caller);
/* Marks the batch's only innovation as failed, with the failure as its reason. */
void caller_fail_one(struct caller *caller);

#endif
