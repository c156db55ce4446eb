/*
 * spread-barriers: how complex an innovation is to spread, by the seven domains of NASSS; and, apart from
 * that, what hinders and what helps at each unit, by the constructs of CFIR.
 *
 * (1) Level. A rating is simple 0, complicated .5 or complex 1. A rater's value for a domain is the
 *     worst of the questions that he or she rated in it; all ratings without a rater count as one
 *     rater's. s_d is the median over raters (of an even number: the middle of the two in the middle);
 *     its low and high are the medians of the raters' lows and highs.
 * (2) Missing. A domain of which every rating says not applicable is left out: m domains apply. r of
 *     them are rated. Unknown and left out are the same here: not rated.
 * (3) openness = 1 - sum w_d s_d / sum w_d over the rated, 0..1. Its low takes every doubt at its worst
 *     and what is not rated as complex; its high the reverse. Skipped where r/m < at_least/7, or where
 *     no rated domain has a weight.
 * (4) complex_domains = number of domains with s_d > .75; its low counts those that are so at their
 *     best, its high those that may be so, or are not rated. Weights do not enter. weakest_domain is the
 *     rated domain with the greatest s_d, of equals the one with the greater high, then the first.
 * (5) Raters differ where two are a level (.5) or more apart. That is a finding, not doubt.
 * (6) Findings: a domain blocks where it is complex at its best, is a risk where it may be complex or is
 *     complicated, and helps where it is simple. The first eight are kept, in the order of enum kind.
 *
 * (7) CFIR. A unit of analysis is an adopter; ratings without one are the innovation's as a whole. A rating
 *     is -2..2, mixed is 0; not applicable and missing are not ratings. A unit's value for a construct is
 *     the median over its ratings. Raters differ where two are 2 or more apart: a finding.
 * (8) Per unit, hinders = constructs with a median <= -1 over constructs rated, helps = those with >= 1.
 *     Neither is taken from the other, and units are not averaged: the least and the most of them stand for
 *     the innovation.
 * (9) Over units that spells call high or low implementation, a construct tells them apart strongly where
 *     every high unit is at least 2 above every low one; else weakly where the two means differ by at
 *     least 1; else not; not assessable where either group has no rating. Fitted to one paper with one low
 *     unit: all 28 labels of Varsi et al come out, but the lines were chosen by looking at them.
 * (10) Ratings by CFIR alone are enough for an innovation to be assessed; openness is then absent. Where
 *     both frameworks have findings, four places of the eight are CFIR's.
 *
 * Source: the domains and levels are those of NASSS (Greenhalgh et al, J Med Internet Res 2017;19:e367).
 * Its authors publish no total and say that it is neither formulaic nor predictive: (3) is this
 * plugin's own convention. CFIR: Damschroder et al, Implement Sci 2009;4:50 and 2022;17:75 (constructs and
 * scale; no total either); high and low units as in Varsi et al, J Med Internet Res 2015;17:e262; the rule of
 * (9) is ours.
 *
 * Here: what is read, tuned and written, and (2) to (4). barriers.h says which file has which point.
 */
#include <stdio.h>

#include "barriers.h"

static const char *const domains[] = {
    "condition",    "technology",   "value_proposition", "adopters",
    "organisation", "wider_system", "embedding",         NULL};
static const char *const states[] = {"rated", "mixed", "not_applicable", NULL};

static const char *const high_low[] = {"high", "low", NULL};
static const char *const labels[] = {"strong", "weak", "not_distinguishing", "not_assessable",
                                     NULL};

struct params {
    double weights[DOMAINS];
    int64_t at_least;
};

