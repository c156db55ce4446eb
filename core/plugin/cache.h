/*
 * What scans found, kept from one start to the next: a file a bundle, below XDG_CACHE_HOME (or ~/.cache)/uptake. It only
 * saves time: a file that is missing, damaged, of another version or not one's own is as good as none, and nothing in it
 * is believed more than what a child would send.
 */
#ifndef UPTAKE_PLUGIN_CACHE_H
#define UPTAKE_PLUGIN_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/arena.h"

struct cache_entry {
    const void *bytes; /* the description; NULL: the scan failed */
    size_t count;
    const char *failure;
    int64_t since; /* when it was scanned, in seconds since 1970 */
};

enum { CACHE_FAILURE_SECONDS = 3600 };

/* Whether there is an entry for the very file: path, device, inode, size, times in ns; and for this version, ABI and
 * containment. A failure older than an hour is none. */
bool cache_get(const char *path, const struct stat *file, struct arena *arena,
               struct cache_entry *entry);
/* Keeps what a scan found, atomically. file: as it was before the scan; where it has changed since, or so shortly before
 * that its times might not tell, nothing is kept. */
void cache_put(const char *path, const struct stat *file, const struct cache_entry *entry);

/* From here on nothing is taken from the cache; it is written as ever. */
void cache_renew(void);

#endif
