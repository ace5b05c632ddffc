#include "base/permissions.h"

#include <array>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace sbert {

void copy_permissions(const std::filesystem::path& from, int to) {
  struct stat wanted {};
  if (::lstat(from.c_str(), &wanted) != 0 || S_ISLNK(wanted.st_mode)) return;
  const bool owner = ::fchown(to, wanted.st_uid, static_cast<gid_t>(-1)) == 0;
  const bool group = ::fchown(to, static_cast<uid_t>(-1), wanted.st_gid) == 0;
  mode_t mode = wanted.st_mode & 07777;
  if (!owner) mode &= ~static_cast<mode_t>(S_ISUID);
  if (!group) mode &= ~static_cast<mode_t>(S_ISGID | S_IRWXG);
  ::fchmod(to, mode);
  constexpr const char* kAccessList = "system.posix_acl_access";
  std::array<char, 4096> list{};
  const ssize_t size = ::lgetxattr(from.c_str(), kAccessList, list.data(), list.size());
  if (size > 0 && group) ::fsetxattr(to, kAccessList, list.data(), static_cast<size_t>(size), 0);
}

}  // namespace sbert
