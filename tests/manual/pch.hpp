// SPDX-License-Identifier: MIT
// What every page's program needs; compiled once.
#pragma once
#include "manual/transcript.hpp"
