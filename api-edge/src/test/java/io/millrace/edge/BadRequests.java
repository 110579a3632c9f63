package io.millrace.edge;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes wrong requests out of an OpenAPI document: right ones, with one or more things wrong. */
final class BadRequests {
    private static final String[] TEXTS = {
        "",
        " ",
        "null",
        "true",
        "-1",
        "0",
        "99999999999999999999",
        "1e400",
        "NaN",
        "../../etc/passwd",
        "%00",
        "\u0000",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "${jndi:ldap://x}",
        "{{x}}",
        "\uFFFF",
        "\u202Ereversed",
        "😀".repeat(50),
        "a".repeat(3_000),
        "task_",
        "task_01a2027b-d680-7f91-b0a9-d2f7fddfc133",
        "a,b,,c",
        "[]",
        "{}",
        "*",
        "\"1\"",
        "W/\"x\""
    };
    private static final String[] HEADERS = {
        "Idempotency-Key",
        "Cancel-After",
        "traceparent",
        "Last-Event-ID",
        "If-Match",
        "If-None-Match",
        "Prefer",
        "Accept",
        "Content-Encoding",
        "Range",
        "X-HTTP-Method-Override",
        "Cookie"
    };
    private static final String[] TYPES = {
        "application/json",
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/x-ndjson",
        "bogus",
        "*/*",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded"
    };

