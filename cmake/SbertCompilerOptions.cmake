# Flags every room is compiled with. Kernels for newer instruction sets get theirs in SbertKernelIsas.cmake.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_library(sbert_options INTERFACE)
target_compile_options(sbert_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
# A unity build includes sources, so what GCC says of types of an anonymous namespace in a header is not true there.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(sbert_options INTERFACE -Wno-subobject-linkage)
endif()
if(SBERT_DEVELOPER_MODE)
  target_compile_options(sbert_options INTERFACE -Werror)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(sbert_options INTERFACE -march=x86-64-v2)
endif()
# The same source must give the same bits on every build: no contraction of a*b+c outside the kernels.
target_compile_options(sbert_options INTERFACE -ffp-contract=off)
if(SBERT_SANITIZE)
  target_compile_options(sbert_options INTERFACE -fsanitize=${SBERT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(sbert_options INTERFACE -fsanitize=${SBERT_SANITIZE})
endif()
if(SBERT_FUZZ)
  target_compile_options(sbert_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# What most files include is parsed once, not once a file: the largest part of the time a compilation takes. The first
# room makes it, the others use it. Sources include what they use all the same: the fuzz preset compiles without it.
set(SBERT_PRECOMPILED_HEADERS <algorithm> <array> <atomic> <charconv> <chrono> <cmath> <cstdint> <cstring> <filesystem>
                              <fstream> <functional> <limits> <map> <memory> <mutex> <numeric> <optional> <set> <span>
                              <sstream> <string> <string_view> <thread> <tuple> <unordered_map> <utility> <vector>
                              <nlohmann/json.hpp>)

function(sbert_configure_room target)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} PRIVATE sbert_options ${SBERT_LINK_LIBRARIES})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  if(target STREQUAL "sbert_base")
    target_precompile_headers(${target} PRIVATE ${SBERT_PRECOMPILED_HEADERS})
  else()
    target_precompile_headers(${target} REUSE_FROM sbert_base)
  endif()
endfunction()
