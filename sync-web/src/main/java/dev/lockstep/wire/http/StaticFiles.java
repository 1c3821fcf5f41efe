package dev.lockstep.wire.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Caching of the files in a web application. A browser asks for each file anew, and receives it if its content has changed: an
 * {@code ETag} is the hash of a file, because a reproducible build gives all files one time, which tells no build from another.
 * A file with the hash of its content in its name is kept for a year. Thread-safe.
 */
public class StaticFiles extends HttpFilter {
    private static final long serialVersionUID = 1;

    /** Names as esbuild gives them to parts of a page: a hyphen, and eight of 32 characters. */
    private static final Pattern NAMED_BY_CONTENT = Pattern.compile(".*-[A-Z2-7]{8}\\.(js|css)");

    private static final Pattern PRIVATE = Pattern.compile("/(web-inf|meta-inf)(/.*)?");

    /** The page of a folder. */
    private static final String WELCOME = "index.html";

    /** The tags of the files that were requested, by their paths. */
    private final transient Map<String, String> tags = new ConcurrentHashMap<>();

    /** Adds the filter behind those that identify the caller. */
    public static void register(ServletContext web) {
        FilterRegistration.@Nullable Dynamic filter = web.addFilter(StaticFiles.class.getName(), new StaticFiles());
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        Optional<String> tag = isRead(request) ? tag(path) : Optional.empty();
        if (tag.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        boolean isForever = NAMED_BY_CONTENT.matcher(path).matches() && !response.containsHeader("Cache-Control");
        response.setHeader("Cache-Control", isForever ? "max-age=31536000, immutable" : "no-cache");
        response.setHeader("ETag", tag.get());
        if (names(request.getHeader("If-None-Match"), tag.get())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            chain.doFilter(new WithoutTime(request), response);
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static String path(HttpServletRequest request) {
        String below = request.getPathInfo();
        String path = request.getServletPath() + (below == null ? "" : below);
        return path.endsWith("/") ? path + WELCOME : path;
    }

    /** Whether the tags of an {@code If-None-Match} contain one. */
    private static boolean names(@Nullable String tags, String tag) {
        return tags != null && tags.contains(tag);
    }

    private Optional<String> tag(String path) throws IOException {
        String known = tags.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        boolean isFile = path.indexOf('.', path.lastIndexOf('/')) > 0;
        if (!isFile || PRIVATE.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
            return Optional.empty();
        }
        try (InputStream file = getServletContext().getResourceAsStream(path)) {
            if (file == null) {
                return Optional.empty();
            }
            String tag = "\"" + hash(file) + "\"";
            tags.put(path, tag);
            return Optional.of(tag);
        }
    }

    private static String hash(InputStream file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(file, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The request without a condition on the time of a file. */
    private static final class WithoutTime extends HttpServletRequestWrapper {
        WithoutTime(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("If-Modified-Since") ? null : super.getHeader(name);
        }
    }
}
