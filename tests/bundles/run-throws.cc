// An exception that leaves process.
#include <stdexcept>

#include "uptake/plugin.h"

namespace
{

enum { PAYBACK };
enum { SCORE };

const uptake_read reads[] = {
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x")};
const uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(SCORE, "score", "", 0, 1, UPTAKE_HIGHER, 0, "x")};

int process(uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++) {
        if (call->first + i == 130)
            throw std::runtime_error("not caught");
        uptake_output(call, SCORE)[i] = 0.5;
    }
    return 0;
}

const uptake_plugin throws = {sizeof(uptake_plugin),
                              "run-throws",
                              "1.0",
                              1,
                              0,
                              "Throws",
                              "A plugin.",
                              "A source.",
                              UPTAKE_ROWS(reads),
                              UPTAKE_NO_ROWS,
                              UPTAKE_ROWS(writes),
                              0,
                              0,
                              nullptr,
                              process,
                              nullptr,
                              nullptr,
                              nullptr};

} // namespace

UPTAKE_BUNDLE(&throws)
