// Reaches the zones of a data directory: directly, or through the process that serves it.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <memory>
#include <string>

#include "surface/answer/answer.hpp"
#include "surface/cli/cli.hpp"

namespace wutong::cli {

// Reading never takes the directory's lock.
Result<std::unique_ptr<zone::Host>> open_to_read(const std::string& data,
                                                 const Environment& environment);

// Writes with `direct` on a host of our own; where another process holds the directory and serves
// it, sends `body` to `target` there instead.
struct Posting {
  std::string target;
  std::string body;
  answer::Caller caller;
};
answer::Answered write(const std::string& data, const Environment& environment,
                       const std::function<answer::Answered(const answer::Door&)>& direct,
                       const Posting& posting);

// The serving process says where it listens, and with which key local commands prove that they can
// read the data directory (mode 0600); the note goes when it stops.
void note_address(const std::string& data, const std::string& address, uint16_t port,
                  const std::string& key);
void forget_address(const std::string& data);

std::string percent_encode(std::string_view text);
Result<std::string> read_text_file(const std::string& path, size_t size_max);

}  // namespace wutong::cli
