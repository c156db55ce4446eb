/* A printf format, one conversion at a time: see log_format.h. */
#include "result/log_format.h"

#include <stdlib.h>
#include <string.h>

static size_t span(const char *text, const char *of)
{
    return strspn(text, of);
}

bool conversion_read(const char *format, struct conversion *conversion)
{
    const char *at = format + 1;
    at += span(at, "-+ #0");
    size_t width = span(at, "0123456789");
    at += width;
    size_t precision = 0;
    conversion->precision = *at == '.' ? strtoul(at + 1, NULL, 10) : SIZE_MAX;
    if (*at == '.') {
        precision = span(at + 1, "0123456789");
        at += 1 + precision;
    }
    size_t spec = (size_t)(at - format);
    if (spec >= sizeof conversion->spec || width > 3 || precision > 3)
        return false;
    memcpy(conversion->spec, format, spec);
    conversion->spec[spec] = 0;
    static const struct {
        const char *word;
        int size;
    } lengths[] = {{"hh", -2}, {"h", -1}, {"ll", 2}, {"l", 1},
                   {"z", 3},   {"j", 4},  {"t", 5},  {"L", 9}};
    conversion->size = 0;
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++)
        if (strncmp(at, lengths[k].word, strlen(lengths[k].word)) == 0) {
            conversion->size = lengths[k].size;
            at += strlen(lengths[k].word);
            break;
        }
    conversion->letter = *at;
    conversion->bytes = (size_t)(at + 1 - format);
    bool wide = conversion->size != 0 && (*at == 's' || *at == 'c');
    return *at && strchr("diucxXofFeEgGs%", *at) && conversion->size != 9 && !wide;
}
