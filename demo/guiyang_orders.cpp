// Single orders with payments, waybills and lists: every week from July to October 2024, few
// afterwards. One in a hundred does not match, as its note says.
#include "demo/countries.hpp"
#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

std::string money(int64_t hundredths) {
  return std::to_string(hundredths / 100) + numbered(".", static_cast<size_t>(hundredths % 100), 2);
}

std::string kilograms(int64_t grams) {
  return std::to_string(grams / 1000) + numbered(".", static_cast<size_t>(grams % 1000), 3);
}

class Orders {
 public:
  Orders(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms)
      : acts_(acts), firms_(firms), random_(terms.seed + 733) {}
  void add_batch(Date first, size_t count);

 private:
  std::vector<TimedRequest>& acts_;
  const std::vector<Firm>& firms_;
  SeededRandom random_;
  size_t number_ = 0;
};

void Orders::add_batch(Date first, size_t count) {
  Rows orders("cross_border_order",
              {"order_number", "seller", "platform", "mode", "flow", "buyer_mark", "country",
               "goods", "goods_count", "unit_price", "goods_value", "discount", "freight",
               "insurance", "tax", "paid", "ordered_on"});
  const std::vector<std::string> kPayment{"payment_number", "order",  "payment_enterprise",
                                          "payer_mark",     "amount", "paid_on"};
  Rows payments("order_payment", kPayment), wrong("order_payment", kPayment);
  Rows waybills("waybill", {"waybill_number", "order", "carrier", "consignee_mark", "gross_weight",
                            "net_weight", "shipped_on"});
  Rows lists("clearance_list",
             {"list_number", "order", "payment", "waybill", "declared_value", "declared_on"});
  Rows good("clearance_list", {"list_number", "released_on"});
  Rows bad("clearance_list", {"list_number"}), cleared("cross_border_order", {"order_number"});
  for (size_t i = 0; i < count; ++i) {
    std::string serial = numbered("", ++number_, 8);
    bool is_import = number_ % 5 == 0, is_wrong = number_ % 97 == 0;
    Date day = first.plus_days(static_cast<int>(random_.below(5)));
    size_t which = is_import ? kGoodsOfGuizhou + random_.below(goods().size() - kGoodsOfGuizhou)
                             : 1 + random_.below(kGoodsOfGuizhou - 1);
    const Goods& one = goods()[which];
    auto pieces = static_cast<int64_t>(1 + random_.below(3));
    int64_t price = one.price * 100, value = price * pieces, discount = value / 20 / 100 * 100;
    int64_t freight = is_import ? 0 : 2'800, tax = is_import ? (value - discount) * 91 / 1000 : 0;
    int64_t paid = value - discount + freight + tax;
    std::string buyer = numbered("b", 10'000 + random_.below(4'000) * 7, 6);
    orders.add({"DD" + serial, firms_[random_.below(120)].uscc, firms_[0].uscc,
                is_import ? "1210" : "9610", is_import ? "import" : "export", buyer,
                countries()[random_.below(30)].code, one.code, std::to_string(pieces), money(price),
                money(value), money(discount), money(freight), "0", money(tax), money(paid),
                day.to_string()});
    (is_wrong ? wrong : payments)
        .add({"ZF" + serial, "DD" + serial, firms_[1].uscc, buyer,
              money(is_wrong ? paid - 1 : paid), day.to_string()});
    int64_t grams = pieces * 500;
    waybills.add({"YD" + serial, "DD" + serial, firms_[2].uscc, buyer, kilograms(grams + 80),
                  kilograms(grams), day.plus_days(1).to_string()});
    lists.add({"QD" + serial, "DD" + serial, "ZF" + serial, "YD" + serial, money(value),
               first.plus_days(6).to_string()});
    if (is_wrong) {
      bad.add({"QD" + serial});
      continue;
    }
    good.add({"QD" + serial, first.plus_days(6).to_string()});
    cleared.add({"DD" + serial});
  }
  Date day = first.plus_days(6);
  auto import = [&](const Rows& rows, const char* hour, const char* note) {
    if (rows.empty()) return;
    acts_.push_back(rows.act(Act::import, at_hour(day, hour), "enterprise", "", note));
  };
  auto move = [&](const Rows& rows, const char* hour, const char* role, const char* name) {
    if (!rows.empty()) acts_.push_back(rows.move(at_hour(day, hour), role, role, name, 1));
  };
  import(orders, "09:00", "");
  import(payments, "09:10", "");
  import(wrong, "09:15", "平台分摊优惠时差一分");
  move(orders, "09:20", "enterprise", "pay");
  import(waybills, "09:30", "");
  move(orders, "09:40", "enterprise", "ship");
  import(lists, "10:00", "");
  move(good, "10:10", "customs_officer", "match");
  move(bad, "10:10", "customs_officer", "mismatch");
  acts_.push_back(good.act(Act::amend, at_hour(day, "10:20"), "customs_officer"));
  move(good, "10:30", "customs_officer", "release");
  move(cleared, "10:40", "customs_officer", "clear");
}

}  // namespace

void add_orders(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                const Terms& terms) {
  Orders orders(acts, firms, terms);
  for (Date day = day_of(2024, 7, 1); day <= day_of(2024, 10, 20); day = day.plus_days(7)) {
    orders.add_batch(day, 250);
  }
  for (Date day = day_of(2024, 11, 11); day <= terms.until; day = day.plus_days(70)) {
    orders.add_batch(day, 60);
  }
}

}  // namespace wutong::demo::guiyang
