#include "engine/sheet/impl/archive.hpp"

#include <zip.h>

#include <algorithm>
#include <array>

namespace wutong::sheet {

namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";
constexpr std::string_view kOldMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr size_t kPieceBytes = size_t{64} << 10;
constexpr uint64_t kRatioFrom = uint64_t{1} << 20;  // small parts may be as regular as they like

tl::unexpected<Error> refuse(std::string_view file, ErrorKind kind, const char* code,
                             std::string zh, std::string en) {
  return fail(kind, std::string("xlsx.") + code, std::move(zh), std::move(en),
              {std::string(file), 0, 0, {}});
}

// The old formats and encrypted workbooks share their container; the latter names its stream.
tl::unexpected<Error> refuse_old(std::string_view file, std::string_view bytes) {
  std::string stream;
  for (char c : std::string_view("EncryptedPackage")) stream += {c, '\0'};
  if (bytes.find(stream) != std::string_view::npos) {
    return refuse(file, ErrorKind::invalid, "encrypted", "工作簿有密码，请去掉密码后另存再导入",
                  "the workbook has a password; save it without one and import again");
  }
  return refuse(file, ErrorKind::invalid, "old_xls",
                "这是旧格式 .xls，请在表格软件中另存为 .xlsx 或 UTF-8 编码的 CSV",
                "this is the old format .xls; save it as .xlsx, or as CSV in UTF-8");
}

// Parts that the end record declares, read before libzip makes room for them.
std::optional<size_t> declared_parts(std::string_view bytes) {
  const size_t at = bytes.rfind("PK\x05\x06");
  if (at == std::string_view::npos || bytes.size() - at < 22) return std::nullopt;
  auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<uint8_t>(bytes[at + i])); };
  return byte(10) | byte(11) << 8;
}

struct ZipClose {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct ZipFileClose {
  void operator()(zip_file_t* opened) const { zip_fclose(opened); }
};

std::string mebibytes(uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

}  // namespace

struct Archive::Impl {
  std::string file;
  std::unique_ptr<zip_t, ZipClose> zip;

  Result<void> check(const XlsxLimits& limits) const;
};

// By what the directory declares; read() holds the parts to it.
Result<void> Archive::Impl::check(const XlsxLimits& limits) const {
  uint64_t total = 0;
  const zip_int64_t count = zip_get_num_entries(zip.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    if (zip_stat_index(zip.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0) continue;
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
      return refuse(file, ErrorKind::invalid, "encrypted", "工作簿有密码，请去掉密码后另存再导入",
                    "the workbook has a password; save it without one and import again");
    }
    const bool is_dense = stat.size > kRatioFrom &&
                          stat.size / std::max<uint64_t>(stat.comp_size, 1) >= limits.ratio_max;
    total += std::min<uint64_t>(stat.size, limits.unpacked_bytes_max + 1);
    if (!is_dense && total <= limits.unpacked_bytes_max) continue;
    const std::string ratio = std::to_string(limits.ratio_max);
    const std::string most = mebibytes(limits.unpacked_bytes_max);
    return refuse(file, ErrorKind::too_large, "too_large",
                  is_dense ? "工作簿解压后大得不合情理（" + mebibytes(stat.size) + "，压缩比超过 " +
                                 ratio + "），不予读取"
                           : "工作簿解压后超过 " + most + "，请分成几个文件",
                  is_dense
                      ? "the workbook unpacks to an unreasonable size (" + mebibytes(stat.size) +
                            ", more than " + ratio + " times its own): it is not read"
                      : "the workbook unpacks to over " + most + "; split it");
  }
  return {};
}

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;

Result<Archive> Archive::open(std::string_view file, std::string_view bytes,
                              const XlsxLimits& limits) {
  if (bytes.starts_with(kOldMagic)) return refuse_old(file, bytes);
  const auto parts = declared_parts(bytes);
  if (!bytes.starts_with(kZipMagic) || !parts) {
    return refuse(file, ErrorKind::invalid, "not_zip", "不是 XLSX 工作簿，或文件不完整",
                  "not an XLSX workbook, or the file is cut off");
  }
  if (*parts > limits.parts_max) {
    return refuse(
        file, ErrorKind::too_large, "too_large",
        "工作簿有 " + std::to_string(*parts) + " 个部件，最多 " + std::to_string(limits.parts_max),
        "the workbook has " + std::to_string(*parts) + " parts, " +
            std::to_string(limits.parts_max) + " at most");
  }
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) impl->zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (source != nullptr && !impl->zip) zip_source_free(source);
  zip_error_fini(&error);
  if (!impl->zip) {
    return refuse(file, ErrorKind::invalid, "not_zip", "不是 XLSX 工作簿，或文件不完整",
                  "not an XLSX workbook, or the file is cut off");
  }
  if (auto fits = impl->check(limits); !fits) return fail(fits.error());
  return Archive(std::move(impl));
}

bool Archive::has(const std::string& part) const {
  return zip_name_locate(impl_->zip.get(), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<void> Archive::read(const std::string& part,
                           const std::function<bool(std::string_view)>& take) {
  auto damaged = [&] {
    return refuse(impl_->file, ErrorKind::invalid, "damaged", "工作簿的部件 " + part + " 已损坏",
                  "the part " + part + " of the workbook is damaged");
  };
  const zip_int64_t index = zip_name_locate(impl_->zip.get(), part.c_str(), ZIP_FL_NOCASE);
  zip_stat_t stat;
  if (index < 0 ||
      zip_stat_index(impl_->zip.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0) {
    return damaged();
  }
  std::unique_ptr<zip_file_t, ZipFileClose> opened(
      zip_fopen_index(impl_->zip.get(), static_cast<zip_uint64_t>(index), 0));
  if (!opened) return damaged();
  std::array<char, kPieceBytes> piece;
  uint64_t total = 0;
  while (true) {
    const zip_int64_t size = zip_fread(opened.get(), piece.data(), piece.size());
    if (size < 0) return damaged();
    if (size == 0) break;
    total += static_cast<uint64_t>(size);
    if (total > stat.size) return damaged();  // more than it declared
    if (!take(std::string_view(piece.data(), static_cast<size_t>(size)))) return {};
  }
  if (total != stat.size) return damaged();
  return {};
}

}  // namespace wutong::sheet
