/* Whether two runs of one plugin gave the same answers. */
#ifndef UPTAKE_CHECK_SAME_H
#define UPTAKE_CHECK_SAME_H

#include "check/trial.h"

enum { SAME_BYTES = 400 };

/* tolerance: relative, and absolute below 1; 0: the same bits, and the same words of findings and reasons.
 * Innovations are matched by id, their rows by order. False: text says where they first differ. */
bool same_results(const struct trial *a, const struct trial *b, double tolerance,
                  char text[SAME_BYTES]);

#endif
