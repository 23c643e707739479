// Traditional characters as the simplified ones that the grammar is written in, one for one, so
// that no place in a text moves. Private; pure.
#pragma once

namespace wutong::page {

char32_t simplified(char32_t c);  // the character itself where it has no other form

}  // namespace wutong::page
