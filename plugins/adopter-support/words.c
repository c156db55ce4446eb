/*
 * How resources, units and figures are said in findings and reasons.
 */
#include "support.h"

const char *support_spoken(int resource)
{
    static const char *const words[RESOURCES] = {"time",          "space",     "staff",
                                                 "money",         "skills",    "recognition",
                                                 "peer learning", "readiness", "data"};
    return words[resource];
}

size_t support_name_add(char *to, const char *comma, const char *word)
{
    size_t first = strlen(comma), second = strlen(word);
    memcpy(to, comma, first + 1);
    memcpy(to + first, word, second + 1);
    return first + second;
}

double support_figure(double x)
{
    if (x >= 1000 || !(x > floor(x)))
        return nearbyint(x);
    double scale = 100, y = x;
    while (y < 1 && scale < 1e12) {
        y *= 10;
        scale *= 10;
    }
    scale /= x >= 100 ? 100 : x >= 10 ? 10 : 1;
    return nearbyint(x * scale) / scale;
}

const char *support_unit_words(int unit, bool one)
{
    static const char *const words[UNITS][2] = {{" hours a week", " hour a week"},
                                                {" WTE", " WTE"},
                                                {" GBP", " GBP"},
                                                {" GBP a year", " GBP a year"},
                                                {" rooms", " room"},
                                                {" people", " person"},
                                                {" days", " day"},
                                                {" days a year", " day a year"},
                                                {"", ""},
                                                {"", ""},
                                                {"", ""}};
    return words[unit][one];
}
