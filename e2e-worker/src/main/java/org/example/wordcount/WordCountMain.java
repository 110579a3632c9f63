package org.example.wordcount;

import java.io.IOException;
import java.util.Map;

/** Serves until the process is ended: {@code PORT} (9400), {@code TOKEN}. */
public final class WordCountMain {
    private WordCountMain() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        WordCountServer server = new WordCountServer(
                Integer.parseInt(environment.getOrDefault("PORT", "9400")), environment.getOrDefault("TOKEN", ""));
        System.out.println("word_count at http://127.0.0.1:" + server.port() + "/functions");
    }
}
