// One story of a text that was read whole: the others keep their places and lose their words, so
// that a check takes the time of one story.
#pragma once

#include "domain/page/claim.hpp"

namespace wutong::mutants {

// Claims of other stories go, but for the newest day of the text, on which stories without a day
// speak.
page::Reading narrowed(page::Reading reading, size_t story);

}  // namespace wutong::mutants
