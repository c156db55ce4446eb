/* The format's own words, from the tables that the program works by: merge methods and the keys of a spec. */
#include <stdio.h>
#include <string.h>

#include "merge/merge.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/report.h"
#include "report/view.h"
#include "spec/spec.h"

enum { NAME_INDENT = 2, DOC_INDENT = 6 };

static void put_name(struct report_out *out, const struct report_style *style, const char *name)
{
    prose_item(out, style, (struct prose_label){name, TONE_STRONG, NAME_INDENT, 0}, "");
}

static void put_doc(struct report_out *out, const struct report_style *style, const char *doc)
{
    if (doc && doc[0])
        prose_line(out, style, DOC_INDENT, doc);
}

/* --- Merges ------------------------------------------------------------------------------------ */

static const char *normalisation_of(const struct merge_method *method)
{
    size_t count;
    const struct merge_word *words = merge_normalisations(&count);
    return method->normalise < count ? words[method->normalise].name : "the method's own";
}

/* "v (default 0.5): weight of ..." for each parameter of the method. */
static void put_options(struct report_out *out, const struct report_style *style,
                        const struct merge_method *method)
{
    size_t count;
    const struct merge_option *options = merge_options(&count);
    char line[300];
    for (size_t k = 0; k < count; k++) {
        if (!merge_takes(method, options[k].name))
            continue;
        snprintf(line, sizeof line, "%s: %s; default %s", options[k].name, options[k].doc,
                 options[k].fallback);
        prose_item(out, style,
                   (struct prose_label){"Parameter", TONE_PLAIN, DOC_INDENT, DOC_INDENT}, line);
    }
}

static void put_extras(struct report_out *out, const struct report_style *style,
                       const struct merge_method *method)
{
    char line[300] = "";
    size_t used = 0;
    for (size_t e = 0; e < MERGE_EXTRAS && method->extras[e]; e++)
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", e ? ", " : "",
                                 method->extras[e]);
    if (used)
        prose_item(out, style,
                   (struct prose_label){"Says too:", TONE_PLAIN, DOC_INDENT, DOC_INDENT}, line);
}

static void put_method(struct report_out *out, const struct report_style *style,
                       const struct merge_method *method)
{
    char line[200];
    bool weighted = method->needs & MERGE_NEEDS_WEIGHTS;
    put_name(out, style, method->name);
    put_doc(out, style, method->doc);
    snprintf(line, sizeof line, "Normalised: %s%s%s%s.", normalisation_of(method),
             method->needs & MERGE_OWN_SCALE ? ", always" : "",
             weighted ? "" : "; a weight only says whether a measure takes part",
             method->better < 0 ? "; a lower score is better" : "");
    prose_line(out, style, DOC_INDENT, line);
    put_options(out, style, method);
    put_extras(out, style, method);
    if (method->source && method->source[0])
        prose_item(out, style, (struct prose_label){"Source:", TONE_PLAIN, DOC_INDENT, DOC_INDENT},
                   method->source);
}

static void put_words(struct report_out *out, const struct report_style *style, const char *heading,
                      const struct merge_word *words, size_t count)
{
    prose_heading(out, style, heading);
    for (size_t k = 0; k < count; k++) {
        put_name(out, style, words[k].name);
        put_doc(out, style, words[k].doc);
    }
}

static void put_weightings(struct report_out *out, const struct report_style *style)
{
    const char *source;
    const struct merge_word *word;
    prose_heading(out, style, "Weights (`weights:`; the first is the default)");
    for (size_t k = 0; (word = merge_weighting_at(k, &source)); k++) {
        put_name(out, style, word->name);
        put_doc(out, style, word->doc);
        if (*source)
            prose_item(out, style,
                       (struct prose_label){"Source:", TONE_PLAIN, DOC_INDENT, DOC_INDENT}, source);
    }
}

void report_merges(const struct report_style *style, struct report_out *out)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    prose_title(out, style, "Methods (`method:`)");
    for (size_t k = 0; k < count; k++)
        put_method(out, style, &methods[k]);
    const struct merge_word *words = merge_rules(&count);
    put_words(out, style, "What is missing (`missing:`; the first is the default)", words, count);
    words = merge_normalisations(&count);
    put_words(out, style, "Normalisation (`normalise:`)", words, count);
    put_weightings(out, style);
}

static void put_options_json(struct json *json, const struct merge_method *method)
{
    size_t count;
    const struct merge_option *options = merge_options(&count);
    json_key(json, "parameters");
    json_open(json, '[');
    for (size_t k = 0; k < count; k++) {
        if (!merge_takes(method, options[k].name))
            continue;
        json_open(json, '{');
        json_pair(json, "name", options[k].name);
        json_pair(json, "default", options[k].fallback);
        json_pair(json, "doc", options[k].doc);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "says");
    json_open(json, '[');
    for (size_t e = 0; e < MERGE_EXTRAS && method->extras[e]; e++)
        json_put_text(json, method->extras[e]);
    json_close(json, ']');
}

