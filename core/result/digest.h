/* What a plugin answered, as a hash: so that a record can be held to what was computed. */
#ifndef UPTAKE_RESULT_DIGEST_H
#define UPTAKE_RESULT_DIGEST_H

#include "base/hash.h"
#include "result/result.h"

/* Values, bounds, words, reasons and statuses. */
void digest_values(const struct result_plugin *plugin, uint64_t innovations, char hex[HASH_HEX]);
/* Findings, one after the other: text is the note's. */
void digest_finding(struct hash *hash, const struct model *model, const struct result_note *note,
                    const char *text);

#endif
