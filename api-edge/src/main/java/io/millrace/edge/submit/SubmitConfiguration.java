package io.millrace.edge.submit;

import io.millrace.schemas.workflow.Definitions;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which types of task there are: what ships, and the folder {@code MILLRACE_DEFINITIONS} when set. */
@Configuration(proxyBeanMethods = false)
class SubmitConfiguration {
    @Bean
    Definitions definitions(@Value("${millrace.definitions:}") String folder) {
        return folder.isEmpty() ? Definitions.shipped() : Definitions.shippedAnd(Path.of(folder));
    }
}