#define CFIR_ROWS "judgements[framework=cfir]"
static const struct uptake_read reads[] = {
    UPTAKE_READ_CHOICE(DOMAIN, "judgements[framework=nasss].domain", domains,
                       "NASSS domain that the rated question belongs to"),
    UPTAKE_READ_NUMBER_DOUBT(VALUE, "judgements[framework=nasss].value", "", 0, 1,
                             "simple 0, complicated 0.5, complex 1"),
    UPTAKE_READ_TEXT(RATER, "judgements[framework=nasss].rater", "who rated"),
    UPTAKE_READ_CHOICE(STATE, "judgements[framework=nasss].state", states,
                       "not_applicable leaves the domain out"),
    UPTAKE_READ_CHOICE(CFIR_CONSTRUCT, CFIR_ROWS ".construct", barriers_cfir_names,
                       "what is rated"),
    UPTAKE_READ_NUMBER(CFIR_VALUE, CFIR_ROWS ".value", "", -2, 2,
                       "-2 hinders clearly to 2 helps clearly"),
    UPTAKE_READ_CHOICE(CFIR_STATE, CFIR_ROWS ".state", states,
                       "mixed is 0; not_applicable is no rating"),
    UPTAKE_READ_REF(CFIR_ADOPTER, CFIR_ROWS ".adopter",
                    "unit of analysis; left out: the innovation as a whole"),
    UPTAKE_READ_REF(SPELL_ADOPTER, "spells[].adopter", "unit that `implementation` speaks of"),
    UPTAKE_READ_CHOICE(SPELL_IMPLEMENTATION, "spells[].implementation", high_low,
                       "which units put it in place well, and which poorly"),
    UPTAKE_READ_TEXT(ADOPTER_ID, "/adopters[].id", "names the unit in findings"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_TABLE(struct params, weights, 1, 0, UPTAKE_NO_LIMIT, "", domains,
                       "what each domain counts for in openness"),
    UPTAKE_PARAM_INTEGER(
        struct params, at_least, 4, 1, DOMAINS, "domains",
        "rated domains of seven below which nothing is said; where fewer than seven "
        "apply, the same share of them"),
};

static const uint32_t nasss_reads[] = {DOMAIN, VALUE, RATER, STATE};
static const uint32_t cfir_reads[] = {CFIR_VALUE};

#define WRITE(reads, index, type, flags, better, name, entity, unit, min, max, tolerance,          \
              quantity, choices, doc)                                                              \
    {                                                                                              \
        index, type, flags, better, name, entity, unit, min, max, tolerance, quantity, choices,    \
            UPTAKE_ROWS(reads), doc                                                                \
    }
#define WRITE_DOMAIN(d, key)                                                                       \
    WRITE(nasss_reads, PROFILE + d, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_LOWER, key, "", "", 0,  \
          1, 0.25, "nasss-" key, NULL,                                                             \
          "median over raters: 0 simple, 0.5 complicated, 1 complex; absent if not rated")
#define WRITE_SHARE(index, entity, better, name, doc)                                              \
    WRITE(cfir_reads, index, UPTAKE_NUMBER, UPTAKE_OPTIONAL, better, name, entity, "share", 0, 1,  \
          0.05, "", NULL, doc)
#define WRITE_COUNT(index, name, doc)                                                              \
    WRITE(cfir_reads, index, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_NEITHER, name, "",             \
          "constructs", 0, UPTAKE_NO_LIMIT, 0, "", NULL, doc)

#define FITTED "; by a rule fitted to one paper with one low unit"

