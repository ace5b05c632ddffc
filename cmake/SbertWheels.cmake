# Two libraries come inside Python wheels, which tools/setup.sh unpacks: Apache Arrow, which Debian does not have, and a
# oneDNN newer than Debian's. These functions serve the build, and whoever links an installed sbert.

# sbert_find_wheel(RESULT NAME): the newest of ~/.cache/sbert/NAME-<version>, or nothing.
function(sbert_find_wheel result name)
  set(cache_directory $ENV{XDG_CACHE_HOME})
  if(NOT cache_directory)
    set(cache_directory $ENV{HOME}/.cache)
  endif()
  file(GLOB found ${cache_directory}/sbert/${name}-*)
  list(SORT found COMPARE NATURAL ORDER DESCENDING)
  if(found)
    list(GET found 0 found)
  endif()
  set(${result} ${found} PARENT_SCOPE)
endfunction()

# sbert_add_wheel_library(TARGET DIRECTORY NAME): a target of the one file lib<NAME>.so.<version> in the directory.
function(sbert_add_wheel_library target directory name)
  if(TARGET ${target})
    return()
  endif()
  file(GLOB library ${directory}/lib${name}.so.*)
  list(LENGTH library count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "${directory}: expected one lib${name}.so.*, as tools/setup.sh puts it there, found: ${library}")
  endif()
  add_library(${target} SHARED IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${library})
endfunction()
