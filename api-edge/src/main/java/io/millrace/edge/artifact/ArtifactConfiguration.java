package io.millrace.edge.artifact;

import io.millrace.schemas.artifact.FolderArtifactStore;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where blobs are: the folder {@code MILLRACE_ARTIFACTS}. */
@Configuration(proxyBeanMethods = false)
class ArtifactConfiguration {
    @Bean
    FolderArtifactStore artifactStore(@Value("${millrace.artifacts}") Path folder) {
        return new FolderArtifactStore(folder);
    }
}
