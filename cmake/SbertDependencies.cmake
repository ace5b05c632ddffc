# Every dependency is a Debian package; docs/dependencies.md says why each is here.
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(dnnl REQUIRED)
find_package(CURL 7.85 REQUIRED)
find_package(OpenSSL 1.1 REQUIRED COMPONENTS Crypto)
# These have no CMake package on Debian, or not the same one everywhere.
find_path(PCRE2_INCLUDE_DIR pcre2.h REQUIRED)
find_library(PCRE2_LIBRARY pcre2-8 REQUIRED)
find_path(SNAPPY_INCLUDE_DIR snappy-c.h REQUIRED)
find_library(SNAPPY_LIBRARY snappy REQUIRED)
find_path(ZSTD_INCLUDE_DIR zstd.h REQUIRED)
find_library(ZSTD_LIBRARY zstd REQUIRED)
find_path(LZ4_INCLUDE_DIR lz4.h REQUIRED)
find_library(LZ4_LIBRARY lz4 REQUIRED)
find_path(BROTLI_INCLUDE_DIR brotli/decode.h REQUIRED)
find_library(BROTLI_LIBRARY brotlidec REQUIRED)

# Headers alone: whoever links the installed library does not need them.
set(SBERT_LINK_LIBRARIES Threads::Threads ZLIB::ZLIB $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> DNNL::dnnl
                         CURL::libcurl OpenSSL::Crypto ${PCRE2_LIBRARY} ${SNAPPY_LIBRARY} ${ZSTD_LIBRARY} ${LZ4_LIBRARY}
                         ${BROTLI_LIBRARY})

# ThreadSanitizer does not understand libgomp's barriers, and Debian's clang, which fuzzing needs, comes without an
# OpenMP runtime: those builds run parallel_for on std::thread instead.
if(NOT SBERT_SANITIZE MATCHES "thread" AND NOT SBERT_FUZZ)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  list(APPEND SBERT_LINK_LIBRARIES OpenMP::OpenMP_CXX)
endif()
