package io.millrace.inference.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.flow.Functions;
import io.millrace.inference.flow.MemoryArtifacts;
import io.millrace.inference.flow.TaskLine;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.model.head.Head;
import io.millrace.inference.model.head.HeadFile;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A classifier of mugs, bottles and shoes learned from composed pictures, whole and with a stop in between. */
class TrainTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatIsLearnedIsToldApartAndServesClassifyAndTag() throws Exception {
        Toys toys = new Toys(8);
        TaskLine line = new TaskLine("train", toys.params("\"epochs\": 12, \"name\": \"杯瓶鞋\""));
        toys.bring(line).run();

        JsonNode result = line.result("publishing");
        assertThat(result.path("labels")).extracting(JsonNode::asText).containsExactly("bottle", "mug", "shoe");
        assertThat(result.at("/validation/count").asInt()).isEqualTo(3);
        assertThat(result.at("/validation/accuracy").asDouble()).isEqualTo(1);
        JsonNode history = result.path("history");
        assertThat(history).hasSize(12);
        assertThat(history.get(11).path("loss").asDouble())
                .isLessThan(history.get(0).path("loss").asDouble() / 5);
        assertThat(line.lines).anyMatch(text -> text.startsWith("info epoch 12 of 12: loss 0."));
        assertThat(line.bytes(result.at("/images/0/url"))).hasSizeGreaterThan(3_000);

