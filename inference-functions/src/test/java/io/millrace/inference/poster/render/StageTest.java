package io.millrace.inference.poster.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.data.Json;
import io.millrace.inference.flow.MemoryArtifacts;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.picture.Files;
import io.millrace.inference.picture.Uploaded;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Callers' pictures in a scene: no more of them than a poster shows. */
class StageTest {
    private final MemoryArtifacts artifacts = new MemoryArtifacts();

    @Test
    void aPictureOfFortyMegapixelsIsReadSmall() throws Exception {
        BufferedImage picture = read(stage(), 8_000, 5_000);

        assertThat(picture.getWidth() * picture.getHeight()).isLessThanOrEqualTo(Uploaded.KEPT_PIXELS);
        assertThat(picture.getWidth() / (double) picture.getHeight()).isBetween(1.59, 1.61);
    }

    @Test
    void usualPicturesAndSmallTilesAreReadWhole() throws Exception {
        assertThat(read(stage(), 1_600, 1_600).getWidth()).isEqualTo(1_600);
        assertThat(read(stage(), 8, 4).getWidth()).isEqualTo(8);
    }

    @Test
    void whatIsHeldIsBoundedAndReadAgain() throws Exception {
        Stage stage = stage();
        String first = put(1_500, 1_500);
        BufferedImage held = stage.picture("background", first);

        assertThat(stage.picture("background", first)).isSameAs(held);
        for (int i = 1; i <= 5; i++) {
            read(stage, 1_500, 1_500 + i);
        }

        assertThat(stage.picture("background", first)).isNotNull().isNotSameAs(held);
    }

    @Test
    void whatIsNoPictureIsRefusedByItsField() {
        String ref = artifacts.put("hello".getBytes(StandardCharsets.UTF_8)).toString();

        assertThatThrownBy(() -> stage().picture("content.image_url of element e1", ref))
                .isInstanceOfSatisfying(
                        PhaseFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_INPUT))
                .hasMessageStartingWith("content.image_url of element e1 is no picture");
    }

    private BufferedImage read(Stage stage, int width, int height) throws Exception {
        return Objects.requireNonNull(stage.picture("background", put(width, height)));
    }

    private String put(int width, int height) {
        return artifacts
                .put(Files.png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY)))
                .toString();
    }

    private Stage stage() throws Exception {
        Scene scene = Scene.read(Json.object().put("width", 320).put("height", 480));
        return new Stage(scene, new Quiet(), new Typesetter(Typefaces.load(null)));
    }

    private final class Quiet implements PhaseContext {
        @Override
        public String taskId() {
            return "task";
        }

        @Override
        public String userId() {
            return "user";
        }

        @Override
        public ArtifactStore artifacts() {
            return artifacts;
        }

        @Override
        public void tick(double fraction, String message) {}

        @Override
        public void log(String level, String message) {}

        @Override
        public void checkWanted() {}
    }
}
