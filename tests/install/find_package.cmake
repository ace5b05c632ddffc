# Installs the build into an empty prefix, builds an example against nothing but that, and runs both.
set(work ${BUILD}/install_test)
file(REMOVE_RECURSE ${work})
foreach(step
    "${CMAKE_COMMAND};--install;${BUILD};--prefix;${work}/prefix"
    "${CMAKE_COMMAND};-G;${GENERATOR};-S;${EXAMPLES};-B;${work}/build;-DCMAKE_PREFIX_PATH=${work}/prefix;-DCMAKE_CXX_COMPILER=${COMPILER}"
    "${CMAKE_COMMAND};--build;${work}/build;--target;example_encode"
    "${work}/build/example_encode;${MODEL}"
    "${work}/prefix/bin/sbert;--version")
  message(STATUS "${step}")
  execute_process(COMMAND ${step} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(REMOVE_RECURSE ${work})
