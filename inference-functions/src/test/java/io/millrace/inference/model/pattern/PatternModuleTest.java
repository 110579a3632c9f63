package io.millrace.inference.model.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.model.pattern.PatternModel.Look;
import io.millrace.inference.model.pattern.PatternModel.Request;
import io.millrace.inference.registry.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PatternModuleTest {
    private static final float[] GREYS = new float[18];

    static {
        for (int i = 0; i < 18; i++) {
            GREYS[i] = Math.floorDiv(i, 3) / 5f;
        }
    }

    @TempDir
    Path folder;

    private static Request request(PatternModel.Calm calm) {
        return new Request(120, 200, 7, GREYS, new Look(2, 1.2, 3, 9, 0.2, 0.7), calm);
    }

    @Test
    void theModuleIsWrittenTheSameEveryTime() throws Exception {
        PatternModule.create(PatternKind.WAVES).writeTo(folder.resolve("a.pt"));
        PatternModule.create(PatternKind.WAVES).writeTo(folder.resolve("b.pt"));
        assertThat(Files.mismatch(folder.resolve("a.pt"), folder.resolve("b.pt")))
                .isEqualTo(-1);
    }

    @Test
    void stripsJoinWithoutASeam() throws Exception {
        try (Models models = Models.open(folder, "cpu")) {
            PatternModel model = PatternModel.of(models);
            Request request = request((x, y) -> 0);
            int[] whole = new int[120 * 200];
            model.paint(request, 0, 200, whole);
            int[] strip = new int[120 * 40];
            model.paint(request, 80, 40, strip);
            int[] same = Arrays.copyOfRange(whole, 80 * 120, 120 * 120);
            int different = 0;
            for (int i = 0; i < strip.length; i++) {
                different += Math.abs((strip[i] & 255) - (same[i] & 255)) > 0 ? 1 : 0;
            }
            assertThat(different).isZero();
        }
    }

    @Test
    void aCalmPlaceIsFlatAndTheRestIsNot() throws Exception {
        try (Models models = Models.open(folder, "cpu")) {
            PatternModel model = PatternModel.of(models);
            int[] calm = new int[120 * 200];
            model.paint(request((x, y) -> 1), 0, 200, calm);
            int[] free = new int[120 * 200];
            model.paint(request((x, y) -> 0), 0, 200, free);
            assertThat(Arrays.stream(calm).map(p -> p & 255).max().getAsInt()).isLessThan(12);
            assertThat(Arrays.stream(free).map(p -> p & 255).max().getAsInt()).isGreaterThan(120);
        }
    }
}
