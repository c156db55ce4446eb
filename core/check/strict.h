/*
 * Strict views: around every call of plugin code, what it may read lies in read-only pages of its own, and what it may
 * write in others, each up against an unreadable page. So a row too far, or a written input, is a fault whose address says
 * what was touched, and the handler says it in words.
 */
#ifndef UPTAKE_CHECK_STRICT_H
#define UPTAKE_CHECK_STRICT_H

#include "run/share.h"

enum strict_fault { FAULT_NONE, FAULT_READ, FAULT_WRITE, FAULT_INPUT, FAULT_ELSEWHERE };

/* In memory that a parent shares: what was touched. */
struct strict_report {
    _Atomic int fault; /* enum strict_fault */
    char text[300];
};

struct strict;

/* at_start: slices begin behind an unreadable page, else they end before one. One at a time in a process; a fault ends it. */
struct strict *strict_open(struct strict_report *report, bool at_start);
void strict_close(struct strict *strict);
/* To be handed to a run in this process. */
struct watch strict_watch(struct strict *strict);

#endif
