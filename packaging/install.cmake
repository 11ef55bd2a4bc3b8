# What `cmake --install` writes: headers, the CMake package and the pkg-config file. Nothing in it
# depends on the architecture, so everything but the headers goes below share/.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(orderly_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/orderly")
set(orderly_pkgconfig_dir "${CMAKE_INSTALL_DATADIR}/pkgconfig")

# INCLUDES DESTINATION repeats what the file set says for consumers older than CMake 3.23, which
# read no file sets and would otherwise get no include path at all.
install(
  TARGETS orderly orderly_strict_fp
  EXPORT orderly-targets
  FILE_SET HEADERS
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(
  EXPORT orderly-targets
  NAMESPACE orderly::
  DESTINATION "${orderly_package_dir}")

configure_package_config_file(
  packaging/orderly-config.cmake.in "${PROJECT_BINARY_DIR}/orderly-config.cmake"
  INSTALL_DESTINATION "${orderly_package_dir}"
  NO_SET_AND_CHECK_MACRO)
# While the major version is 0, a new minor version may break callers.
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/orderly-config-version.cmake"
  COMPATIBILITY SameMinorVersion
  ARCH_INDEPENDENT)
install(FILES "${PROJECT_BINARY_DIR}/orderly-config.cmake"
              "${PROJECT_BINARY_DIR}/orderly-config-version.cmake"
        DESTINATION "${orderly_package_dir}")

# The include path is written relative to the .pc file, so that the installed tree can be moved.
file(RELATIVE_PATH orderly_include_from_pc
     "${CMAKE_INSTALL_PREFIX}/${orderly_pkgconfig_dir}" "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
configure_file(packaging/orderly.pc.in "${PROJECT_BINARY_DIR}/orderly.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/orderly.pc" DESTINATION "${orderly_pkgconfig_dir}")
