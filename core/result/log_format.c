/* A printf format, one conversion at a time: see log_format.h. */
#include "result/log_format.h"

#include <string.h>

static const char *over_digits(const char *at)
{
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

static bool is_flag(char c)
{
    return c == '-' || c == '+' || c == ' ' || c == '#' || c == '0';
}

/* The length in front of an integer's letter, as conversion.size; moves behind it. */
static int length_read(const char **at)
{
    static const struct {
        char letter;
        int once, twice; /* 0: never twice */
    } lengths[] = {{'h', -1, -2}, {'l', 1, 2}, {'z', 3, 0}, {'j', 4, 0}, {'t', 5, 0}, {'L', 9, 0}};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        if (**at != lengths[k].letter)
            continue;
        bool twice = lengths[k].twice && (*at)[1] == lengths[k].letter;
        *at += twice ? 2 : 1;
        return twice ? lengths[k].twice : lengths[k].once;
    }
    return 0;
}

/* At most three digits. */
static size_t precision_of(const char *at, const char *end)
{
    size_t precision = 0;
    while (at < end)
        precision = precision * 10 + (size_t)(*at++ - '0');
    return precision;
}

static bool is_conversion(char letter)
{
    return letter && strchr("diucxXofFeEgGs%", letter);
}

bool conversion_read(const char *format, struct conversion *conversion)
{
    const char *at = format + 1;
    while (is_flag(*at))
        at++;
    const char *width = at;
    at = over_digits(at);
    if (at - width > 3)
        return false;
    conversion->precision = SIZE_MAX;
    if (*at == '.') {
        const char *digits = at + 1;
        at = over_digits(digits);
        if (at - digits > 3)
            return false;
        conversion->precision = precision_of(digits, at);
    }
    size_t spec = (size_t)(at - format);
    if (spec >= sizeof conversion->spec)
        return false;
    memcpy(conversion->spec, format, spec);
    conversion->spec[spec] = 0;
    conversion->size = is_conversion(*at) ? 0 : length_read(&at);
    conversion->letter = *at;
    conversion->bytes = (size_t)(at + 1 - format);
    conversion->bare = spec == 1;
    bool wide = conversion->size != 0 && (*at == 's' || *at == 'c');
    return is_conversion(*at) && conversion->size != 9 && !wide;
}
