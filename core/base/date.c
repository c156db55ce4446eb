/*
 * Dates: see date.h. Every form that can be written is a row of one table. The calendar is uptake/calendar.h's.
 */
#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "uptake/calendar.h"

enum { FIRST_YEAR = 1000, LAST_YEAR = 9999 };

/* --- The calendar ----------------------------------------------------------------------------- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

int32_t date_day(int year, int month, int day)
{
    return uptake_day_of(year, month, day);
}

int32_t date_add_months(int32_t day, int months)
{
    return uptake_add_months(day, months);
}

/* Whole months: the first of one to the last of another. */
static struct uptake_period months(int year, int month, int to_year, int to_month)
{
    return (struct uptake_period){date_day(year, month, 1),
                                  date_day(to_year, to_month, month_days(to_year, to_month))};
}

/* --- The forms -------------------------------------------------------------------------------- */

static int digits(const char *text, int count)
{
    int value = 0;
    for (int k = 0; k < count; k++)
        value = value * 10 + (text[k] - '0');
    return value;
}

static bool read_year(const char *text, int year, struct uptake_period *period)
{
    (void)text;
    *period = months(year, 1, year, 12);
    return true;
}

/* April to March; the second year must be the next one. */
static bool read_financial_year(const char *text, int year, struct uptake_period *period)
{
    *period = months(year, 4, year + 1, 3);
    return year < LAST_YEAR && digits(text + 5, 2) == (year + 1) % 100;
}

static bool read_quarter(const char *text, int year, struct uptake_period *period)
{
    int quarter = digits(text + 5, 1);
    if (quarter < 1 || quarter > 4)
        return false;
    *period = months(year, 3 * quarter - 2, year, 3 * quarter);
    return true;
}

static bool read_month(const char *text, int year, struct uptake_period *period)
{
    int month = digits(text + 5, 2);
    if (month < 1 || month > 12)
        return false;
    *period = months(year, month, year, month);
    return true;
}

static bool read_day(const char *text, int year, struct uptake_period *period)
{
    int month = digits(text + 5, 2), day = digits(text + 8, 2);
    if (month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return false;
    period->start = period->end = date_day(year, month, day);
    return true;
}

/* shape: 0 stands for a digit, anything else for itself. */
static const struct {
    const char *shape;
    bool (*read)(const char *text, int year, struct uptake_period *period);
} forms[] = {{"0000", read_year},
             {"0000-00", read_month},
             {"0000-00-00", read_day},
             {"0000/00", read_financial_year},
             {"0000Q0", read_quarter}};

static bool has_shape(const char *text, size_t bytes, const char *shape)
{
    if (strlen(shape) != bytes)
        return false;
    for (size_t k = 0; k < bytes; k++)
        if (shape[k] == '0' ? text[k] < '0' || text[k] > '9' : text[k] != shape[k])
            return false;
    return true;
}

bool date_parse(const char *text, size_t bytes, struct uptake_period *period)
{
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
        if (has_shape(text, bytes, forms[k].shape)) {
            struct uptake_period read;
            int year = digits(text, 4);
            if (year < FIRST_YEAR || !forms[k].read(text, year, &read))
                return false;
            *period = read;
            return true;
        }
    return false;
}

/* --- Printing --------------------------------------------------------------------------------- */

enum unit { YEARS, MONTHS, DAYS };

static enum unit start_unit(struct uptake_date from)
{
    return from.day != 1 ? DAYS : from.month != 1 ? MONTHS : YEARS;
}

static enum unit end_unit(struct uptake_date to)
{
    return to.day != month_days(to.year, to.month) ? DAYS : to.month != 12 ? MONTHS : YEARS;
}

/* A day, cut down to the unit. */
static size_t print_unit(char *text, size_t room, struct uptake_date date, enum unit unit)
{
    static const size_t cut[] = {
        [YEARS] = sizeof "-01-01" - 1, [MONTHS] = sizeof "-01" - 1, [DAYS] = 0};
    int full = snprintf(text, room, "%d-%02d-%02d", date.year, date.month, date.day);
    size_t count = (size_t)full < room ? (size_t)full - cut[unit] : room - 1;
    text[count] = '\0';
    return count;
}

static bool is_quarter(struct uptake_date from, struct uptake_date to)
{
    return from.year == to.year && from.month % 3 == 1 && to.month == from.month + 2;
}

static bool is_financial_year(struct uptake_date from, struct uptake_date to)
{
    return from.month == 4 && to.month == 3 && to.year == from.year + 1;
}

/* Both ends in the coarsest unit that fits both; one end where they are the same. */
static size_t print_closed(char *text, struct uptake_period period)
{
    struct uptake_date from = uptake_date_of(period.start), to = uptake_date_of(period.end);
    enum unit unit = start_unit(from) > end_unit(to) ? start_unit(from) : end_unit(to);
    if (unit == MONTHS && is_quarter(from, to))
        return (size_t)snprintf(text, DATE_BYTES, "%dQ%d", from.year, to.month / 3);
    if (unit == MONTHS && is_financial_year(from, to))
        return (size_t)snprintf(text, DATE_BYTES, "%d/%02d", from.year, to.year % 100);
    size_t count = print_unit(text, DATE_BYTES, from, unit);
    bool same_year = from.year == to.year, same_month = same_year && from.month == to.month;
    if (period.start == period.end || (unit == MONTHS && same_month) ||
        (unit == YEARS && same_year))
        return count;
    count += (size_t)snprintf(text + count, DATE_BYTES - count, " to ");
    return count + print_unit(text + count, DATE_BYTES - count, to, unit);
}

static size_t print_word(char *text, const char *word)
{
    return (size_t)snprintf(text, DATE_BYTES, "%s", word);
}

size_t date_print(char text[DATE_BYTES], struct uptake_period period)
{
    bool no_start = period.start <= UPTAKE_DAY_MIN, no_end = period.end == UPTAKE_DAY_OPEN;
    if (period.start <= UPTAKE_DAY_MISSING)
        return print_word(text, "missing");
    if (period.start == UPTAKE_DAY_OPEN || (no_start && no_end))
        return print_word(text, "open");
    if (!no_start && !no_end)
        return print_closed(text, period);
    struct uptake_date date = uptake_date_of(no_start ? period.end : period.start);
    size_t count = print_word(text, no_start ? "at most " : "at least ");
    return count + print_unit(text + count, DATE_BYTES - count, date,
                              no_start ? end_unit(date) : start_unit(date));
}

/* In universal time, so that the same moment is the same day everywhere. */
struct uptake_period date_today(void)
{
    int32_t day = (int32_t)(time(NULL) / 86400);
    return (struct uptake_period){day, day};
}
