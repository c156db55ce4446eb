/* A printf format, one conversion at a time: see log_format.h. */
#include "result/log_format.h"

enum { SPEC_MOST = 31 };

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

static enum value_kind kind_of(char letter)
{
    switch (letter) {
    case '%': return VALUE_NONE;
    case 's': return VALUE_TEXT;
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G': return VALUE_REAL;
    case 'd':
    case 'i': return VALUE_SIGNED;
    case 'u':
    case 'x':
    case 'X':
    case 'o': return VALUE_UNSIGNED;
    case 'c': return VALUE_CHARACTER;
    default: return VALUE_UNKNOWN;
    }
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
    if (spec > SPEC_MOST)
        return false;
    conversion->spec = format;
    conversion->spec_bytes = spec;
    conversion->kind = kind_of(*at);
    conversion->size = 0;
    if (conversion->kind == VALUE_UNKNOWN) {
        conversion->size = length_read(&at);
        conversion->kind = kind_of(*at);
    }
    conversion->letter = *at;
    conversion->bytes = (size_t)(at + 1 - format);
    conversion->bare = spec == 1;
    bool wide = conversion->size != 0 &&
                (conversion->kind == VALUE_TEXT || conversion->kind == VALUE_CHARACTER);
    return conversion->kind != VALUE_UNKNOWN && conversion->size != 9 && !wide;
}
