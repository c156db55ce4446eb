/* Dates. Days are those of `date -u -d 2014-04-01 +%s` (GNU coreutils) divided by 86400. */
#include <criterion/criterion.h>

#include <string.h>
#include <time.h>

#include "base/date.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const struct {
    int year, month, day;
    int32_t number;
} days[] = {
    {1970, 1, 1, 0},       {1969, 12, 31, -1},      {2000, 2, 29, 11016},  {2000, 3, 1, 11017},
    {1900, 2, 28, -25509}, {1900, 3, 1, -25508},    {2014, 4, 1, 16161},   {2018, 1, 24, 17555},
    {2024, 2, 29, 19782},  {9999, 12, 31, 2932896}, {1000, 1, 1, -354285}, {1600, 2, 29, -135081},
};

Test(base_date, days_since_1970)
{
    for (size_t k = 0; k < LENGTH(days); k++)
        cr_expect_eq(date_day(days[k].year, days[k].month, days[k].day), days[k].number,
                     "%d-%02d-%02d: %d", days[k].year, days[k].month, days[k].day,
                     (int)date_day(days[k].year, days[k].month, days[k].day));
}

/* Against the C library's own calendar, there and back. */
static bool as_gmtime(int32_t day)
{
    time_t seconds = (time_t)day * 86400;
    struct tm tm;
    char expected[DATE_BYTES], found[DATE_BYTES];
    struct uptake_period period;
    if (!gmtime_r(&seconds, &tm))
        return false;
    size_t count = strftime(expected, sizeof expected, "%Y-%m-%d", &tm);
    return date_day(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) == day &&
           date_print(found, (struct uptake_period){day, day}) == count &&
           strcmp(found, expected) == 0 && date_parse(expected, count, &period) &&
           period.start == day && period.end == day;
}

/* Every day of 400 years, after which the calendar repeats itself, and some of all that can be written. */
Test(base_date, days_as_gmtime)
{
    int wrong = 0;
    for (int32_t day = date_day(1800, 1, 1); day < date_day(2200, 1, 1); day++)
        wrong += !as_gmtime(day);
    for (int32_t day = date_day(1000, 1, 1); day <= date_day(9999, 12, 31); day += 29)
        wrong += !as_gmtime(day);
    cr_expect_eq(wrong, 0, "%d wrong", wrong);
}

/* from and to: the first and the last day, as year * 10000 + month * 100 + day. */
static const struct {
    const char *text;
    int from, to;
} forms[] = {
    {"2014", 20140101, 20141231},       {"1000", 10000101, 10001231},
    {"9999", 99990101, 99991231},       {"2014-02", 20140201, 20140228},
    {"2012-02", 20120201, 20120229},    {"2011-12", 20111201, 20111231}, /* December, not 2011/12 */
    {"2014-01-24", 20140124, 20140124}, {"2000-02-29", 20000229, 20000229},
    {"2023Q1", 20230101, 20230331},     {"2023Q2", 20230401, 20230630},
    {"2023Q3", 20230701, 20230930},     {"2023Q4", 20231001, 20231231},
    {"2014/15", 20140401, 20150331},    {"1999/00", 19990401, 20000331},
    {"2011/12", 20110401, 20120331},    {"2009/10", 20090401, 20100331},
};

static int32_t day_of(int written)
{
    return date_day(written / 10000, written / 100 % 100, written % 100);
}

Test(base_date, forms_both_ways)
{
    for (size_t k = 0; k < LENGTH(forms); k++) {
        const char *text = forms[k].text;
        struct uptake_period period = {0, 0};
        char printed[DATE_BYTES];
        cr_expect(date_parse(text, strlen(text), &period), "%s", text);
        cr_expect_eq(period.start, day_of(forms[k].from), "%s: from %d", text, (int)period.start);
        cr_expect_eq(period.end, day_of(forms[k].to), "%s: to %d", text, (int)period.end);
        cr_expect_eq(date_print(printed, period), strlen(text), "%s", text);
        cr_expect_str_eq(printed, text);
    }
}

static const char *const refused[] = {
    "",           "201",        "20145",      "0999",        "0000-01-01",
    "2014-",      "2014-1",     "2014-00",    "2014-13",     "2014-02-29",
    "1900-02-29", "2100-02-29", "2014-04-31", "2014-04-00",  "2014-4-01",
    "2014-04-1",  "20140401",   "2014/04/01", "2014.04",     "2014Q0",
    "2014Q5",     "2014q2",     "2014-Q2",    "2014Q",       "2014Q22",
    "2014/16",    "2014/14",    "1999/99",    "1999/2000",   "2014/5",
    "9999/00",    "0999/00",    " 2014",      "2014 ",       "-2014",
    "+201",       "2014-04-0x", "2014-+4",    "2014-04-011", "2014-04-01T00:00",
    "open",       "2O14",
};

