/*
 * measure [--memory] COMMAND [ARGUMENT...]: runs a command and says what it cost; see stopwatch.h for the
 * line. Its standard output goes to /dev/null.
 *
 * Without --memory, peak_kib is the largest resident set of any one of its processes, and cpu is the time
 * of all of them. With it, the command's processes are looked at every few milliseconds, and peak_kib is
 * the largest sum of their proportional set sizes (Pss of /proc/PID/smaps_rollup: a page that n of them
 * share counts 1/n in each, so that what workers inherit from the host counts once). Looking costs time:
 * such a run is not to be timed. A peak shorter than the pause between two looks may be missed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stopwatch.h"

enum { PAUSE_NANOSECONDS = 3000000, TREE_DEPTH = 16, CANNOT_RUN = 127 };

/* What was seen of the processes. */
struct look {
    long peak_kib;
    long looks;
    long unread; /* processes whose memory could not be read although they were there */
};

static long pss_kib(pid_t pid, struct look *look)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    FILE *file = fopen(path, "re");
    if (!file) {
        look->unread += errno == EACCES || errno == EPERM;
        return 0;
    }
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "Pss: %ld kB", &kib) == 1)
            break;
    fclose(file);
    return kib;
}

static long tree_kib(pid_t pid, int depth, struct look *look)
{
    char path[64];
    int child;
    long kib = pss_kib(pid, look);
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *file = depth < TREE_DEPTH ? fopen(path, "re") : NULL;
    while (file && fscanf(file, "%d", &child) == 1)
        kib += tree_kib(child, depth + 1, look);
    if (file)
        fclose(file);
    return kib;
}

/* Waits, and looks meanwhile where that is wanted. The command's wait status. */
static int watch_command(pid_t pid, int memory, struct look *look, struct rusage *usage)
{
    const struct timespec pause = {0, PAUSE_NANOSECONDS};
    int status = 0;
    for (;;) {
        pid_t ended = wait4(pid, &status, memory ? WNOHANG : 0, usage);
        if (ended == pid)
            return status;
        if (ended < 0 && errno != EINTR)
            return -1;
        if (memory) {
            long kib = tree_kib(pid, 0, look);
            look->peak_kib = kib > look->peak_kib ? kib : look->peak_kib;
            look->looks++;
            nanosleep(&pause, NULL);
        }
    }
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    int memory = argc > 1 && strcmp(argv[1], "--memory") == 0;
    char **command = argv + 1 + memory;
    if (argc < 2 + memory) {
        fputs("usage: measure [--memory] COMMAND [ARGUMENT...]\n", argc == 1 ? stdout : stderr);
        return argc == 1 ? 0 : 2;
    }
    struct look look = {0};
    struct rusage usage = {0};
    double from = stopwatch_read(CLOCK_MONOTONIC);
    pid_t pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stdout))
            execvp(command[0], command);
        fprintf(stderr, "measure: cannot run %s: %s\n", command[0], strerror(errno));
        _exit(CANNOT_RUN);
    }
    int status = pid < 0 ? -1 : watch_command(pid, memory, &look, &usage);
    double wall = stopwatch_read(CLOCK_MONOTONIC) - from;
    if (status == -1) {
        perror("measure");
        return CANNOT_RUN;
    }
    printf("wall=%.6f cpu=%.6f peak_kib=%ld looks=%ld unread=%ld\n", wall,
           seconds(usage.ru_utime) + seconds(usage.ru_stime),
           memory ? look.peak_kib : usage.ru_maxrss, look.looks, look.unread);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
