package dev.lockstep.wire.http;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoder of the names in a path, for REST and sockets. Segments are split at {@code /} before they are decoded, so
 * {@code %2F} is part of a name. {@code :} and {@code ;} have no special meaning (RFC 3986, section 3.3, leaves that to the
 * server); {@code +} stays a plus.
 */
public final class PathNames {
    private PathNames() {}

    /**
     * The decoded segments of a URI's path.
     *
     * @throws SyncException if a segment is not UTF-8 in percent-encoding
     */
    public static List<String> of(URI uri) {
        return decode(uri.getRawPath());
    }

    /** The decoded segments of a URI's path below a base, which ends in a slash. */
    public static List<String> below(URI base, URI uri) {
        String path = uri.getRawPath();
        String prefix = base.getRawPath();
        return decode(path.startsWith(prefix) ? path.substring(prefix.length()) : path);
    }

    private static List<String> decode(String rawPath) {
        List<String> names = new ArrayList<>();
        for (String segment : rawPath.split("/", -1)) {
            names.add(decodeSegment(segment));
        }
        return names;
    }

    private static String decodeSegment(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
            } else if (i + 2 < raw.length && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
                bytes.write(hex(raw[i + 1]) * 16 + hex(raw[i + 2]));
                i += 2;
            } else {
                throw malformed();
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    private static SyncException malformed() {
        return new SyncException(ErrorCode.MALFORMED, "A name in the path is not percent-encoded UTF-8");
    }
}
