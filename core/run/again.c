/* The line that shows a failure again: see again.h. */
#include "run/again.h"

#include <stdlib.h>
#include <string.h>

void again_word(FILE *out, const char *text)
{
    bool plain = *text && *text != '-';
    for (const char *at = text; *at && plain; at++)
        plain = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+:,@%",
                       *at) != NULL;
    if (!plain)
        fputc('\'', out);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fputc(*text, out);
    if (!plain)
        fputc('\'', out);
}

static bool reads_others(const struct plan_plugin *of)
{
    for (size_t k = 0; k < of->plugin->n_reads; k++)
        if (of->reads[k].provider != SIZE_MAX)
            return true;
    return false;
}

static void put_option(FILE *out, const char *option, const char *value)
{
    fprintf(out, " %s ", option);
    again_word(out, value);
}

static void put_line(FILE *out, const struct share *share, const char *innovation, bool denied)
{
    const struct spec *spec = share->plan->spec;
    fputs("uptake run ", out);
    again_word(out, spec->path);
    for (size_t k = 0; k < spec->n_words; k++)
        if (!innovation || strcmp(spec->words[k].option, "--innovation") != 0)
            put_option(out, spec->words[k].option, spec->words[k].value);
    if (!reads_others(share->of))
        put_option(out, "--only", share->of->spec->name);
    if (innovation)
        put_option(out, "--innovation", innovation);
    fputs(denied ? "" : " --in-process", out);
}

const char *again_line(const struct share *share, const char *innovation, const char *cause,
                       struct arena *arena)
{
    bool denied = strncmp(cause, "it tried to ", 12) == 0 || strncmp(cause, "it made ", 8) == 0;
    char *line = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&line, &bytes);
    if (!out)
        return NULL;
    put_line(out, share, innovation, denied);
    const char *kept = fclose(out) == 0 ? arena_text(arena, line, bytes) : NULL;
    free(line);
    return kept;
}
