/*
 * generate N [SEED]: a model of N innovations on standard output, about 975 bytes each, in the compact
 * style that people write: block lists of flow rows. The same numbers give the same bytes everywhere.
 *
 * An innovation has six NASSS judgements (one in six a range of levels), four support rows (one in four
 * with doubt on what is provided) and one lever. Not every row says everything, as in real files.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PICK(random, array) ((array)[below(random, COUNT(array))])

enum { BUFFER_BYTES = 1 << 20, JUDGEMENTS = 6, SUPPORT_ROWS = 4 };

/* --- Random numbers: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) ------------------------------ */

struct random {
    uint64_t state;
};

static uint64_t next(struct random *random)
{
    uint64_t x = random->state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static unsigned below(struct random *random, size_t n)
{
    return (unsigned)((next(random) >> 32) * n >> 32);
}

static int one_in(struct random *random, unsigned n)
{
    return below(random, n) == 0;
}

/* --- Words --------------------------------------------------------------------------------------- */

static const char *const kinds[] = {"product",  "device",       "diagnostic", "digital",
                                    "process",  "pathway",      "service",    "workforce",
                                    "training", "model_of_care"};
static const char *const firsts[] = {"Early", "Virtual", "Rapid", "Shared", "Home",  "Mobile",
                                     "Joint", "Guided",  "Open",  "Remote", "Local", "Peer"};
static const char *const seconds[] = {"asthma",   "heart failure", "stroke",  "falls",  "sepsis",
                                      "diabetes", "dementia",      "frailty", "wound",  "kidney",
                                      "pain",     "maternity",     "eye",     "hearing"};
static const char *const thirds[] = {"clinic", "triage", "ward", "review", "pathway",
                                     "test",   "course", "team", "line",   "monitor"};
static const char *const constructs[] = {"condition", "technology",    "value_proposition",
                                         "adopters",  "organisation",  "wider_system",
                                         "embedding", "adopters.staff"};
static const char *const levels[] = {"simple", "complicated", "complex"};
static const char *const raters[] = {"ak", "bs", "cw", "dm", "ep", "jr"};
static const char *const bases[] = {"published", "interviews", "workshop", "desk_reading"};
static const char *const lever_kinds[] = {"target", "tariff", "mandate", "guidance", "incentive"};
static const char *const schemes[] = {"NICE_TA", "NICE_MTG", "NICE_DG", "NICE_HTE", "ITT", "CQUIN"};
static const char *const effects[] = {"enables", "enables", "hinders", "mixed"};

/* A resource, its unit, and the most of it that is needed. */
static const struct {
    const char *resource, *unit;
    unsigned most;
} resources[] = {{"time", "hours_per_week", 40},
                 {"space", "rooms", 6},
                 {"staff", "wte", 12},
                 {"money", "gbp_once", 9000},
                 {"skills", "people", 30},
                 {"recognition", "share", 1},
                 {"data", "share", 1}};

/* --- Rows ---------------------------------------------------------------------------------------- */

/* What is said of who rated, on what, and when. */
static void put_basis(struct random *random)
{
    if (one_in(random, 3))
        printf(", rater: %s", PICK(random, raters));
    if (one_in(random, 8))
        printf(", basis: %s", PICK(random, bases));
    if (one_in(random, 12))
        printf(", holds: %u-%02u", 2014 + below(random, 10), 1 + below(random, 12));
}

static void put_level(struct random *random)
{
    unsigned first = below(random, 2), tenths = 2 + below(random, 7);
    if (one_in(random, 6))
        printf("{%s: 0.%u, %s: 0.%u}", levels[first], tenths, levels[first + 1], 10 - tenths);
    else
        fputs(PICK(random, levels), stdout);
}

static void put_judgement(struct random *random, const char *construct)
{
    printf("  - {framework: nasss, construct: %s, value: ", construct);
    put_level(random);
    put_basis(random);
    puts("}");
}

/* Whole units, or a share with two decimals. */
static void put_amount(unsigned hundredths, int share)
{
    if (share)
        printf("%u.%02u", hundredths / 100, hundredths % 100);
    else
        printf("%u", hundredths / 100);
}

static void put_provided(struct random *random, unsigned needed, int share)
{
    unsigned low = below(random, needed + 1), high = low + below(random, needed - low + 1);
    const char *single = one_in(random, 2) ? "{at_least: " : "{about: ";
    if (!one_in(random, 4)) {
        put_amount(low, share);
    } else if (one_in(random, 2)) {
        fputs(single, stdout);
        put_amount(low, share);
        putchar('}');
    } else {
        fputs("{low: ", stdout);
        put_amount(low, share);
        fputs(", high: ", stdout);
        put_amount(high, share);
        putchar('}');
    }
}

static void put_support(struct random *random, size_t resource)
{
    int share = strcmp(resources[resource].unit, "share") == 0;
    unsigned needed = 100 * (1 + below(random, resources[resource].most));
    printf("  - {resource: %s, phase: %s, needed: ", resources[resource].resource,
           one_in(random, 3) ? "set_up" : "running");
    put_amount(needed, share);
    fputs(", provided: ", stdout);
    put_provided(random, needed, share);
    printf(", unit: %s", resources[resource].unit);
    put_basis(random);
    puts("}");
}

static void put_lever(struct random *random)
{
    unsigned starts = 2008 + below(random, 14);
    printf("  - {kind: %s, scheme: %s, name: TA%u, starts: %u, ends: ", PICK(random, lever_kinds),
           PICK(random, schemes), 1 + below(random, 900), starts);
    if (one_in(random, 3))
        fputs("open", stdout);
    else
        printf("%u", starts + 1 + below(random, 8));
    printf(", effect: %s}\n", PICK(random, effects));
}

static void put_innovation(struct random *random, uint64_t number)
{
    printf("- id: i%06" PRIu64 "\n  name: %s %s %s\n  kind: %s\n", number, PICK(random, firsts),
           PICK(random, seconds), PICK(random, thirds), PICK(random, kinds));
    puts("  judgements:");
    unsigned construct = below(random, COUNT(constructs));
    for (unsigned k = 0; k < JUDGEMENTS; k++)
        put_judgement(random, constructs[(construct + k) % COUNT(constructs)]);
    puts("  support:");
    unsigned resource = below(random, COUNT(resources));
    for (unsigned k = 0; k < SUPPORT_ROWS; k++)
        put_support(random, (resource + 3 * k) % COUNT(resources));
    puts("  levers:");
    put_lever(random);
}

/* --- The program --------------------------------------------------------------------------------- */

static int whole_number(const char *text, uint64_t *number)
{
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return errno || *end || end == text || *text == '-' ? -1 : 0;
}

int main(int argc, char **argv)
{
    uint64_t count = 0, seed = 1;
    if (argc < 2 || argc > 3 || whole_number(argv[1], &count) != 0 || count == 0 ||
        (argc > 2 && whole_number(argv[2], &seed) != 0)) {
        fputs("usage: generate N [SEED]\nWrites a model of N innovations to standard output.\n",
              argc == 1 ? stdout : stderr);
        return argc == 1 ? 0 : 2;
    }
    setvbuf(stdout, NULL, _IOFBF, BUFFER_BYTES);
    struct random random = {seed};
    printf("# Made up by tests/bench/generate.c: %" PRIu64 " innovations, seed %" PRIu64 ".\n",
           count, seed);
    puts("uptake: 1\ntitle: Made up, for measuring\ninnovations:");
    for (uint64_t k = 1; k <= count; k++)
        put_innovation(&random, k);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("generate: cannot write");
        return 1;
    }
    return 0;
}
