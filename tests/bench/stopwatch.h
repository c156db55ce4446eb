/*
 * What every program here measures and prints, as one line that run.sh reads:
 *
 *   wall=0.123456 cpu=0.120000 peak_kib=12345 [name=value...]
 *
 * wall and cpu are seconds from stopwatch_start to stopwatch_print; peak_kib is the largest resident set
 * of the process since it began.
 */
#ifndef UPTAKE_BENCH_STOPWATCH_H
#define UPTAKE_BENCH_STOPWATCH_H

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

struct stopwatch {
    double wall, cpu;
};

static inline double stopwatch_read(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline struct stopwatch stopwatch_start(void)
{
    return (struct stopwatch){stopwatch_read(CLOCK_MONOTONIC),
                              stopwatch_read(CLOCK_PROCESS_CPUTIME_ID)};
}

static inline void stopwatch_print(const struct stopwatch *from)
{
    struct stopwatch now = stopwatch_start();
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("wall=%.6f cpu=%.6f peak_kib=%ld", now.wall - from->wall, now.cpu - from->cpu,
           usage.ru_maxrss);
}

#endif
