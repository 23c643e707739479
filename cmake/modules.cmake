# wutong_module(PATH [USES module...] [LINKS library...])
# One static library and one test program for the folder src/PATH. Every *.cpp there (and in impl/) is
# in the library, every *_test.cpp in the test program. A module's name is the last part of its path.
function(wutong_module path)
  cmake_parse_arguments(MODULE "" "" "USES;LINKS" ${ARGN})
  get_filename_component(name ${path} NAME)
  set(folder ${CMAKE_SOURCE_DIR}/src/${path})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/impl/*.cpp ${folder}/functions/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_fuzz\\.cpp$")
  set(tests ${sources})
  set(benches ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|bench)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cpp$")
  if(NOT sources)
    return()
  endif()
  set(uses)
  foreach(used ${MODULE_USES})
    if(TARGET wutong_${used})
      list(APPEND uses wutong_${used})
    endif()
  endforeach()
  add_library(wutong_${name} STATIC ${sources})
  target_link_libraries(wutong_${name} PUBLIC wutong_options ${uses} ${MODULE_LINKS})
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE wutong_${name} GTest::gmock GTest::gtest_main)
    target_compile_definitions(${name}_test PRIVATE WUTONG_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name}_test)
  endif()
  if(benches AND benchmark_FOUND)
    add_executable(${name}_bench EXCLUDE_FROM_ALL ${benches})
    target_link_libraries(${name}_bench PRIVATE wutong_${name} benchmark::benchmark_main)
  endif()
endfunction()

wutong_module(base LINKS OpenSSL::Crypto fmt::fmt ${ZSTD_LIBRARY} ${UTF8PROC_LIBRARY}
              ${ARGON2_LIBRARY})

wutong_module(engine/store USES base LINKS SQLite::SQLite3)
wutong_module(engine/pack USES base LINKS yaml-cpp)
wutong_module(engine/expression USES base)
wutong_module(engine/cell USES base)
wutong_module(engine/sheet USES base LINKS ${ZIP_LIBRARY} EXPAT::EXPAT ${XLSXWRITER_LIBRARY})
# sheet_fuzz CORPUS: the readers of CSV and XLSX under libFuzzer, as page_fuzz below.
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  get_target_property(sheet_sources wutong_sheet SOURCES)
  add_executable(sheet_fuzz EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/src/engine/sheet/sheet_fuzz.cpp
                 ${sheet_sources})
  target_link_libraries(sheet_fuzz PRIVATE wutong_base ${ZIP_LIBRARY} EXPAT::EXPAT
                        ${XLSXWRITER_LIBRARY})
  target_compile_options(sheet_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
  target_link_options(sheet_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
endif()
wutong_module(engine/net USES base LINKS Boost::headers Boost::url Threads::Threads)

wutong_module(core/ledger USES base store)
wutong_module(core/access USES base pack)
wutong_module(core/record USES access ledger store pack expression)
wutong_module(core/deadline USES record)
wutong_module(core/indicator USES record cell expression pack)
wutong_module(core/catalog USES indicator record pack)

wutong_module(domain/page USES catalog)
# Traditional characters with their simplified forms, out of OpenCC's tables.
add_executable(simplified_table ${CMAKE_SOURCE_DIR}/cmake/simplified_table.cpp)
target_include_directories(simplified_table PRIVATE ${OPENCC_INCLUDE})
target_link_libraries(simplified_table PRIVATE ${OPENCC_LIBRARY})
set(simplified_pairs ${CMAKE_BINARY_DIR}/simplified_pairs.cpp)
add_custom_command(OUTPUT ${simplified_pairs}
                   COMMAND simplified_table > ${simplified_pairs}
                   DEPENDS simplified_table VERBATIM)
target_sources(wutong_page PRIVATE ${simplified_pairs})
# page_fuzz CORPUS: the reader under libFuzzer, with its own instrumented copy (clang only).
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  set(reading_sources reader.cpp reader_fuzz.cpp)
  foreach(part attach cues document interval lexicon lists measure numeral parts quantity sentence
          simplified spans time units)
    list(APPEND reading_sources impl/${part}.cpp)
  endforeach()
  list(TRANSFORM reading_sources PREPEND ${CMAKE_SOURCE_DIR}/src/domain/page/)
  add_executable(page_fuzz EXCLUDE_FROM_ALL ${reading_sources} ${simplified_pairs})
  target_link_libraries(page_fuzz PRIVATE wutong_base)
  target_compile_options(page_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
  target_link_options(page_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
endif()

wutong_module(zone USES catalog deadline store LINKS Threads::Threads)

wutong_module(zone/account USES zone)
# The pack of the zone `system`, built into the program.
file(GLOB system_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
     ${CMAKE_SOURCE_DIR}/packs/system/registers/*.yaml ${CMAKE_SOURCE_DIR}/packs/system/roles/*.yaml
     ${CMAKE_SOURCE_DIR}/zones/system.yaml)
set(system_table "#include \"zone/account/accounts.hpp\"\n\nwutong::pack::Files wutong::account::system_files() {\n  wutong::pack::Files files;\n")
foreach(system_file ${system_files})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${system_file})
  file(READ ${CMAKE_SOURCE_DIR}/${system_file} system_text)
  string(APPEND system_table "  files.add(\"${system_file}\", R\"yaml(${system_text})yaml\");\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/system_pack.cpp CONTENT "${system_table}  return files;\n}\n" @ONLY)
target_sources(wutong_account PRIVATE ${CMAKE_BINARY_DIR}/system_pack.cpp)

wutong_module(surface/answer USES account page sheet LINKS Boost::json)
wutong_module(surface/server USES answer net)
wutong_module(surface/cli USES answer net)

# The demo zone's acts and the program.
file(GLOB demo_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/demo/*.cpp)
list(FILTER demo_sources EXCLUDE REGEX "_test\\.cpp$")
add_library(wutong_demo STATIC ${demo_sources})
target_include_directories(wutong_demo PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(wutong_demo PUBLIC wutong_options wutong_record)

file(GLOB app_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/app/*.cpp)
add_executable(wutong ${app_sources})
target_link_libraries(wutong PRIVATE wutong_memory wutong_server wutong_cli wutong_demo)
include(cmake/console.cmake)

# The examples of every pack's registers, performed.
file(GLOB pack_folders CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/packs/*/registers)
foreach(pack_folder ${pack_folders})
  get_filename_component(pack_folder ${pack_folder} DIRECTORY)
  get_filename_component(pack ${pack_folder} NAME)
  add_test(NAME pack_${pack} COMMAND wutong pack test ${pack} --packs ${CMAKE_SOURCE_DIR})