static void put_weightings_json(struct json *json)
{
    const char *source;
    const struct merge_word *word;
    json_line(json, 1);
    json_key(json, "weights");
    json_open(json, '[');
    for (size_t k = 0; (word = merge_weighting_at(k, &source)); k++) {
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "name", word->name);
        json_pair(json, "doc", word->doc);
        json_pair(json, "source", source);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_words_json(struct json *json, const char *key, const struct merge_word *words,
                           size_t count)
{
    json_line(json, 1);
    json_key(json, key);
    json_open(json, '[');
    for (size_t k = 0; k < count; k++) {
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "name", words[k].name);
        json_pair(json, "doc", words[k].doc);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_method_json(struct json *json, const struct merge_method *method)
{
    json_open(json, '{');
    json_pair(json, "name", method->name);
    json_pair(json, "normalise", normalisation_of(method));
    json_pair_flag(json, "weighted", (method->needs & MERGE_NEEDS_WEIGHTS) != 0);
    json_pair(json, "better", method->better < 0 ? "lower" : "higher");
    json_pair(json, "doc", method->doc);
    json_pair(json, "source", method->source);
    put_options_json(json, method);
    json_close(json, '}');
}

void report_merges_json(struct report_out *out)
{
    struct json json = {.out = out};
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    json_open(&json, '{');
    json_key(&json, "methods");
    json_open(&json, '[');
    for (size_t k = 0; k < count; k++) {
        json_line(&json, 2);
        put_method_json(&json, &methods[k]);
    }
    json_close(&json, ']');
    const struct merge_word *words = merge_rules(&count);
    put_words_json(&json, "missing", words, count);
    words = merge_normalisations(&count);
    put_words_json(&json, "normalise", words, count);
    put_weightings_json(&json);
    json_close(&json, '}');
    out_char(out, '\n');
}

/* --- One of its words -------------------------------------------------------------------------- */

static const struct merge_method *method_named(const char *name)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    for (size_t k = 0; k < count; k++)
        if (strcmp(methods[k].name, name) == 0)
            return &methods[k];
    return NULL;
}

/* What a word of a merge is: the key of the spec that takes it. */
struct word {
    const char *key;
    const struct merge_word *word;
    const char *source;
};

static const struct merge_word *word_named(const struct merge_word *words, size_t count,
                                           const char *name)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(words[k].name, name) == 0)
            return &words[k];
    return NULL;
}

/* A name may be a word of several keys: `none` is. Answers how many. */
static size_t find_words(const char *name, struct word found[3])
{
    size_t n, count = 0;
    const char *source;
    const struct merge_word *words = merge_rules(&n), *word = word_named(words, n, name);
    if (word)
        found[count++] = (struct word){"missing", word, ""};
    words = merge_normalisations(&n);
    word = word_named(words, n, name);
    if (word)
        found[count++] = (struct word){"normalise", word, ""};
    for (size_t k = 0; (word = merge_weighting_at(k, &source)); k++)
        if (strcmp(word->name, name) == 0)
            found[count++] = (struct word){"weights", word, source};
    return count;
}

bool report_merge_method(const char *name, const struct report_style *style, struct report_out *out)
{
    const struct merge_method *method = method_named(name);
    struct word found[3];
    size_t count = find_words(name, found);
    if (method)
        put_method(out, style, method);
    for (size_t k = 0; k < count; k++) {
        char key[64];
        snprintf(key, sizeof key, "of a merge, `%s: %s`", found[k].key, name);
        prose_item(out, style, (struct prose_label){name, TONE_STRONG, NAME_INDENT, 0}, key);
        put_doc(out, style, found[k].word->doc);
        if (found[k].source[0])
            prose_item(out, style,
                       (struct prose_label){"Source:", TONE_PLAIN, DOC_INDENT, DOC_INDENT},
                       found[k].source);
    }
    return method || count > 0;
}

static void put_word_json(struct json *json, const struct word *word)
{
    json_open(json, '{');
    json_pair(json, "of", word->key);
    json_pair(json, "name", word->word->name);
    json_pair(json, "doc", word->word->doc);
    json_pair(json, "source", word->source);
    json_close(json, '}');
}

bool report_merge_method_json(const char *name, struct report_out *out)
{
    struct json json = {.out = out};
    const struct merge_method *method = method_named(name);
    struct word found[3];
    size_t count = find_words(name, found);
    if (!method && count == 0)
        return false;
    if (method) {
        put_method_json(&json, method);
        out_char(out, '\n');
        json.comma = false;
    }
    for (size_t k = 0; k < count; k++) {
        put_word_json(&json, &found[k]);
        out_char(out, '\n');
        json.comma = false;
    }
    return true;
}

/* --- The keys of a spec ------------------------------------------------------------------------ */

/* "; required", "; default 0.5" */
static const char *fallback_of(struct texts *texts, const struct spec_key *key)
{
    if (!key->fallback || !key->fallback[0])
        return "";
    return strcmp(key->fallback, "required") == 0
               ? "; required"
               : texts_make(texts, "; default %s", key->fallback);
}

static void put_key(struct report_out *out, const struct report_style *style, struct texts *texts,
                    const struct spec_key *key)
{
    const struct prose_label label = {texts_make(texts, "%s:", key->path), TONE_STRONG, NAME_INDENT,
                                      DOC_INDENT};
    prose_item(out, style, label,
               texts_make(texts, "%s%s%s", key->type, fallback_of(texts, key),
                          key->available ? "" : "; not available in this version"));
    put_doc(out, style, key->doc);
}

int report_spec_keys(const struct report_style *style, struct report_out *out,
                     struct uptake_error *error)
{
    struct texts texts = {0};
    size_t count;
    const struct spec_key *keys = spec_keys(&count);
    prose_title(out, style, "The keys of a spec");
    for (size_t k = 0; k < count; k++)
        put_key(out, style, &texts, &keys[k]);
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}

void report_spec_keys_json(struct report_out *out)
{
    struct json json = {.out = out};
    size_t count;
    const struct spec_key *keys = spec_keys(&count);
    json_open(&json, '{');
    json_key(&json, "keys");
    json_open(&json, '[');
    for (size_t k = 0; k < count; k++) {
        json_line(&json, 2);
        json_open(&json, '{');
        json_pair(&json, "path", keys[k].path);
        json_pair(&json, "type", keys[k].type);
        json_pair(&json, "default", keys[k].fallback);
        json_pair_flag(&json, "available", keys[k].available);
        json_pair(&json, "doc", keys[k].doc);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}