        String model = result.path("model").asText();
        Toys unseen = new Toys(10, 900);
        TaskLine classified = new TaskLine("classify", unseen.asImages(model));
        unseen.bring(classified).with(line.bytes(result.path("model"))).run();
        int right = 0;
        for (JsonNode item : classified.result("classifying").path("items")) {
            right += item.path("label")
                            .asText()
                            .equals(unseen.labels().get(item.path("index").asInt()))
                    ? 1
                    : 0;
        }
        System.out.println("held out: " + right + " of " + unseen.labels().size() + " right");
        assertThat(right).as("of 30 pictures nobody trained on").isGreaterThanOrEqualTo(27);
        TaskLine tagged = new TaskLine("tag", unseen.asImages(model));
        unseen.bring(tagged).with(line.bytes(result.path("model"))).run();
        assertThat(tagged.result("finalizing").at("/items/0/tags")).anySatisfy(tag -> {
            assertThat(tag.path("tag").asText()).isEqualTo(unseen.labels().get(0));
            assertThat(tag.path("source").asText()).isEqualTo("model");
        });
    }

    @Test
    void aTrainingThatWasStoppedEndsAsIfItHadNotBeen() throws Exception {
        Toys toys = new Toys(3);
        PhaseFunction fit = Functions.function("train_fit");
        PhaseInput input = input(toys, 6);
        Watch whole = new Watch(toys, "task_whole", Integer.MAX_VALUE);
        String expected = fit.compute(input, whole).output().path("model").asText();

        Watch stopped = new Watch(toys, "task_cut", whole.asked - 4);
        assertThatThrownBy(() -> fit.compute(input, stopped))
                .isInstanceOfSatisfying(
                        PhaseFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
        Watch again = new Watch(toys, "task_cut", Integer.MAX_VALUE);
        JsonNode output = fit.compute(input, again).output();

        assertThat(output.path("resumed_from").asInt()).isPositive();
        assertThat(again.lines).anyMatch(text -> text.contains("going on from the checkpoint"));
        assertThat(output.path("model").asText()).isEqualTo(expected);
        assertThat(whole.ticks).anyMatch(text -> text.matches("epoch 2 of 6, step 1 of 2, loss \\d\\.\\d{4}"));
        assertThat(again.asked).isLessThan(whole.asked);
    }

    @Test
    void aModelThatIsNoneIsRefusedBeforeAnyPictureIsLookedAt() throws Exception {
        byte[] other = "no classifier".getBytes(StandardCharsets.US_ASCII);
        byte[] elsewhere = HeadFile.write(new Head(
                List.of("a", "b"), "another-network/7", 1, 1, new float[][] {{1}, {0}, {1, 1}, {0, 0}}));
        Map<String, String> refusals = Map.of(
                "my-model",
                "model must be the sha256: reference in a train task's result",
                "sha256:" + "0".repeat(64),
                "model names no trained classifier: send the model of a train task's result",
                ArtifactRef.of(other).toString(),
                "model is not a trained classifier that can be read",
                ArtifactRef.of(elsewhere).toString(),
                "model was trained over another-network/7");
        Toys toys = new Toys(1);
        for (String type : List.of("classify", "tag")) {
            for (Map.Entry<String, String> refusal : refusals.entrySet()) {
                TaskLine line = new TaskLine(type, toys.asImages(refusal.getKey()))
                        .with(other)
                        .with(elsewhere);

                assertThatThrownBy(line::run)
                        .as("%s with %s", type, refusal.getKey())
                        .isInstanceOfSatisfying(
                                PhaseFailure.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_INPUT))
                        .hasMessageStartingWith(refusal.getValue());
            }
        }
    }

    @Test
    void samplesThatCannotTeachAreRefusedByName() {
        assertThatThrownBy(() -> new TaskLine("train", "{}").run()).hasMessageStartingWith("samples must be");
        Toys toys = new Toys(2);
        assertThatThrownBy(() -> new TaskLine("train", toys.params("\"epochs\": 3")).run())
                .hasMessageContaining("samples[0].image names no artifact");
        assertThatThrownBy(() -> toys.bring(new TaskLine("train", toys.params("\"epochs\": 0")))
                        .run())
                .hasMessageStartingWith("epochs must be");
        assertThatThrownBy(() -> toys.bring(new TaskLine("train", toys.params("\"learning_rate\": 5")))
                        .run())
                .hasMessageStartingWith("learning_rate must be");
    }

    /** Not a check: the curve, and some toys, for people to look at. */
    @Test
    @EnabledIfSystemProperty(named = "trained", matches = ".+", disabledReason = "set -Dtrained=FOLDER to paint them")
    void paintsTheCurve() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("trained")));
        Toys toys = new Toys(8);
        TaskLine line = new TaskLine("train", toys.params("\"epochs\": 16, \"name\": \"mugs, bottles and shoes\""));
        toys.bring(line).run();
        Files.write(
                folder.resolve("curve.png"),
                line.bytes(line.result("publishing").at("/images/0/url")));
        toys.save(folder);
    }

    private static PhaseInput input(Toys toys, int epochs) throws Exception {
        ObjectNode prepared = JSON.createObjectNode();
        ArrayNode samples = prepared.putArray("samples");
        List<String> labels = toys.labels();
        labels.stream().distinct().sorted().forEach(prepared.putArray("labels")::add);
        for (int i = 0; i < labels.size(); i++) {
            samples.addObject()
                    .put("image", toys.ref(i))
                    .put("label", labels.get(i))
                    .put("validation", false);
        }
        return new PhaseInput(JSON.createObjectNode().put("epochs", epochs), Map.of("preparing", prepared), 0);
    }

    /** Notes what it is told, and cancels when it was asked so many times. */
    private static final class Watch implements PhaseContext {
        final List<String> lines = new ArrayList<>();
        final List<String> ticks = new ArrayList<>();
        final MemoryArtifacts artifacts = new MemoryArtifacts();
        private final String task;
        private final int patience;
        int asked;

        Watch(Toys toys, String task, int patience) throws Exception {
            this.task = task;
            this.patience = patience;
            toys.bring(artifacts);
        }

        @Override
        public String taskId() {
            return task;
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
        public void tick(double fraction, String message) {
            ticks.add(message);
        }

        @Override
        public void log(String level, String message) {
            lines.add(level + " " + message);
        }

        @Override
        public void checkWanted() throws PhaseFailure {
            if (++asked > patience) {
                throw new PhaseFailure(ErrorCode.CANCELLED, "attempt 1 of the task was cancelled");
            }
        }
    }
}
