# One image for the three jobs: their manifests name the main class. The jars lie in lib/, on Flink's own class path, before flink-dist:
# the orchestrator's StatefulFunctionsConfig must come before StateFun's.
FROM flink:1.20.5-java17
# SLF4J 2 and the Log4j it goes with are among the jars.
RUN rm /opt/flink/lib/log4j-*.jar \
 && mkdir /opt/flink/plugins/s3-fs-hadoop \
 && cp /opt/flink/opt/flink-s3-fs-hadoop-*.jar /opt/flink/plugins/s3-fs-hadoop/
COPY --chown=flink:flink target/flink /opt/flink/lib
