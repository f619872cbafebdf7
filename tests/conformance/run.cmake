# SPDX-License-Identifier: MIT
# Runs the driver over the corpus, if there is one.
file(GLOB records "${CORPUS}/*.jsonl")
if(NOT records)
  message("skipped: there is no corpus in ${CORPUS}")
  return()
endif()
execute_process(COMMAND "${CONFORMANCE}" --floor "${FLOOR}" ${records} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "fewer records pass than ${FLOOR} says")
endif()
