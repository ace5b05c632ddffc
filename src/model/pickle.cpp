#include "model/pickle.h"

#include <unordered_map>

#include "base/fail.h"
#include "text/utf8.h"

namespace sbert {
namespace {

using Kind = PickleValue::Kind;

/// A checkpoint has some fifty for each of its tensors.
constexpr size_t kMaxOpcodes = size_t{1} << 22;

constexpr uint8_t kNewestProtocol = 5;
constexpr size_t kMaxGlobal = 1000;

/// The stack machine of Python's pickletools, without what makes or runs objects.
class Machine {
 public:
  Machine(ByteReader& reader, bool (*allow)(std::string_view)) : reader_(reader), allow_(allow) {}

  Pickle run() {
    for (size_t done = 0; done < kMaxOpcodes; ++done) {
      const auto opcode = reader_.number<uint8_t>();
      if (opcode == '.') {
        pickle_.root = pop();
        return std::move(pickle_);
      }
      step(opcode);
    }
    fail(ErrorCode::unsupported, reader_.where(), ": the pickle has more than ", kMaxOpcodes, " opcodes");
  }

 private:
  [[noreturn]] void damaged(const char* what) const {
    fail(ErrorCode::corrupt_data, reader_.where(), ": the pickle ", what, " at byte ", reader_.position());
  }

  PickleValue* push(Kind kind) {
    stack_.push_back(&pickle_.values.emplace_back());
    stack_.back()->kind = kind;
    return stack_.back();
  }
  void push_integer(int64_t value, Kind kind = Kind::integer) { push(kind)->integer = value; }
  void push_text(std::string_view text) {
    if (text::find_invalid_utf8(text) != std::string_view::npos) damaged("has text that is not UTF-8");
    push(Kind::text)->text = text;
  }
  void push_items(Kind kind, std::vector<const PickleValue*> items) { push(kind)->items = std::move(items); }

  PickleValue* pop() {
    PickleValue* value = peek();
    stack_.pop_back();
    return value;
  }
  PickleValue* peek() {
    if (stack_.size() == (marks_.empty() ? 0 : marks_.back())) damaged("takes a value that is not there");
    return stack_.back();
  }
  PickleValue* peek(Kind kind) {
    if (peek()->kind != kind) damaged("takes a value of the wrong kind");
    return stack_.back();
  }
  std::vector<const PickleValue*> pop(size_t count) {
    std::vector<const PickleValue*> items(count);
    for (size_t i = count; i > 0; --i)
      items[i - 1] = pop();
    return items;
  }
  std::vector<const PickleValue*> pop_to_mark() {
    if (marks_.empty()) damaged("takes a mark that is not there");
    auto items = pop(stack_.size() - marks_.back());
    marks_.pop_back();
    return items;
  }

  void append(Kind kind, const std::vector<const PickleValue*>& items) {
    auto& all = peek(kind)->items;
    if (kind == Kind::dictionary && items.size() % 2 != 0) damaged("has a key without a value");
    all.insert(all.end(), items.begin(), items.end());
  }

  std::string_view line() {
    ByteReader ahead = reader_;
    uint64_t size = 0;
    while (ahead.number<char>() != '\n') {
      if (++size > kMaxGlobal) damaged("has a global whose name makes no sense");
    }
    const std::string_view text = reader_.text(size);
    reader_.take(1);
    return text;
  }
  void push_global(std::string_view module, std::string_view name) {
    if (module.size() + name.size() > kMaxGlobal) damaged("has a global whose name makes no sense");
    std::string global = concat(module, ".", name);
    if (!allow_(global)) {
      fail(ErrorCode::unsupported, reader_.where(), ": names ", global,
           ", which weights do not need; it is not run. If you trust who made the file, let Python write the model "
           "anew: "
           "model.save_pretrained(\"DIRECTORY\"), which writes model.safetensors");
    }
    push(Kind::global)->text = std::move(global);
  }
  void push_stack_global() {
    const PickleValue* name = peek(Kind::text);
    pop();
    const PickleValue* module = peek(Kind::text);
    pop();
    push_global(module->text, name->text);
  }