enum { DOUBTFUL = UPTAKE_BOUNDS | UPTAKE_OPTIONAL };
static const struct uptake_write writes[] = {
    WRITE(nasss_reads, OPENNESS, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_HIGHER, "openness", "", "", 0, 1,
          0.05, "spread-openness", NULL,
          "1 - weighted mean complexity of the rated domains: 1 simple throughout, 0 complex "
          "throughout; a convention of this plugin, not of NASSS"),
    WRITE(nasss_reads, COMPLEX_DOMAINS, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_LOWER, "complex_domains",
          "", "domains", 0, DOMAINS, 0, "nasss-complex-domains", NULL,
          "domains rated complex; the high counts those not rated"),
    WRITE(nasss_reads, KNOWN, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_HIGHER, "known", "", "", 0, 1,
          0, "", NULL, "rated domains over those that apply"),
    WRITE(nasss_reads, DISAGREEMENTS, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
          "disagreements", "", "domains", 0, DOMAINS, 0, "", NULL,
          "domains on which raters are a level or more apart"),
    WRITE(nasss_reads, WEAKEST_DOMAIN, UPTAKE_CHOICE, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
          "weakest_domain", "", "", 0, 0, 0, "", domains,
          "the most complex rated domain (of equals the more doubtful, then the first); absent "
          "where all are simple"),
    WRITE_DOMAIN(0, "condition"),
    WRITE_DOMAIN(1, "technology"),
    WRITE_DOMAIN(2, "value_proposition"),
    WRITE_DOMAIN(3, "adopters"),
    WRITE_DOMAIN(4, "organisation"),
    WRITE_DOMAIN(5, "wider_system"),
    WRITE_DOMAIN(6, "embedding"),
    WRITE_SHARE(HINDERS_LEAST, "", UPTAKE_LOWER, "cfir_hinders_least",
                "share of rated CFIR constructs that hinder, at the unit where fewest do"),
    WRITE_SHARE(HINDERS_MOST, "", UPTAKE_LOWER, "cfir_hinders_most",
                "share of rated CFIR constructs that hinder, at the unit where most do"),
    WRITE_SHARE(HELPS_LEAST, "", UPTAKE_HIGHER, "cfir_helps_least",
                "share of rated CFIR constructs that help, at the unit where fewest do"),
    WRITE_SHARE(HELPS_MOST, "", UPTAKE_HIGHER, "cfir_helps_most",
                "share of rated CFIR constructs that help, at the unit where most do"),
    WRITE_COUNT(CFIR_LABELS, "cfir_strong",
                "CFIR constructs that tell high from low implementation strongly" FITTED),
    WRITE_COUNT(CFIR_LABELS + 1, "cfir_weak",
                "CFIR constructs that tell high from low implementation weakly" FITTED),
    WRITE_COUNT(CFIR_LABELS + 2, "cfir_not_distinguishing",
                "CFIR constructs that do not tell high from low implementation" FITTED),
    WRITE_COUNT(CFIR_LABELS + 3, "cfir_not_assessable",
                "CFIR constructs that no high, or no low unit rated"),
    WRITE(cfir_reads, CFIR_TELLING, UPTAKE_TEXT, UPTAKE_OPTIONAL, UPTAKE_NEITHER, "cfir_telling",
          "", "", 0, 0, 0, "", NULL, "names of those that tell strongly" FITTED),
    WRITE(cfir_reads, CFIR_DISAGREEMENTS, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
          "cfir_disagreements", "", "ratings", 0, UPTAKE_NO_LIMIT, 0, "", NULL,
          "constructs at a unit on which raters are 2 or more apart"),
    WRITE(cfir_reads, ROW_MEDIAN, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_HIGHER, "cfir_median",
          CFIR_ROWS, "", -2, 2, 0.5, "", NULL, "median over the raters of its unit and construct"),
    WRITE_SHARE(ROW_HINDERS, CFIR_ROWS, UPTAKE_LOWER, "cfir_unit_hinders",
                "share of the rated constructs of its unit that hinder"),
    WRITE_SHARE(ROW_HELPS, CFIR_ROWS, UPTAKE_HIGHER, "cfir_unit_helps",
                "share of the rated constructs of its unit that help"),
    WRITE(cfir_reads, ROW_LABEL, UPTAKE_CHOICE, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
          "cfir_distinguishes", CFIR_ROWS, "", 0, 0, 0, "", labels,
          "whether its construct tells high from low implementation" FITTED),
};

/* --- The whole: (2) to (4) -------------------------------------------------------------------- */

struct total {
    int apply, rated, differ;
    int is_complex, surely, perhaps;
    double weight, weight_rated;    /* the largest weight is 1, so that no sum overflows */
    double complexity, least, most; /* weighted sums; least and most over all that apply */
};

static void total_add(struct total *total, const struct domain *domain, double weight)
{
    if (domain->not_applicable)
        return;
    total->apply++;
    total->weight += weight;
    total->least += weight * domain->low;
    total->most += weight * domain->high;
    total->surely += domain->raters > 0 && domain->low > 0.75;
    total->perhaps += domain->raters == 0 || domain->high > 0.75;
    if (domain->raters == 0)
        return;
    total->rated++;
    total->differ += barriers_raters_differ(domain);
    total->weight_rated += weight;
    total->complexity += weight * domain->best;
    total->is_complex += domain->best > 0.75;
}

static struct total total_of(const struct domain *profile, const double *weights)
{
    struct total total = {0};
    double largest = 0;
    for (int d = 0; d < DOMAINS; d++)
        largest = fmax(largest, weights[d]);
    for (int d = 0; d < DOMAINS; d++)
        total_add(&total, &profile[d], largest > 0 ? weights[d] / largest : 0);
    return total;
}

enum { REASON_BYTES = UPTAKE_TEXT_BYTES };

/* Says why there is no openness; false: there is. */
static bool lacks(const struct uptake_call *call, const struct domain *profile,
                  const struct total *total, char reason[REASON_BYTES])
{
    const struct params *with = call->params;
    char names[NAMES_BYTES];
    if (total->apply == 0)
        snprintf(reason, REASON_BYTES, "none of the %d NASSS domains applies", DOMAINS);
    else if ((int64_t)total->rated * DOMAINS < with->at_least * total->apply) {
        int64_t needed = (with->at_least * total->apply + DOMAINS - 1) / DOMAINS;
        barriers_names_of(profile, NOT_RATED, names);
        snprintf(reason, REASON_BYTES,
                 "%d of %d NASSS domains that apply are rated, %lld needed; not rated: %s",
                 total->rated, total->apply, (long long)needed, names);
    } else if (!(total->weight_rated > 0))
        snprintf(reason, REASON_BYTES, "no rated NASSS domain has a weight above 0");
    else
        return false;
    return true;
}

