# An overlay port of the tree it lies in: nothing is downloaded, so there is no hash. vcpkg hashes
# this folder only, so remove an installed orderly before installing a changed one.
set(VCPKG_BUILD_TYPE release) # headers only
cmake_path(ABSOLUTE_PATH CURRENT_PORT_DIR NORMALIZE)
cmake_path(SET SOURCE_PATH NORMALIZE "${CURRENT_PORT_DIR}/../../../..")

vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS
    -DORDERLY_BUILD_TESTS=OFF
    -DORDERLY_BUILD_EXAMPLES=OFF
    -DORDERLY_INSTALL=ON
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME orderly CONFIG_PATH share/cmake/orderly)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug" "${CURRENT_PACKAGES_DIR}/lib")

file(INSTALL "${CURRENT_PORT_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
