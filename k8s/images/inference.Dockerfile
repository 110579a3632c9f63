FROM eclipse-temurin:17-jre
COPY target/inference /app/lib
# The order of the jars is the build's: Java's own /app/lib/* has none.
RUN printf -- '-cp %s\n' "$(find /app/lib -name '*.jar' | sort | tr '\n' ':')" > /app/class-path
USER 10001
ENTRYPOINT ["java", "@/app/class-path", "io.millrace.inference.InferenceMain"]
