/*
 * Numbers as text: see number.h. Exact both ways, and the same in every locale.
 *
 * Printing is Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles", 2020): of the
 * decimals that read back to the same double, the shortest, and of these the nearest, by three
 * 128-bit products and no loop. printf with 17 digits costs several times as much, and shows 0.1 as
 * 0.10000000000000001.
 *
 * Reading takes the exact short way of Clinger ("How to read floating point numbers accurately",
 * 1990) where digits and power of ten are both exact doubles. The rest goes to strtod as a bare
 * integer with an exponent: without a decimal point there is nothing that a locale could change.
 */
#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pow10_table.h"

_Static_assert(DBL_MANT_DIG == 53 && FLT_EVAL_METHOD == 0, "IEEE doubles, no excess precision");

#define BIT(n) ((uint64_t)1 << (n))

/* A number without its sign: digits * 10^exponent. */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* --- The shortest decimal --------------------------------------------------------------------- */

/* Floors of logarithms, exact for all exponents of doubles (integer forms of Giulietti's). */
static int floor_log10_pow2(int e)
{
    return (e * 1262611) >> 22;
}
static int floor_log10_three_quarters_pow2(int e)
{
    return (e * 1262611 - 524031) >> 22;
}
static int floor_log2_pow10(int e)
{
    return (e * 1741647) >> 19;
}

