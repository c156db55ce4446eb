/* Changes the floating-point environment when it is loaded, as -ffast-math does, and at the end
 * of every call. */
#include <fenv.h>

#include "uptake/plugin.h"

enum { PAYBACK };
enum { THIRD };

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x")};
static const struct uptake_write writes[] = {UPTAKE_WRITE_NUMBER(
    THIRD, "third", "", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT, UPTAKE_HIGHER, UPTAKE_OPTIONAL, "x")};

__attribute__((constructor)) static void on_load(void)
{
    fesetround(FE_UPWARD);
}

static int process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++) {
        volatile double x = uptake_numbers(call, PAYBACK)[i];
        uptake_output(call, THIRD)[i] = x / 3;
    }
    fesetround(FE_UPWARD);
    return 0;
}

static const struct uptake_plugin fenv = {sizeof fenv,
                                          "run-fenv",
                                          "1.0",
                                          1,
                                          0,
                                          "Floating point",
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

UPTAKE_BUNDLE(&fenv)