  /// What Python would call.
  void reduce() {
    const PickleValue* arguments = peek(Kind::tuple);
    pop();
    const PickleValue* function = peek(Kind::global);
    pop();
    if (function->text == "collections.OrderedDict" && arguments->items.empty()) {
      push(Kind::dictionary);
    } else {
      push_items(Kind::call, {function, arguments});
    }
  }

  /// Attributes of an OrderedDict, such as the versions of modules: nothing we need.
  void build() {
    pop();
    peek(Kind::dictionary);
  }

  /// A whole number of any length; one that does not fit is something else than a size.
  void push_long(std::string_view bytes) {
    if (bytes.size() > sizeof(int64_t)) return void(push(Kind::other));
    uint64_t value = !bytes.empty() && (bytes.back() & 0x80) != 0 ? ~uint64_t{0} : 0;
    for (size_t i = bytes.size(); i > 0; --i)
      value = value << 8 | static_cast<uint8_t>(bytes[i - 1]);
    push_integer(static_cast<int64_t>(value));
  }

  void remember(uint64_t place) { memo_[place] = peek(); }
  void recall(uint64_t place) {
    const auto found = memo_.find(place);
    if (found == memo_.end()) damaged("recalls a value that it never remembered");
    stack_.push_back(found->second);
  }

  void check_protocol(uint8_t protocol) {
    if (protocol > kNewestProtocol) damaged("has a protocol that does not exist");
  }

  void step(uint8_t opcode) {
    switch (opcode) {
      case 0x80:
        return check_protocol(reader_.number<uint8_t>());
      case 0x95:  // FRAME: how many bytes a reader may fetch at once
        return void(reader_.take(8));
      case '(':
        return marks_.push_back(stack_.size());
      case 'N':
        return void(push(Kind::other));
      case 'G':
        reader_.take(8);
        return void(push(Kind::other));
      case 0x88:
        return push_integer(1, Kind::boolean);
      case 0x89:
        return push_integer(0, Kind::boolean);
      case 'K':
        return push_integer(reader_.number<uint8_t>());
      case 'M':
        return push_integer(reader_.number<uint16_t>());
      case 'J':
        return push_integer(reader_.number<int32_t>());
      case 0x8a:
        return push_long(reader_.text(reader_.number<uint8_t>()));
      case 'U':
      case 0x8c:
        return push_text(reader_.text(reader_.number<uint8_t>()));
      case 'T':
      case 'X':
        return push_text(reader_.text(reader_.number<uint32_t>()));
      case ')':
        return void(push(Kind::tuple));
      case 0x85:
      case 0x86:
      case 0x87:
        return push_items(Kind::tuple, pop(opcode - 0x84U));
      case 't':
        return push_items(Kind::tuple, pop_to_mark());
      case ']':
        return void(push(Kind::list));
      case 'a':
        return append(Kind::list, pop(1));
      case 'e':
        return append(Kind::list, pop_to_mark());
      case '}':
        return void(push(Kind::dictionary));
      case 's':
        return append(Kind::dictionary, pop(2));
      case 'u':
        return append(Kind::dictionary, pop_to_mark());
      case 'c': {
        const std::string_view module = line();
        return push_global(module, line());
      }
      case 0x93:
        return push_stack_global();
      case 'R':
        return reduce();
      case 'b':
        return build();
      case 'Q':
        return push_items(Kind::persistent, pop(1));
      case 'q':
        return remember(reader_.number<uint8_t>());
      case 'r':
        return remember(reader_.number<uint32_t>());
      case 0x94:
        return remember(memo_.size());
      case 'h':
        return recall(reader_.number<uint8_t>());
      case 'j':
        return recall(reader_.number<uint32_t>());
      default:
        fail(ErrorCode::unsupported, reader_.where(), ": the pickle has opcode ", int{opcode}, " before byte ",
             reader_.position(), ", which weights do not need");
    }
  }

  ByteReader& reader_;
  bool (*allow_)(std::string_view);
  Pickle pickle_;
  std::vector<PickleValue*> stack_;
  std::vector<size_t> marks_;
  std::unordered_map<uint64_t, PickleValue*> memo_;
};

}  // namespace

Pickle read_pickle(ByteReader& reader, bool (*allow)(std::string_view)) {
  return Machine(reader, allow).run();
}

}  // namespace sbert
