/*
 * Statistics over the portfolio, right (act: none) or wrong in one way. The digest depends on the
 * order of updates and of combines; the sums do not.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "uptake/plugin.h"

enum { PAYBACK, NEEDED, OWNER, SIZE };
enum { SHARE, TOTAL, DIGEST, LOAD, WORDS };

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_NUMBER(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_REF(OWNER, "support[].adopter", "x"),
    UPTAKE_READ_NUMBER(SIZE, "/adopters[].size", "", 0, UPTAKE_NO_LIMIT, "x"),
};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(SHARE, "share", "", 0, 1, UPTAKE_HIGHER, UPTAKE_OPTIONAL, "x"),
    UPTAKE_WRITE_NUMBER_OF("/", TOTAL, "total", "", 0, 1e12, UPTAKE_NEITHER, 0, "x"),
    UPTAKE_WRITE_NUMBER_OF("/", DIGEST, "digest", "", 0, UPTAKE_NO_LIMIT, UPTAKE_NEITHER, 0, "x"),
    UPTAKE_WRITE_NUMBER_OF("/adopters[]", LOAD, "load", "", 0, 1e12, UPTAKE_NEITHER, 0, "x"),
    UPTAKE_WRITE(WORDS, UPTAKE_TEXT, 0, UPTAKE_NEITHER, "words", "/", "", 0, 0, 0, "", NULL, "x"),
};

enum act {
    NONE,
    UPDATE_DIES,
    UPDATE_REFUSES,
    UPDATE_BATCH,
    UPDATE_SPEAKS,
    COMBINE_DIES,
    COMBINE_REFUSES,
    FINISH_DIES,
    FINISH_REFUSES,
    FINISH_HANGS,
    FINISH_FORGETS,
    FINISH_LIES,
    PROCESS_DIES,
    PROCESS_WRITES_STATE,
    PROCESS_WRITES_PORTFOLIO,
    RUNS_OVER,
    SIZE_DIES,
    SIZE_HANGS,
    SIZE_EXITS,
    SIZE_TWO_GIB,
    SIZE_HALF_GIB,
    SIZE_ZERO,
    SIZE_LEAVES
};
static const char *const acts[] = {"none",
                                   "update-dies",
                                   "update-refuses",
                                   "update-batch",
                                   "update-speaks",
                                   "combine-dies",
                                   "combine-refuses",
                                   "finish-dies",
                                   "finish-refuses",
                                   "finish-hangs",
                                   "finish-forgets",
                                   "finish-lies",
                                   "process-dies",
                                   "process-writes-state",
                                   "process-writes-portfolio",
                                   "runs-over",
                                   "size-dies",
                                   "size-hangs",
                                   "size-exits",
                                   "size-two-gib",
                                   "size-half-gib",
                                   "size-zero",
                                   "size-leaves",
                                   NULL};

struct params {
    int32_t act;
    int64_t at;
};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_CHOICE(struct params, act, 0, acts, "x"),
    UPTAKE_PARAM_INTEGER(struct params, at, 0, 0, UPTAKE_NO_LIMIT, "", "x"),
};

struct state {
    uint64_t adopters; /* 0: nothing was added yet */
    uint64_t first, last;
    uint64_t disorder; /* combines whose `into` was not the earlier one */
    uint64_t digest;
    double sum;
    double load[];
};

static int act_of(const void *with)
{
    return ((const struct params *)with)->act;
}

static size_t state_size(const struct uptake_counts *counts, const void *with)
{
    size_t bytes = sizeof(struct state) + counts->rows[SIZE] * sizeof(double);
    switch (act_of(with)) {
    case SIZE_DIES: abort();
    case SIZE_HANGS: sleep(60); return bytes;
    case SIZE_EXITS: exit(0);
    case SIZE_TWO_GIB: return (size_t)2 << 30;
    case SIZE_HALF_GIB: return (size_t)1 << 29;
    case SIZE_ZERO: return 0;
    case SIZE_LEAVES:
        if (fork() == 0) {
            setsid();
            sleep(60);
            _exit(0);
        }
        return bytes;
    default: return bytes;
    }
}

