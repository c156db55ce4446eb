/* What a plugin declares, in words: see words.h. */
#include "report/words.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/figure.h"

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

/* --- Rows -------------------------------------------------------------------------------------- */

static const char *unit_of(struct texts *texts, const char *unit)
{
    return unit && unit[0] ? texts_make(texts, " (%s)", figure_words(texts, unit)) : "";
}

static const char *choices_of(struct texts *texts, const char *const *choices)
{
    return choices ? texts_make(texts, " of %s", words_choices(texts, choices)) : "";
}

const char *words_read(struct texts *texts, const struct uptake_read *read)
{
    bool number = read->type == UPTAKE_NUMBER;
    return texts_make(
        texts, "%s%s%s%s%s%s", words_type(read->type), choices_of(texts, read->choices),
        unit_of(texts, read->unit), number ? words_range(texts, read->min, read->max) : "",
        read->flags & UPTAKE_DOUBT ? ", with its range" : "",
        read->flags & UPTAKE_REQUIRED ? "; without it the innovation is not assessed" : "");
}

const char *words_param(struct texts *texts, const struct uptake_param *param)
{
    bool number = param->type == UPTAKE_NUMBER || param->type == UPTAKE_INTEGER ||
                  param->type == UPTAKE_TABLE;
    const char *choices = param->type == UPTAKE_TABLE
                              ? texts_make(texts, " %s", words_choices(texts, param->choices))
                              : choices_of(texts, param->choices);
    return texts_make(texts, "%s%s%s%s; default %s", words_type(param->type), choices,
                      unit_of(texts, param->unit),
                      number ? words_range(texts, param->min, param->max) : "",
                      words_default(texts, param));
}

static const char *entity_of(struct texts *texts, const char *entity)
{
    if (entity[0] == '\0')
        return "";
    return strcmp(entity, "/") == 0 ? "; one for the whole portfolio"
                                    : texts_make(texts, "; one a row of %s", entity);
}

const char *words_write(struct texts *texts, const struct uptake_write *write, bool headline)
{
    bool number = write->type == UPTAKE_NUMBER;
    const char *better = write->better == UPTAKE_NEITHER
                             ? ""
                             : texts_make(texts, "; %s is better", words_better(write->better));
    const char *quantity =
        write->quantity[0] ? texts_make(texts, "; answers %s", write->quantity) : "";
    return texts_make(
        texts, "%s%s%s%s%s%s%s%s%s", words_type(write->type), choices_of(texts, write->choices),
        unit_of(texts, write->unit), number ? words_range(texts, write->min, write->max) : "",
        write->flags & UPTAKE_BOUNDS ? ", with its range" : "", entity_of(texts, write->entity),
        better, quantity, headline ? "; the headline" : "");
}