/* g * c / 2^128, whole part; the last bit is also set where a fraction remains (rounded to odd). */
static uint64_t multiply_to_odd(const struct pow10 *g, uint64_t c)
{
    __uint128_t low = (__uint128_t)g->low * c;
    __uint128_t high = (__uint128_t)g->high * c + (uint64_t)(low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* The double's interval in quarters of 10^exponent: what lies in low to high reads back to it. */
struct interval {
    uint64_t low;
    uint64_t value;
    uint64_t high;
    int exponent;
};

/* c * 2^q, where a power of two has its lower neighbour at half the distance of its upper one. */
static struct interval interval_of(uint64_t c, int q, bool power_of_two)
{
    int k = power_of_two ? floor_log10_three_quarters_pow2(q) : floor_log10_pow2(q);
    const struct pow10 *g = &pow10_table[-k - POW10_LOWEST];
    int shift = q + floor_log2_pow10(-k) + 1;
    uint64_t odd = c & 1; /* of an odd number, the ends themselves read back to a neighbour */
    uint64_t low = multiply_to_odd(g, (4 * c - (power_of_two ? 1 : 2)) << shift);
    uint64_t value = multiply_to_odd(g, (4 * c) << shift);
    uint64_t high = multiply_to_odd(g, (4 * c + 2) << shift);
    return (struct interval){low + odd, value, high - odd, k};
}

/* Of the multiples of unit (in units of 10^exponent) on both sides: the only one inside, or none. */
static bool only_inside(const struct interval *in, uint64_t below, uint64_t unit, uint64_t *digits)
{
    bool below_inside = in->low <= 4 * unit * below;
    bool above_inside = 4 * unit * (below + 1) <= in->high;
    *digits = below + above_inside;
    return below_inside != above_inside;
}

static struct decimal shortest(uint64_t c, int q, bool power_of_two)
{
    struct interval in = interval_of(c, q, power_of_two);
    uint64_t whole = in.value / 4, digits;
    if (whole >= 10 && only_inside(&in, whole / 10, 10, &digits))
        return (struct decimal){digits, in.exponent + 1};
    if (!only_inside(&in, whole, 1, &digits)) {
        uint64_t middle = 4 * whole + 2;
        digits = whole + (in.value > middle || (in.value == middle && (whole & 1)));
    }
    return (struct decimal){digits, in.exponent};
}

/* At most 17 digits: 16 zeros. */
static struct decimal without_zeros(struct decimal d)
{
    static const struct {
        uint64_t power;
        int zeros;
    } steps[] = {{100000000, 8}, {100000000, 8}, {10000, 4}, {100, 2}, {10, 1}};
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
        if (d.digits % steps[k].power == 0) {
            d.digits /= steps[k].power;
            d.exponent += steps[k].zeros;
        }
    return d;
}

/* Whole numbers below 2^53 as they are; anything else finite and above 0 by Schubfach. */
static struct decimal decimal_of(uint64_t bits, double x)
{
    uint64_t fraction = bits & (BIT(52) - 1);
    int exponent = (int)(bits >> 52);
    if (x < 0x1p53 && x == (double)(uint64_t)x)
        return (struct decimal){(uint64_t)x, 0};
    if (exponent == 0)
        return without_zeros(shortest(fraction, -1074, false));
    return without_zeros(
        shortest(fraction | BIT(52), exponent - 1075, fraction == 0 && exponent > 1));
}

/* --- Its layout ------------------------------------------------------------------------------- */

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233"
                            "34353637383940414243444546474849505152535455565758596061626364656667"
                            "6869707172737475767778798081828384858687888990919293949596979899";

static void put_pair(char *to, size_t value)
{
    memcpy(to, &pairs[2 * value], 2);
}

/* Eight digits with their zeros; the halves do not wait for each other. */
static void eight_digits(char *to, uint32_t digits)
{
    uint32_t high = digits / 10000, low = digits % 10000;
    put_pair(to, high / 100);
    put_pair(to + 2, high % 100);
    put_pair(to + 4, low / 100);
    put_pair(to + 6, low % 100);
}

/* Writes backwards, ending before end; answers where it begins. */
static char *digits_before(char *end, uint64_t digits)
{
    for (; digits >= 100000000; digits /= 100000000)
        eight_digits(end -= 8, (uint32_t)(digits % 100000000));
    uint32_t rest = (uint32_t)digits;
    for (; rest >= 100; rest /= 100)
        put_pair(end -= 2, rest % 100);
    if (rest >= 10)
        put_pair(end -= 2, rest);
    else
        *--end = (char)('0' + rest);
    return end;
}

static char *put(char *to, const char *from, int count)
{
    memcpy(to, from, (size_t)count);
    return to + count;
}

static char *put_zeros(char *to, int count)
{
    memset(to, '0', (size_t)count);
    return to + count;
}

static char *put_power(char *to, int power)
{
    char buffer[8], *end = buffer + sizeof buffer;
    *to++ = 'e';
    *to++ = power < 0 ? '-' : '+';
    char *begin = digits_before(end, (uint64_t)abs(power));
    return put(to, begin, (int)(end - begin));
}

/* d.ddde+x; power: of the first digit. */
static char *put_scientific(char *to, const char *digits, int count, int power)
{
    *to++ = digits[0];
    if (count > 1) {
        *to++ = '.';
        to = put(to, digits + 1, count - 1);
    }
    return put_power(to, power);
}

/* The layout of ECMAScript's Number::toString; point: places before the decimal point. */
static char *put_decimal(char *to, struct decimal d)
{
    char buffer[24], *end = buffer + sizeof buffer;
    const char *digits = digits_before(end, d.digits);
    int count = (int)(end - digits), point = count + d.exponent;
    if (point > 21 || point < -5)
        return put_scientific(to, digits, count, point - 1);
    if (point >= count)
        return put_zeros(put(to, digits, count), point - count);
    if (point > 0) {
        to = put(to, digits, point);
        *to++ = '.';
        return put(to, digits + point, count - point);
    }
    to = put_zeros(put(to, "0.", 2), -point);
    return put(to, digits, count);
}

/* What is not finite is no number; JSON says null. */
size_t number_print(char text[NUMBER_BYTES], double x)
{
    uint64_t bits;
    char *end = text;
    if (!isfinite(x)) {
        memcpy(text, "null", sizeof "null");
        return sizeof "null" - 1;
    }
    if (x < 0)
        *end++ = '-';
    x = fabs(x);
    memcpy(&bits, &x, sizeof bits);
    end = put_decimal(end, decimal_of(bits, x));
    *end = '\0';
    return (size_t)(end - text);
}

size_t number_count(char text[COUNT_BYTES], uint64_t x)
{
    char buffer[24], *end = buffer + sizeof buffer;
    if (x < 10) {
        text[0] = (char)('0' + x);
        return 1;
    }
    const char *begin = digits_before(end, x);
    put(text, begin, (int)(end - begin));
    return (size_t)(end - begin);
}

/* --- Reading ---------------------------------------------------------------------------------- */

enum {
    EXACT_DIGITS = 19, /* that surely fit 64 bits */
    EXACT_POWER = 22,  /* the largest power of ten that is a double */
    KEPT_DIGITS = 800  /* more than any point half-way between doubles has (767) */
};

/* A number of the grammar, taken apart. digits: wraps where there are more than EXACT_DIGITS. */
struct scan {
    bool negative;
    const char *begin; /* of the digits, the point among them */
    const char *end;
    size_t count; /* of digits */
    uint64_t digits;
    int64_t exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *scan_digits(const char *p, const char *end, uint64_t *digits)
{
    for (; p < end && is_digit(*p); p++)
        *digits = *digits * 10 + (uint64_t)(*p - '0');
    return p;
}

/* Beyond any number of digits that fits the memory, an exponent need not be exact. */
static bool scan_exponent(const char *p, const char *end, int64_t *exponent)
{
    static const int64_t enough = INT64_C(1000000000000000);
    bool negative = p < end && *p == '-';
    int64_t power = 0;
    p += p < end && (*p == '-' || *p == '+');
    const char *begin = p;
    for (; p < end && is_digit(*p); p++)
        power = power < enough ? power * 10 + (*p - '0') : power;
    *exponent += negative ? -power : power;
    return p == end && p > begin;
}

/* A leading zero stands alone before the point: 007 is no number, as in JSON. */
static bool scan_number(const char *text, const char *end, struct scan *scan)
{
    *scan = (struct scan){.negative = text < end && *text == '-'};
    scan->begin = text + scan->negative;
    const char *p = scan_digits(scan->begin, end, &scan->digits);
    scan->count = (size_t)(p - scan->begin);
    if (scan->count == 0 || (scan->count > 1 && *scan->begin == '0'))
        return false;
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        p = scan_digits(p, end, &scan->digits);
        if (p == fraction)
            return false;
        scan->count += (size_t)(p - fraction);
        scan->exponent = fraction - p;
    }
    scan->end = p;
    if (p < end && (*p == 'e' || *p == 'E'))
        return scan_exponent(p + 1, end, &scan->exponent);
    return p == end;
}

/* One correctly rounded operation on two exact doubles. */
static bool exact(const struct scan *scan, double *x)
{
    static const double powers[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (scan->count > EXACT_DIGITS || scan->digits > BIT(53) || scan->exponent < -EXACT_POWER ||
        scan->exponent > EXACT_POWER)
        return false;
    double digits = (double)scan->digits;
    *x = scan->exponent < 0 ? digits / powers[-scan->exponent] : digits * powers[scan->exponent];
    return true;
}

/* The first KEPT_DIGITS digits as a whole number; its last is not 0 where any beyond is not. */
static double rounded(const struct scan *scan)
{
    char text[KEPT_DIGITS + 16];
    int64_t power = scan->exponent;
    size_t kept = 0;
    for (const char *p = scan->begin; p < scan->end; p++) {
        if (*p == '.' || (kept == 0 && *p == '0'))
            continue;
        if (kept < KEPT_DIGITS) {
            text[kept++] = *p;
            continue;
        }
        power++;
        if (*p != '0' && text[kept - 1] == '0')
            text[kept - 1] = '1';
    }
    if (kept == 0)
        return 0;
    *put_power(text + kept, power > 9999 ? 9999 : power < -9999 ? -9999 : (int)power) = '\0';
    return strtod(text, NULL);
}

bool number_parse(const char *text, size_t bytes, double *x)
{
    struct scan scan;
    double found;
    if (!scan_number(text, text + bytes, &scan))
        return false;
    if (!exact(&scan, &found))
        found = rounded(&scan);
    if (isinf(found))
        return false;
    *x = scan.negative ? -found : found;
    return true;
}
