// SPDX-License-Identifier: MIT
// The numbers of PostgreSQL's own types that this driver knows; they never change (pg_type.dat).
#pragma once
#include <libpq-fe.h>

namespace azoth::drivers::libpq {

inline constexpr Oid bool_oid = 16, bytea_oid = 17, char_oid = 18, name_oid = 19, int8_oid = 20,
                     int2_oid = 21, int4_oid = 23, text_oid = 25, oid_oid = 26, json_oid = 114,
                     xml_oid = 142, float4_oid = 700, float8_oid = 701, unknown_oid = 705,
                     bpchar_oid = 1042, varchar_oid = 1043, date_oid = 1082, time_oid = 1083,
                     timestamp_oid = 1114, timestamptz_oid = 1184, timetz_oid = 1266,
                     interval_oid = 1186, numeric_oid = 1700, void_oid = 2278, uuid_oid = 2950,
                     jsonb_oid = 3802;

/// Says whether the wire format of the type is its characters.
constexpr bool is_characters(Oid oid) {
  return oid == text_oid || oid == varchar_oid || oid == bpchar_oid || oid == name_oid ||
         oid == unknown_oid || oid == json_oid || oid == xml_oid;
}

/// Says whether values of the type are read in its binary format; the rows of a statement with a
/// column of another type come as text.
constexpr bool has_binary_reader(Oid oid) {
  return is_characters(oid) || oid == bool_oid || oid == bytea_oid || oid == int8_oid ||
         oid == int2_oid || oid == int4_oid || oid == oid_oid || oid == float4_oid ||
         oid == float8_oid || oid == date_oid || oid == time_oid || oid == timestamp_oid ||
         oid == timestamptz_oid || oid == numeric_oid || oid == uuid_oid || oid == jsonb_oid ||
         oid == void_oid;
}

}  // namespace azoth::drivers::libpq
