# uptake_flags: how everything in this tree is compiled. Never installed: an author's flags are his.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

add_library(uptake_flags INTERFACE)
target_compile_options(uptake_flags INTERFACE
  -ffp-contract=off
  -Wall -Wextra -Wshadow -Wconversion -Wundef -Wvla -Wdouble-promotion
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes>
  $<$<BOOL:${UPTAKE_WERROR}>:-Werror>)

if(UPTAKE_SANITIZE)
  target_compile_options(uptake_flags INTERFACE
    -fsanitize=${UPTAKE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(uptake_flags INTERFACE -fsanitize=${UPTAKE_SANITIZE})
endif()
