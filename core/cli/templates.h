/*
 * What `uptake new` writes: the files of templates/, embedded when the program is built, and the folder made of them.
 *
 * templates/common stands for every language; a language's own file takes the place of a common one of the same name.
 * All of them build and run as they stand, as "template-plugin"; a new plugin's id is put in that word's place.
 */
#ifndef UPTAKE_CLI_TEMPLATES_H
#define UPTAKE_CLI_TEMPLATES_H

#include "base/error.h"

/* folder: of templates/; path: below it. */
struct template_file {
    const char *folder;
    const char *path;
    const char *text;
};

/* Ends with a row whose folder is NULL. */
extern const struct template_file template_files[];

/* Writes the folder ./ID, whole or not at all. id: plain. Fails with: there is something of that name; the machine. */
int templates_write(const char *language, const char *id, struct uptake_error *error);

#endif
