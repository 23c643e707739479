#include "demo/making.hpp"

#include <iterator>

#include "base/error.hpp"

namespace wutong::demo {

namespace {

constexpr const char* kFamily[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐",
                                   "孙", "马", "朱", "胡", "林", "郭", "何", "高", "罗", "郑",
                                   "梁", "谢", "宋", "邓", "许", "冯", "韩", "曹", "彭", "肖",
                                   "田", "董", "袁", "潘", "蒋", "蔡", "余", "杜", "叶", "程"};
constexpr const char* kGiven[] = {
    "雅", "思", "远", "嘉", "欣", "泽", "涵", "瑞", "清", "若", "川", "一", "凡", "洁", "岚", "知",
    "行", "书", "瑶", "乐", "安", "然", "诗", "语", "承", "志", "恒", "越", "彤", "霖", "凯", "锐",
    "倩", "琳", "浩", "森", "亦", "舒", "可", "心", "建", "国", "春", "芳", "海", "波", "秀", "英"};
constexpr const char* kFirst[] = {"和", "粤", "岭", "北", "信", "云", "启", "恒", "泽", "瑞",
                                  "康", "华", "腾", "融", "嘉", "鼎", "远", "盛", "同", "立"};
constexpr const char* kSecond[] = {"达", "源", "晟", "科", "诺", "通", "润", "锐", "宏", "佳",
                                   "微", "拓", "益", "凯", "博", "辰", "扬", "域", "拾", "桥"};

}  // namespace

Date day_of(int year, int month, int day) {
  auto date = Date::from_ymd(year, month, day);
  CHECK(date.has_value());
  return *date;
}

std::string at_hour(Date day, const char* hour) { return day.to_string() + "T" + hour; }

Date workday(Date day) {
  int weekday = day.weekday();
  return weekday <= 5 ? day : day.plus_days(8 - weekday);
}

std::string numbered(const std::string& prefix, size_t number, size_t digits) {
  std::string text = std::to_string(number);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return prefix + text;
}

bool is_chosen(size_t index, size_t chosen, size_t total) {
  return index * chosen / total != (index + 1) * chosen / total;
}

std::string made_up_person(size_t index) {
  size_t mixed = index * 7919 + 13;
  std::string name = kFamily[mixed % std::size(kFamily)];
  name += kGiven[mixed / 40 % std::size(kGiven)];
  if (index % 7 != 3) name += kGiven[(mixed / 1920 + index) % std::size(kGiven)];
  return name;
}

std::string firm_word(size_t index) {
  return std::string(kFirst[index % std::size(kFirst)]) + kSecond[index / 20 % std::size(kSecond)];
}

}  // namespace wutong::demo
