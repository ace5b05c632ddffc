#pragma once

#include <filesystem>
#include <string>

#include "base/descriptor.h"

namespace sbert {

// Files and directories get their names when they are complete. Until then they have names beside it that nobody can
// guess, and their process holds a lock on them: what nobody holds was left by a process that was killed, and is
// removed when the next one comes to the same place.

/// A file that will be `target`.
class FreshFile {
 public:
  /// Makes it, and missing directories above it. If there is a `target`, the file has its owner, group and permissions.
  /// THROWS: io, naming `target`, also if it could not be replaced.
  explicit FreshFile(std::filesystem::path target);
  ~FreshFile();
  FreshFile(const FreshFile&) = delete;
  FreshFile& operator=(const FreshFile&) = delete;

  int descriptor() const { return file_.get(); }
  /// Replaces `target` by it in one step, so that it lasts through a power cut. THROWS: io.
  void put_in_place();

 private:
  std::filesystem::path target_, path_;
  Descriptor file_;
};

/// A directory that will be another's entry `name`, or from which others take what they need.
class FreshDirectory {
 public:
  /// Makes it in `parent`, and missing directories above it. THROWS: io, naming parent / name, also if another process
  /// is making such an entry.
  FreshDirectory(const std::filesystem::path& parent, const std::string& name);
  /// Removes it with everything in it, unless it was put in place.
  ~FreshDirectory();
  FreshDirectory(const FreshDirectory&) = delete;
  FreshDirectory& operator=(const FreshDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Gives it its name, so that this lasts through a power cut. THROWS: io, also if there is such an entry, unless it
  /// is an empty directory.
  void put_in_place();

 private:
  std::filesystem::path target_, path_;
  Descriptor lock_;
};

/// Puts the file `from` also where `to` is, in one step and, where the file system can, without a copy. Owner, group
/// and permissions of `to` stay; missing directories are made. THROWS: io.
void share_file(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes what killed processes left in `parent` of entries whose names begin with `name`.
void remove_abandoned(const std::filesystem::path& parent, const std::string& name);

/// Removes a file or a directory so that no part of it is seen under its name. THROWS: io.
void remove_whole(const std::filesystem::path& path);

}  // namespace sbert
