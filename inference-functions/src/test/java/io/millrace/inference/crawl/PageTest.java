package io.millrace.inference.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final URI ADDRESS = URI.create("https://shop.example/news/today.html");

    @Test
    void theMainPartSpeaksAndWhatLeadsAroundDoesNot() {
        Page page = Page.read(ADDRESS, """
                <title>News &mdash; shop</title><a href="#content">Skip</a><nav>Home</nav>
                <main id="content"><h1>Tea</h1><p>First&nbsp;flush,<br>picked <b>by hand</b></p><script>x</script>
                <ul><li>green</li><li>black</li></ul></main><p>Imprint</p>""");

        assertThat(page.title()).isEqualTo("News — shop");
        assertThat(page.text()).isEqualTo("Tea\nFirst flush,\npicked by hand\ngreen\nblack");
    }

    @Test
    void addressesAreAbsoluteAndNoneComesTwice() {
        Page page = Page.read(ADDRESS, """
                <a href="tea.html#green">1</a><a href="tea.html">2</a><a href="/all">3</a><a href="mailto:a@b.c">4</a>
                <a href="#top">5</a><img src="//cdn.example/a b.png"><img src="data:image/png;base64,AA=="><img>""");

        assertThat(page.links())
                .containsExactly(
                        URI.create("https://shop.example/news/tea.html"), URI.create("https://shop.example/all"));
        assertThat(page.pictures()).containsExactly(URI.create("https://cdn.example/a%20b.png"));
    }

    @Test
    void brokenMarksCostNothingElse() {
        assertThat(Page.read(ADDRESS, "<p>one<p>two <b>three").text()).isEqualTo("one\ntwo three");
        assertThat(Page.read(ADDRESS, "").text()).isEmpty();
        assertThat(Page.plain("a &amp;amp; <i>b</i>")).isEqualTo("a &amp; b");
    }
}
