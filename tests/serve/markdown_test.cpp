#include "serve/markdown.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

std::string html(std::string_view markdown) {
  return markdown_to_html(markdown, [](std::string_view target) {
    return target == "nowhere" ? std::string() : std::string(target);
  });
}

TEST(Markdown, HasHeadingsAndParagraphsOfSeveralLines) {
  EXPECT_EQ(html("# One\n\n## Two\n\nfirst\nsecond\n\nthird\n"),
            "<h1>One</h1>\n<h2>Two</h2>\n<p>first second</p>\n<p>third</p>\n");
}

TEST(Markdown, HasListsWithItemsOfSeveralLines) {
  EXPECT_EQ(html("- one\n  more\n- two\n\n1. three\n10. four\n   more\n"),
            "<ul>\n<li>one more</li>\n<li>two</li>\n</ul>\n"
            "<ol>\n<li>three</li>\n<li>four more</li>\n</ol>\n");
}

TEST(Markdown, EndsAListAtAParagraph) {
  EXPECT_EQ(html("- one\n\nafter\n"), "<ul>\n<li>one</li>\n</ul>\n<p>after</p>\n");
}

TEST(Markdown, HasCodeEmphasisAndLinks) {
  EXPECT_EQ(html("`a*b*`, *see* **this** [`x` of *y*](to.md)"),
            "<p><code>a*b*</code>, <em>see</em> <strong>this</strong> "
            "<a href=\"to.md\"><code>x</code> of <em>y</em></a></p>\n");
}

TEST(Markdown, KeepsTheWordsOfALinkThatLeadsNowhere) {
  EXPECT_EQ(html("[words](nowhere) after"), "<p>words after</p>\n");
}

TEST(Markdown, IsNeverMarkupOfItsOwn) {
  EXPECT_EQ(html("<script>\"&\" `<b>` [<i>](\"><i>)"),
            "<p>&lt;script&gt;&quot;&amp;&quot; <code>&lt;b&gt;</code> "
            "<a href=\"&quot;&gt;&lt;i&gt;\">&lt;i&gt;</a></p>\n");
}

TEST(Markdown, TakesMarksThatNeverEndForText) {
  EXPECT_EQ(html("2 * 3, `code, [words, [words](no end, 1.5, -x"),
            "<p>2 * 3, `code, [words, [words](no end, 1.5, -x</p>\n");
}

}  // namespace
}  // namespace gradus
