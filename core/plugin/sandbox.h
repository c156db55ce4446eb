/*
 * The sandbox in which code of a bundle runs: a child that is about to load one enters it, loads, and seals it. It
 * needs no namespaces and no rights, so it works for root and for anybody else, and inside containers.
 *
 * Two stages, because the loader must open and map files and a plugin must not:
 *   enter   no new privileges; Landlock: only the bundle and the system's libraries can be read; filter 1: system
 *           calls that compute, allocate, map and read, nothing else
 *   seal    filter 2: no file is opened any more, no memory made executable
 *
 * A call that is not allowed ends the process with SIGSYS; its number is noted first, so that the host can name the
 * deed ("tried to open a file").
 */
#ifndef UPTAKE_PLUGIN_SANDBOX_H
#define UPTAKE_PLUGIN_SANDBOX_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* How firmly code is held, from the least. */
enum sandbox_level {
    SANDBOX_PROCESS, /* a process of its own: crashes and hangs are contained, hostile code is not */
    SANDBOX_NO_LANDLOCK, /* filters, but a constructor may read what you can */
    SANDBOX_FULL
};

/* What this machine and this build offer; asked of the kernel once. */
enum sandbox_level sandbox_offered(void);
/* "full", "no-landlock", "process". */
const char *sandbox_name(enum sandbox_level level);
/* Why it is no more than that, in words for a message; NULL: it is full. */
const char *sandbox_lacks(void);

/* What a child is held at from here on; the best offered, where nothing was said. Never above what is offered. */
void sandbox_limit(enum sandbox_level most);
enum sandbox_level sandbox_level(void);

/* Builds what children will install, once, before the first fork. Where it cannot, each child will try for itself. */
void sandbox_prepare(void);

/* Why a call ended its process. In memory that the host sees; zeroed: none did. Untrusted there. */
struct sandbox_denial {
    _Atomic uint32_t call;     /* its number + 1 */
    _Atomic uint32_t argument; /* the low half of its first argument */
};

/* In the child. -1: the level could not be reached; the child must end. denial stays in use. */
int sandbox_enter(const char *bundle, struct sandbox_denial *denial);
/* Where this process has not entered, it does nothing: plugins in the host are nobody's prisoners. */
int sandbox_seal(void);

/* "tried to open a file"; "" where nothing was denied. In the host. */
enum { SANDBOX_DEED_BYTES = 96 };
const char *sandbox_deed(const struct sandbox_denial *denial, char text[SANDBOX_DEED_BYTES]);

#endif
