/*
 * A plugin that does one bad thing on the innovations it is told to: `at`, or every `every`th. All
 * of it is bounded: children end by themselves, and signals go to its own process or its parent's
 * number 0.
 */
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "uptake/plugin.h"

enum { PAYBACK, NEEDED };
enum { SCORE, PICK, WORDS };

static const char *const picks[] = {"yes", "no", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_NUMBER(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT, "x"),
};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(SCORE, "score", "", 0, 1, UPTAKE_HIGHER, UPTAKE_BOUNDS, "x"),
    UPTAKE_WRITE_CHOICE(PICK, "pick", picks, 0, "x"),
    UPTAKE_WRITE_TEXT(WORDS, "words", 0, "x"),
};

typedef void act_function(struct uptake_call *call, uint64_t i);
static volatile uint64_t sink;
static volatile int zero;

/* --- Ends ------------------------------------------------------------------------------------- */

static void act_null(struct uptake_call *call, uint64_t i)
{
    (void)call;
    *(volatile int *)(uintptr_t)(i * 0) = 1;
}
static void act_abort(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    abort();
}
static void act_divide(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    raise(SIGFPE);
    sink = 1;
}
static void act_exit0(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    exit(0);
}
static void act_exit1(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    exit(1);
}
static void act_exit3(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    _exit(3);
}
static void act_loop(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (;;)
        sink++;
}
static void act_sleep(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    sleep(60);
}
static uint64_t deeper(uint64_t depth)
{
    volatile char frame[4096];
    frame[depth % sizeof frame] = 1;
    return depth > (uint64_t)1 << 40 ? 0 : deeper(depth + 1) + (uint64_t)frame[0];
}
static void act_recurse(struct uptake_call *call, uint64_t i)
{
    (void)call;
    sink = deeper(i);
}
static void act_stop(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    raise(SIGSTOP);
}
static void act_mask(struct uptake_call *call, uint64_t i)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGTERM, SIG_IGN);
    act_loop(call, i);
}
static void act_longjmp(struct uptake_call *call, uint64_t i)
{
    static jmp_buf nowhere;
    (void)call, (void)i;
    longjmp(nowhere, 1);
}
static void act_terminate_host(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    if (kill(getppid(), 0) == 0)
        raise(SIGTERM);
}

/* --- Memory ----------------------------------------------------------------------------------- */

static void act_huge(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    volatile char *block = malloc((size_t)100 << 30);
    block[0] = 1;
    block[(size_t)50 << 30] = 1;
}
static void act_leak(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int k = 0; k < 1 << 16; k++)
        ((volatile char *)malloc(1 << 20))[k % (1 << 20)] = 1;
}
static void act_before(struct uptake_call *call, uint64_t i)
{
    (void)i;
    ((volatile double *)uptake_output(call, SCORE))[-(int64_t)call->first - 1] = 1;
}
static void act_after(struct uptake_call *call, uint64_t i)
{
    (void)i;
    uint64_t past = uptake_out_of(call, SCORE)->rows - call->first;
    ((volatile double *)uptake_output(call, SCORE))[past + 512] = 1;
}
static void act_model(struct uptake_call *call, uint64_t i)
{
    ((volatile double *)(uintptr_t)uptake_numbers(call, PAYBACK))[i] = 1;
}
static void act_texts(struct uptake_call *call, uint64_t i)
{
    (void)i;
    *(volatile char *)(uintptr_t)call->text_pool = 'x';
}

/* Shared writable memory: what adjoins `own` is its own; the rest is anybody's. */
struct region {
    uintptr_t start, end;
    int shared, writable;
};
static size_t regions(struct region *found, size_t room)
{
    size_t count = 0;
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && count < room && fgets(line, sizeof line, maps)) {
        char mode[5];
        unsigned long start, end;
        if (sscanf(line, "%lx-%lx %4s", &start, &end, mode) != 3)
            continue;
        found[count++] = (struct region){start, end, mode[3] == 's', mode[1] == 'w'};
    }
    if (maps)
        fclose(maps);
    return count;
}
static void own_range(const struct region *found, size_t count, uintptr_t own, size_t *from,
                      size_t *to)
{
    *from = 0;
    while (*from < count && !(found[*from].start <= own && own < found[*from].end))
        ++*from;
    *to = *from + 1;
    while (*from > 0 && found[*from - 1].shared && found[*from - 1].end == found[*from].start)
        --*from;
    while (*to < count && found[*to].shared && found[*to].start == found[*to - 1].end)
        ++*to;
}
static void scribble(const struct region *region, uint32_t seed)
{
    size_t bytes = region->end - region->start;
    if (bytes > (size_t)1 << 20)
        bytes = (size_t)1 << 20;
    for (size_t k = 0; k < bytes; k++) {
        seed = seed * 1664525u + 1013904223u;
        ((volatile unsigned char *)region->start)[k] = (unsigned char)(seed >> 24);
    }
}
static struct region map[4096];

