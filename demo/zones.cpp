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
    {"changzhi", changzhi_acts, "demo/changzhi.zh.md"},
    {"suining", suining_acts, "demo/suining.zh.md"},
    {"network", network_acts, "demo/network.zh.md"},
    {"nanchang", nanchang_acts, "demo/nanchang.zh.md"},
    {"qingyuan", qingyuan_acts, "demo/qingyuan.zh.md"},
    {"guiyang", guiyang_acts, "demo/guiyang.zh.md"},
};

}  // namespace

std::span<const Zone> zones() { return kZones; }

}  // namespace wutong::demo
