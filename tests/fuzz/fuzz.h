/*
 * What the targets of this folder share: an input as a file, its parts, plugins that are described without a child, and
 * what an output must be.
 *
 * A target is a function of bytes (libFuzzer's). Built by Clang with the preset `fuzz` it is a fuzzer; built by anything
 * else (support/main.c) it runs over the kept inputs of corpus/ as an ordinary test.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plugin/plugin.h"
#include "report/out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, which is how a target says that something is wrong. */
__attribute__((noreturn, format(printf, 1, 2))) void fuzz_broken(const char *format, ...);
#define fuzz_expect(holds, ...)                                                                    \
    do {                                                                                           \
        if (!(holds))                                                                              \
            fuzz_broken(__VA_ARGS__);                                                              \
    } while (0)
/* A stage that failed has said why, with this exit code; one that succeeded has said nothing. */
void fuzz_expect_said(const char *stage, int failed, const struct uptake_error *error);

/* Its messages are UTF-8 that no terminal obeys. */
void fuzz_expect_texts(const char *stage, const struct uptake_error *error);

/* --- Inputs ----------------------------------------------------------------------------------- */

struct part {
    const uint8_t *data;
    size_t size;
    const char *word; /* what follows the "====" that the part begins with, to the line's end; "" */
    size_t word_bytes;
};

/* An input's parts: what stands before the first line "====WORD", between it and the second ... Answers how many. */
size_t fuzz_parts(const uint8_t *data, size_t size, struct part *parts, size_t most);
bool fuzz_word_has(const struct part *part, char letter);

enum fuzz_place { FUZZ_FIRST, FUZZ_SECOND, FUZZ_PLACES };
/* A file that holds the bytes; its path stays. */
const char *fuzz_file(enum fuzz_place place, const void *bytes, size_t size);
/* A file of the source tree; freed never. */
const char *fuzz_source(const char *path, size_t *bytes);

/* --- Plugins ---------------------------------------------------------------------------------- */

/* The four shipped plugins. */
size_t fuzz_plugins(const struct plugin **plugins);

/* --- Outputs ---------------------------------------------------------------------------------- */

/* Begins an output in memory; fuzz_output gives what was written, and ends it. */
struct report_out *fuzz_out(void);
const char *fuzz_output(size_t *bytes);
/* UTF-8 that no terminal obeys; and JSON. */
void fuzz_expect_printable(const char *what);
void fuzz_expect_json(const char *what);

#endif
