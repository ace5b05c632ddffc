# Every dependency but oneDNN and Arrow is a Debian package; docs/dependencies.md says why each is here.
include(SbertWheels)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(yaml-cpp 0.6 REQUIRED)
include(SbertOneDnn)
find_package(CURL 7.85 REQUIRED)
find_package(OpenSSL 1.1 REQUIRED COMPONENTS Crypto)
# PCRE2 has no CMake package on Debian.
find_path(PCRE2_INCLUDE_DIR pcre2.h REQUIRED)
find_library(PCRE2_LIBRARY pcre2-8 REQUIRED)

# Headers alone: whoever links the installed library does not need them.
set(SBERT_LINK_LIBRARIES Threads::Threads ZLIB::ZLIB $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> DNNL::dnnl
                         CURL::libcurl OpenSSL::Crypto yaml-cpp ${PCRE2_LIBRARY})

# ThreadSanitizer does not understand libgomp's barriers, and Debian's clang, which fuzzing needs, comes without an
# OpenMP runtime: those builds run parallel_for on std::thread instead.
if(NOT SBERT_SANITIZE MATCHES "thread" AND NOT SBERT_FUZZ)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  list(APPEND SBERT_LINK_LIBRARIES OpenMP::OpenMP_CXX)
endif()
