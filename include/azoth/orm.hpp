// SPDX-License-Identifier: MIT
// Core and the ORM in one include.
#pragma once
#include <azoth/core.hpp>
#include <azoth/orm/column_descriptions.hpp>
#include <azoth/orm/column_property.hpp>
#include <azoth/orm/create_all.hpp>
#include <azoth/orm/declare.hpp>
#include <azoth/orm/hybrid.hpp>
#include <azoth/orm/instance_state.hpp>
#include <azoth/orm/make.hpp>
#include <azoth/orm/mapper_inspection.hpp>
#include <azoth/orm/query.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/orm/session_maker.hpp>
#include <azoth/orm/synonym.hpp>
#include <azoth/orm/with_polymorphic.hpp>
