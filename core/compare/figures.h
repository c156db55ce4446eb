/* Figures: what statistics answer, named, each a number or the reason why there is none. */
#ifndef UPTAKE_COMPARE_FIGURES_H
#define UPTAKE_COMPARE_FIGURES_H

#include <stdbool.h>

#include "base/arena.h"
#include "result/result.h"

/* Grows in an arena; a failure sticks. */
struct figures {
    struct arena *arena;
    struct result_figure *list;
    size_t n;
    size_t room;
    bool failed;
};

/* name: constant, or kept by the caller. A value that is not finite needs a reason; without one it is "not_finite". */
void figures_add(struct figures *figures, const char *name, double value);
void figures_undefined(struct figures *figures, const char *name, const char *reason);
/* The one or the other: reason NULL means that the value holds. */
void figures_either(struct figures *figures, const char *name, double value, const char *reason);

#endif
