#include "demo/zones.hpp"

#include "demo/nanchang.hpp"

namespace wutong::demo {

namespace {

constexpr Zone kZones[] = {
    {"nanchang", nanchang_acts, "demo/nanchang.zh.md"},
};

}  // namespace

std::span<const Zone> zones() { return kZones; }

}  // namespace wutong::demo
