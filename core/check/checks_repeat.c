/* The same again: in strict views, in another process, the same batch twice, after another run. */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "check/suite_internal.h"
#include "run/caller.h"

/* --- Bounds: strict views ---------------------------------------------------------------------- */

static void strict_run(struct suite_run *run, uint64_t k, bool at_start, uint64_t batch)
{
    static const struct gen_shape shape = {.innovations = 24,
                                           .rows_least = 1,
                                           .rows_most = 4,
                                           .portfolio = 5,
                                           .empty = 0.2,
                                           .absent = 0.1,
                                           .missing = 0.05,
                                           .doubt = 0.3};
    struct gen_shape own = shape;
    struct made_model made = {0};
    struct trial trial = {0};
    struct strict *strict = strict_open(&run->answer->strict, at_start);
    own.portfolio = k % 6 == 5 ? 0 : shape.portfolio;
    if (!strict) {
        check_undone(run, "out of memory");
    } else if (check_made(run, &own, k, &made) && check_load(run, &made, &trial)) {
        struct watch watch = strict_watch(strict);
        struct grid_cut cut = {.batch = batch};
        struct run_options options = {.in_process = true, .cut = &cut, .watch = &watch};
        check_run_quietly(run, &options, &trial);
    }
    strict_close(strict);
    trial_finish(&trial);
    made_finish(&made);
}

/* One model's portfolio has no rows: to read its first is to read behind its last. */
void check_strict(struct suite_run *run)
{
    static const uint64_t batches[] = {1, 3, 0};
    for (uint64_t k = 0; k < 6 && !check_failed(run); k++)
        strict_run(run, 200 + k, k % 2, batches[k % 3]);
}

/* --- In another process ------------------------------------------------------------------------ */

/* Another address for everything, and other bytes in memory that nobody has set. */
static void shake(void)
{
    void *moved = mmap(NULL, (size_t)4096 * 37, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)moved; /* kept to the end of this process */
    mallopt(M_PERTURB, 0x5a);
}

void check_repeatable(struct suite_run *run)
{
    static const struct run_options options = {0};
    for (uint64_t k = 0; k < 3 && !check_failed(run); k++) {
        struct made_model made = {0};
        struct trial a = {0}, b = {0};
        if (check_made(run, &shape_random, 300 + k, &made) &&
            check_trial(run, &made, &options, &a)) {
            shake();
            if (check_trial(run, &made, &options, &b))
                check_same(run, &a, &b, 0, "the same model in two processes");
        }
        trial_finish(&a);
        trial_finish(&b);
        made_finish(&made);
    }
}

/* --- The same batch twice ---------------------------------------------------------------------- */

/* What a call may change, kept from before or after it. */
struct kept {
    char *state;
    char *outs;
    size_t bytes;
};

struct twice {
    struct suite_run *run;
    bool of_finish; /* else of update and process */
    struct kept before, after;
    bool no_memory;
};

/* One array of an output of this call. */
typedef void part_function(char *values, size_t bytes, char **kept);

static void keep_part(char *values, size_t bytes, char **kept)
{
    memcpy(*kept, values, bytes);
    *kept += bytes;
}

static void compare_part(char *values, size_t bytes, char **kept)
{
    if (*kept && memcmp(*kept, values, bytes) != 0)
        *kept = NULL;
    else if (*kept)
        *kept += bytes;
}

static size_t rows_of_out(const struct caller *caller, size_t index, uint64_t *from)
{
    const struct share_out *out = &caller->share->outs[index];
    uint64_t to = out->rows;
    *from = 0;
    if (!caller->outs[index].values)
        return 0;
    if (out->table == 0) {
        *from = caller->call.first;
        to = *from + caller->call.count;
    } else if (out->table != MODEL_NO_TABLE) {
        caller_rows(caller, out->table, from, &to);
    }
    return to - *from;
}

static void each_part(const struct caller *caller, part_function *function, char **kept)
{
    for (size_t w = 0; w < caller->share->of->plugin->n_writes; w++) {
        const struct share_out *out = &caller->share->outs[w];
        uint64_t from;
        size_t rows = rows_of_out(caller, w, &from);
        char *parts[] = {out->values, (char *)out->low, (char *)out->high};
        for (int p = 0; p < 3 && rows; p++)
            if (parts[p])
                function(parts[p] + from * (p ? sizeof(double) : out->bytes),
                         rows * (p ? sizeof(double) : out->bytes), kept);
    }
}

static size_t bytes_of_outs(const struct caller *caller)
{
    size_t bytes = 1;
    for (size_t w = 0; w < caller->share->of->plugin->n_writes; w++) {
        uint64_t from;
        bytes += 3 * sizeof(double) * rows_of_out(caller, w, &from);
    }
    return bytes;
}

static void keep(struct twice *twice, struct kept *kept, const struct caller *caller)
{
    size_t state = caller->share->state_bytes;
    free(kept->outs);
    free(kept->state);
    kept->outs = malloc(bytes_of_outs(caller));
    kept->state = malloc(state + 1);
    twice->no_memory |= !kept->outs || !kept->state;
    if (twice->no_memory)
        return;
    char *outs = kept->outs;
    each_part(caller, keep_part, &outs);
    if (caller->call.state)
        memcpy(kept->state, caller->call.state, state);
}

