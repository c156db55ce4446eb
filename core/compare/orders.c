/*
 * Two orders, from the counts of pairs: P go the same way, D the other way, some tie in a, in b, or in both. All
 * counts are 64-bit integers, so that nothing is lost up to UINT32_MAX innovations.
 */
#include "compare/orders.h"

#include <math.h>

static double pairs_of(uint64_t n)
{
    return (double)n * ((double)n - 1) / 2;
}

/* P - D, which may be negative. */
static double surplus(const struct agreement *agreement)
{
    return agreement->concordant >= agreement->discordant
               ? (double)(agreement->concordant - agreement->discordant)
               : -(double)(agreement->discordant - agreement->concordant);
}

int orders_tau_b(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    figures_either(figures, "kendall_tau_b", pair->agreement.kendall_tau_b,
                   agreement_reason_text(pair->agreement.reason));
    return 0;
}

int orders_spearman(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    figures_either(figures, "spearman", pair->agreement.spearman,
                   agreement_reason_text(pair->agreement.reason));
    return 0;
}

/* x / y, or why there is no such number. */
static void ratio(struct figures *figures, const struct pair *pair, const char *name, double x,
                  double y)
{
    const char *reason = pair->n < 2 ? "n_lt_2" : y > 0 ? NULL : "no_untied_pairs";
    figures_either(figures, name, reason ? 0 : x / y, reason);
}

int orders_gamma(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    const struct agreement *agreement = &pair->agreement;
    ratio(figures, pair, "gamma", surplus(agreement),
          (double)agreement->concordant + (double)agreement->discordant);
    return 0;
}

int orders_somers_d(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    const struct agreement *agreement = &pair->agreement;
    double all = pairs_of(agreement->n);
    ratio(figures, pair, "somers_d.b_given_a", surplus(agreement), all - (double)agreement->tied_a);
    ratio(figures, pair, "somers_d.a_given_b", surplus(agreement), all - (double)agreement->tied_b);
    return 0;
}

/* Pairs that tie in exactly one side: all that neither go together, nor apart, nor tie in both. */
static double tied_once(const struct agreement *agreement)
{
    uint64_t n = agreement->n;
    uint64_t all = n % 2 ? (n - 1) / 2 * n : n / 2 * (n - (n > 0));
    uint64_t untied = agreement->concordant + agreement->discordant;
    uint64_t both = agreement->tied_a + agreement->tied_b - (all - untied);
    return (double)(agreement->tied_a + agreement->tied_b - 2 * both);
}

int orders_kemeny(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    const char *reason = pair->n < 2 ? "n_lt_2" : NULL;
    double distance = 2 * (double)pair->agreement.discordant + tied_once(&pair->agreement);
    figures_either(figures, "kemeny_distance", distance, reason);
    figures_either(figures, "kemeny_distance_normalised",
                   reason ? 0 : distance / (2 * pairs_of(pair->n)), reason);
    return 0;
}

/* Each ordered pair counts: an unordered one that is turned round adds 2 * 2^2, one that ties once 2 * 1. */
int orders_frobenius(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    figures_either(figures, "frobenius_distance",
                   sqrt(8 * (double)pair->agreement.discordant + 2 * tied_once(&pair->agreement)),
                   pair->n < 2 ? "n_lt_2" : NULL);
    return 0;
}
