# Every dependency is a Debian package; docs/dependencies.md says why each is here.
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(dnnl REQUIRED)

set(SBERT_LINK_LIBRARIES Threads::Threads ZLIB::ZLIB nlohmann_json::nlohmann_json DNNL::dnnl)

# ThreadSanitizer does not understand libgomp's barriers, so that build runs parallel_for on std::thread instead.
if(NOT SBERT_SANITIZE MATCHES "thread")
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  list(APPEND SBERT_LINK_LIBRARIES OpenMP::OpenMP_CXX)
endif()