Test(base_date, refused)
{
    for (size_t k = 0; k < LENGTH(refused); k++) {
        struct uptake_period period = {7, 8};
        cr_expect_not(date_parse(refused[k], strlen(refused[k]), &period), "'%s'", refused[k]);
        cr_expect(period.start == 7 && period.end == 8, "'%s' wrote its output", refused[k]);
    }
}

/* Only the bytes given count. */
Test(base_date, part_of_a_text)
{
    struct uptake_period period;
    cr_expect(date_parse("2014-04-01", 4, &period));
    cr_expect_eq(period.end, day_of(20141231));
    cr_expect_not(date_parse("2014\0", 5, &period));
}

#define OPEN UPTAKE_DAY_OPEN
static const struct {
    const char *text;
    struct uptake_period period;
} printed[] = {
    {"open", {OPEN, OPEN}},
    {"open", {UPTAKE_DAY_MIN, OPEN}},
    {"at most 2019", {UPTAKE_DAY_MIN, 18261}},    /* 2019-12-31 */
    {"at most 2019-11", {UPTAKE_DAY_MIN, 18230}}, /* 2019-11-30 */
    {"at most 2019-11-29", {UPTAKE_DAY_MIN, 18229}},
    {"at least 2019", {17897, OPEN}}, /* 2019-01-01 */
    {"at least 2019-02", {17928, OPEN}},
    {"at least 2019-02-02", {17929, OPEN}},
    {"2018 to 2019", {17532, 18261}},
    {"2018-01 to 2019-11", {17532, 18230}},
    {"2018-01-01 to 2019-11-29", {17532, 18229}},
    {"2018-01 to 2018-02", {17532, 17590}},
    {"2018-02 to 2018-04", {17563, 17651}}, /* three months, no quarter */
    {"2018-04 to 2020-03", {17622, 18352}}, /* two financial years */
    {"2018-01-01 to 2018-01-30", {17532, 17561}},
    {"2018-01-02", {17533, 17533}},
    {"missing", {UPTAKE_DAY_MISSING - UPTAKE_UNKNOWN, 0}},
};

Test(base_date, printed)
{
    for (size_t k = 0; k < LENGTH(printed); k++) {
        char text[DATE_BYTES];
        size_t count = date_print(text, printed[k].period);
        cr_expect_str_eq(text, printed[k].text);
        cr_expect_eq(count, strlen(printed[k].text), "%s: %zu", printed[k].text, count);
    }
}

/* Whatever stands in a period, the text ends within its room. */
Test(base_date, absurd_periods_fit)
{
    static const int32_t ends[] = {INT32_MIN,
                                   UPTAKE_DAY_MISSING,
                                   UPTAKE_DAY_MIN,
                                   UPTAKE_DAY_MIN + 1,
                                   -2000000000,
                                   -400000,
                                   -1,
                                   0,
                                   3000000,
                                   2000000000,
                                   OPEN - 1,
                                   OPEN};
    for (size_t a = 0; a < LENGTH(ends); a++)
        for (size_t b = 0; b < LENGTH(ends); b++) {
            char text[DATE_BYTES + 1];
            memset(text, 'x', sizeof text);
            size_t count = date_print(text, (struct uptake_period){ends[a], ends[b]});
            cr_expect(count < DATE_BYTES && strlen(text) == count, "%d to %d", (int)ends[a],
                      (int)ends[b]);
            cr_expect_eq(text[DATE_BYTES], 'x');
        }
}

Test(base_date, today)
{
    time_t before = time(NULL) / 86400;
    struct uptake_period today = date_today();
    time_t after = time(NULL) / 86400;
    cr_expect_eq(today.start, today.end);
    cr_expect(before <= today.start && today.start <= after);
}

/* By the calendar: the same day of a later month, or its last. */
Test(base_date, months_later)
{
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {{"2020-01-31", 1, "2020-02-29"},  {"2019-01-31", 1, "2019-02-28"},
                 {"2019-12-15", 1, "2020-01-15"},  {"2019-01-01", 0, "2019-01-01"},
                 {"2020-02-29", 12, "2021-02-28"}, {"1999-11-30", 15, "2001-02-28"},
                 {"1969-12-31", 2, "1970-02-28"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct uptake_period from, to;
        cr_assert(date_parse(cases[k].from, 10, &from) && date_parse(cases[k].to, 10, &to));
        cr_expect_eq(date_add_months(from.start, cases[k].months), to.start, "%s and %d months",
                     cases[k].from, cases[k].months);
    }
    cr_expect_eq(date_add_months(UPTAKE_DAY_OPEN, 12), UPTAKE_DAY_OPEN);
    cr_expect_eq(date_add_months(UPTAKE_DAY_MIN, 12), UPTAKE_DAY_MIN);
}
