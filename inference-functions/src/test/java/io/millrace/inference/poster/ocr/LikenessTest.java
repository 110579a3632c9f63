package io.millrace.inference.poster.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {
    @ParameterizedTest
    @CsvSource({
        "中秋快乐,     中秘快乐,     true",
        "中秋快乐,     秋快乐,       false",
        "中秋快乐,     中秘快东,     false",
        "SALE 50%,     SALE 60%,     false",
        "十一,         十二,         false",
        "Grand Opening, Grand Openinq, true",
        "¥368,         Y368,         true",
        "¥368,         7368,         false",
        "$368,         Y368,         false"
    })
    void oneLetterForAnotherIsASlipOfTheReader(String wanted, String read, boolean slip) {
        assertThat(Likeness.slip(wanted, read)).isEqualTo(slip);
    }

    @Test
    void widthCaseAndPunctuationDoNotCount() {
        assertThat(Likeness.of("Ｓale, 50%!", "SALE 50%")).isEqualTo(1);
    }
}
