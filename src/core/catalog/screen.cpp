#include "core/catalog/screen.hpp"

#include <algorithm>
#include <charconv>

#include "engine/pack/shape.hpp"

namespace wutong::catalog {

using pack::Node;
using pack::ShapeKind;

namespace {

constexpr std::pair<std::string_view, Show> kShows[] = {
    {"number", Show::number}, {"line", Show::line}, {"bars", Show::bars}, {"rows", Show::rows}};
constexpr std::pair<std::string_view, TilePeriod> kPeriods[] = {
    {"now", TilePeriod::now},     {"today", TilePeriod::today},          {"day", TilePeriod::day},
    {"month", TilePeriod::month}, {"quarter", TilePeriod::quarter},      {"half", TilePeriod::half},
    {"year", TilePeriod::year},   {"cumulative", TilePeriod::cumulative}};
constexpr int kLastMax = 60;
constexpr int kTopMax = 30;

template <typename Table>
std::vector<std::string> words(const Table& table) {
  std::vector<std::string> out;
  for (const auto& [name, value] : table) out.emplace_back(name);
  return out;
}

template <typename Table>
auto value_of(const Table& table, std::string_view text) {
  for (const auto& [name, value] : table) {
    if (name == text) return value;
  }
  return table[0].second;
}

class TileLoader {
 public:
  TileLoader(const record::Schema& schema, const indicator::Definitions& indicators, Issues& issues)
      : schema_(schema), indicators_(indicators), issues_(issues) {}

  Tile read(const Node& node) {
    Tile tile;
    tile.name = pack::text_at(node, "tile");
    const auto title = pack::title_at(node, "title");
    tile.title = {title.zh, title.en};
    tile.show = value_of(kShows, pack::text_at(node, "show", "number"));
    tile.silent_after_minutes = pack::whole_at(node, "silent_after_minutes", 0);
    tile.top = std::clamp(pack::whole_at(node, "top", tile.top), 1, kTopMax);
    read_place(node, tile);
    if (tile.show == Show::rows) {
      read_rows(node, tile);
    } else {
      read_figure(node, tile);
    }
    return tile;
  }

 private:
  const Place& place(const Node& node, std::string_view key) const {
    const Node* found = node.find(key);
    return found == nullptr ? node.place : found->place;
  }
  void fault(const Place& at, std::string zh, std::string en) {
    pack::report(issues_, at, "screen.tile", std::move(zh), std::move(en));
  }

  void read_place(const Node& node, Tile& tile) {
    const Node& at = *node.find("at");
    int* parts[] = {&tile.column, &tile.row, &tile.columns, &tile.rows};
    bool is_whole = at.elements.size() == std::size(parts);
    for (size_t i = 0; is_whole && i < std::size(parts); ++i) {
      const std::string& text = at.elements[i].text;
      is_whole =
          text.size() <= 2 &&
          std::from_chars(text.data(), text.data() + text.size(), *parts[i]).ec == std::errc() &&
          *parts[i] > 0;
    }
    const bool fits = is_whole && tile.column + tile.columns - 1 <= kScreenColumns &&
                      tile.row + tile.rows - 1 <= kScreenRows;
    if (fits) return;
    fault(at.place, "at 应是 [列, 行, 列数, 行数]，在 24 列 12 行之内，如 [1, 1, 8, 4]",
          "at takes [column, row, columns, rows] within 24 columns and 12 rows, like [1, 1, 8, 4]");
  }

  // Null where it is unknown, which is reported.
  const indicator::Definition* definition(const Node& node, std::string_view key,
                                          const std::string& name) {
    const auto* found = indicators_.find(name);
    if (found == nullptr) {
      pack::report_unknown(issues_, place(node, key), "screen.indicator", "指标", "indicator", name,
                           indicators_.names());
    }
    return found;
  }

