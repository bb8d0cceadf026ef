# What `cmake --install` puts where, in two components: `development`, the libraries as packages for
# find_package(earmark) and pkg-config, with the default model, and `programs`, with their models, recipes, manual pages
# and shell completion.
include(CMakePackageConfigHelpers)
set(earmark_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/earmark)

# One export file a library, so that a project which needs no decoder needs no FFmpeg.
install(TARGETS earmark EXPORT earmark-targets COMPONENT development)
install(TARGETS earmark_decode EXPORT decode-targets COMPONENT development)
foreach(library earmark decode)
  install(EXPORT ${library}-targets NAMESPACE earmark:: DESTINATION ${earmark_package_dir} COMPONENT development)
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/earmark DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
# What default_model() reads.
install(FILES ${PROJECT_SOURCE_DIR}/models/default.earmark DESTINATION ${CMAKE_INSTALL_DATADIR}/earmark
  COMPONENT development)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/earmark-config.cmake.in
  ${PROJECT_BINARY_DIR}/earmark-config.cmake INSTALL_DESTINATION ${earmark_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/earmark-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/earmark-config.cmake ${PROJECT_BINARY_DIR}/earmark-config-version.cmake
  DESTINATION ${earmark_package_dir} COMPONENT development)

# pkg-config finds the folders from where its file is, so the installation can be moved.
file(RELATIVE_PATH earmark_pc_to_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" earmark_pc_to_prefix ${earmark_pc_to_prefix})
if(BUILD_SHARED_LIBS)
  set(earmark_pc_if_shared .private)
else()
  set(earmark_pc_static_libs "-ldnnl -lgomp")
  set(earmark_pc_static_packages "libavformat libavcodec libavutil libmpg123 zlib soxr")
endif()
foreach(package earmark earmark-decode)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${package}.pc.in ${PROJECT_BINARY_DIR}/${package}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endforeach()

if(NOT EARMARK_BUILD_APPS)
  return()
endif()
if(BUILD_SHARED_LIBS)
  install(TARGETS earmark earmark_decode LIBRARY COMPONENT programs NAMELINK_SKIP)
endif()
file(RELATIVE_PATH earmark_bin_to_lib /prefix/${CMAKE_INSTALL_BINDIR} /prefix/${CMAKE_INSTALL_LIBDIR})
foreach(program earmark_program earmark_train_program)
  if(TARGET ${program})
    set_target_properties(${program} PROPERTIES INSTALL_RPATH "$<$<BOOL:${BUILD_SHARED_LIBS}>:$ORIGIN/${earmark_bin_to_lib}>")
    install(TARGETS ${program} RUNTIME COMPONENT programs)
  endif()
endforeach()
# Not there when only the programs were built.
install(DIRECTORY ${EARMARK_MANUAL_DIR}/ DESTINATION ${CMAKE_INSTALL_DATADIR} COMPONENT programs OPTIONAL)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/earmark COMPONENT programs)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/recipes DESTINATION ${CMAKE_INSTALL_DATADIR}/earmark COMPONENT programs)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT programs)
