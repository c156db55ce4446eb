/* Runs a target over files and folders of files, where there is no libFuzzer to do it: "12 inputs". No input is an error. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../fuzz.h"

enum { INPUT_MOST = 16 << 20 };

static size_t count;

/* In a block of its own size, so that a sanitizer sees a byte too far. */
static void replay_file(const char *path)
{
    FILE *file = fopen(path, "re");
    uint8_t *room = malloc(INPUT_MOST), *own;
    fuzz_expect(file && room, "cannot read %s", path);
    size_t bytes = fread(room, 1, INPUT_MOST, file);
    fuzz_expect(!ferror(file), "cannot read %s", path);
    fclose(file);
    own = malloc(bytes ? bytes : 1);
    fuzz_expect(own, "no memory");
    memcpy(own, room, bytes);
    free(room);
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(own, bytes);
    free(own);
    count++;
}

static void replay(const char *path)
{
    struct stat about;
    struct dirent **names;
    char inside[4096];
    fuzz_expect(stat(path, &about) == 0, "there is no %s", path);
    if (!S_ISDIR(about.st_mode)) {
        replay_file(path);
        return;
    }
    int found = scandir(path, &names, NULL, alphasort);
    fuzz_expect(found >= 0, "cannot look into %s", path);
    for (int k = 0; k < found; k++) {
        snprintf(inside, sizeof inside, "%s/%s", path, names[k]->d_name);
        if (names[k]->d_name[0] != '.')
            replay(inside);
        free(names[k]);
    }
    free(names);
}

int main(int n_paths, char **paths)
{
    for (int k = 1; k < n_paths; k++)
        replay(paths[k]);
    printf("%zu inputs\n", count);
    return count ? EXIT_SUCCESS : EXIT_FAILURE;
}
