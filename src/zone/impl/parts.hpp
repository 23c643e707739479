#pragma once
namespace wutong::zone { class PartsOfZones {}; }
