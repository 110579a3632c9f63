# libtorch with CUDA comes with the base image, ONNX Runtime with CUDA from Maven; DJL finds the one by PYTORCH_*, the other on the class path.
FROM pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-17-jre-headless fontconfig libfreetype6 \
 && rm -rf /var/lib/apt/lists/*
COPY target/inference /app/lib
COPY target/gpu /app/lib
RUN rm /app/lib/*-onnxruntime-1.* /app/lib/*-pytorch-native-cpu-*.jar \
 && chmod 0644 /app/lib/*.jar \
 && printf -- '-cp %s\n' "$(find /app/lib -name '*.jar' | sort | tr '\n' ':')" > /app/class-path
ENV PYTORCH_LIBRARY_PATH=/opt/conda/lib/python3.11/site-packages/torch/lib PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128
USER 10001
ENTRYPOINT ["java", "@/app/class-path", "io.millrace.inference.InferenceMain"]
