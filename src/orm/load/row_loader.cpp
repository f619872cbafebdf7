// SPDX-License-Identifier: MIT
// Batches of rows. While a batch is read nothing sweeps, and what it made is held by the typed rows
// before anything can; only the start of the next batch is a boundary of the session.
#include "orm/load/row_loader.hpp"

#include "orm/load/loader.hpp"
#include "orm/load/rewriter.hpp"
#include <azoth/base/error.hpp>

#include <limits>

namespace azoth::orm {

template class RowBuffer<ptr<Object>>;

RowLoader::RowLoader(SessionState& session,
                     CursorResult rows,
                     const ExecuteOptions& options,
                     const sql::Ref& statement)
    : session_(session),
      rows_(std::move(rows)),
      reader_(session, rows_, options.populate_existing, statement),
      options_(options),
      objects_(reader_.plan().outputs.size()),
      readers_(reader_.plan().outputs.size()) {
  yield_per(options.yield_per);
}

void RowLoader::yield_per(std::size_t rows) {
  if (rows != 0 && needs_unique()) {
    throw InvalidRequestError(
        "Can't use yield_per with eager loaders that require uniquing or row buffering, e.g. "
        "joinedload() against collections or subqueryload().  Consider the selectinload() "
        "strategy for better flexibility in loading objects.");
  }
  options_.yield_per = rows;
}

bool RowLoader::begin_batch() {
  if (is_done_) {
    return false;
  }
  if (!rows_.is_closed()) {  // else the session may be gone; next() says that the result is closed
    session_.heap().boundary();
  }
  left_ = options_.yield_per == 0 ? std::numeric_limits<std::size_t>::max() : options_.yield_per;
  return true;
}

bool RowLoader::next() {
  if (left_ == 0) {
    return false;
  }
  if (!rows_.next()) {
    left_ = 0;
    is_done_ = true;
    return false;
  }
  --left_;
  const RowPlan& plan = reader_.plan();
  for (std::size_t i = 0; i < plan.outputs.size(); ++i) {
    if (plan.outputs[i].entity != RowOutput::none) {
      objects_[i] = reader_.read(*plan.entities[plan.outputs[i].entity]);
    }
  }
  return true;
}

std::vector<std::string> RowLoader::keys() const {
  std::vector<std::string> names;
  for (const RowOutput& output : reader_.plan().outputs) {
    names.push_back(output.name);
  }
  return names;
}

void RowLoader::finish_batch() {
  reader_.finish();
}

void RowLoader::read(std::size_t output, const CellType& cell, void* target) {
  ColumnReader& reader = readers_[output];
  if (!reader.read || !(reader.cell == cell)) {
    reader = rows_.reader(reader_.plan().outputs[output].column, cell);
  }
  rows_.read(reader, target);
}

LoadedRows load_rows(SessionState& session,
                     const sql::Ref& statement,
                     const ExecuteOptions& options) {
  // What a loader says of columns beneath a relationship is kept in the plan, with its values.
  CursorResult rows = session.connection().run(
      statement,
      Params{},
      {.rewriter = &EntityRewriter::instance(), .use_cache = !has_nested_expression(statement)});
  return LoadedRows(std::make_unique<RowLoader>(session, std::move(rows), options, statement));
}

LoadedRows::LoadedRows(std::unique_ptr<RowLoader> loader) : loader_(std::move(loader)) {}

LoadedRows::LoadedRows(LoadedRows&&) noexcept = default;
LoadedRows& LoadedRows::operator=(LoadedRows&&) noexcept = default;
LoadedRows::~LoadedRows() = default;

bool LoadedRows::begin_batch() {
  return loader_->begin_batch();
}

bool LoadedRows::next() {
  return loader_->next();
}

void LoadedRows::finish_batch() {
  loader_->finish_batch();
}

Object* LoadedRows::entity(std::size_t output) const {
  return loader_->entity(output);
}

bool LoadedRows::needs_unique() const {
  return loader_->needs_unique();
}

void LoadedRows::close() noexcept {
  loader_->close();
}

void LoadedRows::read(std::size_t output, const CellType& cell, void* target) {
  loader_->read(output, cell, target);
}

void LoadedRows::throw_closed() {
  throw ResourceClosedError("This result object is closed.");
}

void LoadedRows::yield_per(std::size_t rows) {
  loader_->yield_per(rows);
}

std::size_t LoadedRows::batch_size() const {
  return loader_->batch_size();
}

std::vector<std::string> LoadedRows::keys() const {
  return loader_->keys();
}

void LoadedRows::throw_needs_unique() {
  throw InvalidRequestError(
      "The unique() method must be invoked on this Result, as it contains results that include "
      "joined eager loads against collections");
}

bool SeenRows::insert(std::size_t hash, base::FunctionRef<bool(std::size_t other)> is_same) {
  if (hashes_.size() * 2 >= places_.size()) {
    grow();
  }
  const std::size_t mask = places_.size() - 1;
  std::size_t i = hash * 0x9E3779B97F4A7C15u >> 20 & mask;
  for (; places_[i] != 0; i = (i + 1) & mask) {
    if (hashes_[places_[i] - 1] == hash && is_same(places_[i] - 1)) {
      return false;
    }
  }
  hashes_.push_back(hash);
  places_[i] = static_cast<std::uint32_t>(hashes_.size());
  return true;
}

void SeenRows::grow() {
  places_.assign(places_.empty() ? 64 : places_.size() * 4, 0);
  const std::size_t mask = places_.size() - 1;
  for (std::size_t row = 0; row < hashes_.size(); ++row) {
    std::size_t i = hashes_[row] * 0x9E3779B97F4A7C15u >> 20 & mask;
    while (places_[i] != 0) {
      i = (i + 1) & mask;
    }
    places_[i] = static_cast<std::uint32_t>(row + 1);
  }
}

void SeenRows::clear() {
  hashes_.clear();
  places_.clear();
}

}  // namespace azoth::orm
