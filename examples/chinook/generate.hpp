// SPDX-License-Identifier: MIT
// Fills an empty database with a music shop of its own making, where the original Chinook data is
// not at hand.
#pragma once
#include "model.hpp"

namespace chinook {

/// Creates the eleven tables and fills them with generated rows, the same ones each time: hundreds
/// of artists, thousands of tracks, some hundred invoices. @throws InvalidRequestError when the
/// database holds artists already.
void generate(const Engine& engine);

}  // namespace chinook
