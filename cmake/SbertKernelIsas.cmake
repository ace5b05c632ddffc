# src/kernels/kernels_<isa>.cpp hold the same kernels compiled for one instruction set each; only they get its flags.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_source_files_properties(src/kernels/kernels_avx2.cpp PROPERTIES COMPILE_OPTIONS "-O3;-mavx2;-mfma;-mf16c;-mbmi2;-ffp-contract=fast;-Wno-maybe-uninitialized")
  set_source_files_properties(src/kernels/kernels_avx512.cpp PROPERTIES COMPILE_OPTIONS
    "-O3;-mavx2;-mfma;-mf16c;-mbmi2;-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mprefer-vector-width=512;-ffp-contract=fast;-Wno-maybe-uninitialized")
endif()
set_source_files_properties(src/kernels/kernels_generic.cpp PROPERTIES COMPILE_OPTIONS "-O3")
