/* Making a made-up model as small as it gets while something still holds of it. */
#ifndef UPTAKE_CHECK_SHRINK_H
#define UPTAKE_CHECK_SHRINK_H

#include "check/made.h"

/* holds: asked of the model as it is printed; one that is no longer valid does not. Fails with: what ends the search. */
struct shrink {
    struct made_model *made;
    int (*holds)(void *user, bool *holds, struct uptake_error *error);
    void *user;
    double seconds; /* at most */
};

/*
 * Takes parts away from the outside in (innovations before rows, rows before fields), then makes what is left plain: short
 * texts, round numbers. Leaves the model printed for people.
 */
int shrink_model(const struct shrink *shrink, struct uptake_error *error);

#endif
