# What `cmake --install` puts where: the libraries as a package for find_package(earmark), and the programs with their
# models. `--component development` installs the libraries alone.
include(CMakePackageConfigHelpers)
set(earmark_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/earmark)

install(TARGETS earmark earmark_decode EXPORT earmark-targets ARCHIVE COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/earmark DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(EXPORT earmark-targets NAMESPACE earmark:: DESTINATION ${earmark_package_dir} COMPONENT development)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/earmark-config.cmake.in
  ${PROJECT_BINARY_DIR}/earmark-config.cmake INSTALL_DESTINATION ${earmark_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/earmark-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/earmark-config.cmake ${PROJECT_BINARY_DIR}/earmark-config-version.cmake
  DESTINATION ${earmark_package_dir} COMPONENT development)

foreach(program earmark_program earmark_train_program)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME COMPONENT programs)
  endif()
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/earmark COMPONENT programs)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/recipes DESTINATION ${CMAKE_INSTALL_DATADIR}/earmark COMPONENT programs)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT programs)
