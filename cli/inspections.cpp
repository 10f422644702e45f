#include "cli/inspections.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "wire/delimited.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

// Of one inspection; a message of many megabytes is no telegram.
constexpr std::size_t max_inspection = std::size_t{64} * 1024 * 1024;

using Take = std::function<bool(v1::Inspection const&)>;

std::optional<std::string> read_jsonl(std::istream& in, std::string const& name, Take const& take) {
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    v1::Inspection inspection;
    if (auto const wrong = wire::from_json(line, inspection))
      return name + ":" + std::to_string(number) + ": no inspection: " + *wrong;
    if (!take(inspection)) break;
  }
  return {};
}

std::optional<std::string> read_binpb(std::istream& in, std::string const& name, Take const& take) {
  wire::DelimitedReader reader{max_inspection};
  std::string block(std::size_t{1} << 16, '\0');
  for (std::size_t number = 1;;) {
    auto const frame = reader.next();
    if (frame.state == wire::FrameState::whole) {
      v1::Inspection inspection;
      if (!inspection.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size())))
        return name + ": inspection " + std::to_string(number) + " cannot be read";
      if (!take(inspection)) return {};
      ++number;
    } else if (frame.state != wire::FrameState::partial) {
      return name + ": inspection " + std::to_string(number) + " is no length-delimited Protobuf message";
    } else {
      in.read(block.data(), static_cast<std::streamsize>(block.size()));
      if (in.gcount() == 0) break;
      reader.feed({block.data(), static_cast<std::size_t>(in.gcount())});
    }
  }
  if (reader.pending() == 0) return {};
  return name + ": the input ends inside an inspection";
}

}  // namespace

std::optional<std::string> read_inspections(Input const& input, InspectionFormat format, Take const& take) {
  std::ifstream file;
  bool const standard = input.path == "-";
  if (!standard) {
    file.open(input.path, std::ios::binary);
    if (!file) return input.name + ": " + std::strerror(errno);
  }
  auto& in = standard ? std::cin : static_cast<std::istream&>(file);
  return format == InspectionFormat::jsonl ? read_jsonl(in, input.name, take)
                                           : read_binpb(in, input.name, take);
}

}  // namespace torntape::cli
