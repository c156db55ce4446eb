# cmake -DFROM=FOLDER -DTO=FILE.c -P UptakeEmbed.cmake: the files below FOLDER, one folder a language, as rows of
# core/cli/templates.h, so that the program carries them wherever it is copied.
file(GLOB_RECURSE files RELATIVE ${FROM} ${FROM}/*)
list(SORT files)
set(bytes_of "")
set(rows "")
set(k 0)
foreach(file IN LISTS files)
  string(REGEX MATCH "^([^/]+)/(.+)$" whole ${file})
  set(folder ${CMAKE_MATCH_1})
  set(path ${CMAKE_MATCH_2})
  file(READ ${FROM}/${file} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1, " bytes "${hex}")
  string(APPEND bytes_of "static const char text_${k}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${folder}\", \"${path}\", text_${k}},\n")
  math(EXPR k "${k} + 1")
endforeach()
file(WRITE ${TO} "/* Made from templates/ by cmake/UptakeEmbed.cmake. */
#include \"cli/templates.h\"

${bytes_of}
const struct template_file template_files[] = {
${rows}    {0, 0, 0},
};
")
