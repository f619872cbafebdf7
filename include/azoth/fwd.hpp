// SPDX-License-Identifier: MIT
// Every public class declared, for headers that need only a name.
#pragma once

namespace azoth {
// types
class Value;
class Literal;
class SqlType;

// sql
namespace sql {
class Node;
class Ref;
}  // namespace sql
template <class T>
class Expr;
template <class... C>
class Select;
class MetaData;
class Table;
// compile
class Dialect;
struct Compiled;
struct CompileArguments;
// engine
class URL;
struct EngineOptions;
class Engine;
class Connection;
class Driver;
class DriverConnection;
class DriverCursor;
template <class... C>
class Result;
// orm
class Session;
template <class T>
class ptr;
}  // namespace azoth
