#include "demo/zones.hpp"

#include "demo/changzhi.hpp"
#include "demo/guiyang.hpp"
#include "demo/nanchang.hpp"
#include "demo/network.hpp"
#include "demo/qingyuan.hpp"
#include "demo/suining.hpp"

namespace wutong::demo {

namespace {

constexpr Zone kZones[] = {
    {"changzhi", changzhi_acts, nullptr},
    {"suining", suining_acts, nullptr},
    {"network", network_acts, nullptr},
    {"nanchang", nanchang_acts, "demo/nanchang.zh.md"},
    {"qingyuan", qingyuan_acts, "demo/qingyuan.zh.md"},
    {"guiyang", guiyang_acts, "demo/guiyang.zh.md"},
};

}  // namespace

std::span<const Zone> zones() { return kZones; }

}  // namespace wutong::demo
