/* What a plugin costs: memory that it keeps from batch to batch, and time. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/suite_internal.h"
#include "run/caller.h"

#ifdef UPTAKE_SANITIZED
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

/* --- Memory ------------------------------------------------------------------------------------ */

/* Bytes of the heap in use. */
static size_t in_use(void)
{
#ifdef UPTAKE_SANITIZED
    return __sanitizer_get_current_allocated_bytes();
#else
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

struct growth {
    size_t before;
    uint64_t calls;   /* of process, so far */
    uint64_t settled; /* calls after which nothing new should be kept */
    uint64_t grew;    /* calls that kept something, of those after */
    uint64_t bytes;
};

static void growth_before(void *data, struct caller *caller, enum phase phase)
{
    (void)caller;
    (void)phase;
    ((struct growth *)data)->before = in_use();
}

static void growth_after(void *data, struct caller *caller, enum phase phase)
{
    struct growth *growth = data;
    size_t after = in_use();
    (void)caller;
    (void)phase;
    if (++growth->calls <= growth->settled || after <= growth->before)
        return;
    growth->grew++;
    growth->bytes += after - growth->before;
}

/* The first calls may fill what is kept for all later ones; a leak goes on. */
void check_memory(struct suite_run *run)
{
    struct gen_shape shape = shape_random;
    struct growth growth = {.settled = 80};
    struct watch watch = {growth_before, growth_after, &growth};
    struct grid_cut cut = {.batch = 1};
    struct run_options options = {.in_process = true, .cut = &cut, .watch = &watch};
    struct made_model made = {0};
    shape.innovations = 160;
    for (int k = 0; k < 2 && !check_failed(run); k++) {
        struct trial trial = {0};
        if (made.root || check_made(run, &shape, 1000, &made))
            check_trial(run, &made, &options, &trial);
        trial_finish(&trial);
    }
    made_finish(&made);
    uint64_t looked_at = growth.calls > growth.settled ? growth.calls - growth.settled : 1;
    if (growth.grew * 10 > looked_at)
        check_fail(run, "%llu of %llu calls kept memory for good, %llu bytes in all",
                   (unsigned long long)growth.grew, (unsigned long long)looked_at,
                   (unsigned long long)growth.bytes);
}

/* --- Time -------------------------------------------------------------------------------------- */

struct stopwatch {
    double start, total;
};

static double cpu_time(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void time_before(void *data, struct caller *caller, enum phase phase)
{
    (void)caller;
    (void)phase;
    ((struct stopwatch *)data)->start = cpu_time();
}

static void time_after(void *data, struct caller *caller, enum phase phase)
{
    struct stopwatch *stopwatch = data;
    (void)caller;
    (void)phase;
    stopwatch->total += cpu_time() - stopwatch->start;
}

/* Seconds of plugin code, the best of two runs; below 0: it could not be run. */
static double time_of(struct suite_run *run, const struct made_model *made)
{
    double best = -1;
    for (int k = 0; k < 2 && !check_failed(run); k++) {
        struct stopwatch stopwatch = {0, 0};
        struct watch watch = {time_before, time_after, &stopwatch};
        struct run_options options = {.in_process = true, .watch = &watch};
        struct trial trial = {0};
        if (check_trial(run, made, &options, &trial))
            best = best < 0 || stopwatch.total < best ? stopwatch.total : best;
        trial_finish(&trial);
    }
    return best;
}

enum { TIMES = 16, FEW = 200 };

void check_speed(struct suite_run *run)
{
    struct gen_shape shape = shape_random;
    struct made_model made = {0};
    shape.innovations = FEW;
    if (!check_made(run, &shape, 1100, &made))
        return;
    double few = time_of(run, &made), many = -1;
    if (made_repeat(&made, TIMES) == 0 && !check_failed(run))
        many = time_of(run, &made);
    made_finish(&made);
    if (few < 0 || many < 0 || check_failed(run))
        return;
    double each_few = few / FEW * 1e6, each_many = many / (FEW * TIMES) * 1e6;
    if (each_many > 4 * each_few && many > 0.01)
        check_fail(run,
                   "%.3g us an innovation where there are %d, %.3g where there are %d: the time "
                   "grows with the number of innovations",
                   each_few, FEW, each_many, FEW * TIMES);
    else
        check_say(run, "%.3g us an innovation where there are %d, %.3g where there are %d",
                  each_few, FEW, each_many, FEW * TIMES);
}
