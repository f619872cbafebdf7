// SPDX-License-Identifier: MIT
// The workloads of bench_sqlite, each beside its hand-written loop.
#pragma once
#include "stopwatch.hpp"

#include <string>

namespace bench {

void measure_loading(Stopwatch& stopwatch);
void measure_point_selects(Stopwatch& stopwatch);
void measure_inserts(Stopwatch& stopwatch);
void measure_updates(Stopwatch& stopwatch);
void measure_parents_with_children(Stopwatch& stopwatch);
void measure_statements(Stopwatch& stopwatch);
void measure_threads(Stopwatch& stopwatch);
/// Prints the peak memory of processes that stream a thousand and a million entities; `program` is
/// this one.
void measure_streaming_memory();
/// Is one of these processes: streams the users of a database file and prints its peak memory in
/// kB.
int stream_entities(const std::string& path);

}  // namespace bench
