/*
 * What the files of spread-barriers share: the indices of its reads, a domain as its ratings leave it, and
 * what CFIR's ratings come to. Points in parentheses are those at the head of plugin.c.
 *
 *     domains.c   (1), (2), (5)  ratings to a domain
 *     plugin.c    (2) to (4)     domains to the whole
 *     findings.c  (6)            what stands out among the domains, and their names in words
 *     cfir.c      (7) to (9)     ratings to constructs and units, and what tells units apart
 *     cfir_notes.c  (10)         what stands out among them, and the constructs' names
 *
 * Shared functions begin with barriers_, so that they meet no name of another plugin or of the host where
 * the tests link all into one program.
 */
#ifndef SPREAD_BARRIERS_H
#define SPREAD_BARRIERS_H

#include <stdbool.h>

#include <uptake/plugin.h>

/* Reads. */
enum {
    DOMAIN,
    VALUE,
    RATER,
    STATE,
    CFIR_CONSTRUCT,
    CFIR_VALUE,
    CFIR_STATE,
    CFIR_ADOPTER,
    SPELL_ADOPTER,
    SPELL_IMPLEMENTATION,
    ADOPTER_ID
};

/* Writes. */
enum {
    OPENNESS,
    COMPLEX_DOMAINS,
    KNOWN,
    DISAGREEMENTS,
    WEAKEST_DOMAIN,
    PROFILE, /* and the six behind it */
    HINDERS_LEAST = PROFILE + 7,
    HINDERS_MOST,
    HELPS_LEAST,
    HELPS_MOST,
    CFIR_LABELS, /* counts of constructs, and the three behind it */
    CFIR_TELLING = CFIR_LABELS + 4,
    CFIR_DISAGREEMENTS,
    ROW_MEDIAN,
    ROW_HINDERS,
    ROW_HELPS,
    ROW_LABEL
};

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

/* Gives at most `left` findings; answers how many of them may still be given. */
int barriers_note_all(struct uptake_call *call, uint64_t i, const struct domain *profile, int left);

/* --- CFIR ------------------------------------------------------------------------------------- */

enum { CFIR_CONSTRUCTS = 89, CFIR_RATINGS_MAX = 4096, CFIR_DIFFER_KEPT = 2 };

/* In the order in which they are written, and counted. */
enum cfir_label { STRONG, WEAK, NOT_DISTINGUISHING, NOT_ASSESSABLE, CFIR_LABEL_COUNT };

/* A construct over the units. */
struct cfir_construct {
    bool named; /* some row names it, rated or not */
    int units, helped;
    int high, low; /* units of high and of low implementation that rated it */
    double high_least, high_sum, low_most, low_sum;
    enum cfir_label label;
};

/* What one unit says. */
struct cfir_unit {
    int64_t row;     /* one that hinders, else its first */
    int64_t adopter; /* -1: the innovation as a whole */
    int rated, hinder, help;
};

/* A construct on which raters of one unit differ. */
struct cfir_differ {
    int construct;
    int64_t row, adopter;
    double least, most;
};

/* constructs: only where something was rated; last, so that most innovations need not clear them. */
struct cfir {
    bool too_many;
    int rows, rated, units, units_high, units_low, disagreements;
    struct cfir_unit most_hindered;
    double hinders[2], helps[2]; /* shares: of the units the least and the most */
    struct cfir_differ differ[CFIR_DIFFER_KEPT];
    struct cfir_construct constructs[CFIR_CONSTRUCTS];
};

/* NULL-terminated keys of the constructs that CFIR_CONSTRUCT is read by. */
extern const char *const barriers_cfir_names[CFIR_CONSTRUCTS + 1];

/* Reads the ratings of innovation i and writes what is CFIR's. */
void barriers_cfir_assess(struct uptake_call *call, uint64_t i, struct cfir *cfir);

/* "tension for change, trialability and 3 more": those of that label. Answers how many. */
enum { CFIR_NAMES_BYTES = 150 };
int barriers_cfir_names_of(const struct cfir *cfir, enum cfir_label label,
                           char names[CFIR_NAMES_BYTES]);

void barriers_cfir_note_all(struct uptake_call *call, uint64_t i, const struct cfir *cfir,
                            int left);

#endif
