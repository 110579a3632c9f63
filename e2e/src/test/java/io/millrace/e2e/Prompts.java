package io.millrace.e2e;

/** What the tests ask for. */
final class Prompts {
    /** The recruitment poster of the requirements. */
    static final String SAMPLE = """
            {"type": "poster_generation",
             "prompt": "创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息",
             "style": "business",
             "size": {"width": 1080, "height": 1920},
             "elements": [
               {"type": "text", "content": "诚聘英才", "position": "top", "style": {"fontSize": 48, "fontWeight": "bold"}},
               {"type": "text", "content": "高级软件工程师", "position": "center", "style": {"fontSize": 36}}],
             "color_scheme": ["#1890ff", "#ffffff", "#f0f2f5"]}
            """;

    /** For a worker, who has to be started: until then it is processing, ten minutes at most. */
    static final String WORKER = """
            {"type": "worker_poster", "input_params": {
               "prompt": "蓝色商务风格的招聘海报", "style": "business", "size": {"width": 540, "height": 960},
               "elements": [{"type": "text", "content": "诚聘英才", "style": {"fontSize": 48}},
                            {"type": "text", "content": "高级软件工程师", "style": {"fontSize": 36}}],
               "color_scheme": ["#1890ff", "#ffffff"]}}
            """;

    /** No style, no size, no texts, no colours. */
    static final String MINIMAL = "{\"prompt\": \"A minimalist poster for a jazz concert in a small club\"}";

    private Prompts() {}

    /** One that takes its time: nothing of it has been drawn before, unless the number was. */
    static String large(int number) {
        return "{\"prompt\": \"招聘海报 " + number
                + "\", \"style\": \"business\", \"size\": {\"width\": 1080, \"height\": 1920}, \"seed\": " + number
                + "}";
    }

    /** A small one, quick to draw; the number makes each another picture. */
    static String small(int number) {
        return "{\"prompt\": \"Summer sale, 50% off, poster " + number
                + "\", \"style\": \"cartoon\", \"size\": {\"width\": 360, \"height\": 640}, \"seed\": " + number + "}";
    }
}