  void read_figure(const Node& node, Tile& tile) {
    tile.indicator = pack::text_at(node, "figure");
    tile.period = value_of(kPeriods, pack::text_at(node, "period", "month"));
    tile.last = std::clamp(pack::whole_at(node, "last", tile.last), 2, kLastMax);
    tile.by = pack::text_at(node, "by");
    tile.is_by_value = pack::flag_at(node, "in_order");
    tile.of = pack::text_at(node, "of");
    if (tile.indicator.empty()) {
      fault(node.place, "须有 figure（指标名）", "figure (the name of an indicator) is missing");
      return;
    }
    const auto* named = definition(node, "figure", tile.indicator);
    if (!tile.of.empty()) definition(node, "of", tile.of);
    tile.comparison = comparison(node, "comparison", pack::text_at(node, "comparison", "level"));
    for (const std::string& text : pack::texts_at(node, "beside")) {
      tile.beside.push_back(comparison(node, "beside", text));
    }
    const Node* where = node.find("where");
    for (size_t i = 0; where != nullptr && i < where->members.size(); ++i) {
      tile.where[where->members[i].key] = where->members[i].value.text;
    }
    if ((tile.show == Show::bars) == tile.by.empty()) {
      fault(place(node, "by"), "bars 须有 by（维度），其他图形不写 by",
            "bars takes by (a dimension); nothing else does");
    } else if (named != nullptr && !tile.by.empty()) {
      check_dimension(node, "by", *named, tile.by);
    }
  }

  void check_dimension(const Node& node, std::string_view key,
                       const indicator::Definition& definition, const std::string& name) {
    std::vector<std::string> known;
    for (const auto& dimension : definition.dimensions) known.push_back(dimension.name);
    // A ratio or formula has the dimensions of its parts; what is asked is checked there.
    const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
    if (is_known || definition.kind != indicator::Kind::records) return;
    pack::report_unknown(issues_, place(node, key), "screen.dimension", "维度", "dimension", name,
                         known);
  }

  indicator::Comparison comparison(const Node& node, std::string_view key,
                                   const std::string& text) {
    auto parsed = indicator::parse_comparison(text);
    if (parsed) return *parsed;
    fault(place(node, key), parsed.error().zh, parsed.error().en);
    return {};
  }

  void read_rows(const Node& node, Tile& tile) {
    tile.register_name = pack::text_at(node, "register");
    tile.fields = pack::texts_at(node, "fields");
    tile.states = pack::texts_at(node, "states");
    const auto* home = schema_.find(tile.register_name);
    if (home == nullptr) {
      pack::report_unknown(issues_, place(node, "register"), "screen.register", "登记簿",
                           "register", tile.register_name, schema_.names());
      return;
    }
    std::vector<std::string> fields, states;
    for (const auto& field : home->fields) {
      if (!field.personal) fields.push_back(field.name);
    }
    for (const auto& state : home->states) states.push_back(state.value);
    const auto check = [&](std::string_view key, const std::vector<std::string>& given,
                           const std::vector<std::string>& known, const char* zh, const char* en) {
      for (const std::string& name : given) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        pack::report_unknown(issues_, place(node, key), "screen.rows", zh, en, name, known);
      }
    };
    check("fields", tile.fields, fields, "字段", "field");
    check("states", tile.states, states, "状态", "state");
  }

  const record::Schema& schema_;
  const indicator::Definitions& indicators_;
  Issues& issues_;
};

bool is_apart(const Tile& a, const Tile& b) {
  return a.column + a.columns <= b.column || b.column + b.columns <= a.column ||
         a.row + a.rows <= b.row || b.row + b.rows <= a.row;
}

void check_apart(const Node& tiles, const Screen& screen, Issues& issues) {
  for (size_t i = 0; i < screen.tiles.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const Tile& a = screen.tiles[i];
      const Tile& b = screen.tiles[j];
      if (a.name == b.name || !is_apart(a, b)) {
        pack::report(issues, tiles.elements[i].place, "screen.overlap",
                     "“" + a.name + "”与“" + b.name + "”重名或重叠",
                     a.name + " and " + b.name + " have one name or cover each other");
      }
    }
  }
}

}  // namespace

