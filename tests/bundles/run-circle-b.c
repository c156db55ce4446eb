/* The other half of run-circle-a. */
#define CIRCLE_ID "run-circle-b"
#define CIRCLE_READS "@run-a"
#define CIRCLE_WRITES "run-b"
#include "run-circle-a.c"
