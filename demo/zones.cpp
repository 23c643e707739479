#include "demo/zones.hpp"

#include "demo/changzhi.hpp"
#include "demo/nanchang.hpp"
#include "demo/network.hpp"
#include "demo/suining.hpp"

namespace wutong::demo {

namespace {

constexpr Zone kZones[] = {
    {"changzhi", changzhi_acts, nullptr},
    {"suining", suining_acts, nullptr},
    {"network", network_acts, nullptr},
    {"nanchang", nanchang_acts, "demo/nanchang.zh.md"},
};

}  // namespace

std::span<const Zone> zones() { return kZones; }

}  // namespace wutong::demo
