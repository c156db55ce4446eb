/* Says of every innovation, in words, all that its views show; and of the portfolio, in finish. */
#include <stdio.h>

#include "uptake/plugin.h"

enum {
    PAYBACK,
    SAVING,
    KIND,
    SUMMARY,
    INTRODUCED,
    MEASURED,
    COST,
    NEEDED,
    RESOURCE,
    OWNER,
    BY,
    SUPPORT,
    RATING,
    RATED,
    CFIR,
    CFIR_LIST,
    VEHICLES,
    VEHICLE,
    SHARE,
    INCOME,
    CORE,
    PRIORITY,
    LEVER,
    LEVERS,
    ADOPTED,
    STATUS,
    REGION,
    TYPE,
    OPENED,
    ADOPTERS,
    TIE
};
enum { FIELDS, ROWS, RATINGS, NESTED, REST, PORTFOLIO };

static const char *const kinds[] = {"service", "digital", NULL};
static const char *const resources[] = {"money", "time", NULL};
static const char *const statuses[] = {"stopped", "adopted", NULL};
static const char *const types[] = {"practice", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER_DOUBT(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_NUMBER(SAVING, "commissioning.saving_5y", "gbp", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT,
                       "x"),
    UPTAKE_READ_CHOICE(KIND, "kind", kinds, "x"),
    UPTAKE_READ_TEXT(SUMMARY, "summary", "x"),
    UPTAKE_READ_DATE(INTRODUCED, "introduced.date", "x"),
    UPTAKE_READ_FLAG(MEASURED, "commissioning.measured_outcome", "x"),
    UPTAKE_READ_NUMBER(COST, "custom.cost", "", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_NUMBER_DOUBT(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_CHOICE(RESOURCE, "support[].resource", resources, "x"),
    UPTAKE_READ_REF(OWNER, "support[].adopter", "x"),
    UPTAKE_READ_TEXT(BY, "support[].by", "x"),
    UPTAKE_READ_LIST(SUPPORT, "support[]", "x"),
    UPTAKE_READ_NUMBER_DOUBT(RATING, "judgements[framework=nasss].value", "", -UPTAKE_NO_LIMIT,
                             UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_LIST(RATED, "judgements[framework=nasss]", "x"),
    UPTAKE_READ_NUMBER(CFIR, "judgements[framework=cfir].value", "", -UPTAKE_NO_LIMIT,
                       UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_LIST(CFIR_LIST, "judgements[framework=cfir]", "x"),
    UPTAKE_READ_LIST(VEHICLES, "vehicles[]", "x"),
    UPTAKE_READ_TEXT(VEHICLE, "vehicles[].id", "x"),
    UPTAKE_READ_NUMBER(SHARE, "vehicles[].income[].share", "share", 0, 1, "x"),
    UPTAKE_READ_LIST(INCOME, "vehicles[].income[]", "x"),
    UPTAKE_READ_TEXT(CORE, "core_components[].value", "x"),
    UPTAKE_READ_REF(PRIORITY, "priorities[].value", "x"),
    UPTAKE_READ_NUMBER_DOUBT(LEVER, "levers[].value", "", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_LIST(LEVERS, "levers[]", "x"),
    UPTAKE_READ_DATE(ADOPTED, "spells[].adopted", "x"),
    UPTAKE_READ_CHOICE(STATUS, "spells[].status", statuses, "x"),
    UPTAKE_READ_TEXT(REGION, "/adopters[].region", "x"),
    UPTAKE_READ_CHOICE(TYPE, "/adopters[].type", types, "x"),
    UPTAKE_READ_DATE(OPENED, "/adopters[].opened", "x"),
    UPTAKE_READ_LIST(ADOPTERS, "/adopters[]", "x"),
    UPTAKE_READ_NUMBER(TIE, "/ties[].weight", "", 0, UPTAKE_NO_LIMIT, "x"),
};
#define WORDS_OF(entity, index, name)                                                              \
    UPTAKE_WRITE(index, UPTAKE_TEXT, UPTAKE_OPTIONAL, UPTAKE_NEITHER, name, entity, "", 0, 0, 0,   \
                 "", NULL, "x")
static const struct uptake_write writes[] = {
    WORDS_OF("", FIELDS, "fields"),   WORDS_OF("", ROWS, "rows"),
    WORDS_OF("", RATINGS, "ratings"), WORDS_OF("", NESTED, "nested"),
    WORDS_OF("", REST, "rest"),       WORDS_OF("/", PORTFOLIO, "portfolio")};

/* --- Words ------------------------------------------------------------------------------------ */

struct words {
    char text[UPTAKE_TEXT_BYTES + 1];
    size_t used;
};
#define PUT(words, ...)                                                                            \
    ((words)->used += (size_t)snprintf((words)->text + (words)->used,                              \
                                       sizeof(words)->text - (words)->used, __VA_ARGS__))

static void put_number(struct words *words, double x)
{
    if (isnan(x))
        PUT(words, "!%d", uptake_why(x));
    else
        PUT(words, "%g", x);
}
static void put_doubt(struct words *words, const struct uptake_call *call, uint32_t read,
                      uint64_t row)
{
    put_number(words, uptake_numbers(call, read)[row]);
    PUT(words, "[");
    put_number(words, uptake_low(call, read)[row]);
    PUT(words, ",");
    put_number(words, uptake_high(call, read)[row]);
    PUT(words, "]%d", uptake_kinds(call, read)[row]);
}
static void put_code(struct words *words, int64_t code)
{
    if (code == UPTAKE_OTHER)
        PUT(words, "other");
    else if (code < 0)
        PUT(words, "!%d", uptake_why_code(code));
    else
        PUT(words, "%d", (int)code);
}
static void put_text(struct words *words, const struct uptake_call *call, uint32_t read,
                     uint64_t row)
{
    int32_t id = uptake_texts(call, read)[row];
    if (id < 0)
        PUT(words, "!%d", uptake_why_code(id));
    else
        PUT(words, "%s", uptake_text(call, id));
}
static void put_day(struct words *words, int32_t day)
{
    if (day == UPTAKE_DAY_OPEN)
        PUT(words, "open");
    else
        PUT(words, "%d", day);
}
static void put_date(struct words *words, const struct uptake_call *call, uint32_t read,
                     uint64_t row)
{
    struct uptake_period period = uptake_dates(call, read)[row];
    if (uptake_why_date(period)) {
        PUT(words, "!%d", uptake_why_date(period));
        return;
    }
    put_day(words, period.start);
    PUT(words, "..");
    put_day(words, period.end);
}

/* --- Views ------------------------------------------------------------------------------------ */

static void fields(struct uptake_call *call, uint64_t i)
{
    struct words words = {.used = 0};
    put_doubt(&words, call, PAYBACK, i);
    PUT(&words, " ");
    put_number(&words, uptake_numbers(call, SAVING)[i]);
    PUT(&words, " ");
    put_code(&words, uptake_choices(call, KIND)[i]);
    PUT(&words, " ");
    put_text(&words, call, SUMMARY, i);
    PUT(&words, " ");
    put_date(&words, call, INTRODUCED, i);
    PUT(&words, " ");
    put_code(&words, uptake_flags(call, MEASURED)[i]);
    PUT(&words, " ");
    put_number(&words, uptake_numbers(call, COST)[i]);
    uptake_write_text(call, FIELDS, i, "%s", words.text);
}

static void rows(struct uptake_call *call, uint64_t i)
{
    struct words words = {.used = 0};
    const int64_t *at = uptake_list(call, SUPPORT), *same = uptake_list(call, NEEDED);
    PUT(&words, "why %d:", uptake_flags(call, SUPPORT)[i]);
    if (at[i] != same[i] || at[i + 1] != same[i + 1])
        PUT(&words, " OFFSETS DIFFER");
    for (int64_t r = at[i]; r < at[i + 1]; r++) {
        PUT(&words, " (");
        put_code(&words, uptake_choices(call, RESOURCE)[r]);
        PUT(&words, " ");
        put_doubt(&words, call, NEEDED, (uint64_t)r);
        PUT(&words, " ");
        put_code(&words, uptake_refs(call, OWNER)[r]);
        PUT(&words, " ");
        put_text(&words, call, BY, (uint64_t)r);
        PUT(&words, ")");
    }
    uptake_write_text(call, ROWS, i, "%s", words.text);
}

static void ratings(struct uptake_call *call, uint64_t i)
{
    struct words words = {.used = 0};
    const int64_t *at = uptake_list(call, RATING), *cfir = uptake_list(call, CFIR);
    PUT(&words, "why %d %d:", uptake_flags(call, RATED)[i], uptake_flags(call, CFIR_LIST)[i]);
    for (int64_t r = at[i]; r < at[i + 1]; r++) {
        PUT(&words, " ");
        put_doubt(&words, call, RATING, (uint64_t)r);
    }
    PUT(&words, ";");
    for (int64_t r = cfir[i]; r < cfir[i + 1]; r++) {
        PUT(&words, " ");
        put_number(&words, uptake_numbers(call, CFIR)[r]);
    }
    uptake_write_text(call, RATINGS, i, "%s", words.text);
}

static void nested(struct uptake_call *call, uint64_t i)
{
    struct words words = {.used = 0};
    const int64_t *at = uptake_list(call, VEHICLES), *inner = uptake_list(call, INCOME);
    for (int64_t v = at[i]; v < at[i + 1]; v++) {
        put_text(&words, call, VEHICLE, (uint64_t)v);
        PUT(&words, "(why %d", uptake_flags(call, INCOME)[v]);
        for (int64_t r = inner[v]; r < inner[v + 1]; r++) {
            PUT(&words, " ");
            put_number(&words, uptake_numbers(call, SHARE)[r]);
        }
        PUT(&words, ") ");
    }
    uptake_write_text(call, NESTED, i, "%s", words.text);
}

static void rest(struct uptake_call *call, uint64_t i)
{
    struct words words = {.used = 0};
    const int64_t *core = uptake_list(call, CORE), *priority = uptake_list(call, PRIORITY);
    const int64_t *lever = uptake_list(call, LEVER), *spell = uptake_list(call, ADOPTED);
    for (int64_t r = core[i]; r < core[i + 1]; r++) {
        put_text(&words, call, CORE, (uint64_t)r);
        PUT(&words, ",");
    }
    PUT(&words, ";");
    for (int64_t r = priority[i]; r < priority[i + 1]; r++) {
        put_code(&words, uptake_refs(call, PRIORITY)[r]);
        PUT(&words, ",");
    }
    PUT(&words, "; levers %d why %d;", (int)(lever[i + 1] - lever[i]),
        uptake_flags(call, LEVERS)[i]);
    for (int64_t r = spell[i]; r < spell[i + 1]; r++) {
        PUT(&words, " ");
        put_date(&words, call, ADOPTED, (uint64_t)r);
        PUT(&words, " ");
        put_code(&words, uptake_choices(call, STATUS)[r]);
    }
    uptake_write_text(call, REST, i, "%s", words.text);
}

static void portfolio(struct uptake_call *call, struct words *words)
{
    for (uint64_t a = 0; a < uptake_row_count(call, ADOPTERS); a++) {
        put_text(words, call, REGION, a);
        PUT(words, " ");
        put_code(words, uptake_choices(call, TYPE)[a]);
        PUT(words, " ");
        put_date(words, call, OPENED, a);
        PUT(words, "; ");
    }
    PUT(words, "ties %d, of %d", (int)uptake_row_count(call, TIE), (int)call->innovations);
    if (uptake_list(call, ADOPTERS) || uptake_list(call, PAYBACK))
        PUT(words, " OFFSETS WHERE THERE ARE NONE");
}

static int process(struct uptake_call *call)
{
    struct words words = {.used = 0};
    portfolio(call, &words);
    for (uint64_t i = 0; i < call->count; i++) {
        fields(call, i);
        rows(call, i);
        ratings(call, i);
        nested(call, i);
        rest(call, i);
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "%s", words.text);
    }
    return 0;
}

static int update(struct uptake_call *call)
{
    *(uint64_t *)call->state += call->count;
    return 0;
}
static int combine(void *into, const void *from, const void *with)
{
    (void)with;
    *(uint64_t *)into += *(const uint64_t *)from;
    return 0;
}
static int finish(struct uptake_call *call)
{
    struct words words = {.used = 0};
    portfolio(call, &words);
    PUT(&words, ", counted %d, batch %d", (int)*(uint64_t *)call->state, (int)call->count);
    uptake_write_text(call, PORTFOLIO, 0, "%s", words.text);
    return 0;
}

static const struct uptake_plugin probe = {sizeof probe,
                                           "run-probe",
                                           "1.0",
                                           1,
                                           0,
                                           "Probe",
                                           "A plugin.",
                                           "A source.",
                                           UPTAKE_ROWS(reads),
                                           UPTAKE_NO_ROWS,
                                           UPTAKE_ROWS(writes),
                                           0,
                                           sizeof(uint64_t),
                                           NULL,
                                           process,
                                           update,
                                           combine,
                                           finish};

UPTAKE_BUNDLE(&probe)
