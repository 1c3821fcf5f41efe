package dev.lockstep.wire.identity.jwt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** HTTP GET of a text with limits on its bytes and on the time until its last byte. */
final class BoundedGet {
    private BoundedGet() {}

    /**
     * The text at an address. No thread blocks for it.
     *
     * @param timeMax longest time until the whole answer has arrived
     * @param bytesMax most bytes of the answer
     * @return fails with an {@link IOException} if the status is not 200 or the answer is too long, and with a
     *     {@link java.util.concurrent.TimeoutException} after the longest time
     */
    static CompletableFuture<String> text(URI address, Duration timeMax, int bytesMax) {
        HttpClient client = HttpClient.newHttpClient();
        return client.sendAsync(
                        HttpRequest.newBuilder(address).build(),
                        answer -> new BoundedText(answer.statusCode(), bytesMax))
                .thenApply(HttpResponse::body)
                .orTimeout(timeMax.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((text, failure) -> client.shutdownNow()); // ends an exchange that is still open
    }

    static IOException tooLong(int bytesMax) {
        return new IOException("longer than " + bytesMax + " bytes");
    }

    /** Subscriber that buffers at most so many bytes of an answer. */
    private static final class BoundedText implements BodySubscriber<String> {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int status;
        private final int bytesMax;

        BoundedText(int status, int bytesMax) {
            this.status = status;
            this.bytesMax = bytesMax;
        }

        @Override
        public CompletionStage<String> getBody() {
            return text;
        }

        @Override
        public void onSubscribe(Flow.Subscription answer) {
            answer.request(Long.MAX_VALUE);
            if (status != HttpURLConnection.HTTP_OK) {
                text.completeExceptionally(new IOException("status " + status));
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (buffer.remaining() > bytesMax - bytes.size()) {
                    text.completeExceptionally(tooLong(bytesMax));
                }
                if (!text.isDone()) {
                    byte[] part = new byte[buffer.remaining()];
                    buffer.get(part);
                    bytes.writeBytes(part);
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            text.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            text.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
