# The web console in the program: script/console builds console/ into build/console/ (one folder for
# all presets) and writes there an assembler file with the bytes and a table of them.
option(WUTONG_CONSOLE "build the web console into the program (needs npm the first time)" ON)
if(WUTONG_CONSOLE)
  enable_language(ASM)
  file(GLOB_RECURSE console_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/console/src/*)
  list(APPEND console_sources
       ${CMAKE_SOURCE_DIR}/console/package-lock.json ${CMAKE_SOURCE_DIR}/console/vite.config.ts
       ${CMAKE_SOURCE_DIR}/console/index.html ${CMAKE_SOURCE_DIR}/console/embed.mjs
       ${CMAKE_SOURCE_DIR}/console/tsconfig.json ${CMAKE_SOURCE_DIR}/script/console)
  set(console_folder ${CMAKE_SOURCE_DIR}/build/console)
  add_custom_command(OUTPUT ${console_folder}/assets.S ${console_folder}/assets.cpp
                     COMMAND ${CMAKE_SOURCE_DIR}/script/console
                     DEPENDS ${console_sources} VERBATIM)
  target_sources(wutong PRIVATE ${console_folder}/assets.S ${console_folder}/assets.cpp)
  # Strings, flows in a browser, accessibility. Says so and passes over the flows where there is no browser.
  add_test(NAME console COMMAND ${CMAKE_SOURCE_DIR}/script/console test $<TARGET_FILE:wutong>)
  set_tests_properties(console PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 240)
else()
  file(WRITE ${CMAKE_BINARY_DIR}/no_console.cpp
       "#include \"app/console_assets.hpp\"\nstd::span<const wutong::server::Asset> wutong::app::console_assets() { return {}; }\n")
  target_sources(wutong PRIVATE ${CMAKE_BINARY_DIR}/no_console.cpp)
endif()
