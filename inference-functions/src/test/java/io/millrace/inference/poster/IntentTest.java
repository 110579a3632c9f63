package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.schemas.task.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IntentTest {
    private static final String[][] PROMPTS = {
        {"创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息", "recruit", "business"},
        {"帮我做一张可爱卡通的儿童节活动海报", "festival", "cartoon"},
        {"极简风格的新款耳机产品宣传图，留白多一些", "product", "minimalist"},
        {"校园招聘会，专业大气，深蓝色", "recruit", "business"},
        {"双十一全场五折促销海报，要可爱的吉祥物", "promo", "cartoon"},
        {"中秋节贺卡，圆月和兔子，卡通插画", "festival", "cartoon"},
        {"科技峰会论坛邀请函，企业正式风格", "event", "business"},
        {"周末音乐会演出海报，简洁的线条", "event", "minimalist"},
        {"诚聘Java工程师，公司高端商务风", "recruit", "business"},
        {"幼儿园开学招生宣传，童趣手绘", "education", "cartoon"},
        {"瑜伽课程报名海报，性冷淡简约风", "education", "minimalist"},
        {"限时特卖，买一送一，商务简报风", "promo", "business"},
        {"Create a blue business style recruitment poster with company logo", "recruit", "business"},
        {"cute cartoon poster for a children's birthday party", "event", "cartoon"},
        {"minimalist product poster for a new smart watch, lots of white space", "product", "minimalist"},
        {"We are hiring data scientists, professional corporate look", "recruit", "business"},
        {"Black Friday sale 50% off, funny comic characters", "promo", "cartoon"},
        {"Merry Christmas greeting card with simple clean lines", "festival", "minimalist"},
        {"annual business conference invitation, formal", "event", "business"},
        {"Online piano course for kids, playful hand-drawn illustration", "education", "cartoon"}
    };

    private static PosterLine intent(String params) throws Exception {
        PosterLine line = new PosterLine(params);
        line.run(Phases.INTENT, "intent");
        return line;
    }

    private static List<String> contents(PosterLine line) {
        List<String> contents = new ArrayList<>();
        line.result(Phases.INTENT)
                .path("texts")
                .forEach(text -> contents.add(text.path("content").asText()));
        return contents;
    }

    @Test
    void occasionAndStyleOfNineteenInTwentyPromptsAreUnderstood() throws Exception {
        int occasions = 0;
        int styles = 0;
        for (String[] prompt : PROMPTS) {
            PosterLine line = intent(Json.object().put("prompt", prompt[0]).toString());
            occasions += line.fact(Phases.INTENT, "occasion").equals(prompt[1]) ? 1 : 0;
            styles += line.fact(Phases.INTENT, "style").equals(prompt[2]) ? 1 : 0;
        }
        System.out.println("intent occasions=" + occasions + "/20 styles=" + styles + "/20");
        assertThat(occasions).isGreaterThanOrEqualTo(19);
        assertThat(styles).isGreaterThanOrEqualTo(18);
    }

    @Test
    void parametersWinOverThePrompt() throws Exception {
        PosterLine line = intent("""
                {"prompt": "red cartoon sale 800x1200", "style": "business", "size": {"width": 640, "height": 480}, "color_scheme": ["#00ff00"]}""");
        JsonNode brief = line.result(Phases.INTENT);
        assertThat(brief.path("style").asText()).isEqualTo("business");
        assertThat(brief.path("canvas").path("width").asInt()).isEqualTo(640);
        assertThat(brief.path("colors").get(0).asText()).isEqualTo("#00ff00");
    }

    @Test
    void givenTextsAreKeptAndSuggestionsAreMarked() throws Exception {
        PosterLine line = intent("""
                {"prompt": "招聘海报", "elements": [
                 {"type": "text", "content": "诚聘英才", "position": "top", "style": {"fontSize": 48, "fontWeight": "bold"}},
                 {"type": "text", "content": "高级软件工程师", "position": "center", "style": {"fontSize": 36}}]}""");
        assertThat(contents(line)).contains("诚聘英才", "高级软件工程师");
        line.result(Phases.INTENT).path("texts").forEach(text -> {
            boolean given =
                    List.of("诚聘英才", "高级软件工程师").contains(text.path("content").asText());
            assertThat(text.path("source").asText()).isEqualTo(given ? "given" : "suggested");
        });
        JsonNode headline = line.result(Phases.INTENT).path("texts").findParents("role").stream()
                .filter(text -> text.path("role").asText().equals("headline"))
                .findFirst()
                .orElseThrow();
        assertThat(headline.path("content").asText()).isEqualTo("诚聘英才");
        assertThat(headline.path("font_size").asDouble()).isEqualTo(48 * 1080 / 375.0);
    }

    @Test
    void suggestionsCanBeSwitchedOff() throws Exception {
        PosterLine line = intent("""
                {"prompt": "招聘海报", "suggestions": false, "elements": [{"type": "text", "content": "诚聘英才"}]}""");
        assertThat(contents(line)).containsExactly("诚聘英才");
    }

    @Test
    void textsAreWrittenInTheLanguageOfThePromptQuotedOnesFirst() throws Exception {
        assertThat(contents(intent("{\"prompt\": \"concert poster \\\"Neon Nights\\\" on July 18\"}")))
                .contains("Neon Nights", "July 18")
                .noneMatch(text -> text.codePoints().anyMatch(c -> c > 0x2E80));
        assertThat(contents(intent("{\"prompt\": \"音乐会海报，电话13800138000\"}"))).contains("音乐之夜", "13800138000");
    }

    @Test
    void aCharacterWithoutGlyphIsBadInputThatNamesIt() {
        assertThatThrownBy(() -> intent("""
                        {"prompt": "x", "elements": [{"type": "text", "content": "你好龘靐"}]}"""))
                .isInstanceOf(PhaseFailure.class)
                .hasMessageContaining("龘靐")
                .hasMessageContaining("MILLRACE_FONT_DIR")
                .satisfies(e -> assertThat(((PhaseFailure) e).code()).isEqualTo(ErrorCode.BAD_INPUT));
    }

    @Test
    void badParametersAreNamed() {
        String[][] bad = {
            {"{}", "prompt"},
            {"{\"prompt\": 5}", "prompt"},
            {"{\"prompt\": \"x\", \"style\": \"gothic\"}", "style"},
            {"{\"prompt\": \"x\", \"size\": {\"width\": 100, \"height\": 500}}", "size.width"},
            {"{\"prompt\": \"x\", \"size\": {\"width\": 500, \"height\": 5000}}", "size.height"},
            {"{\"prompt\": \"x\", \"color_scheme\": [\"#12\"]}", "color_scheme[0]"},
            {"{\"prompt\": \"x\", \"elements\": [{\"type\": \"video\", \"content\": \"x\"}]}", "elements[0].type"},
            {"{\"prompt\": \"x\", \"elements\": [{\"type\": \"text\"}]}", "elements[0].content"},
            {"{\"prompt\": \"x\", \"elements\": [{\"content\": \"x\", \"position\": \"left\"}]}", "elements[0].position"
            },
            {
                "{\"prompt\": \"x\", \"elements\": [{\"content\": \"x\", \"style\": {\"fontSize\": 1}}]}",
                "elements[0].style.fontSize"
            },
            {"{\"prompt\": \"x\", \"seed\": \"a\"}", "seed"}
        };
        for (String[] pair : bad) {
            assertThatThrownBy(() -> intent(pair[0])).as(pair[0]).hasMessageStartingWith(pair[1]);
        }
    }
}
