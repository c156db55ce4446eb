/* One of everything that a descriptor can hold, all of it right. */
#include "uptake/plugin.h"

enum { NEEDED, RESOURCE, NAME, ADOPTER, SINCE, TRIED, SUPPORT, RULES, SEVERITY, REGION, FILTERED };
enum { COVERAGE, GAP, SCARCEST, WORDS, SETTLED, TOTAL, BY_ADOPTER };

static const char *const resources[] = {"time", "money", NULL};
static const uint32_t basis[] = {NEEDED, RESOURCE};

struct params {
    double floor;
    int64_t rounds;
    int8_t strict;
    int32_t resource;
    const char *label;
    struct uptake_period since;
    double weights[2];
};

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER_DOUBT(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT, "what is needed"),
    UPTAKE_READ_CHOICE(RESOURCE, "support[].resource", resources, "of what"),
    UPTAKE_READ_TEXT(NAME, "name", "its name"),
    UPTAKE_READ_REF(ADOPTER, "spells[].adopter", "who"),
    UPTAKE_READ_DATE(SINCE, "since", "since when"),
    UPTAKE_READ_FLAG(TRIED, "custom.Tried-once", "was it tried"),
    UPTAKE_READ_LIST(SUPPORT, "support[]", "its rows"),
    UPTAKE_READ_VERDICTS(RULES, "the rules"),
    UPTAKE_READ_NUMBER(SEVERITY, "@spread-severity", "", 0, 1, "another plugin's answer"),
    UPTAKE_READ_TEXT(REGION, "/adopters[].region", "where"),
    UPTAKE_READ_NUMBER(FILTERED, "judgements[framework=nasss, state!=none].value", "", 0, 1, "x"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_NUMBER(struct params, floor, 0.5, 0, 1, "", "the least"),
    UPTAKE_PARAM_INTEGER(struct params, rounds, 3, 1, 10, "", "how often"),
    UPTAKE_PARAM_FLAG(struct params, strict, 0, "refuse what is odd"),
    UPTAKE_PARAM_CHOICE(struct params, resource, 1, resources, "which one"),
    UPTAKE_PARAM_TEXT(struct params, label, NULL, "a label"),
    UPTAKE_PARAM_DATE(struct params, since, "2018-01", "from then on"),
    UPTAKE_PARAM_TABLE(struct params, weights, 1, 0, 10, "", resources, "a weight each"),
};

static const struct uptake_write writes[] = {
    {COVERAGE, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_HIGHER, "coverage", "", "", 0, 1, 0.1,
     "support-coverage", NULL, UPTAKE_ROWS(basis), "share met"},
    UPTAKE_WRITE_NUMBER_OF("support[]", GAP, "gap", "hours", 0, UPTAKE_NO_LIMIT, UPTAKE_LOWER,
                           UPTAKE_OPTIONAL, "what lacks"),
    UPTAKE_WRITE_CHOICE(SCARCEST, "scarcest", resources, 0, "what is scarcest"),
    UPTAKE_WRITE_TEXT(WORDS, "words", 0, "in words\nand more"),
    UPTAKE_WRITE_NUMBER_OF("* x /rules[]", SETTLED, "settled", "", 0, 1, UPTAKE_NEITHER, 0, "each"),
    UPTAKE_WRITE_NUMBER_OF("/", TOTAL, "total", "", 0, 1, UPTAKE_NEITHER, 0, "of all"),
    UPTAKE_WRITE_NUMBER_OF("/adopters[]", BY_ADOPTER, "by_adopter", "", 0, 1, UPTAKE_NEITHER, 0,
                           "of each adopter"),
};

static int nothing(struct uptake_call *call)
{
    (void)call;
    return 0;
}
static int combine(void *into, const void *from, const void *with)
{
    (void)into, (void)from, (void)with;
    return 0;
}
/* 100 bytes a row of the first read, and the param's rounds. */
static size_t state_size(const struct uptake_counts *counts, const void *with)
{
    return (size_t)counts->rows[0] * 100 + (size_t)((const struct params *)with)->rounds;
}

static const struct uptake_plugin good = {sizeof(struct uptake_plugin),
                                          "good",
                                          "1.2.0",
                                          3,
                                          UPTAKE_ORDER_SENSITIVE,
                                          "Good",
                                          "A summary,\nin lines.",
                                          "D\xc3\xb6rner 2018",
                                          UPTAKE_ROWS(reads),
                                          UPTAKE_ROWS(params),
                                          UPTAKE_ROWS(writes),
                                          sizeof(struct params),
                                          0,
                                          state_size,
                                          nothing,
                                          nothing,
                                          combine,
                                          nothing};

UPTAKE_BUNDLE(&good)
