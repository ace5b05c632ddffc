include(CMakePackageConfigHelpers)
install(TARGETS sbert EXPORT sbertTargets)
install(DIRECTORY include/sbert DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET sbert_cli)
  install(TARGETS sbert_cli)
endif()
install(EXPORT sbertTargets NAMESPACE sbert:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sbert)
configure_package_config_file(cmake/sbertConfig.cmake.in ${PROJECT_BINARY_DIR}/sbertConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sbert)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sbertConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sbertConfig.cmake ${PROJECT_BINARY_DIR}/sbertConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sbert)
