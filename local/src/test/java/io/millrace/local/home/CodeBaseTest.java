package io.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeBaseTest {
    @TempDir
    private Path root;

    private Path target;

    @BeforeEach
    void build() throws IOException {
        target = Files.createDirectories(root.resolve("room/target"));
        Files.createDirectories(target.resolve("classes"));
    }

    @Test
    void ownClassesComeBeforeTheListedOnes() throws IOException {
        Path one = Files.createFile(root.resolve("one.jar"));
        Path two = Files.createFile(root.resolve("two.jar"));
        Files.writeString(target.resolve("classpath"), one + File.pathSeparator + two + "\n");

        assertThat(new CodeBase(root).classPath("room").split(File.pathSeparator))
                .containsExactly(target.resolve("classes").toString(), one.toString(), two.toString());
    }

    @Test
    void aModuleThatIsNotBuiltIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> new CodeBase(root).classPath("room"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("module room is not built")
                .hasMessageContaining("./mvnw");
    }

    @Test
    void aMissingJarIsNamed() throws IOException {
        Files.writeString(target.resolve("classpath"), root.resolve("gone.jar").toString());

        assertThatThrownBy(() -> new CodeBase(root).classPath("room"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("gone.jar");
    }
}
