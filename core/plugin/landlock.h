/* Landlock: what of the file system a process may still see. Raw system calls: no library has them yet. */
#ifndef UPTAKE_PLUGIN_LANDLOCK_H
#define UPTAKE_PLUGIN_LANDLOCK_H

/* The kernel's Landlock ABI; 0: it has none. */
int landlock_version(void);
/* From here on this process may read the bundle, and the libraries that a loader looks for, and nothing else. Needs
 * no_new_privs. -1: it could not be done. */
int landlock_restrict(const char *bundle);

#endif
