/*
 * What the files of spread-barriers share: the indices of its reads, and a domain as its ratings leave it.
 * Points in parentheses are those at the head of plugin.c.
 *
 *     domains.c   (1), (2), (5)  ratings to a domain
 *     plugin.c    (2) to (4)     domains to the whole
 *     findings.c  (6)            what stands out among the domains, and their names in words
 *
 * Shared functions begin with barriers_, so that they meet no name of another plugin or of the host where
 * the tests link all into one program.
 */
#ifndef SPREAD_BARRIERS_H
#define SPREAD_BARRIERS_H

#include <stdbool.h>

#include <uptake/plugin.h>

/* Reads. */
enum { DOMAIN, VALUE, RATER, STATE };

enum { DOMAINS = 7, RATERS_MAX = 1024, NAMES_BYTES = 128 };

struct domain {
    int raters;
    bool not_applicable;
    double best, low, high; /* medians; where not rated 0..1 */
    double least, worst;    /* the raters' own, apart */
    int64_t row;            /* the rating nearest to the median; of two, the worse; -1: no row */
    int64_t worst_row;
};

/* False: too many raters. */
bool barriers_domain_read(const struct uptake_call *call, uint64_t i, int d, struct domain *domain);

/* By a level (.5) or more. */
bool barriers_raters_differ(const struct domain *domain);

enum wanted { NOT_RATED, SIMPLE, PERHAPS_SIMPLE };

/* "technology, adopters"; answers how many. */
int barriers_names_of(const struct domain *profile, enum wanted wanted, char names[NAMES_BYTES]);

void barriers_note_all(struct uptake_call *call, uint64_t i, const struct domain *profile);

#endif