static void act_others(struct uptake_call *call, uint64_t i)
{
    size_t from, to, count = regions(map, 4096);
    own_range(map, count, (uintptr_t)uptake_output(call, SCORE), &from, &to);
    for (size_t k = 0; k < count; k++)
        if ((k < from || k >= to) && map[k].shared && map[k].writable)
            scribble(&map[k], (uint32_t)i);
}
static void act_scribble(struct uptake_call *call, uint64_t i)
{
    size_t from, to, count = regions(map, 4096);
    own_range(map, count, (uintptr_t)uptake_output(call, SCORE), &from, &to);
    for (size_t k = from; k < to; k++)
        if (map[k].writable)
            scribble(&map[k], (uint32_t)(i + k));
}
static void act_scribble_exit(struct uptake_call *call, uint64_t i)
{
    act_scribble(call, i);
    _exit(0);
}
static void act_clear_exit(struct uptake_call *call, uint64_t i)
{
    size_t from, to, count = regions(map, 4096);
    (void)i;
    own_range(map, count, (uintptr_t)uptake_output(call, SCORE), &from, &to);
    for (size_t k = from; k < to; k++)
        if (map[k].writable && map[k].end - map[k].start < (size_t)1 << 20)
            memset((void *)map[k].start, 1, map[k].end - map[k].start);
    _exit(0);
}
/* Its first page is where its heart beats. */
static void act_beat(struct uptake_call *call, uint64_t i)
{
    size_t from, to, count = regions(map, 4096);
    (void)i;
    own_range(map, count, (uintptr_t)uptake_output(call, SCORE), &from, &to);
    while (from < to && !map[from].writable)
        from++;
    for (;;) {
        ++*(volatile uint64_t *)map[from].start;
        usleep(1000);
    }
}

/* --- Processes and descriptors ---------------------------------------------------------------- */

static void act_fork(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int k = 0; k < 64; k++)
        if (fork() == 0) {
            sleep(60);
            _exit(0);
        }
}
static void act_orphan(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            sleep(60);
        _exit(0);
    }
}
static void act_orphan_crash(struct uptake_call *call, uint64_t i)
{
    act_orphan(call, i);
    abort();
}
static void act_close(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int fd = 0; fd < 1024; fd++)
        close(fd);
}
static void act_print(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int k = 0; k < 1 << 15; k++) {
        fputs("a line of 31 bytes, and no more\n", stdout);
        fputs("a line of 31 bytes, and no more\n", stderr);
    }
    fflush(stdout);
}

/* --- Answers ---------------------------------------------------------------------------------- */

static void act_round(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    fesetround(FE_UPWARD);
    feenableexcept(FE_DIVBYZERO | FE_INVALID);
}
static void act_nan(struct uptake_call *call, uint64_t i)
{
    uptake_output(call, SCORE)[i] = (double)NAN;
}
static void act_infinite(struct uptake_call *call, uint64_t i)
{
    uptake_output(call, SCORE)[i] = (double)INFINITY;
}
static void act_above(struct uptake_call *call, uint64_t i)
{
    uptake_output(call, SCORE)[i] = uptake_output_high(call, SCORE)[i] = 1.5;
}
static void act_below(struct uptake_call *call, uint64_t i)
{
    uptake_output(call, SCORE)[i] = uptake_output_low(call, SCORE)[i] = -0.25;
}
static void act_crossed(struct uptake_call *call, uint64_t i)
{
    uptake_output_low(call, SCORE)[i] = 0.75;
    uptake_output_high(call, SCORE)[i] = 0.25;
}
static void act_no_bounds(struct uptake_call *call, uint64_t i)
{
    uptake_output_low(call, SCORE)[i] = uptake_missing_number(UPTAKE_UNKNOWN);
}
static void act_choice(struct uptake_call *call, uint64_t i)
{
    uptake_output_choice(call, PICK)[i] = 99;
}
static void act_choice_negative(struct uptake_call *call, uint64_t i)
{
    uptake_output_choice(call, PICK)[i] = INT32_MIN;
}
static void act_choice_missing(struct uptake_call *call, uint64_t i)
{
    uptake_output_choice(call, PICK)[i] = -UPTAKE_UNKNOWN;
}