static bool of_interest(const struct twice *twice, enum phase phase)
{
    return twice->of_finish == (phase == PHASE_FINISH) && !check_failed(twice->run);
}

static void twice_before(void *data, struct caller *caller, enum phase phase)
{
    if (of_interest(data, phase))
        keep(data, &((struct twice *)data)->before, caller);
}

static int call_again(struct caller *caller, enum phase phase)
{
    const struct uptake_plugin *code = caller->code;
    return phase == PHASE_UPDATE   ? code->update(&caller->call)
           : phase == PHASE_FINISH ? code->finish(&caller->call)
                                   : code->process(&caller->call);
}

static void compare(struct twice *twice, const struct caller *caller, enum phase phase)
{
    static const char *const phases[] = {"update", "finish", "process"};
    char *outs = twice->after.outs;
    bool state = !caller->call.state ||
                 memcmp(twice->after.state, caller->call.state, caller->share->state_bytes) == 0;
    each_part(caller, compare_part, &outs);
    if (!outs || !state)
        check_fail(twice->run,
                   "%s, called twice in a row with the same %s, left another %s the second time "
                   "(innovations %llu to %llu): something of the first call is remembered",
                   phases[phase], phase == PHASE_FINISH ? "state" : "batch",
                   outs ? "state" : "answer", (unsigned long long)caller->call.first,
                   (unsigned long long)caller->call.first + (unsigned long long)caller->call.count);
}

/* Calls once more from where the first call began; what that leaves is what the run goes on with. */
static void twice_after(void *data, struct caller *caller, enum phase phase)
{
    struct twice *twice = data;
    uint8_t notes[GRID_BATCH];
    if (!of_interest(twice, phase) || twice->no_memory || caller->failed)
        return;
    keep(twice, &twice->after, caller);
    if (twice->no_memory)
        return;
    uint64_t log = caller->log.used;
    unsigned portfolio_notes = caller->portfolio_notes;
    memcpy(notes, caller->notes, sizeof notes);
    uint8_t *states = caller->share->states + caller->call.first;
    uint8_t *skipped = malloc(caller->call.count + 1);
    if (skipped && caller->call.count)
        memcpy(skipped, states, caller->call.count);
    if (caller->call.state && phase != PHASE_PROCESS)
        memcpy(caller->call.state, twice->before.state, caller->share->state_bytes);
    if (phase != PHASE_UPDATE)
        caller_clear(caller);
    call_again(caller, phase);
    compare(twice, caller, phase);
    log_rewind(&caller->log, log);
    memcpy(caller->notes, notes, sizeof notes);
    caller->portfolio_notes = portfolio_notes;
    if (skipped && caller->call.count)
        memcpy(states, skipped, caller->call.count);
    free(skipped);
}

static void run_twice(struct suite_run *run, bool of_finish)
{
    struct twice twice = {.run = run, .of_finish = of_finish};
    struct watch watch = {twice_before, twice_after, &twice};
    struct grid_cut cut = {.batch = 7};
    struct run_options options = {.in_process = true, .cut = &cut, .watch = &watch};
    for (uint64_t k = 0; k < 3 && !check_failed(run); k++) {
        struct made_model made = {0};
        struct trial trial = {0};
        if (check_made(run, &shape_random, 400 + k, &made))
            check_trial(run, &made, &options, &trial);
        trial_finish(&trial);
        made_finish(&made);
    }
    struct kept *kept[] = {&twice.before, &twice.after};
    for (size_t k = 0; k < 2; k++) {
        free(kept[k]->outs);
        free(kept[k]->state);
    }
}

void check_same_batch(struct suite_run *run)
{
    run_twice(run, false);
}

void check_finish_repeatable(struct suite_run *run)
{
    run_twice(run, true);
}

/* --- After another run ------------------------------------------------------------------------- */

/* Each alone, in a worker; then in this process one after the other, each behind the other. */
static void run_after(struct suite_run *run, const struct made_model *one,
                      const struct made_model *other)
{
    static const struct run_options alone = {0}, here = {.in_process = true};
    const struct made_model *models[] = {one, other, one};
    struct trial expected[2] = {{.use = {0}}}, found[3] = {{.use = {0}}};
    bool ran = check_trial(run, one, &alone, &expected[0]) &&
               check_trial(run, other, &alone, &expected[1]);
    for (int k = 0; k < 3 && ran; k++)
        ran = check_trial(run, models[k], &here, &found[k]) &&
              check_same(run, &expected[k % 2], &found[k], 0,
                         "alone, and in a process that had run another model");
    for (int k = 0; k < 2; k++)
        trial_finish(&expected[k]);
    for (int k = 0; k < 3; k++)
        trial_finish(&found[k]);
}

void check_fresh_start(struct suite_run *run)
{
    for (uint64_t k = 0; k < 2 && !check_failed(run); k++) {
        struct made_model one = {0}, other = {0};
        if (check_made(run, &shape_random, 500 + k, &one) &&
            check_made(run, &shape_random, 550 + k, &other))
            run_after(run, &one, &other);
        made_finish(&one);
        made_finish(&other);
    }
}
