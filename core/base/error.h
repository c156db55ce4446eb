/*
 * Errors travel in the caller's hand: filled at the deepest point, with a place where there is one.
 * Nothing in core prints; core/cli prints each message once. A loader may add up to ERROR_MESSAGES
 * messages before it gives up; further ones are counted.
 */
#ifndef UPTAKE_BASE_ERROR_H
#define UPTAKE_BASE_ERROR_H

#include <stdbool.h>
#include <stdint.h>

#define ERROR_MESSAGES 20
#define ERROR_BYTES 640

enum exit_code {
    EXIT_OK = 0,
    EXIT_DIFFERS = 1, /* a comparison or a conformance check failed */
    EXIT_INPUT = 2,   /* command line, spec, model or bundle is wrong: nothing was run */
    EXIT_PARTIAL = 3, /* the run finished, some plugin failed on some innovation */
    EXIT_MACHINE = 4  /* disk full, no memory: nothing half-written is left */
};

/* A place in a file: line and column from 1; line 0: the file as a whole. */
struct place {
    const char *file;
    uint32_t line;
    uint32_t column;
};

struct uptake_error {
    int exit_code; /* of the first message */
    uint32_t count;
    uint32_t more; /* messages that found no room */
    char text[ERROR_MESSAGES][ERROR_BYTES];
};

/* All take NULL for the error, and return -1, to be returned. */
__attribute__((format(printf, 3, 4))) int error_add(struct uptake_error *error, int exit_code,
                                                    const char *format, ...);
/* "file:line:column: message", exit code 2. */
__attribute__((format(printf, 3, 4))) int error_at(struct uptake_error *error, struct place place,
                                                   const char *format, ...);
/* "cannot VERB WHAT: reason of errno"; exit code 4 where the machine failed (ENOMEM, ENOSPC, EIO, EMFILE...), else 2. */
int error_errno(struct uptake_error *error, const char *verb, const char *what);
int error_memory(struct uptake_error *error);

/* True when no further message finds room. */
bool error_full(const struct uptake_error *error);

#endif
