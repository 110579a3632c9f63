package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Position;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.Source;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.layout.LayoutFunction;
import io.millrace.inference.poster.scene.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LayoutTest {
    private static final String[] WORDS = {
        "诚聘英才",
        "高级软件工程师",
        "We Are Hiring",
        "Join the best team in town",
        "立即报名",
        "6月1日 10:00-18:00",
        "hr@example.com",
        "五险一金 · 弹性工作 · 年终奖",
        "面向全日制本科及以上学历毕业生，专业不限，理工科优先。",
        "Summer Music Festival at the Old Harbour",
        "¥199",
        "新品"
    };

    private static Layout layout(Brief brief) throws Exception {
        ObjectNode params = Json.object();
        LayoutFunction function = (LayoutFunction) PosterLine.function("layout");
        PhaseInput input = new PhaseInput(params, Map.of(Phases.INTENT, Json.write(brief)), 0);
        return Json.read(
                function.compute(input, new PosterLine(params).context()).output(), Layout.class, "layout");
    }

    private static Brief random(SplittableRandom random) {
        int[][] sizes = {
            {1080, 1920}, {1920, 1080}, {1080, 1080}, {750, 1334}, {1600, 900}, {4096, 4096}, {640, 480}, {1240, 1754}
        };
        int[] size = sizes[random.nextInt(sizes.length)];
        List<TextItem> texts = new ArrayList<>();
        boolean headline = false;
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            Role role = headline ? Role.values()[random.nextInt(Role.values().length)] : Role.HEADLINE;
            boolean single = role == Role.HEADLINE || role == Role.BRAND || role == Role.CTA;
            if (headline && single && role != Role.CTA) {
                role = Role.BODY;
            }
            headline = true;
            Position position = random.nextInt(4) == 0 ? Position.values()[random.nextInt(3)] : null;
            Double wish =
                    random.nextInt(4) == 0 ? Math.min(size[0], size[1]) / 375.0 * (12 + random.nextInt(40)) : null;
            texts.add(new TextItem(
                    "t" + i, WORDS[random.nextInt(WORDS.length)], role, position, wish, null, null, Source.GIVEN));
        }
        texts.sort((a, b) -> a.role().compareTo(b.role()));
        return new Brief(
                new Brief.Canvas(size[0], size[1], random.nextInt(50)),
                Style.values()[random.nextInt(Style.values().length)],
                Occasion.values()[random.nextInt(Occasion.values().length)],
                "default",
                "zh",
                List.of(new Rgb(0x1890FF)),
                texts,
                List.of(),
                io.millrace.inference.poster.intent.Mood.NEUTRAL);
    }

    @Test
    void nothingOverlapsOrLeavesTheMarginsWhateverTheInput() throws Exception {
        SplittableRandom random = new SplittableRandom(42);
        TreeSet<String> families = new TreeSet<>();
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            Brief brief = random(random);
            Layout layout;
            try {
                layout = layout(brief);
            } catch (PhaseFailure tooMuch) {
                assertThat(tooMuch).hasMessageContaining("more text than fits");
                refused++;
                continue;
            }
            families.add(layout.family());
            assertThat(layout.slots()).hasSize(brief.texts().size());
            check(brief, layout);
        }
        System.out.println("layout families=" + families + " refused=" + refused);
        assertThat(families).hasSizeGreaterThanOrEqualTo(14);
        assertThat(refused).isLessThan(8);
    }

    private static void check(Brief brief, Layout layout) {
        String what = layout.family() + " " + brief;
        List<Slot> slots = layout.slots();
        for (int i = 0; i < slots.size(); i++) {
            Rect box = slots.get(i).box();
            assertThat(layout.safe().grown(0.1).holds(box)).as(what).isTrue();
            for (int j = 0; j < i; j++) {
                assertThat(box.overlaps(slots.get(j).box())).as(what).isFalse();
            }
            layout.panel(slots.get(i).panel())
                    .ifPresent(
                            panel -> assertThat(panel.box().holds(box)).as(what).isTrue());
        }
    }

    @Test
    void wishedPlacesAreHonoured() throws Exception {
        List<TextItem> texts = List.of(
                new TextItem("t1", "诚聘英才", Role.HEADLINE, Position.TOP, 138.0, null, null, Source.GIVEN),
                new TextItem("t2", "高级软件工程师", Role.FEATURE, Position.CENTER, 104.0, null, null, Source.GIVEN),
                new TextItem("t3", "地址：上海", Role.FOOTER, Position.BOTTOM, null, null, null, Source.GIVEN));
        for (int seed = 0; seed < 10; seed++) {
            for (Style style : Style.values()) {
                Brief brief = new Brief(
                        new Brief.Canvas(1080, 1920, seed),
                        style,
                        Occasion.RECRUIT,
                        "default",
                        "zh",
                        List.of(new Rgb(0x1890FF)),
                        texts,
                        List.of(),
                        io.millrace.inference.poster.intent.Mood.NEUTRAL);
                Layout layout = layout(brief);
                assertThat(slot(layout, "t1").box().centerY()).isLessThan(1920 * 0.45);
                assertThat(slot(layout, "t2").box().centerY()).isBetween(1920 * 0.25, 1920 * 0.75);
                assertThat(slot(layout, "t3").box().centerY()).isGreaterThan(1920 * 0.57);
                assertThat(slot(layout, "t1").setting().size()).isEqualTo(138.0);
                assertThat(slot(layout, "t1").shrunk()).isFalse();
            }
        }
    }

    private static Slot slot(Layout layout, String id) {
        return layout.slots().stream()
                .filter(slot -> slot.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWishedSizeThatCannotFitGivesWayAndSaysSo() throws Exception {
        PosterLine line = new PosterLine("{}");
        List<TextItem> texts =
                List.of(new TextItem("t1", "一二三四五六七八九十", Role.HEADLINE, null, 900.0, null, null, Source.GIVEN));
        line.results.put(
                Phases.INTENT,
                Json.write(new Brief(
                        new Brief.Canvas(1080, 1920, 0),
                        Style.BUSINESS,
                        Occasion.EVENT,
                        "default",
                        "zh",
                        List.of(new Rgb(0x1890FF)),
                        texts,
                        List.of(),
                        io.millrace.inference.poster.intent.Mood.NEUTRAL)));
        line.run(Phases.LAYOUT, "layout");
        assertThat(line.facts(Phases.LAYOUT)).containsEntry("wished_sizes", "1 did not fit and became smaller");
    }

    @Test
    void seedsGiveDifferentCompositions() throws Exception {
        TreeSet<String> families = new TreeSet<>();
        for (int seed = 0; seed < 12; seed++) {
            PosterLine line = new PosterLine("{\"prompt\": \"招聘海报\", \"seed\": " + seed + "}");
            line.run(Phases.INTENT, "intent");
            families.add(
                    line.run(Phases.LAYOUT, "layout").output().path("family").asText());
        }
        assertThat(families).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void avoidedFamiliesAreNotUsedAgain() throws Exception {
        PosterLine line = new PosterLine("{\"prompt\": \"招聘海报\"}");
        line.run(Phases.INTENT, "intent");
        String first = line.run(Phases.LAYOUT, "layout").output().path("family").asText();
        ObjectNode refining = Json.object();
        ArrayNode avoid = refining.putObject("adjustments").putArray("avoid");
        avoid.add(first);
        line.results.put(Phases.REFINE, refining);
        assertThat(line.run(Phases.LAYOUT, "layout").output().path("family").asText())
                .isNotEqualTo(first);
    }
}
