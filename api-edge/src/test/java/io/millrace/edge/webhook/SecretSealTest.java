package io.millrace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretSealTest {
    private static final String LONGEST = "whsec_" + Base64.getEncoder().encodeToString(new byte[64]);

    private final SecretSeal seal = new SecretSeal(new SealSettings("k".repeat(32)));

    @Test
    void whatIsSealedIsOpenedAndSaysNothing() {
        String sealed = seal.seal(LONGEST);

        assertThat(seal.open(sealed)).contains(LONGEST);
        assertThat(sealed).doesNotContain("whsec").hasSizeLessThanOrEqualTo(400);
        assertThat(seal.seal(LONGEST)).as("a nonce for each").isNotEqualTo(sealed);
    }

    @Test
    void withAnotherKeyOrChangedItCannotBeOpened() {
        String sealed = seal.seal(LONGEST);

        assertThat(new SecretSeal(new SealSettings("x".repeat(32))).open(sealed))
                .isEmpty();
        char last = sealed.charAt(sealed.length() - 1);
        assertThat(seal.open(sealed.substring(0, sealed.length() - 1) + (last == '0' ? '1' : '0')))
                .as("the last digit changed")
                .isEmpty();
        assertThat(seal.open("sealed:nonsense")).isEmpty();
    }

    @Test
    void whatWasStoredBeforeThereWereSealsIsReadAsItIs() {
        assertThat(seal.open(LONGEST)).contains(LONGEST);
    }
}
