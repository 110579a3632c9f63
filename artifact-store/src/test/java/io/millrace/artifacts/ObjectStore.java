package io.millrace.artifacts;

import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** S3Proxy with its objects in memory and one bucket. As a process it says where it listens in its first line. */
public final class ObjectStore implements AutoCloseable {
    static final String BUCKET = "millrace-test";

    private static final String IDENTITY = "tester";
    private static final String SECRET = "only-for-tests";

    private final S3Proxy proxy;
    private final BlobStoreContext blobs;

    private ObjectStore() throws Exception {
        blobs = ContextBuilder.newBuilder("transient-nio2")
                .credentials(IDENTITY, SECRET)
                .build(BlobStoreContext.class);
        blobs.getBlobStore().createContainerInLocation(null, BUCKET);
        proxy = S3Proxy.builder()
                .blobStore(blobs.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, IDENTITY, SECRET)
                .build();
        proxy.start();
    }

    static ObjectStore start() throws Exception {
        return new ObjectStore();
    }

    /** Ends with its standard input, so that it does not outlive who started it. */
    public static void main(String[] args) throws Exception {
        try (ObjectStore store = start()) {
            System.out.println(store.url());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private String url() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** System properties of a client in this process. */
    Map<String, String> settings() {
        return Map.of(
                "aws.region",
                "eu-central-1",
                "aws.accessKeyId",
                IDENTITY,
                "aws.secretAccessKey",
                SECRET,
                "aws.endpointUrlS3",
                url());
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
        blobs.close();
    }
}
