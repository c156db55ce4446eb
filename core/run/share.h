/*
 * What a plugin's workers share with the host, and nothing else: one mapping a plugin, of sections with unreadable
 * pages around each. Everything in it is untrusted while a worker lives, and checked when the last one is gone.
 */
#ifndef UPTAKE_RUN_SHARE_H
#define UPTAKE_RUN_SHARE_H

#include <stdatomic.h>

#include "model/model.h"
#include "plugin/sandbox.h"
#include "result/log.h"
#include "result/result.h"
#include "run/plan.h"

/* The grid: cells depend on the innovation's index alone, batches are cells cut into equal parts of at most a fixed
 * size. So results do not depend on the number of workers, and workers have equal shares. */
enum { GRID_CELLS = 64, GRID_CELL_MIN = 64, GRID_BATCH = 1024 };
struct grid {
    uint64_t innovations;
    uint64_t cell; /* innovations in a cell */
    uint64_t cells;
    uint64_t batches_in_cell;
    uint64_t batch;       /* innovations in a batch; the last of a cell may have fewer */
    const uint64_t *ends; /* of the cells, where they are not all alike; NULL: they are */
};
struct grid grid_of(uint64_t innovations);
/* Another grid, to find out whether results depend on it. batch: at most GRID_BATCH; 0: as ever. ends: where each cell
 * ends, ascending, the last at the end (a cell may be empty); NULL: as ever. */
struct grid_cut {
    uint64_t batch;
    const uint64_t *ends;
    uint64_t cells;
};
struct grid grid_cut(uint64_t innovations, const struct grid_cut *cut);
/* The innovations of a cell: [first, end). */
void grid_cell(const struct grid *grid, uint64_t cell, uint64_t *first, uint64_t *end);
/* The innovations of a cell's k-th batch; count 0: there is none. */
void grid_batch(const struct grid *grid, uint64_t cell, uint64_t k, uint64_t *first,
                uint64_t *count);

enum phase { PHASE_UPDATE = 0, PHASE_FINISH, PHASE_PROCESS, PHASE_COUNT };

enum { SLOTS_MAX = RESULT_LOGS, NO_STEP = -1 };

/* The memory whose use ended a worker. */
struct fault {
    _Atomic uint64_t address;
    _Atomic uint32_t known;
};

/* A worker's page: it writes, the host reads. */
struct control {
    _Atomic uint64_t beat; /* raised before every call of plugin code */
    _Atomic uint32_t phase;
    _Atomic uint64_t unit;      /* in work */
    _Atomic uint64_t at;        /* when stepping: the innovation in work */
    _Atomic uint64_t committed; /* bytes of the log that belong to finished units */
    _Atomic uint64_t dropped;   /* findings that found no room */
    _Atomic uint32_t done;      /* everything asked for was done */
    _Atomic uint32_t ready;     /* set up: code of the bundle may have run from here on */
    _Atomic uint32_t loaded;
    struct fault fault;
    struct sandbox_denial denied; /* the system call that ended it */
    char failure[256];            /* why it could not go on, in words */
};

/* A write's memory; rows of its entity. */
struct share_out {
    uint32_t table; /* of the model; MODEL_NO_TABLE: "/" */
    uint64_t rows;
    size_t bytes; /* of one value */
    char *values; /* double or int32_t; NULL: a text */
    double *low;
    double *high;
};

/* A copy of another plugin's measure, which the reader may not change. */
struct provided {
    const double *values, *low, *high; /* an innovation each */
};

struct share {
    const struct plan *plan;
    const struct plan_plugin *of;
    const struct model *model;
    const struct provided *provided; /* a read: another plugin's measure; NULL: none is read */
    struct grid grid;
    bool as_of_given;
    struct uptake_period as_of;

    char *map;
    size_t map_bytes;
    struct control *controls; /* a page each */
    uint8_t *states;          /* an innovation: enum result_status, 0: not done */
    struct share_out *outs;
    uint8_t *
        touched; /* of what is staged, a write and a unit of process: 0: all its rows are left out, and its memory
                         was never used */
    char *cells;        /* states of the cells, the finished one first: share_cell() */
    size_t state_bytes; /* a cell's, padded; it ends where an unreadable page begins */
    char *logs[SLOTS_MAX];
    uint64_t log_room;
    unsigned slots;
    const struct watch *watch; /* NULL: nobody */
    uint8_t
        *failed; /* the host's own: an innovation that no worker shall touch again; NULL: none */
};

/* Lays the mapping out. state_bytes: as asked. Owns: arena for the small parts. */
int share_open(struct share *share, size_t state_bytes, unsigned slots, struct arena *arena,
               struct uptake_error *error);
void share_close(struct share *share);
/* Whether a write goes to its memory only where it has a value: optional measures of innovations do. Where somebody
 * watches, none does: he is to see it written. */
bool share_is_staged(const struct share *share, size_t write);
uint8_t *share_touched(const struct share *share, size_t write, uint64_t unit);
/* All of its memory holds what is to stay: it was filled at once. */
void share_touch_all(const struct share *share, size_t write);
/* Rows from..to - 1 are left out. */
void share_clear_rows(const struct share_out *out, uint32_t type, uint64_t from, uint64_t to);
/* The state of a cell; NULL: the plugin has none. */
char *share_cell(const struct share *share, uint64_t cell);
/* From here on in this process the finished state can only be read. */
int share_seal_state(const struct share *share);
static inline struct control *share_control(const struct share *share, unsigned slot)
{
    return (struct control *)(void *)((char *)share->controls + (size_t)slot * 4096);
}

/* Who wants to be asked around every call of update, finish and process (core/check). The views may be replaced before,
 * if what was written is put back after. */
struct caller;
struct watch {
    void (*before)(void *data, struct caller *caller, enum phase phase);
    void (*after)(void *data, struct caller *caller, enum phase phase);
    void *data;
};

/* What a worker is to do. */
struct task {
    unsigned slot;
    unsigned stride; /* workers that share the units of a phase */
    enum phase from, to;
    uint64_t unit;   /* to begin with, in the first phase */
    int64_t step_at; /* NO_STEP, or: the first unit goes one innovation at a time, from this one */
    uint64_t log_used;
};

/* Loads the bundle and does the task: in a worker, or in the host (--in-process). 0: done. Otherwise the control page's
 * failure says why. */
int worker_run(const struct share *share, const struct task *task);

/* The size of a state that depends on row counts, asked of the plugin itself. 0: done. */
int worker_state_size(const struct share *share, const struct uptake_bundle *loaded,
                      uint64_t *bytes, char failure[256]);

#endif
