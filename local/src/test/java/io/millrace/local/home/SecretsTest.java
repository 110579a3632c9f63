package io.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    private Path folder;

    @Test
    void secretsAreMadeOnceAndOnlyTheOwnerMayReadThem() throws IOException {
        StackHome home = new StackHome(folder);
        Secrets first = Secrets.of(home);

        assertThat(Secrets.of(home)).isEqualTo(first);
        assertThat(Set.of(first.jwt(), first.link(), first.inference(), first.database(), first.broker()))
                .hasSize(5)
                .allSatisfy(secret -> assertThat(secret).hasSizeGreaterThanOrEqualTo(32));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.secrets())))
                .isEqualTo("rw-------");
        assertThat(first).hasToString("Secrets[hidden]");
    }

    @Test
    void aSecretThatAnEarlierVersionDidNotKnowIsMadeAndTheOthersStay() throws IOException {
        StackHome home = new StackHome(folder);
        Files.writeString(home.secrets(), """
                {"jwt": "j", "link": "l", "inference": "i", "database": "d"}""");

        Secrets whole = Secrets.of(home);

        assertThat(whole).isEqualTo(new Secrets("j", "l", "i", "d", whole.broker()));
        assertThat(whole.broker()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(Secrets.of(home)).isEqualTo(whole);
    }

    @Test
    void twoHomesShareNothing(@TempDir Path other) throws IOException {
        assertThat(Secrets.of(new StackHome(other)).jwt())
                .isNotEqualTo(Secrets.of(new StackHome(folder)).jwt());
    }

    @Test
    void aTornFileIsNamed() throws IOException {
        StackHome home = new StackHome(folder);
        Files.writeString(home.secrets(), "{\"jwt\":");

        assertThatThrownBy(() -> Secrets.of(home))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(home.secrets().toString());
    }
}
