/* What can be told of a bundle by looking at it: its descriptor, its symbols, its constants; and what it asks the kernel. */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check/suite_internal.h"
#include "plugin/describe.h"

/* --- The descriptor ---------------------------------------------------------------------------- */

/* Plainer faults were found when the bundle was described. */
static void check_texts(struct suite_run *run)
{
    const struct plugin *plugin = run->plugin;
    const struct {
        const char *what, *text;
    } texts[] = {{"title", plugin->title},
                 {"summary", plugin->summary},
                 {"source (the citation of its method)", plugin->source},
                 {"version", plugin->version}};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        if (!*texts[k].text)
            check_fail(run, "it has no %s", texts[k].what);
    for (size_t k = 0; k < plugin->n_reads; k++)
        if (!*plugin->reads[k].doc)
            check_fail(run, "read '%.60s' has no doc", plugin->reads[k].path);
    for (size_t k = 0; k < plugin->n_params; k++)
        if (!*plugin->params[k].doc)
            check_fail(run, "parameter '%.60s' has no doc", plugin->params[k].name);
    for (size_t k = 0; k < plugin->n_writes; k++)
        if (!*plugin->writes[k].doc)
            check_fail(run, "write '%.60s' has no doc", plugin->writes[k].name);
    if (plugin->n_writes == 0 && !run->merge)
        check_fail(run, "it writes nothing");
}

/* Padding is at most seven bytes wide: what is wider is a member that no row describes. */
static void check_covered(struct suite_run *run)
{
    const struct plugin *plugin = run->plugin;
    size_t at = 0;
    while (at < plugin->params_bytes && !check_failed(run)) {
        size_t next = plugin->params_bytes, end = at;
        for (size_t k = 0; k < plugin->n_params; k++) {
            const struct uptake_param *param = &plugin->params[k];
            if (param->offset <= at && param->offset + param->bytes > end)
                end = param->offset + param->bytes;
            if (param->offset > at && param->offset < next)
                next = param->offset;
        }
        if (end == at && next - at > 7)
            check_fail(run, "bytes %zu to %zu of its parameters' struct belong to no row", at,
                       next - 1);
        at = end > at ? end : next;
    }
}

void check_descriptor(struct suite_run *run)
{
    check_texts(run);
    check_covered(run);
}

/* --- Symbols ----------------------------------------------------------------------------------- */

struct image {
    const char *data;
    size_t bytes;
};

static const void *at(const struct image *image, uint64_t offset, uint64_t bytes)
{
    return offset > image->bytes || bytes > image->bytes - offset ? NULL : image->data + offset;
}

/* C++ gives templates weak symbols that other bundles may share: they are no harm. Names with two underscores first, or
 * of the linker's own, are no function of the plugin's. */
static bool is_own(const Elf64_Sym *symbol, const char *name)
{
    static const char *const linkers[] = {"_init", "_fini", "_end", "_edata", "_bss_start", NULL};
    unsigned type = ELF64_ST_TYPE(symbol->st_info);
    for (size_t k = 0; linkers[k]; k++)
        if (strcmp(name, linkers[k]) == 0)
            return false;
    return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx != SHN_ABS &&
           ELF64_ST_BIND(symbol->st_info) == STB_GLOBAL &&
           (type == STT_FUNC || type == STT_OBJECT) && strncmp(name, "__", 2) != 0 &&
           strcmp(name, "uptake_bundle_1") != 0;
}

static void check_symbols(struct suite_run *run, const struct image *image, const Elf64_Shdr *table,
                          const Elf64_Shdr *names)
{
    const char *texts = at(image, names->sh_offset, names->sh_size);
    for (uint64_t k = 0; texts && k < table->sh_size / sizeof(Elf64_Sym); k++) {
        const Elf64_Sym *symbol = at(image, table->sh_offset + k * sizeof *symbol, sizeof *symbol);
        if (!symbol || symbol->st_name >= names->sh_size ||
            !memchr(texts + symbol->st_name, 0, names->sh_size - symbol->st_name))
            return;
        if (is_own(symbol, texts + symbol->st_name))
            check_fail(run,
                       "it exports '%.100s' beside its entry: compile with -fvisibility=hidden, "
                       "make functions static, or link through uptake_add_plugin",
                       texts + symbol->st_name);
    }
}

static void check_image(struct suite_run *run, const struct image *image)
{
    const Elf64_Ehdr *head = at(image, 0, sizeof *head);
    if (!head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 ||
        head->e_ident[EI_CLASS] != ELFCLASS64 || head->e_shentsize != sizeof(Elf64_Shdr)) {
        check_undone(run, "it is no shared object of this kind of machine");
        return;
    }
    const Elf64_Shdr *sections = at(image, head->e_shoff, head->e_shnum * sizeof *sections);
    for (unsigned k = 0; sections && k < head->e_shnum; k++)
        if (sections[k].sh_type == SHT_DYNSYM && sections[k].sh_link < head->e_shnum)
            check_symbols(run, image, &sections[k], &sections[sections[k].sh_link]);
}

void check_exports(struct suite_run *run)
{
    struct stat about;
    int file = open(run->plugin->bundle, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &about) != 0 || about.st_size <= 0) {
        check_undone(run, "its file cannot be read");
    } else {
        struct image image = {NULL, (size_t)about.st_size};
        image.data = malloc(image.bytes);
        if (image.data &&
            pread(file, (void *)(uintptr_t)image.data, image.bytes, 0) == about.st_size)
            check_image(run, &image);
        else
            check_undone(run, "its file cannot be read");
        free((void *)(uintptr_t)image.data);
    }
    if (file >= 0)
        close(file);
}

/* --- Constants --------------------------------------------------------------------------------- */

enum { DESCRIPTION = 1 << 22 };

static bool describe(struct suite_run *run, struct bytes_out *out)
{
    struct uptake_error *error = calloc(1, sizeof *error);
    const struct uptake_bundle *bundle = NULL;
    *out = (struct bytes_out){.data = malloc(DESCRIPTION), .room = DESCRIPTION};
    bool good = error && out->data && plugin_load(run->plugin, &bundle, error) == 0 &&
                describe_bundle(bundle, out, error) == 0;
    if (!good)
        check_fail(run, "%.400s", error && error->count ? error->text[0] : "out of memory");
    free(error);
    return good;
}

void check_constants(struct suite_run *run)
{
    static const struct run_options here = {.in_process = true};
    struct bytes_out first = {0}, again = {0}, later = {0};
    struct made_model made = {0};
    struct trial trial = {0};
    if (describe(run, &first) && describe(run, &again)) {
        if (check_made(run, &shape_random, 50, &made) && check_load(run, &made, &trial))
            check_run_quietly(run, &here, &trial);
        describe(run, &later);
        if (first.used != again.used || memcmp(first.data, again.data, first.used) != 0)
            check_fail(run, "the entry, asked twice, describes two different bundles");
        else if (later.data &&
                 (first.used != later.used || memcmp(first.data, later.data, first.used) != 0))
            check_fail(run, "after a run the bundle describes itself differently");
    }
    trial_finish(&trial);
    made_finish(&made);
    free(first.data);
    free(again.data);
    free(later.data);
}
