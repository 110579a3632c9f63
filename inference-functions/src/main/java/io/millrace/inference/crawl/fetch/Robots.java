package io.millrace.inference.crawl.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a site's robots.txt allows (RFC 9309): the group that names us, else the one for everybody; the longest matching rule decides,
 * and of equally long ones the one that allows. {@code Crawl-delay} is honoured up to a minute.
 */
final class Robots {
    static final Robots OPEN = new Robots(List.of(), Duration.ZERO);
    static final Robots CLOSED = new Robots(List.of(new Rule("/", false)), Duration.ZERO);

    private static final int MAX_RULES = 2_000;
    private static final double MAX_DELAY = 60;

    private final List<Rule> rules;
    private final Duration delay;

    private record Rule(String path, boolean allows) {
        /**
         * Only the last star is gone back to, which is enough: a rule costs at most its length times the target's. Rules are
         * strangers' and must not keep a thread.
         */
        boolean matches(String target) {
            String glob = path.endsWith("$") ? path.substring(0, path.length() - 1) : path + "*";
            int at = 0;
            int read = 0;
            int star = -1;
            int resume = 0;
            while (read < target.length()) {
                if (at < glob.length() && glob.charAt(at) == '*') {
                    star = at++;
                    resume = read;
                } else if (at < glob.length() && glob.charAt(at) == target.charAt(read)) {
                    at++;
                    read++;
                } else if (star >= 0) {
                    at = star + 1;
                    read = ++resume;
                } else {
                    return false;
                }
            }
            return glob.substring(at).chars().allMatch(left -> left == '*');
        }
    }

    private Robots(List<Rule> rules, Duration delay) {
        this.rules = List.copyOf(rules);
        this.delay = delay;
    }

    /** @param agent our name in lower case */
    static Robots parse(String text, String agent) {
        Robots named = group(text, agent);
        return named == null ? orOpen(group(text, "*")) : named;
    }

    private static Robots orOpen(@Nullable Robots group) {
        return group == null ? OPEN : group;
    }

    @Nullable
    private static Robots group(String text, String agent) {
        List<Rule> rules = new ArrayList<>();
        double delay = 0;
        boolean ours = false;
        boolean found = false;
        boolean inAgents = false;
        for (String raw : text.split("\\R", -1)) {
            int hash = raw.indexOf('#');
            String line = (hash < 0 ? raw : raw.substring(0, hash)).strip();
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String key = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (key.equals("user-agent")) {
                ours = (inAgents && ours) || value.toLowerCase(Locale.ROOT).equals(agent);
                found |= ours;
                inAgents = true;
                continue;
            }
            inAgents = false;
            if (ours
                    && (key.equals("allow") || key.equals("disallow"))
                    && !value.isEmpty()
                    && rules.size() < MAX_RULES) {
                rules.add(new Rule(value, key.equals("allow")));
            } else if (ours && key.equals("crawl-delay") && value.matches("\\d{1,4}(\\.\\d{1,3})?")) {
                delay = Math.min(MAX_DELAY, Double.parseDouble(value));
            }
        }
        return found ? new Robots(rules, Duration.ofMillis((long) (delay * 1000))) : null;
    }

    /** @param target path with its query */
    boolean allows(String target) {
        Rule best = null;
        for (Rule rule : rules) {
            if (rule.matches(target)
                    && (best == null
                            || rule.path().length() > best.path().length()
                            || (rule.path().length() == best.path().length() && rule.allows()))) {
                best = rule;
            }
        }
        return best == null || best.allows();
    }

    Duration delay() {
        return delay;
    }
}
