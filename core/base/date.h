/*
 * Dates of the field: YYYY, YYYY-MM, YYYY-MM-DD, 2023Q2, and the financial year 2014/15 (April to
 * March), each meaning the whole period. Days are counted since 1970-01-01 (proleptic Gregorian).
 */
#ifndef UPTAKE_BASE_DATE_H
#define UPTAKE_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptake/plugin.h"

#define DATE_BYTES 32

int32_t date_day(int year, int month, int day);
/* Years 1000 to 9999. False: not a date. */
bool date_parse(const char *text, size_t bytes, struct uptake_period *period);
/* The shortest form that means this very period, else "FROM to TO"; "open", "at most TO". */
size_t date_print(char text[DATE_BYTES], struct uptake_period period);
/* That many months (0 or more) later, on the same day or the last of the month; what has no end or beginning keeps that. */
int32_t date_add_months(int32_t day, int months);
struct uptake_period date_today(void);

#endif
