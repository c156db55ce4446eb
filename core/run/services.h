/* What the host does for a plugin during a call: notes, texts, skips, failures (struct uptake_host). */
#ifndef UPTAKE_RUN_SERVICES_H
#define UPTAKE_RUN_SERVICES_H

#include "run/caller.h"

extern const struct uptake_host services;

#endif
