package io.millrace.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** A role given to a service account is taken: the jars that edges and inference share bring what it needs. */
class RoleTest {
    private static final String ANSWER = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult><Credentials>
                <AccessKeyId>of-the-role</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>session</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
              </Credentials></AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>
            """;

    @Test
    void theTokenOfTheServiceAccountBecomesTheKeysOfItsRole(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "token-of-the-account");
        CompletableFuture<String> asked = new CompletableFuture<>();
        HttpServer sts = roleGiver(asked);
        Map<String, String> pod = Map.of(
                "aws.region",
                "eu-central-1",
                "aws.roleArn",
                "arn:aws:iam::1:role/millrace-edge",
                "aws.webIdentityTokenFile",
                token.toString(),
                "aws.endpointUrlSts",
                "http://127.0.0.1:" + sts.getAddress().getPort());
        pod.forEach(System::setProperty);
        try (DefaultCredentialsProvider provider =
                DefaultCredentialsProvider.builder().build()) {
            AwsCredentials credentials = provider.resolveCredentials();

            assertThat(credentials.accessKeyId()).isEqualTo("of-the-role");
            assertThat(asked.get(10, TimeUnit.SECONDS))
                    .contains("Action=AssumeRoleWithWebIdentity", "millrace-edge", "token-of-the-account");
        } finally {
            pod.keySet().forEach(System::clearProperty);
            sts.stop(0);
        }
    }

    private static HttpServer roleGiver(CompletableFuture<String> asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.complete(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] answer = ANSWER.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }
}