pack::Shape screen_shape() {
  const pack::Shape name = pack::scalar(ShapeKind::identifier);
  const pack::Shape text = pack::scalar(ShapeKind::text);
  const pack::Shape whole = pack::scalar(ShapeKind::whole);
  const pack::Shape tile = pack::record_of({
      {"tile", name, true, "名称", "name"},
      {"title", pack::scalar(ShapeKind::title), true, "标题", "title"},
      {"at", pack::list_of(whole), true, "[列, 行, 列数, 行数]，24 列 12 行",
       "[column, row, columns, rows] on 24 columns and 12 rows"},
      {"show", pack::choice(words(kShows)), false, "图形", "how it is shown"},
      {"figure", name, false, "指标", "the indicator"},
      {"where", pack::dictionary_of(text), false, "维度的值", "values of dimensions"},
      {"period", pack::choice(words(kPeriods)), false, "时期；缺省 month",
       "period; month if absent"},
      {"comparison", text, false, "比较", "comparison"},
      {"beside", pack::list_of(text), false, "并列的比较", "comparisons beside it"},
      {"last", whole, false, "折线的期数", "periods of a line"},
      {"by", name, false, "柱形的维度", "dimension of bars"},
      {"top", whole, false, "最多几条", "at most so many"},
      {"in_order", pack::scalar(ShapeKind::flag), false, "按维度值排列", "in the order of values"},
      {"of", name, false, "占其几成的指标（如承载量）",
       "the indicator that is the whole (capacity)"},
      {"register", name, false, "登记簿（rows）", "register (rows)"},
      {"fields", pack::list_of(name), false, "字段（rows）", "fields (rows)"},
      {"states", pack::list_of(name), false, "状态（rows）", "states (rows)"},
      {"silent_after_minutes", whole, false, "多少分钟没有新记录即提示",
       "after so many minutes without a record it is said"},
  });
  return pack::record_of({
      {"screen", name, true, "屏名，与文件同名", "name, as the file"},
      {"title", pack::scalar(ShapeKind::title), true, "标题", "title"},
      {"tiles", pack::list_of(tile), true, "图块", "tiles"},
  });
}

std::optional<Screens> Screens::load(const pack::Files& files, std::span<const std::string> packs,
                                     const record::Schema& schema,
                                     const indicator::Definitions& indicators, Issues& issues) {
  const size_t before = issues.size();
  Screens out;
  for (const std::string& pack_name : packs) {
    for (const pack::File* file : files.in("packs/" + pack_name + "/screens")) {
      auto node = pack::parse(file->path, file->text, issues);
      if (!node || !pack::check(*node, screen_shape(), issues)) continue;
      Screen screen;
      screen.name = pack::text_at(*node, "screen");
      const auto title = pack::title_at(*node, "title");
      screen.title = {title.zh, title.en};
      if (file->path != "packs/" + pack_name + "/screens/" + screen.name + ".yaml") {
        pack::report(issues, node->find("screen")->place, "pack.file_name",
                     "名称“" + screen.name + "”应与文件名相同",
                     "the name " + screen.name + " must be that of the file");
      }
      screen.pack = pack_name;
      if (out.find(screen.name) != nullptr) {
        pack::report(issues, node->find("screen")->place, "screen.twice",
                     "屏“" + screen.name + "”已有",
                     "there is a screen " + screen.name + " already");
      }
      TileLoader loader(schema, indicators, issues);
      const Node& tiles = *node->find("tiles");
      for (const Node& tile : tiles.elements) screen.tiles.push_back(loader.read(tile));
      check_apart(tiles, screen, issues);
      out.screens_.push_back(std::move(screen));
    }
  }
  if (issues.size() != before) return std::nullopt;
  return out;
}

const Screen* Screens::find(std::string_view name) const {
  for (const Screen& screen : screens_) {
    if (screen.name == name) return &screen;
  }
  return nullptr;
}

}  // namespace wutong::catalog
