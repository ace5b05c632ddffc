#include "report/text.h"

#include <cmath>

#include <gtest/gtest.h>

#include "report/html.h"

namespace sbert::report {
namespace {

TEST(Text, IsShortenedByCharacters) {
  EXPECT_EQ(shortened("gr\u00f6\u00dfe", 5), "gr\u00f6\u00dfe");
  EXPECT_EQ(shortened("gr\u00f6\u00dfe", 3), "gr\u00f6\u2026");
  EXPECT_EQ(shortened("", 3), "");
  EXPECT_EQ(shortened("a\xff\xfe\x62"),
            "a\ufffd\ufffd"
            "b");
  EXPECT_EQ(shortened("\xe2\x82", 1), "\ufffd\u2026");
  EXPECT_EQ(shortened("abc", 0), "\u2026");
}

TEST(Text, NumbersForPeople) {
  EXPECT_EQ(short_number(2e-5), "2e-5");
  EXPECT_EQ(short_number(0.25), "0.25");
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(2500), "2500");
  EXPECT_EQ(short_number(120000), "120k");
  EXPECT_EQ(short_number(std::nan("")), "\u2013");
  EXPECT_EQ(metric_number(0.83424), "0.8342");
  EXPECT_EQ(metric_number(-12.5), "-12.5000");
  EXPECT_EQ(metric_number(1.5e-7), "1.500e-7");
  EXPECT_EQ(signed_number(0.0123), "+0.0123");
  EXPECT_EQ(signed_number(-0.5), "-0.5000");
  EXPECT_EQ(signed_number(1e-6), "\u00b10.0000");
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(0.123), "12.3 %");
  EXPECT_EQ(percent(0.0005), "0.05 %");
  EXPECT_EQ(format_bytes(812'000'000), "812 MB");
  EXPECT_EQ(format_bytes(3'210'000'000), "3.2 GB");
}

TEST(Html, MarkupOfTheDataMeansNothing) {
  EXPECT_EQ(escape("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
  EXPECT_EQ(escape(std::string("a\0b\x1b\x7f\n\t", 7)),
            "a\ufffd"
            "b\ufffd\ufffd\n\t");
  EXPECT_EQ(escape("\xc0\xafscript"), "\ufffd\ufffdscript");
  EXPECT_EQ(foreign("<b>long</b>", 4), "<bdi>&lt;b&gt;l\u2026</bdi>");
}

TEST(Html, Tables) {
  Table table({"name", "count"}, {1});
  table.add({"a", "1"}, "main");
  EXPECT_EQ(table.html(),
            "<div class=\"scroll\"><table>\n<thead><tr><th>name</th><th class=\"n\">count</th></tr></thead>\n<tbody>\n"
            "<tr class=\"main\"><td>a</td><td class=\"n\">1</td></tr>\n</tbody></table></div>\n");
}

}  // namespace
}  // namespace sbert::report
