/*
 * What stands out among the domains, (6), a finding each in the order of enum kind; and the names of those
 * of which the same is said.
 */
#include "barriers.h"

static const char *const spoken[DOMAINS] = {"condition", "technology",   "value proposition",
                                            "adopters",  "organisation", "wider system",
                                            "embedding"};
static const char *const levels[] = {"simple", "complicated", "complex"};

/* --- Words ------------------------------------------------------------------------------------ */

/* The level that a value has at least, and at most: .25 and .75 stand between two. */
static int level_from(double value)
{
    return value > 0.75 ? 2 : value > 0.25;
}
static int level_to(double value)
{
    return value >= 0.75 ? 2 : value >= 0.25;
}

static bool is_wanted(const struct domain *domain, enum wanted wanted)
{
    bool rated = domain->raters > 0;
    switch (wanted) {
    case NOT_RATED: return !rated && !domain->not_applicable;
    case SIMPLE: return rated && level_to(domain->high) == 0;
    default: return rated && level_to(domain->high) == 1 && level_from(domain->best) == 0;
    }
}

/* Puts two words down, NUL behind; NAMES_BYTES hold all seven domains. Answers their bytes. */
static size_t name_add(char *to, const char *comma, const char *word)
{
    size_t first = strlen(comma), second = strlen(word);
    memcpy(to, comma, first + 1);
    memcpy(to + first, word, second + 1);
    return first + second;
}

int barriers_names_of(const struct domain *profile, enum wanted wanted, char names[NAMES_BYTES])
{
    int count = 0;
    size_t used = 0;
    names[0] = 0;
    for (int d = 0; d < DOMAINS; d++)
        if (is_wanted(&profile[d], wanted))
            used += name_add(names + used, count++ ? ", " : "", spoken[d]);
    return count;
}

/* --- Findings: (6) ---------------------------------------------------------------------------- */

enum kind { IS_COMPLEX, DIFFER, UNRATED, MAY_BE_COMPLEX, IS_COMPLICATED, KINDS };

static bool is_kind(const struct domain *domain, enum kind kind)
{
    if (domain->raters == 0)
        return kind == UNRATED && !domain->not_applicable;
    switch (kind) {
    case IS_COMPLEX: return level_from(domain->low) == 2;
    case DIFFER: return barriers_raters_differ(domain);
    case MAY_BE_COMPLEX: return level_from(domain->low) < 2 && level_to(domain->high) == 2;
    case IS_COMPLICATED: return level_to(domain->high) == 1 && level_from(domain->best) == 1;
    default: return false;
    }
}

static void domain_note(struct uptake_call *call, uint64_t i, int d, const struct domain *domain,
                        enum kind kind)
{
    int64_t at = kind == DIFFER ? domain->worst_row : domain->row;
    uint32_t entity = at < 0 ? UPTAKE_INNOVATION : VALUE;
    uint64_t row = at < 0 ? i : (uint64_t)at;
    if (kind == DIFFER)
        uptake_note(call, entity, row, UPTAKE_RISKS, "raters differ on %s: %s and %s", spoken[d],
                    levels[level_to(domain->worst)], levels[level_from(domain->least)]);
    else if (kind == MAY_BE_COMPLEX)
        uptake_note(call, entity, row, UPTAKE_RISKS,
                    "%s: %s to complex, so part of it may not be plannable", spoken[d],
                    levels[level_from(domain->low)]);
    else if (kind == IS_COMPLEX)
        uptake_note(call, entity, row, UPTAKE_BLOCKS,
                    "%s: complex, it keeps changing and cannot be planned part by part", spoken[d]);
    else if (kind == UNRATED)
        uptake_note(call, entity, row, UPTAKE_NOT_KNOWN,
                    "%s: not rated, so it may be anything from simple to complex", spoken[d]);
    else
        uptake_note(call, entity, row, UPTAKE_RISKS,
                    "%s: complicated, many parts, but each can be planned for", spoken[d]);
}

int barriers_note_all(struct uptake_call *call, uint64_t i, const struct domain *profile, int left)
{
    char names[NAMES_BYTES] = "";
    for (int kind = 0; kind < KINDS; kind++)
        for (int d = 0; d < DOMAINS && left > 0; d++)
            if (is_kind(&profile[d], (enum kind)kind)) {
                domain_note(call, i, d, &profile[d], (enum kind)kind);
                left--;
            }
    if (left > 0 && barriers_names_of(profile, SIMPLE, names) > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "simple: %s", names);
    left -= *names != 0;
    if (left > 0 && barriers_names_of(profile, PERHAPS_SIMPLE, names) > 0) {
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "simple, perhaps complicated: %s",
                    names);
        left--;
    }
    return left > 0 ? left : 0;
}
