// SPDX-License-Identifier: MIT
// A reference from a handle that dies at once would dangle.
// expect-gcc: use of deleted function
// expect-clang: deleted operator '*'
#include "mapped_classes.hpp"

using namespace azoth;

void allowed(Session& session) {
  const ptr<User> user = session.get<User>(1);
  const User& object = *user;
  static_cast<void>(object);
}
#ifdef AZOTH_REFUSED
const User& refused(Session& session) {
  return *session.get<User>(1);
}
#endif