endforeach()

# Whole days of work, through the same doors as the program.
file(GLOB scenario_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/scenario/*_test.cpp)
add_executable(scenario_test ${scenario_sources})
target_link_libraries(scenario_test PRIVATE wutong_server wutong_cli wutong_demo GTest::gtest_main)
target_compile_definitions(scenario_test PRIVATE WUTONG_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
add_test(NAME scenario COMMAND scenario_test --gtest_filter=-*Newspaper*)
# Reads a text that is no part of the project; ctest's summary says so where it is not there.
add_test(NAME newspaper COMMAND scenario_test --gtest_filter=*Newspaper*)
set_tests_properties(newspaper PROPERTIES SKIP_REGULAR_EXPRESSION "is not there")

# Errors planted into texts must be found; page_mutants --count=5000 for a long run.
file(GLOB mutant_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/mutants/*.cpp)
add_executable(page_mutants ${mutant_sources})
target_link_libraries(page_mutants PRIVATE wutong_page wutong_zone wutong_demo GTest::gtest)
target_include_directories(page_mutants PRIVATE ${CMAKE_SOURCE_DIR})
target_compile_definitions(page_mutants PRIVATE WUTONG_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
add_test(NAME mutants COMMAND page_mutants --count=1000)

# Workloads measured beside other engines: script/bench. The program is built when asked for (target
# bench), its parts with their test always. -ffp-contract=off: made-up data has the same bytes on every machine.
set(bench_folder ${CMAKE_SOURCE_DIR}/bench/returns)
file(GLOB bench_sources CONFIGURE_DEPENDS ${bench_folder}/*.cpp)
list(FILTER bench_sources EXCLUDE REGEX "/(main|[a-z_]*_test)\\.cpp$")
add_library(wutong_bench STATIC ${bench_sources})
target_include_directories(wutong_bench PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(wutong_bench PUBLIC wutong_zone wutong_sheet SQLite::SQLite3
                      ${CMAKE_DL_LIBS})
target_compile_definitions(wutong_bench PRIVATE WUTONG_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
set_source_files_properties(${bench_folder}/generator.cpp PROPERTIES COMPILE_OPTIONS
                            "-O3;-ffp-contract=off")
set_source_files_properties(${bench_folder}/floor.cpp ${bench_folder}/floor_columns.cpp PROPERTIES
                            COMPILE_OPTIONS "-O3;-march=native")
add_executable(returns EXCLUDE_FROM_ALL ${bench_folder}/main.cpp)
target_link_libraries(returns PRIVATE wutong_memory wutong_bench)
add_custom_target(bench DEPENDS returns)
# The HTTP API under load: script/bench http.
add_executable(http_bench EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/bench/http/main.cpp
               ${CMAKE_SOURCE_DIR}/bench/http/client.cpp ${CMAKE_SOURCE_DIR}/bench/http/live.cpp)
target_link_libraries(http_bench PRIVATE wutong_memory wutong_bench Boost::headers)
add_executable(returns_test ${bench_folder}/returns_test.cpp)
target_link_libraries(returns_test PRIVATE wutong_bench GTest::gtest_main)
add_test(NAME bench COMMAND returns_test)
# The standing oracle: random packs and histories, figures equal three ways (docs/oracle.md).
file(GLOB oracle_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/oracle/*.cpp)
list(FILTER oracle_sources EXCLUDE REGEX "(main|faults)\\.cpp$")
add_library(wutong_oracle OBJECT ${oracle_sources})
target_include_directories(wutong_oracle PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(wutong_oracle PUBLIC wutong_options wutong_zone yaml-cpp SQLite::SQLite3)
add_executable(oracle ${CMAKE_SOURCE_DIR}/tests/oracle/main.cpp)
target_link_libraries(oracle PRIVATE wutong_oracle)
add_test(NAME oracle COMMAND oracle --programs 2000 --seed 1)

# The oracle tested: these modules compiled again with faults that can be switched on, one by one.
file(GLOB planted_sources CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/src/engine/cell/*.cpp
     ${CMAKE_SOURCE_DIR}/src/core/record/*.cpp ${CMAKE_SOURCE_DIR}/src/core/record/impl/*.cpp
     ${CMAKE_SOURCE_DIR}/src/core/indicator/*.cpp)
list(FILTER planted_sources EXCLUDE REGEX "_(test|bench)\\.cpp$")
add_executable(oracle_faults ${CMAKE_SOURCE_DIR}/tests/oracle/faults.cpp ${planted_sources})
target_compile_definitions(oracle_faults PRIVATE WUTONG_PLANTED_FAULTS
                           WUTONG_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
target_link_libraries(oracle_faults PRIVATE wutong_oracle)
add_test(NAME oracle_faults COMMAND oracle_faults)

# The style as tests: layers and tidiness of the source tree.
file(GLOB tool_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/*.cpp)
add_executable(tools_test ${tool_sources})
target_include_directories(tools_test PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(tools_test PRIVATE wutong_options GTest::gtest_main)
target_compile_definitions(tools_test PRIVATE WUTONG_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
add_test(NAME tools COMMAND tools_test)
