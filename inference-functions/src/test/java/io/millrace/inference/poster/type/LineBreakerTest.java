package io.millrace.inference.poster.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LineBreakerTest {
    /** Chinese is two wide, Latin one. */
    private final LineBreaker breaker = new LineBreaker(
            text -> text.codePoints().mapToDouble(c -> c > 0x2E80 ? 2 : 1).sum());

    @Test
    void chineseBreaksBetweenCharacters() {
        assertThat(breaker.greedy("与优秀的人做有挑战的事", 8)).containsExactly("与优秀的", "人做有挑", "战的事");
    }

    @Test
    void latinBreaksBetweenWords() {
        assertThat(breaker.greedy("Do the best work of your career", 12))
                .containsExactly("Do the best", "work of your", "career");
    }

    @Test
    void closingPunctuationNeverBeginsALine() {
        assertThat(breaker.greedy("万事胜意，阖家安康。", 8)).noneMatch(line -> "，。".indexOf(line.charAt(0)) >= 0);
    }

    @Test
    void openingPunctuationNeverEndsALine() {
        assertThat(breaker.greedy("欢迎来到《未来世界》展览", 10)).noneMatch(line -> line.endsWith("《"));
    }

    @Test
    void numbersKeepTheirUnit() {
        assertThat(breaker.greedy("招聘后端工程师15人", 17)).last().isEqualTo("15人");
    }

    @Test
    void aWordWiderThanTheLineIsCut() {
        assertThat(breaker.greedy("internationalisation", 8)).containsExactly("internat", "ionalisa", "tion");
    }

    @Test
    void lineFeedsAlwaysBreak() {
        assertThat(breaker.balanced("一\n二", 40)).containsExactly("一", "二");
    }

    @Test
    void balancedLinesAreAsFewAndMoreEven() {
        List<String> greedy = breaker.greedy("智能时代共创未来", 14);
        List<String> balanced = breaker.balanced("智能时代共创未来", 14);

        assertThat(greedy).containsExactly("智能时代共创未", "来");
        assertThat(balanced).containsExactly("智能时代", "共创未来");
    }

    @Test
    void nothingIsLostAndNothingIsTooWide() {
        SplittableRandom random = new SplittableRandom(11);
        String alphabet = "招聘，。《》a b c 12人%（）you Ω—…中文";
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder("始");
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            int limit = 8 + random.nextInt(20);
            List<String> lines = breaker.balanced(text.toString(), limit);

            assertThat(String.join("", lines).replace(" ", ""))
                    .isEqualTo(text.toString().replace(" ", ""));
            assertThat(lines)
                    .allMatch(line -> line.codePoints()
                                    .mapToDouble(c -> c > 0x2E80 ? 2 : 1)
                                    .sum()
                            <= limit);
        }
    }
}
