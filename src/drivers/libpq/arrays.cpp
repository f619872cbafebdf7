// SPDX-License-Identifier: MIT
// Arrays as parameters, of one dimension: in the binary format when the driver has one for the
// items, else as the text `{"a",NULL}` when all of them are texts.
#include "drivers/libpq/arrays.hpp"

#include "drivers/libpq/wire.hpp"

#include <utility>

namespace azoth::drivers::libpq {
namespace {

constexpr std::pair<Oid, Oid> items[] = {{1000, bool_oid},
                                         {1001, bytea_oid},
                                         {1005, int2_oid},
                                         {1007, int4_oid},
                                         {1009, text_oid},
                                         {1015, varchar_oid},
                                         {1014, bpchar_oid},
                                         {1016, int8_oid},
                                         {1021, float4_oid},
                                         {1022, float8_oid},
                                         {1028, oid_oid},
                                         {1115, timestamp_oid},
                                         {1182, date_oid},
                                         {1183, time_oid},
                                         {1185, timestamptz_oid},
                                         {1231, numeric_oid},
                                         {1270, timetz_oid},
                                         {199, json_oid}};

constexpr Oid boxes_oid = 1020;

Oid item_of(Oid array) {
  for (const auto& [known, item] : items) {
    if (known == array) {
      return item;
    }
  }
  return 0;
}

template <std::integral I>
void append(std::string& out, I value) {
  char bytes[sizeof(I)];
  out.append(bytes, static_cast<std::size_t>(put_wire(bytes, value) - bytes));
}

bool encode_binary(const ArrayValues& values, Oid item, std::string& out) {
  constexpr std::size_t flags_at = 4;
  append(out, std::int32_t{1});  // dimensions
  append(out, std::int32_t{0});  // 1: with NULLs
  append(out, item);
  append(out, static_cast<std::int32_t>(values.count));
  append(out, std::int32_t{1});  // the first index
  Parameter scratch;
  scratch.type = values.type;
  for (std::size_t i = 0; i < values.count; ++i) {
    scratch.value = values.at(i);
    if (scratch.value.is_null()) {
      put_wire(out.data() + flags_at, std::int32_t{1});
      append(out, std::int32_t{-1});
      continue;
    }
    if (!encode(scratch, item) || scratch.format == 0) {
      return false;
    }
    append(out, static_cast<std::int32_t>(scratch.length));
    out.append(scratch.data, static_cast<std::size_t>(scratch.length));
  }
  return true;
}

// Boxes alone have no comma between them, since they have one within.
bool encode_text(const ArrayValues& values, char delimiter, std::string& out) {
  out = "{";
  for (std::size_t i = 0; i < values.count; ++i) {
    const Literal value = values.at(i);
    if (i > 0) {
      out += delimiter;
    }
    if (value.is_null()) {
      out += "NULL";
      continue;
    }
    if (value.kind() != ValueKind::text || value.text().find('\0') != std::string_view::npos) {
      return false;
    }
    append_quoted(out, value.text());
  }
  out += "}";
  return true;
}

}  // namespace

bool encode_array(const ArrayValues& values, Oid array, Parameter& out) {
  const Oid item = item_of(array);
  out.large.clear();
  out.is_array = true;
  out.format = item != 0 ? 1 : 0;
  if (!(item != 0 ? encode_binary(values, item, out.large)
                  : encode_text(values, array == boxes_oid ? ';' : ',', out.large))) {
    return false;
  }
  out.data = out.large.c_str();
  out.length = static_cast<int>(out.large.size());
  return true;
}

}  // namespace azoth::drivers::libpq
