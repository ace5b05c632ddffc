# Matrix products are oneDNN's. The one inside the PyPI wheel onednn-cpu-gomp, which tools/setup.sh unpacks, is preferred:
# it multiplies bf16 with AMX to the same bits whatever the number of rows. Debian's 2.6 does so without AMX only, so
# src/kernels/gemm.cpp keeps it from using AMX.
option(SBERT_ONEDNN_WHEEL "Prefer the oneDNN of its PyPI wheel to an installed one" ON)
set(SBERT_ONEDNN_DIR "" CACHE PATH "The directory of that oneDNN; default: where tools/setup.sh unpacked it")

set(SBERT_ONEDNN_FILE "")       # what an installed sbert brings along
set(SBERT_ONEDNN_LICENSES "")
set(directory ${SBERT_ONEDNN_DIR})
if(NOT directory AND SBERT_ONEDNN_WHEEL)
  sbert_find_wheel(directory onednn)
endif()
if(directory)
  sbert_add_wheel_library(DNNL::dnnl ${directory} dnnl)
  set_target_properties(DNNL::dnnl PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${directory}/include)
  get_target_property(SBERT_ONEDNN_FILE DNNL::dnnl IMPORTED_LOCATION)
  set(SBERT_ONEDNN_LICENSES ${directory}/licenses/)
else()
  find_package(dnnl REQUIRED)
endif()
if(NOT SBERT_ONEDNN_FILE)
  set(found ${dnnl_DIR})
else()
  set(found ${SBERT_ONEDNN_FILE})
endif()
message(STATUS "oneDNN: ${found}")
