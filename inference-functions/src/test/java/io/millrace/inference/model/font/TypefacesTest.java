package io.millrace.inference.model.font;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TypefacesTest {
    @Test
    void everyCharacterOfGb2312HasAGlyph() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int row = 0xB0; row <= 0xF7; row++) {
            for (int cell = 0xA1; cell <= 0xFE; cell++) {
                String character = new String(new byte[] {(byte) row, (byte) cell}, Charset.forName("GB2312"));
                all.append(character.contains("\uFFFD") ? "" : character);
            }
        }
        assertThat(all.length()).isEqualTo(6763);
        assertThat(Typefaces.load(null).missing(all.toString())).isEmpty();
    }

    @Test
    void missingCharactersAreNamedOnce() throws Exception {
        assertThat(Typefaces.load(null).missing("龘 a 龘 你好\n靐")).isEqualTo("龘靐");
    }

    @Test
    void aFolderWithoutFontsIsAnError() {
        assertThatThrownBy(() -> Typefaces.load(Path.of("no-such-folder")))
                .hasMessageContaining("NotoSansSC-Regular.ttf");
    }
}
