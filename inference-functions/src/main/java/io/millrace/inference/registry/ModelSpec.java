package io.millrace.inference.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model as {@code models.yaml} describes it.
 *
 * @param version of the numbers; a folder of this name holds the files
 * @param licence SPDX identifier, or the name of the licence
 * @param precision of the weights, e.g. {@code fp32} or {@code int8}
 * @param device {@code cpu}, {@code cuda} or {@code cuda:N}; null for that of the process
 * @param files by the part they play, e.g. {@code network}
 */
public record ModelSpec(
        String name,
        String version,
        String licence,
        String precision,
        @Nullable String device,
        Map<String, FileSpec> files) {
    private static final Pattern DEVICE = Pattern.compile("cpu|cuda(:\\d{1,3})?");

    public ModelSpec {
        files = Map.copyOf(new LinkedHashMap<>(files));
    }

    /**
     * One file.
     *
     * @param source {@code classpath:RESOURCE}; {@code file:PATH}, from the folder of models or absolute; {@code https://...};
     *     {@code s3://BUCKET/KEY}; or {@code built}, written by the code at first load
     * @param sha256 64 hexadecimal digits in small letters; null where the file is built
     */
    public record FileSpec(String source, @Nullable String sha256) {
        static final String BUILT = "built";

        boolean built() {
            return source.equals(BUILT);
        }

        /** Without what may be secret in it. */
        public String shown() {
            int query = source.indexOf('?');
            return query < 0 ? source : source.substring(0, query);
        }
    }

    static boolean isDevice(String text) {
        return DEVICE.matcher(text).matches();
    }
}
