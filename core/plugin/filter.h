/* System call filters, built once by libseccomp: the one file that names it is filter.c. Without that library there are
 * none, and filters_build says so. */
#ifndef UPTAKE_PLUGIN_FILTER_H
#define UPTAKE_PLUGIN_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

/* GUARD: what no other filter may allow; installed first. LOADING: what loading and computing take, and nothing else. COMPUTING:
 * what only the loader needs is taken away. */
enum filter_stage { FILTER_GUARD, FILTER_LOADING, FILTER_COMPUTING, FILTER_STAGES };

/* Whether this build has filters at all. */
bool filters_known(void);
/* Builds all, if they are not built yet. -1: memory or descriptors are out, or the library refused. */
int filters_build(void);
/* Installs one in this process, for this process: calls that name a process may name only it. */
int filter_install(enum filter_stage stage);
/* A system call by its number, or NULL. Valid until the next call. */
const char *filter_call_name(int number);

#endif
