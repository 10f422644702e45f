# The teaching desk becomes part of the program where Node.js and its packages are there (script/bootstrap
# installs them). Nothing is fetched here: where they are not, the program is built without the desk, and says so at /.
option(TORNTAPE_DESK "Build the teaching desk into the program, where Node.js and web/node_modules are there" ON)
find_program(NODE NAMES node nodejs)

set(TORNTAPE_DESK_SOURCE ${CMAKE_CURRENT_LIST_DIR}/desk_absent.cpp)
set(desk_vite ${CMAKE_CURRENT_LIST_DIR}/node_modules/vite/bin/vite.js)
if(NOT TORNTAPE_DESK)
  message(STATUS "The teaching desk is left out")
elseif(NOT NODE OR NOT EXISTS ${desk_vite} OR NOT EXISTS ${CMAKE_CURRENT_LIST_DIR}/node_modules/world-atlas)
  message(STATUS "The teaching desk is not built: Node.js or web/node_modules is missing (script/bootstrap installs them)")
else()
  set(desk_dist ${CMAKE_CURRENT_BINARY_DIR}/desk)
  set(TORNTAPE_DESK_SOURCE ${CMAKE_CURRENT_BINARY_DIR}/desk_files.cpp)
  file(GLOB_RECURSE desk_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/src/*)
  add_custom_command(
    OUTPUT ${TORNTAPE_DESK_SOURCE}
    COMMAND ${NODE} ${desk_vite} build --outDir ${desk_dist} --emptyOutDir --logLevel warn
    COMMAND ${NODE} embed.mjs ${desk_dist} ${TORNTAPE_DESK_SOURCE}
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR}
    DEPENDS ${desk_sources} ${CMAKE_CURRENT_LIST_DIR}/index.html ${CMAKE_CURRENT_LIST_DIR}/vite.config.js
            ${CMAKE_CURRENT_LIST_DIR}/lessons.js ${CMAKE_CURRENT_LIST_DIR}/embed.mjs
            ${CMAKE_CURRENT_LIST_DIR}/package-lock.json ${PROJECT_SOURCE_DIR}/fixtures/seed/09ASTANA1399.txt
    COMMENT "Building the teaching desk" VERBATIM)
endif()
