/* Reads what run-circle-b writes, which reads what this writes. */
#include "uptake/plugin.h"

#ifndef CIRCLE_ID
#define CIRCLE_ID "run-circle-a"
#define CIRCLE_READS "@run-b"
#define CIRCLE_WRITES "run-a"
#endif

enum { OTHER };
enum { ANSWER };

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER(OTHER, CIRCLE_READS, "", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT, "x")};
static const struct uptake_write writes[] = {UPTAKE_WRITE(ANSWER, UPTAKE_NUMBER, UPTAKE_OPTIONAL,
                                                          UPTAKE_HIGHER, "answer", "", "", 0, 1, 0,
                                                          CIRCLE_WRITES, NULL, "x")};

static int process(struct uptake_call *call)
{
    (void)call;
    return 0;
}

static const struct uptake_plugin circle = {sizeof circle,
                                            CIRCLE_ID,
                                            "1.0",
                                            1,
                                            0,
                                            "Circle",
                                            "A plugin.",
                                            "A source.",
                                            UPTAKE_ROWS(reads),
                                            UPTAKE_NO_ROWS,
                                            UPTAKE_ROWS(writes),
                                            0,
                                            0,
                                            NULL,
                                            process,
                                            NULL,
                                            NULL,
                                            NULL};

UPTAKE_BUNDLE(&circle)
