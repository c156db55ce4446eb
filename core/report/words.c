/* What a plugin declares, in words: see words.h. */
#include "report/words.h"

#include <math.h>

#include "base/number.h"

const char *words_type(uint32_t type)
{
    static const char *const words[] = {
        [UPTAKE_NUMBER] = "number",
        [UPTAKE_CHOICE] = "choice",
        [UPTAKE_TEXT] = "text",
        [UPTAKE_REF] = "reference",
        [UPTAKE_DATE] = "date",
        [UPTAKE_FLAG] = "true or false",
        [UPTAKE_LIST] = "list",
        [UPTAKE_VERDICT] = "verdicts of the rules",
        [UPTAKE_INTEGER] = "whole number",
        [UPTAKE_TABLE] = "a number for each of",
    };
    return type >= UPTAKE_NUMBER && type <= UPTAKE_TABLE ? words[type] : "?";
}

const char *words_better(int32_t better)
{
    return better == UPTAKE_HIGHER ? "higher" : better == UPTAKE_LOWER ? "lower" : "neither";
}

static const char *plain_number(struct texts *texts, double x)
{
    char text[NUMBER_BYTES];
    number_print(text, x);
    return texts_make(texts, "%s", text);
}

const char *words_range(struct texts *texts, double min, double max)
{
    bool below = isfinite(min), above = isfinite(max);
    if (below && above)
        return texts_make(texts, ", %s to %s", plain_number(texts, min), plain_number(texts, max));
    if (below)
        return texts_make(texts, ", %s or more", plain_number(texts, min));
    return above ? texts_make(texts, ", %s or less", plain_number(texts, max)) : "";
}

const char *words_choices(struct texts *texts, const char *const *choices)
{
    const char *words = "";
    for (size_t k = 0; choices && choices[k]; k++)
        words = texts_make(texts, "%s%s%s", words, k > 0 ? ", " : "", choices[k]);
    return words;
}

const char *words_default(struct texts *texts, const struct uptake_param *param)
{
    switch (param->type) {
    case UPTAKE_FLAG: return param->number != 0 ? "true" : "false";
    case UPTAKE_CHOICE: return param->choices[(size_t)param->number];
    case UPTAKE_TEXT:
    case UPTAKE_DATE: return param->text ? param->text : "none";
    default: return plain_number(texts, param->number);
    }
}
