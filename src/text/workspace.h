#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "text/added_tokens.h"
#include "text/model.h"
#include "text/pieces.h"
#include "text/word_cache.h"

namespace sbert::text {

/// Buffers of one running `encode`; kept from call to call so that a text costs no allocations.
struct Workspace {
  TrackedText text;
  Pieces pieces;
  Tokens tokens;        // of the sequence, without spans
  Tokens piece_tokens;  // of one piece, with spans
  std::vector<AddedTokenFinder::Part> raw_parts, normalized_parts;
  WordCache words;  // pieces already tokenized
};

/// Hands each thread that encodes a workspace of its own. Safe from many threads.
class WorkspacePool {
 public:
  class Lease {
   public:
    Lease(WorkspacePool& pool, std::unique_ptr<Workspace> workspace) : pool_(pool), workspace_(std::move(workspace)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.give_back(std::move(workspace_)); }
    Workspace& operator*() const { return *workspace_; }
    Workspace* operator->() const { return workspace_.get(); }

   private:
    WorkspacePool& pool_;
    std::unique_ptr<Workspace> workspace_;
  };

  Lease take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto workspace = std::move(free_.back());
        free_.pop_back();
        return Lease(*this, std::move(workspace));
      }
    }
    return Lease(*this, std::make_unique<Workspace>());
  }

 private:
  void give_back(std::unique_ptr<Workspace> workspace) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(workspace));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Workspace>> free_;
};

}  // namespace sbert::text
