package io.millrace.edge.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.workflow.Definitions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of the types beside the poster: what is wrong is named before anything runs. */
class TypeParamsTest {
    private static final String REF = "sha256:" + "a".repeat(64);

    private final SubmissionReader reader = new SubmissionReader(Definitions.shipped());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "goal | {'type':'roadmap'}",
                "level | {'type':'roadmap','goal':'g','level':'expert'}",
                "hours_per_week | {'type':'roadmap','goal':'g','hours_per_week':0.2}",
                "topics[1] | {'type':'roadmap','goal':'g','topics':['a','']}",
                "concepts[0].title | {'type':'roadmap','concepts':[{'hours':2}]}",
                "golas | {'type':'roadmap','goal':'g','golas':'x'}",
                "title | {'type':'cover_image','subtitle':'s'}",
                "size | {'type':'cover_image','title':'t','size':'big'}",
                "size.width | {'type':'cover_image','title':'t','size':{'width':10,'height':500}}",
                "color_scheme[0] | {'type':'cover_image','title':'t','color_scheme':['red']}",
                "image | {'type':'white_background'}",
                "image | {'type':'white_background','image':'cat.png'}",
                "image | {'type':'white_background','image':'https://elsewhere/cat.png'}",
                "margin | {'type':'white_background','image':'REF','margin':41}",
                "shadow | {'type':'white_background','image':'REF','shadow':'long'}",
                "subject.height | {'type':'white_background','image':'REF','subject':{'x':0,'y':0,'width':1}}",
                "subject.x | {'type':'white_background','image':'REF','subject':{'x':2,'y':0,'width':1,'height':1}}",
                "prompt | {'type':'generate','config_id':'square'}",
                "count | {'type':'generate','prompt':'p','count':17}",
                "seeds[1] | {'type':'generate','prompt':'p','seeds':[1,'two']}",
                "look | {'type':'generate','prompt':'p','look':'cubist'}",
                "override.size.width | {'type':'generate','prompt':'p','override':{'size':{'width':9,'height':300}}}",
                "override.colour | {'type':'generate','prompt':'p','override':{'colour':'#fff'}}",
                "texts | {'type':'classify'}",
                "labels | {'type':'classify','text':'t'}",
                "labels | {'type':'classify','text':'t','labels':['one']}",
                "labels[1] | {'type':'classify','text':'t','labels':['one',7]}",
                "model | {'type':'classify','images':['REF']}",
                "images | {'type':'classify','images':[],'model':'REF'}",
                "samples | {'type':'train'}",
                "samples | {'type':'train','samples':[{'image':'REF','label':'a'}]}",
                "samples[2].image | {'type':'train','samples':[SAMPLE,SAMPLE,{'label':'a'},SAMPLE]}",
                "samples[3].label | {'type':'train','samples':[SAMPLE,SAMPLE,SAMPLE,{'image':'REF'}]}",
                "epochs | {'type':'train','samples':[SAMPLE,SAMPLE,SAMPLE,SAMPLE],'epochs':0}",
                "learning_rate | {'type':'train','samples':[SAMPLE,SAMPLE,SAMPLE,SAMPLE],'learning_rate':1}",
                "images | {'type':'tag'}",
                "images[0] | {'type':'tag','images':['x']}",
                "threshold | {'type':'tag','images':['REF'],'threshold':2}",
                "crawl_type | {'type':'crawl','crawl_type':'everything'}",
                "limit | {'type':'crawl','limit':1000}",
                "url | {'type':'crawl','url':'http://10.0.0.1/'}",
            })
    void aWrongParameterIsNamedWithARemedy(String field, String body) {
        Problem problem = catchThrowableOfType(Problem.class, () -> read(body));

        assertThat(problem).as(body).isNotNull();
        assertThat(problem.errors()).extracting(FieldProblem::field).as(body).containsExactly(field);
        assertThat(problem.errors())
                .allSatisfy(error -> assertThat(error.remedy()).isNotBlank());
    }

    @Test
    void aLinkToAnArtifactIsItsReferenceUnlessItIsSigned() {
        String link = "http://127.0.0.1:7400/api/v1/artifacts/" + "a".repeat(64) + "?exp=1&sig=x";

        assertThat(read("{'type':'white_background','image':'" + link + "'}")
                        .params()
                        .path("image")
                        .asString())
                .as("whether the signature holds is seen when it is resolved")
                .isEqualTo(link);
        assertThat(read("{'type':'tag','images':['/api/v1/artifacts/" + "a".repeat(64)
                                + "',{'image':'REF','name':'n.png'}]}")
                        .params()
                        .path("images")
                        .toString())
                .isEqualTo("[\"" + REF + "\",{\"image\":\"" + REF + "\",\"name\":\"n.png\"}]");
    }

    @Test
    void orderOfFieldsDoesNotMatter() {
        assertThat(read("{'type':'generate','seed':1,'prompt':'p'}").hash())
                .isEqualTo(read("{'prompt':'p','type':'generate','input_params':null,'seed':1}")
                        .hash());
    }

    private Submission read(String body) {
        String json = body.replace("SAMPLE", "{'image':'REF','label':'a'}")
                .replace("REF", REF)
                .replace('\'', '"');
        return reader.read(json.getBytes(StandardCharsets.UTF_8), 1_000);
    }
}
