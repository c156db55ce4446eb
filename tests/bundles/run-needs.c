/* As run-reads, but it cannot do without. */
#define READS_ID "run-needs"
#define READS_FLAGS UPTAKE_REQUIRED
#include "run-reads.c"
