# SPDX-License-Identifier: MIT
"""Conan 2 recipe. The detected profile is often older than C++20, so name the standard:

    conan create . -s compiler.cppstd=20
"""
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load

required_conan_version = ">=2.0"


class OrderlyRecipe(ConanFile):
    name = "orderly"
    description = "Deterministic parallel work: a result is a function of the seed and the range"
    license = "MIT"
    topics = ("parallel", "deterministic", "reproducible", "thread-pool", "random", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    exports_sources = "include/orderly/*", "LICENSE"
    no_copy_source = True
    test_package_folder = "tests/consumer/conan"

    def set_version(self):
        header = load(self, os.path.join(self.recipe_folder, "include/orderly/version.hpp"))
        self.version = re.search(r'#define ORDERLY_VERSION "(.+)"', header).group(1)

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        # Headers are the same for everybody.
        self.info.clear()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"),
             os.path.join(self.package_folder, "include"))

    def package_info(self):
        # The targets of the CMake package. The one that Conan makes for the package as a whole
        # holds every component, so it must not be called orderly::orderly: it would force the
        # strict floating point on everybody.
        self.cpp_info.set_property("cmake_target_name", "orderly::all")
        self.cpp_info.set_property("pkg_config_name", "orderly-all")

        orderly = self.cpp_info.components["orderly"]
        orderly.set_property("cmake_target_name", "orderly::orderly")
        orderly.set_property("pkg_config_name", "orderly")
        orderly.bindirs = []
        orderly.libdirs = []
        if self.settings.os in ("Linux", "FreeBSD"):
            orderly.system_libs = ["pthread"]

        strict_fp = self.cpp_info.components["strict_fp"]
        strict_fp.set_property("cmake_target_name", "orderly::strict_fp")
        strict_fp.set_property("pkg_config_name", "orderly-strict-fp")
        strict_fp.requires = ["orderly"]
        strict_fp.bindirs = []
        strict_fp.libdirs = []
        if self.settings.compiler != "msvc":
            strict_fp.cxxflags = ["-ffp-contract=off"]
