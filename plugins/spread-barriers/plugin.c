/*
 * spread-barriers: how complex an innovation is to spread, by the seven domains of NASSS.
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
 * Source: the domains and levels are those of NASSS (Greenhalgh et al, J Med Internet Res 2017;19:e367).
 * Its authors publish no total and say that it is neither formulaic nor predictive: (3) is this
 * plugin's own convention.
 *
 * Here: what is read, tuned and written, and (2) to (4). barriers.h says which file has which point.
 */
#include "barriers.h"

/* Writes. */
enum {
    OPENNESS,
    COMPLEX_DOMAINS,
    KNOWN,
    DISAGREEMENTS,
    WEAKEST_DOMAIN,
    PROFILE /* and the six behind it */
};

static const char *const domains[] = {
    "condition",    "technology",   "value_proposition", "adopters",
    "organisation", "wider_system", "embedding",         NULL};
static const char *const states[] = {"rated", "mixed", "not_applicable", NULL};

struct params {
    double weights[DOMAINS];
    int64_t at_least;
};

static const struct uptake_read reads[] = {
    UPTAKE_READ_CHOICE(DOMAIN, "judgements[framework=nasss].domain", domains,
                       "NASSS domain that the rated question belongs to"),
    UPTAKE_READ_NUMBER_DOUBT(VALUE, "judgements[framework=nasss].value", "", 0, 1,
                             "simple 0, complicated 0.5, complex 1"),
    UPTAKE_READ_TEXT(RATER, "judgements[framework=nasss].rater", "who rated"),
    UPTAKE_READ_CHOICE(STATE, "judgements[framework=nasss].state", states,
                       "not_applicable leaves the domain out"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_TABLE(struct params, weights, 1, 0, UPTAKE_NO_LIMIT, "", domains,
                       "what each domain counts for in openness"),
    UPTAKE_PARAM_INTEGER(
        struct params, at_least, 4, 1, DOMAINS, "domains",
        "rated domains of seven below which nothing is said; where fewer than seven "
        "apply, the same share of them"),
};

#define WRITE_DOMAIN(d, key)                                                                       \
    UPTAKE_WRITE(PROFILE + d, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_LOWER, key, "", "", 0, 1,     \
                 0.25, "nasss-" key, NULL,                                                         \
                 "median over raters: 0 simple, 0.5 complicated, 1 complex; absent if not rated")
static const struct uptake_write writes[] = {
    UPTAKE_WRITE(
        OPENNESS, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_HIGHER, "openness", "", "", 0, 1, 0.05,
        "spread-openness", NULL,
        "1 - weighted mean complexity of the rated domains: 1 simple throughout, 0 complex "
        "throughout; a convention of this plugin, not of NASSS"),
    UPTAKE_WRITE(COMPLEX_DOMAINS, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_LOWER, "complex_domains", "",
                 "domains", 0, DOMAINS, 0, "nasss-complex-domains", NULL,
                 "domains rated complex; the high counts those not rated"),
    UPTAKE_WRITE(KNOWN, UPTAKE_NUMBER, 0, UPTAKE_HIGHER, "known", "", "", 0, 1, 0, "", NULL,
                 "rated domains over those that apply"),
    UPTAKE_WRITE(DISAGREEMENTS, UPTAKE_NUMBER, 0, UPTAKE_NEITHER, "disagreements", "", "domains", 0,
                 DOMAINS, 0, "", NULL, "domains on which raters are a level or more apart"),
    UPTAKE_WRITE_CHOICE(WEAKEST_DOMAIN, "weakest_domain", domains, UPTAKE_OPTIONAL,
                        "the most complex rated domain (of equals the more doubtful, then the "
                        "first); absent where all are simple"),
    WRITE_DOMAIN(0, "condition"),
    WRITE_DOMAIN(1, "technology"),
    WRITE_DOMAIN(2, "value_proposition"),
    WRITE_DOMAIN(3, "adopters"),
    WRITE_DOMAIN(4, "organisation"),
    WRITE_DOMAIN(5, "wider_system"),
    WRITE_DOMAIN(6, "embedding"),
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

/* Says why there is no openness; false: there is. */
static bool skipped(struct uptake_call *call, uint64_t i, const struct domain *profile,
                    const struct total *total)
{
    const struct params *with = call->params;
    char names[NAMES_BYTES];
    if (total->apply == 0)
        uptake_skip(call, i, "none of the %d NASSS domains applies", DOMAINS);
    else if ((int64_t)total->rated * DOMAINS < with->at_least * total->apply) {
        int64_t needed = (with->at_least * total->apply + DOMAINS - 1) / DOMAINS;
        barriers_names_of(profile, NOT_RATED, names);
        uptake_skip(call, i,
                    "%d of %d NASSS domains that apply are rated, %lld needed; not rated: %s",
                    total->rated, total->apply, (long long)needed, names);
    } else if (!(total->weight_rated > 0))
        uptake_skip(call, i, "no rated NASSS domain has a weight above 0");
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

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    for (uint64_t i = 0; i < call->count; i++) {
        struct domain profile[DOMAINS];
        bool fits = true;
        for (int d = 0; d < DOMAINS && fits; d++)
            fits = barriers_domain_read(call, i, d, &profile[d]);
        if (!fits) {
            uptake_skip(call, i, "more than %d raters of one domain: summarise them first",
                        RATERS_MAX);
            continue;
        }
        struct total total = total_of(profile, with->weights);
        if (skipped(call, i, profile, &total))
            continue;
        write_all(call, i, profile, &total);
        barriers_note_all(call, i, profile);
    }
    return 0;
}

static const struct uptake_plugin plugin = {
    .size = sizeof(struct uptake_plugin),
    .id = "spread-barriers",
    .version = "0.1.0",
    .revision = 1,
    .title = "Barriers to spread",
    .summary =
        "how complex an innovation is, by the seven NASSS domains, and what stands in the way",
    .source =
        "Greenhalgh et al, J Med Internet Res 2017;19:e367 (domains and levels; the total is ours)",
    .reads = UPTAKE_ROWS(reads),
    .params = UPTAKE_ROWS(params),
    .writes = UPTAKE_ROWS(writes),
    .params_bytes = sizeof(struct params),
    .process = process,
};

UPTAKE_BUNDLE(&plugin)
