package io.millrace.edge.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.workflow.Definitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionReaderTest {
    private static final String SAMPLE = """
        {"type":"poster_generation","priority":1,"input_params":{"prompt":"创建一个蓝色商务风格的招聘海报","style":"business",
         "size":{"width":1080,"height":1920},"color_scheme":["#1890ff","#ffffff","#f0f2f5"],
         "elements":[{"type":"text","content":"诚聘英才","position":"top","style":{"fontSize":48,"fontWeight":"bold"}},
                     {"type":"text","content":"高级软件工程师","position":"center","style":{"fontSize":36}}]}}\
        """;

    /** With word_count, a type whose parameters only its function knows. */
    private final SubmissionReader reader =
            new SubmissionReader(Definitions.shippedAnd(Path.of("..", "e2e-worker", "definitions")));

    @Test
    void sampleOfTheDocumentsIsTaken() {
        Submission submission = read(SAMPLE);

        assertThat(submission.type()).isEqualTo("poster");
        assertThat(submission.priority()).isEqualTo(1);
        assertThat(submission.params().path("elements").size()).isEqualTo(2);
        assertThat(submission.params().at("/elements/0/style/fontSize").asInt()).isEqualTo(48);
    }

    @Test
    void flatFieldsAreTheSameSubmission() {
        Submission nested = read("{\"input_params\":{\"prompt\":\"p\",\"seed\":7}}");
        Submission flat = read("{\"seed\":7,\"prompt\":\" p \",\"type\":\"poster\"}");

        assertThat(flat.hash()).isEqualTo(nested.hash());
        assertThat(read("{\"seed\":8,\"prompt\":\"p\"}").hash()).isNotEqualTo(flat.hash());
    }

    @Test
    void parametersOfEveryTypeMayBeFlat() {
        Submission flat = read("{\"type\":\"roadmap\",\"priority\":7,\"goal\":\"Learn Kafka\",\"seed\":7}");

        assertThat(flat.priority()).isEqualTo(7);
        assertThat(flat.params().toString()).isEqualTo("{\"goal\":\"Learn Kafka\",\"seed\":7}");
        assertThat(read("{\"type\":\"roadmap\",\"priority\":7,\"input_params\":{\"goal\":\"Learn Kafka\",\"seed\":7}}")
                        .hash())
                .isEqualTo(flat.hash());
    }

    @ParameterizedTest
    @CsvSource({
        "prioritty, priority",
        "Priority, priority",
        "prioirty, priority",
        "projectId, project_id",
        "custom-id, custom_id",
        "end_dedline, end_deadline",
        "inputParams, input_params",
        "typ, type",
        "overide, override",
    })
    void slipOfTheEnvelopeBesideFreeParametersIsNamed(String slip, String meant) {
        Problem problem = refused("{\"type\":\"word_count\",\"text\":\"t\",\"" + slip + "\":9}");

        assertThat(problem.errors()).extracting(FieldProblem::field).containsExactly(slip);
        assertThat(problem.errors().get(0).remedy()).contains(meant, "input_params");
        assertThat(read("{\"type\":\"word_count\",\"input_params\":{\"" + slip + "\":9}}")
                        .params()
                        .has(slip))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"prioritty, priority", "projectId, project_id", "gaol, goal", "durationWeeks, duration_weeks"})
    void slipOfTheEnvelopeOrOfAParameterIsNamed(String slip, String meant) {
        Problem problem = refused("{\"type\":\"roadmap\",\"goal\":\"g\",\"" + slip + "\":9}");

        assertThat(problem.errors()).extracting(FieldProblem::field).containsExactly(slip);
        assertThat(problem.errors().get(0).remedy()).isEqualTo("Write " + meant + ".");
    }

    @Test
    void aRenderIsAskedForAtItsPoster() {
        assertThat(refused("{\"type\":\"poster_render\",\"input_params\":{\"poster_id\":\"p\"}}")
                        .errors()
                        .get(0)
                        .remedy())
                .contains("/posters/{id}/render");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "goal",
                "style",
                "size",
                "level",
                "topics",
                "title",
                "prompt",
                "tags",
                "hours_per_week",
                "language"
            })
    void namesThatAreLikeNoneOfTheEnvelopeStayParameters(String name) {
        assertThat(read("{\"type\":\"word_count\",\"" + name + "\":9}").params().has(name))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"+999999999-12-31T23:59:59Z\"", "\"+10000-01-01T00:00:00Z\"", "9223372036854775807"})
    void aDeadlineThatNoRowCanHoldIsNamed(String time) {
        assertThat(refused("{\"prompt\":\"p\",\"end_deadline\":" + time + "}").errors())
                .extracting(FieldProblem::field)
                .containsExactly("end_deadline");
    }

    @Test
    void everySampleIsTaken() throws IOException {
        try (Stream<Path> samples = Files.list(Path.of("..", "samples"))) {
            for (Path sample :
                    samples.filter(file -> file.toString().endsWith(".json")).toList()) {
                String body = withReferences(Files.readString(sample));
                assertThat(read(body).params().isEmpty()).as(sample.toString()).isFalse();
            }
        }
    }

    /** As the command line sends it: references where a sample names files, a list of them where it names a folder. */
    private static String withReferences(String sample) {
        String reference = "\"sha256:" + "0".repeat(64) + "\"";
        String labelled = "{\"image\": " + reference + ", \"label\": \"mug\"}";
        String list = "[" + String.join(", ", List.of(labelled, labelled, labelled, labelled)) + "]";
        return sample.replaceAll("\"@[^\"]*/\"", list).replaceAll("\"@[^\"]*\"", reference);
    }

    @Test
    void textElementMayStandForThePrompt() {
        assertThat(read("{\"elements\":[{\"type\":\"text\",\"content\":\"SALE\"}]}")
                        .params()
                        .has("prompt"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "prompt | {}",
                "prompt | {'prompt':7}",
                "prompt | {'prompt':''}",
                "prompt | {'prompt':'   '}",
                "prompt | {'prompt':'a\\u0007b'}",
                "prompt | {'prompt':['a']}",
                "promt | {'prompt':'p','promt':'p'}",
                "type | {'prompt':'p','type':'sculpture'}",
                "type | {'prompt':'p','type':3}",
                "priority | {'prompt':'p','priority':10}",
                "priority | {'prompt':'p','priority':-1}",
                "priority | {'prompt':'p','priority':'high'}",
                "priority | {'prompt':'p','priority':1.5}",
                "project_id | {'prompt':'p','project_id':5}",
                "style | {'prompt':'p','style':'baroque'}",
                "style | {'prompt':'p','style':{}}",
                "size | {'prompt':'p','size':'big'}",
                "size.width | {'prompt':'p','size':{'height':400}}",
                "size.height | {'prompt':'p','size':{'width':400}}",
                "size.width | {'prompt':'p','size':{'width':319,'height':400}}",
                "size.height | {'prompt':'p','size':{'width':400,'height':4097}}",
                "size.width | {'prompt':'p','size':{'width':400.5,'height':400}}",
                "size.depth | {'prompt':'p','size':{'width':400,'height':400,'depth':1}}",
                "color_scheme | {'prompt':'p','color_scheme':'#fff'}",
                "color_scheme[1] | {'prompt':'p','color_scheme':['#fff','blue-ish']}",
                "color_scheme[0] | {'prompt':'p','color_scheme':['#12345']}",
                "color_scheme[0] | {'prompt':'p','color_scheme':[5]}",
                "elements | {'prompt':'p','elements':{}}",
                "elements[0] | {'prompt':'p','elements':['text']}",
                "elements[0].type | {'prompt':'p','elements':[{'type':'video','content':'x'}]}",
                "elements[0].content | {'prompt':'p','elements':[{'type':'text'}]}",
                "elements[1].content | {'prompt':'p','elements':[{'content':'a'},{'content':''}]}",
                "elements[0].position | {'prompt':'p','elements':[{'content':'a','position':'left'}]}",
                "elements[0].colour | {'prompt':'p','elements':[{'content':'a','colour':'#fff'}]}",
                "elements[0].style | {'prompt':'p','elements':[{'content':'a','style':'bold'}]}",
                "elements[0].style.fontSize | {'prompt':'p','elements':[{'content':'a','style':{'fontSize':3}}]}",
                "elements[0].style.fontSize | {'prompt':'p','elements':[{'content':'a','style':{'fontSize':'huge'}}]}",
                "elements[0].style.fontWeight |"
                        + " {'prompt':'p','elements':[{'content':'a','style':{'fontWeight':'heavy'}}]}",
                "elements[0].style.color | {'prompt':'p','elements':[{'content':'a','style':{'color':'red;'}}]}",
                "elements[0].style.blink | {'prompt':'p','elements':[{'content':'a','style':{'blink':true}}]}",
                "reference[0] | {'prompt':'p','reference':['file:///etc/passwd']}",
                "reference |"
                        + " {'prompt':'p','reference':['http://a/1','http://a/2','http://a/3','http://a/4','http://a/5']}",
                "seed | {'prompt':'p','seed':'x'}",
                "seed | {'prompt':'p','seed':99999999999999999999}",
                "suggestions | {'prompt':'p','suggestions':'yes'}",
                "input_params | {'input_params':[]}",
                "input_params.prompt | {'input_params':{}}",
                "input_params.colors | {'input_params':{'prompt':'p','colors':[]}}",
                "prompt | {'prompt':'p','input_params':{'prompt':'p'}}",
            })
    void wrongFieldIsNamed(String field, String body) {
        Problem problem = refused(body.replace('\'', '"'));

        assertThat(problem.errors()).extracting(FieldProblem::field).contains(field);
        assertThat(problem.errors())
                .allSatisfy(error -> assertThat(error.remedy()).endsWith("."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "[]", "7", "null", "{", "{\"prompt\":\"a\",\"prompt\":\"b\"}", "{} {}"})
    void whatIsNoJsonObjectIsRefusedAsAWhole(String body) {
        assertThat(refused(body).errors()).extracting(FieldProblem::field).containsExactly("");
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        Problem problem = refused("{\"priority\":99,\"style\":\"x\",\"size\":{\"width\":1}}");

        assertThat(problem.errors())
                .extracting(FieldProblem::field)
                .contains("priority", "style", "size.width", "size.height", "prompt");
    }

    @Test
    void lengthsAreCountedInCharactersNotInUnits() {
        assertThat(read("{\"prompt\":\"" + "😀".repeat(2_000) + "\"}").type()).isEqualTo("poster");
        assertThat(refused("{\"prompt\":\"" + "a".repeat(2_001) + "\"}").errors())
                .hasSize(1);
        assertThat(refused("{\"prompt\":\"p\",\"custom_id\":\"" + "a".repeat(129) + "\"}")
                        .errors())
                .hasSize(1);
    }

    @Test
    void tooLargeABodyIsRefusedBeforeItIsRead() {
        assertThat(refused(" ".repeat(io.millrace.edge.body.Bodies.MAX_BYTES + 1))
                        .getMessage())
                .contains("bytes");
    }

    private Submission read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8), 0);
    }

    private Problem refused(String body) {
        Problem problem = catchThrowableOfType(Problem.class, () -> read(body));
        assertThat(problem).as("accepted: " + body).isNotNull();
        return problem;
    }
}
