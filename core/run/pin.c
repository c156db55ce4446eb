/* Pins: see pin.h. Ordering of versions: Semantic Versioning 2.0.0, item 11, of which only whole suffixes are compared. */
#include "run/pin.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* --- Versions ---------------------------------------------------------------------------------- */

enum { PARTS = 4 };

struct version {
    uint64_t parts[PARTS];
    const char *suffix; /* after the hyphen */
    size_t bytes;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads to the end of the word; false: it is no version. */
static bool version_read(const char *text, size_t bytes, struct version *version)
{
    size_t at = 0;
    *version = (struct version){0};
    for (size_t part = 0; part < PARTS; part++) {
        size_t start = at;
        for (; at < bytes && is_digit(text[at]) && at - start < 18; at++)
            version->parts[part] = version->parts[part] * 10 + (uint64_t)(text[at] - '0');
        if (at == start)
            return false;
        if (at == bytes || text[at] != '.')
            break;
        at++;
    }
    if (at < bytes && text[at] == '-') {
        version->suffix = text + at + 1;
        version->bytes = bytes - at - 1;
        return version->bytes > 0;
    }
    return at == bytes || text[at] == '+'; /* what was built, which has no order */
}

static int version_compare(const struct version *a, const struct version *b)
{
    for (size_t k = 0; k < PARTS; k++)
        if (a->parts[k] != b->parts[k])
            return a->parts[k] < b->parts[k] ? -1 : 1;
    if (!a->suffix || !b->suffix)
        return (a->suffix == NULL) - (b->suffix == NULL);
    int order = strncmp(a->suffix, b->suffix, a->bytes < b->bytes ? a->bytes : b->bytes);
    return order ? order : (a->bytes > b->bytes) - (a->bytes < b->bytes);
}

/* Longer ones first. lower, equal, higher: whether that order will do. */
static const struct {
    const char *sign;
    bool lower, equal, higher;
} conditions[] = {
    {">=", false, true, true}, {"<=", true, true, false}, {">", false, false, true},
    {"<", true, false, false}, {"=", false, true, false}, {"", false, true, false},
};

static int condition_holds(const struct version *version, const char *word, size_t bytes)
{
    struct version bound;
    size_t k = 0;
    while (strncmp(word, conditions[k].sign, strlen(conditions[k].sign)) != 0)
        k++;
    size_t sign = strlen(conditions[k].sign);
    if (sign >= bytes || !version_read(word + sign, bytes - sign, &bound))
        return -1;
    int order = version_compare(version, &bound);
    return order < 0 ? conditions[k].lower : order > 0 ? conditions[k].higher : conditions[k].equal;
}

int pin_version_fits(const char *version, const char *range)
{
    struct version found;
    bool fits = true, any = false;
    bool known = version_read(version, strlen(version), &found);
    for (const char *word = range + strspn(range, " ,"); *word; word += strspn(word, " ,")) {
        size_t bytes = strcspn(word, " ,");
        int holds = condition_holds(&found, word, bytes);
        if (holds < 0)
            return -1;
        fits &= holds && known;
        any = true;
        word += bytes;
    }
    return any ? fits : -1;
}

/* --- A plugin ---------------------------------------------------------------------------------- */

static int check_version(const struct spec_plugin *spec, const struct plugin *plugin,
                         struct uptake_error *error)
{
    char quoted[72];
    int fits = pin_version_fits(plugin->version, spec->version);
    if (fits > 0)
        return 0;
    text_quote(quoted, spec->version, strlen(spec->version));
    if (fits < 0)
        return error_at(error, spec->version_place,
                        "version: found '%s'; expected a version, or a range such as '>=1.2 <2'",
                        quoted);
    return error_at(error, spec->version_place,
                    "version: plugin %s has version %s; expected '%s' (%s)", plugin->id,
                    plugin->version, quoted, plugin->bundle);
}

static int check_revision(const struct spec_plugin *spec, const struct plugin *plugin,
                          struct uptake_error *error)
{
    if (spec->revision == (int64_t)plugin->revision)
        return 0;
    return error_at(error, spec->revision_place,
                    "revision: plugin %s has revision %" PRIu32 " of its method; expected %" PRId64
                    " (%s)",
                    plugin->id, plugin->revision, spec->revision, plugin->bundle);
}

static int check_hash(const struct spec_plugin *spec, const struct plugin *plugin,
                      struct uptake_error *error)
{
    char found[HASH_HEX];
    if (plugin_hash(plugin, found, error) != 0)
        return -1;
    if (strcasecmp(found, spec->sha256) == 0)
        return 0;
    return error_at(error, spec->sha256_place,
                    "sha256: the bundle of plugin %s is another one: found %s; expected %.64s (%s)",
                    plugin->id, found, spec->sha256, plugin->bundle);
}

int pin_check(const struct spec_plugin *spec, const struct plugin *plugin,
              struct uptake_error *error)
{
    int failed = spec->version ? check_version(spec, plugin, error) : 0;
    if (spec->revision >= 0)
        failed |= check_revision(spec, plugin, error);
    if (spec->sha256)
        failed |= check_hash(spec, plugin, error);
    return failed;
}