    /** A request, and what is said of it when it breaks something. */
    record Bad(String method, String path, String role, List<String> headers, byte[] body) {
        HttpRequest on(HttpRequest.Builder builder) {
            builder.method(method, HttpRequest.BodyPublishers.ofByteArray(body));
            for (int i = 0; i < headers.size(); i += 2) {
                builder.header(headers.get(i), headers.get(i + 1));
            }
            return builder.build();
        }

        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return method + " " + path + " as " + role + " " + headers + " "
                    + text.substring(0, Math.min(300, text.length()));
        }
    }

    private record Operation(String method, String path, JsonNode described) {}

    private final JsonNode document;
    private final Random random;
    private final List<Operation> operations = new ArrayList<>();

    BadRequests(JsonNode document, long seed) {
        this.document = document;
        this.random = new Random(seed);
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                method.getValue()))));
    }

    Bad next() {
        Operation operation = operations.get(random.nextInt(operations.size()));
        StringBuilder path = new StringBuilder();
        for (String part : operation.path().substring(1).split("/")) {
            path.append('/').append(part.startsWith("{") ? encoded(text(random)) : part);
        }
        char mark = '?';
        for (JsonNode parameter : operation.described().path("parameters")) {
            JsonNode found = resolve(parameter);
            if (found.path("in").asString("").equals("query") && random.nextBoolean()) {
                path.append(mark)
                        .append(found.path("name").asString())
                        .append('=')
                        .append(encoded(text(random)));
                mark = '&';
            }
        }
        List<String> headers = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            headers.add(HEADERS[random.nextInt(HEADERS.length)]);
            headers.add(headerValue());
        }
        headers.add("Content-Type");
        headers.add(random.nextInt(3) == 0 ? TYPES[random.nextInt(TYPES.length)] : "application/json");
        String method = random.nextInt(20) == 0
                ? List.of("PATCH", "OPTIONS", "HEAD", "TRACE", "BREW").get(random.nextInt(5))
                : operation.method();
        String role = List.of("user", "service", "admin").get(random.nextInt(3));
        return new Bad(method, path.toString(), role, headers, body(operation));
    }

    private byte[] body(Operation operation) {
        JsonNode content = operation.described().at("/requestBody/content/application~1json");
        if (content.isMissingNode()) {
            return random.nextInt(4) == 0 ? json(random).getBytes(StandardCharsets.UTF_8) : new byte[0];
        }
        JsonNode good = content.has("example") ? content.path("example").deepCopy() : sample(content.path("schema"), 0);
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> json(random).getBytes(StandardCharsets.UTF_8);
            case 2 -> cut(good.toString().getBytes(StandardCharsets.UTF_8));
            case 3 -> spoiled(good.toString().getBytes(StandardCharsets.UTF_8));
            case 4 -> ("{\"x\":\"" + "x".repeat(400_000) + "\"}").getBytes(StandardCharsets.UTF_8);
            default -> bent(good).toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Something of the shape that is described, so that what is behind the first check is reached. */
    private JsonNode sample(JsonNode schema, int depth) {
        JsonNode found = resolve(schema);
        ObjectNode object = Json.object();
        if (depth < 3) {
            found.path("properties").propertyStream().forEach(field -> {
                if (random.nextInt(3) > 0) {
                    object.set(field.getKey(), sample(field.getValue(), depth + 1));
                }
            });
        }
        if (!object.isEmpty() || found.path("type").asString("").equals("object")) {
            return object;
        }
        if (found.path("type").asString("").equals("array")) {
            return Json.MAPPER.createArrayNode().add(sample(found.path("items"), depth + 1));
        }
        return found.has("enum")
                ? found.path("enum").get(0)
                : Json.MAPPER.valueToTree(random.nextBoolean() ? 1 : "text");
    }

    /** One value somewhere is another. */
    private JsonNode bent(JsonNode node) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.set(name, Json.lenient(json(random)));
                case 1 -> object.set(name + text(random), object.path(name));
                case 2 -> object.put(name, text(random));
                default -> object.set(name, bent(object.path(name)));
            }
            return object;
        }
        if (node instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), bent(array.get(0)));
            return array;
        }
        JsonNode other = Json.lenient(json(random));
        return other.isMissingNode() ? Json.object() : other;
    }

    private byte[] cut(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }

    private byte[] spoiled(byte[] bytes) {
        byte[] spoiled = bytes.clone();
        for (int i = 0; i < 3 && spoiled.length > 0; i++) {
            spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
        }
        return spoiled;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    private String headerValue() {
        String value = text(random).replaceAll("[^ -~]", "?").strip();
        return value.isEmpty() ? "x" : value;
    }

    private static String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.isEmpty() || encoded.equals(".") || encoded.equals("..") ? "%20" : encoded;
    }

    static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    /** JSON that is odd, or none. */
    static String json(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> "[".repeat(5_000);
            case 1 -> "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
            case 2 -> "{\"a\":1,\"a\":2}";
            case 3 -> "1e99999";
            case 4 -> "\"" + "\\ud800" + "\"";
            case 5 -> "{\"prompt\":\"\\u0000\"}";
            case 6 -> "nul";
            case 7 -> "{} {}";
            case 8 -> "[null,null,{\"type\":[]}]";
            default -> "{\"\":{\"\":{\"\":[]}},\"type\":{\"type\":7},\"priority\":1e2,\"elements\":[[[]]]}";
        };
    }

    static byte[] raw(Random random) {
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        String head = switch (random.nextInt(8)) {
            case 0 -> "GET / HTTP/9.9\r\n\r\n";
            case 1 -> "POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef";
            case 2 ->
                "POST /api/v1/tasks HTTP/1.1\r\n"
                        + "Host: x\r\n"
                        + "Transfer-Encoding: chunked\r\n"
                        + "Content-Length: 3\r\n\r\n"
                        + "zz\r\n";
            case 3 -> "GET /%zz%00 HTTP/1.1\r\nHost: x\r\n\r\n";
            case 4 -> "GET /api/v1/tasks?%=%zz&access_token=%%% HTTP/1.1\r\nHost: x\r\n\r\n";
            case 5 -> "GET /api/v1/stream?access_token HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n";
            case 6 -> "GET http://[::1 HTTP/1.1\r\nHost: \r\nOrigin: http://[\r\n\r\n";
            default -> "";
        };
        byte[] lead = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = java.util.Arrays.copyOf(lead, lead.length + (head.isEmpty() ? noise.length : 0));
        if (head.isEmpty()) {
            System.arraycopy(noise, 0, whole, 0, noise.length);
        }
        return whole;
    }
}
