// SPDX-License-Identifier: MIT
// What a node's fields may be: how each kind of field is visited and mixed into the node's hash.
// Included by node_of.hpp.
#pragma once
#include <azoth/sql/node.hpp>

#include <type_traits>

namespace azoth::sql {

namespace detail {
inline void visit_field(FieldVisitor& v, const Ref& f) {
  v.child(f);
}

inline void visit_field(FieldVisitor& v, const Refs& f) {
  v.number(f.size());
  for (const Ref& r : f) {
    v.child(r);
  }
}

inline void visit_field(FieldVisitor& v, const std::string& f) {
  v.text(f);
}

inline void visit_field(FieldVisitor& v, const std::vector<TypeOption>& f) {
  v.number(f.size());
  for (const TypeOption& o : f) {
    v.text(o.name);
    v.text(o.text);
    v.number(static_cast<std::uint64_t>(o.number));
  }
}

inline void visit_field(FieldVisitor& v, const std::vector<std::string>& f) {
  v.number(f.size());
  for (const std::string& s : f) {
    v.text(s);
  }
}

inline void visit_field(FieldVisitor& v, const std::vector<TypePtr>& f) {
  v.number(f.size());
  for (const TypePtr t : f) {
    v.type(t);
  }
}

inline void visit_field(FieldVisitor& v, TypePtr f) {
  v.type(f);
}

inline void visit_field(FieldVisitor& v, const void* f) {
  v.number(reinterpret_cast<std::uintptr_t>(f));
}

template <class T>
  requires(std::is_enum_v<T> || std::is_integral_v<T>)
void visit_field(FieldVisitor& v, T f) {
  v.number(static_cast<std::uint64_t>(f));
}

// Mixes the fields of one node; what is short is packed into one word, mixed last.
class FieldHash {
 public:
  FieldHash(const Hash& start, const Node& node)
      : h_{start.a ^ reinterpret_cast<std::uintptr_t>(node.type()), start.b},
        packed_(static_cast<std::uint64_t>(node.kind())) {}

  void add(const Ref& f) {
    if (!f) {
      h_ = base::mix(h_, std::uint64_t{0x6e});
      return;
    }
    has_walk_ |= f->has_walk();
    h_ = base::mix(h_, f->hash());
  }

  void add(const Refs& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const Ref& r : f) {
      add(r);
    }
  }

  void add(const std::string& f) {
    add(!f.empty());
    if (!f.empty()) {
      h_ = base::mix(h_, std::string_view(f));
    }
  }

  void add(const std::vector<TypeOption>& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const TypeOption& o : f) {
      add(o.name);
      add(o.text);
      add(static_cast<std::uint64_t>(o.number));
    }
  }

  void add(const std::vector<std::string>& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const std::string& s : f) {
      add(s);
    }
  }

  void add(const std::vector<TypePtr>& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const TypePtr t : f) {
      add(t);
    }
  }

  void add(TypePtr f) { add(reinterpret_cast<std::uintptr_t>(f)); }

  void add(const void* f) { add(reinterpret_cast<std::uintptr_t>(f)); }

  void add(std::uint64_t f) { h_ = base::mix(h_, f); }

  template <class T>
    requires(std::is_enum_v<T> || std::is_integral_v<T>)
  void add(T f) {
    if constexpr (sizeof(T) > 1) {
      add(static_cast<std::uint64_t>(f));
    } else {
      if (packed_ >> 56) {
        h_ = base::mix(h_, packed_);
        packed_ = 1;
      }
      packed_ = packed_ << 8 | static_cast<std::uint8_t>(f);
    }
  }

  Hash value() const { return base::mix(h_, packed_); }

  bool has_walk() const { return has_walk_; }

 private:
  Hash h_;
  std::uint64_t packed_;
  bool has_walk_ = false;
};
}  // namespace detail

}  // namespace azoth::sql
