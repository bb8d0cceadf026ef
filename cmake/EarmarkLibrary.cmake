# earmark_library(NAME SOURCE...): a room of the repository that is no part of the installed libraries, as the static
# library earmark_NAME. Headers are named from the root of the repository, those of src/base from src.
function(earmark_library name)
  set(target earmark_${name})
  add_library(${target} STATIC ${ARGN})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_features(${target} PUBLIC cxx_std_20)
  earmark_warnings(${target})
endfunction()