/* --- Words ------------------------------------------------------------------------------------ */

static const char *filled(size_t bytes)
{
    static char text[(1 << 20) + 1];
    memset(text, 'x', bytes);
    text[bytes] = 0;
    return text;
}
static void act_notes(struct uptake_call *call, uint64_t i)
{
    for (int k = 0; k < 1000000; k++)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "finding %d", k);
}
static void act_note_rows(struct uptake_call *call, uint64_t i)
{
    static const uint64_t rows[] = {1u << 20, UINT32_MAX, UINT64_MAX, (uint64_t)1 << 63};
    (void)i;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        uptake_note(call, UPTAKE_INNOVATION, rows[k], UPTAKE_HELPS, "not here");
        uptake_note(call, NEEDED, rows[k], UPTAKE_HELPS, "not here");
        uptake_note(call, 77, rows[k], UPTAKE_HELPS, "not here");
        uptake_note(call, UPTAKE_PORTFOLIO, rows[k], UPTAKE_HELPS, "not here");
        uptake_write_text(call, WORDS, rows[k], "not here");
        uptake_write_text(call, 77, rows[k], "not here");
        uptake_write_text(call, SCORE, rows[k], "not here");
    }
    uptake_note(call, UPTAKE_INNOVATION, 0, 77, "no such level");
    uptake_note(call, UPTAKE_INNOVATION, 0, -1, "no such level");
}
static void act_note_long(struct uptake_call *call, uint64_t i)
{
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%s", filled(10240));
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, filled(10240), 1);
}
static void act_note_bytes(struct uptake_call *call, uint64_t i)
{
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%s", "a\xff\xfe\x80z");
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "\xc3\x28 \x1b[31m\n\t%c", 7);
    call->host->note_plain(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "a\0b", 3);
}
static void act_note_formats(struct uptake_call *call, uint64_t i)
{
    int count = 0;
    const char *volatile format = "%n%d";
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%*d|%.*s", 5, 7, 2, "abc");
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%%|%5.3s|%-4d|%hd|%llu|%zu", "abcdef", 3,
                300, 1ull << 40, (size_t)7);
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%2$d %1$d", 1, 2);
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%9999d|%.9999f", 1, 1.0);
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%s", (const char *)(uintptr_t)zero);
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, format, &count, 4);
}
static void act_text_long(struct uptake_call *call, uint64_t i)
{
    uptake_write_text(call, WORDS, i, "%s", filled(1 << 20));
}
static void act_text_twice(struct uptake_call *call, uint64_t i)
{
    uptake_write_text(call, WORDS, i, "first");
    uptake_write_text(call, WORDS, i, "second");
}
static void act_skip_range(struct uptake_call *call, uint64_t i)
{
    (void)i;
    uptake_skip(call, call->count, "one too far");
    uptake_skip(call, UINT64_MAX, "much too far");
}
static void act_skip(struct uptake_call *call, uint64_t i)
{
    uptake_skip(call, i, "I would rather not: %s", "too hard");
    uptake_skip(call, i, "again");
}
static void act_nothing(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

/* words, silent and unwritten are told apart in process itself. */
static const char *const acts[] = {"none",           "dereference",   "abort",
                                   "divide",         "exit0",         "exit1",
                                   "exit3",          "loop",          "sleep",
                                   "recurse",        "stop",          "mask",
                                   "longjmp",        "parent",        "huge",
                                   "leak",           "before",        "after",
                                   "model",          "texts",         "others",
                                   "scribble",       "scribble-exit", "clear-exit",
                                   "beat",           "fork",          "orphan",
                                   "orphan-crash",   "close",         "print",
                                   "round",          "nan",           "infinite",
                                   "above",          "below",         "crossed",
                                   "no-bounds",      "choice",        "choice-negative",
                                   "choice-missing", "notes",         "note-rows",
                                   "note-long",      "note-bytes",    "note-formats",
                                   "text-long",      "text-twice",    "skip-range",
                                   "skip",           "words",         "silent",
                                   "unwritten",      "no-text",       NULL};
static act_function *const functions[] = {act_nothing,
                                          act_null,
                                          act_abort,
                                          act_divide,
                                          act_exit0,
                                          act_exit1,
                                          act_exit3,
                                          act_loop,
                                          act_sleep,
                                          act_recurse,
                                          act_stop,
                                          act_mask,
                                          act_longjmp,
                                          act_terminate_host,
                                          act_huge,
                                          act_leak,
                                          act_before,
                                          act_after,
                                          act_model,
                                          act_texts,
                                          act_others,
                                          act_scribble,
                                          act_scribble_exit,
                                          act_clear_exit,
                                          act_beat,
                                          act_fork,
                                          act_orphan,
                                          act_orphan_crash,
                                          act_close,
                                          act_print,
                                          act_round,
                                          act_nan,
                                          act_infinite,
                                          act_above,
                                          act_below,
                                          act_crossed,
                                          act_no_bounds,
                                          act_choice,
                                          act_choice_negative,
                                          act_choice_missing,
                                          act_notes,
                                          act_note_rows,
                                          act_note_long,
                                          act_note_bytes,
                                          act_note_formats,
                                          act_text_long,
                                          act_text_twice,
                                          act_skip_range,
                                          act_skip,
                                          act_nothing,
                                          act_nothing,
                                          act_nothing,
                                          act_nothing};
enum { ACT_WORDS = 49, ACT_SILENT, ACT_UNWRITTEN, ACT_NO_TEXT, ACTS };
_Static_assert(sizeof functions / sizeof *functions == ACTS, "one function an act");
_Static_assert(sizeof acts / sizeof *acts == ACTS + 1, "one name an act");

/* --- The plugin ------------------------------------------------------------------------------- */

struct params {
    int32_t act;
    int64_t at;
    int64_t every; /* 0: only `at` */
    int8_t batch;  /* only in a batch of more than one */
};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_CHOICE(struct params, act, 0, acts, "x"),
    UPTAKE_PARAM_INTEGER(struct params, at, 0, 0, UPTAKE_NO_LIMIT, "", "x"),
    UPTAKE_PARAM_INTEGER(struct params, every, 0, 0, UPTAKE_NO_LIMIT, "", "x"),
    UPTAKE_PARAM_FLAG(struct params, batch, 0, "x"),
};

