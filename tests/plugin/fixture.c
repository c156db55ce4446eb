/* See fixture.h. */
#include "plugin/fixture.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/describe.h"

#define uptake_bundle_1 fixture_good_bundle
#include "bundles/good.c"

void fixture_start(struct fixture *f)
{
    *f = (struct fixture){.plugin = good, .second = good};
    memcpy(f->reads, reads, sizeof reads);
    memcpy(f->params, params, sizeof params);
    memcpy(f->writes, writes, sizeof writes);
    f->plugin.reads.rows = f->reads;
    f->plugin.params.rows = f->params;
    f->plugin.writes.rows = f->writes;
    f->second.id = "second";
    f->plugins[0] = &f->plugin;
    f->plugins[1] = &f->second;
    f->bundle = *fixture_good_bundle();
    f->bundle.plugins = (struct uptake_rows){f->plugins, 1, sizeof f->plugins[0]};
}

int bundle_fixture_read(const struct fixture *f, struct arena *arena, struct plugin_bundle *bundle,
                        struct uptake_error *error)
{
    static unsigned char data[65536];
    struct bytes_out out = {.data = data, .room = sizeof data};
    *bundle = (struct plugin_bundle){.path = "x.so"};
    if (describe_bundle(&f->bundle, &out, error) != 0)
        return -1;
    return descriptor_read(data, out.used, arena, bundle, error);
}

void folder_make(char folder[FOLDER_BYTES])
{
    snprintf(folder, FOLDER_BYTES, "/tmp/uptake-test-XXXXXX");
    cr_assert(mkdtemp(folder) && chmod(folder, 0755) == 0);
}

static int remove_one(const char *path, const struct stat *file, int kind, struct FTW *place)
{
    (void)file, (void)kind, (void)place;
    return remove(path);
}

void folder_remove(const char *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void folder_copy(const char *folder, const char *bundle, const char *name)
{
    char from[512], to[512];
    struct stat file;
    snprintf(from, sizeof from, "%s/%s.so", TEST_BUNDLES, bundle);
    snprintf(to, sizeof to, "%s/%s", folder, name);
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
    cr_assert(in >= 0 && out >= 0 && fstat(in, &file) == 0, "%s to %s", from, to);
    cr_assert(sendfile(out, in, NULL, (size_t)file.st_size) == file.st_size);
    close(in);
    close(out);
}
