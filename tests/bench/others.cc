// others events|load FILE: yaml-cpp, as a C++ program would use it. events: an event handler that only
// counts. load: the whole document as nodes. Prints the line that stopwatch.h describes.
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "stopwatch.h"

namespace
{

class Counter : public YAML::EventHandler
{
  public:
    unsigned long count = 0;
    void OnDocumentStart(const YAML::Mark &) override
    {
        count++;
    }
    void OnDocumentEnd() override
    {
        count++;
    }
    void OnNull(const YAML::Mark &, YAML::anchor_t) override
    {
        count++;
    }
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override
    {
        count++;
    }
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t,
                  const std::string &) override
    {
        count++;
    }
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
        count++;
    }
    void OnSequenceEnd() override
    {
        count++;
    }
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
        count++;
    }
    void OnMapEnd() override
    {
        count++;
    }
};

unsigned long events(const char *path)
{
    std::ifstream file(path);
    YAML::Parser parser(file);
    Counter counter;
    while (parser.HandleNextDocument(counter)) {
    }
    return counter.count;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fputs("usage: others events|load FILE\n", stderr);
        return 2;
    }
    try {
        const struct stopwatch watch = stopwatch_start();
        unsigned long count;
        if (std::strcmp(argv[1], "events") == 0)
            count = events(argv[2]);
        else
            count = YAML::LoadFile(argv[2])["innovations"].size();
        stopwatch_print(&watch);
        std::printf(" count=%lu\n", count);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "others: %s\n", problem.what());
        return 1;
    }
    return 0;
}
