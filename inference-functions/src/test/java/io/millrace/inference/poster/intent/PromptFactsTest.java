package io.millrace.inference.poster.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.poster.colour.Rgb;
import org.junit.jupiter.api.Test;

final class PromptFactsTest {
    @Test
    void quotedTextsAreFoundInEveryKindOfQuote() {
        assertThat(PromptFacts.read("海报“智能时代”「共创」\"Neon Nights\" for '2026'").quoted())
                .containsExactly("智能时代", "共创", "Neon Nights", "2026");
    }

    @Test
    void anApostropheQuotesNothing() {
        assertThat(PromptFacts.read("a children's party at Tom's place").quoted())
                .isEmpty();
    }

    @Test
    void coloursAreNamedInBothLanguages() {
        assertThat(PromptFacts.read("蓝色商务风格，配金色").colors()).containsExactly(new Rgb(0x1890FF), new Rgb(0xD9A441));
        assertThat(PromptFacts.read("pink and yellow").colors()).containsExactly(new Rgb(0xF58FB0), new Rgb(0xFACC15));
        assertThat(PromptFacts.read("主色#1890ff").colors()).containsExactly(new Rgb(0x1890FF));
    }

    @Test
    void falseFriendsNameNoColour() {
        assertThat(PromptFacts.read("Black Friday with lots of white space").colors())
                .isEmpty();
        assertThat(PromptFacts.read("hundred required skills").colors()).isEmpty();
    }

    @Test
    void contactsDatesAndOffersAreFound() {
        PromptFacts facts = PromptFacts.read("全场五折，满300减50，6月1日 10:00-18:00，电话13800138000，邮箱hr@example.com，地址：人民公园东门");
        assertThat(facts.offers()).containsExactly("五折", "满300减50");
        assertThat(facts.dates()).containsExactly("6月1日 10:00-18:00");
        assertThat(facts.contacts()).containsExactly("13800138000", "hr@example.com", "地址：人民公园东门");
    }

    @Test
    void theSizeIsRead() {
        assertThat(PromptFacts.read("尺寸 800x1200 像素").size()).containsExactly(800, 1200);
        assertThat(PromptFacts.read("a landscape banner").size()).containsExactly(1920, 1080);
        assertThat(PromptFacts.read("一张海报").size()).isNull();
    }
}
