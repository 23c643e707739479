// What the tests of clocks share: the calendars of the core pack, and a register with clocks.
#pragma once

#include <gtest/gtest.h>

#include "core/record/act.hpp"
#include "core/record/schema.hpp"

namespace wutong::deadline {

inline Date day(const std::string& text) { return *Date::parse(text); }
inline Instant at(const std::string& text) { return *Instant::parse(text + ":00+08:00"); }

using Cells = std::vector<std::pair<std::string, std::string>>;  // field, text

// One row, as somebody who may do everything gives it.
inline record::Request request_of(record::Act what, const std::string& register_name, Instant now,
                                  const Cells& cells, const std::string& move = {}) {
  record::Request request;
  request.act = what;
  request.at = now;
  request.actor = "test";
  request.roles = {"system"};
  request.register_name = register_name;
  request.move = move;
  for (const auto& [field, text] : cells) {
    record::InputColumn input{field, {}};
    input.column.type = ValueType::text;
    input.column.append_text(text);
    request.columns.push_back(std::move(input));
  }
  return request;
}

// The files of packs/core/calendars, in a pack `p`.
inline void add_calendars(pack::Files& files) {
  Issues issues;
  const pack::Files all = pack::read_files(WUTONG_SOURCE_DIR, issues);
  for (const pack::File* file : all.in("packs/core/calendars")) {
    files.add("packs/p/calendars/" + file->path.substr(file->path.rfind('/') + 1), file->text);
  }
}

// A register `matter` whose life cycle has these clocks; `calendars`: with those of the core pack.
inline pack::Files files_of(const std::string& clocks, bool calendars = true) {
  pack::Files files;
  files.add("packs/p/registers/matter.yaml", R"(
register: matter
title: {zh: 事项, en: Matter}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 编号, en: Code}}
  accepted_on: {type: date, title: {zh: 受理日, en: Accepted on}}
  due_on: {type: date, title: {zh: 期限, en: Due on}}
  done_on: {type: date, title: {zh: 办结日, en: Done on}}
lifecycle:
  states:
    draft: {zh: 草稿, en: Draft}
    submitted: {zh: 已受理, en: Submitted}
    waiting: {zh: 补正中, en: Waiting}
    extended: {zh: 已延长, en: Extended}
    done: {zh: 已办结, en: Done}
  moves:
    submit: {title: {zh: 受理, en: Submit}, from: [draft, waiting, done], to: submitted, by: [clerk]}
    wait: {title: {zh: 补正, en: Wait}, from: [submitted, extended], to: waiting, by: [clerk]}
    extend: {title: {zh: 延长, en: Extend}, from: [submitted], to: extended, by: [head]}
    finish: {title: {zh: 办结, en: Finish}, from: [submitted, extended], to: done, by: [clerk]}
  clocks:
)" + clocks);
  if (calendars) add_calendars(files);
  return files;
}

inline std::shared_ptr<const record::Schema> schema_of(const pack::Files& files) {
  Issues issues;
  const std::vector<std::string> packs{"p"};
  auto schema = record::Schema::load(files, packs, issues);
  for (const Error& each : issues) ADD_FAILURE() << describe_en(each);
  return schema ? std::make_shared<const record::Schema>(std::move(*schema)) : nullptr;
}

inline std::shared_ptr<const record::Schema> schema_of(const std::string& clocks) {
  return schema_of(files_of(clocks));
}

}  // namespace wutong::deadline
