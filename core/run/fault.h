/* Where a worker was when it touched memory that it may not, and what that is called. */
#ifndef UPTAKE_RUN_FAULT_H
#define UPTAKE_RUN_FAULT_H

#include "run/share.h"

/* In the worker: notes the address of the fault that ends it. Whether it can or not, the worker dies of it as ever. */
void fault_watch(struct fault *fault);

/* In the host, which has its own memory at the same addresses: "it used a null pointer"; "" where nothing was noted. What
 * was noted is not believed: it only chooses words. */
const char *fault_words(const struct share *share, const struct fault *fault);

#endif