static void add(struct state *state, const struct uptake_call *call, uint64_t i)
{
    double payback = uptake_numbers(call, PAYBACK)[i];
    const int64_t *rows = uptake_list(call, NEEDED);
    if (state->adopters == 0)
        state->first = call->first + i;
    state->adopters = uptake_row_count(call, SIZE);
    state->last = call->first + i;
    state->digest = state->digest * 31 + call->first + i + 1;
    state->sum += isnan(payback) ? 0 : payback / 7;
    for (int64_t r = rows[i]; r < rows[i + 1]; r++)
        state->load[uptake_refs(call, OWNER)[r]] += uptake_numbers(call, NEEDED)[r] / 3;
}

static int update(struct uptake_call *call)
{
    uint64_t at = (uint64_t)((const struct params *)call->params)->at;
    int act = act_of(call->params);
    for (uint64_t i = 0; i < call->count; i++) {
        int meant = call->first + i == at;
        if (act == UPDATE_BATCH && meant && call->count > 1)
            abort();
        if (act == UPDATE_DIES && meant)
            abort();
        if (act == UPDATE_REFUSES && meant)
            return uptake_fail(call, "cannot count innovation %d", (int)at);
        if (act == UPDATE_SPEAKS) {
            uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "from update");
            uptake_skip(call, i, "from update");
        }
        add(call->state, call, i);
    }
    if (act == RUNS_OVER)
        ((volatile char *)call->state)[sizeof(struct state) + 5 * sizeof(double) + 64] = 1;
    return 0;
}

static int combine(void *into, const void *from, const void *with)
{
    struct state *a = into;
    const struct state *b = from;
    if (act_of(with) == COMBINE_DIES)
        abort();
    if (act_of(with) == COMBINE_REFUSES)
        return 1;
    if (b->adopters == 0)
        return 0;
    a->disorder += b->disorder + (a->last + 1 != b->first);
    a->last = b->last;
    a->digest = (a->digest * 1000003) ^ b->digest;
    a->sum += b->sum;
    for (uint64_t k = 0; k < b->adopters; k++)
        a->load[k] += b->load[k];
    return 0;
}

static int finish(struct uptake_call *call)
{
    struct state *state = call->state;
    switch (act_of(call->params)) {
    case FINISH_DIES: abort();
    case FINISH_REFUSES: return uptake_fail(call, "nothing adds up");
    case FINISH_HANGS: sleep(60); break;
    case FINISH_FORGETS: return 0;
    default: break;
    }
    uptake_output(call, TOTAL)[0] = act_of(call->params) == FINISH_LIES ? -5 : state->sum;
    uptake_output(call, DIGEST)[0] = (double)(state->digest & 0xffffffff) + (double)state->disorder;
    for (uint64_t k = 0; k < state->adopters; k++)
        uptake_output(call, LOAD)[k] = state->load[k];
    uptake_write_text(call, WORDS, 0, "%d innovations", (int)call->innovations);
    uptake_note(call, UPTAKE_PORTFOLIO, 0, UPTAKE_HELPS, "%d adopters", (int)state->adopters);
    uptake_note(call, SIZE, 2, UPTAKE_RISKS, "adopter 2");
    uptake_note(call, SIZE, 99, UPTAKE_RISKS, "no such adopter");
    uptake_note(call, NEEDED, 0, UPTAKE_RISKS, "no list of finish's");
    state->sum *= 2; /* process sees this */
    return 0;
}

static int process(struct uptake_call *call)
{
    struct state *state = call->state;
    uint64_t at = (uint64_t)((const struct params *)call->params)->at;
    int act = act_of(call->params);
    for (uint64_t i = 0; i < call->count; i++) {
        double payback = uptake_numbers(call, PAYBACK)[i];
        int meant = call->first + i == at;
        if (act == PROCESS_DIES && meant)
            abort();
        if (act == PROCESS_WRITES_STATE && meant)
            state->sum = 1;
        if (act == PROCESS_WRITES_PORTFOLIO && meant)
            uptake_output(call, LOAD)[0] = 1;
        if (!isnan(payback))
            uptake_output(call, SHARE)[i] = payback / state->sum;
    }
    return 0;
}

static const struct uptake_plugin state_plugin = {sizeof state_plugin,
                                                  "run-state",
                                                  "1.0",
                                                  1,
                                                  0,
                                                  "State",
                                                  "A plugin.",
                                                  "A source.",
                                                  UPTAKE_ROWS(reads),
                                                  UPTAKE_ROWS(params),
                                                  UPTAKE_ROWS(writes),
                                                  sizeof(struct params),
                                                  0,
                                                  state_size,
                                                  process,
                                                  update,
                                                  combine,
                                                  finish};

UPTAKE_BUNDLE(&state_plugin)
