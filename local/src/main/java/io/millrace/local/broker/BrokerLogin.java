package io.millrace.local.broker;

/** The one login of a local broker, as Kafka's JAAS has it. */
public final class BrokerLogin {
    public static final String USER = "millrace";

    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private BrokerLogin() {}

    /** What a client says. @param password of letters, digits, {@code -} and {@code _} */
    public static String client(String password) {
        return MODULE + login(password) + ";";
    }

    /** What the broker says to itself, and whom it believes. */
    static String broker(String password) {
        return MODULE + login(password) + " user_" + USER + "=\"" + password + "\";";
    }

    private static String login(String password) {
        return " username=\"" + USER + "\" password=\"" + password + "\"";
    }
}