static int is_meant(const struct uptake_call *call, uint64_t i)
{
    const struct params *with = call->params;
    uint64_t innovation = call->first + i, at = (uint64_t)with->at;
    if (with->batch && call->count == 1)
        return 0;
    if (with->every == 0)
        return innovation == at;
    return innovation >= at && (innovation - at) % (uint64_t)with->every == 0;
}

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    for (uint64_t i = 0; i < call->count; i++) {
        int meant = is_meant(call, i);
        if (meant && with->act == ACT_WORDS)
            return uptake_fail(call, "innovation %d is beyond me", (int)(call->first + i));
        if (meant && with->act == ACT_SILENT)
            return -1;
        if (meant && with->act == ACT_UNWRITTEN)
            continue;
        double score = (double)((call->first + i) % 100) / 100;
        uptake_output(call, SCORE)[i] = score;
        uptake_output_low(call, SCORE)[i] = score / 2;
        uptake_output_high(call, SCORE)[i] = score / 2 + 0.5;
        uptake_output_choice(call, PICK)[i] = (call->first + i) % 2;
        if (!meant || with->act != ACT_NO_TEXT)
            uptake_write_text(call, WORDS, i, "innovation %d", (int)(call->first + i));
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "seen %d", (int)(call->first + i));
        if (meant)
            functions[with->act](call, i);
    }
    return 0;
}

static const struct uptake_plugin hostile = {sizeof hostile,
                                             "run-hostile",
                                             "6.6.6",
                                             1,
                                             0,
                                             "Hostile",
                                             "Does one bad thing.",
                                             "A source.",
                                             UPTAKE_ROWS(reads),
                                             UPTAKE_ROWS(params),
                                             UPTAKE_ROWS(writes),
                                             sizeof(struct params),
                                             0,
                                             NULL,
                                             process,
                                             NULL,
                                             NULL,
                                             NULL};

UPTAKE_BUNDLE(&hostile)