static void write_number(const struct uptake_call *call, uint32_t write, uint64_t i, double low,
                         double best, double high)
{
    uptake_output(call, write)[i] = best;
    uptake_output_low(call, write)[i] = fmin(low, best);
    uptake_output_high(call, write)[i] = fmax(high, best);
}

/* -1: all that are rated are simple. */
static int32_t weakest_of(const struct domain *profile)
{
    int32_t weakest = -1;
    double best = 0, high = 0;
    for (int32_t d = 0; d < DOMAINS; d++) {
        const struct domain *domain = &profile[d];
        if (domain->raters == 0 || domain->best < best ||
            (domain->best <= best && domain->high <= high))
            continue;
        weakest = domain->best > 0 ? d : weakest;
        best = domain->best;
        high = domain->high;
    }
    return weakest;
}

static void write_all(const struct uptake_call *call, uint64_t i, const struct domain *profile,
                      const struct total *total)
{
    write_number(call, OPENNESS, i, fmax(0, 1 - total->most / total->weight),
                 fmax(0, 1 - total->complexity / total->weight_rated),
                 fmax(0, 1 - total->least / total->weight));
    write_number(call, COMPLEX_DOMAINS, i, total->surely, total->is_complex, total->perhaps);
    uptake_output(call, KNOWN)[i] = (double)total->rated / total->apply;
    uptake_output(call, DISAGREEMENTS)[i] = total->differ;
    if (weakest_of(profile) >= 0)
        uptake_output_choice(call, WEAKEST_DOMAIN)[i] = weakest_of(profile);
    for (int d = 0; d < DOMAINS; d++)
        if (profile[d].raters > 0)
            uptake_output(call, PROFILE + (uint32_t)d)[i] = profile[d].best;
}

/* Why NASSS says nothing of innovation i; false: it was written. */
static bool lacks_nasss(struct uptake_call *call, uint64_t i, struct domain profile[DOMAINS],
                        char reason[REASON_BYTES])
{
    const struct params *with = call->params;
    for (int d = 0; d < DOMAINS; d++)
        if (!barriers_domain_read(call, i, d, &profile[d])) {
            snprintf(reason, REASON_BYTES,
                     "more than %d raters of one domain: summarise them first", RATERS_MAX);
            return true;
        }
    struct total total = total_of(profile, with->weights);
    if (lacks(call, profile, &total, reason))
        return true;
    write_all(call, i, profile, &total);
    return false;
}

enum { CFIR_PLACES = 4 }; /* of findings, where NASSS has some too */

/* Skipped only where neither framework says anything: (10). */
static void assess(struct uptake_call *call, uint64_t i)
{
    struct domain profile[DOMAINS];
    struct cfir cfir;
    char reason[REASON_BYTES];
    bool lacking = lacks_nasss(call, i, profile, reason);
    barriers_cfir_assess(call, i, &cfir);
    if (lacking && cfir.rated == 0) {
        uptake_skip(call, i, "%s", reason);
        return;
    }
    int places = UPTAKE_NOTES_MAX - (cfir.rows > 0 ? CFIR_PLACES : 0);
    int left = UPTAKE_NOTES_MAX - places;
    if (lacking) {
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_NOT_KNOWN, "%s", reason);
        left = UPTAKE_NOTES_MAX - 1;
    } else
        left += barriers_note_all(call, i, profile, places);
    barriers_cfir_note_all(call, i, &cfir, left);
}

static int process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++)
        assess(call, i);
    return 0;
}

static const struct uptake_plugin plugin = {
    .size = sizeof(struct uptake_plugin),
    .id = "spread-barriers",
    .version = "0.2.0",
    .revision = 1,
    .title = "Barriers to spread",
    .summary =
        "how complex an innovation is, by the seven NASSS domains, and what stands in the way",
    .source = "Greenhalgh et al, J Med Internet Res 2017;19:e367 (domains and levels; the total is "
              "ours); "
              "CFIR: Damschroder et al, Implement Sci 2009;4:50 and 2022;17:75 (the labels' rule "
              "is ours)",
    .reads = UPTAKE_ROWS(reads),
    .params = UPTAKE_ROWS(params),
    .writes = UPTAKE_ROWS(writes),
    .params_bytes = sizeof(struct params),
    .process = process,
};

UPTAKE_BUNDLE(&plugin)
