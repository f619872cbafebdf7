// SPDX-License-Identifier: MIT
// Timing, medians and the table.
#include "stopwatch.hpp"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace bench {
namespace {

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double minimum(const std::vector<double>& values) {
  return *std::min_element(values.begin(), values.end());
}

double run_once(const Variant& variant, std::uint64_t& sum) {
  using Clock = std::chrono::steady_clock;
  if (variant.prepare) {
    variant.prepare();
  }
  const Clock::time_point start = Clock::now();
  sum = variant.run();
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::vector<double> ratios(const std::vector<double>& times, const std::vector<double>& reference) {
  std::vector<double> out;
  for (std::size_t i = 0; i < times.size(); ++i) {
    out.push_back(times[i] / reference[i]);
  }
  return out;
}

}  // namespace

void keep_heap() {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 2147483647);
  mallopt(M_TOP_PAD, 64 << 20);
}

bool Stopwatch::is_wanted(const std::string& workload) const {
  const auto is_in = [&](const std::string& part) {
    return workload.find(part) != std::string::npos;
  };
  return options_.only.empty() || std::any_of(options_.only.begin(), options_.only.end(), is_in);
}

void Stopwatch::measure(const std::string& workload,
                        double operations,
                        std::vector<Variant> variants) {
  std::erase_if(variants, [&](const Variant& v) {
    return v.name.find(options_.variant) == std::string::npos;
  });
  if (!is_wanted(workload) || variants.empty()) {
    return;
  }
  std::vector<std::vector<double>> times(variants.size());
  std::uint64_t expected = 0;
  for (int repetition = -1; repetition < options_.repetitions; ++repetition) {  // -1 is the warm-up
    for (std::size_t i = 0; i < variants.size(); ++i) {
      std::uint64_t sum = 0;
      const double time = run_once(variants[i], sum);
      expected = i == 0 ? sum : expected;
      if (sum != expected) {
        std::fprintf(stderr,
                     "%s: %s has checksum %llu, the loop has %llu\n",
                     workload.c_str(),
                     variants[i].name.c_str(),
                     static_cast<unsigned long long>(sum),
                     static_cast<unsigned long long>(expected));
        std::exit(1);
      }
      if (repetition >= 0) {
        times[i].push_back(time);
      }
    }
  }
  std::printf("\n%-52s %9s %9s %9s %7s %7s %7s\n",
              workload.c_str(),
              "min ms",
              "median",
              "us each",
              "x min",
              "x med.",
              "med. x");
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const double ratio = median(ratios(times[i], times[0]));
    std::printf("  %-50s %9.2f %9.2f %9.3f %7.2f %7.2f %7.2f",
                variants[i].name.c_str(),
                minimum(times[i]),
                median(times[i]),
                minimum(times[i]) * 1000 / operations,
                minimum(times[i]) / minimum(times[0]),
                median(times[i]) / median(times[0]),
                ratio);
    if (variants[i].target > 0) {
      std::printf(
          "  <= %.2f %s", variants[i].target, ratio <= variants[i].target ? "met" : "MISSED");
      verdicts_.push_back({workload, variants[i].name, ratio, variants[i].target});
    }
    std::printf("\n");
    std::fflush(stdout);
  }
}

void Stopwatch::print_summary() const {
  std::printf("\n%-84s %7s %7s\n",
              "targets (median of the ratios of one repetition each)",
              "x raw",
              "target");
  for (const Verdict& v : verdicts_) {
    std::printf("  %-82s %7.2f %7.2f  %s\n",
                (v.workload + ": " + v.variant).c_str(),
                v.ratio,
                v.target,
                v.ratio <= v.target ? "met" : "MISSED");
  }
}

}  // namespace bench
