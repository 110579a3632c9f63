package io.millrace.e2e;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Chromium that looks at the console of the real system. */
@ExtendWith(Stack.class)
@EnabledIf(value = "io.millrace.e2e.Chromium#isThere", disabledReason = "there is no Chromium on this machine")
abstract class InBrowser {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Chooses the smallest of the sizes. */
    static final String SMALL = "document.querySelector('.chip-radio.size:last-child input').click()";

    @TempDir
    private static Path profile;

    private static Chromium browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(profile);
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
    }

    static Chromium browser() {
        return browser;
    }

    static ConsolePage opened(String user) throws Exception {
        return ConsolePage.open(browser, edgeUrl()).signIn(Stack.stack().token(user, "user"));
    }

    static String edgeUrl() {
        return Stack.stack().setup().edgeUrl();
    }
}
