package io.millrace.edge.artifact;

import io.millrace.artifacts.ArtifactStores;
import io.millrace.schemas.artifact.SweepableStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where blobs are: {@code MILLRACE_ARTIFACTS}, a folder or {@code s3://BUCKET/PREFIX}. */
@Configuration(proxyBeanMethods = false)
class ArtifactConfiguration {
    @Bean
    SweepableStore artifactStore(@Value("${millrace.artifacts}") String location) {
        return ArtifactStores.at(location);
    }
}
