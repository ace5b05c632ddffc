# src/kernels/kernels_<isa>.cpp hold the same kernels compiled for one instruction set each; only they get its flags.
# Without -fno-math-errno a square root would have to be a call, one lane at a time: AdamW is ten times as fast with it.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_source_files_properties(src/kernels/kernels_avx2.cpp PROPERTIES COMPILE_OPTIONS "-O3;-fno-math-errno;-mavx2;-mfma;-mbmi2;-ffp-contract=fast")
  set_source_files_properties(src/kernels/kernels_avx512.cpp PROPERTIES COMPILE_OPTIONS
    "-O3;-fno-math-errno;-mavx2;-mfma;-mbmi2;-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mprefer-vector-width=512;-ffp-contract=fast")
endif()
set_source_files_properties(src/kernels/kernels_generic.cpp PROPERTIES COMPILE_OPTIONS "-O3;-fno-math-errno;-ffp-contract=fast")
# The precompiled headers were compiled with other flags.
set_source_files_properties(src/kernels/kernels_avx2.cpp src/kernels/kernels_avx512.cpp src/kernels/kernels_generic.cpp
                            PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
