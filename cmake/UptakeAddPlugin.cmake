# uptake_add_plugin(NAME [SOURCE...]): builds the bundle NAME.so from the sources (none: plugin.c) and
# installs it where uptake looks for plugins, below any prefix.
#
# Hidden symbols, no "lib" before the name, no fused multiply-add (the same result on every machine),
# and an error of the linker for a symbol that nobody provides: nothing is imported from the host.
function(uptake_add_plugin name)
  set(sources ${ARGN})
  if(NOT sources)
    set(sources plugin.c)
  endif()
  add_library(${name} MODULE ${sources})
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:C,CXX>:-ffp-contract=off>)
  target_link_libraries(${name} PRIVATE uptake::plugin m)
  # Clang leaves the sanitizers' functions to the program.
  if(NOT (CMAKE_C_COMPILER_ID MATCHES "Clang" AND UPTAKE_SANITIZE))
    target_link_options(${name} PRIVATE LINKER:-z,defs)
  endif()
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX ".so"
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  install(TARGETS ${name} LIBRARY DESTINATION lib/uptake/plugins)
endfunction()
